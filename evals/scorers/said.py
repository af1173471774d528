"""Whether an answer says what it must and nothing it must not."""

import re

from evals.trial import Trial

MEANS = "Claims and warnings match every pattern they must and none they must not."


def score(trial: Trial) -> dict[str, float]:
    sample = trial.sample
    if sample.must_abstain or not sample.must_match:
        return {}
    every = all(re.search(pattern, trial.said, re.I) for pattern in sample.must_match)
    none = not any(re.search(pattern, trial.said, re.I) for pattern in sample.must_not_match)
    return {"said": float(every and none)}
