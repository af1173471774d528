"""Exceptions, ceilings and changes of group, by the case's own words and day."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.case import read_case
from assistant.corpus import Corpus
from assistant.determine import Determination, determine
from assistant.rules import Rules, read_rules

NOW = date(2026, 11, 24)
CORPUS = Path(__file__).parents[2] / "corpus"
ENGINES = [{"item": "fighter engines", "mde": True}]


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(CORPUS)


def _of(rules: Rules, corpus: Corpus, on: date = NOW, **keys: Any) -> Determination:
    return determine(read_case({"id": "x", **keys}), rules, corpus, on)


@pytest.mark.parametrize(
    ("route", "purpose", "required", "provision"),
    [
        ("temporary third-party transfer (FMS-origin)", "overhaul only", False, "22 USC 2753(d)(4)(B)"),
        ("third-party transfer (FMS-origin)", "solely for repair; returned to owner", False, "22 USC 2753(d)(4)(B)"),
        ("third-party transfer (DCS-origin)", "repair and return, no upgrade", False, "22 USC 2753(d)(4)(B)"),
        ("third-party transfer (FMS-origin)", "overhaul", None, "22 USC 2753(d)(1)"),
        ("temporary third-party transfer (FMS-origin)", "overhaul", None, "22 USC 2753(d)(1)"),
        ("temporary third-party transfer (FMS-origin)", "overhaul and upgrade only", True, "22 USC 2753(d)(1)"),
        ("temporary third-party transfer (FMS-origin)", "overhaul only, perhaps an upgrade", None, "22 USC 2753(d)(1)"),
        ("temporary third-party transfer (FMS-origin)", "an exercise only", True, "22 USC 2753(d)(1)"),
    ],
)
def test_a_transfer_for_upkeep_is_excepted_only_where_its_words_show_it(
    rules: Rules, whole: Corpus, route: str, purpose: str, required: bool | None, provision: str
) -> None:
    got = _of(
        rules, whole, route=route, recipient="Peru", transferor="Chile", purpose=purpose, articles=ENGINES,
        value_usd={"original_acquisition_cost": 60_000_000},
    )  # fmt: skip
    assert (got.notification.required, got.notification.provision) == (required, provision)
    assert any(finding.provision == "22 USC 2753(a)(2)" for finding in got.findings)


@pytest.mark.parametrize(
    ("on", "facts", "mtcr", "required"),
    [
        (date(2025, 12, 17), {}, None, True),
        (date(2025, 12, 18), {}, None, False),
        (NOW, {"technology": "not in Supplement No. 2"}, None, False),
        (NOW, {"technology": "listed in Supplement No. 2"}, None, True),
        (NOW, {"technology": "whether in Supplement No. 2 to be checked"}, None, False),
        (NOW, {"parties": "the buyer is not an authorized user"}, None, True),
        (NOW, {"parties": "both are authorized users"}, None, False),
        (NOW, {}, "Category I", True),
    ],
)
def test_the_exemption_lifts_the_notification_unless_the_case_takes_itself_out(
    rules: Rules, whole: Corpus, on: date, facts: dict[str, str], mtcr: str | None, required: bool
) -> None:
    got = _of(
        rules, whole, on, route="DCS under 22 CFR 126.7", recipient="Australia", known_facts=facts, mtcr=mtcr,
        articles=[{"item": "sonar", "mde": True, "sme": True}], value_usd={"mde": 30_000_000, "total": 30_000_000},
    )  # fmt: skip
    assert got.notification.required is required
    if on == NOW:
        assert "22 USC 2778(l)(4)" in {flag.provision for flag in got.flags}


@pytest.mark.parametrize(
    ("route", "total", "clause", "says"),
    [
        ("FAA 506(a)(1)", 100_000_000, "22 USC 2318(a)(1)", "no more than $0 has"),
        ("FAA 506(a)(1)", 100_000_001, "22 USC 2318(a)(1)", "alone is above"),
        ("FAA 506(a)(2)", 50_000_000, "22 USC 2318(a)(2)(B)", "no more than $150,000,000"),
        ("FAA 506(a)(3)", 400_000_000, "22 USC 2318(a)(3)", "no more than $600,000,000"),
        ("FAA 506(a)(1)", None, "22 USC 2318(a)(1)", "not stated"),
    ],
)
def test_a_drawdown_is_notified_at_any_value_and_measured_against_its_own_ceiling(
    rules: Rules, whole: Corpus, route: str, total: int | None, clause: str, says: str
) -> None:
    values = {} if total is None else {"total": total}
    got = _of(rules, whole, route=f"drawdown, {route}", recipient="Taiwan", value_usd=values)
    assert got.notification.required is True
    assert got.notification.clock_days is None
    assert got.qme is False
    assert any(flag.provision == clause and says in flag.text for flag in got.flags)


def test_only_drawdowns_for_the_purposes_that_the_clause_names_wait_fifteen_days(rules: Rules, whole: Corpus) -> None:
    days = [
        _of(rules, whole, route="drawdown, FAA 506(a)(2)", recipient="Peru", purpose=purpose).notification.clock_days
        for purpose in ("counter-narcotics", "antiterrorism assistance", "disaster relief", None)
    ]
    assert days == [15, 15, None, None]


@pytest.mark.parametrize(
    ("on", "required", "says"),
    [
        (date(2023, 4, 3), True, "joined it only on 4 April 2023"),
        (date(2023, 4, 4), False, "has been in it since 4 April 2023"),
    ],
)
def test_a_recipient_is_told_when_its_group_changed(
    rules: Rules, whole: Corpus, on: date, required: bool, says: str
) -> None:
    got = _of(
        rules, whole, on, route="FMS", recipient="Finland", articles=[{"item": "missiles", "mde": True}],
        value_usd={"mde": 20_000_000, "total": 45_000_000},
    )  # fmt: skip
    assert got.notification.required is required
    assert [flag.text for flag in got.flags if says in flag.text]


@pytest.mark.parametrize(
    ("on", "named", "silent"),
    [
        (date(2022, 6, 1), "NSPM-10", "EO 14236 sec. 2(m)"),
        (date(2025, 3, 13), "NSM-18 sec. 4, para. 2", "EO 14236 sec. 2(m)"),
        (date(2025, 3, 14), "EO 14236 sec. 2(m)", "NSM-18 sec. 4, para. 2"),
        (date(2025, 4, 8), "EO 14236 sec. 2(m)", "EO 14268 sec. 3(a)(i)"),
        (date(2025, 4, 9), "EO 14268 sec. 3(a)(i)", "EO 14383"),
        (NOW, "EO 14383", "NSM-18 sec. 3"),
    ],
)
def test_the_policy_of_the_day_is_named_and_a_revoked_one_as_revoked(
    rules: Rules, whole: Corpus, on: date, named: str, silent: str
) -> None:
    flagged = {flag.provision for flag in _of(rules, whole, on, route="FMS", recipient="Kenya").flags}
    assert named in flagged
    assert silent not in flagged


def test_an_agreement_for_manufacture_abroad_has_its_own_lines_beside_the_license(rules: Rules, whole: Corpus) -> None:
    keys: dict[str, Any] = {
        "route": "manufacturing license agreement",
        "recipient": "India",
        "manufacture_abroad": True,
    }
    heavy, light = (
        _of(rules, whole, **keys, articles=[{"item": "mounts", "mde": False, "sme": sme}], value_usd={"mde": 0, "total": 1})
        for sme in (True, False)
    )  # fmt: skip
    assert (heavy.notification.required, light.notification.required) == (True, False)
    assert "22 USC 2776(d)(4)" in {flag.provision for flag in heavy.flags}
    assert "22 USC 2776(d)(4)" not in {flag.provision for flag in light.flags}
