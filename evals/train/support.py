"""`python -m evals.train.support`: fit the weights of the doubt scorer on claims made from our own notes.

A true claim is a sentence or two of a note, said again by rules; a false one has an altered figure, duty, denial or name, or a
part or a sentence of another clause in it. No benchmark's rows are read here.
"""

import json
import random
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import support
from assistant.corpus import read_corpus
from assistant.model import sentences
from assistant.settings import data_path
from assistant.support import scorer
from evals.adversary.alter import ALTERATIONS, Seen
from evals.adversary.faithful import FAITHFUL

_WAYS = ("altered_digits", "swapped_authority", "dropped_not", "added_not", "may_for_shall", "turned_bound", "altered_date", "swapped_name", "appended_rule", "invented_rule")  # fmt: skip
_TRUE = ("verbatim_note", "reworded", "without_parenthesis", "first_part")
ON = date(2026, 9, 1)


def examples(count: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows of features and whether each claim is false, half of each."""
    corpus = read_corpus(data_path("corpus"))
    pick = random.Random(seed)
    notes = [v.note for p in corpus.provisions if (v := corpus.version(p, ON)) and len(v.note.split()) > 15]
    rows: list[tuple[float, ...]] = []
    false: list[float] = []
    while len(rows) < count:
        note, other = pick.choice(notes), pick.choice(notes)
        source = " ".join([note, *pick.sample(notes, 2)])
        sentence, stranger = pick.choice(sentences(note)), pick.choice(sentences(other))
        seen = Seen("K", "P", sentence, "", "", "", "", "", "")
        wrong = len(rows) % 2 == 1
        if not wrong:
            written = FAITHFUL[pick.choice(_TRUE)](seen, pick)
            claim = _loosened(written.text, pick) if written else None
        elif pick.random() < 0.4:
            half = stranger.split()
            claim = " ".join(
                [
                    *sentence.rstrip(".").split(),
                    pick.choice(("and", "because", "while", "so that")),
                    *half[: max(4, len(half) // 2)],
                ]
            )
            claim = pick.choice([claim, stranger, _loosened(stranger, pick)])
        else:
            written = ALTERATIONS[pick.choice(_WAYS)](seen, pick)
            claim = _loosened(written.text, pick) if written else None
        if claim and len(claim.split()) > 3:
            held = support.read(source)
            rows.append(scorer.features(claim, held, scorer.source_parts(held)))
            false.append(float(wrong))
    return np.array(rows), np.array(false)


def _loosened(text: str, pick: random.Random) -> str:
    """A sentence with a word or two of its own, as people write."""
    fillers = (
        "generally",
        "in practice",
        "as a rule",
        "for example",
        "it should be understood that",
        "in short,",
        "typically",
        "of course",
    )
    return f"{pick.choice(fillers)} {text}" if pick.random() < 0.5 else text


def fit(
    rows: NDArray[np.float64], false: NDArray[np.float64], *, ridge: float = 1.0, steps: int = 400
) -> tuple[NDArray[np.float64], float]:
    """Logistic regression by Newton's method; no weight may speak for a claim that has more wrong with it."""
    wide = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(wide.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-wide @ weights))
        slope = wide.T @ (chance - false) + ridge * np.append(weights[:-1], 0)
        curve = (wide * (chance * (1 - chance))[:, None]).T @ wide + ridge * np.eye(wide.shape[1])
        weights = weights - np.linalg.solve(curve, slope)
        weights[:-1] = np.maximum(weights[:-1], 0)
    return weights[:-1], float(weights[-1])


def main() -> None:
    """Fit on one half, choose the threshold there, print the figures of the other, write the weights."""
    rows, false = examples(3_000, 1)
    weights, bias = fit(rows, false)
    chances = 1 / (1 + np.exp(-(rows @ weights + bias)))
    best = max(np.linspace(0.1, 0.9, 81), key=lambda t: _f1(chances >= t, false))
    kept = {
        "features": list(scorer.FEATURES),
        "weights": [round(float(w), 4) for w in weights],
        "bias": round(bias, 4),
        "threshold": round(float(best), 3),
    }
    Path(scorer.__file__).with_name("weights.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    apart, apart_false = examples(1_000, 2)
    print(
        json.dumps(kept | {"f1_apart": round(_f1(1 / (1 + np.exp(-(apart @ weights + bias))) >= best, apart_false), 4)})
    )


def _f1(called: NDArray[np.bool_], false: NDArray[np.float64]) -> float:
    hit = float((called * false).sum())
    return 2 * hit / max(1.0, float(called.sum() + false.sum()))


if __name__ == "__main__":
    main()
