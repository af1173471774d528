"""A question's turn: it waits, showing how far the index is, until it can be answered; a few are answered at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

from anyio import to_thread

from ui.house import AT_ONCE
from ui.markup import Html, element, together
from ui.opening import Opening, State, StillOpening
from ui.work import progress

Step = TypeVar("Step")
_EVERY = 0.5


class Turns:
    """Everybody's questions of one page; the rest wait while `at_once` are being answered."""

    def __init__(self, opening: Opening, at_once: int = AT_ONCE) -> None:
        self._opening = opening
        self._free = asyncio.Semaphore(at_once)

    async def take(
        self, steps: Callable[[bool], Iterator[Step]], meanwhile: Callable[[Html], Step]
    ) -> AsyncIterator[Step]:
        """The steps, in a thread; where they need a desk that is still being opened, `meanwhile` how far it is, then they anew.

        `steps` is told whether it waited. What it raises is raised here.
        """
        waited = False
        while True:
            try:
                async with self._free:
                    running = steps(waited)
                    try:
                        while step := await to_thread.run_sync(_next, running):
                            yield step[0]
                    finally:
                        running.close()  # type: ignore[attr-defined]
                return
            except StillOpening:
                waited = True
            async for state in until_open(self._opening):
                yield meanwhile(how_far(state))


def _next(running: Iterator[Step]) -> tuple[Step] | None:
    for step in running:
        return (step,)
    return None


async def until_open(opening: Opening) -> AsyncIterator[State]:
    """How far the desk is, each time that changes, until it is open or cannot be opened."""
    told: State | None = None
    while not (state := opening.state).ready and not state.failed:
        if state != told:
            told = state
            yield state
        await asyncio.sleep(_EVERY)


def how_far(state: State) -> Html:
    """What stands in an answer's place while the index is being built."""
    bar = progress("Building the search index", state.done, state.total)
    return together(bar, element("p", "This is answered by itself as soon as the index is there.", class_="hint"))
