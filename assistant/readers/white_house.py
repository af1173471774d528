"""White House and archived White House pages: Markdown made from the article, or the article's HTML."""

import re
from html.parser import HTMLParser

from assistant.errors import BadSource, Refused
from assistant.readers import Reading
from assistant.readers.clauses import Clause, plain, printed
from assistant.readers.lettered import Paragraph
from assistant.readers.order import read_body, split_section

MOST_BYTES = 4_000_000

_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_TITLE = re.compile(r"^title: *(.*(?:\n +.*)*)", re.MULTILINE)
_BULLET = re.compile(r"^( *)[-*•] +")
_ALIGNED = re.compile(r"\s{12,}[^\s(]")
_FURNITURE = re.compile(r"^(?:#+|\\?#{3}|<!-- -->|Download|eo-\d+)$")
_TAG = re.compile(r"</?[A-Za-z][^>]*>", re.DOTALL)
_FILE_LINK = re.compile(r"<a\s[^>]*wp-block-file[^>]*>.*?</a>", re.DOTALL)
_HEADING = re.compile(r"^# +(.+)$")
_BOLD_LEAD = re.compile(r"^\*\*(.+?)[:.]\s*\*\*")


def read(data: bytes, *, instrument: str) -> Reading:
    """Read a White House page, Markdown or HTML."""
    text = decoded(data, MOST_BYTES)
    if re.match(r"\s*(?:<!DOCTYPE|<html|<article|<body|<div|<main|<section)", text, re.IGNORECASE):
        title, paragraphs = read_html(text)
    else:
        title, paragraphs = read_markdown(text)
    if not paragraphs:
        raise BadSource(f"The page of {instrument} holds no text.")
    if any(split_section(paragraph.text) for paragraph in paragraphs):
        return printed(instrument, title, read_body(instrument, paragraphs))
    return printed(instrument, title, _page(instrument, paragraphs))


def decoded(data: bytes, most: int) -> str:
    """The text of a file in UTF-8, without a byte order mark; Refused or BadSource otherwise."""
    if len(data) > most:
        raise Refused(f"The file has {len(data):,} bytes; at most {most:,} are read.")
    if b"\0" in data:
        raise BadSource("The file holds NUL bytes, so it is no text in UTF-8.", next_step="Save it as UTF-8 text.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise BadSource(
            f"The file is not in UTF-8: byte {error.start:,} cannot be read.", next_step="Save it as UTF-8 text."
        ) from None


def read_markdown(text: str) -> tuple[str, list[Paragraph]]:
    """A page's title and paragraphs, from Markdown with wrapped lines, hard breaks, escapes and spans."""
    title = ""
    if front := _FRONT_MATTER.match(text):
        title = _front_title(front[1])
        text = text[front.end() :]
    text = _FILE_LINK.sub("", text)
    paragraphs: list[Paragraph] = []
    for block in _blocks(text):
        paragraph = _paragraph(block)
        if heading := _HEADING.match(paragraph.text):
            title = title or heading[1]
            continue
        if paragraph.text and not _FURNITURE.match(paragraph.text):
            paragraphs.append(paragraph)
    return title, paragraphs


def unmarked(text: str) -> str:
    """Text without Markdown emphasis, escapes and HTML tags; entities stay as printed."""
    text = _TAG.sub("", text)
    text = re.sub(r"(?<!\\)\*+", "", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return plain(text)


def _front_title(front: str) -> str:
    match = _TITLE.search(front)
    if not match:
        return ""
    raw = match[1].strip()
    if raw.startswith('"'):
        raw = re.sub(r"\\\n\s*", "", raw)
        raw = (
            re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), raw.strip('"'))
            .replace("\\_", " ")
            .replace("\\ ", " ")
        )
        raw = raw.replace('\\"', '"')
    elif raw.startswith("'"):
        raw = raw.strip("'").replace("''", "'")
    return plain(raw.replace("\u2060", ""))


def _blocks(text: str) -> list[str]:
    """Paragraphs and bullets: blank lines and hard breaks (two spaces at a line's end) part them."""
    blocks: list[list[str]] = [[]]
    broken = False
    for line in text.split("\n"):
        if not plain(line) or line.strip() == "<!-- -->":
            blocks.append([])
            broken = False
            continue
        if _BULLET.match(line) or (broken and not _ALIGNED.match(line)):
            blocks.append([])
        blocks[-1].append(line)
        broken = line.endswith("  ")
    return ["\n".join(block) for block in blocks if block]


def _paragraph(block: str) -> Paragraph:
    bullet = _BULLET.match(block)
    body = block[bullet.end() :] if bullet else block
    lead = _BOLD_LEAD.match(body.strip())
    heading = unmarked(lead[1]) if lead and not bullet else ""
    return Paragraph(unmarked(body), bullet=bool(bullet), heading=heading)


def _page(instrument: str, paragraphs: list[Paragraph]) -> list[Clause]:
    """A page without sections: its paragraphs and its bullets, each counted in order of print."""
    counts = {"para.": 0, "bullet": 0}
    clauses: list[Clause] = []
    for paragraph in paragraphs:
        noun = "bullet" if paragraph.bullet else "para."
        counts[noun] += 1
        clauses.append(Clause(f"{instrument}, {noun} {counts[noun]}", heading=paragraph.heading, own=paragraph.text))
    return clauses


class _Article(HTMLParser):
    """Paragraphs and list items of an article; scripts, styles and navigation are skipped."""

    _PARTS = frozenset(
        {"p", "li", "h1", "h2", "h3", "h4", "div", "section", "article", "ul", "ol", "br", "tr", "main", "body"}
    )
    _SKIPPED = frozenset({"script", "style", "nav", "header", "footer", "noscript", "form", "title", "head", "aside"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.title = ""
        self._text: list[str] = []
        self._bold: list[str] = []
        self._skipped = 0
        self._in_title = False
        self._items = 0
        self._strong = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIPPED:
            self._skipped += 1
            self._in_title = self._in_title or tag == "title"
        elif tag in self._PARTS:
            self._close()
            self._items += tag == "li"
        elif tag in {"b", "strong"}:
            self._strong += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SKIPPED:
            self._skipped = max(0, self._skipped - 1)
            self._in_title = self._in_title and tag != "title"
        elif tag in self._PARTS:
            self._close()
            self._items = max(0, self._items - (tag == "li"))
        elif tag in {"b", "strong"}:
            self._strong = max(0, self._strong - 1)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._skipped:
            if self._strong and not plain("".join(self._text)[len("".join(self._bold)) :]):
                self._bold.append(data)
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        text = plain("".join(self._text))
        bold = plain("".join(self._bold)).rstrip(":. ")
        self._text, self._bold = [], []
        if text and not _FURNITURE.match(text):
            heading = bold if bold and bold != text.rstrip(":. ") and not self._items else ""
            self.paragraphs.append(Paragraph(text, bullet=self._items > 0, heading=heading))


def read_html(text: str) -> tuple[str, list[Paragraph]]:
    """A page's title and the paragraphs of its article."""
    match = re.search(r"<article\b.*?</article>", text, re.DOTALL | re.IGNORECASE)
    title = re.search(r"<h1\b[^>]*>(.*?)</h1>", text, re.DOTALL | re.IGNORECASE)
    article = _Article()
    article.feed(match[0] if match else text)
    article.close()
    heading = plain(_TAG.sub("", title[1])) if title else ""
    paragraphs = [paragraph for paragraph in article.paragraphs if paragraph.text != heading]
    return heading or plain(article.title), paragraphs
