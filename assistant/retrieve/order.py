"""The order of the clauses found: their scores so far, and a small network that weighs each beside its family."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import law
from assistant.engines import evidence
from assistant.engines.network import Network, read_arrays
from assistant.index import Hit
from assistant.law import Authority

WEIGHTS = Path(__file__).parent / "order.npz"
COUNT = 60
_WEIGHT, _SPREAD = 0.6, 6.0
_AROUND = 30
DEFINITION = (
    r"^\s*(?:what(?:['’]s| is| are| does| do| counts? as| qualif\w+ as)|define|how (?:is|are|does|do|did)|meaning of|definition of|who (?:is|counts))\b"
    r"|\bdefin(?:e|es|ed|ing|itions?)\b|\bmean(?:s|t|ing)?\b|\bcounts? as\b|\bqualif(?:y|ies) as\b"
)
# What a question asks for, beside what a clause tells of (`evidence.TELLS`).
_ASKS = {
    "who": r"\bwho(?:se|m)?\b|\bwhich (?:\w+ )?(?:officials?|departments?|agenc|offices?|secretary|bod)|\bdelegat|\bconcurrence|\bsign",
    "when": r"\bwhen\b|\bhow (?:long|many (?:days|months|years|calendar)|soon|often|far ahead|early|late)\b|\bdeadline|\bclock|\bdays?\b"
    r"|\bperiod\b|\bby what date|\bwait",
    "amount": r"\$|\bhow (?:much|big|large|high|many)\b|\bvalue|\bthreshold|\bdollar|\bamount|\bpercent|\bcost|\bcap\b|\bceiling|\bfee"
    r"|\bpenalt|\bmillion",
    "meaning": DEFINITION,
    "leave": r"^\s*(?:can|may|is|are|does|do|must|could|should|will|has|have)\b|\ballowed|\bpermitted|\bprohibit|\bbar(?:red|s)?\b"
    r"|\bexempt|\bexcept|\bwaiv|\bneed\b",
    "contents": r"\bcontain|\binclude|\bwhat (?:items|information|elements|must)|\blist\b|\bwhat .* say|\bgo into|\bstate\b",
    "where": r"\bcountr|\bNATO|\bIsrael|\bJapan|\bKorea|\bAustralia|\bTaiwan|\bally|\ballies|\bkingdom|\bregion",
    "penalty": r"\bpenal|\bjail|\bprison|\bfines?\b|\bpunish|\bsanction|\bliab|\bcriminal|\bconsequence|\bget(?:s|ting)? away|\bin trouble\b|\bdebar",
    "notice": r"\breport|\bnotif|\btell\b|\btold\b|\bcertif|\bthe Hill\b|\bCongress|\bcommittee|\blawmakers?\b|\bheads[- ]up\b|\binform",
    "onward": r"\bretransfer|\bre-?export|\bthird[- ]part|\bpass(?:es|ed|ing)? (?:\w+ ){0,3}(?:on|to)\b|\bgive(?:s|n)? away\b|\bresell|\bhand(?:s|ed|ing)? (?:\w+ ){0,3}over\b"
    r"|\bonward|\bend[- ]use|\bdonat",
    "papers": r"\bform\b|\bpaperwork|\blicen[cs]e|\bapplication|\bregist|\bletter\b|\bfiling\b|\bfile\b|\brecords?\b|\bdocument",
    "why": r"\bpurpose|\bpolicy|\bwhy\b|\baim|\bgoal|\bobjective|\bfactors?|\bcriteria|\bconsider",
}
_ASKED = [re.compile(_ASKS[name], re.I) for name in evidence.TELLS]
_OWN = (
    "score", "score to the best", "rank", "found", "found to the best", "rank found", "adjusted", "raised",
    "above", "best part", "best parts", "best beside", "instrument", "share of instrument", "near a citation", "cited",
    "beside it", "depth", "whole", "ended", "later", "best score", "statute", "manual",
)  # fmt: skip
_TOLD = [evidence.NAMES.index(f"tells {name}") for name in evidence.TELLS]
NAMES = (
    *_OWN,
    *evidence.NAMES,
    *(f"asks {name}" for name in evidence.TELLS),
    *(f"answers {name}" for name in evidence.TELLS),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A clause found: its hit with the score so far, the search's own score, what was added for where it stands among the
    others (`raised`) and for citations, kind and status (`adjusted`), how near it is to a clause cited, and its status.
    """

    hit: Hit
    score: float
    raised: float
    adjusted: float
    near: float
    cited: bool
    ended: bool
    later: bool


def rows(question: str, found: Sequence[Found], told: NDArray[np.float32]) -> NDArray[np.float32]:
    """A row of `NAMES` for each of the first clauses found, whose evidence is given in the same order."""
    first = found[: len(told)]
    scores = {each.hit.provision: each.hit.score for each in found}
    plain = {each.hit.provision: each.score for each in found}
    parts, beside, instruments = dict[str, list[float]](), dict[str, list[float]](), dict[str, list[float]]()
    for each in found:
        parts.setdefault(law.parent_of(each.hit.provision) or "", []).append(each.score)
        instruments.setdefault(law.instrument_of(each.hit.provision), []).append(each.hit.score)
    for each in first[:10]:
        beside.setdefault(law.parent_of(each.hit.provision) or "", []).append(each.hit.score)
    best, most = max(scores.values(), default=0.0) or 1.0, max(plain.values(), default=0.0) or 1.0
    whole = sum(sorted(scores.values(), reverse=True)[:_AROUND]) or 1.0
    ranked, searched = _ranks([each.hit.score for each in first]), _ranks([each.score for each in first])
    own: list[list[float]] = []
    for number, each in enumerate(first):
        name = each.hit.provision
        above, instrument = law.parent_of(name) or "", law.instrument_of(name)
        below = sorted(parts.get(name, ()), reverse=True)
        others = list(parts.get(above, ()))
        others.remove(each.score)
        of_instrument = sorted(instruments[instrument], reverse=True)
        own.append([
            each.hit.score, each.hit.score / best, ranked[number], each.score, each.score / most, searched[number],
            each.adjusted, each.raised, plain.get(above, 0.0), below[0] if below else 0.0,
            sum(below[:3]) / len(below[:3]) if below else 0.0, max(others, default=0.0), of_instrument[0] / best,
            sum(of_instrument[:10]) / whole, each.near, each.cited, len(beside.get(above, ())) / 10, name.count("(") / 3,
            name == instrument, each.ended, each.later, best,
            each.hit.authority is Authority.STATUTE, each.hit.authority is Authority.MANUAL,
        ])  # fmt: skip
    asked = np.array([bool(pattern.search(question)) for pattern in _ASKED], np.float32)
    every = np.tile(asked, (len(first), 1))
    return np.hstack([np.array(own, np.float32).reshape(len(first), len(_OWN)), told, every, every * told[:, _TOLD]])


def _ranks(scores: Sequence[float]) -> list[float]:
    order = np.argsort(-np.array(scores), kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = 1 / (1 + np.arange(len(scores)) / 3)
    return [float(rank) for rank in ranks]


def reordered(question: str, found: Sequence[Found], told: NDArray[np.float32], network: Network) -> list[Hit]:
    """All hits with the network's judgement of the first ones worked into their scores; what is cited loses nothing.

    A clause keeps the best score in so far as the network calls it as good as the best.
    """
    if not found:
        return []
    judged = network.scores(rows(question, found, told))
    best = max(each.hit.score for each in found)
    likely = best * np.maximum(1 + (judged - judged.max()) / _SPREAD, 0)
    hits: list[Hit] = []
    for number, each in enumerate(found):
        score = each.hit.score
        if number < len(told):
            mixed = _WEIGHT * float(likely[number]) + (1 - _WEIGHT) * score
            score = max(mixed, score) if each.cited else mixed
        else:
            score = (1 - _WEIGHT) * score
        hits.append(replace(each.hit, score=round(score, 4)))
    return hits


@lru_cache
def packaged_order(encoder: str) -> Network | None:
    """The weights that ship; None for an encoder whose vectors they were not trained on."""
    if not encoder.startswith("packaged-"):
        return None
    return Network(**read_arrays(WEIGHTS, NAMES))
