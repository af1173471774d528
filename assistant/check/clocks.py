"""Days that Congress has, held against the table of clocks."""

import re
from collections.abc import Iterator, Sequence

from assistant import cite, law
from assistant.check.figures import Length, lengths
from assistant.check.readings import (
    CLOCK,
    NOT_CLOCK,
    UNSETTLED,
    Contradiction,
    Ground,
    around_of,
    group_words,
    groups_of,
    in_clause,
    leaning,
    related,
)
from assistant.phrase import day, joined
from assistant.rules import OTHERS, Clock

_ALIKE = re.compile(r"\b(?:same|alike|equally|both|just as|like)\b", re.I)
_REVIEW = re.compile(r"\b(?:review|wait|waits|clock|lies? before|joint resolution|formal(?:ly)? notif\w+)\b", re.I)


_ORDINARY = re.compile(r"\b(?:ordinary|usual|general|normal) (?:case|run|course|rule)\b|\bordinarily\b", re.I)
_LEFT_OUT = re.compile(
    r"\b(?:weekends?|(?:federal |public )?holidays|Saturdays|Sundays)\b[^.;]{0,60}\b(?:left out|excluded|not counted|skipped|do(?:es)? not count|are not (?:days|part)|omitted|passed over|stop the clock)\b"
    r"|\b(?:exclud\w+|omit\w*|skip\w*|not counting|leav\w+ out|without counting) (?:\w+ ){0,2}(?:weekends?|holidays|Saturdays|Sundays)\b",
    re.I,
)


def count_against(ground: Ground, said: str, cited: list[str], contexts: Sequence[str] = ()) -> Iterator[Contradiction]:
    """Weekends or holidays said not to count, where the clock runs in calendar days."""
    match = _LEFT_OUT.search(said)
    rows = [c for c in ground.rules.clocks if c.covers(ground.on) and any(related(c.provision, p) for p in cited)]
    if match is None or not rows or not any(CLOCK.search(words) for words in (said, *contexts[:2])):
        return
    shown = cite.display(rows[0].provision, ground.corpus)
    yield Contradiction(
        match.start(), match.end(), f"The clock runs in calendar days, weekends and holidays among them ({shown}).",
        rows[0].provision, "every calendar day counts",
    )  # fmt: skip


def days_against(
    ground: Ground, said: str, cited: list[str], routes: list[str], contexts: Sequence[str] = ()
) -> Iterator[Contradiction]:
    clocked = CLOCK.search(said) or any(
        related(c.provision, p) and p != law.instrument_of(p) for c in ground.rules.clocks for p in cited
    )
    direct = any(c.provision in cited for c in ground.rules.clocks) and re.search(
        r"\b(?:letter of offer|licen[sc]e|offer)\b", said
    )
    if not clocked or NOT_CLOCK.search(said.replace("DSCA", "") if direct else said) or UNSETTLED.search(said):
        return
    found = [one for one in lengths(said) if one.unit == "day"]
    around = around_of(ground, contexts)
    for number, one in enumerate(found):
        begin = found[number - 1].end if number else 0
        stop = found[number + 1].start if number + 1 < len(found) else len(said)
        yield from _day(
            ground,
            said,
            one,
            said[begin : one.start],
            said[one.end : stop],
            cited,
            routes,
            around,
            alone=len(found) == 1,
        )


def _day(
    ground: Ground,
    said: str,
    one: Length,
    before: str,
    after: str,
    cited: list[str],
    routes: list[str],
    around: set[str],
    *,
    alone: bool,
) -> Iterator[Contradiction]:
    if re.match(r" (?:of|from|after) (?:the (?:date|effective)|\d)", after):
        return
    if not routes:
        if cited or not re.search(r"\bcongress\w*", said, re.I) or not _REVIEW.search(said):
            return
        routes = ["FMS", "DCS"]
    rows = [c for c in ground.rules.clocks if c.route in routes and c.covers(ground.on)]
    if not rows:
        return
    groups = groups_of(ground, said) if alone else (groups_of(ground, after.split(";")[0]) or groups_of(ground, before))
    groups = groups or ({OTHERS} if _ORDINARY.search(said) else around)
    fitting = [c for c in rows if not groups or c.group in groups] or rows
    if len(groups) > 1 and _ALIKE.search(said):
        for group in sorted(groups):
            theirs = [c for c in rows if c.group == group]
            if theirs and one.number not in {float(c.days) for c in theirs}:
                fitting = theirs
    right = {float(c.days) for c in fitting}
    if one.kind in {"business", "working", "legislative", "session"}:
        row = fitting[0]
        yield Contradiction(
            one.start, one.end, f"The clock runs in calendar days, not {one.kind} days ({cite.display(row.provision, ground.corpus)}).",
            row.provision, f"{_in_words(fitting)} calendar days",
        )  # fmt: skip
    elif one.number not in right:
        under = [q for p in cited for q in (p, *leaning(ground.corpus, p))]
        ruled = any(related(c.provision, p) for c in rows for p in under)
        if not (groups and ruled) and in_clause(ground, one.number, "day", cited, itself=bool(groups)):
            return
        told = list({(c.days, c.provision): c for c in reversed(fitting)}.values())[::-1]
        same = len({c.days for c in fitting}) == 1 and len({c.group for c in fitting}) > 1
        shown = joined(
            list(
                dict.fromkeys(
                    f"{c.days} days for {'every recipient' if same else group_words(c.group)} ({cite.display(c.provision, ground.corpus)})"
                    for c in (told if same else fitting)
                )
            )
        )
        yield Contradiction(
            one.start, one.end, f"On {day(ground.on)} the table has {shown}, not {one.number:.0f}.", fitting[0].provision, f"{_in_words(fitting)} days"
        )  # fmt: skip


def _in_words(rows: list[Clock]) -> str:
    return " or ".join(dict.fromkeys(str(c.days) for c in rows))
