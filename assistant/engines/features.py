"""What is weighed of each candidate: one row of numbers a candidate, in the order of `NAMES`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engines.lexical import Lexical

Numbers = NDArray[np.float32]
NAMES = (
    "bm25", "bm25 own", "bm25 path", "bm25 per idf", "cosine", "second cosine", "cosine to the best", "fused",
    "expanded bm25", "feedback cosine", "rank bm25", "rank cosine", "rank fused",
    "coverage", "coverage own", "coverage path", "count covered", "rarest missed", "rarest three",
    "phrases", "pairs near", "passage", "share of text", "numbers", "length", "path length",
    "bm25 before", "bm25 after", "cosine before", "cosine after", "best around",
    "turned cosine", "turned to the best", "rank turned",
    "words asked", "rarity asked", "top cosine", "top bm25 per idf",
)  # fmt: skip
_PASSAGE = 16
_NEAR = 8


@dataclass(frozen=True)
class Signals:
    """Scores of every text for one question: BM25 by own words and path, expanded BM25, and cosines:
    of the best window, the second best, and with the question turned; `moved` is the question moved to the first found.
    """

    known: Sequence[int]
    near: Numbers
    above: Numbers
    expanded: Numbers
    cosine: Numbers
    second: Numbers
    turned: Numbers
    moved: Numbers
    fused: Numbers


def features(lexical: Lexical, signals: Signals, candidates: NDArray[Any], feedback: Numbers) -> Numbers:
    """A row of `NAMES` for each candidate, whose positions are given best fused first; `feedback` is each one's cosine to
    the question moved towards what was found first.
    """
    s, c = signals, candidates
    bm25 = s.near + s.above
    top = max(float(bm25[c].max()), 1e-6)
    asked = _Asked(lexical, s.known)
    rarity = max(float(asked.idf.sum()), 1e-6)
    texts = _Texts(lexical, asked, c)
    last = lexical.size - 1
    before, after = np.maximum(c - 1, 0), np.minimum(c + 1, last)
    around = np.max([s.fused[np.clip(c + step, 0, last)] for step in (-3, -2, -1, 1, 2, 3)], axis=0)
    best_cosine = float(s.cosine[c].max())
    columns = [
        bm25[c] / top, s.near[c] / top, s.above[c] / top, bm25[c] / rarity,
        s.cosine[c], s.second[c], s.cosine[c] - best_cosine, s.fused[c],
        s.expanded[c] / max(float(s.expanded[c].max()), 1e-6), feedback,
        _rank(bm25[c]), _rank(s.cosine[c]), _rank(s.fused[c]),
        *texts.coverage(), texts.phrases(1), texts.phrases(_NEAR), texts.passage(), texts.share(), texts.numbers(),
        *texts.lengths(),
        bm25[before] / top, bm25[after] / top, s.cosine[before], s.cosine[after], around,
        s.turned[c], s.turned[c] - float(s.turned[c].max()), _rank(s.turned[c]),
        *(np.full(len(c), value) for value in (len(asked.idf) / 20, rarity / 100, best_cosine, top / rarity)),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _rank(scores: Numbers) -> Numbers:
    order = np.argsort(-scores, kind="stable")
    ranks = np.empty(len(scores), np.float32)
    ranks[order] = 1 / (1 + np.arange(len(scores), dtype=np.float32) / 3)
    return ranks


class _Asked:
    """The different words of a question that some text holds, each a slot, and which follow one another."""

    def __init__(self, lexical: Lexical, known: Sequence[int]) -> None:
        self.words = np.array(list(dict.fromkeys(known)) or [0], np.int64)
        self.idf = np.asarray(lexical.arrays["idf"][self.words], np.float32) if known else np.zeros(1, np.float32)
        self.slots = np.full(len(lexical.vocabulary) + 1, -1, np.int16)
        if known:
            self.slots[self.words] = np.arange(len(self.words))
        runs = list(dict.fromkeys(pairwise(known)))
        self.pairs = [(int(self.slots[a]), int(self.slots[b])) for a, b in runs if a != b]
        names = lexical.vocabulary_names
        self.numeric = np.array([any(ch.isdigit() for ch in names[word]) for word in self.words])


class _Texts:
    """The candidates' words, as slots of the question."""

    def __init__(self, lexical: Lexical, asked: _Asked, candidates: NDArray[Any]) -> None:
        a = lexical.arrays
        starts, ends = a["word_ends"][candidates], a["word_ends"][candidates + 1]
        lengths = ends - starts
        self.count = len(candidates)
        self.path_length = a["path_ends"][candidates] - starts
        self.length = lengths - self.path_length
        self.owner = np.repeat(np.arange(self.count), lengths)
        offsets = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        words = a["words"][np.repeat(starts, lengths) + offsets]
        self.place = offsets - np.repeat(self.path_length, lengths)
        self.slot = asked.slots[words]
        self.idf = a["idf"][words]
        self.asked = asked
        self.total = max(float(asked.idf.sum()), 1e-6)
        self.own = self._present((self.slot >= 0) & (self.place >= 0))
        self.path = self._present((self.slot >= 0) & (self.place < 0))

    def _present(self, chosen: NDArray[Any]) -> NDArray[np.bool_]:
        found = np.zeros((self.count, len(self.asked.words)), bool)
        found[self.owner[chosen], self.slot[chosen]] = True
        return found

    def coverage(self) -> list[Numbers]:
        idf, both = self.asked.idf, self.own | self.path
        rarest = np.argsort(-idf)[:3]
        return [
            both @ idf / self.total,
            self.own @ idf / self.total,
            self.path @ idf / self.total,
            both.mean(axis=1),
            np.where(both, 0, idf).max(axis=1) / 10,
            both[:, rarest] @ idf[rarest] / max(float(idf[rarest].sum()), 1e-6),
        ]

    def phrases(self, reach: int) -> Numbers:
        """The share of the question's neighbouring words that stand within `reach` of each other here."""
        found = np.zeros(self.count, np.float32)
        weight = 1e-6
        table = np.full((len(self.asked.words), len(self.asked.words)), -1, np.int16)
        for number, (one, other) in enumerate(self.asked.pairs):
            table[one, other] = number
            if reach > 1 and table[other, one] < 0:
                table[other, one] = number
        value = np.array([self.asked.idf[a] + self.asked.idf[b] for a, b in self.asked.pairs], np.float32)
        if not len(value):
            return found
        weight += float(value.sum())
        seen = np.zeros((self.count, len(value)), bool)
        for step in range(1, reach + 1):
            left, right = self.slot[:-step], self.slot[step:]
            chosen = np.flatnonzero((left >= 0) & (right >= 0) & (self.owner[:-step] == self.owner[step:]))
            pair = table[left[chosen], right[chosen]]
            seen[self.owner[chosen[pair >= 0]], pair[pair >= 0]] = True
        return np.asarray(seen @ value / weight, np.float32)

    def passage(self) -> Numbers:
        """The most of the question that any 32 words in a row hold."""
        chosen = (self.slot >= 0) & (self.place >= 0)
        pieces = np.maximum(-(-self.length // _PASSAGE), 1)
        first = np.cumsum(pieces) - pieces
        held = np.zeros((int(pieces.sum()), len(self.asked.words)), bool)
        owner = self.owner[chosen]
        held[first[owner] + self.place[chosen] // _PASSAGE, self.slot[chosen]] = True
        joined = held.copy()
        joined[:-1] |= (
            held[1:]
            & (np.repeat(np.arange(self.count), pieces)[:-1] == np.repeat(np.arange(self.count), pieces)[1:])[:, None]
        )
        return np.asarray(np.maximum.reduceat(joined @ self.asked.idf, first) / self.total, np.float32)

    def share(self) -> Numbers:
        """How much of what the text says, by rarity, was asked for."""
        whole = np.bincount(self.owner, weights=self.idf, minlength=self.count)
        met = np.bincount(self.owner, weights=self.idf * (self.slot >= 0), minlength=self.count)
        return np.asarray(met / np.maximum(whole, 1e-6), np.float32)

    def numbers(self) -> Numbers:
        """The share of the question's figures that stand here; 0 where it names none."""
        wanted = np.where(self.asked.numeric, self.asked.idf, 0)
        return np.asarray((self.own | self.path) @ wanted / max(float(wanted.sum()), 1e-6), np.float32)

    def lengths(self) -> list[Numbers]:
        return [np.log1p(self.length) / 5, np.log1p(self.path_length) / 5]
