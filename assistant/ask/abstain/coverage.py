"""How much of a question the clauses found speak of."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.corpus import Corpus
from assistant.index import Hit

_STOP = frozenset(
    re.findall(
        r"\w+",
        "a about above after again all also am an and any are as at be been before being below between both but "
        "by can could did do does doing down during each exactly few for from further get give given go goes got "
        "had has have having he her here him his how i if in into is it its itself just know let like made make "
        "makes many may me might more most much must my need needs no nor not now of off on once one only or "
        "other our out over own per please put said same say says shall she should show so some such take tell "
        "than that the their them then there these they thing this those through to too under until up us use "
        "used using very want was we were what when where which while who whom whose why will with within without "
        "word words would yes you your ",
    )
)
_WORD = re.compile(r"[a-z][a-z0-9-]+|\d[\w-]*")
_SUFFIX = re.compile(r"(?:'s|ing|ed|es|s|ly|ation|ment|able)$")
_DEEP = 8


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of a question's content, each word weighted by its rarity in the corpus.

    `first` is what the best clause has, `any` what the best eight have among them; `strange` counts words that stand
    nowhere in the corpus, `words` all content words; `rarest` is the rarity of the rarest word that the eight lack.
    """

    first: float
    any: float
    strange: int
    words: int
    rarest: float


_CORPORA: dict[str, tuple[Counter[str], int]] = {}


def coverage(text: str, hits: list[Hit], corpus: Corpus, on: date) -> Coverage:
    """Compare a question's content words with the notes, headings and aliases of the clauses found."""
    counts, size = frequencies(corpus)
    asked = set(stems(text))
    if not asked:
        return Coverage(0.0, 0.0, 0, 0, 0.0)
    weight = {stem: math.log((size + 1) / (counts[stem] + 0.5)) for stem in asked}
    clauses = [words for hit in hits[:_DEEP] if (words := clause_stems(hit.provision, corpus, on))]
    every = set().union(*clauses) if clauses else set()
    total = sum(weight.values())
    return Coverage(
        first=max((sum(weight[s] for s in asked & words) for words in clauses[:3]), default=0.0) / total,
        any=sum(weight[s] for s in asked & every) / total,
        strange=sum(counts[stem] == 0 for stem in asked),
        words=len(asked),
        rarest=max((weight[s] for s in asked - every), default=0.0) / math.log(2 * (size + 1)),
    )


def stems(text: str) -> Iterable[str]:
    """The content words of a text, cut to their beginnings so that their forms meet."""
    for word in _WORD.findall(text.lower().replace("’", "'")):
        if word not in _STOP:
            yield _stem(word)


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    plain = _SUFFIX.sub("", word) if len(word) > 4 else word.rstrip("s")
    return (plain if len(plain) > 2 else word)[:7]


def clause_stems(provision: str, corpus: Corpus, on: date) -> set[str]:
    """The content words of a clause's heading, note and names on a day."""
    version = corpus.version(provision, on)
    instrument = corpus.instruments.get(provision)
    if version is None and instrument is None:
        return set(stems(corpus.heading(provision)))
    parts = [provision, corpus.heading(provision)]
    parts += [version.note, *version.aliases, *version.defines] if version else []
    parts += [instrument.note, instrument.title, *instrument.aliases] if instrument else []
    return set(stems(" ".join(parts)))


def frequencies(corpus: Corpus) -> tuple[Counter[str], int]:
    """In how many notes each word stands; counted once a corpus."""
    if corpus.digest not in _CORPORA:
        counts: Counter[str] = Counter()
        size = 0
        for versions in corpus.provisions.values():
            for version in versions[-1:]:
                counts.update(set(stems(f"{version.id} {version.heading} {version.note} {' '.join(version.aliases)}")))
                size += 1
        for instrument in corpus.instruments.values():
            counts.update(set(stems(f"{instrument.title} {instrument.note} {' '.join(instrument.aliases)}")))
        _CORPORA[corpus.digest] = counts, size
    return _CORPORA[corpus.digest]
