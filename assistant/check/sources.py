"""What is held of a clause, notes and text, and which clauses say what a sentence says."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from heapq import nsmallest
from math import log

import Stemmer

from assistant import law
from assistant.check.wording import Wording
from assistant.corpus import Corpus
from assistant.law import Holding

_WORD = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]|\d+(?:[.,]\d+)*")
_STOP_LISTED = """
a an and any are as at be been being but by can could did do does for from had has have having he her his
how i if in into is it its may might more most must no nor not of on or our out over own shall she should
so some such than that the their them then there these they this those through to too under until up upon
was we were what when where which while who whom why will with would you your also each every other
section sec subsection paragraph act law statute clause provision code title u s c usc cfr order
memorandum memo executive require requires required requirement provide provides provided pursuant
accordance set sets forth state states stated say says said make makes made give gives given before after
within between against both either all else
"""
_STOP = frozenset(_STOP_LISTED.split())
_STRANGE = 0.5
_SELDOM = 4
_STEMMER = Stemmer.Stemmer("english")
_ALIKE = {"approv": "authoriz", "licenc": "licens", "forbid": "prohibit", "forbidden": "prohibit", "bar": "prohibit", "ban": "prohibit",
          "congression": "congress", "notifi": "certif", "notif": "certif", "certifi": "certif", "transmit": "submit", "send": "submit",
          "sent": "submit", "countri": "countri", "nation": "countri", "sell": "sale", "sold": "sale", "violat": "violat", "rescind": "revok",
          "third-parti": "retransf", "retransf": "retransf", "weapon": "arm", "abus": "violat", "pass": "transfer",
          "programm": "program", "defenc": "defens", "authoris": "authoriz", "anybodi": "anyon", "hand": "transfer"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of a sentence's weight a clause's words carry, 0 to 1, and the words that it does not."""

    share: float
    missing: tuple[str, ...] = ()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word's stem, or that of the word it is taken for."""
    found: str = _STEMMER.stemWord(word)
    return _ALIKE.get(found, found)


def terms(text: str) -> list[str]:
    """The content words of a text, stemmed, without figures."""
    found = []
    for word in _WORD.findall(text.casefold().replace("’", "'").replace("'s", "")):
        for part in [word, *(word.split("-") if "-" in word else ())]:
            if part not in _STOP and len(part) > 1 and not part[0].isdigit():
                found.append(stem(part))
    return found


def in_words(claim: str, stems: Iterable[str]) -> str:
    """The words of a sentence that have some stems, as it writes them, a comma between."""
    said = {
        part
        for word in _WORD.findall(claim.casefold().replace("’", "'").replace("'s", ""))
        for part in (word, *word.split("-"))
    }
    named = [next((word for word in sorted(said) if terms(word) == [wanted]), wanted) for wanted in stems]
    return ", ".join(dict.fromkeys(named))


class Sources:
    """Notes and held text, by clause, as of a day."""

    def __init__(self, corpus: Corpus, wording: Wording, on: date) -> None:
        self._corpus = corpus
        self._wording = wording
        self._on = on
        self._words: dict[str, str] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def own(self, provision: str) -> str:
        """The heading and note of one clause, its instrument's note where it is the whole."""
        version = self._corpus.version(provision, self._on)
        instrument = self._corpus.instruments.get(provision)
        parts = [self._corpus.heading(provision)]
        if version:
            parts += [version.note, version.contested, *version.aliases]
        if instrument:
            parts += [instrument.note, instrument.title, *instrument.aliases]
        return ". ".join(part.rstrip(".") for part in parts if part)

    def text(self, provision: str) -> str:
        """The official text held of a clause, its parts included; empty where none is."""
        held = self._wording.held(provision)
        return held.text if held and held.edition.holding is Holding.OFFICIAL else ""

    def below(self, provision: str) -> list[str]:
        """The clauses within one, printed order."""
        found: list[str] = []
        waiting = list(self._corpus.children.get(provision, ()))
        while waiting and len(found) < 400:
            one = waiting.pop(0)
            found.append(one)
            waiting = [*self._corpus.children.get(one, ()), *waiting]
        return found

    def words(self, provision: str) -> str:
        """Everything held of a clause: its own note, its parts', its text; and the notes it stands under."""
        if provision not in self._words:
            parts = [self.own(p) for p in (provision, *self.below(provision), *law.ancestors_of(provision))]
            self._words[provision] = "\n".join([*parts, self.text(provision)])
        return self._words[provision]

    def notes(self, provision: str) -> str:
        """The notes on a clause and its parts; on what stands above it only where it has none itself."""
        parts = [self.own(p) for p in (provision, *self.below(provision))]
        if self._corpus.version(provision, self._on) is None:
            parts += [self.own(p) for p in law.ancestors_of(provision)[:2]]
        return "\n".join(parts)

    def narrow(self, provision: str) -> str:
        """The notes on a clause and its parts, and its text."""
        return f"{self.notes(provision)}\n{self.text(provision)}"

    def known(self, provision: str) -> bool:
        """Whether anything at all is held of a clause, or of what it stands under."""
        return any(
            self._corpus.version(p, self._on) is not None or self.text(p)
            for p in (provision, *self.below(provision)[:40], *law.ancestors_of(provision))
        )

    def _carried(self, provision: str) -> frozenset[str]:
        """The content words of a clause, of what it stands under and what it refers to."""
        if provision not in self._terms:
            version = self._corpus.version(provision, self._on)
            beside = [*(version.refers_to if version else ()), *(version.sources if version else ())]
            text = "\n".join([self.words(provision), *(self.own(p) for p in beside)])
            self._terms[provision] = frozenset(terms(text))
        return self._terms[provision]

    def fit(self, wanted: list[str], provisions: list[str]) -> Fit:
        """How much of a sentence the clauses carry together."""
        carried = frozenset().union(*(self._carried(p) for p in provisions)) if provisions else frozenset()
        weights = {term: self.weight(term) for term in set(wanted)}
        whole = sum(weights.values())
        if not whole:
            return Fit(1.0)
        has = sum(weight for term, weight in weights.items() if term in carried)
        missing = sorted((t for t in weights if t not in carried), key=lambda t: -weights[t])
        return Fit(has / whole, tuple(missing))

    def closest(self, wanted: list[str], provisions: list[str]) -> float:
        """How much of a sentence the best single clause among some, their parts and what they stand under carries."""
        weights = {term: self.weight(term) for term in set(wanted)}
        whole = sum(weights.values()) or 1.0
        clauses = {one for p in provisions for one in (p, *self.below(p), *law.ancestors_of(p)[:1])}
        return max(
            (sum(weights.get(t, 0.0) for t in set(terms(self.own(one)))) / whole for one in clauses), default=0.0
        )

    def narrow_fit(self, wanted: list[str], provisions: list[str]) -> Fit:
        """How much of a sentence the clauses themselves carry, their parts included, without what they refer to."""
        carried = {term for p in provisions for term in terms(self.narrow(p))}
        weights = {term: self.weight(term) for term in set(wanted)}
        whole = sum(weights.values()) or 1.0
        missing = sorted((t for t in weights if t not in carried), key=lambda t: -weights[t])
        return Fit(sum(w for t, w in weights.items() if t in carried) / whole, tuple(missing))

    def weight(self, term: str) -> float:
        """How much a word tells: more the fewer notes have it; a word that none has, less than the rarest."""
        count = self._frequency.get(term, 0)
        return log(1 + self._size / count) if count else _STRANGE * log(1 + self._size)

    def strange(self, term: str) -> bool:
        """Whether a word stands in hardly any note."""
        return self._frequency.get(term, 0) <= _SELDOM

    def homes(self, wanted: list[str], most: int = 5) -> list[tuple[str, float]]:
        """The clauses whose own words carry most of a sentence, best first."""
        weights = {term: self.weight(term) for term in set(wanted)}
        whole = sum(weights.values())
        if not whole:
            return []
        scores: dict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            if term in self._postings:
                for number in self._postings[term]:
                    scores[number] += weight
        best = nsmallest(most, scores.items(), key=lambda pair: (-pair[1], self._lengths[pair[0]]))
        return [(self._ids[number], score / whole) for number, score in best]

    def phrase_homes(self, phrase: str) -> set[str]:
        """The clauses whose notes have a run of words."""
        wanted = f" {phrase} "
        return {provision for provision, text in self._plain if wanted in text}

    def is_name_of(self, phrase: str, provision: str) -> bool:
        """Whether a run of words is, or begins, one of the names that a clause goes by."""
        names = [a for v in self._corpus.provisions.get(provision, ()) for a in v.aliases]
        return any(f" {phrase} " in f" {' '.join(_WORD.findall(name.casefold()))} " for name in names)

    @cached_property
    def _plain(self) -> list[tuple[str, str]]:
        return [(p, f" {' '.join(_WORD.findall(self.own(p).casefold()))} ") for p in self._ids]

    @cached_property
    def _ids(self) -> list[str]:
        return [*self._corpus.provisions]

    @cached_property
    def _bags(self) -> list[Counter[str]]:
        return [Counter(terms(self.own(provision))) for provision in self._ids]

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, bag in enumerate(self._bags):
            for term in bag:
                found[term].append(number)
        return found

    @cached_property
    def _lengths(self) -> list[int]:
        return [sum(bag.values()) for bag in self._bags]

    @cached_property
    def _frequency(self) -> dict[str, int]:
        return {term: len(numbers) for term, numbers in self._postings.items()}

    @property
    def _size(self) -> int:
        return max(len(self._ids), 1)
