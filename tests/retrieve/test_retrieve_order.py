"""What a question's own words do to the order of what was found."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import read_question, retrieve

NOW = date(2026, 9, 1)


class _Found:
    """An index that finds the editors' note just before the clause."""

    def search(self, question: str, on: date, limit: int = 20) -> list[Hit]:
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
