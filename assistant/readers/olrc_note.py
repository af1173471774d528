"""An executive order as the Office of the Law Revision Counsel prints it under a section of the U.S. Code."""

import re

from assistant.errors import BadSource
from assistant.readers import Reading
from assistant.readers.clauses import Clause, printed
from assistant.readers.lettered import Paragraph
from assistant.readers.order import read_body, split_section
from assistant.readers.plain_text import decoded, plain

FORMATS = ("olrc-note",)

MOST_BYTES = 2_000_000

_SOURCE = re.compile(r"\bprovided:$")
_BRACKETS = "Words in square brackets are the Office of the Law Revision Counsel's, not the order's."


def read(data: bytes, *, instrument: str) -> Reading:
    """Read one order printed as a note: a title, a line with its source, then the order."""
    lines = [plain(line) for line in decoded(data, most=MOST_BYTES).split("\n")]
    texts = [line for line in lines if line]
    title, heading = "", list[Clause]()
    if texts and not split_section(texts[0]):
        match = re.match(r"^Ex\. Ord\. No\. \d+\. *(.*)$", texts[0])
        title = match[1] if match else texts[0]
        heading.append(Clause(own=texts.pop(0)))
    if texts and _SOURCE.search(texts[0]):
        heading.append(Clause(own=texts.pop(0)))
    if not any(split_section(text) for text in texts):
        raise BadSource(f"No section begins in this note of {instrument}.", next_step="Check that it is an OLRC note.")
    warnings = (_BRACKETS,) if any("[" in text for text in texts) else ()
    body = read_body(instrument, [Paragraph(text) for text in texts])
    return printed(instrument, title, [*heading, *body], warnings=warnings)
