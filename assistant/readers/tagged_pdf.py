"""The paragraphs, lists and tables of a tagged PDF, put together across its pages; the one door to pypdfium2."""

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
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
_CALL = re.compile(r"\d{1,2}(?:\s*,\s*\d{1,2})*")
_SMALLER = 0.85


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `size` of their letters in points, and how high their first stands on the page."""

    text: str
    size: float = 0.0
    height: float = 0.0

    def calls_a_note(self, before: "Run | None") -> bool:
        """Whether these are numbers set small and high after a word."""
        return (
            before is not None
            and bool(_CALL.fullmatch(self.text.strip()))
            and not before.text.rstrip()[-1:].isdigit()
            and self.size < _SMALLER * before.size
            and before.height < self.height < before.height + before.size
        )


@dataclass(slots=True)
class Element:
    """One element of the structure tree; `pieces` are its own runs of text, in order with its children."""

    kind: str
    pieces: dict[tuple[int, int], "Run | Element"] = field(default_factory=dict)

    def runs(self) -> Iterator[Run]:
        """Every run of text below, in order."""
        for piece in self.pieces.values():
            if isinstance(piece, Run):
                yield piece
            else:
                yield from piece.runs()

    def elements(self) -> Iterator["Element"]:
        """The child elements, in order."""
        return (piece for piece in self.pieces.values() if isinstance(piece, Element))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a table; `runs` keep the paragraph's changes of style apart.

    A table's cells are without the numbers that call the notes below it.
    """

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
            length += sum(len(run.text) for run in runs.values())
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


def _marked_runs(page: pypdfium2.PdfPage) -> dict[int, Run]:
    """A page's text by marked-content id; a list's number stands unmarked before its item and goes with it."""
    text = page.get_textpage()
    runs: dict[int, list[str]] = {}
    first: dict[int, int] = {}
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
        if not character.isspace():
            first.setdefault(mark, index)
    return {mark: _run(text, "".join(characters), first.get(mark)) for mark, characters in runs.items()}


def _run(text: pypdfium2.PdfTextPage, words: str, first: int | None) -> Run:
    """Words with their size and height, which are those of the first letter."""
    if first is None:
        return Run(words)
    across, height = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, first, across, height)
    return Run(words, raw.FPDFText_GetFontSize(text, first), height.value)


def _character(code: int) -> str:
    """A character; pdfium gives a hyphen at a line's end as U+0002."""
    return "-" if code == 2 else "" if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 else chr(code)


def _merge(page: pypdfium2.PdfPage, number: int, runs: dict[int, Run], root: Element) -> None:
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


def _merge_element(found: Any, element: Element, number: int, runs: dict[int, Run], depth: int) -> None:
    if depth > DEEPEST:
        raise Refused(f"The PDF's structure is nested more than {DEEPEST} deep.")
    for place in range(raw.FPDF_StructElement_CountChildren(found)):
        mark = raw.FPDF_StructElement_GetChildMarkedContentID(found, place)
        if mark >= 0:
            run = runs.get(mark, Run(""))
            if run.text.strip():
                apart = run.text[-1].isspace() or not _ends_page(runs, mark)
                element.pieces[place, number] = run if apart else replace(run, text=f"{run.text} ")
            continue
        child = raw.FPDF_StructElement_GetChildAtIndex(found, place)
        if child:
            _merge_element(child, _child(element, place, child), number, runs, depth + 1)


def _ends_page(runs: dict[int, Run], mark: int) -> bool:
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


def _blocks(element: Element, called: frozenset[str] = frozenset()) -> Iterator[Block]:
    """The blocks below an element; `called` are the numbers of notes, whose calls are left out."""
    for piece in element.pieces.values():
        if isinstance(piece, Run):
            if piece.text.strip():
                yield Block("P", (piece.text,))
        elif piece.kind in _BLOCKS:
            if any(run.text.strip() for run in piece.runs()):
                yield Block("P", _words(list(piece.runs()), called))
        elif piece.kind == "LI":
            yield from _item(piece, called)
        elif piece.kind == "Table":
            yield _table(piece)
        else:
            yield from _blocks(piece, called)


def _words(runs: Sequence[Run], called: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of runs, without the numbers among them that call a note."""
    words: list[str] = []
    before: Run | None = None
    for run in runs:
        if called and run.calls_a_note(before) and called.issuperset(_numbers(run)):
            words.append(" ")
            continue
        words.append(run.text)
        before = run if run.text.strip() else before
    return tuple(words)


def _numbers(run: Run) -> list[str]:
    return re.findall(r"\d+", run.text)


def _item(element: Element, called: frozenset[str]) -> Iterator[Block]:
    """A list item as one block, and the lists within it as their own."""
    runs: list[Run] = []
    inner: list[Element] = []
    _gather(element, runs, inner)
    if any(run.text.strip() for run in runs):
        yield Block("LI", _words(runs, called))
    for nested in inner:
        yield from _blocks(nested, called)


def _gather(element: Element, runs: list[Run], inner: list[Element]) -> None:
    for piece in element.pieces.values():
        if isinstance(piece, Run):
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
    printed = [[cell for cell in row.elements() if cell.kind in {"TD", "TH"}] for row in _rows(element)]
    called = _noted(printed)
    for cells in printed:
        texts = tuple(" ".join(block.text for block in _cell_blocks(cell, called)) for cell in cells)
        if any(texts):
            rows.append(texts)
            headed.append(all(cell.kind == "TH" for cell in cells))
    return Block("Table", rows=tuple(rows), headed=tuple(headed))


def _noted(rows: Sequence[Sequence[Element]]) -> frozenset[str]:
    """The numbers of the notes printed below a table, in rows of one cell."""
    columns = max(map(len, rows), default=0)
    below = (" ".join(run.text for run in row[0].runs()) for row in rows if len(row) == 1 < columns)
    return frozenset(number for words in below for number in re.findall(r"(?<![\w.,])(\d{1,2})\s*[.:)](?=\s)", words))


def _cell_blocks(cell: Element, called: frozenset[str]) -> Iterator[Block]:
    runs = [piece for piece in cell.pieces.values() if isinstance(piece, Run)]
    if len(runs) == len(cell.pieces) > 0:
        yield Block("P", _words(runs, called))
        return
    for block in _blocks(cell, called):
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
