"""Designators: their styles, their spelling, and lists of them as lawyers print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import designators


@pytest.mark.parametrize(
    ("designator", "styles"),
    [
        ("1", {"1": 1}),
        ("12", {"1": 12}),
        ("b", {"a": 2}),
        ("aa", {"a": 27}),
        ("i", {"a": 9, "i": 1}),
        ("iv", {"i": 4}),
        ("ii", {"a": 35, "i": 2}),
        ("xxix", {"i": 29}),
        ("B", {"A": 2}),
        ("IV", {"I": 4}),
        ("I", {"A": 9, "I": 1}),
        ("iiii", {"a": 87}),
        ("Iv", {}),
        ("ab", {}),
        ("", {}),
        ("\u00e9", {}),
    ],
)
def test_a_designator_has_a_place_in_each_style_it_can_be_of(designator: str, styles: dict[str, int]) -> None:
    assert designators.styles(designator) == styles


@given(st.sampled_from("1aAiI"), st.integers(1, 80))
def test_what_is_spelled_is_read_at_its_place(style: str, place: int) -> None:
    assert designators.styles(designators.spell(style, place)).get(style) == place


@pytest.mark.parametrize(
    ("words", "above", "clauses"),
    [
        ("(a). Pub. L.", "", ["(a)"]),
        ("(b)(1). ", "", ["(b)(1)"]),
        ("(a), (b)(1), (5)(C), (c)(1), (f). ", "", ["(a)", "(b)(1)", "(b)(5)(C)", "(c)(1)", "(f)"]),
        ("(a)(7) to (9). ", "", ["(a)(7)", "(a)(8)", "(a)(9)"]),
        ("(e) to (g). ", "", ["(e)", "(f)", "(g)"]),
        ("(h) to (k). ", "", ["(h)", "(i)", "(j)", "(k)"]),
        ("(i) to (iv). ", "A", ["(i)", "(ii)", "(iii)", "(iv)"]),
        ("(b)(2)(D)(ii) to (v). ", "", [f"(b)(2)(D)({n})" for n in ("ii", "iii", "iv", "v")]),
        ("(a)(1)(A)(i), (d). ", "", ["(a)(1)(A)(i)", "(d)"]),
        ("(a) and (b). ", "", ["(a)", "(b)"]),
        ("(a)\u2013(c) ", "", ["(a)", "(b)", "(c)"]),
        ("(1) to (900). ", "", ["(1)", "(900)"]),
        ("Pub. L. (a)", "", []),
    ],
)
def test_a_printed_list_names_its_clauses(words: str, above: str, clauses: list[str]) -> None:
    assert designators.read_list(words, above) == clauses
