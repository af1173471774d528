"""Work that takes more than a moment, watched: how far it is while it runs, then what came of it."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ui.markup import Html, element

Result = TypeVar("Result")
Tell = Callable[[str, int, int], None]
_EVERY = 0.3


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What came of it."""

    result: Result


def watched(work: Callable[[Tell], Result], words: str) -> "Iterator[Html | Done[Result]]":
    """How far the work is, as markup, each time that changes; last its result. What it raises is raised here."""
    said: queue.SimpleQueue[tuple[str, int, int]] = queue.SimpleQueue()
    ended: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            ended.append(work(lambda what, done, total: said.put((what, done, total))))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield progress(words, 0, 0)
    while thread.is_alive():
        thread.join(_EVERY)
        latest = None
        while not said.empty():
            latest = said.get()
        if latest:
            yield progress(*latest)
    if failed:
        raise failed[0]
    yield Done(ended[0])


def progress(words: str, done: int, total: int) -> Html:
    """A bar with words; without a total it only says that something goes on."""
    counted = f" {done:,} of {total:,}" if total else ""
    bar = (
        element("progress", max=str(total), value=str(done), aria_label=words)
        if total
        else element("progress", aria_label=words)
    )
    return element("div", element("p", f"{words}{counted} …", class_="waiting"), bar, class_="working", role="status")
