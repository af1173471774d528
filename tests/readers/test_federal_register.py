"""The Federal Register reader, on invented orders in the publisher's format; no real bytes of it are at hand."""

import time

import pytest

from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Passage, Reading, federal_register

EO = "EO 99999"


def order(*body: str, kind: str = "EXECORD") -> bytes:
    """An executive order nobody signed; a paragraph without a tag of its own is a P."""
    paragraphs = "\n".join(p if p.startswith("<") else f"<P>{p}</P>" for p in body)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<PRESDOCU><{kind}><TITLE3>Title 3—<PRES>The President</PRES></TITLE3>'
        f'<EXECORDR>Executive Order 99999 of May 6, 2025</EXECORDR><HD SOURCE="HED">Flying Kites at Noon</HD>\n'
        f"{paragraphs}\n<GPH><GID>KITE.EPS</GID></GPH><PSIG> </PSIG><PLACE>THE WHITE HOUSE,</PLACE>"
        f"<DATE>May 6, 2025.</DATE><FRDOC>[FR Doc. 2025-0 </FRDOC><FILED>Filed 5-7-25; 8:45 am]</FILED>"
        f"</{kind}></PRESDOCU>"
    ).encode()


def opening(number: int, heading: str, text: str) -> str:
    """The paragraph a section opens with."""
    word = "Section" if number == 1 else "Sec."
    named = f'<E T="03">{heading}</E>. ' if heading else ""
    return f'<FP><E T="04">{word} {number}</E>. {named}{text}</FP>'


def read(*body: str) -> Reading:
    """The reading of an invented order."""
    return federal_register.read(order(*body), instrument=EO)


def ids(reading: Reading) -> list[str]:
    """The ids of its law."""
    return [p.id for p in reading.passages if p.kind in {Kind.PROVISION, Kind.FLUSH}]


def passage(reading: Reading, id: str) -> Passage:
    """The one passage of an id."""
    (found,) = [p for p in reading.passages if p.id == id]
    return found


def own(reading: Reading, id: str) -> str:
    """A clause's own words."""
    found = passage(reading, id)
    return reading.text[found.own_start : found.own_end]


PREAMBLE = "<FP>By the authority vested in me, it is hereby ordered:</FP>"
WHOLE = [
    PREAMBLE,
    opening(1, "Policy", "Kites fly."),
    opening(2, "Duties", "Makers shall:"),
    "(a) sew;",
    "(i) with silk; and",
    "(ii) at night;",
    "(b) fly.",
    opening(3, "", "(a) Bells ring."),
    "(b) They stop.",
]


def test_sections_and_lettered_clauses_become_ids_of_the_order() -> None:
    assert ids(read(*WHOLE)) == [
        "EO 99999, preamble", "EO 99999 sec. 1", "EO 99999 sec. 2", "EO 99999 sec. 2(a)", "EO 99999 sec. 2(a)(i)",
        "EO 99999 sec. 2(a)(ii)", "EO 99999 sec. 2(b)", "EO 99999 sec. 3", "EO 99999 sec. 3(a)", "EO 99999 sec. 3(b)",
    ]  # fmt: skip


def test_a_section_spans_its_clauses_and_has_its_printed_heading() -> None:
    reading = read(*WHOLE)
    found = passage(reading, "EO 99999 sec. 2")
    assert reading.text[found.start : found.end] == (
        "Sec. 2. Duties. Makers shall:\n(a) sew;\n(i) with silk; and\n(ii) at night;\n(b) fly."
    )
    assert (found.heading, own(reading, "EO 99999 sec. 2")) == ("Duties", "Makers shall:")
    assert own(reading, "EO 99999 sec. 1") == "Kites fly."
    assert passage(reading, "EO 99999 sec. 2(a)(i)").parent == "EO 99999 sec. 2(a)"


def test_the_title_is_the_documents_heading_and_the_address_and_signature_are_printed_uncited() -> None:
    reading = read(*WHOLE)
    assert reading.title == "Flying Kites at Noon"
    assert reading.text.startswith(
        "Title 3— The President\nExecutive Order 99999 of May 6, 2025\nFlying Kites at Noon\nBy "
    )
    assert reading.text.endswith("THE WHITE HOUSE,\nMay 6, 2025.\n[FR Doc. 2025-0\nFiled 5-7-25; 8:45 am]")


@pytest.mark.parametrize(
    "printed",
    [
        'Kites of <PRTPAGE P="7"/>silk fly.',
        'Kites of<PRTPAGE P="7"/> silk fly.',
        'Kites of<PRTPAGE P="7"/>silk fly.',
        'Kites of silk<PRTPAGE P="7"/> fly.',
        'Kites of silk fly<PRTPAGE P="7"/>.',
    ],
)
def test_a_page_break_inside_a_sentence_vanishes(printed: str) -> None:
    assert own(read(PREAMBLE, opening(1, "Policy", printed)), "EO 99999 sec. 1") == "Kites of silk fly."


@pytest.mark.parametrize("printed", ['<PRTPAGE P="7"/>', '<P><PRTPAGE P="7"/></P>'])
def test_a_page_break_between_paragraphs_vanishes(printed: str) -> None:
    assert ids(read(PREAMBLE, opening(1, "Policy", "One."), printed))[1:] == ["EO 99999 sec. 1"]


def test_several_unlettered_paragraphs_of_a_section_are_counted_without_the_bullets() -> None:
    reading = read(PREAMBLE, opening(1, "Policy", "One."), "Kites have these goals:", "• height;", "• color.", "Three.")
    assert [id for id in ids(reading) if id.startswith("EO 99999 sec. 1, para.")] == [
        "EO 99999 sec. 1, para. 1", "EO 99999 sec. 1, para. 2", "EO 99999 sec. 1, para. 3",
    ]  # fmt: skip
    assert own(reading, "EO 99999 sec. 1, para. 3") == "Three."
    assert own(reading, "EO 99999 sec. 1, goal 2") == "color."


def test_a_sentence_about_a_section_opens_none() -> None:
    reading = read(PREAMBLE, opening(1, "Policy", "One."), "Section 2 of the Kite Order is revoked.")
    assert "EO 99999 sec. 2" not in ids(reading)
    assert own(reading, "EO 99999 sec. 1, para. 2") == "Section 2 of the Kite Order is revoked."


def test_a_section_out_of_sequence_keeps_its_words() -> None:
    assert "Sec. 7. Bells. Ring." in read(PREAMBLE, opening(1, "Policy", "One."), opening(7, "Bells", "Ring.")).text


def test_law_an_order_sets_out_opens_no_clause() -> None:
    quoted = "<EXTRACT><P>Sec. 2. Bells.</P><P>(a) Ring.</P></EXTRACT>"
    reading = read(
        PREAMBLE, opening(1, "Amendment", "Order 5 is amended to read:"), quoted, opening(2, "Effect", "Now.")
    )
    assert ids(reading)[1:] == ["EO 99999 sec. 1", "EO 99999 sec. 2"]
    assert own(reading, "EO 99999 sec. 1") == "Order 5 is amended to read:\nSec. 2. Bells.\n(a) Ring."


def test_italics_that_are_no_heading_stay_in_the_text() -> None:
    reading = read(PREAMBLE, '<FP><E T="04">Section 1</E>. <E T="03">Provided</E>, that kites fly.</FP>')
    assert (passage(reading, "EO 99999 sec. 1").heading, own(reading, "EO 99999 sec. 1")) == (
        "",
        "Provided, that kites fly.",
    )


def test_a_footnote_stands_apart() -> None:
    reading = read(PREAMBLE, opening(1, "Policy", "Kites <SU>1</SU> fly."), "<FTNT><P><SU>1</SU> Or bells.</P></FTNT>")
    assert own(reading, "EO 99999 sec. 1") == "Kites fly."
    assert own(reading, "EO 99999, footnote 1") == "Or bells."


def test_a_document_without_sections_counts_its_paragraphs() -> None:
    data = order("<FP>First.</FP>", "<FP>Second.</FP>", kind="DETERM")
    reading = federal_register.read(data, instrument="PD 2025-1")
    assert ids(reading) == ["PD 2025-1", "PD 2025-1, para. 1", "PD 2025-1, para. 2"]


HOSTILE = {
    "a document type": (order(*WHOLE).replace(b"?>\n", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]>'), Refused),
    "deep nesting": (order("<EXTRACT>" * 100_000), Refused),
    "a truncated file": (order(*WHOLE)[:-9], BadSource),
    "no presidential document": (b"<RULE><P>x</P></RULE>", BadSource),
    "another order": (order(*WHOLE).replace(b"99999", b"88888"), BadSource),
}


@pytest.mark.parametrize(("data", "error"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_or_broken_bytes_are_refused_quickly(data: bytes, error: type[BadSource]) -> None:
    began = time.monotonic()
    with pytest.raises(BadSource) as raised:
        federal_register.read(data, instrument=EO)
    assert type(raised.value) is error
    assert time.monotonic() - began < 2
