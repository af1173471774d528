"""An answer while it is written, over a real connection to this machine."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.ask import ask, hearing
from assistant.cite import Kind
from assistant.desk import Desk, open_model
from assistant.model import ModelAway, Prompt
from evals.adversary.server import Adversary, serving

NOW = date(2026, 9, 1)
QUESTION = "Who may waive the certification of a kite for a festival?"


@pytest.fixture(scope="module")
def adversary() -> Iterator[Adversary]:
    with serving() as server:
        yield server


@pytest.fixture
def listening(desk: Desk, adversary: Adversary) -> Desk:
    """A desk whose model is on the other end of a connection."""
    settings = replace(desk.settings, model="openai:kite-7b", endpoint=adversary.endpoint, timeout=60)
    adversary.status, adversary.between = 200, lambda sent: None
    return replace(desk, settings=settings, model=open_model(settings))


def notes(desk: Desk) -> list[tuple[str, str]]:
    """The handles that the question's prompt issues, with the note of each."""
    shown: list[Prompt] = []

    class Listener:
        name = "listener"

        def complete(self, prompt: Prompt) -> str:
            shown.append(prompt)
            return ""

    ask(QUESTION, replace(desk, model=Listener()), NOW)
    return [(handle.key, handle.note) for handle in shown[0].handles if handle.note]


def line(text: str, key: str) -> str:
    return json.dumps({"text": text, "handles": [key], "quote": None})


def test_a_claim_is_shown_once_it_is_verified_and_before_the_next_is_sent(
    listening: Desk, adversary: Adversary
) -> None:
    (first, one), (second, other) = notes(listening)[:2]
    head = line(one, first) + "\n"
    adversary.script = lambda prompt: head + line(other, second)
    heard = threading.Event()
    late: list[bool] = []

    def between(sent: str) -> None:
        if len(sent) > len(head) + 64 and not late:
            late.append(heard.wait(20))

    def tell(now: hearing.SoFar) -> None:
        if any(said.claim.text == one for said in now.verified):
            heard.set()

    adversary.between = between
    answer = ask(QUESTION, listening, NOW, hearing.watching(tell))
    assert late == [True]
    assert [s.claim.text for s in answer.claims if s.claim.kind is Kind.MODEL] == [one, other]


def test_what_the_gate_stops_is_counted_and_never_told(listening: Desk, adversary: Adversary) -> None:
    key, note = notes(listening)[0]
    lies = [line("The Assembly is never told of any kite.", key), line(note, "P99"), "Here is the answer:"]
    adversary.script = lambda prompt: "\n".join([*lies, line(note, key)])
    told: list[hearing.SoFar] = []
    said: list[str] = []
    answer = ask(QUESTION, listening, NOW, hearing.watching(told.append))
    ask(QUESTION, listening, NOW, hearing.lines(said.append))
    assert {s.claim.text for now in told for s in now.verified if s.claim.kind is Kind.MODEL} == {note}
    assert told[-1].left_out == len(answer.dropped) == 3
    assert said[0] == "The model is writing ..."
    assert said[-1] == f"verified: {note}"
    assert sum("left out: 1" in words for words in said) == 3


def test_a_connection_that_breaks_leaves_the_extractive_answer(listening: Desk, adversary: Adversary) -> None:
    key, note = notes(listening)[0]
    adversary.script = lambda prompt: "\n".join([line(note, key)] * 20)

    def between(sent: str) -> None:
        if len(sent) > 400:
            raise ConnectionResetError

    adversary.between = between
    answer = ask(QUESTION, listening, NOW, hearing.watching(lambda now: None))
    assert all(s.claim.kind is not Kind.MODEL for s in answer.claims)
    assert answer.claims
    assert any(w.code == "model" for w in answer.warnings)


def test_a_model_that_cannot_be_heard_is_asked_all_the_same(desk: Desk) -> None:
    class Away:
        name = "away"

        def complete(self, prompt: Prompt) -> str:
            raise ModelAway("The model is away.", next_step="Start it.")

    told: list[hearing.SoFar] = []
    answer = ask(QUESTION, replace(desk, model=Away()), NOW, hearing.watching(told.append))
    assert answer.claims
    assert told[-1].writing
    assert not [s for s in told[-1].verified if s.claim.kind is Kind.MODEL]


def test_watching_changes_no_answer(listening: Desk, adversary: Adversary) -> None:
    adversary.script = lambda prompt: "\n".join(line(note, key) for key, note in notes(listening))
    assert ask(QUESTION, listening, NOW) == ask(QUESTION, listening, NOW, hearing.watching(lambda now: None))
