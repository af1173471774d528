"""Read citations of the Code of Federal Regulations: sections, parts, supplements, and the ITAR and EAR by name."""

import re
from re import IGNORECASE

from assistant.cite import names
from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import ALWAYS, LABEL, NEVER, Scan, read_list
from assistant.cite.reader import Found, Reader

# 22 CFR 120-130 is the ITAR and 15 CFR 730-774 the EAR: a section so numbered needs no title to be known.
_KNOWN_PARTS = {"22": range(120, 131), "15": range(730, 775)}

_CFR = Pattern(r"(?P<title>\d{1,2}) ?(?:C\. ?F\. ?R\.?|CFR),? ?", IGNORECASE)
_TITLED = Pattern(
    r"title (?P<title>\d{1,2}),? (?:of the )?(?:Code of Federal Regulations(?: \(CFR\))?|C\.? ?F\.? ?R\b\.?),? ?",
    IGNORECASE,
)
_REGULATION = names.named(names.REGULATIONS, names.REGULATION_TAIL)
_MARK = Pattern(rf",? ?(?:{names.SECTION})? ?(?=\d)", IGNORECASE)
_NUMBER = Pattern(r"\d{1,4}\.\d{1,3}(?:[a-z](?:-\d{1,2})?)?(?!\w)(?!\.\d|,\d{3})")
_PART_MARK = Pattern(r",? ?(?:parts?|pts?\.) ?(?=\d)", IGNORECASE)
_PART_NUMBER = Pattern(r"\d{1,4}\b(?!\.\d|,\d{3}|\()")
_SUPPLEMENT = Pattern(r",? ?\(?supp(?:lement|\.)? ?(?:nos?\. ?)?(?P<number>\d{1,2})\b", IGNORECASE)
_TO = Pattern(r" (?:to|of) ")
_OF = Pattern(r",? ?(?:\(?of|to|in|under) (?:the )?|,? ?\(")
_OF_THIS = Pattern(r" of this (?:subchapter|chapter|title|part|regulation)\b")
_CLOSING = Pattern(r"\)")


def read_cfr(reader: Reader) -> Found | None:
    """`22 CFR 126.1(d)(2)`, `22 C.F.R. part 130`, `title 22, Code of Federal Regulations, section 123.9`."""
    match = reader.scan.take(_CFR) or reader.scan.take(_TITLED)
    if not match:
        return None
    title = match["title"]
    cited = read_in_title(reader.scan, title, parts_bare=True)
    return Found(cited) if cited else None


def read_regulation(reader: Reader) -> Found | None:
    """`ITAR § 126.1`, `EAR part 774`."""
    scan = reader.scan
    match = scan.take(_REGULATION)
    if not match:
        return None
    cited = read_in_title(scan, names.which(match), parts_bare=False)
    return Found(cited) if cited else None


def read_part(reader: Reader) -> Found | None:
    """`part 130 of the ITAR`, `Part 126`."""
    scan = reader.scan
    mark = scan.take(_PART_MARK)
    if not mark:
        return None
    before = scan.pos
    number = scan.take(_PART_NUMBER)
    if not number:
        return None
    scan.pos = before
    named = _title_ahead(reader, number.end())
    title = named or known_title(number[0])
    if not title:
        return None
    cited = _parts(scan, title, one=mark[0].strip().lower() == "part")
    _skip_owner(reader)
    return Found(cited, assumed=not named)


def read_supplement(reader: Reader) -> Found | None:
    """`Supplement No. 2 to Part 126`."""
    scan = reader.scan
    supplement = scan.take(_SUPPLEMENT)
    if not supplement or not scan.take(_TO):
        return None
    match = scan.take(_CFR)
    if not scan.take(_PART_MARK) or not (number := scan.take(_PART_NUMBER)):
        return None
    named = match["title"] if match else _title_ahead(reader, scan.pos)
    title = named or known_title(number[0])
    if not title:
        return None
    _skip_owner(reader)
    return Found([Cited((f"{title} CFR part {number[0]} supp. {supplement['number']}",))], assumed=not named)


def read_dotted(reader: Reader) -> Found | None:
    """`§ 123.15(a)(3)`, whose part tells its title, or `§ 30.37 of title 15, Code of Federal Regulations`."""
    scan = reader.scan
    number = _NUMBER.match(scan.text, scan.pos)
    if not number:
        return None
    before = scan.pos
    title = known_title(number[0])
    cited = _sections(scan, title or "0")
    named = _skip_owner(reader)
    if not title and named:
        scan.pos = before
        cited, title = _sections(scan, named), named
        _skip_owner(reader)
    elif named and named != title:
        return None
    return Found(cited) if title and cited else None


def known_title(number: str) -> str:
    """The title whose part this can only be; empty where it is not one of ours."""
    part = int(number.split(".")[0])
    return next((title for title, parts in _KNOWN_PARTS.items() if part in parts), "")


def read_in_title(scan: Scan, title: str, *, parts_bare: bool) -> list[Cited]:
    """The sections or parts after the name of a title."""
    before = scan.pos
    mark = scan.take(_PART_MARK)
    if mark and not scan.sees(_NUMBER):
        return _parts(scan, title, one=mark[0].strip(", ").lower() == "part")
    scan.take(_MARK)
    if scan.sees(_NUMBER):
        return _sections(scan, title)
    number = _PART_NUMBER.match(scan.text, scan.pos)
    if number and (parts_bare or int(number[0]) in _KNOWN_PARTS[title]):
        return _parts(scan, title)
    scan.pos = before
    return []


def _sections(scan: Scan, title: str) -> list[Cited]:
    listing = read_list(scan, _NUMBER, bare=ALWAYS)
    if listing is None:
        return []
    return [spot.cited(lambda number: f"{title} CFR {number}") for spot in listing.spots]


def _parts(scan: Scan, title: str, *, one: bool = False) -> list[Cited]:
    listing = read_list(scan, _PART_NUMBER, bare=NEVER if one else ALWAYS)
    if listing is None:
        return []
    cited = [spot.cited(lambda number: f"{title} CFR part {number}") for spot in listing.spots]
    if supplement := scan.take(_SUPPLEMENT):
        cited[-1] = Cited(tuple(f"{r} supp. {supplement['number']}" for r in cited[-1].readings))
    return cited


def _title_ahead(reader: Reader, pos: int) -> str:
    """The title that follows a part's number, without moving."""
    kept, reader.scan.pos = reader.scan.pos, pos
    title = _skip_owner(reader)
    reader.scan.pos = kept
    return title


def _skip_owner(reader: Reader) -> str:
    """Move past `of the ITAR`, `of title 22, CFR`, `of this subchapter`; the title it names, empty if none."""
    scan = reader.scan
    before = scan.pos
    if scan.take(_OF_THIS):
        within = re.match(r"(\d+) CFR ", reader.within)
        return within[1] if within else ""
    if opening := scan.take(_OF):
        if match := scan.take(_REGULATION):
            title = names.which(match)
        elif match := scan.take(_TITLED) or scan.take(_CFR):
            title = match["title"]
            if scan.sees(_NUMBER) or scan.sees(LABEL):
                title = ""
        else:
            title = ""
        if title:
            if "(" in opening[0]:
                scan.take(_CLOSING)
            return title
    scan.pos = before
    return ""
