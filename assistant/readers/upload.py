"""A person's own document as a reading: .docx, .html, .md, .txt or .pdf, never more than its label says it is.

Numbered sections keep their numbers (`upload memo.docx sec. 2(a)`); in any other document the paragraphs and tables
are counted in order (`upload memo.docx, para. 3`), and a table's rows within it.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from assistant.errors import BadSource, Refused
from assistant.readers import Kind, Reading, tagged_pdf
from assistant.readers.article_html import read_html
from assistant.readers.clauses import Clause, printed
from assistant.readers.lettered import Paragraph, Section, table
from assistant.readers.markdown import read_markdown
from assistant.readers.order import is_title, split_section
from assistant.readers.plain_text import decoded, plain
from assistant.readers.sequence import leading
from assistant.readers.word_docx import read_docx

MOST_BYTES = 50_000_000
MOST_TEXT_BYTES = 5_000_000
MOST_PARAGRAPHS = 20_000
MOST_LINES = 250_000
LONGEST_NAME = 80

_KINDS = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".md": "md",
    ".markdown": "md",
    ".pdf": "pdf",
    ".txt": "txt",
}
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!DOCTYPE html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"^(\d{1,2})\.\s+(\S.*)$")
_NUMBERED_HEADING = re.compile(r"^(.{2,100}?)[.:]\s+(\S.*)$")
_BULLET = re.compile(r"^[-*•‣▪◦]\s+")
_SENTENCE_END = (".", ":", ";", "?", "!", "”", '"')


def name_of(filename: str) -> str:
    """The instrument id of an uploaded file: `upload`, and its name in characters no citation uses."""
    name = re.sub(r"[^0-9A-Za-z._-]+", "-", PurePath(filename.replace("\\", "/")).name).strip("-.")
    return f"upload {name[-LONGEST_NAME:].lstrip('-.') or 'document'}"


def read(data: bytes, *, instrument: str, filename: str) -> Reading:
    """Read an uploaded file, which must be what its name says."""
    kind = _kind(data, filename)
    warnings: list[str] = []
    footnotes: dict[str, str] = {}
    title = ""
    if kind == "docx":
        document = read_docx(data)
        title, paragraphs = document.title, document.paragraphs
        footnotes, warnings = document.footnotes, document.warnings
    elif kind == "pdf":
        paragraphs = list(_pdf(data, warnings))
    else:
        text = re.sub(r"\n{3,}", "\n\n", _text(data))
        if (lines := text.count("\n")) > MOST_LINES:
            raise Refused(
                f"The file has {lines:,} lines; at most {MOST_LINES:,} are read.", next_step="Add it in parts."
            )
        if kind == "html":
            title, found = read_html(text)
            paragraphs = _tables(found)
        elif kind == "md":
            title, found = read_markdown(text)
            paragraphs = _tables(found)
        else:
            paragraphs = list(_lines(text.split("\n")))
    if not paragraphs:
        raise BadSource("The document holds no text.", next_step="If it is a scan, recognize its text first.")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise Refused(f"The document has {len(paragraphs):,} paragraphs; at most {MOST_PARAGRAPHS:,} are read.")
    clauses = [*_clauses(instrument, paragraphs), *_footnotes(instrument, footnotes)]
    return printed(instrument, title or PurePath(filename).name, clauses, warnings=tuple(warnings))


def _kind(data: bytes, filename: str) -> str:
    """What the file is, by its name, once its bytes agree."""
    suffix = PurePath(filename).suffix.lower()
    if len(data) > MOST_BYTES:
        raise Refused(f"The file has {len(data):,} bytes; at most {MOST_BYTES:,} are read.")
    if suffix in {".docm", ".dotm"}:
        raise Refused("The file may bear macros.", next_step="Save it as .docx without macros.")
    if suffix not in _KINDS:
        raise Refused(
            f"Files named {suffix or 'without an ending'} are not read.", next_step="Save it as .docx or .pdf."
        )
    kind = _KINDS[suffix]
    if data.startswith(_OLE):
        raise Refused(
            "The file is an old or an encrypted Office file.", next_step="Save it as .docx, without a password."
        )
    said = "docx" if data.startswith(_ZIP) else "pdf" if _PDF in data[:1024] else "html" if _HTML.match(data) else ""
    if kind in {"docx", "pdf"} and said != kind:
        raise Refused(f"The file is named {suffix} but is {'no such file' if not said else f'{said} inside'}.")
    if kind in {"md", "txt"} and said in {"docx", "pdf"}:
        raise Refused(f"The file is named {suffix} but is {said} inside.", next_step=f"Name it .{said}.")
    if kind == "html" and said in {"docx", "pdf"}:
        raise Refused(f"The file is named {suffix} but is {said} inside.", next_step=f"Name it .{said}.")
    return kind


def _text(data: bytes) -> str:
    """Text in UTF-8, or in UTF-16 where its byte order mark says so."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} and len(data) <= MOST_TEXT_BYTES:
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            raise BadSource("The file's UTF-16 text is damaged.", next_step="Save it as UTF-8 text.") from None
    return decoded(data, most=MOST_TEXT_BYTES)


def _pdf(data: bytes, warnings: list[str]) -> Iterator[Paragraph]:
    blocks = tagged_pdf.read_blocks(data)
    if not blocks:
        warnings.append("The PDF has no tags: paragraphs are told by their lines, and tables are lines of text.")
        yield from _lines(line for page in tagged_pdf.read_pages(data) for line in page.split("\n"))
    for block in blocks:
        if block.kind == "Table":
            if block.rows:
                yield Paragraph("", rows=block.rows)
        elif block.text:
            yield Paragraph(block.text, bullet=block.kind == "LI")


def _lines(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Lines as paragraphs: blank lines, bullets, designators and short last lines part them."""
    held: list[str] = []
    widest = 0
    for raw in lines:
        if not raw.strip():
            if held:
                yield Paragraph(" ".join(held))
                held = []
            continue
        line = plain(raw)
        short = bool(held) and held[-1].endswith(_SENTENCE_END) and len(held[-1]) < 0.8 * widest
        starts = bool(_BULLET.match(line) or leading(line)[0] or split_section(line) or _NUMBERED.match(line))
        if held and (short or starts):
            yield Paragraph(" ".join(held))
            held = []
        held.append(line)
        widest = max(widest, len(line))
    if held:
        yield Paragraph(" ".join(held))


def _tables(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Rows that stand together, their cells a tab apart, as one table."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if "\t" not in paragraph.text:
            found.append(paragraph)
            continue
        row = tuple(paragraph.text.split("\t"))
        if found and found[-1].rows:
            found[-1] = Paragraph("", rows=(*found[-1].rows, row))
        else:
            found.append(Paragraph("", rows=(row,)))
    return found


def _clauses(instrument: str, paragraphs: list[Paragraph]) -> list[Clause]:
    openings = list(_openings(paragraphs))
    if len(openings) < 2:
        return _counted(instrument, paragraphs)
    sections = [Section(f"{instrument}, preamble", paragraphs=paragraphs[: openings[0][0]])]
    ends = [place for place, *_ in openings[1:]] + [len(paragraphs)]
    for (place, number, label, heading, rest), end in zip(openings, ends, strict=True):
        inside = [Paragraph(rest)] if rest else []
        inside += paragraphs[place + 1 : end]
        sections.append(Section(f"{instrument} sec. {number}", label, heading, paragraphs=inside))
    return [clause for section in sections if (clause := section.clause()) is not None]


def _openings(paragraphs: list[Paragraph]) -> Iterator[tuple[int, str, str, str, str]]:
    """Where numbered sections open, in sequence from 1: place, number, label, heading, rest."""
    wanted = 1
    for place, paragraph in enumerate(paragraphs):
        opened = split_section(paragraph.text) or _numbered(paragraph)
        if opened and int(opened[0]) == wanted:
            wanted += 1
            yield (place, *opened)


def _numbered(paragraph: Paragraph) -> tuple[str, str, str, str] | None:
    """`2. Facts` or `2. Facts. The kite fell.` as a section's opening."""
    match = _NUMBERED.match(paragraph.text)
    if not match:
        return None
    number, words = match[1], match[2]
    if (paragraph.heading or is_title(words)) and len(words) <= 120:
        return number, paragraph.text, words.rstrip(".:"), ""
    headed = _NUMBERED_HEADING.match(words)
    if headed and is_title(headed[1]):
        label = paragraph.text[: len(paragraph.text) - len(headed[2])].rstrip()
        return number, label, headed[1], headed[2]
    return None


def _counted(instrument: str, paragraphs: list[Paragraph]) -> list[Clause]:
    """Every paragraph, bullet and table in order."""
    clauses: list[Clause] = []
    for count, paragraph in enumerate(paragraphs, 1):
        clause = table(paragraph) if paragraph.rows else Clause(heading=paragraph.heading, own=paragraph.text)
        clause.id = f"{instrument}, para. {count}"
        for row, child in enumerate(clause.children, 1):
            child.id = f"{clause.id}, row {row}"
        clauses.append(clause)
    return clauses


def _footnotes(instrument: str, footnotes: dict[str, str]) -> Iterator[Clause]:
    for number, (mark, text) in enumerate(footnotes.items(), 1):
        yield Clause(f"{instrument}, footnote {number}", Kind.FOOTNOTE, label=f"[^{mark}]:", own=text)
