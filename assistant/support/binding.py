"""Whether a claim ties its figures and actors to what the source ties them to."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.support import Read

_REACH = 7
_LIST = re.compile(r"\b([A-Za-z]+) (and|or) (?:the |an? )?([A-Za-z]+)\b")


def swapped(said: "Read", held: "Read") -> list[str]:
    """Figures and actors that the source has, tied to words that it ties to another of them."""
    found: list[str] = []
    for figure in said.figures:
        rivals = [other for other in held.figures if other.kind == figure.kind and not figure.agrees(other)]
        own = [other for other in held.figures if figure.agrees(other)]
        if own and rivals:
            mine = _around(said, figure.start, figure.end)
            best = max(len(mine & _around(held, o.start, o.end)) for o in own)
            other = max(rivals, key=lambda o: len(mine & _around(held, o.start, o.end)))
            worse = len(mine & _around(held, other.start, other.end))
            if worse >= best + 2:
                found.append(
                    f"the source says that of {held.text[other.start : other.end].strip()}, not of {said.text[figure.start : figure.end].strip()}"
                )
    found += _actors(said, held)
    return found


def _actors(said: "Read", held: "Read") -> list[str]:
    """An official who does in the claim what another does in the source."""
    found: list[str] = []
    theirs = [name for name in held.names if name.official]
    for name in (name for name in said.names if name.official):
        own = [other for other in theirs if other.words == name.words]
        rivals = [
            other
            for other in theirs
            if other.words != name.words and not set(other.words) & set(name.words) - {"secretary", "committee", "of"}
        ]
        if not own or not rivals:
            continue
        mine = _after(said, name.start + len(name.written))
        if len(mine) < 2:
            continue
        best = max(_shared(mine, _after(held, o.start + len(o.written))) for o in own)
        rival = max(rivals, key=lambda o: _shared(mine, _after(held, o.start + len(o.written))))
        worse = _shared(mine, _after(held, rival.start + len(rival.written)))
        if worse >= best + 2:
            found.append(f"{rival.written} does that in the source, not {name.written}")
    return found


def reordered(said: "Read", held: "Read") -> list[str]:
    """Pairs that the source joins by "or" and the claim by "and", or the other way."""
    theirs = {(a.lower(), b.lower()): join for a, join, b in _LIST.findall(held.text)}
    found: list[str] = []
    for one, join, other in _LIST.findall(said.text):
        known = theirs.get((one.lower(), other.lower())) or theirs.get((other.lower(), one.lower()))
        if known and known != join:
            found.append(f"“{one} {join} {other}” is “{one} {known} {other}” in the source")
    return found


def turned_round(said: "Read", held: "Read") -> list[str]:
    """Two names of a claim whose order the source always has the other way, in the same voice."""
    found: list[str] = []
    for one, other in pairwise(said.names):
        if one.words == other.words or not (one.official or other.official):
            continue
        passive = _passive(said.text[one.start : other.start])
        ways = [
            (a.start < b.start) == (_passive(held.text[min(a.start, b.start) : max(a.start, b.start)]) == passive)
            for a in held.names
            if set(one.words) <= set(a.words)
            for b in held.names
            if set(other.words) <= set(b.words)
            if a != b and not re.search(r"[.;]\s", held.text[min(a.start, b.start) : max(a.start, b.start)])
        ]
        if ways and not any(ways):
            found.append(f"{one.written} and {other.written} stand the other way round in the source")
    return found


def _passive(between: str) -> bool:
    return re.search(r"\bby\s+(?:the\s+)?$", between) is not None


def _around(held: "Read", start: int, end: int) -> frozenset[str]:
    """The stems round a place within its clause."""
    left = max(held.text.rfind(mark, 0, start) for mark in (";", ". ", ","))
    right = min(
        (place for mark in (";", ". ", ", ") if (place := held.text.find(mark, end)) >= 0), default=len(held.text)
    )
    return frozenset(word.stem for word in held.content if left < word.start < right and not start <= word.start < end)


def _after(held: "Read", place: int) -> tuple[str, ...]:
    """The stems of the next words that carry meaning, to the end of the sentence."""
    stop = next((n for mark in (". ", ";") if (n := held.text.find(mark, place)) >= 0), len(held.text))
    return tuple(word.stem for word in held.content if place <= word.start < stop)[:3]


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return len(set(one) & set(other))
