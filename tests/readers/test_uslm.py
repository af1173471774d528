"""The U.S. Code reader, on invented law in the publisher's format and on the official files where they are at hand."""

import itertools
import json
import random
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Passage, Reading, uslm

NAMESPACE = "http://xml.house.gov/schemas/uslm/1.0"
CREDIT = (
    '<sourceCredit>(<ref href="/us/pl/99/700">Pub. L. 99–700</ref>, §\u202f4, <date>May 6, 1986</date>, 100 Stat. 1;'
    ' <ref href="/us/pl/111/800/dB/tII/s5/a">Pub. L. 111–800, div. B, title II, §\u202f5(a)</ref>, Sept. 9, 2010.)'
    "</sourceCredit>"
)


def section(
    body: str, *, number: str = "70", heading: str = "Kites", credit: str = CREDIT, notes: str = "", more: str = ""
) -> bytes:
    """A section file of title 99, which does not exist."""
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        f'<section xmlns="{NAMESPACE}" identifier="/us/usc/t99/s{number}" {more}>'
        f'<num value="{number}">§\u202f{number}.</num><heading> {heading}</heading>{body}{credit}'
        f'<notes type="uscNote">{notes}</notes></section>'
    ).encode()


def level(name: str, path: str, content: str, *, number: str = "70", heading: str = "") -> str:
    """One clause with its designator, as the publisher prints it."""
    value = path.rsplit("/", 1)[-1]
    title = f"<heading> {heading}</heading>" if heading else ""
    opening = f'<{name} identifier="/us/usc/t99/s{number}/{path}"><num value="{value}">({value})</num>'
    return f"{opening}{title}{content}</{name}>\n"


def read(body: str, **parts: str) -> Reading:
    """The reading of an invented section."""
    return uslm.read(section(body, **parts), instrument=f"99 USC {parts.get('number', '70')}".replace("–", "-"))


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


NESTED = (
    level("subsection", "a", "<chapeau>A kite shall—</chapeau>"
          + level("paragraph", "a/1", "<content> fly; and</content>")
          + level("paragraph", "a/2", "<chapeau> carry—</chapeau>"
                  + level("subparagraph", "a/2/A", "<content> a tail; or</content>")
                  + level("subparagraph", "a/2/B", "<content> a bell.</content>"))
          + "<continuation>Bells are rung at noon.</continuation>", heading="Duties of kites")
    + level("subsection", "b", "<content><p>No kite is a bird.</p>\n<p>Nor a plane.</p></content>")
)  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "id"),
    [
        ("/us/usc/t22/s2776", "22 USC 2776"),
        ("/us/usc/t22/s2776/b/1", "22 USC 2776(b)(1)"),
        ("/us/usc/t22/s2370c–1/a", "22 USC 2370c-1(a)"),
        ("/us/usc/t22/s2799aa–1", "22 USC 2799aa-1"),
        ("/us/usc/t18/s2340A/1/B/ii/I", "18 USC 2340A(1)(B)(ii)(I)"),
        ("/us/usc/t50/s1541/note", "50 USC 1541 note"),
        ("/us/usc/t22", ""),
        ("/us/usc/t22/ch39", ""),
        ("/us/usc/t22/s2776/b) and (c", ""),
        ("/us/pl/90/629", "Pub. L. 90-629"),
        ("/us/pl/119/60/dA/tX", "Pub. L. 119-60"),
        ("/us/pl/119/60/dA/tX/s1085/b/1", "Pub. L. 119-60 sec. 1085(b)(1)"),
        ("/us/pl/118/47/dF/tVII/s7034/s/7", "Pub. L. 118-47 sec. 7034(s)(7)"),
        (
            "/us/pl/106/113/dB/s1000/a/7/dA/tII/s209/d",
            "Pub. L. 106-113 sec. 1000(a)(7) [div. A, title II, sec. 209(d)]",
        ),
        ("/us/pl/98/473/tI/s101/e/s127", "Pub. L. 98-473 sec. 101(e) [sec. 127]"),
        ("/us/stat/82/1326", ""),
        ("/us/act/1954-08-26/ch937", ""),
        ("", ""),
    ],
)
def test_a_reference_of_the_publisher_becomes_an_id(identifier: str, id: str) -> None:
    assert uslm.id_of(identifier) == id


def test_every_identified_clause_is_a_provision_in_printed_order_parents_first() -> None:
    reading = read(NESTED)
    assert [p.id for p in reading.passages if p.kind in {Kind.PROVISION, Kind.FLUSH}] == [
        "99 USC 70", "99 USC 70(a)", "99 USC 70(a)(1)", "99 USC 70(a)(2)", "99 USC 70(a)(2)(A)", "99 USC 70(a)(2)(B)",
        "99 USC 70(a), flush", "99 USC 70(b)",
    ]  # fmt: skip
    assert passage(reading, "99 USC 70").parent is None
    assert passage(reading, "99 USC 70(a)(2)(A)").parent == "99 USC 70(a)(2)"


def test_a_clause_spans_its_designator_heading_and_children_and_owns_its_chapeau() -> None:
    reading = read(NESTED)
    assert whole(reading, "99 USC 70(a)(2)") == "(2) carry—\n(A) a tail; or\n(B) a bell."
    assert own(reading, "99 USC 70(a)(2)") == "carry—"
    assert whole(reading, "99 USC 70(a)").startswith("(a) Duties of kites\nA kite shall—\n(1) fly; and\n")
    assert whole(reading, "99 USC 70(a)").endswith("\nBells are rung at noon.")
    assert own(reading, "99 USC 70") == ""
    assert passage(reading, "99 USC 70(a)").heading == "Duties of kites"


def test_a_leaf_owns_all_its_paragraphs() -> None:
    assert own(read(NESTED), "99 USC 70(b)") == "No kite is a bird.\nNor a plane."


def test_text_after_the_children_is_flush_and_a_second_one_is_numbered() -> None:
    one = level("paragraph", "a/1", "<content> x</content>") + "<continuation>One.</continuation>"
    two = level("subparagraph", "a/A", "<content> y</content>") + "<continuation>Two.</continuation>"
    reading = read(level("subsection", "a", one + two))
    assert own(reading, "99 USC 70(a), flush") == "One."
    assert own(reading, "99 USC 70(a), flush[2]") == "Two."
    assert passage(reading, "99 USC 70(a), flush[2]").parent == "99 USC 70(a)"


def test_two_chapeaux_are_one_opening() -> None:
    body = level("subsection", "a", "<chapeau>First.</chapeau><chapeau>Then—</chapeau>"
                 + level("paragraph", "a/1", "<content> x</content>"))  # fmt: skip
    assert own(read(body), "99 USC 70(a)") == "First.\nThen—"


def test_a_run_in_heading_keeps_its_line_and_loses_its_dash() -> None:
    heading = '<heading><inline class="small-caps">Authority</inline>.—</heading>'
    reading = read(level("subsection", "a", f"{heading}<content>Kites may fly.</content>"))
    assert whole(reading, "99 USC 70(a)") == "(a) Authority.—Kites may fly."
    assert passage(reading, "99 USC 70(a)").heading == "Authority"
    assert own(reading, "99 USC 70(a)") == "Kites may fly."


def test_a_clause_printed_twice_gets_a_number_that_its_children_keep() -> None:
    once = level("subsection", "i", level("paragraph", "i/1", "<content> x</content>"))
    reading = read(once + once + once)
    assert [p.id for p in reading.passages[1:7]] == [
        "99 USC 70(i)", "99 USC 70(i)(1)", "99 USC 70(i)[2]", "99 USC 70(i)[2](1)", "99 USC 70(i)[3]",
        "99 USC 70(i)[3](1)",
    ]  # fmt: skip


def test_a_level_without_identifier_takes_one_from_its_designator() -> None:
    inner = '<subparagraph><num value="A">(A)</num><content>calm.</content></subparagraph>'
    outer = f'<paragraph><num value="1">(1)</num><chapeau>If—</chapeau>{inner}</paragraph>'
    assert own(read(level("subsection", "a", outer)), "99 USC 70(a)(1)(A)") == "calm."


def test_section_numbers_keep_letters_and_spell_the_dash_in_ascii() -> None:
    reading = read(level("subsection", "a", "<content> x</content>", number="70aa–1"), number="70aa–1")
    assert [p.id for p in reading.passages][:2] == ["99 USC 70aa-1", "99 USC 70aa-1(a)"]
    assert reading.text.startswith("§\u202f70aa–1. Kites")


CALLED = '<ref class="footnoteRef" idref="f1">1</ref><note type="footnote" id="f1"><num>1</num> So in original.</note>'


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        (f"A kite {CALLED} flies.", "A kite flies."),
        (f"A kite\u202f{CALLED} flies.", "A kite flies."),
        (f"A kite {CALLED}, blue, flies.", "A kite, blue, flies."),
        (f"A kite flies..{CALLED}", "A kite flies.."),
        (f'A kite {CALLED} flies <ref class="footnoteRef" idref="f1">1</ref> on.', "A kite flies on."),
        (f"A kite {CALLED} flies; a <sup>1</sup> bell rings.", "A kite flies; a bell rings."),
        (f"{CALLED} Kites fly 10<sup>3</sup> feet high.", "Kites fly 103 feet high."),
    ],
)  # fmt: skip
def test_a_footnote_stands_apart_from_the_sentence_it_interrupts(printed: str, read_as: str) -> None:
    reading = read(level("subsection", "a", f"<content> {printed}</content>"))
    assert own(reading, "99 USC 70(a)") == read_as
    note = passage(reading, "99 USC 70(a), footnote 1")
    assert (note.kind, note.parent, whole(reading, note.id), own(reading, note.id)) == (
        Kind.FOOTNOTE, "99 USC 70(a)", "1 So in original.", "So in original.",
    )  # fmt: skip
    assert note.start > passage(reading, "99 USC 70").end


def test_a_footnote_in_a_heading_belongs_to_the_clause_headed() -> None:
    reading = read(level("subsection", "d", "<content> x</content>", heading=f"{CALLED} Strings"))
    assert passage(reading, "99 USC 70(d)").heading == "Strings"
    assert passage(reading, "99 USC 70(d), footnote 1").parent == "99 USC 70(d)"


TABLE = (
    '<table xmlns="http://www.w3.org/1999/xhtml"><caption>Fees</caption><thead><tr><th>Place</th><th>Fee</th></tr></thead>'
    "<tbody><tr><td>Old Harbor, North</td><td>$1</td></tr><tr><td>Ruritania</td><td>$2</td></tr></tbody></table>"
)


def test_a_table_is_a_passage_and_so_is_each_row_named_by_its_first_cell() -> None:
    reading = read(level("subsection", "a", f"<content>Fees are:{TABLE}They rise.</content>"))
    assert (
        own(reading, "99 USC 70(a)") == "Fees are:\nFees\nPlace\tFee\nOld Harbor, North\t$1\nRuritania\t$2\nThey rise."
    )
    assert whole(reading, "99 USC 70(a), row Old Harbor North") == "Old Harbor, North\t$1"
    assert [(p.id, p.parent, p.kind) for p in reading.passages[2:5]] == [
        ("99 USC 70(a), table", "99 USC 70(a)", Kind.TABLE),
        ("99 USC 70(a), row Old Harbor North", "99 USC 70(a), table", Kind.ROW),
        ("99 USC 70(a), row Ruritania", "99 USC 70(a), table", Kind.ROW),
    ]


NOTES = (
    '<note role="crossHeading" topic="editorialNotes"><heading><b>Editorial Notes</b></heading></note>'
    '<note topic="codification"><heading>Codification</heading><p>Was section 69.</p></note>'
    '<note topic="amendments"><heading>Amendments</heading><p>2010—Pub. L. 111–800 added it.</p></note>'
    '<note topic="miscellaneous"><heading>Kite Days</heading><p>'
    '<ref href="/us/pl/111/800/s9">Pub. L. 111–800, §\u202f9</ref>, provided that: <quotedContent origin="x">'
    '<section identifier="/us/usc/t99/s70/z"><num value="9">“Sec. 9.</num>'
    '<subsection identifier="/us/usc/t99/s70/z/1"><num value="a">(a)</num><content> Rest.”</content></subsection>'
    "</section></quotedContent></p></note>"
)


def test_notes_are_numbered_in_printed_order_and_stand_outside_the_law() -> None:
    reading = read(NESTED, notes=NOTES)
    assert [(p.id, p.kind, p.heading) for p in reading.passages if p.kind not in {Kind.PROVISION, Kind.FLUSH}] == [
        ("99 USC 70, source credit", Kind.CREDIT, ""),
        ("99 USC 70 note", Kind.NOTE, "Codification"),
        ("99 USC 70, amendments", Kind.AMENDMENTS, "Amendments"),
        ("99 USC 70 note[2]", Kind.NOTE, "Kite Days"),
    ]
    assert "Editorial Notes" in reading.text
    assert "Codification" not in whole(reading, "99 USC 70")
    assert whole(reading, "99 USC 70 note") == "Codification\nWas section 69."
    assert own(reading, "99 USC 70 note") == "Was section 69."


def test_law_quoted_in_a_note_is_the_notes_words_and_no_provision() -> None:
    reading = read(NESTED, notes=NOTES)
    assert not [p.id for p in reading.passages if "(z)" in p.id]
    assert own(reading, "99 USC 70 note[2]").endswith("provided that:\n“Sec. 9.\n(a) Rest.”")


def test_law_quoted_in_a_clause_is_no_provision() -> None:
    quoted = level("subsection", "q", "<content> No.”</content>").replace("(q)", "“(q)")
    words = f"<content>Section 4 is amended: <quotedContent>{quoted}</quotedContent></content>"
    reading = read(level("subsection", "a", words))
    assert [p.id for p in reading.passages if p.kind is Kind.PROVISION] == ["99 USC 70", "99 USC 70(a)"]
    assert "“(q) No.”" in own(reading, "99 USC 70(a)")


def test_a_clause_refers_to_what_its_own_words_cite_once_each_in_order() -> None:
    cite = '<ref href="/us/usc/t99/s{}">x</ref>'
    laws = "<ref href='/us/pl/119/60/s2'>y</ref> <ref href='/us/stat/1/2'>z</ref>"
    cites = " ".join(cite.format(path) for path in ("80/b", "81", "80/b", "70/a"))
    below = level("paragraph", "a/1", f"<content>{cite.format('82')}</content>")
    body = level("subsection", "a", f"<chapeau>{cites} {laws}</chapeau>{below}")
    reading = read(body)
    assert passage(reading, "99 USC 70(a)").refers_to == ("99 USC 80(b)", "99 USC 81", "Pub. L. 119-60 sec. 2")
    assert passage(reading, "99 USC 70(a)(1)").refers_to == ("99 USC 82",)


@pytest.mark.parametrize(
    ("credit", "act"),
    [
        ("(Pub. L. 90–629, ch. 3, §\u202f36, Oct. 22, 1968, 82 Stat. 1)", "AECA sec. 36"),
        ("(Pub. L. 90–629, ch. 3, §\u202f40A, as added Pub. L. 104–132, §\u202f330, Apr. 24, 1996)", "AECA sec. 40A"),
        ("(Pub. L. 87–195, pt. I, §\u202f101, formerly §\u202f102, Sept. 4, 1961)", "FAA sec. 101"),
        ("(Pub. L. 87–195, pt. III, § 620M, formerly § 620J, as added Pub. L. 110–161)", "FAA sec. 620M"),
        ("(Pub. L. 96–8, §\u202f3, Apr. 10, 1979)", "TRA sec. 3"),
        ("(Pub. L. 115–232, div. A, title XVII, §\u202f1753, Aug. 13, 2018)", "ECRA sec. 1753"),
        ("(Added Pub. L. 115–232, div. A, title XII, §\u202f1207(a), Aug. 13, 2018)", ""),
        ("(Pub. L. 95–223, title II, §\u202f203, Dec. 28, 1977)", "IEEPA sec. 203"),
        ("(Pub. L. 95–223, title I, §\u202f101, Dec. 28, 1977)", ""),
        ("(Pub. L. 118–31, §\u202f5, Dec. 22, 2023; Pub. L. 90–629, §\u202f36)", ""),
        ("(Aug. 26, 1954, ch. 937, title IV, §\u202f408)", ""),
    ],
)  # fmt: skip
def test_the_credit_names_the_section_of_a_known_act(credit: str, act: str) -> None:
    assert read(NESTED, credit=f"<sourceCredit>{credit}</sourceCredit>").act == act


AMENDED: list[tuple[str, list[tuple[str, str, int, date | None]]]] = [
    ("2010—Subsec. (b)(1). Pub. L. 111–800, §\u202f203(b)(1)(A), substituted x.",
     [("(b)(1)", "Pub. L. 111-800 sec. 203(b)(1)(A)", 2010, date(2010, 9, 9))]),
    ("Subsecs. (a), (b)(1), (5)(C), (f). Pub. L. 111–800, §\u202f5, did x.",
     [(c, "Pub. L. 111-800 sec. 5", 2010, date(2010, 9, 9)) for c in ("(a)", "(b)(1)", "(b)(5)(C)", "(f)")]),
    ("Subsec. (a)(7) to (9). Pub. L. 111–800, §§\u202f5(c), 6(b)(1), redesignated x.",
     [(c, "Pub. L. 111-800 secs. 5(c), 6(b)(1)", 2010, date(2010, 9, 9)) for c in ("(a)(7)", "(a)(8)", "(a)(9)")]),
    ("Pub. L. 111–800, §\u202f7, inserted y in the same paragraphs.",
     [(c, "Pub. L. 111-800 sec. 7", 2010, date(2010, 9, 9)) for c in ("(a)(7)", "(a)(8)", "(a)(9)")]),
    ("1999—Pub. L. 106–900, §\u202f1000(a)(7) [title XIII, §\u202f1302(b)], amended section generally.",
     [("", "Pub. L. 106-900 sec. 1000(a)(7) [title XIII, sec. 1302(b)]", 1999, None)]),
    ("Subsec. (b)(2)(D)(ii) to (v). Pub. L. 106–900 added cls.",
     [(f"(b)(2)(D)({n})", "Pub. L. 106-900", 1999, None) for n in ("ii", "iii", "iv", "v")]),
    ("1998—Pub. L. 111–800 is dated in another year.", [("", "Pub. L. 111-800", 1998, None)]),
    ("1949—Par. (2). Act Oct. 10, 1949, §\u202f2, added it.",
     [("(2)", "Act Oct. 10, 1949 sec. 2", 1949, date(1949, 10, 10))]),
]  # fmt: skip


def test_the_amendments_note_says_which_clause_which_law_and_when() -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words, _ in AMENDED)
    reading = read(NESTED, notes=f'<note topic="amendments"><heading>Amendments</heading>{paragraphs}</note>')
    found = [(a.provision.removeprefix("99 USC 70"), a.by, a.year, a.on) for a in reading.amendments]
    assert found == [change for _, changes in AMENDED for change in changes]
    assert reading.text[reading.amendments[0].start : reading.amendments[0].end] == AMENDED[0][0]


def test_a_quotation_of_the_former_text_belongs_to_the_change_above_it() -> None:
    first = "<p>2010—Subsec. (a). Pub. L. 111–800 struck out text which read:</p>"
    note = f"{first}<p>“(1) old words; and</p><p>“(2) more.”</p>"
    reading = read(NESTED, notes=f'<note topic="amendments"><heading>Amendments</heading>{note}</note>')
    (change,) = reading.amendments
    assert change.provision == "99 USC 70(a)"
    assert reading.text[change.start : change.end].endswith("“(2) more.”")


@pytest.mark.parametrize(
    ("status", "heading", "title", "warning"),
    [
        (
            "",
            "Repealed. Pub. L. 99–700, §\u202f4",
            "Repealed. Pub. L. 99–700, §\u202f4",
            "99 USC 70 is repealed.",
        ),
        ("", "Omitted", "Omitted", "99 USC 70 is omitted."),
        ("transferred", "Kites", "Kites (transferred)", "99 USC 70 is transferred."),
        ("repealed", "", "(repealed)", "99 USC 70 is repealed."),
    ],
)
def test_a_section_that_is_no_longer_law_says_so(status: str, heading: str, title: str, warning: str) -> None:
    reading = read("", heading=heading, more=f'status="{status}"' if status else "")
    assert (reading.title, reading.warnings) == (title, (warning,))


def test_a_clause_printed_as_repealed_is_warned_of() -> None:
    reading = read(level("subsection", "a", "<content> Repealed. Pub. L. 111–800, §\u202f5.</content>")
                   + level("subsection", "b", "<content> Repealed laws stay repealed.</content>"))  # fmt: skip
    assert reading.warnings == ("99 USC 70(a) is repealed.",)


def test_words_outside_every_part_of_a_clause_are_warned_of() -> None:
    reading = read(level("subsection", "a", "<content> x</content>") + "stray")
    assert reading.warnings == ("99 USC 70: words that stand between its parts are not read.",)


def title(*sections: bytes) -> bytes:
    """A whole title with its sections in a chapter."""
    inner = b"".join(re.sub(rb"<\?xml.*?\?>\s*", b"", one) for one in sections)
    return (
        f'<uscDoc xmlns="{NAMESPACE}"><meta><note>x</note></meta><main><title identifier="/us/usc/t99">'
        '<num>Title 99</num><chapter identifier="/us/usc/t99/ch1"><heading>KITES</heading>'
    ).encode() + inner + b"</chapter></title></main></uscDoc>"  # fmt: skip


def test_a_whole_title_reads_as_its_sections() -> None:
    readings = uslm.read_title(title(section(NESTED, notes=NOTES), section("", number="71", heading="Bells")))
    assert [(r.instrument, r.title) for r in readings] == [("99 USC 70", "Kites"), ("99 USC 71", "Bells")]
    assert readings[0] == read(NESTED, notes=NOTES)


def test_one_line_for_several_repealed_sections_reads_once_for_each_number_named() -> None:
    readings = uslm.read_title(title(section("", number="72...79", heading="Repealed. Pub. L. 99–700")))
    assert [r.instrument for r in readings] == ["99 USC 72", "99 USC 79"]
    assert readings[1].warnings == ("99 USC 79 is repealed.",)


LETTERS = "abcdefghi"
BOMB = "".join(f'<!ENTITY {b} "&{a};&{a};&{a};&{a};&{a};&{a};&{a};&{a};">' for a, b in itertools.pairwise(LETTERS))
DOCTYPE = f'<!DOCTYPE section [<!ENTITY a "ha">{BOMB}]>'
PLAIN = section(NESTED)
HOSTILE = {
    "an external entity": (PLAIN.replace(b"?>\n", b'?><!DOCTYPE s [<!ENTITY x SYSTEM "/etc/passwd">]>'), Refused),
    "an entity bomb": (PLAIN.replace(b"?>\n", b"?>\n" + DOCTYPE.encode()).replace(b"fly;", b"&i;"), Refused),
    "a document type behind a comment": (PLAIN.replace(b"?>\n", b"?><!-- x --><?pi?>\n<!doctype s>"), Refused),
    "deep nesting": (section("<p>" * 200_000 + "</p>" * 200_000), Refused),
    "nesting past the limit": (section("<p>" * 80 + "</p>" * 80), Refused),
    "a truncated file": (PLAIN[:-40], BadSource),
    "an unknown entity": (PLAIN.replace(b"fly;", b"&x;"), BadSource),
    "bytes that are not UTF-8": (PLAIN.replace(b"fly", b"fl\xff"), BadSource),
    "UTF-16": (PLAIN.decode().encode("utf-16"), BadSource),
    "another encoding declared": (PLAIN.replace(b"UTF-8", b"UTF-7"), BadSource),
    "nothing": (b"", BadSource),
    "text": (b"not XML", BadSource),
    "a NUL": (PLAIN.replace(b"fly", b"f\x00y"), BadSource),
    "another format": (b"<section><num>1</num></section>", BadSource),
    "a whole title": (title(PLAIN), BadSource),
    "another section": (section(NESTED, number="71"), BadSource),
    "a prolog without end": (b"<?x " * 200_000, BadSource),
    "comments without end": (b"<!-- " * 200_000, BadSource),
}  # fmt: skip


@pytest.mark.parametrize(("data", "error"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_or_broken_bytes_are_refused_quickly(data: bytes, error: type[BadSource]) -> None:
    began = time.monotonic()
    with pytest.raises(BadSource) as raised:
        uslm.read(data, instrument="99 USC 70")
    assert type(raised.value) is error
    assert time.monotonic() - began < 2


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert uslm.read(b"\xef\xbb\xbf" + PLAIN, instrument="99 USC 70") == uslm.read(PLAIN, instrument="99 USC 70")


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_bytes_end_in_anything_but_a_named_failure(data: bytes) -> None:
    with pytest.raises(BadSource):
        uslm.read(data, instrument="99 USC 70")


NAMES = st.sampled_from(
    ["subsection", "paragraph", "clause", "content", "chapeau", "continuation", "p", "note", "ref", "table", "tr", "td"]
)
WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=12).map(
    lambda t: t.replace("&", "+").replace("<", "+").replace(">", "+")
)
TREES = st.recursive(WORDS, lambda inner: st.builds(
    lambda name, value, parts: f'<{name}><num value="{value}">({value})</num>{"".join(parts)}</{name}>',
    NAMES, st.sampled_from("aAi1"), st.lists(inner, max_size=4)), max_leaves=20)  # fmt: skip


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_spans_nest_whatever_the_markup(body: str) -> None:
    assert_spans_hold(read(body))


def assert_spans_hold(reading: Reading) -> None:
    """Every passage lies in the text, owns part of itself, lies within its parent if law, and has its id alone."""
    by_id = {p.id: p for p in reading.passages}
    assert len(by_id) == len(reading.passages)
    for p in reading.passages:
        assert 0 <= p.start <= p.own_start <= p.own_end <= p.end <= len(reading.text), p.id
        if p.parent is not None and p.kind in {Kind.PROVISION, Kind.FLUSH, Kind.ROW, Kind.TABLE}:
            assert by_id[p.parent].start <= p.start <= p.end <= by_id[p.parent].end, p.id


@pytest.fixture(scope="module")
def files(official: Path) -> dict[str, bytes]:
    """The official section files by instrument."""
    rows = json.loads((official / "MANIFEST.json").read_text(encoding="utf-8"))
    return {r["instrument"]: (official / r["file"]).read_bytes() for r in rows if r["format"] == "uslm-section"}


@pytest.fixture(scope="module")
def readings(files: dict[str, bytes]) -> dict[str, Reading]:
    """The official sections, read."""
    return {instrument: uslm.read(data, instrument=instrument) for instrument, data in files.items()}


def test_every_identifier_in_the_official_files_is_a_provision(
    files: dict[str, bytes], readings: dict[str, Reading]
) -> None:
    identified = sum(
        int(float(str(etree.fromstring(data).xpath("count(//*[@identifier])")))) for data in files.values()
    )
    provisions = sum(p.kind is Kind.PROVISION for reading in readings.values() for p in reading.passages)
    assert provisions == identified == 8606
    for reading in readings.values():
        assert_spans_hold(reading)


def test_five_clauses_are_printed_twice_and_two_identifiers_below_them(
    files: dict[str, bytes], readings: dict[str, Reading]
) -> None:
    repeated = []
    for data in files.values():
        counts = Counter(e.get("identifier") for e in etree.fromstring(data).iter() if e.get("identifier"))
        repeated += [i for i, count in counts.items() if count > 1]
    ids = {p.id for reading in readings.values() for p in reading.passages if p.kind is Kind.PROVISION}
    assert sorted(i for i in ids if i.endswith("]")) == [
        "22 USC 2151n(b)[2]", "22 USC 2304(i)[2]", "22 USC 2656f(b)(3)[2]", "22 USC 2656f(b)(4)[2]",
        "22 USC 2765(d)[2]",
    ]  # fmt: skip
    assert len(repeated) == 7


def stripped(data: bytes) -> str:
    """A source without tags, footnotes and white space."""
    root = etree.fromstring(data)
    notes = {n.findtext("{*}num") for n in root.iterfind(".//{*}note[@type='footnote']")}
    kept: list[str] = []

    def collect(element: etree._Element) -> None:
        kept.append(element.text or "")
        for child in element:
            name = etree.QName(child).localname
            called = child.get("class") == "footnoteRef" or (name == "sup" and child.text in notes)
            if not called and child.get("type") != "footnote":
                collect(child)
            kept.append(child.tail or "")

    collect(root)
    return "".join("".join(kept).split())


def test_passages_are_found_verbatim_in_the_official_source(
    files: dict[str, bytes], readings: dict[str, Reading]
) -> None:
    everything = [
        (reading, p) for reading in readings.values() for p in reading.passages if p.kind is not Kind.FOOTNOTE
    ]
    for reading, p in random.Random(7).sample(everything, 200):
        words = "".join(reading.text[p.start : p.end].split())
        assert words, p.id
        assert words in stripped(files[reading.instrument]), p.id


def test_no_word_of_the_official_files_is_lost(files: dict[str, bytes], readings: dict[str, Reading]) -> None:
    for instrument, reading in readings.items():
        kept = Counter(reading.text) - Counter(" \n\t")
        source = Counter("".join(str(t) for t in etree.fromstring(files[instrument]).itertext()))
        lost = {c: n for c, n in (source - kept).items() if not c.isspace()}
        # Only the marks that call footnotes are left out.
        assert set(lost) <= set("123456789"), (instrument, lost)


@pytest.mark.parametrize(
    ("instrument", "act"),
    [
        ("22 USC 2776", "AECA sec. 36"), ("22 USC 2753", "AECA sec. 3"), ("22 USC 2778", "AECA sec. 38"),
        ("22 USC 2781", "AECA sec. 40A"), ("22 USC 2785", "AECA sec. 40A"), ("22 USC 2794", "AECA sec. 47"),
        ("22 USC 2796a", "AECA sec. 62"), ("22 USC 2304", "FAA sec. 502B"), ("22 USC 2378d", "FAA sec. 620M"),
        ("22 USC 2378-1", "FAA sec. 620I"), ("22 USC 2321j", "FAA sec. 516"), ("22 USC 2373", "FAA sec. 620C"),
        ("22 USC 2403", "FAA sec. 644"), ("50 USC 4812", "ECRA sec. 1753"), ("50 USC 1702", "IEEPA sec. 203"),
        ("22 USC 3302", "TRA sec. 3"), ("10 USC 351", ""),
    ],
)  # fmt: skip
def test_official_sections_are_known_by_their_acts(readings: dict[str, Reading], instrument: str, act: str) -> None:
    assert readings[instrument].act == act


def test_the_official_amendments_are_dated_by_their_credits(readings: dict[str, Reading]) -> None:
    changes = [a for reading in readings.values() for a in reading.amendments]
    assert len(changes) > 3000
    # The rest name a law by a number the credit does not have: misprints, and laws that amend by being amended.
    assert sum(a.on is None for a in changes) < 12
    assert any(a.provision == "22 USC 2776(b)(6)" and a.year == 2002 and a.on == date(2002, 9, 30) for a in changes)
