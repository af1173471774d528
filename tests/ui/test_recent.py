"""Answers kept for a moment: the same question of the same desk on the same day, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.ask.answer import Answer
from assistant.desk import Desk
from ui import recent
from ui.recent import Recent

QUESTION = "When must a kite be certified to the Assembly?"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, date | None]]:
    asked: list[tuple[str, date | None]] = []
    real = recent.asking.ask

    def ask(question: str, desk: Desk, on: date | None = None) -> Answer:
        asked.append((question, on))
        return real(question, desk, on)

    monkeypatch.setattr(recent.asking, "ask", ask)
    return asked


def test_a_question_asked_twice_is_answered_once(desk: Desk, made: list[tuple[str, date | None]]) -> None:
    kept = Recent()
    assert kept.ask(QUESTION, desk, None) is kept.ask(QUESTION, desk, None)
    assert len(made) == 1


def test_another_day_another_wording_or_another_view_is_another_answer(
    desk: Desk, made: list[tuple[str, date | None]]
) -> None:
    kept = Recent()
    kept.ask(QUESTION, desk, None)
    kept.ask(QUESTION, desk, date(2005, 1, 1))
    kept.ask(QUESTION.lower(), desk, None)
    kept.ask(QUESTION, replace(desk), None)
    kept.ask(QUESTION, desk, None)
    assert len(made) == 5
