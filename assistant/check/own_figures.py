"""Figures given as a clause's own, held against those its note and text have."""

import re
from collections.abc import Iterator

from assistant import cite, law
from assistant.check.figures import amounts, figures_of, in_months, lengths
from assistant.check.readings import CLOCK, NOT_CLOCK, UNSETTLED, Contradiction, Ground, related, rule_amounts
from assistant.phrase import dollars, joined

_STATED = re.compile(
    r"\b(?:within|not later than|no later than|at least|not less than|for|after|before|exceed\w*|more than|least|every|period of|than|an?|the|in|up to|allow|allows|give|gives|once|leases? of)\s+(?:\w+ ){0,2}$",
    re.I,
)


def figures_against(ground: Ground, said: str, cited: list[str]) -> Iterator[Contradiction]:
    """A figure given as the clause's that the clause does not have, where it has others of the kind."""
    known = [p for p in cited if p != law.instrument_of(p) or " USC " in p]
    if not known or UNSETTLED.search(said):
        return
    ruled = {r.provision for r in (*ground.rules.thresholds, *ground.rules.clocks)}
    clocked = any(p in ruled for p in known) and CLOCK.search(said) and not NOT_CLOCK.search(said)
    stated: list[tuple[float, str, int, int]] = [
        (float(a.usd), "dollars", a.start, a.end)
        for a, _, _ in rule_amounts(said, list(amounts(said)))
        if not any(related(r.provision, p) for r in ground.rules.thresholds for p in known)
    ]
    for one in lengths(said):
        before = said[max(0, one.start - 50) : one.start]
        if (one.unit == "percent" or _STATED.search(before)) and not (clocked and one.unit == "day"):
            number, unit = in_months(one)
            stated.append((number, unit, one.start, one.end))
    known = _rows_named(ground, said, known)
    for number, unit, start, end in stated:
        has = [(p, figures) for p in known if (figures := figures_of(ground.sources.narrow(p), unit))]
        if not has or any(number in figures for _, figures in has):
            continue
        provision, figures = has[0]
        shared = any(n in figures for n, u, _, _ in stated if u == unit)
        if shared and number in figures_of(ground.sources.words(law.instrument_of(provision)), unit):
            continue
        if len(figures) > 6:
            continue
        shown = joined([_shown(figure, unit) for figure in sorted(figures)])
        yield Contradiction(
            start, end, f"The clause has {shown}, not {said[start:end]} ({cite.display(provision, ground.corpus)}).", provision, shown
        )  # fmt: skip


def _rows_named(ground: Ground, said: str, known: list[str]) -> list[str]:
    """Of a table cited whole, the row whose number a sentence names: "Tier 3"."""
    named = re.findall(r"\b(?:Tier|Category|Level) (?:\d|I{1,3}|IV)\b", said)
    if len(set(named)) != 1:
        return known
    rows = [
        r for p in known for r in ground.sources.below(p) if re.search(rf"\b{named[0]}\b", ground.corpus.heading(r))
    ]
    return rows if len(rows) == 1 else known


def _shown(figure: float, unit: str) -> str:
    if unit == "dollars":
        return dollars(int(figure))
    if unit == "month" and figure % 12 == 0:
        figure, unit = figure / 12, "year"
    return f"{figure:.0f} {unit}{'s' if figure != 1 and unit != 'percent' else ''}"
