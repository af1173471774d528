"""A small trained judge: from the signs of a question and its vector, how likely each kind of answer is.

Small networks with six outcomes, with and without the vector, trained by `python -m evals.train.abstain`; their numbers stand in
judge-vector.npz and judge-plain.npz.
"""

import math
import re
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.ask.abstain.coverage import coverage
from assistant.ask.abstain.forms import forms
from assistant.ask.abstain.words import SIGNS
from assistant.corpus import Corpus
from assistant.index import Hit
from assistant.law import Holding
from assistant.retrieve import Asked, named_instruments

OUTCOMES = ("answer", "not_held", "needs_facts", "judgement", "no_authority", "out_of_scope")
ENCODERS = ("packaged-int8", "packaged-fp32")
CLIP = 5.0
HEED_TABLES_AT = 0.4
"""The least probability of there being no answer at which a table's refusal stands."""
Vector = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """What training found: the names of the signs and words, networks of one hidden layer, each with a straight way past it, and
    where to draw the line.

    `middle`, `spread` (a figure for each sign, word and vector dimension); `into` (networks, figures, hidden), `bias` (networks,
    hidden), `out` (networks, hidden, outcomes), `skip` (networks, figures, outcomes), `base` (networks, outcomes); `refuse_at` is
    the least probability of there being no answer at which one is refused.
    """

    signs: tuple[str, ...]
    words: tuple[str, ...]
    middle: Vector
    spread: Vector
    into: Vector
    bias: Vector
    out: Vector
    skip: Vector
    base: Vector
    refuse_at: float


def file_of(kind: str) -> Path:
    """Where the weights of a kind ship: `vector`, for the encoder trained with, or `plain`, for any."""
    return Path(__file__).with_name(f"judge-{kind}.npz")


@lru_cache
def read_weights(kind: str) -> Weights:
    """The weights of a kind that ship."""
    held = dict(np.load(file_of(kind), allow_pickle=False))
    signs, words = (tuple(held.pop(name).tolist()) for name in ("signs", "words"))
    refuse_at = float(held.pop("refuse_at"))
    numbers = {name: each.astype(np.float32) for name, each in held.items()}
    return Weights(signs, words, **numbers, refuse_at=refuse_at)


def write_weights(kind: str, weights: Weights) -> None:
    """Keep weights as those that ship; the wide ones at half their length."""
    held: dict[str, Any] = {field.name: np.array(getattr(weights, field.name)) for field in fields(weights)}
    np.savez_compressed(file_of(kind), **held | {name: held[name].astype(np.float16) for name in ("into", "skip")})


def signs(
    asked: Asked,
    hits: list[Hit],
    corpus: Corpus,
    texts_held: frozenset[str],
    decided: bool,
    tabled: dict[str, bool],
    likeness: float,
) -> dict[str, float]:
    """Everything the judge sees of a question but its words and vector, by name.

    `likeness` is the cosine of the nearest entry, 0 with an encoder that the judge was not trained with.
    """
    found = {name: float(pattern.search(asked.text) is not None) for name, pattern in SIGNS.items()}
    covered = coverage(asked.text, hits, corpus, asked.on)
    named = [corpus.instruments[name] for name in named_instruments(asked) if name in corpus.instruments]
    secondary = [i for i in named if i.holding is Holding.SECONDARY and i.id not in texts_held]
    found |= {
        "secondary": float(bool(secondary)),
        "secondary_wording": float(bool(secondary)) * found["wording"],
        "held_named": float(len(named) > len(secondary)),
        "cited": float(any(c not in corpus.instruments for c in asked.cited)),
        "missing": float(any(r.known_instrument for r in asked.missing)),
        "missing_alone": float(any(r.known_instrument for r in asked.missing) and not asked.cited),
        "unheld_named": float(any(not r.known_instrument for r in asked.missing)),
        "amounts": min(len(asked.amounts), 2) / 2,
        "countries": min(len(asked.countries), 2) / 2,
        "parties": float(bool(asked.countries or asked.bodies)),
        "value_and_party": float(bool(asked.amounts) and bool(asked.countries or asked.bodies)),
        "own_without_party": found["first_person"] * float(not (asked.countries or asked.bodies)),
        "case_without_value": found["this_case"] * float(not asked.amounts),
        "own_polar": found["first_person"] * found["polar"],
        "case_polar": found["this_case"] * found["polar"],
        "party_polar": found["polar"] * float(bool(asked.countries)),
        "party_today": found["today"] * float(bool(asked.countries)),
        "dated": float(asked.dated),
        "decided": float(decided),
        "length": math.log1p(len(asked.text.split())),
        "short": float(len(asked.text.split()) < 9),
        "likeness": likeness,
        "covered_first": covered.first,
        "covered": covered.any,
        "covered_badly": float(covered.any < 0.6),
        "strange": min(covered.strange, 3) / 3,
        "strange_share": covered.strange / max(covered.words, 1),
        "rarest": covered.rarest,
        "content": math.log1p(covered.words),
    }
    return found | forms(asked, hits, corpus) | {name: float(flag) for name, flag in tabled.items()}


def words_of(text: str) -> set[str]:
    """The single words and pairs of words of a question; figures count as one."""
    tokens = re.findall(r"[a-z]+(?:['’][a-z]+)?|\d+|\?", text.lower())
    plain = ["#" if token.isdigit() else token for token in tokens]
    return {*plain, *(f"{a} {b}" for a, b in zip(["^", *plain], [*plain, "$"], strict=True))}


def row_of(weights: Weights, found: dict[str, float], text: str, vector: Vector | None) -> Vector:
    """A question as one row: signs, words, and the vector where the weights have a place for it."""
    present = words_of(text)
    row = [*(found[name] for name in weights.signs), *(float(word in present) for word in weights.words)]
    plain = np.array(row, np.float32)
    return plain if vector is None or len(weights.middle) == len(plain) else np.concatenate([plain, vector])


def weigh(weights: Weights, found: dict[str, float], text: str, vector: Vector | None) -> dict[str, float]:
    """The probability of each outcome, on average of the networks."""
    row = np.clip((row_of(weights, found, text, vector) - weights.middle) / weights.spread, -CLIP, CLIP)
    hidden = np.maximum(np.einsum("f,nfh->nh", row, weights.into) + weights.bias, 0)
    logits = np.einsum("nh,nho->no", hidden, weights.out) + np.einsum("f,nfo->no", row, weights.skip) + weights.base
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return dict(zip(OUTCOMES, (odds / odds.sum(axis=1, keepdims=True)).mean(axis=0).tolist(), strict=True))
