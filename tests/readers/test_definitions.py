"""Which terms a text defines, and how far each definition reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.readers import Kind, Passage, definitions

KITES = "22 USC 9001"


def read(instrument: str, *clauses: tuple[str, str, str]) -> list[tuple[str, str, str, str]]:
    """The definitions of clauses given as (id, heading, own words); each one's parent is the id it continues."""
    text, passages = "", []
    for id, heading, own in clauses:
        start = len(text)
        text += own + "\n"
        above = [p.id for p in passages if id.startswith(p.id) and p.id != id]
        parent = max(above, key=len, default=None)
        passages.append(Passage(id, parent, Kind.PROVISION, heading, start, len(text), start, start + len(own)))
    found = definitions.read(instrument, text, tuple(passages))
    return [(each.provision, each.term, each.reach, each.word) for each in found]


@pytest.mark.parametrize(
    ("id", "own", "term", "reach"),
    [
        (f"{KITES}(a)(2)", "For purposes of this subsection, the term “tail” means a strip of cloth.", "tail", f"{KITES}(a)"),
        (f"{KITES}(a)(2)", "For purposes of this subsection, “tail” means a strip of cloth.", "tail", f"{KITES}(a)"),
        (f"{KITES}(a)(2)", "As used in this paragraph, the term “tail” includes string.", "tail", f"{KITES}(a)(2)"),
        (f"{KITES}(a)(2)", "In this section, the phrase “tail” refers to cloth.", "tail", KITES),
        (f"{KITES}(c)", "The Minister may ask. The term “calm air”, as used in this section, means no wind.", "calm air", KITES),
        (f"{KITES}(c)", "The term “calm air” means no wind.", "calm air", KITES),
        (f"{KITES}(c)", "the term “kite”, except as provided in paragraph (7), does not include a glider;", "kite", KITES),
        (f"{KITES}(a)(2)(B)", "For purposes of this clause, the term “tail” means cloth.", "tail", f"{KITES}(a)(2)(B)"),
    ],
)  # fmt: skip
def test_a_definition_in_a_statute_reaches_what_it_says(id: str, own: str, term: str, reach: str) -> None:
    assert read(KITES, (KITES, "Kites", ""), (id, "", own)) == [(id, term, reach, "")]


def test_terms_below_a_lead_in_take_its_reach() -> None:
    found = read(
        KITES,
        (KITES, "Definitions", "For purposes of this chapter, the term—"),
        (f"{KITES}(1)", "", "“kite” means a tethered aircraft;"),
        (f"{KITES}(2)", "", "“high wind” or “gale” has the meaning given in section 9002 of this title; and"),
        (f"{KITES}(3)", "", "“string”, with respect to a kite, includes wire."),
    )
    assert found == [
        (f"{KITES}(1)", "kite", KITES, "chapter"),
        (f"{KITES}(2)", "high wind", KITES, "chapter"),
        (f"{KITES}(2)", "gale", KITES, "chapter"),
        (f"{KITES}(3)", "string", KITES, "chapter"),
    ]


def test_an_order_defines_for_the_whole_order() -> None:
    found = read(
        "EO 99001",
        ("EO 99001 sec. 4", "Definitions", "For purposes of this order:"),
        ("EO 99001 sec. 4(a)", "", "“Kite” means a tethered aircraft."),
        ("EO 99001 sec. 5", "", "The term “gale” means wind."),
    )
    assert found == [("EO 99001 sec. 4(a)", "Kite", "EO 99001", ""), ("EO 99001 sec. 5", "gale", "EO 99001", "")]


@pytest.mark.parametrize(
    ("id", "heading", "own", "expected"),
    [
        ("22 CFR 990.31", "Kite", "means any tethered aircraft.", ("Kite", "22 CFR part 990", "part")),
        ("22 CFR 990.31", "Kite", "means, for purposes of this subchapter, any aircraft.", ("Kite", "22 CFR part 990", "subchapter")),
        ("22 CFR 990.4", "Papers", "(For the purpose of this section, “legible” means readable.)", ("legible", "22 CFR 990.4", "")),
        ("22 CFR 990.2", "Definitions", "Kite means any tethered aircraft.", ("Kite", "22 CFR part 990", "part")),
    ],
)  # fmt: skip
def test_a_regulation_defines_by_heading_by_italics_and_by_quotation(
    id: str, heading: str, own: str, expected: tuple[str, str, str]
) -> None:
    assert read("22 CFR part 990", (id, heading, own)) == [(id, *expected)]


@pytest.mark.parametrize(
    "own",
    [
        "The Minister shall include “kite” in every list.",
        "This means that no kite may fly.",
        "by any means necessary",
        "Nothing in this section means that a kite may fly.",
        "A report under “section 4” means little.",
    ],
)
def test_words_that_define_nothing_define_nothing(own: str) -> None:
    assert read(KITES, (f"{KITES}(a)", "", own)) == []


@given(st.text('“”"—,.() abtheermsinof\n', max_size=400))
def test_no_text_ends_in_anything_but_definitions(own: str) -> None:
    for where, term, reach, _ in read(
        KITES, (KITES, "Definitions", "As used in this chapter—"), (f"{KITES}(1)", "", own)
    ):
        assert where == f"{KITES}(1)"
        assert term
        assert reach == KITES
