"""The body of an executive order or memorandum, from its paragraphs however they were printed."""

import re

from assistant.readers.clauses import Clause
from assistant.readers.lettered import Loose, Paragraph, Section
from assistant.readers.plain_text import plain

_SECTION = re.compile(r"^(?:Section|Sec|SECTION|SEC)\.?\s*(\d{1,3})\s*\.\s*")
_HEADING = re.compile(r"^(.{2,160}?(?<!\b[A-Z]))\.(?=\s|$)")
_LEAD_IN = re.compile(r"(?<=:)\s+(?=\(a\)\s)")
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "on", "or", "over", "than", "the", "to", "under", "up", "upon", "with")
)  # fmt: skip
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_CLOSING = re.compile(
    r"^(?:[A-Z][A-Z .,'’-]+[A-Z]\.?"
    r"|(?:THE WHITE HOUSE|The White House),?.*"
    rf"|(?:Washington, )?(?:{_MONTHS}) \d{{1,2}}, \d{{4}}\.?"
    r"|(?:[A-Z][a-z]+ ){1,2}(?:[A-Z]\. )?[A-Z][a-z]+\."
    r"|\S+\.EPS|\[FR Doc.*|Filed .*|\*?Filed by .*|Billing code.*|-{3,})$"
)


def is_closing(text: str) -> bool:
    """Whether a paragraph belongs to the signature block."""
    return bool(_CLOSING.match(text))


def is_title(words: str) -> bool:
    """Whether words are capitalized as a heading is."""
    found = re.findall(r"[A-Za-z][\w'’-]*", words)
    return bool(found) and all(word[0].isupper() or word.lower() in _SMALL_WORDS for word in found)


def split_section(text: str) -> tuple[str, str, str, str] | None:
    """A section's opening paragraph as number, label, heading and the rest; None for any other paragraph."""
    match = _SECTION.match(text)
    if not match:
        return None
    rest = text[match.end() :]
    heading = _HEADING.match(rest)
    if heading and is_title(heading[1]):
        label = text[: match.end() + heading.end()]
        return match[1], plain(label), plain(heading[1]), rest[heading.end() :].strip()
    return match[1], plain(match[0]), "", rest.strip()


def read_body(instrument: str, paragraphs: list[Paragraph], *, loose: Loose = Loose.COUNTED) -> list[Clause]:
    """The clauses of an order: what stands above it, its preamble, its sections in sequence, its signature block."""
    header: list[Clause] = []
    sections = [Section(f"{instrument}, preamble", loose=loose)]
    closing: list[Clause] = []
    end = len(paragraphs)
    while end and is_closing(paragraphs[end - 1].text):
        end -= 1
    for position, paragraph in enumerate(paragraphs):
        opened = split_section(paragraph.section or paragraph.text)
        if opened and int(opened[0]) == len(sections):
            sections.append(_section(instrument, opened, paragraph, loose))
        elif len(sections) == 1 and _is_header(paragraph.text):
            header.append(Clause(own=paragraph.text))
        elif len(sections) > 1 and position >= end:
            closing.append(Clause(own=paragraph.text))
        else:
            sections[-1].paragraphs.append(paragraph)
    clauses = [clause for section in sections if (clause := section.clause()) is not None]
    return [*header, *clauses, *closing]


def _section(instrument: str, opened: tuple[str, str, str, str], paragraph: Paragraph, loose: Loose) -> Section:
    number, label, heading, rest = opened
    if paragraph.section:
        rest = paragraph.text
        if paragraph.heading:
            heading, label = paragraph.heading, f"{label} {paragraph.heading}."
    section = Section(f"{instrument} sec. {number}", label, heading, loose)
    # `For purposes of this order: (a) ...` in one paragraph is a lead-in and its first clause.
    section.paragraphs = [Paragraph(text) for text in _LEAD_IN.split(rest, maxsplit=1) if text]
    return section


def _is_header(text: str) -> bool:
    """Whether a paragraph above the order is its address or subject: set in capitals, or marked."""
    upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return text.startswith(("SUBJECT:", "Executive Order ", "Title 3")) or upper > lower
