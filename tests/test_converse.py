"""Follow-up questions in full."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ask import ask
from assistant.converse import resolve_follow_up
from assistant.desk import Desk
from assistant.rules import Rules, read_rules
from tests.conftest import SMALL

FMS = "At what value must an FMS sale of major defense equipment to Ruritania be notified to Congress?"
POLICY = "Which CAT policy is in force?"
CLAUSE = "What does AECA 36(b)(1) require?"
MEMO = "What did NSM-18 say about human rights?"
LEASE = "Does a lease of 14 months to Ruritania have to be notified?"
ALL = "Which countries get the 15 day clock?"
CLOCK = "How long was the review period for an FMS sale to Syldavia in 2007?"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(SMALL)


@pytest.mark.parametrize(
    ("before", "asked", "full"),
    [
        (FMS, "And for Borduria?", "At what value must an FMS sale of major defense equipment to Borduria be notified to Congress?"),
        (FMS, "Borduria?", "At what value must an FMS sale of major defense equipment to Borduria be notified to Congress?"),
        (FMS, "what about DCS?", "At what value must a DCS sale of major defense equipment to Ruritania be notified to Congress?"),
        (FMS, "and a retransfer?", "At what value must a retransfer of major defense equipment to Ruritania be notified to Congress?"),
        (FMS, "what about construction?", "At what value must an FMS sale of construction to Ruritania be notified to Congress?"),
        (FMS, "and NATO?", "At what value must an FMS sale of major defense equipment to NATO be notified to Congress?"),
        (FMS, "on 2025-05-01?", "At what value must an FMS sale of major defense equipment to Ruritania be notified to Congress on 2025-05-01?"),
        (FMS, "and for Borduria in 2005?", "At what value must an FMS sale of major defense equipment to Borduria be notified to Congress in 2005?"),
        (FMS, "so what about Borduria and DCS?", "At what value must a DCS sale of major defense equipment to Borduria be notified to Congress?"),
        (FMS, "who signs it?", "Who signs an FMS sale of major defense equipment to Ruritania?"),
        (FMS, "How long does Congress have?", "How long does Congress have for an FMS sale of major defense equipment to Ruritania?"),
        (FMS, "What is major defense equipment?", "What is major defense equipment?"),
        (FMS, POLICY, POLICY),
        (POLICY, "and on 1 May 2025?", "Which CAT policy is in force on 1 May 2025?"),
        (CLOCK, "in 2010?", "How long was the review period for an FMS sale to Syldavia in 2010?"),
        (CLOCK, "and Ruritania?", "How long was the review period for an FMS sale to Ruritania in 2007?"),
        (CLAUSE, "and 36(c)?", "What does AECA 36(c) require?"),
        (CLAUSE, "what about 22 USC 2753(d)?", "What does 22 USC 2753(d) require?"),
        (CLAUSE, "can it be waived?", "Can AECA 36(b)(1) be waived?"),
        (CLAUSE, "is there a waiver?", "Is there a waiver under AECA 36(b)(1)?"),
        (MEMO, "when was it revoked?", "When was NSM-18 revoked?"),
        (MEMO, "and NSPM-10?", "What did NSPM-10 say about human rights?"),
        (FMS, "what about leases?", "At what value must a lease of major defense equipment to Ruritania be notified to Congress?"),
        (FMS, "who signs that?", "Who signs an FMS sale of major defense equipment to Ruritania?"),
        (FMS, "and Borduria too?", "At what value must an FMS sale of major defense equipment to Borduria be notified to Congress?"),
        (POLICY, "and before 2025?", "Which CAT policy is in force on 31 December 2024?"),
        (POLICY, "and before February 2026?", "Which CAT policy is in force on 31 January 2026?"),
        (POLICY, "what replaced it?", "What replaced the CAT policy?"),
        (LEASE, "and if it is for eleven months?", "Does a lease of eleven months to Ruritania have to be notified?"),
        (LEASE, "can that be waived?", "Can a lease of 14 months to Ruritania be waived?"),
        (ALL, "and Borduria?", "Does Borduria get the 15 day clock?"),
        ("Which countries are exempt from vetting?", "and Borduria?", "Is Borduria exempt from vetting?"),
        ("What is a kite?", "and a string?", "What is a string?"),
        ("What are the penalties for losing a kite?", "and the civil ones?", "What are the penalties for losing a kite: the civil ones?"),
        ("What must a kite report contain?", "who approves it?", "Who approves a kite report?"),
        ("What does EO 14268 direct the Secretary of State to do?", "and the Secretary of War?", "What does EO 14268 direct the Secretary of War to do?"),
        ("What happens when a country violates section 3?", "who reports it?", "What happens when a country violates section 3: who reports it?"),
        ("Can the President waive the notice in an emergency?", "does he have to justify it?", "Can the President waive the notice in an emergency: does he have to justify it?"),
        ("Must an FMS sale to Borduria with $2.9M of MDE be certified?", "and $20 million?", "Must an FMS sale to Borduria with $20 million of MDE be certified?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_read_with_the_question_before_it(before: str, asked: str, full: str, rules: Rules) -> None:
    assert resolve_follow_up(asked, [("What is a kite?", None), (before, None)], rules) == full


OFFERED = "Can kites be retransferred without consent?"
CAP = "Who gets priority for excess kites?"


@pytest.mark.parametrize(
    ("earlier", "asked", "full"),
    [
        ([OFFERED], "what about Borduria?", "Can kites be retransferred without consent for Borduria?"),
        ([f"{OFFERED[:-1]}: who gives it?"], "can it be waived?", "Can kites be retransferred without consent: can it be waived?"),
        (["Which CAT policy was in force on 1 May 2024?"], "and today?", "Which CAT policy was in force today?"),
        (["Which CAT policy was in force today?"], "and in 2016?", "Which CAT policy was in force in 2016?"),
        (["What are excess kites?", CAP], "is there a cap?", "Is there a cap for excess kites?"),
        (["What is a balloon?", OFFERED], "is it dear?", "Can kites be retransferred without consent: is it dear?"),
        ([FMS], "and for $20 million?", f"{FMS[:-1]} worth $20 million?"),
        ([CLAUSE], "who decides that?", "Who decides AECA 36(b)(1)?"),
        ([CLAUSE], "since when?", "Since when under AECA 36(b)(1)?"),
        (["What does the Kite law prohibit?"], "who is told?", "Who is told under the Kite law?"),
        ([CAP], "why?", f"{CAP[:-1]}: why?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_read_with_the_questions_before_it(
    earlier: list[str], asked: str, full: str, rules: Rules
) -> None:
    assert resolve_follow_up(asked, [(each, None) for each in earlier], rules) == full


@pytest.mark.parametrize(
    ("asked", "full"),
    [
        ("why?", "Explain 22 USC 9001(a)"),
        ("why is that?", "Explain 22 USC 9001(a)"),
        ("explain", "Explain 22 USC 9001(a)"),
        ("quote it", "Quote 22 USC 9001(a)"),
        ("show me the exact text", "Quote 22 USC 9001(a)"),
        ("what's the source?", "Quote 22 USC 9001(a)"),
    ],
)
def test_what_an_answer_rests_on_can_be_asked_for(asked: str, full: str, desk: Desk) -> None:
    answer = ask("What does 22 USC 9001(a) say?", desk, date(2026, 9, 1))
    now = replace(answer, asked_on=answer.as_of)
    assert resolve_follow_up(asked, [(answer.question, now)], desk.rules) == full
    then = replace(answer, as_of=date(2005, 1, 1))
    assert resolve_follow_up(asked, [(answer.question, then)], desk.rules) == f"{full} on 1 January 2005"


def test_what_dates_told_is_what_it_means_next(desk: Desk) -> None:
    told = "Which arms transfer policy was in force on 1 May 2005?"
    answer = ask(told, desk, date(2026, 9, 1))
    assert answer.claims[0].claim.kind == "rule"
    assert resolve_follow_up("what did it say about kites?", [(told, answer)], desk.rules) == (
        f"What did {answer.claims[0].provisions[0]} say about kites?"
    )


def test_what_differs_is_held_against_the_question_before_the_last(rules: Rules) -> None:
    earlier = [("What is a kite?", None), ("What is a balloon?", None)]
    assert resolve_follow_up("how is it different?", earlier, rules) == "How is a balloon different from a kite?"


@pytest.mark.parametrize("asked", ["", "?", "Korea?", "who signs it?", "What is a kite?"])
def test_the_first_question_stands_as_it_is(asked: str, rules: Rules) -> None:
    assert resolve_follow_up(asked, [], rules) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "Who may waive the certification of a kite for a festival under 22 USC 9001(c)?",
        "What does 22 CFR 126.1 say about Borduria?",
        "How long does the Assembly have to review a lease of weather masts to Syldavia worth more than $3 million?",
    ],
)
def test_a_question_that_can_be_read_alone_is_left_alone(asked: str, rules: Rules) -> None:
    assert resolve_follow_up(asked, [(FMS, None)], rules) == asked


@given(st.text(max_size=120), st.text(max_size=200))
def test_any_two_texts_give_a_question(asked: str, before: str) -> None:
    found = resolve_follow_up(asked, [(before, None)], read_rules(SMALL))
    assert len(found) <= 8_000 + len(asked)
