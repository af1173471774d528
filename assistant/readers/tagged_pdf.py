"""The paragraphs, lists and tables of a tagged PDF, put together across its pages; the one door to pypdfium2."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdfium2 import raw

from assistant.errors import BadSource, Refused
from assistant.readers.plain_text import plain

MOST_BYTES = 50_000_000
MOST_PAGES = 2_000
MOST_CHARACTERS = 5_000_000
DEEPEST = 200

_BLOCKS = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption"})


@dataclass(slots=True)
class Element:
    """One element of the structure tree; `pieces` are its own runs of text, in order with its children."""

    kind: str
    pieces: dict[tuple[int, int], "str | Element"] = field(default_factory=dict)

    def runs(self) -> Iterator[str]:
        """Every run of text below, in order."""
        for piece in self.pieces.values():
            if isinstance(piece, str):
                yield piece
            else:
                yield from piece.runs()

    def elements(self) -> Iterator["Element"]:
        """The child elements, in order."""
        return (piece for piece in self.pieces.values() if isinstance(piece, Element))

    @property
    def text(self) -> str:
        """The words below, with single spaces."""
        return plain("".join(self.runs()))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a table; `runs` keep the paragraph's changes of style apart."""

    kind: str
    runs: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    headed: tuple[bool, ...] = ()

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return plain("".join(self.runs))


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; Refused where it is too large or encrypted, BadSource where it is damaged."""
    if len(data) > MOST_BYTES:
        raise Refused(f"The PDF has {len(data):,} bytes; at most {MOST_BYTES:,} are read.")
    if b"%PDF-" not in data[:1024]:
        raise BadSource("The file does not begin as a PDF.", next_step="Fetch it again.")
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("The PDF is encrypted.", next_step="Save a copy without a password.") from None
        raise BadSource("The PDF is damaged or cut short.", next_step="Fetch it again.") from None
    if pages > MOST_PAGES:
        document.close()
        raise Refused(f"The PDF has {pages:,} pages; at most {MOST_PAGES:,} are read.")
    if pages == 0:
        document.close()
        raise BadSource("The PDF has no pages.", next_step="Fetch it again.")
    return document


def read_pages(data: bytes) -> list[str]:
    """The text of each page, line by line as printed."""
    document = open_pdf(data)
    try:
        pages: list[str] = []
        for number in range(len(document)):
            pages.append(
                _page(document, number).get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\2", "-")
            )
            _check_length(sum(map(len, pages)))
        return pages
    finally:
        document.close()


def read_blocks(data: bytes) -> list[Block]:
    """The blocks of a tagged PDF in reading order; empty where it is not tagged."""
    document = open_pdf(data)
    try:
        root = Element("Root")
        length = 0
        for number in range(len(document)):
            page = _page(document, number)
            runs = _marked_runs(page)
            length += sum(map(len, runs.values()))
            _check_length(length)
            _merge(page, number, runs, root)
        return list(_blocks(root))
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    try:
        return document[number]
    except pypdfium2.PdfiumError:
        raise BadSource(f"Page {number + 1} of the PDF is damaged.", next_step="Fetch it again.") from None


def _check_length(length: int) -> None:
    if length > MOST_CHARACTERS:
        raise Refused(f"The PDF holds more than {MOST_CHARACTERS:,} characters.")


def _marked_runs(page: pypdfium2.PdfPage) -> dict[int, str]:
    """A page's text by marked-content id; a list's number stands unmarked before its item and goes with it."""
    text = page.get_textpage()
    runs: dict[int, list[str]] = {}
    mark, unmarked = -1, list[str]()
    for index in range(text.count_chars()):
        character = _character(raw.FPDFText_GetUnicode(text, index))
        if not raw.FPDFText_IsGenerated(text, index):
            thing = raw.FPDFText_GetTextObject(text, index)
            mark = raw.FPDFPageObj_GetMarkedContentID(thing) if thing else -1
        if mark < 0:
            unmarked.append(character)
            continue
        if unmarked:
            runs.setdefault(mark, []).extend(unmarked)
            unmarked = []
        runs.setdefault(mark, []).append(character)
    return {mark: "".join(characters) for mark, characters in runs.items()}


def _character(code: int) -> str:
    """A character; pdfium gives a hyphen at a line's end as U+0002."""
    return "-" if code == 2 else "" if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 else chr(code)


def _merge(page: pypdfium2.PdfPage, number: int, runs: dict[int, str], root: Element) -> None:
    """Add a page's structure tree to the whole; an element on two pages has one place in both trees."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            child = raw.FPDF_StructTree_GetChildAtIndex(tree, place)
            if child:
                _merge_element(child, _child(root, place, child), number, runs, 1)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _merge_element(found: Any, element: Element, number: int, runs: dict[int, str], depth: int) -> None:
    if depth > DEEPEST:
        raise Refused(f"The PDF's structure is nested more than {DEEPEST} deep.")
    for place in range(raw.FPDF_StructElement_CountChildren(found)):
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(found, place)
        if mark >= 0:
            run = runs.get(mark, "")
            if run.strip():
                element.pieces[place, number] = run if run[-1].isspace() or not _ends_page(runs, mark) else f"{run} "
            continue
        child = raw.FPDF_StructElement_GetChildAtIndex(found, place)
        if child:
            _merge_element(child, _child(element, place, child), number, runs, depth + 1)


def _ends_page(runs: dict[int, str], mark: int) -> bool:
    return next(reversed(runs)) == mark


def _child(parent: Element, place: int, found: Any) -> Element:
    child = parent.pieces.setdefault((place, -1), Element(_type(raw.FPDF_StructElement_GetType, found)))
    assert isinstance(child, Element)
    return child


def _type(read: Callable[..., int], found: Any) -> str:
    length = read(found, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    read(found, buffer, length)
    return buffer.raw.decode("utf-16-le", "ignore").rstrip("\0")


def _blocks(element: Element) -> Iterator[Block]:
    for piece in element.pieces.values():
        if isinstance(piece, str):
            if piece.strip():
                yield Block("P", (piece,))
        elif piece.kind in _BLOCKS:
            if any(run.strip() for run in piece.runs()):
                yield Block("P", tuple(piece.runs()))
        elif piece.kind == "LI":
            yield from _item(piece)
        elif piece.kind == "Table":
            yield _table(piece)
        else:
            yield from _blocks(piece)


def _item(element: Element) -> Iterator[Block]:
    """A list item as one block, and the lists within it as their own."""
    runs: list[str] = []
    inner: list[Element] = []
    _gather(element, runs, inner)
    if any(run.strip() for run in runs):
        yield Block("LI", tuple(runs))
    for nested in inner:
        yield from _blocks(nested)


def _gather(element: Element, runs: list[str], inner: list[Element]) -> None:
    for piece in element.pieces.values():
        if isinstance(piece, str):
            runs.append(piece)
        elif piece.kind in {"L", "Table"}:
            holder = Element("Div")
            holder.pieces[0, -1] = piece
            inner.append(holder)
        else:
            _gather(piece, runs, inner)


def _table(element: Element) -> Block:
    rows: list[tuple[str, ...]] = []
    headed: list[bool] = []
    for row in _rows(element):
        cells = [cell for cell in row.elements() if cell.kind in {"TD", "TH"}]
        texts = tuple(" ".join(block.text for block in _cell_blocks(cell)) for cell in cells)
        if any(texts):
            rows.append(texts)
            headed.append(all(cell.kind == "TH" for cell in cells))
    return Block("Table", rows=tuple(rows), headed=tuple(headed))


def _cell_blocks(cell: Element) -> Iterator[Block]:
    for block in _blocks(cell):
        if block.kind == "Table":
            yield from (Block("P", (" | ".join(row),)) for row in block.rows)
        else:
            yield block


def _rows(element: Element) -> Iterator[Element]:
    for child in element.elements():
        if child.kind == "TR":
            yield child
        elif child.kind in {"THead", "TBody", "TFoot"}:
            yield from _rows(child)
