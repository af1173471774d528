"""Paragraphs and bullets of Markdown as pages are kept in it: wrapped lines, hard breaks, escapes, spans of HTML."""

import re

from assistant.readers.lettered import Paragraph
from assistant.readers.plain_text import plain

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title: *(.*(?:\n +.*)*)", re.MULTILINE)
_BULLET = re.compile(r"^ *[-*•+] +")
_ALIGNED = re.compile(r"\s{12,}[^\s(]")
_HEADING = re.compile(r"^(#{1,6}) +(\S.*)$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_COMMENT = re.compile(r"^\s*<!--.{0,2000}?-->\s*$")
_EMPHASIS = re.compile(r"(?<!\\)\*+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD_LEAD = re.compile(r"^\*\*([^*]{1,300}?)[:.]\s*\*\*")


def read_markdown(text: str) -> tuple[str, list[Paragraph]]:
    """A page's title, from its front matter or first heading, and its paragraphs; a table's row is one paragraph."""
    title = ""
    if front := _FRONT_MATTER.match(text):
        title = _front_title(front[1])
        text = text[front.end() :]
    paragraphs: list[Paragraph] = []
    for block in _blocks(text):
        paragraph = _paragraph(block)
        heading = _HEADING.match(paragraph.text)
        if heading and heading[1] == "#" and not title:
            title = heading[2].rstrip("# ")
        elif heading:
            words = heading[2].rstrip("# ")
            paragraphs.append(Paragraph(words, heading=words))
        elif paragraph.text:
            paragraphs.append(paragraph)
    return title, paragraphs


def unmarked(text: str) -> str:
    """Text without emphasis, escapes and HTML tags."""
    return plain(_ESCAPE.sub(r"\1", _EMPHASIS.sub("", _TAG.sub("", text))))


def _front_title(front: str) -> str:
    match = _TITLE.search(front)
    raw = match[1].strip() if match else ""
    if raw.startswith('"'):
        raw = re.sub(r"\\\n\s*", "", raw.strip('"'))
        raw = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), raw)
        raw = raw.replace("\\_", " ").replace("\\ ", " ").replace('\\"', '"')
    elif raw.startswith("'"):
        raw = raw.strip("'").replace("''", "'")
    return plain(raw.replace("\u2060", ""))


def _blocks(text: str) -> list[str]:
    """Paragraphs and bullets: blank lines and hard breaks (two spaces at a line's end) part them.

    A hard break before a line set far to the right, as in a memorandum's list of addressees, parts nothing.
    """
    blocks: list[list[str]] = [[]]
    broken = False
    for line in text.split("\n"):
        if not plain(line) or _COMMENT.match(line):
            blocks.append([])
            broken = False
            continue
        alone = bool(_HEADING.match(line) or _ROW.match(line))
        if alone or _BULLET.match(line) or (broken and not _ALIGNED.match(line)):
            blocks.append([])
        blocks[-1].append(line)
        broken = line.endswith("  ")
        if alone:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]


def _paragraph(block: str) -> Paragraph:
    if row := _ROW.match(block):
        cells = [] if _RULE.match(row[1]) else re.split(r"(?<!\\)\|", row[1])
        return Paragraph("\t".join(unmarked(cell) for cell in cells))
    bullet = _BULLET.match(block)
    body = block[bullet.end() :] if bullet else block
    lead = _BOLD_LEAD.match(body.strip())
    return Paragraph(unmarked(body), bullet=bool(bullet), heading=unmarked(lead[1]) if lead and not bullet else "")
