"""The contract of a model: it is shown handles we issued and returns sentences that name them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from assistant.errors import NotReady


class ModelAway(NotReady):
    """A model that did not answer: the endpoint is away, refuses, or is too slow."""


@dataclass(frozen=True, slots=True)
class Handle:
    """A provision as a model sees it: the key we issued, what may be said of it, and its rank."""

    key: str
    provision: str
    note: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked: the question, the handles, and the rendered words for models that read them (none for the extractive one)."""

    question: str
    handles: tuple[Handle, ...]
    text: str
    words: int


class Model(Protocol):
    """Phrases an answer; never asserts one."""

    name: str

    def complete(self, prompt: Prompt) -> str:
        """JSON lines, one a claim: `{"text": ..., "handles": ["P1"], "quote": ...}`."""
        ...


class Extractive:
    """Answers in the corpus's own notes and texts; needs no language model.

    The first handle speaks whole, a long one by the sentences that share most with the question. Each further one speaks
    while words remain: whole where it is short, else by its one best sentence, so that more clauses are heard.
    """

    name = "extractive"
    _WHOLE_FIRST, _WHOLE = 120, 35

    def complete(self, prompt: Prompt) -> str:
        lines: list[str] = []
        left = prompt.words
        for handle in prompt.handles:
            whole = handle.note or handle.text
            said = whole
            if len(whole.split()) > (self._WHOLE if lines else self._WHOLE_FIRST):
                said = best_sentences(whole, prompt.question, 1 if lines else 2)
            if lines and len(said.split()) > left:
                continue
            lines.append(json.dumps({"text": said, "handles": [handle.key], "quote": None}))
            left -= len(said.split())
        return "\n".join(lines)


class Scripted:
    """The fake model for tests: says what it is told to."""

    name = "scripted"

    def __init__(self, script: Callable[[Prompt], str]) -> None:
        self._script = script

    def complete(self, prompt: Prompt) -> str:
        return self._script(prompt)


def sentences(text: str) -> list[str]:
    """The sentences of a note; abbreviations and figures do not end one."""
    pieces = re.split(r"(?<=[a-z0-9)%\"”][.;!?])\s+(?=[A-Z(])", re.sub(r"\s+", " ", text.strip()))
    joined: list[str] = []
    for piece in pieces:
        if joined and re.search(
            r"\b(?:sec|secs|para|paras|Pub|No|Art|U\.S|etc|e\.g|i\.e|Sept|Dec|Oct|Nov|Jan|Feb|Mar|Apr|Aug)\.$",
            joined[-1],
        ):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


_LEANS = re.compile(r"(?:It|They|This|These|Those|Such|Both|Neither)\b")


def best_sentences(text: str, question: str, keep: int = 1) -> str:
    """The sentences of a text that share most words with a question, in their own order.

    One that leans on the sentence before it (`It is the only exception.`) brings that one along.
    """
    found = sentences(text)
    if len(found) <= keep:
        return text.strip()
    asked = _content(question)
    ranked = sorted(range(len(found)), key=lambda n: (-len(asked & _content(found[n])), n))[:keep]
    leaned = {n - 1 for n in ranked if n and _LEANS.match(found[n])}
    return " ".join(found[n] for n in sorted({*ranked, *leaned}))


def _content(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z0-9$]{3,}", text.lower())}
