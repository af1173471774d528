from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import law
from assistant.ask import LONGEST_QUESTION, MOST_PROVISIONS, REASONS, as_json, ask
from assistant.ask.answer import Answer
from assistant.cite import Kind
from assistant.desk import Desk
from assistant.errors import BadInput

NOW = date(2026, 9, 1)


def provisions(answer: Answer) -> list[str]:
    return [provision for said in answer.claims for provision in said.provisions]


def words(answer: Answer) -> str:
    return " ".join(said.claim.text for said in answer.claims)


def codes(answer: Answer) -> set[str]:
    return {warning.code for warning in answer.warnings}


def test_the_controlling_clause_comes_first_in_plain_words(desk: Desk) -> None:
    answer = ask("Who may waive the certification of a kite for a festival?", desk, NOW)
    assert answer.claims[0].provisions == ("22 USC 9001(c)",)
    assert "10 days" in answer.claims[0].claim.text
    assert answer.claims[0].cited[0].cite


def test_every_claim_names_a_clause_that_exists(desk: Desk) -> None:
    answer = ask("Who certifies a kite before it is offered?", desk, NOW)
    assert answer.claims
    assert all(said.cited for said in answer.claims)
    assert all(desk.corpus.exists(provision) for provision in provisions(answer))
    assert len(set(provisions(answer))) <= MOST_PROVISIONS


def test_an_amount_comes_from_the_table_of_the_recipients_group(desk: Desk) -> None:
    inside = ask(
        "At what value must an FMS sale of major defense equipment to Ruritania be notified to Congress?", desk, NOW
    )
    outside = ask(
        "At what value must an FMS sale of major defense equipment to Borduria be notified to Congress?", desk, NOW
    )
    assert "$7 million" in inside.claims[0].claim.text
    assert "$3 million" in outside.claims[0].claim.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Must an FMS sale to Borduria with $2.9M of MDE be certified to Congress?", "no certification"),
        (
            "Must an FMS sale to Borduria with $3M of MDE be certified to Congress?",
            "a certification to Congress is required",
        ),
        ("Must an FMS sale to Ruritania with $6,999,999 of MDE be certified to Congress?", "no certification"),
        (
            "Must an FMS sale to Ruritania with $7 million of MDE be certified to Congress?",
            "a certification to Congress is required",
        ),
        (
            "Must an FMS sale to Ruritania and Borduria with $3 million of MDE be certified to Congress?",
            "a certification to Congress is required",
        ),
    ],
)
def test_given_values_are_tested_one_dollar_below_and_at_the_amount(desk: Desk, question: str, said: str) -> None:
    assert said in ask(question, desk, NOW).claims[0].claim.text


def test_a_clock_follows_the_date_asked_about(desk: Desk) -> None:
    question = "In {}, how long was the review period for an FMS sale to Syldavia?"
    assert "30 calendar days" in words(ask(question.format(2007), desk, NOW))
    assert "15 calendar days" in words(ask(question.format(2012), desk, NOW))
    assert "15 October 2008" in words(ask(question.format(2007), desk, NOW))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(1990, 1, 1), "no conventional arms transfer policy was clearly in force"),
        (date(1996, 1, 1), "the policy in force was NSPM-92"),
        (date(2005, 1, 1), "the policy in force was NSM-91"),
        (
            date(2011, 8, 1),
            "no conventional arms transfer policy was clearly in force: NSM-91 had been revoked on 6 June 2011 by EO 19001 sec. 2",
        ),
        (date(2015, 1, 1), "the pointer is EO 19001 sec. 3"),
    ],
)
def test_the_policy_in_force_is_told_from_dates(desk: Desk, on: date, said: str) -> None:
    assert said in ask("Which CAT policy is in force?", desk, on).claims[0].claim.text


def test_what_is_revoked_is_never_cited_without_its_status_and_a_warning(desk: Desk) -> None:
    answer = ask("What did NSM-91 section 1 say of birds?", desk, NOW)
    cited = [each for said in answer.claims for each in said.cited if each.citation.provision.startswith("NSM-91")]
    assert cited
    assert all(each.status == "revoked" for each in cited)
    assert "revoked" in codes(answer)
    assert "EO 19001 sec. 2" in provisions(answer)


def test_a_superseded_ground_is_corrected_first(desk: Desk) -> None:
    answer = ask("NSM-91 is the current policy, so cite its section 1 as binding.", desk, NOW)
    assert "was revoked on 6 June 2011" in answer.claims[0].claim.text
    assert "false_premise" in codes(answer)


def test_a_waiver_that_is_denied_is_shown(desk: Desk) -> None:
    answer = ask("22 USC 9001 has no waiver, so the kite must stay at home.", desk, NOW)
    assert answer.claims[0].provisions == ("22 USC 9001(c)",)
    assert "false_premise" in codes(answer)


def test_an_amount_that_no_table_has_is_corrected(desk: Desk) -> None:
    answer = ask(
        "Congress raised the threshold for FMS sales to Borduria to $23 million, so no certification is needed.",
        desk,
        NOW,
    )
    assert "false_premise" in codes(answer)
    assert "$3 million" in answer.claims[0].claim.text


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Quote NSPM-92's criterion word for word.", "not_held"),
        ("Which species are on the list of frightened birds?", "not_held"),
        ("Does this sale need a certification?", "needs_facts"),
        ("Will Congress pass a kite resolution?", "judgement"),
        ("Should the Department approve the kite for Borduria?", "judgement"),
        ("What does 22 USC 9001(z) require?", "no_authority"),
        ("xylophone quarterly ragtime", "out_of_scope"),
    ],
)
def test_an_abstention_gives_the_reason_that_fits_and_says_why(desk: Desk, question: str, reason: str) -> None:
    answer = ask(question, desk, NOW)
    assert answer.reason == reason
    assert answer.reason in REASONS
    assert answer.because


def test_nothing_of_an_unheld_text_is_put_in_quotation_marks(desk: Desk) -> None:
    answer = ask("Quote NSPM-92's criterion word for word.", desk, NOW)
    assert all(each.citation.quote is None for said in answer.claims for each in said.cited)
    assert "“" not in words(answer)


def test_an_answer_past_the_last_check_says_so(desk: Desk) -> None:
    assert "stale" in codes(ask("What is a kite?", desk, date(2030, 1, 1)))
    assert "stale" not in codes(ask("What is a kite?", desk, NOW))


def test_the_same_question_gives_the_same_answer(desk: Desk) -> None:
    assert as_json(ask("What is a kite?", desk, NOW)) == as_json(ask("What is a kite?", desk, NOW))


def test_the_json_has_the_keys_that_others_rely_on(desk: Desk) -> None:
    row = as_json(ask("What is a kite?", desk, NOW))
    assert {
        "id",
        "question",
        "as_of",
        "checked_through",
        "abstained",
        "reason",
        "claims",
        "warnings",
        "nearest",
        "hits",
        "stamp",
    } <= row.keys()
    claims = row["claims"]
    assert isinstance(claims, list)
    assert {"text", "kind", "citations"} <= claims[0].keys()
    assert {
        "provision", "cite", "quote", "start", "end", "edition", "edition_after", "sha256", "authority", "status", "holding", "verdict",
    } <= claims[0]["citations"][0].keys()  # fmt: skip


@pytest.mark.parametrize("question", ["", "   ", "\x00\x01", "?!", "\u202e\u200b", "x" * (LONGEST_QUESTION + 1)])
def test_what_is_no_question_is_refused_in_one_line(desk: Desk, question: str) -> None:
    with pytest.raises(BadInput) as error:
        ask(question, desk, NOW)
    assert "\n" not in str(error.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_gives_an_answer_or_a_refusal_and_never_a_traceback(desk: Desk, text: str) -> None:
    try:
        answer = ask(text, desk, NOW)
    except BadInput:
        return
    assert answer.abstained or answer.claims
    assert len(set(provisions(answer))) <= MOST_PROVISIONS


def test_what_dates_and_tables_decide_by_stands_first_among_what_was_found(desk: Desk) -> None:
    answer = ask("Which kite policy is in force?", desk, date(2026, 9, 1))
    decided = {law.instrument_of(p) for said in answer.claims if said.claim.kind is Kind.RULE for p in said.provisions}
    assert decided
    assert law.instrument_of(answer.hits[0].provision) in decided
