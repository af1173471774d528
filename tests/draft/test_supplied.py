"""The facts a case supplies, as words."""

from typing import Any

import pytest

from assistant.case import Case, read_case
from assistant.draft.supplied import NAMES, Supplied


def supplied(**keys: Any) -> Supplied:
    return Supplied(read_case({"id": "s", "recipient": "Peru", **keys}))


@pytest.mark.parametrize(
    ("keys", "slot", "words"),
    [
        ({"value_usd": {"mde": 18_000_000}}, "mde_value", "$18 million"),
        ({"value_usd": {"mde": "13999999.99"}}, "mde_value", "$13,999,999.99"),
        ({"value_usd": {"mde": 0}}, "mde_value", "$0"),
        ({"value_usd": "about 15 million"}, "value_words", "about 15 million"),
        ({"value_usd": {"total": "not stated"}}, "total_value", None),
        ({"first_introduction_of_capability": False}, "first_introduction_of_capability", "no"),
        ({"emergency": False}, "emergency_claimed", None),
        ({"emergency": "the purchaser asks for it fast"}, "emergency_claimed", "the purchaser asks for it fast"),
        ({"mtcr": "no"}, "mtcr_open", None),
        ({"mtcr": "category not confirmed"}, "mtcr_open", "category not confirmed"),
        ({"articles": [{"item": "radios", "usml": "XI(a)", "mde": False}]}, "articles", "radios (USML XI(a), not major defense equipment)"),
        ({"articles": ["radios", {"eccn": "5A611"}]}, "articles", "radios; an article not named (ECCN 5A611)"),
        ({"quantity": {"radio_sets": 9}}, "quantity", "radio sets: 9"),
        ({"known_facts": {"article": "drones"}}, "articles", "drones"),
        ({"known_facts": {"value": "about 15"}}, "value_words", "about 15"),
        ({"known_facts": {"Transfer date": "2027"}}, "known.transfer_date", "2027"),
        ({"purpose": " two\nlines\u202e. "}, "purpose", "two lines"),
        ({}, "purpose", None),
    ],
)  # fmt: skip
def test_a_slot_reads_what_the_case_says(keys: dict[str, Any], slot: str, words: str | None) -> None:
    assert supplied(**keys).fact(slot) == words


def test_a_slot_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        supplied().fact("colour")


@pytest.mark.parametrize(
    ("value", "true"), [(True, True), ("Yes", True), ("yes, by INR", False), (None, False), (1, False)]
)
def test_only_a_plain_yes_makes_a_known_fact_true(value: Any, true: bool) -> None:
    assert supplied(known_facts={"readiness": value}).true("known.readiness") is true


def test_everything_a_case_says_is_listed() -> None:
    whole: dict[str, Any] = {
        "route": "FMS", "transferor": "a", "end_user": "b", "participants": ["Peru", "Chile"], "articles": ["c"],
        "quantity": {"d": 1}, "lease_months": 12, "manufacture_abroad": True, "new_sales_territory": "e", "funding": "f",
        "value_usd": {
            "mde": 1, "total": 2, "construction": 3, "firearms": 4, "upgrade_mde": 5, "upgrade_total": 6,
            "original_acquisition_cost": 7, "current_market_value": 8, "replacement_cost_less_depreciation": 9,
        },
        "purpose": "g", "offsets": "h", "commissions": "i", "eum": "j", "human_rights_notes": "k", "prior_assistance": "l",
        "mtcr": "m", "first_introduction_of_capability": False, "emergency": "n", "original_certification": "o",
        "certified": "p", "request_text": "q", "known_facts": {"other thing": "r"},
    }  # fmt: skip
    lines = dict(supplied(**whole).lines)
    assert set(lines) == {*NAMES.values(), "Other thing"} - {NAMES["value_words"]}
    kept_apart = {"id", "title", "as_of", "missing_facts", "known_facts", "value_usd", "recipient"}
    assert set(Case.model_fields) - kept_apart <= set(whole)
