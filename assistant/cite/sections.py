"""Read `section 36(b)`, whosever section it is, the bare `36(b)`, and `paragraph (2) of this section`."""

import re
from dataclasses import dataclass
from re import IGNORECASE

from assistant.cite import names, orders, regulations
from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern
from assistant.cite.pinpoint import ALWAYS, NEVER, Listing, read_list
from assistant.cite.reader import Found, Reader
from assistant.cite.statutes import read_parallel

_NOTE_UNDER = Pattern(r"notes? (?:under|to|following) ", IGNORECASE)
_MARK = Pattern(rf"(?P<many>§§ ?|(?:sub)?sections |secs\. )?(?:(?:{names.SECTION}) ?)?(?=\d)", IGNORECASE)
_NUMBER = Pattern(
    r"(?:(?:\d{4}[A-Za-z]{0,3}|\d{3}[a-z]{1,3})(?:-\d{1,2}[a-z]{0,2})?|\d{1,4}[A-Za-z]{0,2})"
    r"(?<!st)(?<!nd)(?<!rd)(?<!th)(?!\w)(?!\.\d|,\d{3}|/\d)"
)
_DOTTED = Pattern(r"\d{1,4}\.\d")
_OF = Pattern(r",? ?\(?(?:of|under|in) (?:the )?", IGNORECASE)
_ACT = names.named(names.ACTS, names.ACT_TAIL)
_TITLE = Pattern(
    r"title (\d{1,2})\b(?:,? (?:of the )?(?:United States Code|U\.? ?S\.? ?C\b\.?|U\.S\. Code))?", IGNORECASE
)
_THIS_TITLE = Pattern(r"this title\b|this chapter\b")
_THIS_ORDER = Pattern(r"this (?:order|memorandum|directive)\b")
_THAT_ORDER = Pattern(r"(?:that )?(?:order|memorandum|directive)\b")
_BY_LAW = Pattern(rf", ?(?={names.LAW})", IGNORECASE)
_SAME_ACT = Pattern(r"(?:the |this |(?P<other>that |such ))?(?:Act|act|statute|law)\b(?! of )")
_SOME_LAW = Pattern(rf"[^().;\n]{{1,90}}? \((?={names.LAW})", IGNORECASE)
_CLOSING = Pattern(r"\)")
_ELSEWHERE = Pattern(
    r",? (?:of|in) (?:the|this|that|an?|our|such|each|its|your) (?:[\w-]{1,20} ){0,4}?"
    r"(?:agreements?|contracts?|leases?|memos?|memorand\w+|reports?|manuals?|polic\w+|guid\w+|charter|treaty|"
    r"convention|LOAs?|letter|page|form|document|attachment|annex|plan|templates?|"
    r"draft|deal|note|paper|constitution|code|"
    r"title|chapter|subchapter|section|part)\b"
    r"|,? (?:of|in) (?:the )?(?:[A-Z][a-z]{2}|[A-Z]{2,6}\b)| (?:above|below)\b"
)
_HEADING = Pattern(r"[.:](?:[ \n<*]|$)|\n")
_HEADED = Pattern(r"(?:^|[\n.;:>*#\"] ?)$")
_ITS = Pattern(r"\b(?:its|the order's|the memorandum's) $", IGNORECASE)
_NOT_OURS = Pattern(
    r"(?:\b(?:Rules?|Art(?:icle|\.)s?|Cat(?:egory|egories|\.)|Items?|Nos?\.|Forms?|Annex|Amendment|Notes?|"
    r"Exhibit|Appendix|par(?:agraph|a\.?)s?|clauses?|Blocks?|Box(?:es)?|Fields?|Columns?|Rows?|Elements?|Lines?|"
    r"Attachments?|Enclosures?|Tabs?|Terms?|Conditions?|Provisos?|Entry|Schedule|Chapters?|Ch\.|Titles?|Parts?|Tables?|"
    r"Fig(?:ure|\.)s?|Steps?|P\.|Lots?|Case|pages?|pp?\.|Vol\.|USML|ECCN|Tier|Questions?|Option|Phase|"
    r"DSP|Reg(?:ulation|\.)s?|Guideline|Procedure|Principle|Code|"
    r"Stat\.|FR|CFR|USC|FAR|DFARS|C\.F\.R\.|U\.S\.C\.)[ -]?\(?|[$€£#:]|\d,? ?)$",
    IGNORECASE,
)
_BARE = Pattern(r"(?:\d{1,2}[A-Z]?|\d{3}[A-Z])(?=\()")
_IN_TITLE_22 = frozenset(map(str, range(2151, 2800)))  # the two acts: a section so numbered can only be theirs
_AGAIN = Pattern(r"\d{3,4}[a-z]{0,3}(?:-\d{1,2})?(?=\()")
_LEVELS = {
    "subsection": 0,
    "subsec": 0,
    "paragraph": 1,
    "par": 1,
    "para": 1,
    "subparagraph": 2,
    "clause": 3,
    "subclause": 4,
}
_LEVEL = Pattern(r"(subsection|subsec|subparagraph|subclause|paragraph|para?|clause)s?\.? (?=\()", IGNORECASE)
_THIS = Pattern(r"this (section|subsection|paragraph|subparagraph|clause|part|order|memorandum)\b", IGNORECASE)
_EMPTY = Pattern("")
_PART_OF = Pattern(r"(?:, respectively,)? (?:of|in|under) (?:the )?")
_SECTION_AHEAD = Pattern(rf"(?:{names.SECTION}) ?\d", IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a section belongs to: the prefixes that make an id of its number."""

    prefixes: tuple[str, ...]
    assumed: bool = False


def read_section(reader: Reader) -> Found | None:
    """`section 36(b) of the Arms Export Control Act`, `§ 123.15(a)(3)`, `section 2776 of title 22`."""
    scan = reader.scan
    start = scan.pos
    note = scan.take(_NOTE_UNDER)
    its = bool(_ITS.search(scan.text, max(0, start - 20), start))
    mark = scan.take(_MARK)
    if not mark:
        return None
    if _DOTTED.match(scan.text, scan.pos):
        return regulations.read_dotted(reader)
    listing = _read_listing(reader, many=bool(mark["many"]))
    if not listing or (_is_heading(reader, start) and listing.spots[0].paths == ("",)):
        return None
    found = _owned(reader, listing, its=its)
    if found and note:
        found.cited = [Cited(tuple(f"{r} note" for r in one.readings)) for one in found.cited]
    return found


def read_bare(reader: Reader) -> Found | None:
    """`36(b)(1)`, `502B(c)`, `126.1(n)`, where nothing before them says that they are something else."""
    scan = reader.scan
    if not (reader.about_arms or reader.sections) or _NOT_OURS.search(scan.text, max(0, scan.pos - 16), scan.pos):
        return None
    if _DOTTED.match(scan.text, scan.pos):
        return regulations.read_dotted(reader)
    again = _AGAIN.match(scan.text, scan.pos)
    if not scan.sees(_BARE) and not (again and (again[0] in reader.sections or again[0][:4] in _IN_TITLE_22)):
        return None
    listing = read_list(scan, _NUMBER, again=lambda: read_parallel(reader))
    return _owned(reader, listing, its=False) if listing else None


def read_relative(reader: Reader, depth: int = 0) -> Found | None:
    """`paragraph (2) of subsection (b)`, `this section`: of the clause the text stands in, or of a section it names."""
    scan = reader.scan
    if match := scan.take(_THIS):
        whole = _this(reader, match[1].lower())
        return Found([Cited((whole,))]) if whole else None
    word = scan.take(_LEVEL)
    listing = read_list(scan, _EMPTY) if word else None
    if not word or not listing or scan.text[scan.pos - 1] != ")":
        return None
    before = scan.pos
    if scan.take(_PART_OF) and depth < _DEEPEST:
        outer = None
        if scan.sees(_SECTION_AHEAD):
            outer = read_section(reader)
        elif scan.sees(_LEVEL) or scan.sees(_THIS):
            outer = read_relative(reader, depth + 1)
        if outer:
            inner = [spot.cited(lambda _: "") for spot in listing.spots]
            return Found([_joined(outer.cited[-1], one) for one in inner], assumed=outer.assumed)
        return None
    scan.pos = before
    bases = _bases(reader, word[1].lower().rstrip("."), listing)
    if not bases:
        return None
    inner = [spot.cited(lambda _: "") for spot in listing.spots]
    return Found([_joined(Cited(bases), one) for one in inner])


def _read_listing(reader: Reader, *, many: bool) -> Listing | None:
    """The list after a section mark; after a single one, bare numbers are in it only if an owner follows."""
    scan = reader.scan
    before, act, order = scan.pos, reader.act, reader.order
    listing = read_list(scan, _NUMBER, bare=ALWAYS, again=lambda: read_parallel(reader))
    if many or not listing or len(listing.spots) == 1:
        return listing
    after = scan.pos
    owned = _read_owner(reader)
    scan.pos, reader.act, reader.order = after, act, order
    if owned:
        return listing
    scan.pos = before
    return read_list(scan, _NUMBER, bare=NEVER, again=lambda: read_parallel(reader))


def _owned(reader: Reader, listing: Listing, *, its: bool) -> Found | None:
    owner = _read_owner(reader) or _assumed(reader, listing, its=its)
    if not owner:
        return None
    listing.parallel += read_parallel(reader)
    ones = [[spot.cited(prefix.__add__) for prefix in owner.prefixes] for spot in listing.spots]
    cited = [
        Cited(tuple(r for one in by_owner for r in one.readings), by_owner[0].last, either=len(by_owner) > 1)
        for by_owner in ones
    ]
    return Found(cited, listing.parallel, assumed=owner.assumed)


def _read_owner(reader: Reader) -> _Owner | None:
    """What `of` and a name after a section say it belongs to."""
    scan = reader.scan
    before = scan.pos
    if scan.take(_BY_LAW) and (law := orders.name_law(reader)):
        return _Owner((f"{law} sec. ",))
    if scan.take(_OF):
        if match := scan.take(_ACT):
            reader.name_act(names.which(match))
            return _Owner((f"{reader.act} sec. ",))
        if match := scan.take(_TITLE):
            return _Owner((f"{match[1]} USC ",))
        for name in (orders.name_order(reader), orders.name_memorandum(reader)[0], orders.name_law(reader)):
            if name:
                return _Owner((f"{name} sec. ",))
        title = re.match(r"\d+ USC ", reader.within)
        if title and scan.take(_THIS_TITLE):
            return _Owner((title[0],))
        if scan.take(_THIS_ORDER):
            order = reader.within.split(" sec. ")[0].split(",")[0]
            return _Owner((f"{order} sec. ",)) if order.startswith(("EO ", *names.MEMORANDA)) else None
        if reader.order and scan.take(_THAT_ORDER):
            return _Owner((f"{reader.order} sec. ",))
        if scan.take(_SOME_LAW) and (law := orders.name_law(reader)):
            scan.take(_CLOSING)
            return _Owner((f"{law} sec. ",))
        if match := scan.take(names.ANY_ACT):
            return _Owner((f"{match['name']} sec. ",))
    scan.pos = before
    return None


def _assumed(reader: Reader, listing: Listing, *, its: bool) -> _Owner | None:
    """The act or order that a section without one is likeliest of: small numbers of the AECA, large of the FAA."""
    before = reader.scan.pos
    of_act = reader.scan.take(_SAME_ACT) if reader.scan.take(_OF) else None
    if of_act and of_act["other"]:
        listing.parallel += read_parallel(reader)
        if not listing.parallel:
            return None
    if not of_act:
        reader.scan.pos = before
        if reader.scan.sees(_ELSEWHERE):
            return None
    number = int(listing.spots[0].number.partition("-")[0].rstrip(_LETTERS))
    if title := reader.sections.get(listing.spots[0].number):
        return _Owner((title,), assumed=True)
    law = reader.order.startswith("Pub. L.")
    if number >= 1000:
        if law:
            return _Owner((f"{reader.order} sec. ",), assumed=True)
        return _Owner(("22 USC ",), assumed=True) if str(number) in _IN_TITLE_22 else None
    if 100 <= number < 110 and listing.spots[0].number.isdigit():
        return _Owner(("AECA sec. ", "FAA sec. "), assumed=True)
    act = "AECA sec. " if number < 100 else "FAA sec. "
    if reader.order and not of_act and (number >= 100 if law else number <= 12):
        alone = its or listing.spots[0].paths == ("",)
        return _Owner((f"{reader.order} sec. ",) if alone else (f"{reader.order} sec. ", act), assumed=True)
    return _Owner((act,), assumed=True)


def _is_heading(reader: Reader, start: int) -> bool:
    """Whether "Section 3." stands at the head of a paragraph, and cites nothing."""
    scan = reader.scan
    return (
        scan.text[start].isupper() and bool(_HEADED.search(scan.text, max(0, start - 2), start)) and scan.sees(_HEADING)
    )


def _this(reader: Reader, word: str) -> str:
    section, labels = reader.section_within, reader.labels_within
    if word == "part":
        part = re.match(r"(\d+ CFR) (?:part )?(\d+)", section)
        return f"{part[1]} part {part[2]}" if part else ""
    if word in ("order", "memorandum"):
        return section.split(" sec. ")[0] if section.startswith(("EO", *names.MEMORANDA)) else ""
    depth = 0 if word == "section" else _LEVELS[word] + 1
    if section and re.search(r"\d+ CFR ", section) and word == "paragraph":
        depth = len(labels)
    return section + "".join(f"({label})" for label in labels[:depth]) if section else ""


def _bases(reader: Reader, word: str, listing: Listing) -> tuple[str, ...]:
    """The clauses that a relative label may be a part of, likeliest first."""
    section, labels = reader.section_within, reader.labels_within
    if not section:
        return ()
    first = listing.spots[0].paths[0][1]
    level = _LEVELS[word]
    if " CFR " in section:
        level = 1 if first.isdigit() else 3 if first.isupper() else 0
    depths = [level] if level <= len(labels) else []
    depths += [depth for depth in range(len(labels), -1, -1) if depth != level]
    return tuple(section + "".join(f"({label})" for label in labels[:depth]) for depth in depths)


def _joined(outer: Cited, inner: Cited) -> Cited:
    return Cited(
        tuple(o + i for o in outer.readings for i in inner.readings),
        tuple(o + i for o in outer.readings for i in inner.last),
        outer.either,
    )
