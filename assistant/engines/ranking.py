"""Ranking texts for a question: BM25 and cosine fused, feedback from the best, then a small trained reranker."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.engines import lexical as words_index
from assistant.engines.encoder import Encoder, Vectors
from assistant.engines.features import Signals, features
from assistant.engines.lexical import Lexical, Scores
from assistant.engines.reranker import packaged_reranker
from assistant.engines.vectors import Progress, encode_windows

LEXICAL_WEIGHT = 0.5
POOL = 100
DEPTH = 3
_FEEDBACK, _EXPANSION = 3, 12
_VECTORS_KEPT, _SIGNALS_KEPT = 16, 4
_SPREAD, _TRAINED_WEIGHT = 6.0, 0.7


class Text(Protocol):
    """What is ranked: words, and the heading path or title above them."""

    @property
    def path(self) -> str: ...

    @property
    def text(self) -> str: ...


class Reranker(Protocol):
    """Turns a question's vector towards the words of law, and scores candidates from their features, higher better."""

    def turned(self, vector: Vectors) -> Vectors: ...

    def scores(self, rows: NDArray[np.float32]) -> Scores: ...


class Ranker:
    """Texts ready to be ranked; `vectors[i]` is a window of the text `owners[i]`, owners ascending."""

    def __init__(
        self,
        lexical: Lexical,
        encoder: Encoder,
        vectors: Vectors,
        owners: NDArray[Any],
        reranker: Reranker | None = None,
    ) -> None:
        self.lexical = lexical
        self.encoder = encoder
        self.vectors = vectors
        self.owners = owners
        self.reranker = reranker
        self._owned, self._starts = np.unique(owners, return_index=True)
        self._vector = lru_cache(_VECTORS_KEPT)(self._encode)

    @property
    def reranker(self) -> Reranker | None:
        """What weighs the candidates; None for the fusion alone."""
        return self._reranker

    @reranker.setter
    def reranker(self, reranker: Reranker | None) -> None:
        self._reranker = reranker
        self._kept = lru_cache(_SIGNALS_KEPT)(self._signals)

    def rank(
        self, question: str, limit: int, allowed: NDArray[np.bool_] | None = None, also: str = ""
    ) -> list[tuple[int, float]]:
        """The best positions with their scores; positions that are not `allowed` are passed over; `also` is looked for
        by its words alone.

        The reranker weighs the first `POOL`. A score is at most 1, and the best one's tells how well it fits.
        """
        signals = self.signals(question, also)
        order = self.pool(signals, allowed, max(limit, POOL))
        scores = signals.fused[order]
        if self.reranker is not None and len(order):
            trained = self.reranker.scores(self.weighed(signals, order[:POOL]))
            scores = blended(scores, trained)
            ranks = np.argsort(-scores, kind="stable")
            order, scores = order[ranks], scores[ranks]
        return [(int(position), float(score)) for position, score in zip(order[:limit], scores, strict=False)]

    def pool(self, signals: Signals, allowed: NDArray[np.bool_] | None = None, count: int = POOL) -> NDArray[Any]:
        """The positions with the best fused scores above 0, best first."""
        fused = signals.fused if allowed is None else np.where(allowed, signals.fused, np.float32(0))
        order = _best(fused, count)
        positive: NDArray[np.bool_] = fused[order] > 0
        return order[positive]

    def weighed(self, signals: Signals, pool: NDArray[Any]) -> NDArray[np.float32]:
        """A row of features for each position of a pool."""
        feedback = np.zeros(len(pool), np.float32)
        if len(self.vectors):
            rows, places = self._windows(pool)
            np.maximum.at(feedback, places, self.vectors[rows] @ signals.moved)
        return features(self.lexical, signals, pool, feedback)

    def _windows(self, positions: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The windows of some positions, and for each which of the positions it belongs to."""
        first = np.searchsorted(self.owners, positions, "left")
        counts = np.searchsorted(self.owners, positions, "right") - first
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(first, counts) + within, np.repeat(np.arange(len(positions)), counts)

    def signals(self, question: str, also: str = "") -> Signals:
        """Every text's scores for a question; those of the last few are kept, since an answer asks for them more than once."""
        return self._kept(question, also)

    def _signals(self, question: str, also: str) -> Signals:
        known = self.lexical.known(f"{question} {also}")
        near, above = self.lexical.fields(known)
        vector = self._vector(question)
        cosine, second = self.cosines(vector)
        turned = cosine if self.reranker is None else self._best_windows(self._products(self.reranker.turned(vector)))
        bm25 = near + above
        fused = LEXICAL_WEIGHT * bm25 / max(float(bm25.max(initial=0)), 1e-6) + (1 - LEXICAL_WEIGHT) * turned
        best = _best(fused, _FEEDBACK)
        moved = self._towards(vector, best)
        return Signals(known, near, above, self._expanded(bm25, best, fused), cosine, second, turned, moved, fused)

    def likeness(self, question: str, also: str = "") -> tuple[Vectors, float]:
        """The question's vector, and the cosine of the text nearest to it."""
        return self._vector(question), float(self.signals(question, also).cosine.max(initial=0))

    def cosines(self, vector: Vectors) -> tuple[Scores, Scores]:
        """For each text the cosines of its best and second-best window; 0 where there is none."""
        rows = self._products(vector)
        best = self._best_windows(rows)
        return best, self._best_windows(np.where(rows < best[self.owners], rows, 0))

    def _products(self, vector: Vectors) -> Scores:
        return self.vectors @ vector if len(self.vectors) else np.zeros(0, np.float32)

    def _best_windows(self, rows: Scores) -> Scores:
        """For each text the highest figure of its windows, 0 at least."""
        best = np.zeros(self.lexical.size, np.float32)
        if len(rows):
            best[self._owned] = np.maximum(np.maximum.reduceat(rows, self._starts), 0)
        return best

    def _encode(self, question: str) -> Vectors:
        (row,) = self.encoder.encode([question])
        return np.asarray(row, np.float32)

    def _towards(self, vector: Vectors, best: NDArray[Any]) -> Vectors:
        """The question moved towards the windows of the best texts."""
        rows, _ = self._windows(best)
        if not len(rows):
            return vector
        moved = vector + 0.5 * self.vectors[rows].mean(axis=0)
        return np.asarray(moved / max(float(np.linalg.norm(moved)), 1e-9), np.float32)

    def _expanded(self, bm25: Scores, best: NDArray[Any], fused: Scores) -> Scores:
        """BM25 with the words that mark the best texts added."""
        a = self.lexical.arrays
        weight: dict[int, float] = {}
        for position in best:
            words = a["words"][a["path_ends"][position] : a["word_ends"][position + 1]]
            for word, times in zip(*np.unique(words, return_counts=True), strict=True):
                weight[int(word)] = weight.get(int(word), 0) + float(fused[position]) * float(times) / (len(words) + 20)
        chosen = sorted(weight, key=lambda word: -weight[word] * float(a["idf"][word]))[:_EXPANSION]
        total = sum(weight[word] for word in chosen) or 1.0
        near, above = self.lexical.fields(chosen, [3 * weight[word] / total for word in chosen])
        return bm25 + near + above


def _best(scores: Scores, count: int) -> NDArray[Any]:
    """The positions of the highest scores, highest first, the earlier first where they are equal."""
    if count < len(scores):
        least = np.partition(scores, len(scores) - count)[len(scores) - count]
        chosen = np.flatnonzero(scores >= least)
    else:
        chosen = np.arange(len(scores))
    return chosen[np.argsort(-scores[chosen], kind="stable")][:count]


def blended(fused: Scores, trained: Scores) -> Scores:
    """Fused scores, best first, with the trained scores of the first of them worked in; the rest stay below those.

    A candidate keeps the best fused score in so far as the trained score calls it as good as the best.
    """
    count = len(trained)
    likely = fused[0] * np.maximum(1 + (trained - trained.max()) / _SPREAD, 0)
    first = _TRAINED_WEIGHT * likely + (1 - _TRAINED_WEIGHT) * fused[:count]
    return np.concatenate([first, np.minimum((1 - _TRAINED_WEIGHT) * fused[count:], first.min())])


def rank_texts(
    texts: Sequence[Text],
    encoder: Encoder,
    cache: Path,
    progress: Progress = lambda done, total: None,
    *,
    trained: bool = True,
) -> Ranker:
    """A ranker over texts held in memory; their vectors are kept in the folder `cache`.

    The reranker that ships decides the order, unless `trained` is false: then the fusion alone does.
    """
    windows, owners = windows_of(texts, encoder)
    vectors = encode_windows(windows, encoder, cache, progress)
    held = words_index.build([(text.path, text.text) for text in texts])
    return Ranker(held, encoder, vectors, owners, packaged_reranker(encoder.name) if trained else None)


def windows_of(texts: Sequence[Text], encoder: Encoder) -> tuple[list[str], NDArray[np.int32]]:
    """The windows of texts, and the position of the text each belongs to.

    Of a text longer than `DEPTH` windows the first ones are encoded; BM25 holds every word of it.
    """
    windows: list[str] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        cut = encoder.windows(text.path, text.text)[:DEPTH]
        windows.extend(cut)
        owners.extend([number] * len(cut))
    return windows, np.array(owners, np.int32)
