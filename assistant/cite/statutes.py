"""Read citations of statutes: by the U.S. Code, and by the sections of an act."""

import re

from assistant.cite import names, orders, regulations
from assistant.cite.mention import Cited
from assistant.cite.pinpoint import ALWAYS, NEVER, Listing, read_labels, read_list
from assistant.cite.reader import Found, Reader

_USC = re.compile(r"(?P<title>\d{1,2}) ?(?:U\. ?S\. ?C\b\.?|USC\b|U\.? ?S\.? Code\b),?(?P<app> App\.?)?", re.IGNORECASE)
_TITLED = re.compile(
    r"title (?P<title>\d{1,2}),? (?:of the )?(?:United States Code|U\.? ?S\.? ?C\b\.?|U\.S\. Code)(?P<app>,? App\.?)?", re.IGNORECASE
)
_MARK = re.compile(rf",? ?(?:at )?(?P<many>§§|sections|secs\.)?(?:{names.SECTION})? ?(?=\d)", re.IGNORECASE)
_USC_NUMBER = re.compile(r"\d{1,5}[A-Za-z]{0,3}(?:-\d{1,2}[a-z]{0,2})?(?!\w)(?!\.\d|,\d{3}|-\d)|\d{1,5}[A-Za-z]{0,3}(?!\w)(?!\.\d|,\d{3})")
_USC_LISTED = re.compile(r"(?!(?:19|20)\d\d$)\d{4}")
_NOTE = re.compile(r",? notes?(?=$|[,;.)\]])|,? note\b| \(notes?\)")
_FLUSH = re.compile(r",? flush(?: text)?\b")
_TWIN = re.compile(r"\[\d\]")
_ET_SEQ = re.compile(r",? et seq\b\.?")
_ACT = names.named(names.ACTS, names.ACT_TAIL)
_ACT_MARK = re.compile(rf",? ?\(?(?P<many>§§|sections|secs\.)?(?:{names.SECTION})? ?(?=\d)", re.IGNORECASE)
_ACT_NUMBER = re.compile(r"\d{1,3}[A-Za-z]{0,2}(?<!st)(?<!nd)(?<!rd)(?<!th)(?!\w)(?!\.\d|,\d{3}|/\d)")
_CLOSING = re.compile(r"\){1,2}")
_OPENING = re.compile(
    rf",? ?(?P<brackets>\({{1,2}})(?=(?:{names.USC}|{names.CFR}|{'|'.join(names.ACTS.values())}))"
    rf"|,? (?=(?:{names.USC}|{names.CFR}))",
    re.IGNORECASE,
)


def read_usc(reader: Reader) -> Found | None:
    """`22 U.S.C. §§ 2776(b)-(c)`, `22 USC 2776 note`, `title 22, United States Code, section 2776`."""
    scan = reader.scan
    match = scan.take(_USC) or scan.take(_TITLED)
    if not match:
        return None
    mark = scan.take(_MARK)
    listing = read_list(scan, _USC_NUMBER, bare=ALWAYS if mark and mark["many"] else _USC_LISTED)
    if not listing:
        return None
    title = f"{match['title']} USC {'App. ' if match['app'] else ''}"
    return Found(read_tails(reader, cited(listing, title)))


def read_act(reader: Reader) -> Found | None:
    """`AECA § 36(b)(1)`, `FAA 620I(a)`; an act without a section is remembered, not cited."""
    scan = reader.scan
    match = scan.take(_ACT)
    if not match:
        return None
    act = names.which(match)
    reader.name_act(act)
    mark = scan.take(_ACT_MARK)
    if not mark or (not orders.marked(mark) and mark[0] != " "):
        return None
    many = ALWAYS if mark["many"] or not orders.marked(mark) else NEVER
    listing = read_list(scan, _ACT_NUMBER, bare=many, again=lambda: read_parallel(reader))
    if not listing:
        return None
    return Found(read_tails(reader, cited(listing, f"{act} sec. ")), listing.parallel)


def read_parallel(reader: Reader) -> list[Cited]:
    """The same clause cited again in brackets, or after a comma by the Code."""
    scan = reader.scan
    before, act, order = scan.pos, reader.act, reader.order
    opening = scan.take(_OPENING)
    if not opening:
        return []
    start = scan.pos
    for read in (read_usc, regulations.read_cfr, read_act):
        scan.pos = start
        found = read(reader)
        if found and (not opening["brackets"] or scan.take(_CLOSING)):
            return found.cited
    scan.pos, reader.act, reader.order = before, act, order
    return []


def cited(listing: Listing, prefix: str) -> list[Cited]:
    """What a listing cites, under a prefix that makes an id of a number."""
    return [spot.cited(lambda number: prefix + number) for spot in listing.spots]


def read_tails(reader: Reader, found: list[Cited]) -> list[Cited]:
    """The note, the flush text or the second of two that the last clause cited goes on to name."""
    scan = reader.scan
    tail = ""
    if twin := scan.take(_TWIN):
        tail = twin[0] + "".join(f"({label})" for label in read_labels(scan))
    if scan.take(_FLUSH):
        tail += ", flush"
    elif scan.take(_NOTE):
        tail += " note"
    else:
        scan.take(_ET_SEQ)
    last = found[-1]
    return found[:-1] + [Cited(tuple(r + tail for r in last.readings), last.last)] if tail else found
