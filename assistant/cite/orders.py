"""Read citations of orders, memoranda, directives and public laws, and of the items in them."""

import re
from re import IGNORECASE

from assistant.cite import names, tails
from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import ALWAYS, NEVER, Scan, read_list
from assistant.cite.reader import Found, Reader

_ORDER = Pattern(names.ORDER, IGNORECASE)
_ORDER_NUMBER = Pattern(r"1\d,\d{3}\b|\d{4,5}\b(?!,\d{3}|\.\d)")
_MORE_ORDERS = Pattern(r"(?:, ?(?:and |or )?| (?:and|or) )(?=1[0-4]\d{3}\b(?! ?\())")
_MEMORANDUM = names.named(names.MEMORANDA, names.MEMORANDUM_TAIL + r"(?=\d)")
_NUMBER = Pattern(r"\d{1,3}\b")
_LAW = Pattern(names.LAW, IGNORECASE)
_LAW_NUMBER = Pattern(r"\d{2,3}-\d{1,4}\b")
_DIVISION = Pattern(r",? (?:div(?:ision|\.) [A-Z]{1,2},? )?(?:title [IVXLC]{1,7},? )?(?=[s§])", IGNORECASE)
_TITLE = Pattern(r",? as amended\b| \([A-Z][^()]{3,120}\)(?=,? (?:sec|§))")
_MARK = Pattern(rf",? ?(?P<many>§§|sections|secs\.)?(?:{names.SECTION})? ?(?=\d)", IGNORECASE)
_SECTION_NUMBER = Pattern(r"\d{1,5}[A-Za-z]?(?!\w)(?!\.\d|,\d{3}|/\d)")
_HEAD_ITEMS = frozenset({"consideration", "objective"})
_OF = Pattern(r",? (?:of|in|under) (?:the )?")
_OF_SECTION = Pattern(rf",? (?:of|in) (?:{names.SECTION}) ?(?P<section>\d{{1,2}})(?= of| in|,)", IGNORECASE)


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
    before = scan.pos
    if not scan.take(_ORDER) or not (number := scan.take(_ORDER_NUMBER)):
        scan.pos = before
        return ""
    reader.name_order(f"EO {number[0].replace(',', '')}")
    scan.take(names.DATE)
    scan.take(_TITLE)
    return reader.order


def name_memorandum(reader: Reader) -> tuple[str, int]:
    """The memorandum or directive named here, and the year it is given; empty if none."""
    scan = reader.scan
    before = scan.pos
    match = scan.take(_MEMORANDUM)
    number = scan.take(_NUMBER) if match else None
    if not match or not number:
        scan.pos = before
        return "", 0
    reader.name_order(f"{names.which(match)}-{number[0]}")
    date = scan.take(names.DATE)
    scan.take(_TITLE)
    return reader.order, int(date[1] or date[2]) if date else 0


def name_law(reader: Reader) -> str:
    """The public law named here; empty if none."""
    scan = reader.scan
    before = scan.pos
    if not scan.take(_LAW) or not (number := scan.take(_LAW_NUMBER)):
        scan.pos = before
        return ""
    reader.name_order(f"Pub. L. {number[0]}")
    return reader.order


def read_item(reader: Reader) -> Found | None:
    """`consideration 14 of NSM-18`, or of the memorandum named last."""
    scan = reader.scan
    items = tails.read_items(scan, _HEAD_ITEMS, Cited(("",)))
    named = reader.order
    section = scan.take(_OF_SECTION)
    before = scan.pos
    if scan.take(_OF) and (order := name_memorandum(reader)[0]):
        named = order
    else:
        scan.pos = before
    if not items or not named.startswith(tuple(names.MEMORANDA)):
        return None
    root = f"{named} sec. {section['section']}" if section else named
    return Found([Cited((root + one.readings[0],), tuple(root + last for last in one.last)) for one in items])


def read_sections(reader: Reader, order: str) -> list[Cited]:
    """The sections that follow the name of an order; none where the whole of it is meant."""
    scan = reader.scan
    before = scan.pos
    mark = scan.take(_MARK)
    cited: list[Cited] = []
    if mark and (marked(mark) or _parenthetical(scan)):
        listing = read_list(scan, _SECTION_NUMBER, bare=ALWAYS if mark["many"] else NEVER)
        cited = [spot.cited(lambda number: f"{order} sec. {number}") for spot in listing.spots] if listing else []
    if not cited:
        scan.pos = before
    return cited


def marked(mark: re.Match[str]) -> bool:
    """Whether a section mark, and not only a space, stands before a number."""
    return any(character.isalpha() or character == "§" for character in mark[0])


def _parenthetical(scan: Scan) -> bool:
    number = _SECTION_NUMBER.match(scan.text, scan.pos)
    return bool(number and scan.text[number.end() : number.end() + 1] == "(" and scan.text[scan.pos - 1] == " ")
