import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.case import Case, Values, read_case
from assistant.corpus import Corpus
from assistant.determine import KINDS, Determination, FindingStatus, as_json, determine, facts_needed
from assistant.rules import Rules, read_rules

NOW = date(2026, 11, 24)
CORPUS = Path(__file__).parents[2] / "corpus"
ROUTES = [
    "FMS",
    "DCS",
    "EAR",
    "lease",
    "grant EDA",
    "third-party transfer (FMS-origin)",
    "DCS MLA",
    "drawdown, FAA 506(a)(1)",
    "barter",
    None,
]
PLACES = ["Norway", "Israel", "Peru", "Jordan", "Ethiopia", "NSPA", "Freedonia", "United Nations", "poland", None]
AMOUNTS = st.none() | st.just("about 20 million") | st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(CORPUS)


def _determine(rules: Rules, corpus: Corpus, on: date = NOW, **keys: Any) -> Determination:
    return determine(read_case({"id": "x", **keys}), rules, corpus, on)


def _fms(mde: Decimal | None, total: Decimal | None, high: bool) -> bool | None:
    """The law of 36(b)(1) and (6) once more, by hand: the larger total bounds what is not known of the part."""
    of_mde, of_total = (25_000_000, 100_000_000) if high else (14_000_000, 50_000_000)
    part = mde >= of_mde if mde is not None else (False if total is not None and total < of_mde else None)
    whole = total >= of_total if total is not None else (True if mde is not None and mde >= of_total else None)
    return True if part or whole else None if None in (part, whole) else False


@given(mde=AMOUNTS, total=AMOUNTS, place=st.sampled_from(["Norway", "Peru", "Japan", "Kenya"]))
@settings(max_examples=150, deadline=None)
def test_a_sale_is_certified_exactly_where_the_law_says(
    mde: Decimal | str | None, total: Decimal | str | None, place: str
) -> None:
    rules, corpus = _shipped()
    given_keys = {key: value for key, value in (("mde", mde), ("total", total)) if value is not None}
    got = _determine(rules, corpus, route="FMS", recipient=place, value_usd=given_keys)
    exact = [value if isinstance(value, Decimal) else None for value in (mde, total)]
    if None not in exact and exact[0] > exact[1]:  # type: ignore[operator]
        assert got.notification.required is None
    else:
        assert got.notification.required is _fms(*exact, high=place in {"Norway", "Japan"})


@given(
    route=st.sampled_from(ROUTES), place=st.sampled_from(PLACES), end_user=st.sampled_from(PLACES),
    values=st.dictionaries(st.sampled_from([name for name in Values.model_fields if name != "words"]), AMOUNTS, max_size=4),
    articles=st.lists(st.fixed_dictionaries({"item": st.sampled_from(["rifles", "radars", "MQ-9", "night sights"]), "mde": st.sampled_from([True, False, None, "unclear"]), "sme": st.sampled_from([True, False, None])}), max_size=2),
    months=st.none() | st.integers(0, 70) | st.just("a year or so"),
    emergency=st.sampled_from([None, True, False, "urgent", "an emergency exists"]),
    territory=st.sampled_from([None, True, False, "perhaps"]),
    on=st.dates(date(1960, 1, 1), date(2030, 1, 1)),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_no_case_however_odd_yields_a_result_without_the_fact_it_needs(
    route: str | None, place: str | None, end_user: str | None, values: dict[str, Any], articles: list[dict[str, Any]],
    months: Any, emergency: Any, territory: Any, on: date,
) -> None:  # fmt: skip
    rules, corpus = _shipped()
    case = read_case(
        {"id": "x", "request_text": "a sale", "route": route, "recipient": place, "end_user": end_user, "value_usd": values,
         "articles": articles, "lease_months": months, "emergency": emergency, "new_sales_territory": territory}
    )  # fmt: skip
    got = determine(case, rules, corpus, on)
    notice = got.notification
    given_amounts = {amount for name in values if (amount := case.value_usd.amount(name)) is not None}
    for test in notice.tests:
        assert test.value_usd is None or test.value_usd in given_amounts
        if test.value_usd is not None and test.threshold_usd is not None and test.met is not None:
            assert test.met == (test.value_usd >= test.threshold_usd)
    if notice.required is not None:
        assert got.decidable
        assert got.route is not None
        assert notice.tests or "any value" in notice.why
        assert any(test.met for test in notice.tests) or notice.required is False or "any value" in notice.why
        assert (
            all(test.met is False for test in notice.tests if "review" not in test.measure)
            or notice.required
            or (got.route == "lease" and notice.tests[0].met is False)
        )
    if notice.required is None:
        assert got.facts_needed or not got.decidable or "No " in notice.why
    if notice.required and got.route not in {"lease", "DCS", "grant (excess)", "drawdown"}:
        assert got.group is not None or len(got.countries) > 0
    if notice.clock_days is not None:
        assert notice.required is not False
        assert got.decidable
    if emergency in (True, "an emergency exists"):
        assert notice.clock_days is None
    if got.group is None and not got.countries:
        assert notice.clock_days is None
    assert json.loads(json.dumps(as_json(got))) == as_json(got)


@given(
    low=st.decimals(0, 200_000_000, places=2),
    more=st.decimals(0, 200_000_000, places=2),
    route=st.sampled_from(["FMS", "DCS"]),
)
@settings(max_examples=60, deadline=None)
def test_a_larger_amount_never_needs_less(low: Decimal, more: Decimal, route: str) -> None:
    rules, corpus = _shipped()
    smaller, larger = (
        _determine(rules, corpus, route=route, recipient="Peru", articles=[{"item": "radars", "usml": "XI(a)", "mde": True}], value_usd={"mde": value, "total": value}).notification
        for value in (low, low + more)
    )  # fmt: skip
    assert larger.required or not smaller.required


def test_every_clause_that_a_row_names_exists(rules: Rules, whole: Corpus) -> None:
    gates = rules.gates
    rows = [*gates.findings, *gates.flags, *gates.facts, *gates.missing, *gates.reports, *gates.tiers, *gates.triggers, *gates.sensitive]  # fmt: skip
    named = [row.provision for row in rows] + [row.table for row in gates.sensitive]
    named += [route.clause for route in gates.routes] + [route.emergency for route in gates.routes if route.emergency]
    named += [one.provision or known.provision for known in gates.lists.values() for one in known.members]
    assert [one for one in named if not whole.exists(one)] == []


def test_every_condition_that_a_row_is_written_on_is_known(
    rules: Rules, whole: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.determine import lines

    seen: set[str] = set()

    def holds(when: Any, conditions: dict[str, bool | None]) -> bool:
        seen.update(name.removeprefix("not ") for name in when if name.removeprefix("not ") not in conditions)
        return False

    monkeypatch.setattr(lines, "holds", holds)
    for route in ROUTES:
        _determine(rules, whole, route=route, recipient="Peru")
    assert seen <= {"sensitive"}


def test_every_route_that_a_row_names_is_a_route(rules: Rules) -> None:
    gates = rules.gates
    known = {route.id for route in gates.routes} | {""}
    rows = [*gates.findings, *gates.flags, *gates.facts, *gates.tiers, *gates.reports]
    assert {name for row in rows for name in row.routes} <= known
    assert {route.table for route in gates.routes if route.table} <= {row.route for row in rules.thresholds}


def test_every_country_on_a_list_is_one_that_a_text_can_name(rules: Rules) -> None:
    assert {one.country for known in rules.gates.lists.values() for one in known.members} <= set(rules.countries)


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ("FMS", "FMS"),
        ("FMS funded with FMF", "FMS"),
        ("Foreign Military Sale", "FMS"),
        ("DCS", "DCS"),
        ("DCS (MLA)", "DCS"),
        ("DSP-5 license", "DCS"),
        ("EAR 600 series", "EAR"),
        ("grant EDA (section 516)", "grant (excess)"),
        ("grant", "grant"),
        ("lease under AECA 61", "lease"),
        ("third-party transfer (FMS-origin)", "retransfer"),
        ("third-party transfer of DCS-origin articles", "retransfer (licensed)"),
        ("retransfer", "retransfer"),
        ("barter", None),
        (None, None),
    ],
)
def test_the_first_words_name_the_route(rules: Rules, whole: Corpus, route: str | None, name: str | None) -> None:
    assert _determine(rules, whole, route=route, recipient="Peru").route == name


@pytest.mark.parametrize(
    ("emergency", "days"),
    [
        (True, None),
        ("yes", None),
        ("the Secretary has determined that an emergency exists", None),
        ("they need it fast", 30),
        ("requested by the purchaser", 30),
        ("no", 30),
        ("none", 30),
        (None, 30),
    ],
)
def test_haste_does_not_stop_the_clock_and_a_stated_emergency_does(
    rules: Rules, whole: Corpus, emergency: Any, days: int | None
) -> None:
    got = _determine(rules, whole, route="FMS", recipient="Peru", emergency=emergency, value_usd={"mde": 90_000_000, "total": 90_000_000})  # fmt: skip
    assert got.notification.required is True
    assert got.notification.clock_days == days
    assert any("emergency exists and sets out" in one.text for one in got.findings) == (days is None)


@pytest.mark.parametrize("route", ["FMS", "DCS", "DCS MLA", "EAR", "third-party transfer (FMS-origin)", "lease"])
def test_an_emergency_waives_neither_certification_nor_justification(rules: Rules, whole: Corpus, route: str) -> None:
    got = _determine(
        rules, whole, route=route, recipient="Peru", emergency=True, lease_months=24, manufacture_abroad=route == "DCS MLA",
        articles=[{"item": "vehicles", "usml": "VII(a)", "eccn": "0A606", "mde": True, "sme": True}],
        value_usd={"mde": 90_000_000, "total": 90_000_000, "original_acquisition_cost": 90_000_000, "replacement_cost_less_depreciation": 90_000_000},
    )  # fmt: skip
    assert got.notification.required is True
    assert got.notification.clock_days is None
    assert any("justification" in one.text for one in got.findings)


@pytest.mark.parametrize(
    ("provision", "keys"),
    [
        ("22 USC 2776(b)(6)", {"route": "FMS", "recipient": "Italy"}),
        ("22 USC 2776(c)(1)", {"route": "DCS", "recipient": "Italy", "articles": [{"item": "rifles", "usml": "I(b)"}]}),
        ("22 USC 2776(c)(2)(C)", {"route": "DCS", "recipient": "Peru"}),
        ("22 USC 2776(d)(2)(B)", {"route": "DCS MLA", "recipient": "NSPA", "manufacture_abroad": True, "articles": [{"item": "guns", "sme": True}]}),
        ("22 USC 2785", {"route": "FMS", "recipient": "Peru"}),
        ("22 USC 2378d(a)", {"route": "FMS", "recipient": "Peru", "funding": "national funds"}),
    ],
)  # fmt: skip
def test_contested_readings_are_flagged_and_not_chosen_silently(
    rules: Rules, whole: Corpus, provision: str, keys: dict[str, Any]
) -> None:
    got = _determine(rules, whole, value_usd={"mde": 90_000_000, "total": 190_000_000}, **keys)
    assert any(flag.contested and flag.provision == provision for flag in got.flags)


def test_market_value_never_stands_in_for_acquisition_cost(rules: Rules, whole: Corpus) -> None:
    got = _determine(rules, whole, route="third-party transfer (FMS-origin)", recipient="Peru", value_usd={"current_market_value": 90_000_000})  # fmt: skip
    assert got.notification.required is None
    assert all(test.value_usd is None for test in got.notification.tests)


def test_nothing_is_said_of_a_unit_and_no_finding_is_made_for_anyone(rules: Rules, whole: Corpus) -> None:
    got = _determine(
        rules,
        whole,
        route="FMS",
        recipient="Peru",
        end_user="3rd Battalion",
        human_rights_notes="reports of abuses",
        funding="FMF",
    )
    assert {one.status for one in got.findings} <= set(FindingStatus)
    assert "3rd Battalion" not in json.dumps(as_json(got))


def test_a_day_before_the_tables_is_not_decided(rules: Rules, whole: Corpus) -> None:
    got = _determine(
        rules,
        whole,
        date(1970, 1, 1),
        route="FMS",
        recipient="Peru",
        value_usd={"mde": 90_000_000, "total": 90_000_000},
    )
    assert not got.decidable
    assert got.notification.required is None
    assert "begin" in got.notification.why


def test_a_revoked_policy_does_not_frame_a_review(rules: Rules, whole: Corpus) -> None:
    framed = {on: {name for name, _ in _determine(rules, whole, on, route="FMS", recipient="Peru").policies} for on in (date(2024, 1, 1), date(2025, 3, 20), NOW)}  # fmt: skip
    assert framed[date(2024, 1, 1)] == {"NSM-18"}
    assert framed[date(2025, 3, 20)] == set()
    assert framed[NOW] == {"NSPM-10", "EO 14268 sec. 3(a)(i)", "EO 14383"}


@pytest.mark.parametrize(
    ("request_text", "country", "route", "required"),
    [
        ("Please draft the memo for the drone sale to our Gulf partner, about 15 million.", (), None, None),
        ("FMS of radars to Peru, $60 million", ("Peru",), "FMS", None),
        ("FMS of radars to Peru, total about $60,000,000", ("Peru",), "FMS", None),
        ("FMS of radars to Peru, total $60,000,000", ("Peru",), "FMS", True),
        ("a sale to Peru or Chile", (), None, None),
    ],
)
def test_of_a_request_only_what_it_plainly_states_is_taken(
    rules: Rules, whole: Corpus, request_text: str, country: tuple[str, ...], route: str | None, required: bool | None
) -> None:
    got = _determine(rules, whole, request_text=request_text)
    assert (got.countries, got.route, got.notification.required) == (country, route, required)
    assert got.facts_needed


@pytest.mark.parametrize(
    "keys",
    [
        {"request_text": "$1 " * 6000},
        {"request_text": "sell", "known_facts": {"mde": -5, "total": "x" * 30_000}},
        {
            "request_text": "sell",
            "known_facts": {"value": "9" * 30_000, "country": ["Peru"], "article": {"a": 1}, "recipient": 7},
        },
    ],
)
def test_a_hostile_request_states_no_amount(rules: Rules, whole: Corpus, keys: dict[str, Any]) -> None:
    got = _determine(rules, whole, **keys)
    assert got.notification.required is None
    assert all(test.value_usd is None for test in got.notification.tests)


@given(st.text(max_size=300), st.dictionaries(st.sampled_from(["mde", "total", "value", "country", "route", "article", "purpose"]), st.text(max_size=20) | st.integers() | st.floats() | st.none(), max_size=4))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_any_request_is_determined_or_left_open(text: str, known: dict[str, Any]) -> None:
    rules, corpus = _shipped()
    got = _determine(rules, corpus, recipient="Peru", request_text=text, known_facts=known)
    assert got.notification.required is None or got.route is not None


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_document_says_what_it_lacks_and_why(rules: Rules, whole: Corpus, kind: str) -> None:
    case = read_case({"id": "x", "route": "FMS", "recipient": "Peru"})
    facts = facts_needed(case, kind, rules, whole, NOW)
    assert set(determine(case, rules, whole, NOW).facts_needed) <= set(facts)
    assert [one for one in facts if not whole.exists(one.provision)] == []


def test_the_tables_of_another_law_decide_by_its_own_rows(small: Corpus, small_rules: Rules) -> None:
    def required(recipient: str, mde: Any, on: date = NOW) -> bool | None:
        case = Case.model_validate({"id": "x", "route": "FMS", "recipient": recipient, "value_usd": {"mde": mde}})
        return determine(case, small_rules, small, on).notification.required

    assert [required("Borduria", value) for value in (2_999_999, 3_000_000, "some")] == [False, True, None]
    assert [required("Ruritania", value) for value in (6_999_999, 7_000_000)] == [False, True]
    assert required("Syldavia", 3_000_000, date(2008, 10, 14)) is True
    assert required("Syldavia", 3_000_000, date(2008, 10, 15)) is False
    assert required("Peru", 9_000_000) is None


_cache: list[tuple[Rules, Corpus]] = []


def _shipped() -> tuple[Rules, Corpus]:
    from assistant.corpus import read_corpus

    if not _cache:
        _cache.append((read_rules(CORPUS), read_corpus(CORPUS)))
    return _cache[0]
