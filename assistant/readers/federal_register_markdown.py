"""Presidential documents as mirrored from the Federal Register in Markdown.

The mirror breaks a paragraph after every sentence and sometimes loses words of a heading, so unnumbered
sentences are joined to the clause before them and a warning goes with the text.
"""

import re

from assistant.errors import BadSource
from assistant.readers import Reading
from assistant.readers.clauses import Clause, printed
from assistant.readers.lettered import Loose, Paragraph
from assistant.readers.markdown import unmarked
from assistant.readers.order import is_closing, is_title, read_body, split_section
from assistant.readers.plain_text import decoded, plain
from assistant.readers.sequence import leading

FORMATS = ("federal-register-markdown",)

MOST_BYTES = 2_000_000

_WARNING = (
    "A mirror's Markdown of the Federal Register: paragraph breaks are the mirror's, and headings may lack words."
)
_SECTION_LINE = re.compile(r"^#{2,4} (Section \d+\.) *(.*)$")
_TITLE_LINE = re.compile(r"^# (?:Executive Order \d+ *[:—-] *)?(.+)$")
_DOCUMENT_LINE = re.compile(r"^## (?:Executive Order|Proclamation|Memorandum|Document)\b.*$", re.MULTILINE)


def read(data: bytes, *, instrument: str) -> Reading:
    """Read a mirrored presidential document."""
    text = decoded(data, most=MOST_BYTES)
    summary, body = _split(text)
    title = next((plain(m[1]) for line in summary.split("\n") if (m := _TITLE_LINE.match(line))), "")
    address, authority, order = body.partition("### Authority")
    paragraphs = _paragraphs(order if authority else address)
    if not any(split_section(paragraph.section or paragraph.text) for paragraph in paragraphs):
        raise BadSource(f"No section begins in this document of {instrument}.", next_step="Check that it is an order.")
    header = [Clause(own=unmarked(line)) for line in address.split("\n") if plain(line) and not line.startswith("#")]
    clauses = [*(header if authority else []), *read_body(instrument, paragraphs, loose=Loose.SENTENCE)]
    return printed(instrument, title, clauses, warnings=(_WARNING,))


def _split(text: str) -> tuple[str, str]:
    """The mirror's own summary, and the document below it."""
    match = _DOCUMENT_LINE.search(text)
    return (text[: match.start()], text[match.end() :]) if match else ("", text)


def _paragraphs(body: str) -> list[Paragraph]:
    """Paragraphs of the document; a line that starts with a designator starts one."""
    found: list[Paragraph] = []
    section, blank = "", True
    for raw in body.split("\n"):
        line = unmarked(raw)
        if match := _SECTION_LINE.match(raw):
            section, blank = match[1], True
            if match[2]:
                found.append(Paragraph(unmarked(match[2]), section=section))
                section = ""
        elif not line or raw.startswith("#"):
            blank = True
        elif section:
            section, blank = _opening(section, line, found), True
        elif found and not blank and not _starts(line):
            joint = "" if line[0] in ".,;:)" else " "
            found[-1] = Paragraph(f"{found[-1].text}{joint}{line}".strip(), section=found[-1].section)
        else:
            found.append(Paragraph(line))
            blank = False
    return found


def _opening(section: str, line: str, found: list[Paragraph]) -> str:
    """Take the line below a section's number: its heading as a rule, or its text; returns what stays open."""
    if re.search(r"\bU\.?S\.$", line):
        return f"{section} {line}"
    number, _, begun = section.partition(". ")
    heading = plain(f"{begun} {line}").rstrip(".")
    if is_title(heading) and len(heading) < 160:
        found.append(Paragraph("", heading=heading, section=f"{number.rstrip('.')}."))
    else:
        found.append(Paragraph(line, section=section))
    return ""


def _starts(line: str) -> bool:
    return bool(leading(line)[0]) or split_section(line) is not None or is_closing(line)
