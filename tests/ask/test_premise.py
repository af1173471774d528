import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import premise
from assistant.ask.premise import confusions, figures, offices
from assistant.corpus import Corpus
from assistant.desk import Desk
from assistant.retrieve import read_question
from assistant.rules import read_rules

NOW = date(2026, 9, 1)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def large(desk: Desk, whole: Corpus) -> Desk:
    """The corpus that ships, with nothing to search."""
    folder = ROOT / "corpus"
    return replace(desk, corpus=whole, rules=read_rules(folder), folder=folder)


def corrected(question: str, desk: Desk, on: date = NOW) -> tuple[str, ...]:
    """The provisions of the first claim, where the premise is found false."""
    claims, warned = premise.examine(read_question(question, on, desk.corpus, desk.rules), desk, [])
    assert {warning.code for warning in warned} <= {"false_premise"}
    if not warned:
        return ()
    return tuple(citation.provision for claim in claims[:1] for citation in claim.citations)


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Is the order binding?", ""),
        ("The order is binding.", "The order is binding."),
        ("The order is binding. What does it say?", "The order is binding."),
        ("Since the order is binding, what does it say?", "the order is binding"),
        ("A lease must be certified, right?", "A lease must be certified, right?"),
        ("Which clause applies, given that Korea is in the group?", "Korea is in the group"),
    ],
)
def test_only_what_is_stated_or_given_as_a_ground_is_a_premise(text: str, asserted: str) -> None:
    assert premise.assertion_of(text) == asserted


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("NSM-18 is the binding policy, so apply its test.", "EO 14236 sec. 2(m)"),
        ("NSPM-10 has been formally reinstated, so quote it.", "EO 14268 sec. 3(a)(i)"),
        ("The Secretary of War certifies FMS sales to Congress, so draft it for him.", "EO 14383 sec. 4(v)"),
        ("Since the MDE threshold for Oman is $40 million, our sale is clear.", "22 USC 2776(b)(1)"),
        ("As Kuwait gets the 15-day clock, we may sign on day sixteen.", "22 USC 2776(b)(1)"),
        ("Bahrain is in the NATO-plus-five group, so the higher amounts apply.", "22 USC 2776(b)(1)"),
        ("Tunisia is a major non-NATO ally, so it has the 15-day clock.", "22 USC 2776(b)(1)"),
        ("10 U.S.C. 362 has no waiver, so cancel the course.", "10 USC 362(c)"),
        ("Please invoke the national security waiver of section 620M.", "22 USC 2378d(b)"),
        ("An emergency was declared, so no certification is needed.", "22 USC 2776(b)(1)"),
        ("The retransfer is valued at its current market price, so we are below the line.", "22 USC 2753(d)(1)"),
        ("H.J.Res. 200 is now law, so the license is void.", "H.J.Res. 200 (119th)"),
        ("EO 14383 repealed 22 U.S.C. 2304, so skip it.", "22 USC 2304"),
        ("EO 14148 revoked NSM-20, cite it so.", "NSM-20"),
        ("We will sign an eight-year lease for the ships.", "22 USC 2796(b)"),
    ],
)
def test_a_false_premise_is_answered_by_the_clause_that_shows_it(large: Desk, question: str, shows: str) -> None:
    assert shows in corrected(question, large)


@pytest.mark.parametrize(
    "question",
    [
        "NSM-18 was revoked in March 2025. What replaced it?",
        "What did NSM-18 require?",
        "The Secretary of State certifies FMS sales to Congress. Where is that written?",
        "Since the MDE threshold for Oman is $14 million, is a $20 million sale certified?",
        "As Norway gets the 15-day clock, when may we sign?",
        "Our sale to Oman is $40 million. Does it cross the threshold?",
        "Does major non-NATO ally status change the clock?",
        "10 U.S.C. 362 has a waiver. Who may grant it?",
        "Section 620M has no waiver. What exception has it?",
        "H.J.Res. 200 is not law. What would it do?",
        "EO 14236 revoked NSM-18. Which section did it?",
        "We will sign a four-year lease for the ships.",
        "An emergency waives the review period. What must still be sent?",
    ],
)
def test_a_true_premise_raises_no_warning(large: Desk, question: str) -> None:
    assert corrected(question, large) == ()


def test_an_official_is_judged_by_the_table_of_the_day(large: Desk) -> None:
    question = "The Secretary of Defense certifies FMS sales to Congress, so draft it for him."
    assert corrected(question, large, date(2025, 6, 1)) == ()
    assert "EO 14383 sec. 4(v)" in corrected(question.replace("Defense", "Commerce"), large)
    assert "EO 14383 sec. 4(v)" in corrected(question, large)


def test_a_recipient_is_judged_by_its_group_on_the_day(large: Desk) -> None:
    question = "As Sweden gets the 15-day clock, we may sign on day sixteen."
    assert corrected(question, large) == ()
    assert "22 USC 2776(b)(1)" in corrected(question, large, date(2020, 1, 1))


def test_the_samples_are_told_apart(large: Desk) -> None:
    rows = [
        json.loads(line) for line in (ROOT / "evals/samples/premise.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = {row["id"]: bool(corrected(row["question"], large)) for row in rows}
    false = [row for row in rows if row["false_premise"]]
    true = [row for row in rows if not row["false_premise"]]
    assert sum(found[row["id"]] for row in false) >= 0.9 * len(false)
    assert sum(found[row["id"]] for row in true) <= 0.1 * len(true)


def test_every_row_of_the_tables_has_a_clause_with_a_note(large: Desk) -> None:
    for row in (*confusions.read_confusions(large.folder), *figures.read_limits(large.folder)):
        version = large.corpus.version(row.provision, NOW)
        assert version, row.provision
        assert version.note, row.provision
    for office in offices.read_offices(large.folder):
        assert large.rules.certifier(office.function, NOW) or large.corpus.exists(office.provision)
