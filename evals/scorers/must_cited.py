"""Whether any clause that a right answer cites is cited: the clause, a part of it, or its immediate parent."""

from evals.trial import Trial, met

MEANS = "Any of the clauses a right answer cites is cited (itself, a part of it, or its immediate parent)."


def score(trial: Trial) -> dict[str, float]:
    if trial.sample.must_abstain or not trial.must:
        return {}
    return {"must cited": float(any(met(trial.cited, wanted) for wanted in trial.must))}
