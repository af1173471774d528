"""Whether a question that has an answer is answered."""

from evals.trial import Trial

MEANS = "Of the questions with an answer, the share that is not refused."


def score(trial: Trial) -> dict[str, float]:
    return {} if trial.sample.must_abstain else {"answered": float(not trial.answer["abstained"])}
