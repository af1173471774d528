import json

import pytest

from assistant.model import Extractive, Handle, Prompt, best_sentences, sentences


def test_a_note_with_any_kind_of_line_end_stays_one_line_of_json() -> None:
    note = "One\u2028two\u0085three."
    prompt = Prompt("one?", (Handle("P1", "22 USC 1", note, "", 1.0),), "", 200)
    assert json.loads(Extractive().complete(prompt))["text"] == note


def test_what_does_not_fit_is_said_by_its_best_sentence_or_not_at_all() -> None:
    long = "The cat sat. The kite flew over the wall with great ease. " + "More words follow here. " * 20
    handles = (
        Handle("P1", "a", "First.", "", 1.0),
        Handle("P2", "b", long, "", 0.9),
        Handle("P3", "c", "word " * 90, "", 0.8),
    )
    rows = [json.loads(line) for line in Extractive().complete(Prompt("Which kite flew?", handles, "", 30)).split("\n")]
    assert [row["handles"] for row in rows] == [["P1"], ["P2"]]
    assert rows[1]["text"] == "The kite flew over the wall with great ease."


@pytest.mark.parametrize(
    ("text", "count"),
    [("One. Two.", 2), ("See sec. 3 of Pub. L. 1-1. Then stop.", 2), ("$1.5 million is due", 1), ("", 1)],
)
def test_a_figure_or_abbreviation_does_not_end_a_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_single_sentence_is_kept_whole() -> None:
    assert best_sentences("Only one here.", "anything") == "Only one here."


def test_a_sentence_that_leans_on_the_one_before_is_said_with_it() -> None:
    note = (
        "Units that did wrong get no help. Steps to justice lift the bar. It is the only exception; there is no waiver."
    )
    assert best_sentences(note, "is there a waiver?") == (
        "Steps to justice lift the bar. It is the only exception; there is no waiver."
    )
