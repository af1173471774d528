"""Read citations of orders, memoranda, directives and public laws, and of the items in them."""

import re

from assistant.cite import names
from assistant.cite.mention import Cited
from assistant.cite.pinpoint import ALWAYS, NEVER, Scan, read_list
from assistant.cite.reader import Found, Reader

_ORDER = re.compile(names.ORDER, re.IGNORECASE)
_ORDER_NUMBER = re.compile(r"\d{4,5}\b(?!,\d{3}|\.\d)")
_MORE_ORDERS = re.compile(r"(?:, ?(?:and |or )?| (?:and|or) )(?=1[0-4]\d{3}\b(?! ?\())")
_MEMORANDUM = names.named(names.MEMORANDA, r"(?: \([A-Z]{2,4}\))?(?:/NSC|/[A-Z]{2,4})?(?: no\.| number)?[-/ ]{0,3}(?=\d)")
_NUMBER = re.compile(r"\d{1,3}\b")
_LAW = re.compile(names.LAW, re.IGNORECASE)
_LAW_NUMBER = re.compile(r"\d{2,3}-\d{1,4}\b")
_DIVISION = re.compile(r",? (?:div(?:ision|\.) [A-Z]{1,2},? )?(?:title [IVXLC]{1,7},? )?(?=[s§])", re.IGNORECASE)
_TITLE = re.compile(r",? as amended\b| \([A-Z][^()]{3,120}\)(?=,? (?:sec|§))")
_MARK = re.compile(rf",? ?(?P<many>§§|sections|secs\.)?(?:{names.SECTION})? ?(?=\d)", re.IGNORECASE)
_SECTION_NUMBER = re.compile(r"\d{1,5}[A-Za-z]?(?!\w)(?!\.\d|,\d{3}|/\d)")
_ITEM = re.compile(
    r",? ?\(?(?P<kind>considerations?|objectives?|bullets?|goals?|footnotes?|par(?:agraph|a\.|a)s?\.?|¶{1,2}) ?(?P<first>\d{1,3})\b"
)
_MORE = re.compile(r"(?:(?P<run> ?- ?| through | to )|, ?(?:and )?| ?& ?| and )(?P<number>\d{1,3})\b(?![\w(]|\.\d)")
_HEAD_ITEM = re.compile(r"(?P<kind>consideration|objective)s? (?P<first>\d{1,2})\b", re.IGNORECASE)
_OF = re.compile(r",? (?:of|in|under) (?:the )?")
_OF_SECTION = re.compile(rf",? (?:of|in) (?:{names.SECTION}) ?(?P<section>\d{{1,2}})(?= of| in|,)", re.IGNORECASE)


def read_order(reader: Reader) -> Found | None:
    """`E.O. 14268`, `Executive Order 13637, sec. 1(k)`, `Executive Orders 13020, 13026`."""
    order = name_order(reader)
    if not order:
        return None
    scan = reader.scan
    cited = [Cited((order,))]
    while scan.take(_MORE_ORDERS) and (number := scan.take(_ORDER_NUMBER)):
        cited.append(Cited((f"EO {number[0]}",)))
    reader.name_order(cited[-1].readings[0])
    return Found(cited[:-1] + (read_sections(reader, reader.order) or cited[-1:]))


def read_memorandum(reader: Reader) -> Found | None:
    """`NSM-18 sec. 3, consideration 14`, `Presidential Policy Directive 27`."""
    order, year = name_memorandum(reader)
    return Found(read_sections(reader, order) or [Cited((order,))], year=year) if order else None


def read_law(reader: Reader) -> Found | None:
    """`Pub. L. 119-60 sec. 1085(b)(1)`, `Public Law 94-329, title II, § 208(b)`."""
    law = name_law(reader)
    if not law:
        return None
    reader.scan.take(_DIVISION)
    return Found(read_sections(reader, law) or [Cited((law,))])


def name_order(reader: Reader) -> str:
    """The executive order named here, with its date and title passed over; empty if none."""
    scan = reader.scan
    if not scan.take(_ORDER) or not (number := scan.take(_ORDER_NUMBER)):
        return ""
    reader.name_order(f"EO {number[0]}")
    scan.take(names.DATE)
    scan.take(_TITLE)
    return reader.order


def name_memorandum(reader: Reader) -> tuple[str, int]:
    """The memorandum or directive named here, and the year it is given; empty if none."""
    scan = reader.scan
    match = scan.take(_MEMORANDUM)
    number = scan.take(_NUMBER) if match else None
    if not match or not number:
        return "", 0
    reader.name_order(f"{names.which(match)}-{number[0]}")
    date = scan.take(names.DATE)
    scan.take(_TITLE)
    return reader.order, int(date[1] or date[2]) if date else 0


def name_law(reader: Reader) -> str:
    """The public law named here; empty if none."""
    scan = reader.scan
    if not scan.take(_LAW) or not (number := scan.take(_LAW_NUMBER)):
        return ""
    reader.name_order(f"Pub. L. {number[0]}")
    return reader.order


def read_item(reader: Reader) -> Found | None:
    """`consideration 14 of NSM-18`, or of the memorandum named last."""
    scan = reader.scan
    match = scan.take(_HEAD_ITEM)
    if not match:
        return None
    items = _items(scan, match)
    named = reader.order
    section = scan.take(_OF_SECTION)
    before = scan.pos
    if scan.take(_OF) and (found := read_memorandum(reader)):
        named = found.cited[0].readings[0]
    else:
        scan.pos = before
    if not named.startswith(tuple(names.MEMORANDA)):
        return None
    root = f"{named} sec. {section['section']}" if section else named
    return Found(_with_items([Cited((root,))], items))


def read_sections(reader: Reader, order: str) -> list[Cited]:
    """The sections and items that follow the name of an order; none where the whole of it is meant."""
    scan = reader.scan
    before = scan.pos
    mark = scan.take(_MARK)
    cited: list[Cited] = []
    if mark and (marked(mark) or _parenthetical(scan)):
        listing = read_list(scan, _SECTION_NUMBER, bare=ALWAYS if mark["many"] else NEVER)
        cited = [spot.cited(lambda number: f"{order} sec. {number}") for spot in listing.spots] if listing else []
    if not cited:
        scan.pos = before
    return read_items(scan, cited or [Cited((order,))], required=not cited)


def read_items(scan: Scan, cited: list[Cited], *, required: bool = False) -> list[Cited]:
    """The items of the last clause cited, if any follow; nothing where they are required and do not."""
    match = scan.take(_ITEM)
    if match is None:
        return [] if required else cited
    return cited[:-1] + _with_items(cited[-1:], _items(scan, match))


def marked(mark: re.Match[str]) -> bool:
    """Whether a section mark, and not only a space, stands before a number."""
    return any(character.isalpha() or character == "§" for character in mark[0])


def _parenthetical(scan: Scan) -> bool:
    number = _SECTION_NUMBER.match(scan.text, scan.pos)
    return bool(number and scan.text[number.end() : number.end() + 1] == "(" and scan.text[scan.pos - 1] == " ")


def _items(scan: Scan, first: re.Match[str]) -> list[tuple[str, str]]:
    """The tails that items add to an id, each with the tail that ends its run."""
    word = first["kind"].lower().rstrip("s.")
    kind = "para." if word.startswith(("par", "¶")) else word
    found = [(f", {kind} {first['first']}", "")]
    while match := scan.take(_MORE):
        if match["run"]:
            found[-1] = (found[-1][0], f", {kind} {match['number']}")
        else:
            found.append((f", {kind} {match['number']}", ""))
    return found


def _with_items(cited: list[Cited], items: list[tuple[str, str]]) -> list[Cited]:
    return [
        Cited(tuple(r + tail for r in one.readings), tuple(r + last for r in one.readings) if last else ())
        for one in cited
        for tail, last in items
    ]
