"""Whether a quotation is, letter for letter, what the text held says at the place given."""

from datetime import date

from assistant import law
from evals.trial import Trial

MEANS = "Each quotation equals the text held of its provision between the offsets given."


def score(trial: Trial) -> dict[str, float]:
    quoted = [citation for citation in trial.citations if citation["quote"]]
    if not quoted:
        return {}
    exact = 0
    for each in quoted:
        on = date.fromisoformat(each["edition"]) if each["edition"] else None
        held = trial.desk.record.held(each["provision"], law.instrument_of(each["provision"]), on)
        exact += held is not None and held.text[each["start"] : each["end"]] == each["quote"]
    return {"quotation exact": exact / len(quoted)}
