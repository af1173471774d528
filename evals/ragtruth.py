"""`python -m evals.ragtruth DIR [--json]`: whether an answer says what its passages do not, against people's judgement.

An answer that did not fit the weights that ship is judged by them and their threshold; how many of those have a question of
which the weights saw another answer is printed, and the figure of the rest beside it. An answer that did fit them is judged by
weights fitted afresh on the other folds of those, questions kept together. The two make `f1`, the mean over several partitions
into folds. What the weights that ship make of the rows they were fitted on stands apart, as in-sample.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.support import coverage, read, scorer
from assistant.support.prose import Encode, read_passages, rows
from evals.judged import Flags, open_rows, read_judged, remembered
from evals.train import support as trained
from evals.train.support import f1


def shares(given: Sequence[dict[str, Any]]) -> NDArray[np.float64]:
    """For each answer its share of new words."""
    sources = ["\n".join(row["contexts"]) for row in given]
    return np.array([1 - coverage(read(r["answer"]), read(s))[0] for r, s in zip(given, sources, strict=True)])


def crossed(doubts: NDArray[np.float64], truth: Flags, questions: Sequence[str]) -> float:
    """F1 where each fold is judged at the threshold that is best on the others."""
    fold = trained.folds(questions, trained.FOLDS, 0)
    called = np.zeros(len(truth), bool)
    for number in set(fold.tolist()):
        others = fold != number
        best = max(np.unique(doubts[others]), key=lambda t: f1(doubts[others] >= t, truth[others]), default=0.0)
        called[~others] = doubts[~others] >= best
    return f1(called, truth)


def figures(folder: Path, encode: Encode) -> dict[str, Any]:
    """The figures of a folder."""
    given = open_rows(folder)
    truth = np.array([row["label"] == "hallucinated" for row in given])
    kept = scorer.shipped()
    held = [read_passages(row["contexts"], row["question"], encode) for row in given]
    sentences = [rows(row["answer"], own, kept.common, encode) for row, own in zip(given, held, strict=True)]
    shipped = np.array([kept.scorer.doubt(each) >= kept.scorer.threshold for each in sentences])
    seen = np.array([scorer.mark(row["question"], row["answer"]) in kept.fitted for row in given])
    asked = ~seen & np.array([scorer.mark(row["question"]) in kept.asked for row in given])
    new = ~seen & ~asked
    partitions = [shipped]
    if seen.any():
        partitions = []
        for fresh in trained.crossed(read_judged([given[n] for n in np.flatnonzero(seen)], encode)):
            called = shipped.copy()
            called[seen] = fresh
            partitions.append(called)
    found = [f1(called, truth) for called in partitions]
    apart = {"f1_not_fitted": ~seen, "f1_of_new_questions": new, "f1_fitted_in_sample": seen}
    return {
        "answers": len(truth), "hallucinated": int(truth.sum()), "answers_fitted_on": int(seen.sum()),
        "answers_of_seen_questions": int(asked.sum()), "judged_by": _judged_by(seen, asked),
        "threshold": kept.scorer.threshold, "f1": round(float(np.mean(found)), 4),
        "precision": round(float(np.mean([(c & truth).sum() / max(1, c.sum()) for c in partitions])), 4),
        "recall": round(float(np.mean([(c & truth).sum() / max(1, truth.sum()) for c in partitions])), 4),
        "f1_partitions": [round(each, 4) for each in found],
        **{name: round(f1(shipped[part], truth[part]), 4) for name, part in apart.items() if part.any()},
        "f1_new_words_crossed": round(crossed(shares(given), truth, [row["question"] for row in given]), 4),
        "f1_all_called": round(f1(np.ones(len(truth), bool), truth), 4),
    }  # fmt: skip


def _judged_by(seen: Flags, asked: Flags) -> str:
    fresh = f"weights fitted on the other folds, for the {int(seen.sum())} answers that fitted those that ship"
    if seen.all():
        return fresh
    known = f"of {int(asked.sum())} of them another answer to the question fitted them"
    if not seen.any():
        return f"the weights that ship; none of these answers fitted them, {known}"
    return f"{fresh}; the weights that ship for the other {int((~seen).sum())}, {known}"


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.ragtruth", description="Hallucinated answers found.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = figures(given.folder, remembered())
    print(
        json.dumps(found, indent=2) if given.json else "\n".join(f"{name:24} {value}" for name, value in found.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
