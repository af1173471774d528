"""When there is no answer to give, and which of the contract's reasons it is."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant import law
from assistant.corpus import Corpus
from assistant.index import Hit
from assistant.law import Holding
from assistant.retrieve import Asked, named_instruments

LEAST_SCORE = 0.32

_VERBATIM = (
    r"\bquote\b|\bverbatim\b|word[- ]for[- ]word|\bexact (?:words|wording|text|language)\b|\bfull text\b|\btext of\b|\bin its own words\b"
    r"|\bwhat (?:exactly )?does .{0,60} say,? exactly\b|\bprecise (?:words|wording|language)\b"
)
_PREDICTS = (
    r"^\s*will\b(?!.*\b(?:apply|need|require)\b)|\b(?:is|are) .{1,80}\b(?:likely|expected|going) to\b|\bpredict|\bforecast|\bhow likely\b|\bchances?\b.*\b(?:of|that)\b|\bodds\b"
    r"|\bwill (?:Congress|the (?:Senate|House|President|Department|committee)|State|he|she|they)\b"
)
_DECIDES = (
    r"\bshould (?:we|I|State|the (?:Department|Secretary|President|United States|bureau)|DDTC|PM)\b.*\b(?:approv|den(?:y|ied)|authoriz|grant|sell|transfer|hold|sign|clear|support|oppose)"
    r"|\b(?:would|do) you (?:approve|recommend|deny|support)\b|\b(?:recommend|advise)\b.*\b(?:approv|den)"
    r"|\b(?:liable|guilty|culpable|prosecut|criminally|malpractice)\b|\bam I\b|\bour company\b.*\b(?:violat|liab)"
    r"|\b(?:did|has|have|is|was|are) (?:the )?[A-Z][\w ]{2,40}\b(?:violat\w+|commit\w*|engag\w+ in|use[sd]?)\b.*\b(?:law|rights|crimes?|genocide|pattern|weapons|humanitarian)\b"
    r"|\b(?:is|are|has) [A-Z][\w' ]{2,40} (?:a )?(?:gross violator|credible|trustworthy|reliable)\b|\bwho (?:has|placed|put|is placing) (?:a |the )?hold\b|\bplaced a hold\b|\bin (?:your|the tool's) (?:opinion|view|judge?ment)\b"
)
_BARE_CASE = r"\b(?:this|the|our|my|their) (?:\w+ ){0,3}(?:sale|deal|transfer|case|request|license|licence|export|package|agreement|memo)\b"
_BARE_ASK = r"\b(?:need|needs|require[ds]?|notif|certif|subject to|threshold|clock|how long|eligible|approve|draft|justification|which route|exempt)\w*\b"
_IN_DOMAIN = (
    r"\barms?\b|weapon|defense|defence|export|licen[sc]|transfer|munition|foreign military|\bF[MD]S\b|\bDCS\b|congress|notif|certif|human rights|\bNATO\b|security|military|missile"
    r"|\bUSML\b|ITAR|\bEAR\b|SAMM|\bAECA\b|\bFAA\b|polic|president|secretary|statut|section|clause|treaty|sanction|end[- ]use|sale|offer|aid|assistance|broker|offset|firearm|troop|soldier|terror"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something people ask for that is known not to be held."""

    name: str
    words: tuple[str, ...]
    nearest: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, in a sentence, and the clauses that come closest."""

    reason: str
    because: str
    nearest: tuple[str, ...] = ()


@lru_cache
def read_gaps(folder: Path) -> tuple[Gap, ...]:
    """The known gaps of a corpus folder."""
    rows = tomllib.loads((folder / "rules" / "gaps.toml").read_text(encoding="utf-8"))["gap"]
    return tuple(Gap(row["name"], tuple(row["words"]), tuple(row["nearest"]), row["because"]) for row in rows)


def refusal(
    asked: Asked, hits: list[Hit], corpus: Corpus, gaps: tuple[Gap, ...], texts_held: frozenset[str], decided: bool
) -> Refusal | None:
    """The first reason that fits, or None; `decided` where dates or tables already answer."""
    found = _not_held(asked, corpus, gaps, texts_held) or _needs_facts(asked) or _judgement(asked, hits)
    if found is None and not decided:
        found = _no_authority(asked, hits, corpus) or _out_of_scope(asked, hits)
    return found


def _not_held(asked: Asked, corpus: Corpus, gaps: tuple[Gap, ...], texts_held: frozenset[str]) -> Refusal | None:
    if asked.mentions(_VERBATIM):
        for name in named_instruments(asked):
            instrument = corpus.instruments.get(name)
            if instrument and instrument.holding is Holding.SECONDARY and name not in texts_held:
                because = (
                    f"The text of {instrument.id} is not held, so nothing of it can be quoted. What is known of it comes from others;"
                    f" its publisher's address is {instrument.source_url}."
                )
                return Refusal("not_held", because, (instrument.id,))
    for gap in gaps:
        if any(re.search(pattern, asked.text, re.I if pattern.islower() else 0) for pattern in gap.words) or any(
            re.search(pattern, asked.text, re.I) for pattern in gap.words if "[A-Z]" not in pattern
        ):
            return Refusal(
                "not_held", f"Not held: {gap.name}. {gap.because}", tuple(p for p in gap.nearest if corpus.exists(p))
            )
    return None


def _needs_facts(asked: Asked) -> Refusal | None:
    bare = asked.mentions(_BARE_CASE) and asked.mentions(_BARE_ASK)
    if bare and not (asked.countries or asked.bodies or asked.cited or asked.amounts) and len(asked.text.split()) < 40:
        return Refusal(
            "needs_facts",
            "The answer turns on facts the question does not give: recipient and end user, article (USML category or ECCN; major defense"
            " equipment or not), values in US dollars, route (FMS, DCS, grant, lease, retransfer), and date.",
            ("22 USC 2776(b)(1)", "22 USC 2776(c)(1)"),
        )
    return None


def _judgement(asked: Asked, hits: list[Hit]) -> Refusal | None:
    nearest = tuple(hit.provision for hit in hits[:2])
    if asked.mentions(_PREDICTS):
        return Refusal(
            "judgement",
            "This asks for a prediction. What the law says of the step is below; what will happen is not in it.",
            nearest,
        )
    if asked.mentions(_DECIDES):
        return Refusal(
            "judgement",
            "This asks for a conclusion or a finding that belongs to the official whom the clause names, on facts not held here.",
            nearest,
        )
    return None


def _no_authority(asked: Asked, hits: list[Hit], corpus: Corpus) -> Refusal | None:
    nowhere = [resolution for resolution in asked.missing if resolution.known_instrument]
    if nowhere and not asked.cited:
        missing = ", ".join(nowhere[0].missing)
        return Refusal("no_authority", f"There is no {missing} in the texts held.", nowhere[0].near[:3])
    unheld = [r for r in asked.missing if not r.known_instrument]
    if unheld and not asked.cited and (not hits or hits[0].score < 2 * LEAST_SCORE):
        return Refusal("not_held", f"{', '.join(unheld[0].missing)} is not held here.", unheld[0].near[:3])
    if (not hits or hits[0].score < LEAST_SCORE) and asked.mentions(_IN_DOMAIN):
        return Refusal("no_authority", "Nothing held here answers this.", tuple(hit.provision for hit in hits[:3]))
    return None


def _out_of_scope(asked: Asked, hits: list[Hit]) -> Refusal | None:
    if hits and hits[0].score >= LEAST_SCORE:
        return None
    return Refusal("out_of_scope", "This is outside U.S. arms transfer policy and law, which is all that is held here.")


def nearest_of(refused: Refusal, corpus: Corpus) -> tuple[str, ...]:
    """The nearest authorities that exist, instruments' parents last."""
    return tuple(p for p in refused.nearest if corpus.exists(p) or p == law.instrument_of(p))[:4]
