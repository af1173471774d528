"""Whether each claim says no more than what it cites."""

import re
from typing import Any

from assistant import support
from evals.amounts import amounts
from evals.trial import Trial

MEANS = (
    "Each claim is carried, and not contradicted, by what is held of what it cites; its figures stand there or in the"
    " question. What a table computes is a sentence of its own: of it only the figures are held against its clauses."
)
LOWER = frozenset({"claims contradicted"})
_DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d{2}\b"
)


def score(trial: Trial) -> dict[str, float]:
    claims = trial.answer["claims"]
    if not claims:
        return {}
    held = [(claim, _sources(claim, trial)) for claim in claims]
    asked = amounts(trial.sample.question)
    grounded = [amounts(_DATE.sub(" ", claim["text"])) <= amounts(sources) | asked for claim, sources in held]
    found = {
        "claims cited": sum(bool(claim["citations"]) for claim in claims) / len(claims),
        "figures grounded": sum(grounded) / len(claims),
    }
    verdicts = [support.supports(claim["text"], sources) for claim, sources in held if claim["kind"] != "rule"]
    if verdicts:
        found["claims supported"] = sum(each.holds for each in verdicts) / len(verdicts)
        found["claims contradicted"] = sum(each.verdict == "contradicted" for each in verdicts) / len(verdicts)
    return found


def _sources(claim: dict[str, Any], trial: Trial) -> str:
    """Everything held of what a claim cites: the notes of every version, the text, the quotation."""
    found: list[str] = []
    for each in claim["citations"]:
        provision = each["provision"]
        found += [version.note for version in trial.desk.corpus.provisions.get(provision, ())]
        instrument = trial.desk.corpus.instruments.get(provision)
        held = trial.desk.held(provision)
        found += [instrument.note if instrument else "", held.text if held else "", each["quote"] or ""]
    return " ".join(text if text.endswith((".", "”", ";")) else f"{text}." for text in dict.fromkeys(found) if text)
