"""Read pinpoints: `(b)(1)`, `36(b)(1), (c), and (d)`, `2776(b)(1)(A)-(P)`, and what a list's next item means."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.cite.mention import Cited
from assistant.cite.pattern import Pattern

_LABEL = r"\((?:\d{1,3}[A-Z]?|([A-Za-z])\1{0,2}|[ivxl]{2,6}|[IVXL]{2,6})(?:-\d{1,2})?\)"
LABEL = Pattern(_LABEL)
# "552(b) (3) and (4)": a label after a space belongs to the citation only where the citation goes on or ends.
_SPACED_LABEL = Pattern(rf" (?!\([A-Z]){_LABEL}(?=[,;.)\](]|$| (?:and|or|of|to|through|note)\b|-\(| \(\w{{1,4}}\))")
_PROSE = Pattern(r" (?:an?|the|any|all|each|every|no|not|if|in|it|such|that|when|where|by|for|with|he|there|other)\b")
_RUN = Pattern(r" ?- ?| (?:through|thru|to) (?:and including )?")
_LIST = Pattern(r", ?(?:and/or |and |or |& )?| ?[&/] ?| (?:and/or|and|or|nor) ")
_NOT_A_SECTION = Pattern(
    r" ?(?:[UF]\.? ?S\.? ?C|C\.?F\.?R|F\.?R\.?\b|Fed\.|Stat\.|USC|%|percent|calendar|working|days?\b|weeks?\b|"
    r"months?\b|years?\b|million|billion|thousand|fiscal|times\b|countries|members?\b|votes?\b)"
)
ALWAYS = Pattern("")
NEVER = Pattern(r"(?!)")
_MOST_ITEMS = 60
_DEEPEST = 8


@dataclass(slots=True)
class Scan:
    """A place in a cleaned text."""

    text: str
    pos: int = 0

    def take(self, pattern: Pattern) -> re.Match[str] | None:
        """Match here and move past it."""
        match = pattern.match(self.text, self.pos)
        if match:
            self.pos = match.end()
        return match

    def sees(self, pattern: Pattern) -> bool:
        """Whether the pattern stands here."""
        return pattern.match(self.text, self.pos) is not None


@dataclass(frozen=True, slots=True)
class Spot:
    """A numbered place in an instrument: `paths` are the labels it may have, likeliest first."""

    number: str
    paths: tuple[str, ...] = ("",)
    last: "Spot | None" = None

    def cited(self, root: Callable[[str], str]) -> Cited:
        """The clause or run under an instrument; `root` makes an id of a number."""
        readings = tuple(root(self.number) + path for path in self.paths)
        return Cited(readings, tuple(root(self.last.number) + path for path in self.last.paths) if self.last else ())


@dataclass(slots=True)
class Listing:
    """What a list of pinpoints names, and how the same clauses were cited again in brackets."""

    spots: list[Spot] = field(default_factory=list)
    parallel: list[Cited] = field(default_factory=list)


def read_labels(scan: Scan) -> tuple[str, ...]:
    """The labels that stand here, without their brackets."""
    found: list[str] = []
    while len(found) < _DEEPEST and (match := scan.take(LABEL) or scan.take(_SPACED_LABEL)):
        found.append(match[0].strip(" ()"))
    return tuple(found)


def read_list(
    scan: Scan, number: Pattern, *, bare: Pattern = NEVER, again: Callable[[], list[Cited]] = list
) -> Listing | None:
    """A number with its labels, and the items of a list that follow.

    `bare` says which later numbers may stand in the list without labels; `again` reads a parallel citation.
    """
    match = scan.take(number)
    if not match or scan.sees(_NOT_A_SECTION):
        return None
    listing = Listing()
    place = _Place(match[0], read_labels(scan))
    listing.spots.append(place.spot)
    listing.parallel += again()
    while len(listing.spots) < _MOST_ITEMS:
        before = scan.pos
        run = bool(scan.take(_RUN))
        if not run and not scan.take(_LIST):
            break
        item = _next(scan, place, number, run=run, bare=bare)
        if item is None:
            scan.pos = before
            if run and scan.take(_LIST):
                item = _next(scan, place, number, run=False, bare=bare)
            if item is None:
                scan.pos = before
                break
        place = item
        if run:
            listing.spots[-1] = Spot(listing.spots[-1].number, listing.spots[-1].paths, place.spot)
        else:
            listing.spots.append(place.spot)
        listing.parallel += again()
    return listing


@dataclass(frozen=True, slots=True)
class _Place:
    """The item read last: a list's next item is placed beside it."""

    number: str
    labels: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def spot(self) -> Spot:
        return Spot(self.number, tuple("".join(f"({label})" for label in path) for path in (self.labels, *self.others)))


def _next(scan: Scan, place: _Place, number: Pattern, *, run: bool, bare: Pattern) -> _Place | None:
    labels = read_labels(scan)
    if labels:
        beside = tuple(place_beside(place.labels, labels))
        if not beside or (not run and scan.sees(_PROSE)):
            return None
        return _Place(place.number, beside[0], beside[1:])
    match = scan.take(number)
    if not match or scan.sees(_NOT_A_SECTION):
        return None
    labels = read_labels(scan)
    if not labels and not bare.match(match[0]):
        return None
    return _Place(match[0], labels)


def place_beside(before: tuple[str, ...], item: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Where a list's next item may stand, deepest first: after (b)(1), `(2)` is (b)(2) and `(c)` is (c)."""
    return [
        before[:level] + item
        for level in range(len(before) - 1, -1, -1)
        if _follows(before[level], item[0], top=level == 0)
    ]


def _follows(before: str, label: str, *, top: bool) -> bool:
    """Whether two labels are of one style; `i` is a numeral below the top, and a letter or a numeral at the top."""
    if before[0].isdigit() or label[0].isdigit():
        return before[0].isdigit() and label[0].isdigit()
    if before.isupper() != label.isupper():
        return False
    if top:
        return True
    return _numeral(before) == _numeral(label) or (before.isupper() and len(before) == len(label) == 1)


def _numeral(label: str) -> bool:
    return set(label.lower()) <= set("ivx")
