"""An answer while a language model writes it: each sentence is shown once the gate has let it through, never before."""

import queue
import threading
from collections.abc import Iterator
from datetime import date

from assistant import ask as asking
from assistant.ask import hearing
from assistant.ask.answer import Answer
from assistant.ask.hearing import SoFar
from assistant.cite import Kind
from assistant.desk import Desk

_EVERY = 0.25


def how_far(so_far: SoFar) -> str:
    """How far an answer is that is being written, for a reader."""
    if so_far.again:
        return f"Every sentence is being read against its clauses once more ({so_far.again}) …"
    if not so_far.writing:
        return "Reading the clauses …"
    written = [each for each in so_far.verified if each.claim.kind is Kind.MODEL]
    counted = [f"{len(written)} verified"] if written else []
    counted += [f"{so_far.left_out} removed"] if so_far.left_out else []
    counts = f" So far {', '.join(counted)}." if counted else ""
    return f"The model is writing; a sentence is shown here once it is verified.{counts}"


class Left(Exception):
    """Whoever asked has gone: the model need not go on."""


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

    def run() -> None:
        try:
            ended.append(asking.ask(question, desk, on, hearing.watching(tell)))
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
