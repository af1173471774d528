"""Memos checked: how many planted faults are found, and how often a right thing is called a fault."""

from typing import TYPE_CHECKING

from evals.figure import Figure
from evals.memos import Bench, Score

if TYPE_CHECKING:
    from assistant.desk import Desk

_SEED = 7


def figures(desk: "Desk", *, fast: bool) -> list[Figure]:
    """The memos written by hand; the generated ones too where there is time."""
    bench = Bench(desk.corpus, desk.record, desk.rules)
    found = _figures(bench.hand(), "by hand")
    return found if fast else found + _figures(bench.generated(_SEED)[0], "generated")


def _figures(score: Score, which: str) -> list[Figure]:
    found = []
    if score.planted:
        found.append(Figure("check", f"faults found, {which}", "all", score.found / score.planted, score.planted))
    if score.checked:
        alarms = score.false_alarms / score.checked
        found.append(Figure("check", f"false alarms, {which}", "all", alarms, score.checked, lower_is_better=True))
    return found
