"""BM25 over texts with a heading path, the words of the field kept whole; its arrays are memory-mapped.

For every text the words are kept in order as well, so that a candidate's phrases and nearness can be weighed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import Stemmer
from numpy.typing import NDArray

Scores = NDArray[np.float32]
K1, B = 1.2, 0.6
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
_ARRAYS = ("ends", "docs", "near", "above", "idf", "words", "word_ends", "path_ends")


def words(text: str) -> list[str]:
    """The stems of a text; amounts of money become one word whichever way they are written."""
    lowered = _MONEY.sub(_amount, text.lower())
    found: list[str] = []
    for word in _WORD.findall(lowered):
        if word.isalnum():
            if word not in _STOP:
                found.append(word)
        else:
            found.append(word)
            found.extend(part for part in re.split(r"[-./]", word) if part not in _STOP)
    return list(_STEMMER.stemWords(found))


def _amount(match: re.Match[str]) -> str:
    value = float(match[1].replace(",", "")) * _UNITS[(match[2] or "").lower()]
    return f" usd{value:.0f} "


@dataclass(frozen=True)
class Lexical:
    """A BM25 index of `size` texts.

    `docs[ends[t]:ends[t+1]]` are the texts that hold word `t`, in their words (`near`) or path (`above`), each with its
    saturated weight; `words[word_ends[n]:word_ends[n+1]]` are the words of text `n`, its path's up to `path_ends[n]`.
    """

    vocabulary: dict[str, int]
    arrays: dict[str, NDArray[Any]]

    @property
    def size(self) -> int:
        """How many texts are indexed."""
        return len(self.arrays["path_ends"])

    @cached_property
    def vocabulary_names(self) -> list[str]:
        """The words by number."""
        return list(self.vocabulary)

    def known(self, question: str) -> list[int]:
        """The question's words that some text holds, in order, repeats kept."""
        return [self.vocabulary[word] for word in words(question) if word in self.vocabulary]

    def scores(self, question: str) -> Scores:
        """BM25 of the question against every text."""
        near, above = self.fields(self.known(question))
        return near + above

    def fields(self, known: Sequence[int], weights: Sequence[float] | None = None) -> tuple[Scores, Scores]:
        """BM25 by the texts' own words, and what their paths add; `weights` has one number a word."""
        a = self.arrays
        near, above = np.zeros(self.size, np.float32), np.zeros(self.size, np.float32)
        for number, word in enumerate(known):
            span = slice(int(a["ends"][word]), int(a["ends"][word + 1]))
            docs = a["docs"][span]
            idf = a["idf"][word] * np.float32(1.0 if weights is None else weights[number])
            near[docs] += idf * a["near"][span]
            above[docs] += idf * a["above"][span]
        return near, above

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", self.arrays[name])
        (folder / "vocabulary.txt").write_text("\n".join(self.vocabulary), encoding="utf-8")


def build(texts: Sequence[tuple[str, str]], path_weight: float = 1.0) -> Lexical:
    """Index (path, text) pairs in order."""
    vocabulary: dict[str, int] = {}
    tokens: list[int] = []
    word_ends, path_ends = [0], []
    for path, text in texts:
        tokens.extend(vocabulary.setdefault(word, len(vocabulary)) for word in words(path))
        path_ends.append(len(tokens))
        tokens.extend(vocabulary.setdefault(word, len(vocabulary)) for word in words(text))
        word_ends.append(len(tokens))
    size, held = len(texts), np.array(tokens, np.int32)
    ends = np.array(word_ends, np.int64)
    owner = np.repeat(np.arange(size, dtype=np.int64), np.diff(ends))
    in_path = np.arange(len(held)) < np.repeat(np.array(path_ends, np.int64), np.diff(ends))
    pairs, inverse = np.unique(held.astype(np.int64) * max(size, 1) + owner, return_inverse=True)
    own = np.bincount(inverse, weights=~in_path, minlength=len(pairs))
    headed = path_weight * np.bincount(inverse, weights=in_path, minlength=len(pairs))
    docs, terms = (pairs % max(size, 1)).astype(np.int32), pairs // max(size, 1)
    length = np.bincount(owner, weights=np.where(in_path, path_weight, 1.0), minlength=size)
    norm = K1 * (1 - B + B * length / max(float(length.mean()) if size else 1.0, 1e-9))
    frequency = np.bincount(terms, minlength=len(vocabulary))
    whole = (own + headed) * (K1 + 1) / (own + headed + norm[docs])
    near = own * (K1 + 1) / (own + norm[docs])
    arrays = {
        "ends": np.concatenate([np.zeros(1, np.int64), np.cumsum(frequency)]),
        "docs": docs,
        "near": near.astype(np.float32),
        "above": (whole - near).astype(np.float32),
        "idf": np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32),
        "words": held,
        "word_ends": ends,
        "path_ends": np.array(path_ends, np.int64),
    }
    return Lexical(vocabulary, arrays)


def mapped(path: Path) -> NDArray[Any]:
    """An array on disk, read where it is touched; a plain array, since numpy's own class of it is slow to slice."""
    return np.asarray(np.load(path, mmap_mode="r").view(np.ndarray))


def load(folder: Path) -> Lexical:
    """Read an index back, memory-mapped."""
    names = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    arrays = {name: mapped(folder / f"{name}.npy") for name in _ARRAYS}
    return Lexical({word: number for number, word in enumerate(names)}, arrays)
