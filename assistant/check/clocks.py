"""Days that Congress has, held against the table of clocks."""

import re
from collections.abc import Iterator

from assistant import cite
from assistant.check.figures import Length, lengths
from assistant.check.readings import CLOCK, NOT_CLOCK, UNSETTLED, Contradiction, Ground, groups_of, in_clause, related
from assistant.phrase import day, joined
from assistant.rules import Clock

_REVIEW = re.compile(r"\b(?:review|wait|waits|clock|lies? before|joint resolution|formal(?:ly)? notif\w+)\b", re.I)


def days_against(ground: Ground, said: str, cited: list[str], routes: list[str]) -> Iterator[Contradiction]:
    if not CLOCK.search(said) or NOT_CLOCK.search(said) or UNSETTLED.search(said):
        return
    found = [one for one in lengths(said) if one.unit == "day"]
    for number, one in enumerate(found):
        begin = found[number - 1].end if number else 0
        stop = found[number + 1].start if number + 1 < len(found) else len(said)
        yield from _day(
            ground, said, one, said[begin : one.start], said[one.end : stop], cited, routes, alone=len(found) == 1
        )


def _day(
    ground: Ground, said: str, one: Length, before: str, after: str, cited: list[str], routes: list[str], *, alone: bool
) -> Iterator[Contradiction]:
    if not routes:
        if cited or not re.search(r"\bcongress\w*", said, re.I) or not _REVIEW.search(said):
            return
        routes = ["FMS", "DCS"]
    rows = [c for c in ground.rules.clocks if c.route in routes and c.covers(ground.on)]
    if not rows:
        return
    groups = groups_of(ground, said) if alone else (groups_of(ground, after) or groups_of(ground, before))
    fitting = [c for c in rows if not groups or c.group in groups] or rows
    right = {float(c.days) for c in fitting}
    if one.kind in {"business", "working", "legislative", "session"}:
        row = fitting[0]
        yield Contradiction(
            one.start, one.end, f"The clock runs in calendar days, not {one.kind} days ({cite.display(row.provision, ground.corpus)}).",
            row.provision, f"{_in_words(fitting)} calendar days",
        )  # fmt: skip
    elif one.number not in right:
        ruled = any(related(c.provision, p) for c in rows for p in cited)
        if not (groups and ruled) and in_clause(ground, one.number, "day", cited, itself=bool(groups)):
            return
        shown = joined(
            list(
                dict.fromkeys(
                    f"{c.days} days ({c.group.replace('-', ' ')}; {cite.display(c.provision, ground.corpus)})"
                    for c in fitting
                )
            )
        )
        yield Contradiction(
            one.start, one.end, f"On {day(ground.on)} the table has {shown}, not {one.number:.0f}.", fitting[0].provision, f"{_in_words(fitting)} days"
        )  # fmt: skip


def _in_words(rows: list[Clock]) -> str:
    return " or ".join(dict.fromkeys(str(c.days) for c in rows))
