"""Answers that people judged against their passages, read for the scorer of doubt."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engines.encoder import PackagedEncoder
from assistant.support import prose
from assistant.support.prose import Encode, Rows

Flags = NDArray[np.bool_]

_OFTEN, _LONG = 3, 15
_NUMBER = re.compile(r"^passage \d+:")


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Answers that people judged: a row a sentence, whether it is false, whether the answer is, and its question."""

    sentences: tuple[Rows, ...]
    false: tuple[Flags, ...]
    truth: Flags
    questions: tuple[str, ...]
    common: dict[str, int]


def open_rows(folder: Path) -> list[dict[str, Any]]:
    """The rows of a folder; the number in front of a passage is no word of it."""
    lines = (folder / "data.jsonl").read_text(encoding="utf-8").splitlines()
    found: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [row | {"contexts": [_NUMBER.sub("", each).strip() for each in row["contexts"]]} for row in found]


def remembered() -> Encode:
    """The packaged encoder, with every text encoded once."""
    encoder, known = PackagedEncoder(), dict[str, NDArray[np.float32]]()

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encoder.encode(new), strict=True))
        return np.stack([known[text] for text in texts])

    return encode


def read_judged(rows: Sequence[dict[str, Any]], encode: Encode) -> Judged:
    """The features and marks of answers; how common a stem is, is counted over the other questions, marks unseen."""
    held = [prose.read_passages(row["contexts"], row["question"], encode) for row in rows]
    brought: dict[str, frozenset[str]] = {}
    for row, own in zip(rows, held, strict=True):
        brought[row["question"]] = brought.get(row["question"], frozenset()) | prose.new_stems(row["answer"], own)
    counted = Counter(each for stems in brought.values() for each in stems)
    kept = {each: count for each, count in sorted(counted.items()) if count >= _OFTEN}
    sentences: list[Rows] = []
    for row, own in zip(rows, held, strict=True):
        others = {each: count - (each in brought[row["question"]]) for each, count in kept.items()}
        sentences.append(prose.rows(row["answer"], own, others, encode))
    truth = np.array([row["label"] == "hallucinated" for row in rows])
    return Judged(tuple(sentences), tuple(map(_false, rows)), truth, tuple(row["question"] for row in rows), kept)


def _false(row: dict[str, Any]) -> Flags:
    """Which sentences of an answer a marked span covers: half of either, or more than a few words."""
    flags: list[bool] = []
    place = 0
    for sentence, _ in prose.spoken(row["answer"]):
        start = max(place, row["answer"].find(sentence, place))
        end = place = start + len(sentence)
        shared = [
            (min(end, span["end"]) - max(start, span["start"]), span["end"] - span["start"]) for span in row["spans"]
        ]
        flags.append(any(n > 0 and (2 * n >= min(end - start, long) or n > _LONG) for n, long in shared))
    return np.array(flags, bool)
