"""The eCFR reader, on invented regulations in the publisher's format; no real bytes of it are at hand."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Passage, Reading, ecfr

PART = "99 CFR part 126"


def part(inner: str, *, number: str = "126", node: str = "99:1.0.1.13.63") -> bytes:
    """A part of title 99, which does not exist."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<DIV5 N="{number}" NODE="{node}" TYPE="PART">\n'
        f"<HEAD>PART {number}—KITES AND BELLS</HEAD>\n"
        "<AUTH><HED>Authority:</HED><PSPACE>99 U.S.C. 70.</PSPACE></AUTH>\n"
        f"<SOURCE><HED>Source:</HED><PSPACE>90 FR 1, Jan. 1, 2025.</PSPACE></SOURCE>\n{inner}\n</DIV5>"
    ).encode()


def section(*paragraphs: str, number: str = "126.1", heading: str = "Kites.") -> str:
    """A section; a paragraph without a tag of its own is a P."""
    body = "\n".join(p if p.startswith("<") and not p.startswith("<I>") else f"<P>{p}</P>" for p in paragraphs)
    return f'<DIV8 N="{number}" TYPE="SECTION">\n<HEAD>§ {number}   {heading}</HEAD>\n{body}\n</DIV8>'


def read(*paragraphs: str) -> Reading:
    """The reading of a part with one section."""
    return ecfr.read(part(section(*paragraphs)), instrument=PART)


def tails(reading: Reading, *kinds: Kind) -> list[str]:
    """The ids within section 126.1, without its number."""
    wanted = kinds or (Kind.PROVISION, Kind.FLUSH)
    within = [p.id for p in reading.passages if p.id.startswith("99 CFR 126.1") and p.kind in wanted]
    return [id.removeprefix("99 CFR 126.1") for id in within]


def passage(reading: Reading, id: str) -> Passage:
    """The one passage of an id."""
    (found,) = [p for p in reading.passages if p.id == id]
    return found


def whole(reading: Reading, id: str) -> str:
    """A clause's whole text."""
    found = passage(reading, id)
    return reading.text[found.start : found.end]


def own(reading: Reading, id: str) -> str:
    """A clause's own words."""
    found = passage(reading, id)
    return reading.text[found.own_start : found.own_end]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["(a) x", "(b) y"], ["(a)", "(b)"]),
        (["(a) x", "(1) y", "(i) z", "(A) w", "(B) v", "(ii) u", "(2) t", "(b) s"],
         ["(a)", "(a)(1)", "(a)(1)(i)", "(a)(1)(i)(A)", "(a)(1)(i)(B)", "(a)(1)(ii)", "(a)(2)", "(b)"]),
        (["(a)(1) x", "(2) y", "(b)(1)(i) z", "(ii) w"],
         ["(a)", "(a)(1)", "(a)(2)", "(b)", "(b)(1)", "(b)(1)(i)", "(b)(1)(ii)"]),
        (["(1) x", "(2) y"], ["(1)", "(2)"]),
        (["(a) x", "(1) y", "(i) z", "(A) w", "(<I>1</I>) v", "(<I>i</I>) u", "(<I>2</I>) t", "(2) s"],
         ["(a)", "(a)(1)", "(a)(1)(i)", "(a)(1)(i)(A)", "(a)(1)(i)(A)(1)", "(a)(1)(i)(A)(1)(i)", "(a)(1)(i)(A)(2)",
          "(a)(2)"]),
        (["*(a) x", "* (b) y"], ["(a)", "(b)"]),
    ],
    ids=["letters", "four levels", "opened together", "numbers first", "italics", "stars"],
)  # fmt: skip
def test_depth_is_told_from_designators_in_sequence(paragraphs: list[str], expected: list[str]) -> None:
    assert tails(read(*paragraphs))[1:] == expected


ALPHABET = [f"({letter}) x" for letter in "abcdefgh"]


@pytest.mark.parametrize(
    ("after_h", "expected"),
    [
        (["(i) x", "(j) x"], ["(h)", "(i)", "(j)"]),
        (["(i) x", "(1) y", "(2) y"], ["(h)", "(i)", "(i)(1)", "(i)(2)"]),
        (["(1) x", "(i) y", "(ii) y", "(2) x", "(i) z", "(j) x"],
         ["(h)", "(h)(1)", "(h)(1)(i)", "(h)(1)(ii)", "(h)(2)", "(i)", "(j)"]),
        (["(1) these:", "(i) y", "(ii) y"], ["(h)", "(h)(1)", "(h)(1)(i)", "(h)(1)(ii)"]),
        (["(1) x", "(2) x", "(i) last"], ["(h)", "(h)(1)", "(h)(2)", "(i)"]),
    ],
)  # fmt: skip
def test_the_letter_i_is_told_from_the_numeral_by_what_comes_next(after_h: list[str], expected: list[str]) -> None:
    assert tails(read(*ALPHABET, *after_h))[8:] == expected


def test_a_clause_spans_its_children_and_owns_its_words() -> None:
    reading = read("Kites fly.", "(a) <I>General.</I> They rise:", "(1) at noon; and", "(2) at night.")
    assert whole(reading, "99 CFR 126.1(a)") == "(a) General. They rise:\n(1) at noon; and\n(2) at night."
    assert own(reading, "99 CFR 126.1(a)") == "They rise:"
    assert own(reading, "99 CFR 126.1") == "Kites fly."
    assert (passage(reading, "99 CFR 126.1").heading, passage(reading, "99 CFR 126.1(a)").heading) == (
        "Kites",
        "General",
    )
    assert passage(reading, "99 CFR 126.1(a)(1)").parent == "99 CFR 126.1(a)"


def test_a_heading_may_open_a_level_in_the_same_paragraph() -> None:
    reading = read(
        "(d) <I>no sequence</I>", "(a) <I>Countries</I>—(1) <I>Policy.</I> No kites.", "(2) <I>Person</I> means one."
    )
    assert whole(reading, "99 CFR 126.1(a)") == "(a) Countries—\n(1) Policy. No kites.\n(2) Person means one."
    assert passage(reading, "99 CFR 126.1(a)").heading == "Countries"
    assert passage(reading, "99 CFR 126.1(a)(1)").heading == "Policy"
    assert passage(reading, "99 CFR 126.1(a)(2)").heading == ""
    assert own(reading, "99 CFR 126.1") == "(d) no sequence"
    assert reading.warnings == ("99 CFR 126.1: paragraph (d) after it fits no sequence.",)


def test_undesignated_paragraphs_stay_with_the_clause_above_and_fp_is_flush() -> None:
    reading = read("(a) When:", "(1) x; or", "(2) y,", "Still y.", "<FP>then z.</FP>", "(b) w")
    assert own(reading, "99 CFR 126.1(a)(2)") == "y,\nStill y."
    assert own(reading, "99 CFR 126.1(a), flush") == "then z."
    assert tails(reading)[-1] == "(b)"


def test_a_reserved_range_is_one_clause_and_the_sequence_goes_on() -> None:
    reading = read("(a) x", "(b)-(d) [Reserved]", "(e) y")
    assert tails(reading) == ["", "(a)", "(b)", "(e)"]
    assert whole(reading, "99 CFR 126.1(b)") == "(b)-(d) [Reserved]"
    assert reading.warnings == ()


def test_a_reserved_section_is_warned_of() -> None:
    reading = ecfr.read(part(section(number="126.9", heading="[Reserved]")), instrument=PART)
    assert reading.warnings == ("99 CFR 126.9 is reserved.",)


def test_paragraphs_that_begin_again_are_numbered() -> None:
    reading = read("(a) x", "(1) p", "(b) y", "(a) z", "(1) q")
    assert tails(reading) == ["", "(a)", "(a)(1)", "(b)", "(a)[2]", "(a)[2](1)"]
    assert len(reading.warnings) == 1


HTML_TABLE = (
    '<DIV width="100%"><DIV class="gpotbl_div"><P class="gpotbl_title">Table 1 to Paragraph (d)(2)</P>'
    '<TABLE class="gpotbl_table"><THEAD><TR><TH>Country</TH><TH>Paragraph</TH></TR></THEAD><TBODY>'
    "<TR><TD>Ruritania</TD><TD>See paragraph (n)</TD></TR><TR><TD>Congo, Upper</TD><TD>(i)</TD></TR>"
    "</TBODY></TABLE></DIV></DIV>"
)
GPO_TABLE = (
    "<GPOTABLE COLS='2'><TTITLE>Table 1 to Paragraph (d)(2)</TTITLE>"
    "<BOXHD><CHED H='1'>Country</CHED><CHED H='1'>Paragraph</CHED></BOXHD>"
    "<ROW><ENT I='01'>Ruritania</ENT><ENT>See paragraph (n)</ENT></ROW>"
    "<ROW><ENT I='01'>Congo, Upper</ENT><ENT>(i)</ENT></ROW></GPOTABLE>"
)


@pytest.mark.parametrize("table", [HTML_TABLE, GPO_TABLE], ids=["HTML", "GPO"])
def test_a_table_belongs_to_the_paragraph_above_and_its_rows_to_their_first_cells(table: str) -> None:
    reading = read("(a) x", "(b) x", "(c) x", "(d) x:", "(1) p", "(2) No kites to:", table, "(3) q")
    assert own(reading, "99 CFR 126.1(d)(2), row Ruritania") == "Ruritania\tSee paragraph (n)"
    assert own(reading, "99 CFR 126.1(d)(2), row Congo Upper") == "Congo, Upper\t(i)"
    found = passage(reading, "99 CFR 126.1(d)(2), table")
    assert (found.kind, found.parent, found.heading) == (
        Kind.TABLE,
        "99 CFR 126.1(d)(2)",
        "Table 1 to Paragraph (d)(2)",
    )
    assert whole(reading, found.id).splitlines()[:2] == ["Table 1 to Paragraph (d)(2)", "Country\tParagraph"]
    assert tails(reading, Kind.ROW) == ["(d)(2), row Ruritania", "(d)(2), row Congo Upper"]
    assert tails(reading)[-1] == "(d)(3)"


def test_credits_and_editors_notes_stand_apart_from_the_section() -> None:
    reading = read(
        "(a) x",
        '<CITA TYPE="N">[90 FR 1, Jan. 1, 2025]</CITA>',
        "<EDNOTE><HED>Editorial Note:</HED><PSPACE>Odd.</PSPACE></EDNOTE>",
    )
    assert whole(reading, "99 CFR 126.1") == "§ 126.1 Kites.\n(a) x"
    apart = [(p.id, p.parent, p.kind) for p in reading.passages if p.kind in {Kind.CREDIT, Kind.NOTE}]
    assert apart == [
        (f"{PART}, authority", PART, Kind.CREDIT),
        (f"{PART}, source credit", PART, Kind.CREDIT),
        ("99 CFR 126.1, source credit", "99 CFR 126.1", Kind.CREDIT),
        ("99 CFR 126.1, editorial note", "99 CFR 126.1", Kind.NOTE),
    ]
    assert own(reading, "99 CFR 126.1, editorial note") == "Editorial Note:\nOdd."


@pytest.mark.parametrize(
    ("label", "id"),
    [
        ("Note 2 to paragraph (a)(1):", "99 CFR 126.1(a)(1), note 2"),
        ("Note to paragraph (a):", "99 CFR 126.1(a), note 1"),
        ("Note to § 126.1:", "99 CFR 126.1, note 1"),
        ("Note:", "99 CFR 126.1, note 1"),
    ],
)
def test_a_note_is_cited_by_the_paragraph_it_says_it_is_to(label: str, id: str) -> None:
    reading = read("(a) x", "(1) y", f"<NOTE><HED>{label}</HED><PSPACE>Bells count.</PSPACE></NOTE>", "(2) z")
    assert own(reading, id) == "Bells count."
    assert passage(reading, id).parent == id.partition(", ")[0]
    assert tails(reading)[-1] == "(a)(2)"


def test_a_footnote_stands_apart_from_the_sentence_that_calls_it() -> None:
    reading = read(
        "(a) A kite <SU>1</SU> flies 10<SU>3</SU> feet.", "<FTNT><P><SU>1</SU> Or a bell.</P></FTNT>", "(b) y"
    )
    assert own(reading, "99 CFR 126.1(a)") == "A kite flies 103 feet."
    assert own(reading, "99 CFR 126.1(a), footnote 1") == "Or a bell."
    assert passage(reading, "99 CFR 126.1(a), footnote 1").start > passage(reading, "99 CFR 126.1").end


def test_quoted_forms_and_boxes_add_no_paragraphs() -> None:
    reading = read(
        "(a) Write:", "<EXTRACT><P>(a) I own a kite.</P><P>Signed.</P></EXTRACT>", "<DIV><P>(b) Sign it.</P></DIV>"
    )
    assert tails(reading) == ["", "(a)", "(b)"]
    assert own(reading, "99 CFR 126.1(a)") == "Write:\n(a) I own a kite.\nSigned."


def test_categories_of_a_list_number_their_paragraphs_anew() -> None:
    reading = read(
        "<HD1>Category I—Kites</HD1>", "*(a) Silk kites.", "(1) Red.", "<HD1>Category II—Bells</HD1>", "(a) Brass."
    )
    assert tails(reading) == [
        "", ", category I", ", category I(a)", ", category I(a)(1)", ", category II", ", category II(a)",
    ]  # fmt: skip
    assert reading.warnings == ()


def test_an_image_is_warned_of() -> None:
    assert read("(a) x", '<img src="/graphics/kite.gif"/>').warnings == (
        "99 CFR 126.1(a): an image stands here, which is not read.",
    )


def test_subparts_supplements_and_appendices_have_ids() -> None:
    inner = (
        f'<DIV6 N="A"><HEAD>Subpart A—Kites</HEAD><DIV7><HEAD>Silk</HEAD>{section("(a) x")}</DIV7></DIV6>'
        '<DIV9 N="Supplement No. 2 to Part 126"><HEAD>Supplement No. 2 to Part 126—Bells</HEAD><P>(a) y</P></DIV9>'
        '<DIV9 N="Appendix A to Part 126"><HEAD>Appendix A to Part 126—Strings</HEAD><HD1>Use</HD1><P>z</P></DIV9>'
    )
    reading = ecfr.read(part(inner), instrument=PART)
    assert [(p.id, p.parent, p.heading) for p in reading.passages if p.kind is Kind.PROVISION] == [
        (PART, None, "KITES AND BELLS"),
        (f"{PART} subpart A", PART, "Subpart A—Kites"),
        ("99 CFR 126.1", f"{PART} subpart A", "Kites"),
        ("99 CFR 126.1(a)", "99 CFR 126.1", ""),
        (f"{PART} supp. 2", PART, "Bells"),
        (f"{PART} supp. 2(a)", f"{PART} supp. 2", ""),
        (f"{PART} app. A", PART, "Strings"),
    ]
    assert reading.title == "KITES AND BELLS"
    assert whole(reading, f"{PART} app. A") == "Appendix A to Part 126—Strings\nUse\nz"


def test_a_whole_title_file_yields_the_part_asked_for() -> None:
    inner = part(section("(a) x")).partition(b"\n")[2]
    wrapped = b"<DLPSTEXTCLASS><TEXT><BODY><ECFRBRWS><DIV1>" + part("", number="125").partition(b"\n")[2] + inner
    reading = ecfr.read(wrapped + b"</DIV1></ECFRBRWS></BODY></TEXT></DLPSTEXTCLASS>", instrument=PART)
    assert reading.instrument == PART
    assert tails(reading) == ["", "(a)"]


HOSTILE = {
    "a document type": (b'<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]><DIV5 N="126">&e;</DIV5>', Refused),
    "deep nesting": (part("<DIV8>" * 100_000), Refused),
    "another part": (part("", number="127"), BadSource),
    "another title": (part("", node="98:1.0"), BadSource),
    "a truncated file": (part("x")[:-3], BadSource),
    "nothing": (b"", BadSource),
}


@pytest.mark.parametrize(("data", "error"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_or_broken_bytes_are_refused_quickly(data: bytes, error: type[BadSource]) -> None:
    began = time.monotonic()
    with pytest.raises(BadSource) as raised:
        ecfr.read(data, instrument=PART)
    assert type(raised.value) is error
    assert time.monotonic() - began < 2


def test_only_a_part_can_be_asked_for() -> None:
    with pytest.raises(BadSource):
        ecfr.read(part(""), instrument="99 CFR 126.1")


OPENINGS = st.lists(st.sampled_from(["", *(f"({d})" for d in "abhijvx12AI"), "(ii)", "(<I>1</I>)"]), max_size=2).map(
    "".join
)
PARAGRAPHS = st.lists(st.tuples(OPENINGS, st.sampled_from(["x", "x:", "<I>Head.</I> x", HTML_TABLE])), max_size=12)


@given(PARAGRAPHS)
@settings(max_examples=200, deadline=None)
def test_spans_nest_and_ids_are_single_whatever_the_designators(paragraphs: list[tuple[str, str]]) -> None:
    reading = read(*(words if words == HTML_TABLE else f"{opening} {words}" for opening, words in paragraphs))
    by_id = {p.id: p for p in reading.passages}
    assert len(by_id) == len(reading.passages)
    for p in reading.passages:
        assert 0 <= p.start <= p.own_start <= p.own_end <= p.end <= len(reading.text)
        if p.parent is not None and p.kind in {Kind.PROVISION, Kind.FLUSH, Kind.TABLE, Kind.ROW}:
            assert by_id[p.parent].start <= p.start <= p.end <= by_id[p.parent].end
