"""Read the U.S. Code as the Office of the Law Revision Counsel publishes it, in USLM 1.0 XML.

A reading's text is the law first, then what the publisher prints around it: footnotes, the source credit, the notes.
Those stand outside the spans of the clauses they belong to, so that the text of a clause is law alone.
"""

import re
from collections.abc import Iterable

from lxml import etree

from assistant.errors import BadSource
from assistant.readers import Amendment, Kind, Passage, Reading, amendments
from assistant.readers.markup import Page, Repeats, ascii_id, local, parse, row_name, table_rows, words_of

FORMATS = ("uslm-section",)

_NAMESPACE = "http://xml.house.gov/schemas/uslm/1.0"
_LEVELS = {"section", "subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "level"}
_INLINE = {
    "ref",
    "date",
    "inline",
    "i",
    "b",
    "u",
    "em",
    "strong",
    "sub",
    "sup",
    "span",
    "term",
    "shortTitle",
    "proviso",
}
_TABLES = {"table", "layout"}
_JOINED = {"content", "chapeau", "p", "text"}
_FORMER = re.compile(r"\W*(repealed|omitted|transferred|renumbered|vacant|reserved)\s*(?:[.,;\]]|$)", re.IGNORECASE)
_CREDITED = re.compile(
    r"\(?\s*(?:Added\s+)?Pub\.\s*L\.\s*(\d+)[-\u2013](\d+)\b[^;\u00a7]*\u00a7\s*(\d+)([A-Z]*)(?![-\u2013]?\w)"
)
# Acts known by a name, by public law: the sections that bear it, first and last.
_ACTS = {
    "90-629": ("AECA", 1, 9999),
    "87-195": ("FAA", 1, 9999),
    "96-8": ("TRA", 1, 9999),
    "115-232": ("ECRA", 1741, 1793),
    "95-223": ("IEEPA", 201, 299),
}
_WITHIN_LAW = {"d": "div.", "t": "title", "st": "subtitle", "ch": "ch.", "pt": "pt."}
_SEGMENT = "[0-9A-Za-z\u2010-\u2015-]+"
# Stands where a footnote is called; no XML text can hold it.
_CALL = "\x00"


def read(data: bytes, *, instrument: str) -> Reading:
    """One section file; BadSource where it holds another section than the one asked for."""
    root = _root(data, instrument)
    if local(root) != "section":
        raise BadSource(
            f"{instrument}: the file holds <{local(root)}>, not a section.", next_step="Read it as a title."
        )
    held = _ids_of_section(root.get("identifier", ""))
    if instrument not in held:
        raise BadSource(f"{instrument}: the file holds {' and '.join(held) or 'no section of the U.S. Code'}.")
    return _Section(root, instrument).read()


def read_title(data: bytes) -> list[Reading]:
    """Every section of a whole title in printed order; a line printed for several sections is read once for each."""
    readings = []
    for section in _root(data, "a title of the U.S. Code").iter(f"{{{_NAMESPACE}}}section"):
        if not any(local(above) in {"note", "notes", "quotedContent"} for above in section.iterancestors()):
            readings += [_Section(section, id).read() for id in _ids_of_section(section.get("identifier", ""))]
    return readings


def id_of(identifier: str) -> str:
    """The id of a USLM reference, `/us/usc/t22/s2776/b/1` or `/us/pl/119/60/dA/s1085`; empty for any other."""
    parts = identifier.strip("/").split("/")
    if parts[:2] == ["us", "usc"] and len(parts) > 3:
        title, section = re.fullmatch(r"t(\d+)", parts[2]), re.fullmatch(rf"s({_SEGMENT})", parts[3])
        if title and section and all(re.fullmatch(_SEGMENT, part) for part in parts[4:]):
            tail = " note" if parts[4:] == ["note"] else "".join(f"({part})" for part in parts[4:])
            return ascii_id(f"{title[1]} USC {section[1]}{tail}")
    if parts[:2] == ["us", "pl"] and len(parts) > 3 and parts[2].isdigit() and parts[3].isdigit():
        return f"Pub. L. {parts[2]}-{parts[3]}{_section_of_law(parts[4:])}"
    return ""


def _section_of_law(segments: list[str]) -> str:
    """` sec. 1085(b)(1)`; a section enacted inside another follows it in brackets, `[title XIII, sec. 1302(b)]`."""
    found = ""
    within: list[str] = []
    for segment in segments:
        part = re.fullmatch(r"(d|t|st|ch|pt)([0-9A-Z]+)", segment)
        if re.match(r"s\d", segment):
            named = ", ".join([*within, f"sec. {segment[1:]}"])
            found, within = f"{found} [{named}" if found else f" sec. {segment[1:]}", []
        elif part:
            within.append(f"{_WITHIN_LAW[part[1]]} {part[2]}")
        elif found and re.fullmatch(_SEGMENT, segment):
            found += f"({segment})"
    return ascii_id(found + "]" * found.count("["))


def _root(data: bytes, name: str) -> etree._Element:
    root = parse(data, name=name)
    if etree.QName(root).namespace != _NAMESPACE:
        raise BadSource(f"{name}: not USLM 1.0; its root is {root.tag}.")
    return root


def _ids_of_section(identifier: str) -> list[str]:
    """A section's id; several where one line stands for many, `s1651...1653` for the first and the last of them."""
    match = re.fullmatch(r"/us/usc/t(\d+)/s([^/]+)", identifier)
    return [ascii_id(f"{match[1]} USC {number}") for number in re.split(r"\.\.\.|,", match[2])] if match else []


def _act(credit: str) -> str:
    """The section's number in the act it is known by, if the credit begins with that act."""
    if not (match := _CREDITED.match(credit)):
        return ""
    name, first, last = _ACTS.get(f"{match[1]}-{match[2]}", ("", 1, 0))
    return f"{name} sec. {match[3]}{match[4]}" if first <= int(match[3]) <= last else ""


def _references(elements: Iterable[etree._Element]) -> list[str]:
    return [id_of(ref.get("href", "")) for element in elements for ref in element.iter("{*}ref")]


def _once(ids: Iterable[str], besides: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for id in ids if id and id != besides))


class _Section:
    """A section on its way to becoming a reading."""

    def __init__(self, root: etree._Element, instrument: str) -> None:
        self.root = root
        self.instrument = instrument
        self.page = Page()
        self.repeats = Repeats()
        self.passages: list[Passage] = []
        self.amendments: list[Amendment] = []
        self.warnings: list[str] = []
        self.credit = ""
        self.apart: list[etree._Element] = []
        self.footnotes: list[tuple[str, etree._Element]] = []
        self.calls = {num.text for num in root.iterfind(".//{*}note[@type='footnote']/{*}num")}

    def read(self) -> Reading:
        """The whole section: the law, then its footnotes, its credit and its notes."""
        self.clause(self.root, self.root.get("identifier", ""), self.instrument, None)
        self.print_footnotes()
        for element in sorted(self.apart, key=lambda e: local(e) != "sourceCredit"):
            if local(element) == "sourceCredit":
                self.print_credit(element)
            for note in element.iterfind("{*}note") if local(element) == "notes" else (element,):
                if local(note) == "note":
                    self.print_note(note)
        self.print_footnotes()
        title, status = self.passages[0].heading, self.root.get("status", "")
        if status and status not in title.lower():
            title = f"{title} ({status})".strip()
        return Reading(
            self.instrument, title, self.page.text(), tuple(self.passages), tuple(self.amendments), _act(self.credit),
            tuple(self.warnings),
        )  # fmt: skip

    def clause(self, element: etree._Element, identifier: str, printed: str, parent: str | None) -> None:
        """A clause: designator and heading, its own words, then the clauses below it and what follows them."""
        id, start, slot = self.repeats.name(printed), self.page.open_line(), len(self.passages)
        self.passages.append(Passage(id, parent, Kind.PROVISION, "", start, start, start, start))
        titles = element.findall("{*}heading")
        heading = " ".join(self.lines(titles, id))
        self.page.put(" ".join(self.lines(element.iterfind("{*}num"), id)))
        self.page.put(heading)
        # Titles enacted as law run the text on after "Heading.-"; the others print the heading on its own line.
        joint = " " if not heading else "" if heading.endswith("\u2014") else "\n"
        own_start = own_end = self.page.length
        refers_to, below, first_words = _references(titles), False, heading
        for child in element:
            name = local(child)
            if name in {"num", "heading"}:
                continue
            if name in {"sourceCredit", "notes"} or (name == "note" and child.get("type") != "footnote"):
                self.apart.append(child)
            elif name in _LEVELS and (lower := _identifier(child, identifier)):
                below = True
                # Below the second printing of (i) stands (i)[2](1).
                self.clause(child, lower, id + id_of(lower).removeprefix(id_of(identifier)), id)
            elif below or name == "continuation":
                below = True
                self.print_flush(child, id)
            else:
                begun, ended = self.print(child, id, joint)
                if own_start == own_end:
                    own_start = begun
                own_end, joint = ended, "\n"
                refers_to += _references([child])
                first_words = first_words or words_of(child)[:80]
        self.passages[slot] = Passage(
            id, parent, Kind.PROVISION, heading.removesuffix("\u2014").removesuffix(".").rstrip(),
            start, self.page.length, own_start, own_end, _once(refers_to, id),
        )  # fmt: skip
        if any(words and words.strip() for words in (element.text, *(child.tail for child in element))):
            self.warnings.append(f"{id}: words that stand between its parts are not read.")
        self.warn_of_former(element, id, first_words)

    def print(self, element: etree._Element, owner: str, joint: str) -> tuple[int, int]:
        """Print an element's words, the first after `joint`, and say where they begin and end."""
        begun: int | None = None
        for piece in self.pieces(element, owner):
            first = self.page.put(piece, joint) if isinstance(piece, str) else self.print_table(piece, owner)
            begun, joint = first if begun is None else begun, "\n"
        return (self.page.length if begun is None else begun), self.page.length

    def print_flush(self, element: etree._Element, owner: str) -> None:
        """Text that resumes after the clauses below its owner."""
        slot = len(self.passages)
        start, end = self.page.open_line(), self.print(element, owner, "\n")[1]
        if start < end:
            id = self.repeats.name(f"{owner}, flush")
            refers_to = _once(_references([element]), id)
            self.passages.insert(slot, Passage(id, owner, Kind.FLUSH, "", start, end, start, end, refers_to))

    def print_table(self, table: etree._Element, owner: str) -> int:
        """A table a line a row, its cells a tab apart; each row but a heading is a passage named by its first cell."""
        start, slot = self.page.open_line(), len(self.passages)
        id = self.repeats.name(f"{owner}, table")
        rows: list[Passage] = []
        for number, (is_heading, cells) in enumerate(table_rows(table), 1):
            begun = self.page.open_line()
            printed = [" ".join(self.lines([cell], owner)) for cell in cells]
            for cell in printed:
                self.page.put(cell, "\t")
            if not is_heading and self.page.length > begun:
                name = self.repeats.name(f"{owner}, row {row_name(printed[0]) or number}")
                refers_to = _once(_references(cells), name)
                end = self.page.length
                rows.append(Passage(name, id, Kind.ROW, printed[0], begun, end, begun, end, refers_to))
        end = self.page.length
        self.passages[slot:slot] = [Passage(id, owner, Kind.TABLE, "", start, end, start, end), *rows]
        return start

    def print_footnotes(self) -> None:
        """The footnotes called so far, each under the clause that calls it."""
        for owner, note in self.footnotes:
            number = (note.findtext("{*}num") or "").strip()
            start = self.page.open_line()
            self.page.put(number)
            own_start, end = self.print(note, owner, " ")
            id = self.repeats.name(f"{owner}, footnote {ascii_id(number)}")
            refers_to = _once(_references([note]), id)
            self.passages.append(Passage(id, owner, Kind.FOOTNOTE, "", start, end, own_start, end, refers_to))
        self.footnotes = []

    def print_credit(self, element: etree._Element) -> None:
        """The source credit, which names and dates the laws that made the section."""
        self.page.open_line()
        start, end = self.print(element, self.instrument, "\n")
        self.credit = words_of(element)
        id = self.repeats.name(f"{self.instrument}, source credit")
        refers_to = _once(_references([element]), id)
        self.passages.append(Passage(id, self.instrument, Kind.CREDIT, "", start, end, start, end, refers_to))

    def print_note(self, note: etree._Element) -> None:
        """A note under its heading; the Amendments note is read as well as printed."""
        start = self.page.open_line()
        heading = " ".join(self.lines(note.iterfind("{*}heading"), self.instrument))
        self.page.put(heading)
        if note.get("role") == "crossHeading":
            return
        amends = note.get("topic") == "amendments"
        id = self.repeats.name(f"{self.instrument}, amendments" if amends else f"{self.instrument} note")
        slot, own_start = len(self.passages), self.page.length
        paragraphs = [self.print(child, id, "\n") for child in note if local(child) != "heading"]
        own_start = paragraphs[0][0] if paragraphs else own_start
        kind = Kind.AMENDMENTS if amends else Kind.NOTE
        end, refers_to = self.page.length, _once(_references([note]), id)
        self.passages.insert(slot, Passage(id, self.instrument, kind, heading, start, end, own_start, end, refers_to))
        if amends:
            text, dated = self.page.text(), amendments.days(self.credit)
            spans = [(begun, text[begun:ended]) for begun, ended in paragraphs]
            self.amendments += amendments.read(spans, instrument=self.instrument, dated=dated)

    def lines(self, elements: Iterable[etree._Element], owner: str) -> list[str]:
        """The printed lines of elements, with any table read as plain text."""
        return [p for e in elements for p in self.pieces(e, owner, tables=False) if isinstance(p, str)]

    def pieces(self, element: etree._Element, owner: str, *, tables: bool = True) -> list[str | etree._Element]:
        """An element's words line by line, its tables between them; footnotes are noted for later and left out."""
        pieces: list[str | etree._Element] = []
        line: list[str] = []

        def close() -> None:
            words = re.sub(rf"\s*{_CALL}+(?:\s*(?=[,.;:)\u201d])|(?=\s|$))", "", "".join(line)).replace(_CALL, "")
            if words := re.sub(r"[ \t\r\n]+", " ", words).strip(" "):
                pieces.append(words)
            line.clear()

        def walk(part: etree._Element) -> None:
            line.append(part.text or "")
            for child in part:
                take(child)
                line.append(child.tail or "")

        def take(child: etree._Element) -> None:
            name = local(child)
            if name == "note" and child.get("type") == "footnote":
                self.footnotes.append((owner, child))
                line.append(_CALL)
            elif child.get("class") == "footnoteRef" or (name == "sup" and child.text in self.calls):
                line.append(_CALL)
            elif name in _TABLES and tables:
                close()
                pieces.append(child)
            elif name in _INLINE:
                walk(child)
            elif name in {"num", "heading"}:
                walk(child)
                line.append("" if line[-1].endswith("\u2014") else " ")
            else:
                # What follows a designator or heading stays on its line.
                before = child.getprevious()
                if name not in _JOINED or before is None or local(before) not in {"num", "heading"}:
                    close()
                walk(child)
                close()

        if element.get("type") == "footnote":
            line.append(element.text or "")
            for child in element:
                if local(child) != "num":
                    take(child)
                line.append(child.tail or "")
        elif local(element) in _TABLES and tables:
            return [element]
        else:
            walk(element)
        close()
        return pieces

    def warn_of_former(self, element: etree._Element, id: str, first_words: str) -> None:
        """Say which clauses are printed as no longer law."""
        status = element.get("status", "").lower()
        if not status and (match := _FORMER.match(first_words)):
            status = match[1].lower()
        if status:
            self.warnings.append(f"{id} is {status}.")


def _identifier(element: etree._Element, above: str) -> str:
    """A clause's identifier; made from the one above and its designator where the publisher gives none."""
    identifier, num = element.get("identifier", ""), element.find("{*}num")
    if not identifier and num is not None and num.get("value"):
        identifier = f"{above}/{num.get('value')}"
    return identifier if identifier.startswith(f"{above}/") and id_of(identifier) else ""
