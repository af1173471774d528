from datetime import date

import pytest

from assistant.ask import ask, lead
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import Asked, read_question

NOW = date(2026, 9, 1)


def read(question: str, desk: Desk) -> Asked:
    return read_question(question, NOW, desk.corpus, desk.rules)


def _hit(provision: str, score: float) -> Hit:
    return Hit(provision, Authority.STATUTE, Holding.NOTE, score)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("22 USC 9001(a)", True),
        ("What does 22 USC 9001(a) say?", True),
        ("quote EO 19001 sec. 3", True),
        ("NSM-91 on 1 May 2005", True),
        ("Does 22 USC 9001(a) apply to balloons?", False),
        ("kites", False),
    ],
)
def test_a_question_that_only_names_a_clause_is_known_from_one_about_it(question: str, bare: bool, desk: Desk) -> None:
    assert lead.bare(read(question, desk)) is bare


def test_a_clause_that_is_only_named_speaks_first_and_then_its_parts_alone(desk: Desk) -> None:
    hits = [_hit("EO 19001 sec. 3", 1.0), _hit("22 USC 9001(c)", 0.9)]
    shown = lead.ordered(read("22 USC 9001", desk), hits, desk)
    assert [hit.provision for hit in shown] == ["22 USC 9001", "22 USC 9001(c)"]


def test_clauses_set_side_by_side_speak_before_what_the_search_found(desk: Desk) -> None:
    asked = read("Compare 22 USC 9001(a) and 22 USC 9001(c)", desk)
    shown = lead.ordered(asked, [_hit("22 USC 9001(b)", 1.0), _hit("22 USC 9001(c)", 0.9)], desk)
    assert [hit.provision for hit in shown] == ["22 USC 9001(a)", "22 USC 9001(c)", "22 USC 9001(b)"]


def test_beside_the_policy_of_a_day_nothing_later_speaks(desk: Desk) -> None:
    hits = [_hit("EO 19001 sec. 2", 1.0), _hit("22 USC 9001(b)", 0.5)]
    asked = read("Which arms transfer policy was in force on 1 May 2001?", desk)
    assert [hit.provision for hit in lead.ordered(asked, hits, desk)] == ["22 USC 9001(b)"]
    assert lead.ordered(asked, hits[:1], desk) == hits[:1]
    assert lead.ordered(read("Was there a kite rule in 2001?", desk), hits, desk) == hits


def test_a_clause_named_on_a_day_before_it_began_is_told_with_the_day_it_begins(desk: Desk) -> None:
    answer = ask("EO 19001 sec. 2", desk, date(2001, 5, 1))
    [warned] = [each for each in answer.warnings if each.code == "not_yet"]
    assert "begins only on" in warned.text
    assert warned.provision == "EO 19001 sec. 2"
