"""How wrong answers are when the surest come first."""

from collections.abc import Sequence

from evals.risk import area, risk_coverage
from evals.trial import Trial

MEANS = "The mean share of wrong answers over all coverages, surest first; wrong is answered where it should be refused, or without a clause it must cite."
LOWER = frozenset({"area under risk-coverage"})


def measure(trials: Sequence[Trial]) -> dict[str, tuple[float, int]]:
    points = risk_coverage(trials)
    return {"area under risk-coverage": (area(points), len(points))} if points else {}
