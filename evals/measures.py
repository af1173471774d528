"""Measures of a ranking by the definitions of trec_eval; their equality with ranx is tested."""

from collections.abc import Mapping, Sequence
from math import log2

Grades = Mapping[str, float]


def recall(ranked: Sequence[str], grades: Grades, k: int) -> float:
    """The share of the relevant that stand among the first k."""
    relevant = {each for each, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def average_precision(ranked: Sequence[str], grades: Grades, k: int) -> float:
    """Precision at each relevant among the first k, summed over the number of all relevant."""
    relevant = {each for each, grade in grades.items() if grade > 0}
    found, total = 0, 0.0
    for place, each in enumerate(ranked[:k], 1):
        if each in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def ndcg(ranked: Sequence[str], grades: Grades, k: int) -> float:
    """Gains (the grades) discounted by log2(1 + place), over those of the best order."""
    best = _discounted(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k])
    return _discounted([grades.get(each, 0.0) for each in ranked[:k]]) / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Grades, k: int) -> float:
    """One over the place of the first relevant among the first k; 0 where there is none."""
    return next((1 / place for place, each in enumerate(ranked[:k], 1) if grades.get(each, 0) > 0), 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return sum(max(gain, 0.0) / log2(place + 1) for place, gain in enumerate(gains, 1))
