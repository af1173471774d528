"""Paragraphs, tables and footnotes of a Word document, as a person reads it: no deleted, hidden or fetched text.

Where a note is called, `[^1]` stands in the text, `[^e1]` for an endnote, numbered as a page shows them.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from assistant.errors import BadSource, Refused
from assistant.readers import markup
from assistant.readers.lettered import Paragraph
from assistant.readers.plain_text import plain

MOST_MEMBERS = 3_000
MOST_UNPACKED = 200_000_000
MOST_TIMES = 200
SMALL_MEMBER = 1_000_000
DEEPEST_TABLE = 12

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
_UNREAD = frozenset(
    ("Fallback", "del", "delText", "instrText", "moveFrom", "pPr", "rPr", "txbxContent", "commentReference")
)
_NOTES = {"footnote": "", "endnote": "e"}
_CALLS = {f"{kind}Reference": kind for kind in _NOTES}
_MARK = re.compile(r"\[\^e?\d+\]")


@dataclass(slots=True)
class Document:
    """What a document says, its notes by the marks that call them, and what of it was left out."""

    title: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read_docx(data: bytes) -> Document:
    """The document in a .docx file; Refused where it is encrypted, bears macros or is made to swell."""
    with _opened(data) as package:
        members = _members(package)
        types = _member(package, members, "[Content_Types].xml")
        if _MACROS.search(etree.tostring(types, encoding="unicode")) or any("vbaProject" in name for name in members):
            raise Refused("The Word document bears macros.", next_step="Save it as .docx without macros.")
        main = [part.get("PartName", "").lstrip("/") for part in types if part.get("ContentType") == _MAIN]
        if len(main) != 1 or main[0] not in members:
            raise BadSource("The file is no Word document (.docx).", next_step="Save it as .docx from Word.")
        document = Document()
        body = _member(package, members, main[0]).find("{*}body")
        folder = main[0].rpartition("/")[0]
        notes = _Notes()
        for kind in _NOTES:
            if (name := f"{folder}/{kind}s.xml") in members:
                notes.read(kind, _member(package, members, name))
        hidden = _Reader(document.paragraphs, notes).read(body) if body is not None else False
        document.footnotes = notes.called()
        if "docProps/core.xml" in members:
            document.title = plain(_member(package, members, "docProps/core.xml").findtext("{*}title") or "")
        if hidden:
            document.warnings.append("Hidden text was left out.")
        if f"{folder}/comments.xml" in members:
            document.warnings.append("Comments were left out.")
        return document


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise BadSource("The Word document is damaged or cut short.", next_step="Save it again.") from None


def _members(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The package's members by name, after their numbers and sizes are found harmless."""
    found = package.infolist()
    if len(found) > MOST_MEMBERS:
        raise Refused(f"The Word document packs {len(found):,} members; at most {MOST_MEMBERS:,} are read.")
    if sum(member.file_size for member in found) > MOST_UNPACKED:
        raise Refused(f"The Word document unpacks to more than {MOST_UNPACKED:,} bytes.")
    for member in found:
        if (
            member.filename.startswith(("/", "\\"))
            or ".." in re.split(r"[/\\]", member.filename)
            or ":" in member.filename
        ):
            raise Refused("A member of the Word document has a name that points outside it.")
        if member.flag_bits & 1:
            raise Refused("The Word document is encrypted.", next_step="Save a copy without a password.")
        if member.file_size > SMALL_MEMBER and member.file_size > MOST_TIMES * max(member.compress_size, 1):
            raise Refused(f"A member of the Word document unpacks to more than {MOST_TIMES} times its size.")
    if len({member.filename for member in found}) < len(found):
        raise Refused("The Word document holds two members of one name.")
    return {member.filename: member for member in found}


def _member(package: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str) -> etree._Element:
    if name not in members:
        raise BadSource("The file is no Word document (.docx).", next_step="Save it as .docx from Word.")
    try:
        data = package.read(members[name])
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        raise BadSource("The Word document is damaged or cut short.", next_step="Save it again.") from None
    except Exception as error:  # zlib.error, and what other decompressors raise
        raise BadSource(f"The Word document cannot be unpacked ({type(error).__name__}).") from None
    return markup.parse(data, name=f"{name} in the Word document")


class _Notes:
    """Footnotes and endnotes, numbered in the order in which the text calls them."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        self._marks: dict[tuple[str, str], str] = {}

    def read(self, kind: str, root: etree._Element) -> None:
        """Take a part's notes, without the separators Word keeps among them."""
        for note in root:
            if any(str(key).endswith("}type") for key in note.attrib):
                continue
            paragraphs: list[Paragraph] = []
            _Reader(paragraphs).read(note)
            if text := plain(" ".join(paragraph.text for paragraph in paragraphs)):
                self._texts[kind, _id(note)] = text

    def mark(self, kind: str, reference: etree._Element) -> str:
        """What stands in the text where a note is called; nothing where there is no such note."""
        called = kind, _id(reference)
        if called not in self._texts:
            return ""
        if called not in self._marks:
            number = 1 + sum(other == kind for other, _ in self._marks)
            self._marks[called] = f"{_NOTES[kind]}{number}"
        return f"[^{self._marks[called]}]"

    def again(self, digits: str) -> str:
        """The mark of a note called once more by its raised number, as a cross-reference does; the digits otherwise."""
        return f"[^{digits}]" if digits in self._marks.values() else digits

    def called(self) -> dict[str, str]:
        """Every note by its mark, footnotes first; notes that nothing calls have the marks that follow."""
        found: dict[str, str] = {}
        for kind, letter in _NOTES.items():
            marked = [key for key in self._marks if key[0] == kind]
            for number, key in enumerate([*marked, *(k for k in self._texts if k[0] == kind and k not in marked)], 1):
                found[f"{letter}{number}"] = self._texts[key]
        return found


class _Reader:
    """Walks a body; text boxes follow the paragraph they hang from."""

    def __init__(self, paragraphs: list[Paragraph], notes: _Notes | None = None) -> None:
        self.paragraphs = paragraphs
        self.notes = notes or _Notes()
        self.hidden = False

    def read(self, body: etree._Element) -> bool:
        """Take every paragraph and table; returns whether hidden text was left out."""
        for element in _content(body):
            if markup.local(element) == "tbl":
                rows = tuple(row for row in self._rows(element, 1) if any(row))
                if rows:
                    self.paragraphs.append(Paragraph("", rows=rows))
            else:
                self._paragraph(element)
        return self.hidden

    def _paragraph(self, element: etree._Element) -> None:
        style = element.find("{*}pPr/{*}pStyle")
        name = "" if style is None else next((v for k, v in style.attrib.items() if str(k).endswith("val")), "")
        for line in self.words(element).split("\n"):
            if text := plain(line):
                heading = _MARK.sub("", text).rstrip(".:") if str(name).lower().startswith(("heading", "title")) else ""
                bullet = not heading and element.find("{*}pPr/{*}numPr") is not None
                self.paragraphs.append(Paragraph(text, bullet=bullet, heading=heading))
        for box in element.iter("{*}txbxContent"):
            if not any(markup.local(above) in {"Fallback", "txbxContent"} for above in box.iterancestors()):
                self.read(box)

    def words(self, element: etree._Element) -> str:
        """A paragraph's words; a line break parts them."""
        found: list[str] = []
        for child in element:
            name = markup.local(child)
            if name in _UNREAD:
                continue
            if name == "r" and _is_hidden(child):
                self.hidden = self.hidden or bool(plain("".join(map(str, child.itertext()))))
            elif name in _CALLS:
                found.append(self.notes.mark(_CALLS[name], child))
            elif name == "r" and _is_raised(child):
                found.append(self.notes.again(self.words(child)))
            elif name == "t":
                found.append(str(child.text or ""))
            elif name in {"br", "cr"}:
                found.append("\n")
            elif name in {"tab", "ptab"}:
                found.append(" ")
            elif name == "noBreakHyphen":
                found.append("-")
            else:
                found.append(self.words(child))
        return "".join(found)

    def _rows(self, table: etree._Element, depth: int) -> Iterator[tuple[str, ...]]:
        if depth > DEEPEST_TABLE:
            raise Refused(f"The Word document's tables are nested more than {DEEPEST_TABLE} deep.")
        for row in table.iterchildren("{*}tr"):
            yield tuple(self._cell(cell, depth) for cell in _content(row, "tc"))

    def _cell(self, cell: etree._Element, depth: int) -> str:
        parts: list[str] = []
        for element in _content(cell):
            if markup.local(element) == "tbl":
                parts += [" ".join(row) for row in self._rows(element, depth + 1)]
            else:
                parts.append(self.words(element))
        return plain(" ".join(parts))


def _content(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Paragraphs and tables, or elements of the given names, also inside content controls and insertions."""
    for child in parent:
        name = markup.local(child)
        if name in (names or ("p", "tbl")):
            yield child
        elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            yield from _content(child, *names)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and not any(str(value) in {"0", "false", "off"} for value in mark.attrib.values())


def _is_raised(run: etree._Element) -> bool:
    place = run.find("{*}rPr/{*}vertAlign")
    return place is not None and "superscript" in map(str, place.attrib.values())


def _id(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")
