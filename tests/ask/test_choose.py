from dataclasses import replace
from datetime import date

import pytest

from assistant.ask import choose, notify
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Holding
from assistant.retrieve import read_question

NOW = date(2026, 11, 24)


def _hit(provision: str, score: float) -> Hit:
    return Hit(provision, Authority.STATUTE, Holding.NONE, score)


def test_the_part_that_lays_a_rule_down_speaks_beside_the_clause_that_names_it(desk: Desk) -> None:
    asked = read_question("Does an overhaul abroad count?", NOW, desk.corpus, desk.rules)
    hits = [_hit("22 USC 2753(d)", 1.0), _hit("22 USC 2753(d)(4)(B)", 0.8), _hit("22 USC 2753(d)(2)", 0.7)]
    assert [hit.provision for hit in choose.choose(asked, hits, desk)] == ["22 USC 2753(d)", "22 USC 2753(d)(4)(B)"]


def test_of_a_part_and_what_is_in_it_only_the_better_speaks(desk: Desk) -> None:
    asked = read_question("Does an overhaul abroad count?", NOW, desk.corpus, desk.rules)
    hits = [_hit("22 USC 2753(d)", 1.0), _hit("22 USC 2753(d)(4)", 0.9), _hit("22 USC 2753(d)(4)(B)", 0.85)]
    assert [hit.provision for hit in choose.choose(asked, hits, desk)] == ["22 USC 2753(d)", "22 USC 2753(d)(4)"]


@pytest.mark.parametrize(
    ("question", "route"),
    [
        ("At what value must a grant of excess trucks be notified?", "grant"),
        ("Is an EDA transfer over $7 million notified?", "grant"),
        ("Must a sale in excess of $14 million be notified?", "FMS"),
        ("Is a lease of surplus boats notified?", "grant"),
    ],
)
def test_a_gift_is_not_measured_by_the_amounts_of_a_sale(desk: Desk, question: str, route: str) -> None:
    asked = replace(read_question(question, NOW, desk.corpus, desk.rules), missing=())
    assert notify.route_of(asked, desk.rules) == route


def test_each_instrument_compared_speaks_though_nothing_in_it_answers(desk: Desk) -> None:
    asked = read_question("Compare the kite tests of NSM-91 with EO 19001.", NOW, desk.corpus, desk.rules)
    named = choose._compared(asked, desk)
    assert len(named) == 2
    hits = [
        Hit(named[0], Authority.PRESIDENTIAL_MEMORANDUM, Holding.NOTE, 1.0),
        Hit(named[1], Authority.EXECUTIVE_ORDER, Holding.NOTE, 0.1),
    ]
    assert [hit.provision for hit in choose.choose(asked, hits, desk)] == named
    assert [hit.provision for hit in choose.choose(asked, hits[:1], desk)] == named
