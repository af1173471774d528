"""A day by its place in the count, "on the sixteenth day", held against the table of clocks."""

import re
from collections.abc import Iterator, Sequence

from assistant import cite
from assistant.check.readings import Contradiction, Ground, around_of, group_words, groups_of
from assistant.phrase import day

_UNITS = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = {20: ("twenty", "twentieth"), 30: ("thirty", "thirtieth"), 40: ("forty", "fortieth")}
_PLACES = {word: number for number, word in enumerate([*_UNITS, *_TEENS]) if word}
for _ten, (_plain, _round) in _TENS.items():
    _PLACES[_round] = _ten
    _PLACES |= {f"{_plain}-{unit}": _ten + number for number, unit in enumerate(_UNITS) if unit}
_SPELT = "|".join(sorted(_PLACES, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?P<does>signed|issued?|offered|effective|takes? effect|took effect|given|concluded|delivered|approved)\b[^.;]{{0,30}}?"
    rf"\bon (?:the )?(?P<place>(?P<word>{_SPELT})|(?P<number>\d{{1,2}})(?:st|nd|rd|th)) (?:calendar )?day\b",
    re.I,
)
_CLOCKED = re.compile(r"\b(?:congress|certif|notif|period|review|consent)\w*", re.I)


def places_against(
    ground: Ground, said: str, routes: list[str], contexts: Sequence[str] = ()
) -> Iterator[Contradiction]:
    """An act put on a day on which the period still runs; a period of thirty days is over on the thirty-first."""
    match = _DAY.search(said)
    if match is None or not _CLOCKED.search(said):
        return
    place = int(match["number"]) if match["number"] else _PLACES[match["word"].lower()]
    groups = groups_of(ground, said) or around_of(ground, contexts)
    rows = [
        c for c in ground.rules.clocks
        if c.covers(ground.on) and c.route in (routes or ["FMS", "DCS"]) and (not groups or c.group in groups)
    ]  # fmt: skip
    if not rows or any(place > c.days for c in rows):
        return
    row = rows[0]
    yield Contradiction(
        match.start("place"), match.end("place"),
        f"On {day(ground.on)} the table has {row.days} days for {group_words(row.group)} ({cite.display(row.provision, ground.corpus)}); they still run then.",
        row.provision, f"the day after {row.days} calendar days",
    )  # fmt: skip
