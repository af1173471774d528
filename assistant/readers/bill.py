"""Bills and resolutions in the XML of the House and Senate (`bill` and `resolution`)."""

import re
from collections.abc import Iterator

from lxml import etree

from assistant.errors import BadSource
from assistant.readers import Reading, markup
from assistant.readers.clauses import Clause, printed
from assistant.readers.plain_text import plain

FORMATS = ("bill-xml",)

_LEVELS = ("section", "subsection", "paragraph", "subparagraph", "clause", "subclause", "item")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+\w+\s+PUBLIC\s+\"[^\"<>\[]*\"\s+\"[^\"<>\[]*\"\s*>")


def read(data: bytes, *, instrument: str) -> Reading:
    """Read a bill; its public document type is dropped unread, and any other is refused."""
    root = markup.parse(_DOCTYPE.sub(b"", data, count=1), name=instrument)
    body = next(root.iter("legis-body", "resolution-body"), None)
    if root.tag not in ("bill", "resolution", "amendment-doc") or body is None:
        raise BadSource(f"{instrument}: the file is no bill; it begins with <{markup.local(root)}>.")
    clauses = list(_clauses(body, instrument))
    if not clauses:
        raise BadSource(f"{instrument}: the bill has no text.", next_step="Fetch it again.")
    title = next((_words(element) for element in root.iter("official-title")), "")
    return printed(instrument, title.rstrip("."), clauses)


def _clauses(parent: etree._Element, above: str) -> Iterator[Clause]:
    """The clauses of an element; a resolution's only section has no number, so its paragraphs hang from the bill."""
    for element in parent:
        number = _words(element.find("enum"))
        if markup.local(element) not in _LEVELS:
            yield from _clauses(element, above)
        elif not number:
            yield Clause(own=_words(element.find("text")))
            yield from _clauses(element, above)
        else:
            heading = _words(element.find("header"))
            clause = Clause(_id(markup.local(element), number, above), heading=heading)
            clause.label = " ".join(filter(None, (number, heading)))
            clause.own = _words(element.find("text"))
            clause.children = list(_clauses(element, clause.id))
            yield clause


def _id(level: str, number: str, above: str) -> str:
    bare = markup.ascii_id(number.strip("(). "))
    if level == "section":
        return f"{above} sec. {bare}"
    return f"{above}({bare})" if " sec. " in above or ", para. " in above else f"{above}, para. {bare}"


def _words(element: etree._Element | None) -> str:
    return "" if element is None else plain("".join(map(str, element.itertext())))
