"""Chapters of the Security Assistance Management Manual, printed as PDF, and the text of such a PDF.

A tagged PDF says where paragraphs, lists and tables begin; without tags the paragraph numbers' own sequence
tells a paragraph's start from a number mentioned at a line's start.
"""

import re
from collections.abc import Iterator

from assistant.errors import BadSource
from assistant.readers import Kind, Reading, tagged_pdf
from assistant.readers.clauses import Clause, printed
from assistant.readers.plain_text import decoded, plain
from assistant.readers.tagged_pdf import Block

FORMATS = ("pdf", "text-of-pdf")

MOST_TEXT_BYTES = 10_000_000

_PARAGRAPH = re.compile(r"^((?:C|AP)\d+(?:\.\d+)+)\.(?: -)?(?= |$) *")
_CHAPTER = re.compile(r"^((?:C|AP)\d+)\.? - (.+?)\.?$")
_CAPTION = re.compile(r"^(?:SAMM )?(Table|Figure) ((?:C|AP)\d+\.[TF]\d+[A-Z]?)\. ?(.*)$", re.IGNORECASE)
_LINK = re.compile(
    r"^(?:(?:PDF|Web|Excel|Word|Fillable)\b[\w ]{0,30}\b(?:Version|Form|Instructions|Format)\b.{0,30}|Click to view ?:?)$"
)
_PAGE_MARK = re.compile(r"^=+ ?\[PDF page \d+\] ?=+$")
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}[A-Za-z]?|[A-Z])\.?$")
_ROW_NOTE = re.compile(r"^(?:Notes?\b|NOTES?\b|Source\b|\*|\d ?:)")
_MENTIONS = re.compile(r"(?:\b(?:Sections?|Tables?|Figures?|Chapter|and|or|to|see|in|under|through)|,)$", re.IGNORECASE)
_REFERENCE = re.compile(r"^(?:Table|Figure|Sections?|Chapter|Appendix) (?:C|AP)?\d")
_MINOR = frozenset(
    ("a", "an", "and", "or", "of", "for", "to", "in", "on", "by", "with", "from", "the", "as", "at", "under", "than", "not", "nor", "but", "via", "into", "per", "is", "be")
)  # fmt: skip


def read(data: bytes, *, instrument: str) -> Reading:
    """Read a chapter from its PDF, or from the text of its PDF."""
    warnings: tuple[str, ...] = ()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        blocks = tagged_pdf.read_blocks(data)
        if not blocks:
            blocks = list(_untagged("\n".join(tagged_pdf.read_pages(data))))
            warnings = ("The PDF has no tags: tables are read as lines of text.",)
    else:
        blocks = list(_untagged(decoded(data, most=MOST_TEXT_BYTES)))
        warnings = ("Text taken from a PDF: tables are read as lines of text.",)
    chapter = _Chapter(instrument)
    for position, block in enumerate(blocks):
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        chapter.add(block, following)
    if not chapter.numbers:
        raise BadSource(f"No paragraph of {instrument} is numbered {instrument.removeprefix('SAMM ')}.n.")
    return printed(instrument, chapter.title, chapter.clauses, warnings=warnings)


class _Chapter:
    """The clauses read so far, and the chain of paragraphs that the next block may belong to."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.title = ""
        self.clauses: list[Clause] = []
        self.numbers: list[str] = []
        self.chain: list[tuple[str, Clause]] = []
        self.caption: Clause | None = None
        self.captions: dict[tuple[str, str], Clause] = {}

    def add(self, block: Block, following: Block | None) -> None:
        """Take the next block."""
        if block.kind == "Table":
            self._table(block)
            return
        text = block.text.replace("***", "").strip()
        if not text:
            return
        if _LINK.match(text):
            self.caption = None
            return
        if not self.title and (match := _CHAPTER.match(text)):
            self.title = match[2]
            self.clauses.append(Clause(own=text))
        elif block.kind == "P" and (match := _PARAGRAPH.match(text)) and self._is_of_chapter(match[1]):
            self._paragraph(match, text, block)
        elif (match := _CAPTION.match(text)) and _is_caption(match[3], following):
            self._captioned(match, text)
        else:
            self._more(text)

    def _is_of_chapter(self, number: str) -> bool:
        return number.split(".")[0] == self.instrument.removeprefix("SAMM ")

    def _paragraph(self, match: re.Match[str], text: str, block: Block) -> None:
        number = match[1]
        label, heading, own = _split_heading(match[0].strip(), text[match.end() :], block)
        clause = Clause(f"SAMM {number}", label=label, heading=heading, own=own)
        self.numbers.append(number)
        while self.chain and not number.startswith(f"{self.chain[-1][0]}."):
            self.chain.pop()
        (self.chain[-1][1].children if self.chain else self.clauses).append(clause)
        self.chain.append((number, clause))
        self.caption = None

    def _captioned(self, match: re.Match[str], text: str) -> None:
        what, number = match[1].capitalize(), match[2].upper()
        title = match[3].rstrip(".")
        # A caption printed again is a link to its table; another title under one number is another table.
        clause = self.captions.get((number, title))
        if clause is None:
            kind = Kind.TABLE if what == "Table" else Kind.PROVISION
            clause = self.captions[number, title] = Clause(f"SAMM {what} {number}", kind, text, title)
            self._place(clause)
        self.caption = clause

    def _place(self, clause: Clause) -> None:
        (self.chain[-1][1].children if self.chain else self.clauses).append(clause)

    def _table(self, block: Block) -> None:
        if not self.numbers and block.rows and block.rows[0][:1] == ("Section",):
            return
        owner = self.caption or (self.chain[-1][1] if self.chain else None)
        self.caption = None
        if owner is None:
            self.clauses += [Clause(own="\t".join(row)) for row in block.rows]
            return
        if owner.kind is Kind.TABLE:
            header = [row for row, headed in zip(block.rows, block.headed, strict=True) if headed]
            owner.own = "\n".join(_row(row, block) for row in header)
            owner.label = f"{owner.label}\n" if header else owner.label
        names = _row_names(block, sum(child.kind is Kind.ROW for child in owner.children))
        for row, headed, name in zip(block.rows, block.headed, names, strict=True):
            if not headed:
                owner.children.append(Clause(f"{owner.id}, row {name}", Kind.ROW, own="\t".join(row)))
            elif owner.kind is not Kind.TABLE:
                owner.children.append(Clause(own="\t".join(row)))

    def _more(self, text: str) -> None:
        """Unnumbered text: it goes on with the paragraph before, or resumes it after its tables."""
        figure = self.caption if self.caption and self.caption.kind is not Kind.TABLE else None
        if not self.chain and not figure:
            self.clauses.append(Clause(own=text))
            return
        clause = figure or self.chain[-1][1]
        if not figure:
            self.caption = None
        if not clause.children:
            clause.own = f"{clause.own}\n{text}" if clause.own else text
        elif clause.children[-1].kind is Kind.FLUSH:
            clause.children[-1].own += f"\n{text}"
        else:
            clause.children.append(Clause(f"{clause.id}, flush", Kind.FLUSH, own=text))


def _row_names(block: Block, before: int) -> list[str]:
    """What each row is called: its printed number or letter, `note` for a note below, else its place in order."""
    columns = max(map(len, block.rows), default=0)
    notes = [len(row) == 1 < columns and bool(_ROW_NOTE.match(row[0])) for row in block.rows]
    counted = [
        row for row, headed, note in zip(block.rows, block.headed, notes, strict=True) if not headed and not note
    ]
    printed_numbers = [row[0].rstrip(".") for row in counted if row and _ROW_NUMBER.match(row[0])]
    numbered = not before and len(printed_numbers) == len(counted) == len(set(printed_numbers))
    names: list[str] = []
    order = before
    for row, headed, note in zip(block.rows, block.headed, notes, strict=True):
        order += not headed and not note
        names.append("note" if note else row[0].rstrip(".") if numbered else str(order))
    return names


def _row(row: tuple[str, ...], block: Block) -> str:
    """A header row; where its empty corner was left out, every column keeps its place."""
    columns = max(map(len, block.rows))
    return "\t" + "\t".join(row) if len(row) == columns - 1 > 1 else "\t".join(row)


def _is_caption(title: str, following: Block | None) -> bool:
    if following is not None and following.kind == "Table":
        return len(title) < 500
    return not title or (title[0].isupper() and _is_heading(title))


def _split_heading(number: str, rest: str, block: Block) -> tuple[str, str, str]:
    """A paragraph's label, heading and own words; the heading is a run of its own where the PDF is tagged."""
    runs = [plain(run).replace("***", "") for run in block.runs]
    runs = [run for run in runs if run]
    if number.endswith("-"):
        return f"{number} {rest}", rest.rstrip("."), ""
    if len(runs) > 1 and runs[0].rstrip(".") == number.rstrip("."):
        candidate = runs[1]
        if candidate.endswith(".") and rest.startswith(candidate) and _is_heading(candidate):
            heading = candidate.removeprefix(number).strip().rstrip(".")
            return f"{number} {candidate}", heading, rest[len(candidate) :].strip()
        if len(rest) < 80 and (_is_heading(rest) or len(rest.split()) < 4):
            return f"{number} {rest}", rest.rstrip("."), ""
        return number, "", rest
    match = re.match(r"(.{2,180}?[^A-Z. ]{2})\.(?= |$)", rest)
    if match and _is_heading(match[1]):
        return f"{number} {match[0]}", match[1], rest[match.end() :].strip()
    return number, "", rest


def _is_heading(words: str) -> bool:
    """Whether words are a heading: short, and capitalized but for minor words."""
    if len(words) > 220 or _REFERENCE.match(words):
        return False
    found = re.findall(r"[A-Za-z][\w’'/-]*", re.sub(r"\([^)]*\)", "", words))
    major = [word for word in found if word.lower() not in _MINOR]
    return bool(major) and sum(word[0].isupper() for word in major) >= 0.8 * len(major)


def _untagged(text: str) -> Iterator[Block]:
    """Lines gathered into paragraphs, by the sequence of paragraph numbers."""
    last, alone = "", False
    lines: list[str] = []
    for raw in text.split("\n"):
        line = plain(raw)
        if not line or _PAGE_MARK.match(line):
            continue
        match = _PARAGRAPH.match(line)
        numbered = match is not None and _continues(match, last, line[match.end() :], lines)
        if match and numbered:
            last = match[1]
        stands_alone = bool(_heads_section(line) or _LINK.match(line) or (_is_caption_line(line) and _ends(lines)))
        if lines and (numbered or alone or stands_alone):
            yield Block("P", (" ".join(lines),))
            lines = []
        lines.append(line)
        alone = stands_alone
    if lines:
        yield Block("P", (" ".join(lines),))


def _heads_section(line: str) -> bool:
    """Whether a line is a chapter's or a section's title, which the index at the start prints without its dash."""
    match = _PARAGRAPH.match(line)
    return bool(_CHAPTER.match(line) or (match and match[0].rstrip().endswith("-")))


def _is_caption_line(line: str) -> bool:
    match = _CAPTION.match(line)
    return match is not None and match[3][:1].isupper() and _is_heading(match[3])


def _ends(lines: list[str]) -> bool:
    return not lines or lines[-1].endswith((".", ":", ";", ")", "*"))


def _continues(match: re.Match[str], last: str, rest: str, lines: list[str]) -> bool:
    """Whether a number at a line's start is the next paragraph's, not one mentioned in a sentence."""
    number, dashed = match[1], match[0].rstrip().endswith("-")
    if lines and _MENTIONS.search(lines[-1]):
        return False
    if number.count(".") == 1:
        return dashed and rest[:1].isupper() and (not last or _follows(number, last))
    if not rest:
        return True
    if number == last:
        return rest[:1].isupper() and _ends(lines)
    return _follows(number, last)


def _follows(number: str, last: str) -> bool:
    """Whether a number is the first below the last one, or comes at most three after it or one it stands under."""
    if number == f"{last}.1":
        return True
    parts, before = number.split("."), last.split(".")
    if len(parts) > len(before) or parts[:-1] != before[: len(parts) - 1]:
        return False
    return 1 <= int(parts[-1]) - int(before[len(parts) - 1]) <= 3
