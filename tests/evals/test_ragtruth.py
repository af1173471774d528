"""Hallucinated answers are counted by weights that did not see their questions."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.engines.encoder import HashedWords
from assistant.support import scorer
from evals import ragtruth
from evals.judged import Judged, open_rows, read_judged
from evals.train import support as trained

THINGS = ("kite", "boat", "lamp", "drum", "clock", "wagon", "bell", "ladder", "mill", "anchor")
LIE = "Astronomers measured radiation near Jupiter with platinum detectors."


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return HashedWords().encode(texts)


def answers() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for thing in THINGS:
        true = f"A {thing} is kept in the yard of the school. It was made by a carpenter in spring."
        for lie in ("", LIE, "", "Merchants from Borduria smuggled emeralds."):
            text = f"{true} {lie}".strip()
            spans = [{"start": text.index(lie), "end": len(text)}] if lie else []
            label = "hallucinated" if lie else "faithful"
            found.append({"question": f"what is a {thing}", "contexts": [f"passage 1:{true}"], "answer": text, "label": label, "spans": spans})  # fmt: skip
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers()), encoding="utf-8")
    return tmp_path


def test_a_span_marks_the_sentence_it_covers_and_no_other(folder: Path) -> None:
    judged = read_judged(open_rows(folder), encode)
    assert [flags.tolist() for flags in judged.false[:2]] == [[False, False], [False, False, True]]


def test_the_answers_to_a_question_share_a_fold() -> None:
    questions = [row["question"] for row in answers()]
    fold = trained.folds(questions, 5, 3)
    assert all(len({fold[n] for n, other in enumerate(questions) if other == each}) == 1 for each in questions)
    assert set(fold.tolist()) == set(range(5))


def test_plain_lies_are_found_by_weights_fitted_on_other_questions(folder: Path) -> None:
    judged = read_judged(open_rows(folder), encode)
    for called in trained.crossed(judged):
        assert trained.f1(called, judged.truth) > 0.9


def test_a_row_is_never_judged_by_weights_that_saw_its_question(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = read_judged(open_rows(folder), encode)
    fitted: list[set[str]] = []
    real = trained.fit

    def watched(given: Judged, own: trained.Folds) -> scorer.Scorer:
        fitted.append({given.questions[place] for place in own})
        return real(given, own)

    monkeypatch.setattr(trained, "fit", watched)
    trained.crossed(judged)
    for number, seen in enumerate(fitted):
        fold = trained.folds(judged.questions, trained.FOLDS, number // trained.FOLDS)
        assert not seen & {q for q, f in zip(judged.questions, fold, strict=True) if f == number % trained.FOLDS}


def test_the_figure_says_which_rows_fitted_the_weights(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = ragtruth.figures(folder, encode)
    assert apart["answers_fitted_on"] == 0
    assert apart["f1"] == apart["f1_not_fitted"]
    assert apart["answers_of_seen_questions"] == 0
    assert "f1_fitted_in_sample" not in apart
    known = scorer.shipped()
    half = answers()[:18]
    fitted = frozenset(scorer.mark(row["question"], row["answer"]) for row in half)
    asked = frozenset(scorer.mark(row["question"]) for row in half)
    monkeypatch.setattr(scorer, "shipped", lambda: replace(known, fitted=fitted, asked=asked))
    mixed = ragtruth.figures(folder, encode)
    # of the fifth thing one true and one false answer fitted; a true one stands twice, so that its like did too
    assert mixed["answers_fitted_on"] == 19
    assert mixed["answers_of_seen_questions"] == 1
    assert "the other 21, of 1 of them another answer" in mixed["judged_by"]
    assert {"f1_fitted_in_sample", "f1_not_fitted", "f1_of_new_questions"} <= mixed.keys()


def test_an_answer_that_fitted_nothing_is_judged_by_what_ships_whatever_else_was_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = scorer.shipped()
    asked = frozenset(scorer.mark(row["question"]) for row in answers())
    monkeypatch.setattr(scorer, "shipped", lambda: replace(known, asked=asked))
    monkeypatch.setattr(trained, "fit", lambda *_: pytest.fail("fitted afresh"))
    found = ragtruth.figures(folder, encode)
    assert found["answers_of_seen_questions"] == found["answers"] == 40
    assert found["f1"] == found["f1_not_fitted"]
    assert "f1_of_new_questions" not in found


def test_what_is_kept_is_what_was_fitted(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = read_judged(open_rows(folder), encode)
    fitted = trained.fit(judged, np.arange(len(judged.truth)))
    monkeypatch.setattr(scorer, "KEPT", tmp_path / "weights.json")
    scorer.KEPT.write_text(
        json.dumps(trained.kept(judged, fitted, [row["answer"] for row in answers()])), encoding="utf-8"
    )
    scorer.shipped.cache_clear()
    try:
        again = scorer.shipped()
    finally:
        scorer.shipped.cache_clear()
    assert again.fitted == {scorer.mark(row["question"], row["answer"]) for row in answers()}
    assert again.asked == {scorer.mark(row["question"]) for row in answers()}
    for sentences in judged.sentences:
        assert again.scorer.doubt(sentences) == pytest.approx(fitted.doubt(sentences), abs=1e-3)
