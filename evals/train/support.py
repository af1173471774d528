"""`python -m evals.train.support DIR [--write]`: fit the scorer of doubt on answers whose false spans people have marked.

A sentence is false where a marked span covers it. The false sentences of an answer share the weight of one, since answers are
what is judged; the others of such an answer weigh less than those of a clean one, since people mark some additions and not others.
Each line has a ridge; the second line and the threshold see only chances from weights that were fitted on other
questions, in several draws of folds, since where the best threshold of one draw lies is chance. Without --write the cross-fitted
figure is printed and nothing is kept.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.support import prose, scorer
from assistant.support.prose import Rows
from assistant.support.scorer import Line, Scorer
from evals.judged import Flags, Judged, open_rows, read_judged, remembered

FOLDS, PARTITIONS = 5, 5
_INNER, _DRAWS, _SEED = 4, 4, 7
_SENTENCE_RIDGE, _ANSWER_RIDGE = 100.0, 20.0
_UNMARKED = 0.6
Folds = NDArray[np.int64]


def folds(questions: Sequence[str], count: int, seed: int) -> Folds:
    """A fold for each answer, the answers to a question together."""
    order = list(dict.fromkeys(questions))
    fold = dict(zip(order, np.random.default_rng(seed).permutation(len(order)) % count, strict=True))
    return np.array([fold[question] for question in questions])


def fit(given: Judged, own: Folds) -> Scorer:
    """The scorer of some answers, by their places."""
    truth = given.truth[own]
    tops, chances = np.zeros((_DRAWS, len(own), 2)), np.zeros((_DRAWS, len(own)))
    for draw in range(_DRAWS):
        inner = folds([given.questions[place] for place in own], _INNER, _SEED + draw)
        for number in range(_INNER):
            line = _sentence_line(given, own[inner != number])
            for place in np.flatnonzero(inner == number):
                tops[draw, place] = scorer.worst(line.chances(given.sentences[own[place]]))
        for number in range(_INNER):
            others = inner != number
            line = line_of(tops[draw, others], truth[others], np.ones(int(others.sum())), _ANSWER_RIDGE)
            chances[draw, ~others] = line.chances(tops[draw, ~others])
    answer = line_of(
        np.vstack(list(tops)), np.tile(truth, _DRAWS), np.full(_DRAWS * len(own), 1 / _DRAWS), _ANSWER_RIDGE
    )
    return Scorer(_sentence_line(given, own), answer, best_threshold(chances.ravel()))


def _sentence_line(given: Judged, own: Folds) -> Line:
    false = np.concatenate([given.false[place] for place in own])
    weight = np.concatenate(
        [
            np.where(given.false[n], 1 / max(1, int(given.false[n].sum())), _UNMARKED if given.truth[n] else 1.0)
            for n in own
        ]
    )
    return line_of(np.vstack([given.sentences[place] for place in own]), false, weight, _SENTENCE_RIDGE)


def line_of(rows: Rows, false: Flags, weight: Rows, ridge: float, steps: int = 30) -> Line:
    """Logistic regression by Newton's method, on standardised features."""
    centre, scale = rows.mean(axis=0), rows.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    wide = np.hstack([(rows - centre) / scale, np.ones((len(rows), 1))])
    pull = ridge * np.append(np.ones(rows.shape[1]), 1e-6)
    weights = np.zeros(wide.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(wide @ weights, -30, 30)))
        slope = wide.T @ (weight * (chance - false)) + pull * weights
        curve = (wide * (weight * chance * (1 - chance))[:, None]).T @ wide + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    return Line(centre, scale, weights[:-1], float(weights[-1]))


def best_threshold(chances: Rows) -> float:
    """The threshold whose F1 is best if each chance is what it says."""
    held = np.sort(chances)[::-1]
    expected = 2 * np.cumsum(held) / (np.arange(1, len(held) + 1) + held.sum())
    return float(held[expected.argmax()])


def f1(called: Flags, truth: Flags) -> float:
    """The harmonic mean of precision and recall for the hallucinated answers."""
    return 2 * float((called & truth).sum()) / max(1.0, float(called.sum() + truth.sum()))


def crossed(given: Judged) -> list[Flags]:
    """For each partition: which answers are called by a scorer that saw no answer to their question."""
    found: list[Flags] = []
    for seed in range(PARTITIONS):
        fold = folds(given.questions, FOLDS, seed)
        called = np.zeros(len(fold), bool)
        for number in range(FOLDS):
            fitted = fit(given, np.flatnonzero(fold != number))
            for place in np.flatnonzero(fold == number):
                called[place] = fitted.doubt(given.sentences[place]) >= fitted.threshold
        found.append(called)
    return found


def kept(given: Judged, fitted: Scorer, answers: Sequence[str]) -> dict[str, Any]:
    """What is written of a scorer, and by what the answers that fitted it are known again."""
    lines = {"sentence": fitted.sentence, "answer": fitted.answer}
    return {
        name: ({"features": list(prose.FEATURES)} if name == "sentence" else {})
        | {part: np.round(getattr(line, part), 5).tolist() for part in ("centre", "scale", "weights")}
        | {"bias": round(line.bias, 5)}
        for name, line in lines.items()
    } | {
        "threshold": round(fitted.threshold, 4),
        "common": given.common,
        "fitted": sorted(set(map(scorer.mark, given.questions, answers))),
        "asked": sorted(set(map(scorer.mark, given.questions))),
    }


def main(arguments: list[str] | None = None) -> int:
    """Cross-fit, print, and with --write keep the weights of all."""
    parser = argparse.ArgumentParser(prog="python -m evals.train.support", description="Fit the scorer of doubt.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    opened = open_rows(asked.folder)
    given = read_judged(opened, remembered())
    print(
        json.dumps({"answers": len(given.truth), "f1_crossed": [round(f1(c, given.truth), 4) for c in crossed(given)]})
    )
    if asked.write:
        whole = kept(given, fit(given, np.arange(len(given.truth))), [row["answer"] for row in opened])
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        scorer.KEPT.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
