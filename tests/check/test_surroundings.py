"""Sentences read with what they hang on: notes at the end, questions of a list, a table's head, the clause that defines."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.check import Report, check, memo_of
from assistant.corpus import Corpus
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import Record, open_record
from assistant.rules import Rules, read_rules
from assistant.settings import data_path
from tests.check.conftest import faults

ON = date(2026, 10, 1)
Checked = Callable[..., Report]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(data_path("corpus"))


@pytest.fixture
def checked(whole: Corpus, rules: Rules, no_text: Record) -> Checked:
    """Check a text on a day."""
    return lambda text, on=ON: check(memo_of(text, "memo.md"), whole, no_text, rules, on)


def _notes(said: str, note: str) -> str:
    return f"# A view of the law\n\n{said} [1].\n\n### Notes\n\n1. {note}\n"


def test_a_bracketed_number_calls_the_endnote_of_that_number(checked: Checked) -> None:
    wrong = _notes("A sale to Peru is certified at $25 million of major defense equipment", "22 U.S.C. 2776(b)(1).")
    right = wrong.replace("$25", "$14")
    assert [verdict for verdict, _ in faults(checked(wrong))] == ["contradicts_rule"]
    assert faults(checked(right)) == []


def test_an_endnote_to_a_sentence_that_tells_the_past_is_no_citation_as_current(checked: Checked) -> None:
    said = "For two years NSM-18 barred a transfer that was more likely than not to be used for atrocities [1]. Executive Order 14236 revoked the memorandum"
    assert faults(checked(_notes(said, "NSM-18, sec. 4."))) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "The definition of gross violations that the bureau applied is in FAA section 502B(b)(1).",
            ["wrong_authority"],
        ),
        ("The definition of gross violations that the bureau applied is in FAA section 502B(d)(1).", []),
        ("An offset agreement is defined in AECA section 36(g).", ["wrong_authority"]),
        ("An offset agreement is defined in AECA section 36(e)(1).", []),
        ("FAA section 620M may be waived by the Secretary.", ["unsupported"]),
        ("FAA section 620M has no waiver.", []),
        (
            "The undertaking to give substantially the same degree of security protection is the one in AECA 3(a)(1).",
            ["wrong_authority"],
        ),
        (
            "The undertaking to give substantially the same degree of security protection is the one in AECA 3(a)(3).",
            [],
        ),
        ("10 U.S.C. 362(c) may be used to waive the bar.", []),
    ],
)
def test_what_a_clause_defines_or_waives_is_asked_of_the_clause(
    checked: Checked, said: str, expected: list[str]
) -> None:
    assert [verdict for verdict, _ in faults(checked(said))] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # the question of an item, and what answers it
        ("- Construction-only case for Chile? Certify at $300M or more.", ["$300M"]),
        ("- Construction-only case for Chile? Certify at $200M or more.", []),
        ("- A notice left unused for more than seven years? Then it has lapsed (SAMM C5.5.6.7).", ["seven years"]),
        ("- A notice left unused for more than five years? Then it has lapsed (SAMM C5.5.6.7).", []),
        # a value told in the sentence before
        ("Thailand seeks an FMS sale of $19 million in MDE. A sale of that size need not be notified (22 U.S.C. 2776(b)(1)).", ["$19 million"]),
        ("Thailand seeks an FMS sale of $9 million in MDE. A sale of that size need not be notified (22 U.S.C. 2776(b)(1)).", []),
        # a table's row, by its number
        ("Tier 3 cases: allow 30 notional days of informal review (SAMM Table C5.T16).", ["30 notional days"]),
        ("Tier 3 cases: allow 40 notional days of informal review (SAMM Table C5.T16).", []),
        # the days counted
        ("The license waits 30 calendar days (22 U.S.C. 2776(c)(2)(C)). Weekends and holidays are left out of the count.", ["Weekends and holidays are left out"]),
        ("The license waits 30 calendar days (22 U.S.C. 2776(c)(2)(C)). Weekends and holidays count.", []),
        # any value
        ("A manufacturing license agreement in Spain is certified only if it is worth $25 million or more (22 CFR 124.11(a)).", ["$25 million"]),
        # who publishes is not who certifies; an emergency set aside is not meant
        ("Publication of section 36(b) certifications stays with War under section 1(l) of Executive Order 13637.", []),
        ("The function of consenting to a retransfer is delegated to the Secretary of Defense.", ["Secretary of Defense"]),
        # a day by its place in the count
        ("For Chile the LOA can be signed on the sixteenth day after Congress has the certification (AECA § 36(b)(1)).", ["sixteenth"]),
        ("For Chile the LOA can be signed on the thirty-first day after Congress has the certification (AECA § 36(b)(1)).", []),
        ("For Norway the LOA can be signed on the 16th day after Congress has the certification (AECA § 36(b)(1)).", []),
        # an amount that a case need pass
        ("Because the Philippines is a treaty ally, the case need only be notified once it passes $100 million (AECA § 36(b)(6)(B)).", ["$100 million"]),
        # a reason after what was not done
        ("No certification was made, because the present value is below the $14 million in AECA 3(d)(1).", ["present value"]),
        # a country named as outside the group does not lend its clock
        ("For NATO, its members and the five named partners the time is 15 days, under AECA section 62(c); Chile is not among them.", []),
    ],
)  # fmt: skip
def test_figures_and_officials_are_read_with_what_they_hang_on(
    checked: Checked, said: str, expected: list[str]
) -> None:
    found = [words for verdict, words in faults(checked(said)) if verdict == "contradicts_rule"]
    assert found == expected


def test_before_the_functions_moved_an_emergency_set_aside_leaves_the_routine_official(checked: Checked) -> None:
    said = "The function under AECA § 36(b)(1) is delegated, emergencies aside, to the Secretary of Defense (EO 13637 sec. 1(j))."
    assert faults(checked(said, date(2026, 1, 22))) == []
    assert faults(checked(said, ON)) != []


def test_the_head_of_a_column_says_whose_official_a_cell_names(checked: Checked) -> None:
    table = (
        "| Point | FMS | Direct commercial sale |\n|---|---|---|\n| Certifying officer | {} | Secretary of State |\n"
    )
    eve = date(2025, 11, 30)
    assert faults(checked(table.format("Secretary of Defense"), eve)) == []
    assert [words for _, words in faults(checked(table.format("Secretary of State"), eve))] == ["Secretary of State"]


@pytest.mark.parametrize(
    "said",
    [
        "Whether a lease of two aircraft to Chile must be reported, and when.",
        "That you authorize formal notification of the proposed sale under section 36(b)(1) of the AECA.",
        "The original case was notified in 2019 under AECA 36(b)(1).",
        "Kuwait will accept monitoring under 22 U.S.C. 2785.",
        "The Department keeps approval of the license in hand; the seller may not pass the modules on without written approval (22 CFR 123.9(a)).",
    ],
)
def test_questions_recommendations_and_facts_of_the_case_are_no_statements_of_law(checked: Checked, said: str) -> None:
    assert faults(checked(said)) == []


def test_an_ended_memorandum_that_must_be_applied_is_not_in_force_whatever_the_paragraph_said_of_another(
    checked: Checked,
) -> None:
    said = "NSM-18 was revoked on March 14, 2025. The Department must therefore apply NSM-20 and ask for assurances."
    assert ("not_in_force", "NSM-20") in faults(checked(said))


def test_words_given_to_an_order_as_a_whole_are_compared_with_all_of_it(
    whole: Corpus, rules: Rules, tmp_path: Path
) -> None:
    text = "Section 1. Kites are to be sold with care. Section 2. Care is owed to every bird."
    record = open_record(tmp_path / "held", create=True)
    clause = Passage("EO 14383 sec. 1", None, Kind.PROVISION, "", 0, 43, 0, 43)
    edition = Edition("EO 14383", "0" * 64, date(2026, 2, 6), "https://www.whitehouse.gov/kites", "2026-02-07", "text", Holding.OFFICIAL)  # fmt: skip
    record.ingest([(Reading("EO 14383", "Kites", text, (clause,)), edition)])

    def run(quote: str) -> list[str]:
        memo = memo_of(f'E.O. 14383 says that "{quote}" wherever it flies.', "memo.md")
        return [v for v, _ in faults(check(memo, whole, record, rules, ON))]

    assert run("care is owed to every bird") == []
    assert run("care is owed to nobody in the air") == ["misquoted"]
