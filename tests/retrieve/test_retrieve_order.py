"""What a question's own words do to the order of what was found."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import read_question, retrieve, spread

NOW = date(2026, 9, 1)


class _Found:
    """An index that finds the editors' note just before the clause."""

    def search(self, question: str, on: date, limit: int = 20, also: str = "") -> list[Hit]:
        return [
            Hit("22 USC 9001 note[2]", Authority.STATUTE, Holding.OFFICIAL, 0.9),
            Hit("22 USC 9001(a)", Authority.STATUTE, Holding.NOTE, 0.8),
        ]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("When must a kite be shown to the Assembly?", "22 USC 9001(a)"),
        ("Which law amended the kite section?", "22 USC 9001 note[2]"),
    ],
)
def test_what_the_codes_editors_wrote_answers_only_what_is_asked_of_its_history(
    desk: Desk, question: str, first: str
) -> None:
    seen = replace(desk, index=_Found())
    asked = read_question(question, NOW, seen.corpus, seen.rules)
    assert retrieve(asked, seen.corpus, seen.index, seen.glossary)[0].provision == first


@pytest.mark.parametrize(
    ("question", "brought"),
    [
        ("Who certifies a kite?", True),
        ("Which department must show the kite?", True),
        ("When must a kite be shown to the Assembly?", False),
    ],
)
def test_who_acts_is_answered_by_the_order_that_gives_the_function_away(
    desk: Desk, question: str, brought: bool
) -> None:
    given_away = tuple(
        replace(version, refers_to=("22 USC 9001(a)",)) for version in desk.corpus.provisions["EO 19001 sec. 3"]
    )
    corpus = replace(desk.corpus, provisions={**desk.corpus.provisions, "EO 19001 sec. 3": given_away})
    asked = read_question(question, NOW, corpus, desk.rules)
    found = [hit.provision for hit in retrieve(asked, corpus, _Found(), desk.glossary)]
    assert ("EO 19001 sec. 3" in found) is brought
    assert found[0] == "22 USC 9001(a)"


def test_an_order_that_has_ended_gives_nothing_away(desk: Desk) -> None:
    given_away = tuple(
        replace(version, refers_to=("22 USC 9001(a)",), end=date(2021, 1, 1))
        for version in desk.corpus.provisions["EO 19001 sec. 3"]
    )
    corpus = replace(desk.corpus, provisions={**desk.corpus.provisions, "EO 19001 sec. 3": given_away})
    asked = read_question("Who certifies a kite?", NOW, corpus, desk.rules)
    assert "EO 19001 sec. 3" not in [hit.provision for hit in retrieve(asked, corpus, _Found(), desk.glossary)]


def _hits(*scored: tuple[str, float]) -> list[Hit]:
    return [Hit(provision, Authority.STATUTE, Holding.NOTE, score) for provision, score in scored]


@pytest.mark.parametrize(
    ("found", "listed"),
    [
        (
            [("22 USC 1(b)(1)", 0.9), ("22 USC 1(b)", 0.85), ("22 USC 2", 0.8)],
            ["22 USC 1(b)(1)", "22 USC 2", "22 USC 1(b)"],
        ),
        ([("22 USC 1(b)", 0.9), ("22 USC 1(c)", 0.88), ("22 USC 2", 0.86)], ["22 USC 1(b)", "22 USC 2", "22 USC 1(c)"]),
        (
            [("22 USC 1(b)", 0.9), ("22 USC 1(b)(1)", 0.85), ("22 USC 2", 0.4)],
            ["22 USC 1(b)", "22 USC 1(b)(1)", "22 USC 2"],
        ),
        ([], []),
    ],
)
def test_the_first_of_a_list_are_of_different_clauses(found: list[tuple[str, float]], listed: list[str]) -> None:
    assert [hit.provision for hit in spread(_hits(*found))] == listed


def test_spreading_loses_no_hit() -> None:
    many = _hits(*((f"22 USC {n // 9}({chr(97 + n % 9)})", 1 - n / 100) for n in range(90)))
    assert sorted(hit.provision for hit in spread(many)) == sorted(hit.provision for hit in many)
