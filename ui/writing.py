"""An answer while a language model writes it: each sentence is shown once the gate has let it through, never before."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Protocol, runtime_checkable

from assistant import ask as asking
from assistant.ask import gate
from assistant.ask.answer import Answer, Said
from assistant.cite import Claim, Kind
from assistant.desk import Desk
from assistant.model import Handle, Prompt

_EVERY = 0.25


@dataclass(frozen=True, slots=True)
class SoFar:
    """What may be shown of an answer that is being written, and how far it is."""

    on: date
    verified: tuple[Said, ...] = ()
    removed: int = 0
    writing: bool = False
    again: int = 0

    @property
    def words(self) -> str:
        """How far it is, for a reader."""
        if self.again:
            return f"Every sentence is being read against its clauses once more ({self.again}) …"
        if not self.writing:
            return "Reading the clauses …"
        written = [each for each in self.verified if each.claim.kind is Kind.MODEL]
        counted = [f"{len(written)} verified"] if written else []
        counted += [f"{self.removed} removed"] if self.removed else []
        so_far = f" So far {', '.join(counted)}." if counted else ""
        return f"The model is writing; a sentence is shown here once it is verified.{so_far}"


@runtime_checkable
class Streaming(Protocol):
    """A model whose reply can be heard as it comes."""

    def complete(self, prompt: Prompt, heard: Callable[[str], None]) -> str:
        """The whole reply; `heard` is told each piece of it."""
        ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The reply in pieces."""
        ...


class Left(Exception):
    """Whoever asked has gone: the model need not go on."""


class _Heard:
    """A model in another's place, that tells of what it says as the gate judges it."""

    def __init__(self, desk: Desk, on: date, say: Callable[[Claim], Said], tell: Callable[[SoFar], None]) -> None:
        self.name = desk.model.name
        self._model, self._desk, self._say, self._tell = desk.model, desk, say, tell
        self._so_far = SoFar(on)
        self._line = ""
        self._lines = 0

    def decided(self, claims: tuple[Claim, ...]) -> None:
        """What the tables have decided already stands before what the model says."""
        self._now(verified=tuple(self._say(claim) for claim in claims))

    def complete(self, prompt: Prompt) -> str:
        if not prompt.handles:
            self._now(again=self._so_far.again + 1)
            return self._model.complete(prompt)
        self._now(writing=True)
        if not isinstance(self._model, Streaming):
            return self._model.complete(prompt)
        by_key = {handle.key: handle for handle in prompt.handles}
        return self._model.complete(prompt, heard=partial(self._piece, by_key))

    def _piece(self, by_key: dict[str, Handle], piece: str) -> None:
        *whole, self._line = f"{self._line}{piece}".split("\n")
        for line in whole:
            self._judged(line, by_key)
        self._now()

    def _judged(self, line: str, by_key: dict[str, Handle]) -> None:
        """A whole line of a reply; what the gate does not pass counts as removed and is not kept."""
        self._lines += 1
        if self._lines > gate.MOST_CLAIMS or len(line) > gate.MOST_CHARACTERS:
            return
        for row in gate.read(line):
            judged = gate.judge(row, by_key, self._desk) if isinstance(row, gate.Row) else row
            if not isinstance(judged, Claim):
                self._now(removed=self._so_far.removed + 1)
            elif judged.kind is Kind.MODEL and not self._desk.settings.second_reading:
                said = self._say(judged)
                if said not in self._so_far.verified:
                    self._now(verified=(*self._so_far.verified, said))

    def _now(self, **changed: Any) -> None:
        self._so_far = replace(self._so_far, **changed)
        self._tell(self._so_far)


def watched(question: str, desk: Desk, on: date | None) -> Iterator[SoFar | Answer]:
    """What may be shown each time that changes, then the answer; what asking raises is raised here."""
    said: queue.SimpleQueue[SoFar] = queue.SimpleQueue()
    gone = threading.Event()
    ended: list[Answer] = []
    failed: list[BaseException] = []

    def tell(so_far: SoFar) -> None:
        if gone.is_set():
            raise Left
        said.put(so_far)

    def watch(desk: Desk, on: date, say: Callable[[Claim], Said], decided: tuple[Claim, ...]) -> Desk:
        heard = _Heard(desk, on, say, tell)
        heard.decided(decided)
        return replace(desk, model=heard)

    def run() -> None:
        try:
            ended.append(asking.ask(question, desk, on, watch))
        except Left:
            pass
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="writing", daemon=True)
    thread.start()
    shown: SoFar | None = None
    try:
        while thread.is_alive():
            thread.join(_EVERY)
            latest = shown
            while not said.empty():
                latest = said.get()
            if latest is not None and latest != shown:
                shown = latest
                yield shown
    finally:
        gone.set()
    if failed:
        raise failed[0]
    yield ended[0]
