"""The words of the Government Publishing Office's XML, which the eCFR and the Federal Register share."""

import re
from collections.abc import Collection

from lxml import etree

from assistant.readers.markup import local

# Stand for italics and for the call of a footnote until a paragraph is split; no XML text can hold them.
ON, OFF, CALL = "\x01", "\x02", "\x00"
INLINE = {"i", "e", "b", "em", "strong", "su", "sup", "sub", "xref", "a", "fr", "ac", "span", "br", "prtpage"}


def marked(element: etree._Element | None, calls: Collection[str] = ()) -> str:
    """An element's words on one line, italics marked, the calls of footnotes marked in place of their numbers."""
    return "" if element is None else " ".join(re.split(r"[ \t\r\n]+", _words(element, calls).strip()))


def plain(text: str) -> str:
    """Words without the marks."""
    words = re.sub(rf"\s*{CALL}+(?:\s*(?=[,.;:)”])|(?=\s|$))", "", text)
    return re.sub(rf"[{ON}{OFF}{CALL}]", "", words).strip()


def lines(element: etree._Element, calls: Collection[str] = ()) -> list[str]:
    """The words of an element, a line for each paragraph in it."""
    if all(local(part).lower() in INLINE for part in element):
        return [words] if (words := plain(marked(element, calls))) else []
    found = [element.text or ""]
    for part in element:
        found += [*lines(part, calls), part.tail or ""]
    return [words for line in found if (words := " ".join(line.split()))]


def calls(root: etree._Element) -> set[str]:
    """The numbers of the footnotes printed in an element."""
    return {plain(marked(call)) for note in root.iter("FTNT") for call in note.iter("SU", "SUP", "sup")}


def footnote(element: etree._Element) -> tuple[str, str]:
    """A footnote's number and its words."""
    number, _, rest = "\n".join(lines(element)).partition(" ")
    return number, rest


def _words(element: etree._Element, calls: Collection[str]) -> str:
    parts = [element.text or ""]
    for child in element:
        name, words, after = local(child).lower(), _words(child, calls), child.tail or ""
        if name == "prtpage":
            # A page ends between words, and the space between them is sometimes lost there.
            words = " " if parts[-1][-1:].isalnum() and after[:1].isalnum() else ""
        elif name in {"su", "sup"} and words.strip() in calls:
            words = CALL
        elif name in {"i", "em"} or (name == "e" and child.get("T") == "03"):
            words = f"{ON}{words}{OFF}"
        elif name not in INLINE:
            words = f" {words} "
        parts += [words, after]
    return "".join(parts)
