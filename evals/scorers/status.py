"""Whether what has ended is never cited without its status and a warning."""

from datetime import date

from assistant import law
from assistant.law import Status
from evals.trial import Trial

MEANS = "Each citation has its status on the date, and what has ended is warned of."
_WARN = frozenset({"revoked", "superseded", "secondary", "contested"})


def score(trial: Trial) -> dict[str, float]:
    if not trial.citations:
        return {}
    warned = {
        name
        for warning in trial.answer["warnings"]
        if warning["code"] in _WARN and warning["provision"]
        for name in (warning["provision"], law.instrument_of(warning["provision"]))
    }
    on = date.fromisoformat(trial.answer["as_of"])
    return {"status right": float(all(_right(trial, each, on, warned) for each in trial.citations))}


def _right(trial: Trial, citation: dict[str, str], on: date, warned: set[str]) -> bool:
    provision = citation["provision"]
    status = Status(citation["status"])
    if trial.sample.as_of is None and status is not trial.desk.corpus.status(provision, on):
        return False
    return not status.ended or bool(warned & {provision, law.instrument_of(provision)})
