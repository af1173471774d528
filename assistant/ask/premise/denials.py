"""A duty or bar said never to be there, or a clause said to be mere words, held against the note on the clause meant."""

import re

from assistant import law
from assistant.ask.abstain.coverage import stems
from assistant.ask.premise.found import Finding, corrected
from assistant.cite import Kind
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Authority, Status
from assistant.retrieve import Asked

_NEVER = re.compile(
    r"\bnever\b|\bat all\b|\bin no case\b|\bnothing (?:in|obliges|requires|makes)\b|\bno(?:body| one) (?:ever |need |has to |must )|\bno \w+ (?:\w+ )?(?:whatsoever|whatever|of any kind)\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:never|not|no|nothing|nobody|no one|none|free|exempt)\b.*\b(?:report\w*|notif\w*|notices?|certif\w*|Congress|committees?|consent\w*|approv\w*|licen[sc]\w*|disclos\w*|tell|told|publish\w*|justif\w*|explain\w*|consult\w*|vett\w*|monitor\w*|register\w*|need|needs|required?|owed?)\b",
    re.I,
)
_PERMITTED = re.compile(
    r"\bnot (?:be |have to be )?(?:retransferred|used|exported|sold|transferred|diverted)\b|\bnever (?:be )?(?:retransferred|used|exported|sold|diverted|waived)\b",
    re.I,
)
_DUTY = re.compile(r"\b(?:shall|must|required?|requires|at least \w+ (?:calendar )?days|has to)\b", re.I)
_FREES = re.compile(
    r"\b(?:need not|needs no|not required|not need|do(?:es)? not apply|exempt\w*|except|no (?:license|certification|consent|report|notice) is)\b",
    re.I,
)
_TOOTHLESS = re.compile(
    r"\b(?:mere|merely|only|just|purely|nothing (?:but|more than))(?: (?:a|an|the))? (?:\w+ )?(?:report\w*|advi[sc]\w*|guid(?:ance|eline)\w*|aspiration\w*|hortatory|policy statement|recommend\w*|symbolic|words)\b"
    r"|\b(?:bars?|binds?|forbids?|prohibits?|stops?|prevents?) (?:nothing|no one|nobody)\b|\b(?:has|have) no teeth\b|\bis (?:purely )?(?:hortatory|advisory|aspirational|symbolic)\b",
    re.I,
)
_BARS = re.compile(
    r"\bno [\w, ]{3,60}\b(?:may|shall|can)\b|\b(?:may|shall|must|can) not\b|\bprohibit\w*|\bbarred?\b|\bbars\b|\bineligible\b|\bforbid\w*",
    re.I,
)
_SENTENCES = re.compile(
    r"(?<=[a-z0-9)%][.?!;])\s+|,?\s+(?:so|therefore|hence|thus|which means|which is why)\b|;\s*", re.I
)
# The words of speaking about a duty, which are no part of the thing that it is about.
_SAYING = frozenset(
    stems(
        "never ever all any come comes go goes get gets need needs needed have has must required require requires report reported told tell nothing nobody case rule law say us we congress true"
    )
)
_DEEP = 6
_ENOUGH = 0.75


def sweeping_denial(asked: Asked, said: str, desk: Desk, hits: list[Hit]) -> Finding | None:
    """`X never has to be reported`, where the note on what X is says that it must."""
    for part in _SENTENCES.split(said):
        if not _NEVER.search(part) or not _DENIES.search(part) or _PERMITTED.search(part):
            continue
        words = {word for word in stems(part) if word not in _SAYING and not re.search(r"\d", word)}
        if not words:
            continue
        for provision in dict.fromkeys([*(c for c in asked.cited if "(" in c), *(h.provision for h in hits[:_DEEP])]):
            version = desk.corpus.version(provision, asked.on)
            if version is None or desk.corpus.status(provision, asked.on) is not Status.IN_FORCE:
                continue
            has = set(stems(f"{version.heading} {version.note} {' '.join(version.aliases)}"))
            if (
                len(words & has) >= _ENOUGH * len(words)
                and _DUTY.search(version.note)
                and not _FREES.search(version.note)
                and _same_duty(part, version.note)
            ):
                return corrected(version.note, provision, kind=Kind.NOTE)
    return None


_DUTIES = (
    r"\b(?:report|notif|notic|certif|told|tell|inform|Congress|committee|Hill)\w*",
    r"\b(?:consent|approv|permission|authori)\w*",
    r"\blicen[sc]\w*",
    r"\b(?:publish|public|Federal Register)\w*",
    r"\b(?:disclos|justif|expla|statement)\w*",
    r"\b(?:vett|monitor|register|regist)\w*",
)


def _same_duty(part: str, note: str) -> bool:
    return any(re.search(p, part, re.I) and re.search(p, note, re.I) for p in _DUTIES)


def toothless(asked: Asked, said: str, desk: Desk, hits: list[Hit]) -> Finding | None:
    """A section of statute or regulation said to bar nothing, where a part of it does."""
    if not _TOOTHLESS.search(said):
        return None
    first = {law.instrument_of(hit.provision) for hit in hits[:3]}
    for whole in asked.cited or (first if len(first) == 1 else ()):
        instrument = desk.corpus.instruments.get(law.instrument_of(whole))
        if instrument is None or instrument.authority not in {Authority.STATUTE, Authority.REGULATION}:
            continue
        parts = sorted((p for p in desk.corpus.provisions if law.is_part_of(p, whole)), key=lambda p: (p.count("("), p))
        for part in parts:
            version = desk.corpus.version(part, asked.on)
            if (
                version
                and desk.corpus.status(part, asked.on) is Status.IN_FORCE
                and _BARS.search(version.note)
                and part != instrument.id
            ):
                return corrected(version.note, part, kind=Kind.NOTE)
    return None
