"""A memo's tables read by their columns: a cell's figure, day or office is what its head and its row say it is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import cite, law
from assistant.check.calendar import days_in
from assistant.check.figures import amounts, lengths
from assistant.check.memo import Memo, Part
from assistant.check.officials import certifier_of, office_of, offices_in
from assistant.check.readings import (
    Contradiction,
    Ground,
    as_rows,
    group_words,
    groups_of,
    measure_words,
    only_measure,
    routes_of,
)
from assistant.phrase import day, dollars
from assistant.rules import EVERYONE, OTHERS

_DAYS = re.compile(r"\bdays?\b|\bclock\b|\breview (?:period|time)\b|\bperiod\b", re.I)
_NOT_DAYS = re.compile(r"\b(?:informal|tiered|tier|lead|delivery|upgrade|report)\b", re.I)
_BARE = re.compile(r"\W*(\d{1,3})\W*$")
_OFFICE = re.compile(r"\bcertif\w+ (?:official|authority|officer)|\bwh(?:o|ich (?:office|official|secretary|department))\b[^?|]{0,20}\b(?:certif|notif|sign|submit)\w*|\bnotifying official\b|\bcertified by\b|\bcertifier\b", re.I)  # fmt: skip
_VALUES = re.compile(r"\b(?:value|price|cost|estimate|package|this case|our case|case)\b", re.I)
_ENDED = re.compile(r"\W*(?:revoked|rescinded|superseded|repealed|ended|replaced)\b(?P<rest>[^.;|]{0,40})", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words, made plain, where they begin in the memo, and the head of its column."""

    words: str
    start: int
    head: str


def rows_of(memo: Memo) -> Iterator[tuple[Cell, ...]]:
    """The rows under a table's head, cell by cell."""
    heads: list[str] = []
    last = -2
    for number, block in enumerate(memo.blocks):
        if block.part is not Part.ROW:
            continue
        cells = list(_cells(memo, block.start, block.end))
        if number != last + 1:
            heads = [words.strip() for words, _ in cells]
        else:
            padded = [*heads, *[""] * len(cells)]
            yield tuple(Cell(words, start, padded[at]) for at, (words, start) in enumerate(cells))
        last = number


def _cells(memo: Memo, start: int, end: int) -> Iterator[tuple[str, int]]:
    line = memo.text[start:end]
    piped = "|" in line
    place = start
    for part in line.split("|") if piped else line.split("\t"):
        if part.strip() or not piped:
            yield memo.plain[place : place + len(part)], place
        place += len(part) + 1


def columns_against(ground: Ground, memo: Memo, cited: "dict[int, list[str]]") -> Iterator[Contradiction]:
    """What a table's cells say against the dated tables; `cited` has the clauses of each citation by where it begins."""
    for row in rows_of(memo):
        whole = " ; ".join(cell.words for cell in row)
        begin, end = row[0].start, row[-1].start + len(row[-1].words)
        clauses = list(dict.fromkeys(p for at, found in cited.items() if begin <= at < end for p in found))
        routes = routes_of(ground, f"{whole} {' '.join(cell.head for cell in row)}", clauses)
        groups = groups_of(ground, whole)
        for cell in row:
            about = f"{cell.head} {row[0].words if cell is not row[0] else ''}"
            theirs = routes_of(ground, cell.head, [])
            one = theirs if len(theirs) == 1 else routes
            yield from _amount(ground, cell, about, one, groups)
            yield from _days(ground, cell, about, one, groups)
            yield from _office(ground, cell, about, [] if one is theirs else clauses, one)
        yield from _ending(ground, row, cited)


def _amount(ground: Ground, cell: Cell, about: str, routes: list[str], groups: set[str]) -> Iterator[Contradiction]:
    found = list(amounts(cell.words))
    measures = only_measure(cell.head) or only_measure(about) or only_measure(cell.words)
    if len(found) != 1 or len(measures) != 1 or len(groups) != 1 or _VALUES.search(about) or not routes:
        return
    rows = [
        r for r in ground.rules.thresholds
        if r.route in routes and r.covers(ground.on) and r.measure in measures and r.amount
        and (r.group == EVERYONE or r.group in as_rows(groups))
    ]  # fmt: skip
    one = found[0]
    if rows and one.usd not in {r.amount for r in rows}:
        right = rows[0]
        yield Contradiction(
            cell.start + one.start, cell.start + one.end,
            f"On {day(ground.on)} the table has {dollars(right.amount or 0)} for {measure_words(right.measure)}, {group_words(right.group)}"
            f" ({cite.display(right.provision, ground.corpus)}), not {dollars(one.usd)}.", right.provision, dollars(right.amount or 0),
        )  # fmt: skip


def _days(ground: Ground, cell: Cell, about: str, routes: list[str], groups: set[str]) -> Iterator[Contradiction]:
    if not _DAYS.search(about) or _NOT_DAYS.search(about) or len(groups) != 1 or not routes:
        return
    spans = [(x.number, x.start, x.end) for x in lengths(cell.words) if x.unit == "day"]
    if bare := _BARE.match(cell.words):
        spans.append((float(bare[1]), bare.start(1), bare.end(1)))
    rows = [c for c in ground.rules.clocks if c.route in routes and c.covers(ground.on)]
    fitting = [c for c in rows if c.group in groups] or [c for c in rows if c.group == OTHERS and groups == {OTHERS}]
    if len(spans) != 1 or not fitting or spans[0][0] in {float(c.days) for c in fitting}:
        return
    number, start, end = spans[0]
    right = fitting[0]
    yield Contradiction(
        cell.start + start, cell.start + end,
        f"On {day(ground.on)} the table has {right.days} days for {group_words(right.group)} ({cite.display(right.provision, ground.corpus)}), not {number:.0f}.",
        right.provision, f"{right.days} days",
    )  # fmt: skip


def _office(ground: Ground, cell: Cell, about: str, clauses: list[str], routes: list[str]) -> Iterator[Contradiction]:
    named = offices_in(cell.words)
    if not _OFFICE.search(about) or len(named) != 1:
        return
    row = certifier_of(ground, about, clauses, routes)
    if row is None or office_of(row.official) in named:
        return
    words = cell.words.strip()
    start = cell.start + cell.words.index(words)
    yield Contradiction(
        start, start + len(words), f"On {day(ground.on)} the function under {row.function} belongs to the {row.official} ({cite.display(row.provision, ground.corpus)}).",
        row.provision, f"the {row.official}",
    )  # fmt: skip


def _ending(ground: Ground, row: tuple[Cell, ...], cited: dict[int, list[str]]) -> Iterator[Contradiction]:
    """A day given in one cell for the ending of the instrument that the row's first citation names."""
    places = [at for at in cited if row[0].start <= at < row[0].start + len(row[0].words)]
    provisions = cited[places[0]] if places else []
    instrument = ground.corpus.instruments.get(law.instrument_of(provisions[0])) if provisions else None
    ends = [p for p in instrument.periods if p.status.ended] if instrument else []
    for cell in row[1:]:
        match = _ENDED.match(cell.words)
        if match is None or not ends or instrument is None:
            continue
        for written, start, end in list(days_in(match["rest"]))[:1]:
            if written not in {p.start for p in ends}:
                begin = cell.start + match.start("rest")
                yield Contradiction(
                    begin + start, begin + end, f"{instrument.id} was {ends[-1].status} on {day(ends[-1].start)}.",
                    ends[-1].by or provisions[0], day(ends[-1].start),
                )  # fmt: skip
