"""How long an answer takes, once the desk is open; affected by whatever else the machine does."""

from collections.abc import Sequence

import numpy as np

from evals.trial import Trial

MEANS = "Milliseconds for one answer, the desk open: half of the answers, and nineteen in twenty, take no longer."
UNIT = "ms"
LOWER = frozenset({"latency p50", "latency p95"})


def measure(trials: Sequence[Trial]) -> dict[str, tuple[float, int]]:
    taken = [1000 * trial.seconds for trial in trials]
    return {f"latency p{each}": (float(np.percentile(taken, each)), len(taken)) for each in (50, 95)}
