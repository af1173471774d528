"""BM25 over entries, with the words of the field kept whole."""

import logging
import re
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

logging.getLogger("bm25s").setLevel(logging.WARNING)

_STEMMER = Stemmer.Stemmer("english")
_MONEY = re.compile(r"\$ ?(\d[\d,]*(?:\.\d+)?) ?(thousand|million|billion|[kmb]\b)?", re.I)
_UNITS = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "b": 1e9, "": 1.0}
_WORD = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)*")
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "must",
        "of",
        "on",
        "or",
        "shall",
        "should",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "under",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
    ]
)


def words(text: str) -> list[str]:
    """The stems of a text; amounts of money become one word whichever way they are written."""
    lowered = _MONEY.sub(_amount, text.lower())
    found: list[str] = []
    for word in _WORD.findall(lowered):
        parts = re.split(r"[-./]", word)
        if len(parts) > 1:
            found.append(word)
        found.extend(part for part in parts if part not in _STOP)
    return list(_STEMMER.stemWords(found))


def _amount(match: re.Match[str]) -> str:
    value = float(match[1].replace(",", "")) * _UNITS[(match[2] or "").lower()]
    return f" usd{value:.0f} "


class Lexical:
    """A BM25 index; `scores` has one number an entry."""

    def __init__(self, engine: bm25s.BM25, size: int) -> None:
        self._engine = engine
        self._size = size

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of the question against every entry."""
        known = [word for word in words(question) if word in self._engine.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._engine.get_scores(known), np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._engine.save(str(folder))


def build(texts: Sequence[str]) -> Lexical:
    """Index texts in order."""
    engine = bm25s.BM25(k1=1.2, b=0.75)
    engine.index([words(text) or ["∅"] for text in texts], show_progress=False)
    return Lexical(engine, len(texts))


def load(folder: Path, size: int) -> Lexical:
    """Read an index back, memory-mapped."""
    return Lexical(bm25s.BM25.load(str(folder), mmap=True), size)
