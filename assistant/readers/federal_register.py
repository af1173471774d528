"""Read a presidential document from the XML of the Federal Register.

This reader has not met real bytes yet: it is built on descriptions of the format and tested on invented orders.
"""

import re
from collections.abc import Iterator

from lxml import etree

from assistant.errors import BadSource
from assistant.readers import Kind, Reading
from assistant.readers.clauses import Clause, printed
from assistant.readers.gpo import OFF, ON, calls, footnote, marked, plain
from assistant.readers.lettered import Paragraph, Section
from assistant.readers.markup import ascii_id, local, parse
from assistant.readers.order import read_body

FORMATS = ("federal-register-xml",)

_DOCUMENTS = {"EXECORD", "PROCLA", "PRNOTICE", "DETERM", "PRMEMO", "PRORDER"}
_HEADER = {"TITLE3", "PRES", "EXECORDR", "PROC", "PNOTICE", "DETNO", "HD", "PRTPAGE"}
_CLOSING = {"PSIG", "PLACE", "DATE", "FRDOC", "FILED", "BILCOD", "GPH"}
_BODY = {"P", "FP", "HD1", "HD2", "HD3"}
_OPENING = re.compile(r"((?:Section|Sec\.)\s*\d{1,3})\s*\.\s*")
_HEADING = re.compile(rf"{ON}([^{ON}{OFF}]+?)\.?\s*{OFF}\s*(\.?)\s*")


def read(data: bytes, *, instrument: str) -> Reading:
    """One presidential document; BadSource where the file holds none, or another executive order."""
    root = parse(data, name=instrument)
    document = root if local(root) in _DOCUMENTS else next((e for e in root.iter() if local(e) in _DOCUMENTS), None)
    if document is None:
        raise BadSource(f"{instrument}: the file holds no presidential document; its root is <{local(root)}>.")
    return _Document(instrument, document).read()


class _Document:
    """A document on its way to becoming a reading."""

    def __init__(self, instrument: str, root: etree._Element) -> None:
        self.instrument = instrument
        self.root = root
        self.calls = calls(root)
        self.title = ""
        self.paragraphs: list[Paragraph] = []
        self.sections = 0

    def read(self) -> Reading:
        """Its address and title, its body, its signature, and its footnotes."""
        header: list[Clause] = []
        closing: list[Clause] = []
        footnotes: list[Clause] = []
        for element in _flat(self.root):
            name, text = local(element), marked(element, self.calls)
            if name == "FTNT":
                number, words = footnote(element)
                id = f"{self.instrument}, footnote {ascii_id(number)}"
                footnotes.append(Clause(id, Kind.FOOTNOTE, label=number, own=words))
            elif name in _CLOSING:
                closing.append(Clause(own=plain(text)))
            elif name in _HEADER and not self.paragraphs:
                self.check_number(plain(text))
                self.title = self.title or (plain(text) if name == "HD" else "")
                header.append(Clause(own=plain(text)))
            elif text and any(local(box) == "EXTRACT" for box in element.iterancestors()):
                self.quoted(plain(text))
            elif text:
                self.paragraphs.append(self.paragraph(text))
        clauses = [*(c for c in header if c.own), *self.body(), *(c for c in closing if c.own), *footnotes]
        return printed(self.instrument, self.title, clauses)

    def body(self) -> list[Clause]:
        """The sections of an order; of a document without sections, its paragraphs."""
        if self.sections:
            return read_body(self.instrument, self.paragraphs)
        clause = Section(self.instrument, paragraphs=self.paragraphs).clause()
        return [clause] if clause else []

    def paragraph(self, text: str) -> Paragraph:
        """A paragraph, known as the opening of a section where its number is the next."""
        opened = _OPENING.match(plain(text))
        number = int(re.sub(r"\D", "", opened[1])) if opened else 0
        if opened and number == self.sections + 1:
            self.sections = number
            rest = _after(text, len(opened[0]))
            heading = _HEADING.match(rest)
            named = heading if heading and (heading[2] or heading[0].rstrip().endswith(f".{OFF}")) else None
            return Paragraph(
                plain(rest[named.end() :] if named else rest),
                heading=plain(named[1]) if named else "",
                section=f"{opened[1]}.",
            )
        words = plain(text)
        bullet = words.startswith("\u2022")
        return Paragraph(words.lstrip("\u2022 "), bullet=bullet)

    def quoted(self, words: str) -> None:
        """Text that the paragraph above sets out; it opens no clause of the order."""
        if not self.paragraphs:
            self.paragraphs.append(Paragraph(words))
            return
        above = self.paragraphs[-1]
        text = f"{above.text}\n{words}" if above.text else words
        self.paragraphs[-1] = Paragraph(text, above.bullet, above.heading, above.section)

    def check_number(self, header: str) -> None:
        """BadSource where the header numbers another order than the one asked for."""
        asked = re.fullmatch(r"EO (\d+)", self.instrument)
        printed_as = re.match(r"Executive Order (\d+)\b", header)
        if asked and printed_as and asked[1] != printed_as[1]:
            raise BadSource(f"{self.instrument}: the file holds Executive Order {printed_as[1]}.")


def _flat(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a document, out of whatever boxes they are in."""
    for child in element:
        if local(child) in {*_HEADER, *_CLOSING, *_BODY, "FTNT"} or not len(child):
            yield child
        else:
            yield from _flat(child)


def _after(text: str, length: int) -> str:
    """The text behind its first `length` plain characters, its marks kept."""
    seen = position = 0
    while position < len(text) and seen < length:
        seen += text[position] not in (ON, OFF)
        position += 1
    return text[position:].lstrip()
