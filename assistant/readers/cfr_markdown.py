"""Parts of the Code of Federal Regulations from a Markdown conversion that lost italic words and every table.

What it says can be searched and its clauses are known to exist; it is never to be quoted.
"""

import re
from collections.abc import Iterator

from assistant.errors import BadSource
from assistant.readers import Kind, Reading
from assistant.readers.clauses import Clause, printed
from assistant.readers.lettered import Loose, Paragraph, Section
from assistant.readers.plain_text import decoded, plain
from assistant.readers.sequence import Level, leading, place

FORMATS = ("markdown-lossy",)

MOST_BYTES = 10_000_000

_WARNING = "A lossy conversion: italic headings and words, tables and extracts are missing. Never quote it."
_ACTS = {"15": "EAR", "22": "ITAR"}
_COMMENT = re.compile(r"\A\s*<!--.*?-->", re.DOTALL)
_TITLE = re.compile(r"^PART (\d+)(?:—| )\s*(.+)$")
_SECTION = re.compile(r"^§ (\d+\.\d+[a-z]?) +(.+)$")
_SECTIONS = re.compile(r"^§§ (\d+)\.(\d+)[-–](?:\d+\.)?(\d+) +(\[Reserved\].*)$")
_GROUP = re.compile(r"^(?:Subpart [A-Z]+(?:—| )|PARTS? \d)")
_DATUM = re.compile(r"^\*\*(Authority|Source):\*\* *(?:\1: *)?(.+)$")
_RANGE = re.compile(r"^\(([a-z]{1,2}|\d{1,3})\)[-–]\(([a-z]{1,2}|\d{1,3})\) *(.*)$")
_LOST_HEADING = re.compile(r"^((?:\([0-9A-Za-z]{1,5}\) *)+)—(?=\()")
_DEFINITIONS = re.compile(r"^Definitions?\b")
_WIDEST_RANGE = 60
_FEWEST_TERMS = 4


def read(data: bytes, *, instrument: str) -> Reading:
    """Read one part."""
    match = re.fullmatch(r"(\d+) CFR part (\d+)", instrument)
    if not match:
        raise BadSource(f"{instrument} is no part of the Code of Federal Regulations.")
    lines = [line for raw in _COMMENT.sub("", decoded(data, most=MOST_BYTES)).split("\n") if (line := plain(raw))]
    titles = [found for line in lines if (found := _TITLE.match(line))]
    if not titles or titles[0][1] != match[2]:
        raise BadSource(f"The file does not begin with part {match[2]}.")
    part = _Part(match[1], instrument)
    for line in lines:
        part.add(line)
    act = f"{_ACTS[match[1]]} part {match[2]}" if match[1] in _ACTS else ""
    return printed(instrument, titles[0][2], part.clauses(), act=act, warnings=(_WARNING,))


def unmarked(line: str) -> str:
    """A line without the underscores of emphasis, which this conversion also puts inside words."""
    return re.sub(r"_([^_]+)_", r"\1", line)


class _Part:
    """The sections read so far."""

    def __init__(self, title: str, instrument: str) -> None:
        self.title = title
        self.instrument = instrument
        self.done: list[Clause] = []
        self.section: Section | None = None

    def add(self, line: str) -> None:
        """Take the next line."""
        if line.startswith("#"):
            return
        if datum := _DATUM.match(line):
            name = datum[1].lower()
            self.done.append(Clause(f"{self.instrument}, {name}", Kind.CREDIT, f"{datum[1]}:", own=unmarked(datum[2])))
        elif found := _SECTION.match(line):
            self._open(found[1], found[2])
        elif found := _SECTIONS.match(line):
            self._reserved(found)
        elif line.startswith("> "):
            self._credit(line.removeprefix("> "))
        elif self.section is None or _GROUP.match(line):
            self._close()
            self.done.append(Clause(own=line))
        else:
            self.section.paragraphs += [Paragraph(text) for text in _lettered(unmarked(line))]

    def clauses(self) -> list[Clause]:
        """Everything read."""
        self._close()
        return self.done

    def _open(self, number: str, heading: str) -> None:
        self._close()
        words = unmarked(heading)
        self.section = Section(f"{self.title} CFR {number}", f"§ {number} {words}", words.rstrip("."), Loose.WITHIN)

    def _reserved(self, found: re.Match[str]) -> None:
        """Sections reserved together exist one by one."""
        self._close()
        part, first, last = found[1], int(found[2]), int(found[3])
        for number in range(first, min(last, first + _WIDEST_RANGE) + 1):
            name = f"{part}.{number}"
            self.done.append(Clause(f"{self.title} CFR {name}", label=f"§ {name} [Reserved]", heading="[Reserved]"))

    def _credit(self, words: str) -> None:
        section = self.section
        self._close()
        owner = section.id if section else self.instrument
        credit = Clause(f"{owner}, source credit", Kind.CREDIT, own=unmarked(words))
        (self.done[-1].children if section else self.done).append(credit)

    def _close(self) -> None:
        if self.section is not None:
            clause = _definitions(self.section) or self.section.clause()
            if clause is not None:
                self.done.append(clause)
        self.section = None


def _lettered(line: str) -> Iterator[str]:
    """A line's paragraphs: `(a)-(c) [Reserved]` is three, and a lost heading leaves no dash behind."""
    if found := _RANGE.match(line):
        start = place((), found[1], (), opens=True) or _level(found[1])
        for step in range(_WIDEST_RANGE):
            token = start[-1].after(step).token
            yield f"({token}) {found[3]}"
            if token == found[2]:
                return
        return
    yield _LOST_HEADING.sub(r"\1", line)


def _level(token: str) -> tuple[Level, ...]:
    return (Level("1", int(token)),) if token.isdigit() else (Level("a", ord(token[0]) - ord("a") + 1),)


def _definitions(section: Section) -> Clause | None:
    """A section of definitions without letters: each is a paragraph with its own list below; None for any other."""
    lettered = section.paragraphs[:1] and leading(section.paragraphs[0].text)[0][:1] == ("a",)
    if lettered or not _DEFINITIONS.match(section.heading):
        return None
    terms: list[Section] = []
    stack: tuple[Level, ...] = ()
    for paragraph in section.paragraphs:
        tokens, _ = leading(paragraph.text)
        placed = place(stack, tokens[0], (), opens=True) if tokens and terms else None
        if placed is None or not tokens:
            terms.append(Section(f"{section.id}, para. {len(terms) + 1}", loose=Loose.WITHIN))
            stack = ()
        else:
            stack = placed
        terms[-1].paragraphs.append(paragraph)
    if len(terms) < _FEWEST_TERMS:
        return None
    found = [clause for term in terms if (clause := term.clause()) is not None]
    return Clause(section.id, label=section.label, heading=section.heading, children=found)
