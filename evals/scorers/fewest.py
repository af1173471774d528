"""Whether an answer rests on few, fine provisions."""

from assistant import law
from evals.trial import Trial

MEANS = "At most eight provisions are cited, and a whole instrument only where one is wanted or has ended."


def score(trial: Trial) -> dict[str, float]:
    if not trial.cited:
        return {}
    whole = [each for each in trial.cited if law.instrument_of(each) == each]
    wanted = {one for group in trial.must for one in group}
    loose = [each for each in whole if each not in wanted and any(law.instrument_of(one) == each for one in wanted)]
    return {"eight at most": float(len(trial.cited) <= 8), "fine enough": float(not loose)}
