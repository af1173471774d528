"""What began only after the day asked about, where dates or tables already answer."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import choose
from assistant.corpus import Corpus
from assistant.desk import Desk
from assistant.index import Hit, authority_of
from assistant.law import Holding, instrument_of
from assistant.retrieve import read_question
from assistant.rules import read_rules

ROOT = Path(__file__).parents[2]
HITS = [
    Hit(name, authority_of(instrument_of(name)), Holding.NOTE, score)
    for name, score in (("EO 14383 sec. 3(a)", 0.9), ("22 USC 2753(a)(1)", 0.8), ("EO 14268 sec. 3(b)", 0.7))
]


@pytest.mark.parametrize(
    ("question", "decided", "chosen"),
    [
        ("What governed arms transfer reviews in June 2017?", True, {"22 USC 2753(a)(1)"}),
        ("What governed arms transfer reviews in June 2017?", False, {hit.provision for hit in HITS}),
        ("What governed reviews in June 2017, EO 14383?", True, {"EO 14383 sec. 3(a)", "22 USC 2753(a)(1)"}),
        ("What governs arms transfer reviews?", True, {hit.provision for hit in HITS}),
    ],
)
def test_what_came_later_pads_no_answer_that_dates_have_given(
    desk: Desk, whole: Corpus, question: str, decided: bool, chosen: set[str]
) -> None:
    large = replace(desk, corpus=whole, rules=read_rules(ROOT / "corpus"), folder=ROOT / "corpus")
    asked = read_question(question, date(2026, 11, 24), large.corpus, large.rules)
    assert {hit.provision for hit in choose.choose(asked, HITS, large, decided)} == chosen
