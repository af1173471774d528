"""An answer while a language model writes it: what the gate has let through so far, never what it has not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Protocol, runtime_checkable

from assistant.ask import Watch, gate
from assistant.ask.answer import Said
from assistant.cite import Claim, Kind
from assistant.desk import Desk
from assistant.model import Handle, Prompt


@dataclass(frozen=True, slots=True)
class SoFar:
    """What may be shown of an answer that is being written: the claims verified, how many were left out, and what goes on."""

    on: date
    verified: tuple[Said, ...] = ()
    left_out: int = 0
    writing: bool = False
    again: int = 0


@runtime_checkable
class Streaming(Protocol):
    """A model whose reply can be heard as it comes."""

    def complete(self, prompt: Prompt, heard: Callable[[str], None]) -> str:
        """The whole reply; `heard` is told each piece of it."""
        ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The reply in pieces."""
        ...


def watching(tell: Callable[[SoFar], None]) -> Watch:
    """What `ask` takes as `watch`: `tell` hears each time that more may be shown."""

    def watch(desk: Desk, on: date, say: Callable[[Claim], Said], decided: tuple[Claim, ...]) -> Desk:
        return replace(desk, model=_Heard(desk, SoFar(on, tuple(say(claim) for claim in decided)), say, tell))

    return watch


def lines(line: Callable[[str], None]) -> Watch:
    """A watch for a terminal: a line when the model begins, and one for each of its claims as it is verified or left out."""
    seen: list[SoFar] = []

    def tell(now: SoFar) -> None:
        before = seen[-1] if seen else SoFar(now.on)
        seen[:] = [now]
        if now.again > before.again:
            line(f"The model reads its claims again ({now.again}) ...")
        elif now.writing and not before.writing:
            line("The model is writing ...")
        for said in now.verified[len(before.verified) :]:
            if said.claim.kind is Kind.MODEL:
                line(f"verified: {said.claim.text}")
        if now.left_out > before.left_out:
            line(f"left out: {now.left_out - before.left_out} that the clauses cited do not carry")

    return watching(tell)


class _Heard:
    """A model in another's place, that tells of what it says as the gate judges it."""

    def __init__(self, desk: Desk, so_far: SoFar, say: Callable[[Claim], Said], tell: Callable[[SoFar], None]) -> None:
        self.name = desk.model.name
        self._model, self._desk, self._say, self._tell = desk.model, desk, say, tell
        self._so_far = so_far
        self._line = ""
        self._lines = 0

    def complete(self, prompt: Prompt) -> str:
        if not prompt.handles:
            self._now(again=self._so_far.again + 1)
            return self._model.complete(prompt)
        self._now(writing=True)
        if not isinstance(self._model, Streaming):
            return self._model.complete(prompt)
        by_key = {handle.key: handle for handle in prompt.handles}
        reply = self._model.complete(prompt, heard=partial(self._piece, by_key))
        if reply.endswith(self._line):  # what the budget cut off is no claim
            self._judged(self._line, by_key)
        return reply

    def _piece(self, by_key: dict[str, Handle], piece: str) -> None:
        *whole, self._line = f"{self._line}{piece}".split("\n")
        for line in whole:
            self._judged(line, by_key)
        self._now()  # so that whoever has gone can stop the model before a line ends

    def _judged(self, line: str, by_key: dict[str, Handle]) -> None:
        """A whole line of a reply, judged; until it is read a second time, where that is set, it is not shown."""
        self._lines += 1
        if not line.strip() or self._lines > gate.MOST_CLAIMS or len(line) > gate.MOST_CHARACTERS:
            return
        for row in gate.read(line):
            judged = gate.judge(row, by_key, self._desk) if isinstance(row, gate.Row) else row
            if not isinstance(judged, Claim):
                self._now(left_out=self._so_far.left_out + 1)
            elif judged.kind is Kind.MODEL and not self._desk.settings.second_reading:
                said = self._say(judged)
                if said not in self._so_far.verified:
                    self._now(verified=(*self._so_far.verified, said))

    def _now(self, **changed: Any) -> None:
        self._so_far = replace(self._so_far, **changed)
        self._tell(self._so_far)
