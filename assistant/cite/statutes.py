"""Read citations of statutes: by the U.S. Code, and by the sections of an act."""

from re import IGNORECASE

from assistant.cite import names, orders, regulations, tails
from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import ALWAYS, NEVER, Listing, read_list
from assistant.cite.reader import Found, Reader

_USC = Pattern(
    r"(?P<title>\d{1,2})(?: |\. ?)?(?:U\. ?S\. ?C\b\.?(?: ?[AS]\b\.?)?|USC\b|U\.? ?S\.? Code\b),?(?P<app> App\.?)?",
    IGNORECASE,
)
_TITLED = Pattern(
    r"title (?P<title>\d{1,2}),? (?:of the )?(?:United States Code|U\.? ?S\.? ?C\b\.?|U\.S\. Code)(?P<app>,? App\.?)?",
    IGNORECASE,
)
_MARK = Pattern(rf",? ?(?:at )?(?P<many>§§|sections|secs\.)?(?:{names.SECTION}|ss?\.? )? ?(?=\d)", IGNORECASE)
_NOTE_TO = Pattern(r"notes? (?:to|under|following|at) ", IGNORECASE)
_USC_NUMBER = Pattern(
    r"\d{1,5}[A-Za-z]{0,3}(?:-\d{1,2}[a-z]{0,2})?(?!\w)(?!\.\d|,\d{3}|-\d)|\d{1,5}[A-Za-z]{0,3}(?!\w)(?!\.\d|,\d{3})"
)
_USC_LISTED = Pattern(r"(?!(?:19|20)\d\d$)\d{4}")
_ACT = names.named(names.ACTS, names.ACT_TAIL)
_ACT_MARK = Pattern(rf",? ?\(?(?P<many>§§|sections|secs\.)?(?:{names.SECTION})? ?(?=\d)", IGNORECASE)
_ACT_NUMBER = Pattern(r"\d{1,4}[A-Za-z]{0,2}(?<!st)(?<!nd)(?<!rd)(?<!th)(?!\w)(?!\.\d|,\d{3})")
_YEAR = Pattern(r"\d{4}")
_CLOSING = {"": Pattern(""), "[": Pattern(r"\]"), "(": Pattern(r"\)"), "((": Pattern(r"\){1,2}")}
_BRACKETS = Pattern(
    rf",? ?(?P<brackets>\({{1,2}}|\[)(?=(?:{names.USC}|{names.CFR}|{'|'.join(names.ACTS.values())}))", IGNORECASE
)
_COMMA = Pattern(rf",? (?=(?:{names.USC}))", IGNORECASE)


def read_usc(reader: Reader) -> Found | None:
    """`22 U.S.C. §§ 2776(b)-(c)`, `22 USC 2776 note`, `title 22, United States Code, section 2776`."""
    scan = reader.scan
    note = scan.take(_NOTE_TO)
    match = scan.take(_USC) or scan.take(_TITLED)
    if not match:
        return None
    mark = scan.take(_MARK)
    listing = read_list(scan, _USC_NUMBER, bare=ALWAYS if mark and mark["many"] else _USC_LISTED)
    if not listing:
        return None
    title = f"{match['title']} USC {'App. ' if match['app'] else ''}"
    found = cited(listing, title)
    return Found([Cited(tuple(f"{r} note" for r in one.readings)) for one in found] if note else found)


def read_act(reader: Reader) -> Found | None:
    """`AECA § 36(b)(1)`, `FAA 620I(a)`; an act without a section is remembered, not cited."""
    scan = reader.scan
    match = scan.take(_ACT)
    if not match:
        return None
    act = names.which(match)
    reader.name_act(act)
    mark = scan.take(_ACT_MARK)
    if not mark or (not orders.marked(mark) and (mark[0] != " " or scan.sees(_YEAR))):
        return None
    many = ALWAYS if mark["many"] or not orders.marked(mark) else NEVER
    listing = read_list(scan, _ACT_NUMBER, bare=many, again=lambda: read_parallel(reader))
    if not listing:
        return None
    return Found(cited(listing, f"{act} sec. "), listing.parallel)


def read_parallel(reader: Reader, first: list[Cited] | None = None) -> list[Cited]:
    """The clauses cited `first` (an act's sections if none) cited again: in brackets, or after a comma by the Code."""
    scan = reader.scan
    by_code = bool(first and " USC " in first[0].readings[0])
    by_act = not first or (not by_code and " sec. " in first[0].readings[0])
    before, act, order = scan.pos, reader.act, reader.order
    opening = scan.take(_BRACKETS) or (scan.take(_COMMA) if by_act else None)
    if not opening:
        return []
    start = scan.pos
    for read in (read_act,) if by_code else (read_usc, regulations.read_cfr):
        scan.pos = start
        found = read(reader)
        if found:
            found.cited = tails.read_tails(scan, found.cited)
        if found and scan.take(_CLOSING[opening.groupdict().get("brackets") or ""]):
            return found.cited
    scan.pos, reader.act, reader.order = before, act, order
    return []


def cited(listing: Listing, prefix: str) -> list[Cited]:
    """What a listing cites, under a prefix that makes an id of a number."""
    return [spot.cited(lambda number: prefix + number) for spot in listing.spots]
