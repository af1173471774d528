"""Parse a publisher's XML as data: no document type, no entity, no network, bounded in size and depth."""

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from assistant.errors import BadSource, Refused

MOST_BYTES = 64 * 1024 * 1024
DEEPEST = 64

# Possessive, so that a hostile prolog costs one pass.
_PROLOG = re.compile(r"(?>\s+|<\?(?>.*?\?>)|<!--(?>.*?-->))*+", re.DOTALL)
_ENCODING = re.compile(r"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']+)["']""")
_NAMELESS = re.compile(r"[^0-9A-Za-z .'&/()-]+")


def parse(data: bytes, *, name: str) -> etree._Element:
    """The root element of a UTF-8 XML text; Refused where it is hostile, BadSource where it is broken."""
    if len(data) > MOST_BYTES:
        raise Refused(f"{name}: {len(data):,} bytes; the most taken is {MOST_BYTES:,}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSource(f"{name}: byte {error.start:,} is not UTF-8.", next_step="Fetch it again.") from None
    declared = _ENCODING.match(text)
    if declared and declared[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii"}:
        raise BadSource(f"{name}: it says it is {declared[1]}; only UTF-8 is read.")
    prolog = _PROLOG.match(text)
    if prolog and re.match(r"<!(?!--)", text[prolog.end() : prolog.end() + 4]):
        raise Refused(f"{name}: it declares a document type or entities, which no publisher read here does.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise Refused(f"{name}: its elements are nested too deeply to be law.") from None
        if "unknown error" in str(error):  # what the library says where it may not have the memory
            raise Refused(f"{name}: it takes more memory to read than it may.") from None
        raise BadSource(f"{name}: not well-formed XML ({error.msg}).", next_step="Fetch it again.") from None
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise Refused(f"{name}: its elements are nested more than {DEEPEST} deep.")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is not an element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words_of(element: etree._Element) -> str:
    """All the words in an element on one line, tags stripped."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def ascii_id(words: str) -> str:
    """A designator in the ASCII an id is spelled in."""
    plain = re.sub("[\u2010-\u2015\u2212]", "-", words)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def row_name(cell: str) -> str:
    """The name a table row is cited by: its first cell in ASCII, without the commas an id cannot hold."""
    return " ".join(_NAMELESS.sub(" ", ascii_id(cell)).split())


def table_rows(table: etree._Element) -> Iterator[tuple[bool, list[etree._Element]]]:
    """A table's rows in order, each with whether it is a heading; a caption or note is a heading of one cell."""
    for child in table:
        name = local(child).lower()
        if name in {"tr", "row", "header"}:
            cells = [cell for cell in child if local(cell)]
            yield name == "header" or all(local(cell).lower() == "th" for cell in cells), cells
        elif name == "boxhd":
            yield True, list(child)
        elif name in {"table", "thead", "tbody", "tfoot", "div"}:
            yield from table_rows(child)
        elif words_of(child):
            yield True, [child]


class Repeats:
    """Ids already printed; the second printing of one is `[2]`."""

    def __init__(self) -> None:
        self._printed: dict[str, int] = {}

    def name(self, id: str) -> str:
        """The id to give the next passage printed under this one."""
        count = self._printed[id] = self._printed.get(id, 0) + 1
        return id if count == 1 else f"{id}[{count}]"


class Page:
    """A reading's text as it is printed, line by line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._last = ""
        self.length = 0

    def open_line(self) -> int:
        """Begin a new line and say where it starts."""
        if self._last not in ("", "\n"):
            self._add("\n")
        return self.length

    def put(self, words: str, joint: str = " ") -> int:
        """Print words after a joint, which a new line needs none of; say where they start."""
        if words and self._last not in ("", "\n"):
            self._add(joint)
        start = self.length
        self._add(words)
        return start

    def text(self) -> str:
        """Everything printed."""
        return "".join(self._parts)

    def _add(self, words: str) -> None:
        if words:
            self._parts.append(words)
            self._last = words[-1]
            self.length += len(words)
