"""How long an answer is."""

from evals.trial import Trial

MEANS = "Words of the claims, and whether at most eight provisions are cited."
UNIT = "words"
LOWER = frozenset({"words"})


def score(trial: Trial) -> dict[str, float]:
    if trial.answer["abstained"]:
        return {}
    return {"words": float(sum(len(claim["text"].split()) for claim in trial.answer["claims"]))}
