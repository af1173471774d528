"""From a question to ranked provisions: citations first, then search, then what dates and structure say."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import tomllib

from assistant import law
from assistant.corpus import Corpus
from assistant.index import Hit, Index, authority_of
from assistant.law import Holding, Status
from assistant.retrieve.question import Amount, Asked, find_amounts, named_instruments, read_question

__all__ = ["Amount", "Asked", "Glossary", "find_amounts", "named_instruments", "read_glossary", "read_question", "retrieve"]

_POOL = 120
_PINPOINT, _WITHIN, _INSTRUMENT, _DEFINES = 0.6, 0.3, 0.15, 0.4
_ENDED = -0.15
_DEFINITION = re.compile(
    r"^\s*(?:what (?:is|are|does|do|counts? as|qualif\w+ as)|define|how (?:is|are|does|do|did)|meaning of|definition of|who (?:is|counts))\b", re.I
)


@dataclass(frozen=True)
class Glossary:
    """Acronyms and everyday words with what the texts say instead."""

    terms: dict[str, tuple[str, ...]]

    def expand(self, text: str) -> str:
        """The question with the texts' own words added after it."""
        added: list[str] = []
        for short, long in self.terms.items():
            flags = 0 if short.isupper() else re.I
            if re.search(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", text, flags):
                added.extend(words for words in long if words.lower() not in text.lower())
        return f"{text} ({'; '.join(dict.fromkeys(added))})" if added else text


@lru_cache
def read_glossary(folder: Path) -> Glossary:
    """Read `glossary.toml` of a corpus folder."""
    rows = tomllib.loads((folder / "glossary.toml").read_text(encoding="utf-8")).get("term", [])
    return Glossary({row["short"]: tuple(row["long"]) for row in rows})


def retrieve(asked: Asked, corpus: Corpus, index: Index, glossary: Glossary, limit: int = 20) -> list[Hit]:
    """The provisions that answer, best first, of the versions read on the day asked about."""
    found = {hit.provision: hit for hit in index.search(glossary.expand(asked.text), asked.on, _POOL)}
    for provision in asked.cited:
        if provision not in found:
            instrument = corpus.instruments.get(law.instrument_of(provision))
            authority = instrument.authority if instrument else authority_of(law.instrument_of(provision))
            found[provision] = Hit(provision, authority, _holding(corpus, provision), 0.0)
    scored = [
        Hit(hit.provision, hit.authority, hit.holding, round(hit.score + _adjustment(asked, corpus, hit.provision, asked.on), 4))
        for hit in found.values()
    ]
    scored.sort(key=lambda hit: (-hit.score, hit.authority.rank, hit.provision))
    return _without_empty(scored, corpus)[:limit]


def _holding(corpus: Corpus, provision: str) -> Holding:
    versions = corpus.provisions.get(provision)
    return versions[0].holding if versions else Holding.NONE


def _without_empty(hits: list[Hit], corpus: Corpus) -> list[Hit]:
    """Drop what was only named and of which nothing is held."""
    return [hit for hit in hits if hit.holding is not Holding.NONE or hit.provision in corpus.instruments]


def _adjustment(asked: Asked, corpus: Corpus, provision: str, on: date) -> float:
    change = 0.0
    instrument = law.instrument_of(provision)
    for cited in asked.cited:
        pinpoint = cited != law.instrument_of(cited)
        if provision == cited:
            change = max(change, _PINPOINT if pinpoint else _WITHIN)
        elif law.is_part_of(provision, cited):
            change = max(change, _PINPOINT - 0.1 if pinpoint else _WITHIN)
        elif instrument == law.instrument_of(cited):
            change = max(change, _INSTRUMENT)
    if _DEFINITION.search(asked.text) and _defines(asked, corpus, provision):
        change += _DEFINES
    status = corpus.status(provision, on)
    if (status.ended or status in {Status.NOT_YET, Status.REPORTED}) and instrument not in named_instruments(asked):
        change += _ENDED
    return change


def _defines(asked: Asked, corpus: Corpus, provision: str) -> bool:
    text = re.sub(r"[^a-z0-9 ]", "", asked.text.lower())
    return any(
        re.search(rf"\b{re.escape(re.sub(r'[^a-z0-9 ]', '', term.lower()))}s?\b", text)
        for version in corpus.provisions.get(provision, ())
        for term in version.defines
    )
