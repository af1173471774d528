"""Waivers and exceptions said to be there or not, held against the headings and notes of a clause's parts."""

import re

from assistant import law
from assistant.ask.premise.found import Finding, corrected
from assistant.cite import Kind
from assistant.corpus import Corpus
from assistant.index import Hit
from assistant.law import Authority, Provision
from assistant.retrieve import Asked

_DENIED = re.compile(
    r"\b(?:has|have|had|contains?|provides?|includes?|there (?:is|are|exists?)|with|makes?|allows?|permits?|admits?|knows?) (?:absolutely )?no (?:\w+ )?(?:waivers?|exceptions?|exemption)\b"
    r"|\bno (?:\w+ )?(?:waivers?|exceptions?|exemption) (?:exists?|is (?:there|provided|possible|available|allowed)|applies|was made)\b"
    r"|\b(?:admits?|allows?|permits?|suffers?|knows?) of no (?:waivers?|exceptions?)\b"
    r"|\b(?:cannot|can['’]t|can never|may not|nobody (?:can|may)|no one (?:can|may)) (?:ever )?(?:be waived|waive)\b|\bwithout (?:any )?(?:waiver|exception)s?\b|\bis absolute\b|\bnever any way\b",
    re.I,
)
_GRANTED = re.compile(
    r"\bwaiv(?:e|es|ed|ing)\b|\b(?:uses?|using|invok\w+|grants?|signs?|rel(?:y|ies) on) (?:the|a|an|its|his|their) (?:[\w-]+ ){0,4}waiver\b|\bwaivable\b"
    r"|\b(?:has|have|contains?|provides?|includes?|allows?) (?:a|an|the) (?:[\w-]+ ){0,4}waiver\b|\b(?:the|a|its|what|which) (?:[\w-]+ ){0,5}waiver (?:of|in|under|in accordance with|can|may|does|do|lets)\b",
    re.I,
)
_UNWAIVED = re.compile(r"\b(?:no|not|never|cannot|can['’]t|without|nobody|neither)\b(?: \w+){0,6} waive", re.I)
_HAS = re.compile(
    r"\bwaive[rds]?\b|\bexceptions?\b|\bshall not apply if\b|\bextraordinary circumstances\b|\bunless\b|\bmay be (?:furnished|provided)\b",
    re.I,
)
_HAS_NONE = re.compile(r"\b(?:no|contains no|has no|there is no)\b(?! such)(?: [\w-]+){0,6} waiver\b", re.I)


def denied(asked: Asked, said: str, corpus: Corpus, hits: list[Hit]) -> Finding | None:
    """`X has no waiver`, where a part of X is one."""
    match = _DENIED.search(said)
    if match is None:
        return None
    waiver = re.search(r"waive", match[0], re.I) is not None
    for whole in _named(asked, corpus, hits):
        parts = _parts(corpus, whole, asked)
        if waiver and any(_HAS_NONE.search(part.note) for part in parts):
            continue
        pattern = re.compile(r"\bwaive", re.I) if waiver else _HAS
        titled = [
            p
            for p in parts
            if pattern.search(p.heading) and p.id != whole and not re.search(r"\breport\b", p.heading, re.I)
        ]
        noted = [p for p in parts if pattern.search(p.note)]
        if best := next(iter([*titled, *noted]), None):
            return corrected(best.note, best.id, kind=Kind.NOTE)
    return None


def granted(asked: Asked, said: str, corpus: Corpus, hits: list[Hit]) -> Finding | None:
    """A waiver said or ordered to be used, where the note says that there is none."""
    if not _GRANTED.search(said) or _UNWAIVED.search(said):
        return None
    for whole in _named(asked, corpus, hits if re.search(r"\bwaiver\b", said, re.I) else []):
        parts = [p for p in _parts(corpus, whole, asked) if _HAS_NONE.search(p.note)]
        if best := next(iter(sorted(parts, key=lambda p: -p.id.count("("))), None):
            return corrected(best.note, best.id, kind=Kind.NOTE)
    return None


def _named(asked: Asked, corpus: Corpus, hits: list[Hit]) -> list[str]:
    """The clauses a question cites, else statutes it names by an alias, else the statute that the best hit is of."""
    if asked.cited:
        return list(asked.cited)
    words = asked.text.lower()
    named = [
        i.id
        for i in corpus.instruments.values()
        if i.authority is Authority.STATUTE
        and any(len(a) > 7 and re.search(rf"\b{re.escape(a.lower())}s?\b", words) for a in i.aliases)
    ][:2]
    best = {law.instrument_of(hit.provision) for hit in hits[:1]}
    found = [i for i in best if i in corpus.instruments and corpus.instruments[i].authority is Authority.STATUTE]
    return named or found


def _parts(corpus: Corpus, whole: str, asked: Asked) -> list[Provision]:
    """The notes on a clause and everything in it, coarse before fine."""
    found = [
        version
        for provision in corpus.provisions
        if law.is_part_of(provision, whole) and (version := corpus.version(provision, asked.on))
    ]
    return sorted(found, key=lambda p: (p.id.count("("), p.id))
