"""The share of the clauses a right answer cites that are cited."""

from evals.trial import Trial, met

MEANS = "The mean share of the clauses a right answer cites that are cited."


def score(trial: Trial) -> dict[str, float]:
    if trial.sample.must_abstain or not trial.must:
        return {}
    return {"all must": sum(met(trial.cited, wanted) for wanted in trial.must) / len(trial.must)}
