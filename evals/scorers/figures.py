"""Whether an answer gives the amounts and clocks it must."""

from evals.amounts import gives
from evals.trial import Trial

MEANS = "Every amount and clock of the reference stands in the answer, however it is written."


def score(trial: Trial) -> dict[str, float]:
    figures = trial.sample.figures
    if trial.sample.must_abstain or not figures:
        return {}
    return {"figures right": float(all(gives(trial.said, figure) for figure in figures))}
