"""Read a part of the Code of Federal Regulations from the XML of the eCFR's versioner service.

This reader has not met real bytes yet: it is built on descriptions of the format and tested on invented regulations.
A section's paragraphs are printed flat, so their depth is told from their designators in sequence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from assistant.errors import BadSource
from assistant.readers import Kind, Reading
from assistant.readers.clauses import Clause, printed
from assistant.readers.designators import styles
from assistant.readers.gpo import INLINE, OFF, ON, calls, footnote, lines, marked, plain
from assistant.readers.markup import ascii_id, local, parse, row_name, table_rows
from assistant.readers.sequence import Level, place, tail

FORMATS = ("ecfr-xml",)

# What is printed apart from the law: the kind it is, and what its id ends with.
_APART = {
    "AUTH": (Kind.CREDIT, "authority"),
    "SECAUTH": (Kind.CREDIT, "authority"),
    "SOURCE": (Kind.CREDIT, "source credit"),
    "CITA": (Kind.CREDIT, "source credit"),
    "APPRO": (Kind.CREDIT, "approval"),
    "EDNOTE": (Kind.NOTE, "editorial note"),
    "EFFDNOT": (Kind.NOTE, "effective date note"),
    "EFFDNOTP": (Kind.NOTE, "effective date note"),
    "CROSSREF": (Kind.NOTE, "cross reference"),
}
_QUOTED = {"EXTRACT", "EXAMPLE"}
_FIRST = {"a", "1", "i", "A", "I"}
_DESIGNATOR = re.compile(rf"{ON}?\({ON}?([A-Za-z]{{1,6}}|\d{{1,3}}){OFF}?\){OFF}?\s*")
_RANGE = re.compile(rf"(?:-|–|—|through|to|and)\s*{ON}?\({ON}?(\w{{1,6}}){OFF}?\){OFF}?\s*(?=\[Reserved\])")
_HEADING = re.compile(rf"{ON}([^{ON}{OFF}]+){OFF}\s*([.:]?)\s*(—?)\s*")
_CATEGORY = re.compile(r"Category ([IVXL]+)\b")
_SUPPLEMENT = re.compile(r"\b(supp|app)(?:lement|endix)?\.?\s+(?:No\.?\s*)?(\w+)(?=\s+to\b|\s*[—–-]|$)", re.IGNORECASE)
_NOTED = re.compile(r"note(?:\s+(\d+))?(?:\s+to\s+paragraphs?\s+((?:\(\w+\))+))?", re.IGNORECASE)
_NUMBERED = re.compile(
    r"§+\s*\S+\s+|(?:Supplement|Appendix)\b.*?\bto (?:Sub)?part \S+?\s*(?:[—–-]\s*|$)", re.IGNORECASE
)


def read(data: bytes, *, instrument: str) -> Reading:
    """One part, `22 CFR part 126`; BadSource where the file holds another."""
    root = parse(data, name=instrument)
    wanted = re.fullmatch(r"(\d+) CFR part (\S+)", instrument)
    if wanted is None:
        raise BadSource(f"{instrument} is not a part of the Code of Federal Regulations.")
    part = next((e for e in root.iter("DIV5") if e.get("N") == wanted[2] and _title_of(e) in ("", wanted[1])), None)
    if part is None:
        raise BadSource(f"{instrument}: the file does not hold it; its root is <{local(root)}>.")
    warnings: list[str] = []
    label = plain(marked(part.find("HEAD")))
    title = re.sub(r"^PART\s+\S+?\s*[—–-]\s*", "", label)
    whole = Clause(
        instrument, label=label, heading=title, children=list(_divisions(part, instrument, instrument, warnings))
    )
    reading = printed(instrument, title, [whole], warnings=tuple(warnings))
    ids = {passage.id for passage in reading.passages}
    passages = []
    for passage in reading.passages:
        # Credits, footnotes and notes are printed after the clause that they belong to.
        owner = passage.id.rpartition(", ")[0]
        apart = passage.kind in {Kind.CREDIT, Kind.NOTE, Kind.FOOTNOTE} and owner in ids
        passages.append(replace(passage, parent=owner) if apart else passage)
    return replace(reading, passages=tuple(passages))


def _title_of(part: etree._Element) -> str:
    """The title's number in a NODE such as `22:1.0.1.13.63`; empty where there is none."""
    return str(part.get("NODE", "")).partition(":")[0]


def _divisions(element: etree._Element, instrument: str, owner: str, warnings: list[str]) -> Iterator[Clause]:
    """What stands in a part, a subpart or a group of sections."""
    for child in element:
        name, number = local(child), ascii_id(child.get("N", "")).strip()
        if name == "DIV8":
            yield from _Body(f"{instrument.partition(' ')[0]} CFR {number}", child, warnings).read()
        elif name == "DIV9":
            yield from _Body(f"{instrument} {_supplement(child)}", child, warnings).read()
        elif name in {"DIV6", "DIV7"}:
            label = plain(marked(child.find("HEAD")))
            id = f"{instrument} subpart {number}" if name == "DIV6" else ""
            yield Clause(
                id, label=label, heading=label, children=list(_divisions(child, instrument, id or owner, warnings))
            )
        elif name in _APART:
            yield _apart(child, owner)
        elif name != "HEAD" and (words := plain(marked(child))):
            yield Clause(own=words)


def _supplement(element: etree._Element) -> str:
    """`supp. 2` or `app. A`, from the number or the heading of a supplement or appendix."""
    for words in (element.get("N", ""), plain(marked(element.find("HEAD")))):
        if match := _SUPPLEMENT.search(words):
            return f"{match[1].lower()}. {ascii_id(match[2])}"
    return "app."


def _apart(element: etree._Element, owner: str) -> Clause:
    kind, name = _APART[local(element)]
    return Clause(f"{owner}, {name}", kind, own="\n".join(lines(element)))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A designator that opens a paragraph: what it is, how it is printed with its heading, where its range ends."""

    token: str
    italic: bool
    label: str
    heading: str = ""
    last: str = ""


class _Body:
    """A section or a supplement, read element by element."""

    def __init__(self, id: str, root: etree._Element, warnings: list[str]) -> None:
        label = plain(marked(root.find("HEAD")))
        heading = _NUMBERED.sub("", label, count=1).removesuffix(".")
        self.whole = Clause(id, label=f"{label}\n", heading=heading)
        self.warnings = warnings
        self.apart: list[Clause] = []
        # Clauses whose heading is a line of its own.
        self.headed: list[Clause] = []
        self.calls = calls(root)
        self.items = [element for element in _flat(root) if local(element) != "HEAD"]
        self.under(self.whole, id)
        if re.search(r"\[reserved\]", label, re.IGNORECASE):
            warnings.append(f"{id} is reserved.")

    def under(self, top: Clause, prefix: str) -> None:
        """Begin a run of paragraphs under a clause, their ids beginning with `prefix`."""
        self.top, self.prefix = top, prefix
        self.headed.append(top)
        self.open: list[Clause] = []
        self.stack: tuple[Level, ...] = ()
        self.upright = 0

    def read(self) -> list[Clause]:
        """The section, then what is printed apart from it."""
        texts = [marked(element, self.calls) if _ismarked(element) else "" for element in self.items]
        marks = [_opening(text)[0] for text in texts]
        for position, (element, text) in enumerate(zip(self.items, texts, strict=True)):
            name = local(element)
            if name in _APART:
                self.apart.append(_apart(element, self.whole.id))
            elif name == "FTNT":
                self.footnote(element)
            elif name == "NOTE":
                self.note(element)
            elif _is_table(element):
                self.table(element)
            elif name in _QUOTED:
                for line in lines(element, self.calls):
                    self.go_on(line)
            elif name.startswith("HD"):
                self.head(plain(text))
            elif name.lower() in {"img", "math"}:
                self.warnings.append(f"{self.owner()}: an image stands here, which is not read.")
            elif not self.letter(text, [mark for later in marks[position + 1 :] for mark in later]):
                self.go_on(plain(text), flush=name.startswith("FP"))
        for clause in self.headed:
            clause.label = clause.label if clause.own else clause.label.rstrip()
        return [self.whole, *self.apart]

    def here(self) -> Clause:
        """The clause being read."""
        return self.open[-1] if self.open else self.top

    def owner(self) -> str:
        """The id of the clause being read; of the section under a heading that has none."""
        return self.here().id or self.prefix

    def letter(self, text: str, later: list[_Mark]) -> bool:
        """Take a paragraph by its designators; False where it has none that fit."""
        marks, rest = _opening(text)
        for index, mark in enumerate(marks):
            stack = self.place(mark, [*marks[index + 1 :], *later], opens=index > 0)
            if stack is None and mark.token in _FIRST:
                self.warnings.append(f"{self.owner()}: after it paragraphs begin again at ({mark.token}).")
                self.under(self.top, self.prefix)
                stack = (Level(mark.token, 1),)
            if stack is None:
                self.warnings.append(f"{self.owner()}: paragraph ({mark.token}) after it fits no sequence.")
                return False
            del self.open[len(stack) - 1 :]
            clause = Clause(f"{self.prefix}{tail(stack)}", label=mark.label, heading=mark.heading)
            self.here().children.append(clause)
            self.open.append(clause)
            self.upright = min(self.upright, len(stack) - 1) if mark.italic else len(stack)
            end = styles(mark.last).get(stack[-1].style, stack[-1].place)
            self.stack = (*stack[:-1], Level(stack[-1].style, end))
        if marks:
            self.open[-1].own = plain(rest)
        return bool(marks)

    def place(self, mark: _Mark, later: list[_Mark], *, opens: bool) -> tuple[Level, ...] | None:
        """The stack with a designator; upright ones continue the upright levels, italic ones stand below those."""
        if self.stack and not mark.italic and mark.token == self.stack[0].style:
            return None
        ahead = [after.token for after in later if after.italic is mark.italic]
        before = self.stack if mark.italic else self.stack[: self.upright]
        found = place(before, mark.token, ahead, opens=opens or self.here().own.endswith((":", "—")))
        return None if found and mark.italic and len(found) <= self.upright else found

    def go_on(self, words: str, *, flush: bool = False) -> None:
        """Take a paragraph without designator: more of the clause being read, or flush where it has closed."""
        if not words:
            return
        if flush and len(self.open) > 1:
            self.open.pop()
        clause = self.here()
        if not clause.children:
            clause.own = f"{clause.own}\n{words}" if clause.own else words
        elif clause.children[-1].kind is Kind.FLUSH:
            clause.children[-1].own += f"\n{words}"
        else:
            clause.children.append(Clause(f"{self.owner()}, flush", Kind.FLUSH, own=words))

    def head(self, words: str) -> None:
        """A heading inside a section; a category of a list has an id of its own, and its paragraphs begin again."""
        if category := _CATEGORY.match(words):
            id = f"{self.whole.id}, category {category[1]}"
            self.under(Clause(id, label=f"{words}\n", heading=words), id)
        else:
            self.top, self.open = Clause(label=f"{words}\n", heading=words), []
            self.headed.append(self.top)
        self.whole.children.append(self.top)

    def table(self, element: etree._Element) -> None:
        """A table a line a row, its cells a tab apart; each row but a heading is named by its first cell."""
        table = Clause(f"{self.owner()}, table", Kind.TABLE)
        for number, (is_heading, cells) in enumerate(table_rows(element), 1):
            words = [plain(marked(cell, self.calls)) for cell in cells]
            line = "\t".join(words)
            if not line.strip():
                continue
            if is_heading and not table.children:
                table.heading = table.heading or line if len(words) == 1 else table.heading
                table.own = f"{table.own}\n{line}" if table.own else line
            else:
                id = "" if is_heading else f"{self.owner()}, row {row_name(words[0]) or number}"
                table.children.append(Clause(id, Kind.ROW, heading=words[0], own=line))
        self.here().children.append(table)

    def note(self, element: etree._Element) -> None:
        """A note that is part of the regulation; it says itself which paragraph it is to."""
        label = plain(marked(element.find("HED")))
        noted = _NOTED.match(label)
        number, path = noted.groups() if noted else (None, None)
        owner = f"{self.prefix}{path or ''}"
        words = "\n".join(line for line in lines(element, self.calls) if line != label)
        clause = next((c for c in self.open if c.id == owner), self.top)
        clause.children.append(Clause(f"{owner}, note {number or 1}", Kind.NOTE, label, label.rstrip(":"), words))

    def footnote(self, element: etree._Element) -> None:
        """A footnote, under the clause that it is printed after."""
        number, words = footnote(element)
        id = f"{self.owner()}, footnote {ascii_id(number)}"
        self.apart.append(Clause(id, Kind.FOOTNOTE, label=number, own=words))


def _opening(text: str) -> tuple[list[_Mark], str]:
    """The designators that open a paragraph, each with its italic heading, and the rest of it."""
    marks: list[_Mark] = []
    rest = text.removeprefix("*").lstrip() if re.match(r"\*\s*\(", text) else text
    while match := _DESIGNATOR.match(rest):
        if marks and match[1] not in _FIRST:
            break
        printed_as, italic, last = match[0], ON in match[0], ""
        rest = rest[match.end() :]
        if until := _RANGE.match(rest):
            printed_as, last, rest = f"{printed_as.rstrip()}{until[0]}", until[1], rest[until.end() :]
        heading = _HEADING.match(rest)
        named = ""
        if heading and (heading[2] or heading[3] or heading[1].rstrip().endswith((".", ":", "—"))):
            printed_as, named, rest = f"{printed_as}{heading[0]}", heading[1].strip(" .:—"), rest[heading.end() :]
        marks.append(_Mark(match[1], italic, plain(printed_as), named, last))
    return marks, rest


def _flat(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs, tables and notes of a section, out of whatever boxes they are in."""
    for child in element:
        boxed = _ismarked(child) and not (child.text or "").strip()
        if not boxed or all(local(part).lower() in INLINE for part in child):
            yield child
        else:
            yield from _flat(child)


def _is_table(element: etree._Element) -> bool:
    name = local(element).lower()
    return name in {"gpotable", "table"} or (name == "div" and str(element.get("class", "")).startswith("gpotbl"))


def _ismarked(element: etree._Element) -> bool:
    return local(element) not in {*_APART, *_QUOTED, "NOTE", "FTNT"} and not _is_table(element)
