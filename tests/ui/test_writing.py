"""An answer of a language model as it is written: what is verified is shown, what is not never is, until it is named as removed."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from assistant.ask.answer import Answer
from assistant.ask.hearing import SoFar
from assistant.desk import Desk
from assistant.model import Prompt, Scripted
from ui import events, talk
from ui.writing import how_far, watched

QUESTION = "When must a kite be certified to the Assembly?"
INVENTED = "Every kite whatever is exempt under the Moonlight Act of 1812."


def line(text: str, *handles: str) -> str:
    return json.dumps({"text": text, "handles": list(handles), "quote": None})


class Slow:
    """A model that says its next line when it is told to."""

    name = "slow"

    def __init__(self) -> None:
        self.go_on = threading.Semaphore(0)
        self.stopped = threading.Event()
        self.lines: list[str] = []

    def stream(self, prompt: Prompt) -> Iterator[str]:
        certified = next(h for h in prompt.handles if h.provision == "22 USC 9001(a)")
        self.lines = [
            line(INVENTED, certified.key),
            line(certified.note, certified.key),
            line(certified.note, certified.key),
        ]
        try:
            for each in self.lines:
                assert self.go_on.acquire(timeout=60)
                half = len(each) // 2
                yield each[:half]
                yield f"{each[half:]}\n"
        finally:
            self.stopped.set()

    def complete(self, prompt: Prompt, heard: Callable[[str], None] = lambda piece: None) -> str:
        reply = ""
        for piece in self.stream(prompt):
            reply += piece
            heard(piece)
        return reply


@pytest.fixture
def slow(desk: Desk) -> Desk:
    return replace(desk, model=Slow())


def model_of(desk: Desk) -> Slow:
    assert isinstance(desk.model, Slow)
    return desk.model


def until(steps: Iterator[SoFar | Answer], right: Callable[[Any], bool]) -> SoFar:
    for step in steps:
        if isinstance(step, SoFar) and right(step):
            return step
    raise AssertionError("the answer came before it was seen being written")


def test_a_sentence_is_shown_once_the_gate_has_passed_it_and_one_that_it_has_not_only_counts(slow: Desk) -> None:
    model = model_of(slow)
    steps = watched(QUESTION, slow, None)
    begun = until(steps, lambda step: step.writing)
    assert begun.verified == ()
    model.go_on.release()
    removed = until(steps, lambda step: step.left_out == 1)
    assert removed.verified == ()
    assert "1 removed" in how_far(removed)
    model.go_on.release()
    one = until(steps, lambda step: step.verified)
    assert [each.claim.text for each in one.verified] == [json.loads(model.lines[1])["text"]]
    assert one.verified[0].provisions == ("22 USC 9001(a)",)
    model.go_on.release()
    *_, given = steps
    assert isinstance(given, Answer)
    assert one.verified[0] in given.claims
    assert [each.text for each in given.dropped] == [INVENTED]


def test_the_page_never_holds_an_unverified_sentence_until_it_names_it_as_removed(slow: Desk) -> None:
    model = model_of(slow)
    for _ in range(3):
        model.go_on.release()
    *before, last = (str(markup) for markup, _, _ in talk.answer_turns(slow, QUESTION, None, []))
    assert before
    assert all("Moonlight" not in each for each in before)
    removed = last.index("1 sentence was removed by verification")
    assert last.index("Moonlight") > removed
    assert "<del>" in last
    assert "The language model." in last


def test_a_model_is_not_asked_further_when_whoever_asked_has_gone(slow: Desk) -> None:
    model = model_of(slow)
    steps = watched(QUESTION, slow, None)
    until(steps, lambda step: step.writing)
    assert hasattr(steps, "close")
    steps.close()
    model.go_on.release()
    assert model.stopped.wait(60)
    assert not model.go_on.acquire(blocking=False)


def test_with_a_second_reading_nothing_is_shown_before_it(slow: Desk) -> None:
    model = model_of(slow)
    twice = replace(slow, settings=replace(slow.settings, second_reading=True))
    model.go_on.release()
    model.go_on.release()
    steps = watched(QUESTION, twice, None)
    assert until(steps, lambda step: step.left_out == 1).verified == ()
    steps.close()  # type: ignore[attr-defined]
    model.go_on.release()


def test_a_model_that_cannot_be_heard_still_answers(desk: Desk) -> None:
    silent = replace(desk, model=Scripted(lambda prompt: line(prompt.handles[0].note, prompt.handles[0].key)))
    *_, given = watched(QUESTION, silent, None)
    assert isinstance(given, Answer)
    assert given.claims


def test_what_is_typed_while_a_question_is_answered_stays_in_the_box(desk: Desk) -> None:
    taken, *later = (left for _, _, left in events.box_kept(talk.answer_turns(desk, QUESTION, None, [])))
    assert taken == ""
    assert later
    assert all(left != "" for left in later)
    *_, (_, _, refused) = events.box_kept(talk.answer_turns(desk, f"a {'kite ' * 2_000}", None, []))
    assert str(refused).startswith("a kite")
