"""From a question to ranked provisions: citations first, then search, then what dates and structure say."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant import law
from assistant.corpus import Corpus
from assistant.index import Family, Hit, Index, Telling, authority_of
from assistant.law import Authority, Holding, Status
from assistant.patterns import pattern
from assistant.retrieve import order
from assistant.retrieve.question import (
    Amount,
    Asked,
    asks_across_policies,
    find_amounts,
    named_instruments,
    read_question,
)

__all__ = [
    "Amount",
    "Asked",
    "Glossary",
    "asks_across_policies",
    "consider",
    "families",
    "find_amounts",
    "named_instruments",
    "read_glossary",
    "read_question",
    "retrieve",
    "spread",
]

_POOL = 200
_FEW_WORDS = 7
_PINPOINT, _WITHIN, _SIBLING, _INSTRUMENT, _DEFINES = 0.4, 0.3, 0.2, 0.15, 0.4
_ENDED = -0.15
_EDITORS = -0.3
_ABOVE, _BELOW, _REFERRED = 0.15, 0.2, 0.5
_DELEGATES, _DELEGATED_FROM = 0.85, 3
_SAME_LINE, _SAME_PARENT, _SPREAD = 0.1, 0.03, 40
_PART = 0.9
_RANKS = {
    Authority.STATUTE: 0.03,
    Authority.REGULATION: 0.02,
    Authority.EXECUTIVE_ORDER: 0.02,
    Authority.FACT_SHEET: -0.05,
    Authority.UPLOAD: -0.05,
}
# What the Code's editors set beside a section answers questions about its history, hardly any other.
_ASKS_EDITORS = re.compile(
    r"\bnotes?\b|\bamend\w*|\benact\w*|\brenumber\w*|\bredesignat\w*|\bcodif\w*|\bdelegat\w*|\bshort title\b|\beffective date\b|\badded\b|\bhistory\b|Pub(?:lic|\.) L",
    re.I,
)
# Who acts is said by the order that delegates a statute's function, which names the section and little else.
_WHO = re.compile(
    r"\bwho(?:se|m)?\b|\bwhich (?:\w+ )?(?:officials?|departments?|agenc(?:y|ies)|offices?|secretary|bod(?:y|ies)|bureau)\b"
    r"|\b(?:same|other|another|right|lead|responsible) (?:official|department|agency|office|secretary)\b|\bdelegat\w+"
    r"|\b(?:concurrence|agreement|say-so|own authority|sign(?:s|ed|ature)|in charge|responsib\w+)\b"
    r"|\b(?:State|Commerce|Justice|Treasury) or (?:State|Defense|War|Commerce|Justice|Treasury)\b|\b(?:Defense|War|DoD|Pentagon) or State\b",
    re.I,
)
_LATER = frozenset({Status.NOT_YET, Status.REPORTED})
_DEFINITION = re.compile(order.DEFINITION, re.I)


@dataclass(frozen=True)
class Glossary:
    """Acronyms and everyday words with what the texts say instead.

    `wide` are said of nearly everything here, and added where little else is said. `misleading` are patterns of words that
    name another thing in the texts, each with the texts' own words.
    """

    terms: dict[str, tuple[str, ...]]
    wide: dict[str, tuple[str, ...]] = field(default_factory=dict)
    misleading: tuple[tuple[re.Pattern[str], str], ...] = ()

    def expand(self, text: str) -> tuple[str, str]:
        """The question without what would mislead, and the texts' own words for what it says, to be looked for too."""
        for wrong, right in self.misleading:
            text = wrong.sub(right, text)
        added: list[str] = []
        for terms in (self.terms, self.wide) if len(text.split()) <= _FEW_WORDS else (self.terms,):
            for short, long in terms.items():
                flags = 0 if short.isupper() else re.I
                if pattern(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", flags).search(text):
                    added.extend(words for words in long if words.lower() not in text.lower())
        return text, "; ".join(dict.fromkeys(added))


@lru_cache
def read_glossary(folder: Path) -> Glossary:
    """Read `glossary.toml` of a corpus folder."""
    read = tomllib.loads((folder / "glossary.toml").read_text(encoding="utf-8"))
    terms, wide = ({row["short"]: tuple(row.get(key, ())) for row in read.get("term", [])} for key in ("long", "wide"))
    misleading = tuple((re.compile(row["pattern"]), row["text"]) for row in read.get("instead", []))
    return Glossary(terms, wide, misleading)


def retrieve(asked: Asked, corpus: Corpus, index: Index, glossary: Glossary, limit: int = 20) -> list[Hit]:
    """The provisions that answer, best first, of the versions read on the day asked about."""
    found = consider(asked, corpus, index, glossary)
    hits = [each.hit for each in found]
    if isinstance(index, Telling) and (network := order.packaged_order(index.encoder)):
        question, also = glossary.expand(asked.text)
        told = index.evidence(question, asked.on, families(found), also)
        hits = sorted(order.reordered(asked.text, found, told, network), key=_place)
    return _without_empty(hits, corpus)[:limit]


def consider(asked: Asked, corpus: Corpus, index: Index, glossary: Glossary) -> list[order.Found]:
    """What search, citations, dates and structure find, best first, with what is known of each clause."""
    pool = _search(asked, index, glossary)
    for provision in asked.cited:
        if provision not in pool:
            instrument = corpus.instruments.get(law.instrument_of(provision))
            authority = instrument.authority if instrument else authority_of(law.instrument_of(provision))
            pool[provision] = Hit(provision, authority, _holding(corpus, provision), 0.0)
    plain = {hit.provision: hit.score for hit in pool.values()}
    raised = _structured(plain, corpus, asked.on)
    adjusted = _adjustments(asked, corpus, list(pool))
    scored = [replace(hit, score=round(raised[name] + adjusted[name], 4)) for name, hit in pool.items()]
    if _WHO.search(asked.text):
        scored = _with_delegations(scored, corpus, asked.on)
    found: list[order.Found] = []
    for hit in sorted(scored, key=_place):
        name = hit.provision
        status = corpus.status(name, asked.on)
        near = max((_nearness(name, cited) for cited in asked.cited), default=0.0)
        figures = plain.get(name, 0.0), raised.get(name, 0.0), adjusted.get(name, 0.0), near
        later = status in _LATER
        found.append(order.Found(hit, *figures, name in asked.cited, status.ended, later))
    return found


def _place(hit: Hit) -> tuple[float, int, str]:
    return -hit.score, hit.authority.rank, hit.provision


def families(found: Sequence[order.Found]) -> list[Family]:
    """The first clauses found, each with the clause above it and those of its parts that were found too."""
    parts: dict[str, list[str]] = {}
    for each in found:
        parts.setdefault(law.parent_of(each.hit.provision) or "", []).append(each.hit.provision)
    first = [each.hit.provision for each in found[: order.COUNT]]
    return [(name, law.parent_of(name) or "", parts.get(name, [])) for name in first]


def _with_delegations(scored: list[Hit], corpus: Corpus, on: date) -> list[Hit]:
    """With the clauses of orders that give away the functions found first, as near the top as those; a function given away
    in parts brings the parts.
    """
    best = sorted((hit for hit in scored if hit.authority is Authority.STATUTE), key=lambda hit: -hit.score)
    delegations, raised = _delegations(corpus, on), dict[str, float]()
    for hit in best[:_DELEGATED_FROM]:
        for clause, function in delegations.get(law.instrument_of(hit.provision), ()):
            if law.is_part_of(hit.provision, function) or law.is_part_of(function, hit.provision):
                raised[clause] = max(raised.get(clause, 0.0), _DELEGATES * hit.score)
    kept = {hit.provision: hit for hit in scored}
    for clause, score in raised.items():
        held = kept.get(clause) or Hit(clause, Authority.EXECUTIVE_ORDER, _holding(corpus, clause), 0.0)
        kept[clause] = replace(held, score=round(max(held.score, score), 4))
    return list(kept.values())


def _delegations(corpus: Corpus, on: date) -> dict[str, list[tuple[str, str]]]:
    """By section of a statute: the clauses of orders in force on a day that give away a function of it, and which."""
    found: dict[str, list[tuple[str, str]]] = {}
    below: dict[str, list[str]] = {}
    for clause in corpus.clauses_of_orders:
        below.setdefault(law.parent_of(clause) or "", []).append(clause)
    for clause in corpus.clauses_of_orders:
        version = corpus.version(clause, on)
        if version and version.refers_to and not corpus.status(clause, on).ended:
            parts = below.get(clause, [clause])
            for function in version.refers_to:
                found.setdefault(law.instrument_of(function), []).extend((part, function) for part in parts)
    return found


def spread(hits: list[Hit]) -> list[Hit]:
    """The hits so that the first are of different clauses: a clause above, below or beside one listed waits a little."""
    left, listed = hits[:_SPREAD], list[Hit]()
    waits = dict.fromkeys((hit.provision for hit in left), 0.0)
    while left:
        best = max(left, key=lambda hit: hit.score - waits[hit.provision])
        left.remove(best)
        listed.append(best)
        for hit in left:
            one, other = hit.provision, best.provision
            if law.is_part_of(one, other) or law.is_part_of(other, one):
                waits[one] += _SAME_LINE
            elif law.parent_of(one) == law.parent_of(other):
                waits[one] += _SAME_PARENT
    return [*listed, *hits[_SPREAD:]]


def _search(asked: Asked, index: Index, glossary: Glossary) -> dict[str, Hit]:
    """The pool for the whole question and for each of its parts, each provision at its best."""
    question, also = glossary.expand(asked.text)
    found = {hit.provision: hit for hit in index.search(question, asked.on, _POOL, also)}
    for part in parts_of(asked.text):
        question, also = glossary.expand(part)
        for hit in index.search(question, asked.on, _POOL // 4, also):
            kept = found.get(hit.provision)
            if kept is None or kept.score < _PART * hit.score:
                found[hit.provision] = Hit(hit.provision, hit.authority, hit.holding, _PART * hit.score)
    return found


def parts_of(text: str) -> list[str]:
    """The parts of a question that asks several things; none where it asks one."""
    pieces = [
        piece.strip(" ,.")
        for piece in re.split(
            r"\?\s+(?=\S)|;\s+|,\s+and\s+(?=how|who|what|which|when|where|does|did|is|are|in\b)|:\s+", text
        )
    ]
    pieces = [piece for piece in pieces if len(piece.split()) >= 4]
    return pieces if len(pieces) > 1 else []


def _structured(scores: dict[str, float], corpus: Corpus, on: date) -> dict[str, float]:
    """Scores raised by what stands above, below, and by the clause that refers here."""
    below: dict[str, float] = {}
    for provision, score in scores.items():
        if parent := law.parent_of(provision):
            below[parent] = max(below.get(parent, 0.0), score)
    raised = {
        provision: score + _ABOVE * scores.get(law.parent_of(provision) or "", 0.0) + _BELOW * below.get(provision, 0.0)
        for provision, score in scores.items()
    }
    best = sorted(raised, key=lambda p: -raised[p])[:3]
    for provision in best:
        version = corpus.version(provision, on)
        for target in version.refers_to if version else ():
            if target in scores:
                raised[target] = max(raised[target], raised[target] + _REFERRED * (raised[provision] - raised[target]))
    return raised


def _holding(corpus: Corpus, provision: str) -> Holding:
    versions = corpus.provisions.get(provision)
    return versions[0].holding if versions else Holding.NONE


def _without_empty(hits: list[Hit], corpus: Corpus) -> list[Hit]:
    """Drop what was only named and of which nothing is held."""
    return [hit for hit in hits if hit.holding is not Holding.NONE or hit.provision in corpus.instruments]


def _adjustments(asked: Asked, corpus: Corpus, provisions: Sequence[str]) -> dict[str, float]:
    """What citations, definitions, kind and status add to each score or take from it."""
    about_editors, named = bool(_ASKS_EDITORS.search(asked.text)), set(named_instruments(asked))
    words = re.sub(r"[^a-z0-9 ]", "", asked.text.lower()) if _DEFINITION.search(asked.text) else ""
    found: dict[str, float] = {}
    for provision in provisions:
        instrument = law.instrument_of(provision)
        change = max((_nearness(provision, cited) for cited in asked.cited), default=0.0)
        if words and _defines(words, corpus, provision):
            change += _DEFINES
        if not about_editors and " note" in provision and provision not in corpus.provisions:
            change += _EDITORS
        status = corpus.status(provision, asked.on)
        if status is Status.NOT_YET:  # a clause added later to a law that was there answers that there was none
            status = corpus.status(instrument, asked.on)
        if (status.ended or status in _LATER) and instrument not in named:
            change += _ENDED
        held = corpus.instruments.get(instrument)
        found[provision] = change + (_RANKS.get(held.authority, 0.0) if held else 0.0)
    return found


def _nearness(provision: str, cited: str) -> float:
    """How much a citation in the question raises a provision."""
    instrument = law.instrument_of(cited)
    if provision == cited or law.is_part_of(provision, cited):
        return (_PINPOINT if provision == cited else _WITHIN) if cited != instrument else _WITHIN
    if cited != instrument and law.parent_of(provision) == law.parent_of(cited):
        return _SIBLING
    return _INSTRUMENT if law.instrument_of(provision) == instrument else 0.0


def _defines(words: str, corpus: Corpus, provision: str) -> bool:
    """Whether a clause defines a term that stands among some words, all small."""
    terms = [term for version in corpus.provisions.get(provision, ()) for term in version.defines]
    return any(_term(term).search(words) for term in (*terms, *corpus.defined.get(provision, ())))


@lru_cache(maxsize=4096)
def _term(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(re.sub(r'[^a-z0-9 ]', '', term.lower()))}s?\b")
