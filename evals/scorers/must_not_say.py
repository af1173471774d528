"""Whether an answer or abstention says nothing it must not."""

import re

from evals.trial import Trial

MEANS = "Claims, reasons and warnings match no pattern they must not, abstentions included."


def score(trial: Trial) -> dict[str, float]:
    patterns = trial.sample.must_not_match
    if not patterns:
        return {}
    return {"must not say": float(not any(re.search(pattern, trial.said, re.I) for pattern in patterns))}
