"""What holding a claim against its source finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cite import Verdict
from assistant.support import read, supports
from assistant.support.figures import figures

KITE = (
    "A kite worth $3 million or more may not be offered to a foreign country until the Minister of Winds has certified it"
    " to the Assembly, unless a storm emergency is declared."
)
REPORT = (
    "The Secretary of Breezes shall send a written report to the Committee on Skies within 30 calendar days after 5 May 2001,"
    " and the President may waive the report for Ruritania and Syldavia."
)


@pytest.mark.parametrize(
    ("claim", "source", "verdict"),
    [
        (KITE, KITE, Verdict.EXACT),
        ("A kite worth $3 million or more may not be offered to a foreign country.", KITE, Verdict.EXACT),
        ("A kite worth $3,000,000 or more may not be offered to a foreign country.", KITE, Verdict.NOTE),
        ("A kite worth three million dollars or more must not be offered to a foreign country.", KITE, Verdict.NOTE),
        ("A kite worth $3 million or more may be offered only after the Minister of Winds has certified it.", KITE, Verdict.NOTE),
        ("A kite worth $3 million or more may be offered to a foreign country.", KITE, Verdict.CONTRADICTED),
        ("A kite worth $30 million or more may not be offered to a foreign country.", KITE, Verdict.CONTRADICTED),
        ("A kite worth $3 million or less may not be offered to a foreign country.", KITE, Verdict.CONTRADICTED),
        ("A kite worth more than $3 million may not be offered to a foreign country.", KITE, Verdict.CONTRADICTED),
        ("The Minister of Seas has certified it to the Assembly.", KITE, Verdict.CONTRADICTED),
        ("be offered to a foreign country until the Minister of Winds has certified it", KITE, Verdict.CONTRADICTED),
        ("The Secretary of Breezes must send a written report within thirty days after 5 May 2001.", REPORT, Verdict.NOTE),
        ("The Secretary of Breezes may send a written report to the Committee on Skies.", REPORT, Verdict.CONTRADICTED),
        ("The Secretary of Breezes shall not send a written report to the Committee on Skies.", REPORT, Verdict.CONTRADICTED),
        ("The Secretary of Breezes shall send the report within 30 business days.", REPORT, Verdict.CONTRADICTED),
        ("The Secretary of Breezes shall send the report within 40 days.", REPORT, Verdict.CONTRADICTED),
        ("The report is due after 6 May 2001.", REPORT, Verdict.CONTRADICTED),
        ("The President shall send a written report to the Committee on Skies.", REPORT, Verdict.CONTRADICTED),
        ("The President may waive the report for Borduria.", REPORT, Verdict.UNSUPPORTED),
        ("The President may waive the report for Ruritania or Syldavia.", REPORT, Verdict.PARTLY),
        ("The President may waive the report for Ruritania, and no review follows.", REPORT, Verdict.PARTLY),
        ("Pigeons eat corn.", REPORT, Verdict.UNSUPPORTED),
        ("", REPORT, Verdict.UNSUPPORTED),
    ],
)  # fmt: skip
def test_a_claim_gets_the_verdict_its_source_allows(claim: str, source: str, verdict: Verdict) -> None:
    found = supports(claim, source)
    assert found.verdict is verdict, found.reasons
    assert bool(found.reasons) is not found.holds


@pytest.mark.parametrize(
    ("text", "value", "kind", "bound"),
    [
        ("$14 million or more", 14_000_000, "money", ">="),
        ("not exceeding $1,500,000", 1_500_000, "money", "<="),
        ("whose value doesn't exceed $2 million", 2_000_000, "money", "<="),
        ("two hundred and fifty million dollars", 250_000_000, "money", ""),
        ("forty-five days", 45, "day", ""),
        ("not later than 15 days before", 15, "day", ">="),
        ("within 15 days after", 15, "day", "<="),
        ("at least 3 percent", 3, "percent", ">="),
    ],
)
def test_a_figure_is_read_with_its_kind_and_bound(text: str, value: float, kind: str, bound: str) -> None:
    (figure,) = figures(text)
    assert (figure.value[0], figure.kind, figure.bound) == (value, kind, bound)


@pytest.mark.parametrize(
    ("text", "day"),
    [("on 5 May 2001", (2001, 5, 5)), ("May 5, 2001", (2001, 5, 5)), ("2001-05-05", (2001, 5, 5)), ("in May 2001", (2001, 5, 0)), ("in 2001", (2001, 0, 0))],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text: str, day: tuple[int, int, int]) -> None:
    assert [figure.value for figure in figures(text)] == [day]


def test_the_numbers_of_a_citation_are_no_figures_but_its_day_is_one() -> None:
    found = read("Under 22 USC 2776(b)(1) and EO 14383 of 6 February 2026 a report is due.")
    assert [figure.value for figure in found.figures] == [(2026, 2, 6)]


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_get_a_verdict(claim: str, source: str) -> None:
    found = supports(claim, source)
    assert 0 <= found.score <= 1


@given(st.sampled_from([KITE, REPORT]), st.integers(4, 1_000))
def test_no_other_figure_is_ever_carried(source: str, number: int) -> None:
    claim = source.replace("$3 million", f"${number} million").replace("30 calendar", f"{number} calendar")
    assert supports(claim, source).holds is (number == 30 and source is REPORT)
