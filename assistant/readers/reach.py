"""How far a definition reaches: a clause and what is in it, or a run of sections, parts or chapters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant import law

_RUN = " .. "
_NUMBER = re.compile(r"^(\D*?)(\d+)([A-Za-z]*)(?:-(\d+)([A-Za-z]*))?$")
_Key = tuple[str, int, int, str, int, str]


@dataclass(frozen=True, slots=True)
class Division:
    """A chapter, subchapter or part: the instruments from `first` to `last`, both included.

    `words` are what its own text calls it ("this chapter"); `definitions` the instruments that define terms for all
    of it.
    """

    name: str
    first: str
    last: str
    words: tuple[str, ...]
    definitions: tuple[str, ...] = ()

    @property
    def reach(self) -> str:
        """The reach of a definition for the whole division."""
        return f"{self.first}{_RUN}{self.last}"


def reach_of(id: str, word: str, divisions: Iterable[Division]) -> str:
    """The reach of what a text says of `id` and calls "this `word`": the smallest division so called that holds it.

    Where none is known it is `id` itself, which is never too wide.
    """
    held = [
        division
        for division in divisions
        if covers(division.reach, id)
        and (word.lower() in division.words or (word == "part" and id in division.definitions))
    ]
    return min((division.reach for division in held), key=width, default=id) if word else id


def is_run(reach: str) -> bool:
    """Whether a reach is a run of instruments."""
    return _RUN in reach


def covers(reach: str, provision: str) -> bool:
    """Whether a provision lies within a reach."""
    first, run, last = reach.partition(_RUN)
    if not run:
        return law.is_part_of(provision, reach)
    low, high, place = _key(first), _key(last), _key(law.instrument_of(provision))
    return place[0] == low[0] == high[0] and low <= place <= high


def width(reach: str) -> int:
    """How many section numbers a run spans; 0 for a clause."""
    first, run, last = reach.partition(_RUN)
    return _key(last)[1] - _key(first)[1] + 1 if run else 0


@lru_cache(maxsize=4096)
def _key(instrument: str) -> _Key:
    """Where an instrument stands among those of its title: 2151-1, 2151a, 2151aa, 2152."""
    head, _, number = instrument.rpartition(" ")
    match = _NUMBER.match(number)
    if not match:
        return (instrument, 0, 0, "", 0, "")
    letters = match[3]
    return (f"{head} {match[1]}", int(match[2]), len(letters), letters, int(match[4] or 0), match[5] or "")
