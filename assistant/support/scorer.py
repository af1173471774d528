"""How doubtful a text is against its source: a logistic regression over features a person can read.

The weights were fitted by `python -m evals.train.support` on claims made from our own notes. It ranks whole answers; it never
lets through what the checks refuse.
"""

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from assistant.support import Read, read, supports
from assistant.support.words import content, sentences_of, words

FEATURES = ("new words for its length", "share of new words", "figures not in the source", "names not in the source", "turned round", "new pairs of words", "not in any one sentence")  # fmt: skip


def features(sentence: str, held: Read, parts: Sequence[frozenset[str]]) -> tuple[float, ...]:
    """The features of a sentence; `parts` are the stems of each sentence of the source."""
    said = read(sentence)
    stems = [word.stem for word in said.content]
    meant = set(stems)
    new = meant - held.stems
    pairs = list(pairwise(stems))
    theirs = [word.stem for word in held.content]
    known = set(pairwise(theirs))
    best = max((len(meant & part) for part in parts), default=0)
    found = supports(sentence, held.text)
    return (
        len(new) / math.sqrt(max(3, len(meant))),
        len(new) / max(3, len(meant)),
        float(min(3, sum(not any(f.agrees(o) for o in held.figures) for f in said.figures))),
        float(min(3, sum(not n.first and not (set(n.words) & _lower(held)) for n in said.names))),
        float(str(found.verdict) == "contradicted"),
        sum(pair not in known for pair in pairs) / max(3, len(pairs)),
        1 - best / max(1, len(meant)),
    )


@lru_cache(maxsize=64)
def _lower(held: Read) -> frozenset[str]:
    return frozenset(word.written.lower() for word in held.words)


def doubt(text: str, source: str) -> float:
    """How doubtful the most doubtful sentence of a text is, 0 to 1."""
    held = read(source)
    parts = source_parts(held)
    found = [chance(features(sentence, held, parts)) for sentence in sentences_of(text) if content(words(sentence))]
    return max(found, default=0.0)


def source_parts(held: Read) -> tuple[frozenset[str], ...]:
    """The stems of each sentence of a source."""
    return tuple(
        frozenset(word.stem for word in words(sentence) if not word.mark) for sentence in sentences_of(held.text)
    )


def chance(row: Sequence[float]) -> float:
    """The chance that a sentence with these features does not stand."""
    weights, bias = _weights()
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, bias + sum(w * x for w, x in zip(weights, row, strict=True))))))


def threshold() -> float:
    """The doubt from which a text is called unsupported, chosen on the data it was fitted on."""
    return float(_read()["threshold"])


def _weights() -> tuple[tuple[float, ...], float]:
    kept = _read()
    return tuple(kept["weights"]), float(kept["bias"])


@lru_cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return found
