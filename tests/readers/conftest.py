"""Papers for the readers: a tagged PDF made by hand, so that no publisher's page is needed."""

from collections.abc import Callable, Sequence

import pytest

# A block is ("P", runs), ("LI", runs) or ("Table", rows); each run or row is a tuple with the page it is printed on.
# What follows a ^ in a cell is printed small and high, and what follows the next ^ as before.
Run = tuple[int, str]
Block = tuple[str, Sequence[Run | tuple[int, Sequence[str]]]]
WritePdf = Callable[..., bytes]


class _Paper:
    """Objects of a PDF, numbered from 1, and the marked content of each page."""

    def __init__(self, pages: int) -> None:
        self.objects: list[bytes] = [b""] * (4 + 2 * pages)
        self.pages = pages
        self.marks = [0] * pages
        self.content: list[list[bytes]] = [[] for _ in range(pages)]

    def page(self, number: int) -> int:
        """The object number of a page."""
        return 5 + 2 * number

    def put(self, words: bytes) -> int:
        """A new object's number."""
        self.objects.append(words)
        return len(self.objects)

    def run(self, number: int, text: str, raised: bool = False, across: int = 20) -> bytes:
        """Print a run on a page, raised beside the last one or on a line of its own, and refer to its mark."""
        mark = self.marks[number]
        self.marks[number] += 1
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        size, place = (6, 799) if raised else (9, 780)
        place -= 16 * len(self.content[number])
        self.content[number].append(
            b"/P <</MCID %d>> BDC BT /F1 %d Tf %d %d Td (%s) Tj ET EMC" % (mark, size, across, place, escaped)
        )
        return b"<</Type /MCR /Pg %d 0 R /MCID %d>>" % (self.page(number), mark)

    def element(self, kind: str, kids: Sequence[bytes]) -> int:
        """A structure element over marks or other elements, which learn their parent."""
        number = self.put(b"<</Type /StructElem /S /%s /P 3 0 R /K [%s]>>" % (kind.encode(), b" ".join(kids)))
        for kid in kids:
            if kid.endswith(b" 0 R"):
                place = int(kid.split()[0]) - 1
                self.objects[place] = self.objects[place].replace(b"/P 3 0 R", b"/P %d 0 R" % number)
        return number


def _write(blocks: Sequence[Block], *, pages: int = 1, tagged: bool = True) -> bytes:
    paper = _Paper(pages)
    kids: list[bytes] = []
    for kind, parts in blocks:
        if kind == "Table":
            rows = []
            for place, (number, cells) in enumerate(parts):
                cell_kind = "TH" if place == 0 else "TD"
                found = [paper.element(cell_kind, _printed(paper, number, cell)) for cell in cells]
                rows.append(b"%d 0 R" % paper.element("TR", [b"%d 0 R" % cell for cell in found]))
            kids.append(b"%d 0 R" % paper.element("Table", rows))
        else:
            runs = [paper.run(number, str(text)) for number, text in parts]
            kids.append(b"%d 0 R" % paper.element(kind, runs))
    document = paper.element("Document", kids)
    mark = b"/StructTreeRoot 3 0 R /MarkInfo <</Marked true>>" if tagged else b""
    paper.objects[0] = b"<</Type /Catalog /Pages 2 0 R %s>>" % mark
    listed = b" ".join(b"%d 0 R" % paper.page(number) for number in range(pages))
    paper.objects[1] = b"<</Type /Pages /Count %d /Kids [%s]>>" % (pages, listed)
    parents = _parents(paper, blocks) if tagged else b""
    paper.objects[2] = b"<</Type /StructTreeRoot /K %d 0 R /ParentTree <</Nums [%s]>>>>" % (document, parents)
    paper.objects[3] = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>"
    for number in range(pages):
        stream = b"\n".join(paper.content[number])
        paper.objects[paper.page(number) - 1] = (
            b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /StructParents %d /Contents %d 0 R"
            b" /Resources <</Font <</F1 4 0 R>>>>>>" % (number, paper.page(number) + 1)
        )
        paper.objects[paper.page(number)] = b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream)
    return _bound(paper.objects)


def _printed(paper: _Paper, number: int, cell: str) -> list[bytes]:
    parts = cell.split("^")
    return [
        paper.run(number, part, raised=bool(place % 2), across=20 + 8 * len("".join(parts[:place])))
        for place, part in enumerate(parts)
        if part
    ]


def _parents(paper: _Paper, blocks: Sequence[Block]) -> bytes:
    """For each page, the element that owns each mark, in the order of the marks."""
    owners: dict[tuple[int, int], int] = {}
    for number, words in enumerate(paper.objects, 1):
        if b"/StructElem" not in words:
            continue
        for part in words.split(b"/MCR /Pg ")[1:]:
            page, rest = part.split(b" 0 R /MCID ", 1)
            owners[int(page), int(rest.split(b">>")[0])] = number
    lists = []
    for number in range(paper.pages):
        refs = b" ".join(b"%d 0 R" % owners[paper.page(number), mark] for mark in range(paper.marks[number]))
        lists.append(b"%d [%s]" % (number, refs))
    return b" ".join(lists)


def _bound(objects: Sequence[bytes]) -> bytes:
    """The file: its objects, their places, and the trailer."""
    written = b"%PDF-1.7\n"
    places = []
    for number, words in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, start)
    )


@pytest.fixture(scope="session")
def write_pdf() -> WritePdf:
    """Writes blocks of text as a tagged PDF."""
    return _write
