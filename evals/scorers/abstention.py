"""Whether the right questions are refused, and for a right reason."""

from collections.abc import Callable, Sequence

from evals.trial import Trial

MEANS = "Of what was refused, how much should be; of what should be refused, how much was, and for an accepted reason."


def measure(trials: Sequence[Trial]) -> dict[str, tuple[float, int]]:
    refused = [trial for trial in trials if trial.answer["abstained"]]
    wanted = [trial for trial in trials if trial.sample.must_abstain]
    if not wanted:
        return {}
    found = {"abstention recall": _share(wanted, _refused), "abstention reason": _share(wanted, _reasoned)}
    if refused:
        found["abstention precision"] = _share(refused, lambda trial: trial.sample.must_abstain)
    for reason in sorted({trial.sample.reasons[0] for trial in wanted if trial.sample.reasons}):
        of = [trial for trial in wanted if trial.sample.reasons[:1] == (reason,)]
        found[f"abstention reason, {reason}"] = _share(of, _reasoned)
    return found


def _share(trials: Sequence[Trial], holds: Callable[[Trial], bool]) -> tuple[float, int]:
    return sum(map(holds, trials)) / len(trials), len(trials)


def _refused(trial: Trial) -> bool:
    return bool(trial.answer["abstained"])


def _reasoned(trial: Trial) -> bool:
    return bool(trial.answer["abstained"]) and (
        not trial.sample.reasons or trial.answer["reason"] in trial.sample.reasons
    )
