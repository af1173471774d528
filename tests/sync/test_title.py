"""Cutting sections out of the zip of a title that does not exist."""

import io
from collections.abc import Callable

import imitation as acts
import pytest
from catalogue import BELLS, KITES, SECTIONS

from assistant.errors import BadSource, Refused
from assistant.sync import title
from assistant.sync.fetch import Fetcher
from assistant.sync.official import Outcome

OpenFetcher = Callable[..., Fetcher]
Sync = Callable[..., Outcome]


QUOTED = (
    f'<section identifier="/us/usc/t99/s80"><num value="80">80.</num><notes><note><quotedContent>'
    f"{acts.section_xml('99', '70', 'A quoted kite.')}</quotedContent></note></notes>"
    f"<content>Above its notes.</content></section>"
)


def cut(data: bytes, *wanted: str) -> dict[str, bytes]:
    """The wanted sections of a zip."""
    return title.cut(io.BytesIO(data), frozenset(wanted), name="title 99")


def test_only_the_wanted_sections_are_cut_and_quoted_ones_are_not_taken_for_them() -> None:
    found = cut(acts.zipped("usc99.xml", acts.title_xml("99", SECTIONS, extra=QUOTED)), KITES, "99 USC 80", "99 USC 1")
    assert set(found) == {KITES, "99 USC 80"}
    assert b"A kite may fly." in found[KITES]
    assert b"A quoted kite." in found["99 USC 80"]
    assert b"A bell" not in found[KITES]


def test_a_section_quoted_in_a_note_of_a_chapter_is_not_law() -> None:
    extra = f"<notes><note>{acts.section_xml('99', '70', 'A quoted kite.')}</note></notes>"
    data = acts.zipped("usc99.xml", acts.title_xml("99", {"71": "A bell."}, extra=extra))
    assert set(cut(data, KITES, BELLS)) == {BELLS}


def test_a_line_printed_for_several_sections_is_cut_for_its_first_and_last() -> None:
    inner = acts.section_xml("99", "70", "Repealed.").replace("/s70", "/s70...72")
    data = acts.zipped("usc99.xml", acts.title_xml("99", {}, extra=inner))
    assert set(cut(data, KITES, BELLS, "99 USC 72")) == {KITES, "99 USC 72"}


def test_the_same_section_is_the_same_bytes_whatever_surrounds_it() -> None:
    alone = cut(acts.zipped("usc99.xml", acts.title_xml("99", {"70": SECTIONS["70"]})), KITES)
    among = cut(acts.zipped("usc99.xml", acts.title_xml("99", SECTIONS, extra=QUOTED)), KITES)
    assert alone == among


XML = acts.title_xml("99", SECTIONS)
UNSOUND = [
    ("not a zip", b"PK\x03\x04 kites", BadSource, "damaged"),
    ("cut", acts.zipped("usc99.xml", XML)[:-30], BadSource, "damaged"),
    ("spoilt", acts.zipped("usc99.xml", XML).replace(acts.zipped("usc99.xml", XML)[60:64], b"\xff\xff\xff\xff", 1), BadSource, "damaged"),
    ("two files", acts.zipped("usc99.xml", XML, **{"usc98.xml": XML}), Refused, "2 XML files"),
    ("no file", acts.zipped("readme.txt", b"kites"), Refused, "0 XML files"),
    ("packed too tightly", acts.zipped("usc99.xml", b"<a>" + b" " * 5_000_000 + b"</a>"), Refused, "packed too tightly"),
    ("malformed", acts.zipped("usc99.xml", XML[:-20]), BadSource, "not well-formed"),
    ("entities", acts.zipped("usc99.xml", XML.replace(b"<uscDoc", b'<!DOCTYPE uscDoc [<!ENTITY k "k">]><uscDoc', 1)), Refused, "document type"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "error", "says"), [row[1:] for row in UNSOUND], ids=[row[0] for row in UNSOUND])
def test_an_unsound_zip_is_refused(data: bytes, error: type[BadSource], says: str) -> None:
    with pytest.raises(error, match=says):
        cut(data, KITES)
