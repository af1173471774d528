"""How doubtful somebody's answer is against the passages it was made from: one logistic line over its sentences, one over the worst.

The weights were fitted by `python -m evals.train.support` on people's marks. It ranks whole answers in free prose; it guards
nothing of ours: what may be said of a source is decided by `assistant.support.supports`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.support.prose import FEATURES, Encode, Rows, read_passages, rows

KEPT = Path(__file__).with_name("weights.json")
_ALMOST = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A logistic line over standardised features."""

    centre: Rows
    scale: Rows
    weights: Rows
    bias: float

    def chances(self, given: Rows) -> Rows:
        """The chance of each row, 0 to 1."""
        height = (given - self.centre) / self.scale @ self.weights + self.bias
        chances: Rows = 1 / (1 + np.exp(-np.clip(height, -30, 30)))
        return chances


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """The line over sentences, the line over what the worst of them come to, and the doubt from which an answer is called."""

    sentence: Line
    answer: Line
    threshold: float

    def doubt(self, sentences: Rows) -> float:
        """The doubt of an answer whose sentences have these features; none where it says nothing."""
        return float(self.answer.chances(worst(self.sentence.chances(sentences)))) if len(sentences) else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Shipped:
    """The scorer that ships, how often answers bring a stem along, and by what the answers that fitted it and their questions
    are known again."""

    scorer: Scorer
    common: Mapping[str, int]
    fitted: frozenset[str]
    asked: frozenset[str]


def worst(chances: Rows) -> Rows:
    """The log-odds of an answer's two most doubtful sentences, and how much doubt there is in all, of which little counts little."""
    held = np.clip(np.sort(chances)[::-1], _ALMOST, 1 - _ALMOST)
    return np.array([np.log(held / (1 - held))[:2].mean(), np.log((held**2).sum()) / 2])


def doubt(answer: str, passages: Sequence[str], question: str, encode: Encode) -> float:
    """How doubtful an answer to a question is against its passages, 0 to 1."""
    kept = shipped()
    return kept.scorer.doubt(rows(answer, read_passages(passages, question, encode), kept.common, encode))


def mark(*texts: str) -> str:
    """By what a question, or a question and an answer to it, is known again."""
    plain = "\n".join(" ".join(text.lower().split()) for text in texts)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def shipped() -> Shipped:
    """The weights of the package."""
    kept: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    assert tuple(kept["sentence"]["features"]) == FEATURES
    scorer = Scorer(_line(kept["sentence"]), _line(kept["answer"]), float(kept["threshold"]))
    return Shipped(scorer, kept["common"], frozenset(kept["fitted"]), frozenset(kept["asked"]))


def _line(kept: Mapping[str, Any]) -> Line:
    centre, scale, weights = (np.array(kept[each], np.float64) for each in ("centre", "scale", "weights"))
    return Line(centre, scale, weights, float(kept["bias"]))
