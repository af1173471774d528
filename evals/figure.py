"""One number of the evaluation, with the interval it may vary in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

RESAMPLES = 1_000
_SEED = 20_180_419
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one part of the evaluation over the samples of one kind ("all" for every kind).

    `low` and `high` bound 95% of bootstrap resamples; None where nothing is resampled. `unit` is share, words, ms, MB.
    """

    part: str
    measure: str
    kind: str
    value: float
    n: int
    low: float | None = None
    high: float | None = None
    unit: str = "share"
    lower_is_better: bool = False

    @property
    def name(self) -> str:
        """What it is called in a baseline."""
        return f"{self.part}: {self.measure}"


def mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean, and the bounds of 95% of the means of resamples."""
    held = np.asarray(values, np.float64)
    drawn = np.random.default_rng(_SEED).integers(0, len(held), (RESAMPLES, len(held)))
    low, high = np.percentile(held[drawn].mean(axis=1), [2.5, 97.5])
    return float(held.mean()), float(low), float(high)


def resampled(
    items: Sequence[T], measure: Callable[[Sequence[T]], dict[str, tuple[float, int]]]
) -> dict[str, tuple[float, float]]:
    """For each number that `measure` gives, the bounds of 95% of resamples of the items."""
    source = np.random.default_rng(_SEED)
    found: dict[str, list[float]] = {}
    for _ in range(200):
        drawn = [items[int(i)] for i in source.integers(0, len(items), len(items))]
        for name, (value, _) in measure(drawn).items():
            found.setdefault(name, []).append(value)
    return {name: (float(np.percentile(v, 2.5)), float(np.percentile(v, 97.5))) for name, v in found.items()}


def mean_figure(
    part: str, measure: str, kind: str, values: Sequence[float], unit: str = "share", *, lower_is_better: bool = False
) -> Figure:
    """The mean of values as a figure."""
    value, low, high = mean_interval(values)
    return Figure(part, measure, kind, value, len(values), low, high, unit, lower_is_better)
