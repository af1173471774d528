"""Designators in sequence: how deep (i) stands."""

import pytest

from assistant.readers.sequence import Level, leading, place, tail


@pytest.mark.parametrize(
    ("tokens", "tails"),
    [
        ("a b c", "(a) (b) (c)"),
        ("a 1 2 b", "(a) (a)(1) (a)(2) (b)"),
        ("a 1 i ii A B 2", "(a) (a)(1) (a)(1)(i) (a)(1)(ii) (a)(1)(ii)(A) (a)(1)(ii)(B) (a)(2)"),
        ("h i j", "(h) (i) (j)"),
        ("h i ii iii", "(h) (h)(i) (h)(ii) (h)(iii)"),
        ("h 1 i ii i j", "(h) (h)(1) (h)(1)(i) (h)(1)(ii) (i) (j)"),
        ("i ii iii iv v", "(i) (ii) (iii) (iv) (v)"),
        ("u v w", "(u) (v) (w)"),
        ("z aa bb", "(z) (aa) (bb)"),
        ("a b d", "(a) (b) (d)"),
        ("a 1 3 b", "(a) (a)(1) (a)(3) (b)"),
    ],
)
def test_a_designator_stands_where_its_sequence_puts_it(tokens: str, tails: str) -> None:
    order = tokens.split()
    stack: tuple[Level, ...] = (Level("a", 7),) if order[0] == "h" else ()
    stack = {"u": (Level("a", 20),), "z": (Level("a", 25),)}.get(order[0], stack)
    found = []
    for position, token in enumerate(order):
        placed = place(stack, token, order[position + 1 :], opens=False)
        assert placed is not None
        stack = placed
        found.append(tail(stack))
    assert found == tails.split()


@pytest.mark.parametrize("token", ["b", "2", "x", "MT", "GTN"])
def test_a_token_that_starts_nothing_and_continues_nothing_is_no_designator(token: str) -> None:
    assert place((), token, (), opens=True) is None


def test_a_clause_that_ends_with_a_colon_takes_an_undecided_designator_as_its_child() -> None:
    stack = (Level("a", 8),)
    opened, unopened = (place(stack, "i", (), opens=opens) for opens in (True, False))
    assert opened is not None
    assert unopened is not None
    assert (tail(opened), tail(unopened)) == ("(h)(i)", "(i)")


@pytest.mark.parametrize(
    ("text", "tokens", "rest"),
    [
        ("(a) Kites fly.", ("a",), "Kites fly."),
        ("(c)(i) Kites fly.", ("c", "i"), "Kites fly."),
        ("(c) (i) Kites fly.", ("c", "i"), "Kites fly."),
        ("(b) (2) of the Act", ("b",), "(2) of the Act"),
        ("Kites (a) fly.", (), "Kites (a) fly."),
        ("(the “Act”) applies", (), "(the “Act”) applies"),
    ],
)
def test_designators_are_read_from_a_paragraphs_start(text: str, tokens: tuple[str, ...], rest: str) -> None:
    assert leading(text) == (tokens, rest)
