"""Whether a question that presumes something false is put right, and no other is."""

import re

from evals.trial import Trial, met

MEANS = (
    "A false premise is answered, warned of, and shown by a clause it must be shown by; no other question is so warned."
)
LOWER = frozenset({"false premise alarm"})


def score(trial: Trial) -> dict[str, float]:
    warned = any(warning["code"] == "false_premise" for warning in trial.answer["warnings"])
    if not trial.sample.false_premise:
        return {} if trial.sample.must_abstain else {"false premise alarm": float(warned)}
    if not trial.must:
        return {"false premise warned": float(warned)}
    shown = any(met(trial.cited, wanted) for wanted in trial.must)
    agreed = any(re.search(pattern, trial.said, re.I) for pattern in trial.sample.must_not_match)
    corrected = warned and shown and not agreed and not trial.answer["abstained"]
    return {"false premise warned": float(warned), "false premise corrected": float(corrected)}
