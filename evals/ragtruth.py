"""`python -m evals.ragtruth DIR [--json]`: whether an answer says what its passages do not, against people's judgement.

The rows are for measuring alone. Three figures are given: F1 at the threshold that ships, which was chosen on our own data; F1
at a threshold chosen on the other folds of these rows, questions kept together; and the same for the share of new words alone.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.support import coverage, read, scorer

_FOLDS = 5


def scores(folder: Path) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_], list[str]]:
    """For each answer: our doubt, its share of new words, whether people found it hallucinated, and its question."""
    doubts, shares, truth, questions = [], [], [], []
    for line in (folder / "data.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = "\n".join(row["contexts"])
        doubts.append(scorer.doubt(row["answer"], source))
        shares.append(1 - coverage(read(row["answer"]), read(source))[0])
        truth.append(row["label"] == "hallucinated")
        questions.append(row["question"])
    return np.array(doubts), np.array(shares), np.array(truth), questions


def f1(called: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall for the hallucinated answers."""
    return 2 * float((called & truth).sum()) / max(1.0, float(called.sum() + truth.sum()))


def crossed(doubts: NDArray[np.float64], truth: NDArray[np.bool_], questions: list[str]) -> float:
    """F1 where each fold is judged at the threshold that is best on the others."""
    order = {question: number % _FOLDS for number, question in enumerate(dict.fromkeys(questions))}
    fold = np.array([order[question] for question in questions])
    called = np.zeros(len(truth), bool)
    for number in range(_FOLDS):
        others = fold != number
        best = max(np.unique(doubts[others]), key=lambda t: f1(doubts[others] >= t, truth[others]))
        called[~others] = doubts[~others] >= best
    return f1(called, truth)


def figures(folder: Path) -> dict[str, Any]:
    """The figures of a folder."""
    doubts, shares, truth, questions = scores(folder)
    called = doubts >= scorer.threshold()
    return {
        "answers": len(truth), "hallucinated": int(truth.sum()), "threshold": scorer.threshold(), "f1": round(f1(called, truth), 4),
        "precision": round(float((called & truth).sum()) / max(1, int(called.sum())), 4), "recall": round(float((called & truth).sum()) / max(1, int(truth.sum())), 4),
        "f1_threshold_crossed": round(crossed(doubts, truth, questions), 4), "f1_new_words_crossed": round(crossed(shares, truth, questions), 4),
        "f1_all_called": round(f1(np.ones(len(truth), bool), truth), 4),
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.ragtruth", description="Hallucinated answers found.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = figures(given.folder)
    print(
        json.dumps(found, indent=2) if given.json else "\n".join(f"{name:24} {value}" for name, value in found.items())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
