"""The scorers, one a file, found by being here.

A scorer module has `MEANS`, a line for the reader; `score(trial)`, the numbers of one answer by name, empty where it does
not apply; or `measure(trials)`, numbers of them all together, each with how many answers it was taken over. `UNIT` (share, words, ms, MB) and `LOWER`, the names of
numbers that are better low, are optional.
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.trial import Trial

Score = Callable[[Trial], dict[str, float]]
Measure = Callable[[Sequence[Trial]], dict[str, tuple[float, int]]]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scorer module as it was found."""

    name: str
    means: str
    score: Score | None
    measure: Measure | None
    unit: str
    lower: frozenset[str]


def find_scorers() -> list[Scorer]:
    """Every scorer in this folder, by file name."""
    found: list[Scorer] = []
    for each in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{__name__}.{each.name}")
        found.append(
            Scorer(
                each.name,
                module.MEANS,
                getattr(module, "score", None),
                getattr(module, "measure", None),
                getattr(module, "UNIT", "share"),
                frozenset(getattr(module, "LOWER", ())),
            )
        )
    return found
