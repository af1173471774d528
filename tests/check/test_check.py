"""Findings in memos about invented law."""

from datetime import date

import pytest

from assistant.check import Verdict, as_json
from assistant.record import Record
from tests.check.conftest import Checks, faults, only

KEYS = {"line", "start", "end", "written", "provision", "quote", "verdict", "detail", "suggestion"}


def test_every_finding_has_the_contract_s_keys_and_its_words_at_its_offsets(checks: Checks) -> None:
    text = "Date: 1 May 2024\n\nA kite is certified under 22 USC 9001(a). See also 22 USC 9001(z)."
    report = checks(text)
    rows = as_json(report)
    assert len(rows) == 2
    for row in rows:
        assert row.keys() >= KEYS
        assert text[row["start"] : row["end"]] == row["written"]
        assert row["line"] == 3


def test_a_clause_that_does_not_exist_is_unknown_with_those_near_it(checks: Checks) -> None:
    finding = only(checks("See 22 USC 9001(z)."), "unknown_citation")
    assert finding.written == "22 USC 9001(z)"
    assert "9001(" in (finding.suggestion or "")


@pytest.mark.parametrize("cited", ["EO 29999", "NSM-97"])
def test_an_instrument_named_nowhere_is_unknown(checks: Checks, cited: str) -> None:
    assert faults(checks(f"See {cited} for this.")) == [("unknown_citation", cited)]


def test_a_title_of_the_code_that_nothing_is_held_of_is_not_called_unknown(checks: Checks) -> None:
    assert only(checks("See 42 U.S.C. 1983."), "not_held").written == "42 U.S.C. 1983"


def test_a_good_citation_is_reported_as_good(checks: Checks) -> None:
    finding = only(checks("Kites are certified (22 USC 9001(a))."), "ok")
    assert finding.status == "in_force"
    assert finding.provision == "22 USC 9001(a)"


# quotations


def test_without_official_text_a_quotation_is_never_good(checks: Checks) -> None:
    report = checks('Section 22 USC 9001(b) says "a tethered aircraft of cloth and wood".')
    assert only(report, "not_held").written == "a tethered aircraft of cloth and wood"
    assert any("No official text" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    "quoted",
    [
        '22 USC 9001(b): "a tethered aircraft of cloth and wood".',
        '“[A] tethered aircraft of cloth and wood,” 22 USC 9001(b).',
        'The term means "a tethered aircraft ... that flies by wind alone." 22 USC 9001(b).',
        "The clause reads:\n\n> a tethered aircraft of cloth\n> and wood that flies\n\n22 USC 9001(b).",
    ],
)  # fmt: skip
def test_words_that_stand_in_the_clause_are_good(checks: Checks, kite_text: Record, quoted: str) -> None:
    report = checks(quoted, kite_text)
    assert faults(report) == []
    assert any(f.quote and "aircraft" in f.quote for f in report.findings)


@pytest.mark.parametrize(
    ("quoted", "text_says"),
    [
        ("The Minister shall offer any kite of great height to a foreign country", "shall not offer"),
        ("The Minister may not offer any kite of great height", "shall not offer"),
        ("offer any kite of great height to a foreign country within 45 days of a storm", "30 days"),
        ("offer any kite of great weight to a foreign country", "great height"),
    ],
)
def test_altered_words_are_misquoted_and_the_text_is_given(
    checks: Checks, kite_text: Record, quoted: str, text_says: str
) -> None:
    finding = only(checks(f'The law says "{quoted}" (22 USC 9001(a)).', kite_text), "misquoted")
    assert finding.written == quoted
    assert text_says in (finding.quote or "")


def test_words_of_another_clause_are_credited_to_the_wrong_authority(checks: Checks, kite_text: Record) -> None:
    finding = only(checks('"a tethered aircraft of cloth and wood" (22 USC 9001(c)).', kite_text), "wrong_authority")
    assert finding.provision == "22 USC 9001(b)"


def test_a_quotation_of_law_without_a_citation_is_uncited_with_its_clause_offered(
    checks: Checks, kite_text: Record
) -> None:
    finding = only(
        checks('One reads of "a kite lent to a festival of ten days or less" in places.', kite_text), "uncited"
    )
    assert finding.provision == "22 USC 9001(c)"


def test_words_in_no_text_at_all_are_misquoted(checks: Checks, kite_text: Record) -> None:
    report = checks('The clause promises "free string and tails for every child in town" (22 USC 9001(a)).', kite_text)
    assert only(report, "misquoted").written.startswith("free string")


# status


@pytest.mark.parametrize(
    "said",
    [
        "NSM-91 requires restraint.", "The transfer must comply with NSM-91 sec. 1.", "NSM-91 remains the current policy.",
        "This is consistent with NSM-91.", "NSM-91 superseded NSPM-92 and is the governing policy.",
    ],
)  # fmt: skip
def test_an_ended_policy_cited_as_current_is_not_in_force(checks: Checks, said: str) -> None:
    assert ("not_in_force", "NSM-91 sec. 1" if "sec." in said else "NSM-91") in faults(checks(said))


@pytest.mark.parametrize(
    "said",
    [
        "NSM-91 was revoked on 6 June 2011.", "EO 19001 sec. 2 revoked NSM-91.", "NSM-91 required restraint.", "NSM-91 is no longer in force.",
        "The former policy, NSM-91, is history.", "NSM-91, since revoked, had set restraint as the rule.",
    ],
)  # fmt: skip
def test_an_ended_policy_said_to_have_ended_is_good(checks: Checks, said: str) -> None:
    assert faults(checks(said)) == []


def test_the_memo_s_own_date_decides_what_is_in_force(checks: Checks) -> None:
    said = "NSM-91 requires restraint.\n"
    assert faults(checks(f"Date: 1 May 2005\n\n{said}", on=None)) == []
    assert faults(checks(f"Date: 1 May 2015\n\n{said}", on=None)) == [("not_in_force", "NSM-91")]
    assert checks(f"Date: 1 May 2015\n\n{said}", on=date(2005, 5, 1)).faults == ()


def test_an_instrument_not_yet_made_is_not_in_force(checks: Checks) -> None:
    assert faults(checks("EO 19001 sec. 2 controls.", on=date(2001, 1, 1))) == [("not_in_force", "EO 19001 sec. 2")]


def test_the_wrong_day_of_revocation_contradicts_the_record(checks: Checks) -> None:
    finding = only(checks("NSM-91 was revoked on 6 July 2011."), "contradicts_rule")
    assert finding.written == "6 July 2011"
    assert finding.suggestion == "6 June 2011"


# figures


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (
            "The threshold for an FMS sale of major defense equipment to Ruritania is $3 million (22 USC 9001(a)).",
            "$3 million",
        ),
        (
            "A foreign military sale of MDE to Borduria is certified at $5 million or more, 22 USC 9001(a).",
            "$5 million",
        ),
        ("Congress has 30 days to review an FMS sale to Ruritania (22 USC 9001(a)).", "30 days"),
        ("The review period for Borduria is 15 calendar days for FMS. 22 USC 9001(a).", "15 calendar days"),
        ("The review period for Borduria under FMS is 30 business days. 22 USC 9001(a).", "30 business days"),
    ],
)
def test_figures_that_the_tables_do_not_have_contradict_a_rule(checks: Checks, said: str, wrong: str) -> None:
    found = [w for v, w in faults(checks(said)) if v == "contradicts_rule"]
    assert found == [wrong]


@pytest.mark.parametrize(
    "said",
    [
        "The threshold for an FMS sale of major defense equipment to Ruritania is $7 million (22 USC 9001(a)).",
        "Congress has 15 days to review an FMS sale to Syldavia (22 USC 9001(a)).",
        "The FMS sale to Borduria is valued at $2 million in MDE (22 USC 9001(a)).",
        "A bill would raise the threshold for FMS sales of MDE to $9 million (22 USC 9001(a)).",
    ],
)
def test_right_figures_and_a_case_s_own_values_are_left_alone(checks: Checks, said: str) -> None:
    assert [v for v, _ in faults(checks(said)) if v == "contradicts_rule"] == []


def test_a_clause_s_own_figure_changed_contradicts_it(checks: Checks) -> None:
    said = "The Minister of Winds may waive the certification for a kite lent for a festival of at least 25 days (22 USC 9001(c))."
    assert ("contradicts_rule", "25 days") in faults(checks(said))


# support and authority


def test_a_release_from_what_the_clause_demands_is_unsupported(checks: Checks) -> None:
    said = "The Minister of Winds may not waive the certification for a kite lent for a festival (22 USC 9001(c))."
    assert faults(checks(said)) == [("unsupported", "22 USC 9001(c)")]


def test_a_statement_of_which_the_clause_has_nothing_is_unsupported(checks: Checks) -> None:
    said = "The ambassador must inspect every harbor warehouse in spring (22 USC 9001(b))."
    assert faults(checks(said)) == [("unsupported", "22 USC 9001(b)")]


@pytest.mark.parametrize(
    "said",
    [
        "The statute requires that every kite be certified.",
        "By law a transfer of kites must be certified to the Assembly.",
    ],
)
def test_law_stated_without_a_citation_is_uncited(checks: Checks, said: str) -> None:
    assert faults(checks(said)) == [("uncited", said)]


@pytest.mark.parametrize(
    "said",
    [
        "We recommend that the transfer be certified.", "Must the transfer be certified?", "Kites must be certified before transfer. 22 USC 9001(a).",
        "Kites are certified under 22 USC 9001(a). That certification must name the kite.", "The string is long and the license is blue.",
    ],
)  # fmt: skip
def test_advice_questions_and_sentences_beside_a_citation_are_not_uncited(checks: Checks, said: str) -> None:
    assert "uncited" not in {v for v, _ in faults(checks(said))}


def test_the_counts_add_up_to_the_findings(checks: Checks) -> None:
    report = checks("NSM-91 requires restraint. See 22 USC 9001(z) and 22 USC 9001(a).")
    assert sum(report.counts.values()) == len(report.findings)
    assert report.counts[Verdict.UNKNOWN_CITATION] == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Under EO 19001 sec. 3 a kite is barred where harm to a flock was more likely than not.", [("wrong_authority", "EO 19001 sec. 3")]),
        ("EO 19001 sec. 3 does not ask whether harm to a flock was more likely than not.", []),
    ],
)  # fmt: skip
def test_another_clause_s_language_is_its_own(checks: Checks, said: str, expected: list[tuple[str, str]]) -> None:
    assert faults(checks(said)) == expected


def test_a_sentence_with_a_wrong_figure_still_reports_its_citation(checks: Checks) -> None:
    report = checks("Congress has 30 days to review an FMS sale to Ruritania (22 USC 9001(a)).")
    assert [str(f.verdict) for f in report.findings] == ["contradicts_rule", "ok"]
