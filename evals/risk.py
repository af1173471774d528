"""Risk by coverage: how often an answer is wrong if only the surest are given."""

from collections.abc import Sequence

from evals.trial import Trial, met


def risk_coverage(trials: Sequence[Trial]) -> list[tuple[float, float]]:
    """Points (share of questions answered, share of those wrong), surest first.

    An answer is wrong where the question should be refused, or none of the clauses it must cite is cited. How sure an
    answer is, is its `confidence` where it has one, else the score of its best hit. Questions without either kind of
    truth are left out.
    """
    judged = [trial for trial in trials if trial.sample.must_abstain or trial.must]
    given = sorted((trial for trial in judged if not trial.answer["abstained"]), key=_sureness, reverse=True)
    points: list[tuple[float, float]] = []
    wrong = 0
    for number, trial in enumerate(given, 1):
        wrong += trial.sample.must_abstain or not any(met(trial.cited, wanted) for wanted in trial.must)
        points.append((number / len(judged), wrong / number))
    return points


def area(points: Sequence[tuple[float, float]]) -> float:
    """The mean risk over the coverages reached; 0 where nothing was answered."""
    return sum(risk for _, risk in points) / len(points) if points else 0.0


def _sureness(trial: Trial) -> float:
    if isinstance(trial.answer.get("confidence"), int | float):
        return float(trial.answer["confidence"])
    hits = trial.answer["hits"]
    return float(hits[0]["score"]) if hits else 0.0
