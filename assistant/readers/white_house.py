"""White House and archived White House pages: Markdown made from the article, or the article's HTML."""

import re

from assistant.errors import BadSource
from assistant.readers import Reading
from assistant.readers.article_html import read_html
from assistant.readers.clauses import Clause, printed
from assistant.readers.lettered import Paragraph
from assistant.readers.markdown import read_markdown
from assistant.readers.order import read_body, split_section
from assistant.readers.plain_text import decoded

FORMATS = ("whitehouse-markdown", "whitehouse-html")

MOST_BYTES = 1_000_000

_HTML = re.compile(r"\s*<(?:!DOCTYPE html|html|head|body|main|article|section|div|h1|p)\b", re.IGNORECASE)
_FURNITURE = re.compile(r"^(?:#+|Download|[a-z]+-\d+(?: ?Download)?)$", re.IGNORECASE)
_FILE_LINK = re.compile(r"<a\s[^<>]{0,600}wp-block-file[^<>]{0,600}>.{0,600}?</a>", re.DOTALL)


def read(data: bytes, *, instrument: str) -> Reading:
    """Read an order or a memorandum by its sections, and any other page by its paragraphs and bullets."""
    text = decoded(data, most=MOST_BYTES)
    title, found = read_html(text) if _HTML.match(text) else read_markdown(_FILE_LINK.sub("", text))
    paragraphs = [paragraph for paragraph in found if not _FURNITURE.match(paragraph.text)]
    if not paragraphs:
        raise BadSource(f"The page of {instrument} holds no text.", next_step="Fetch it again.")
    sections = any(split_section(paragraph.text) for paragraph in paragraphs)
    clauses = read_body(instrument, paragraphs) if sections else _page(instrument, paragraphs)
    return printed(instrument, title, clauses)


def _page(instrument: str, paragraphs: list[Paragraph]) -> list[Clause]:
    """A page without sections: its paragraphs and its bullets, each counted in order of print."""
    counts = {"para.": 0, "bullet": 0}
    clauses: list[Clause] = []
    for paragraph in paragraphs:
        noun = "bullet" if paragraph.bullet else "para."
        counts[noun] += 1
        clauses.append(Clause(f"{instrument}, {noun} {counts[noun]}", heading=paragraph.heading, own=paragraph.text))
    return clauses
