"""The desk while it is being opened, once it is open, and when what is held has changed."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.corpus import read_corpus
from assistant.desk import Desk, open_desk
from assistant.errors import NotReady, PinciteError
from assistant.index import Hit
from assistant.model import Extractive
from assistant.prompts import Prompts
from assistant.record import open_record
from assistant.retrieve import read_glossary
from assistant.rules import read_rules
from assistant.settings import Settings, data_path

_log = logging.getLogger(__name__)


class StillOpening(NotReady):
    """The index is being built; whoever can wait is answered once it is there."""


@dataclass(frozen=True, slots=True)
class State:
    """Whether the index answers, and how far it is; `failed` is the sentence that says why it does not."""

    ready: bool
    done: int = 0
    total: int = 0
    failed: str = ""

    @property
    def words(self) -> str:
        """The state for a reader."""
        if self.failed:
            return self.failed
        if self.ready:
            return "The index answers for what is held now."
        how_far = f" ({self.done:,} of {self.total:,})" if self.total else ""
        return f"The search index is being built{how_far}. Citations can be looked up meanwhile."


class Opening:
    """Opens a desk beside whoever asks; before it is ready, clauses can be looked up and nothing can be searched."""

    def __init__(self, settings: Settings, folder: Path | None = None, desk: Desk | None = None) -> None:
        self.settings = settings
        self._folder = folder
        self._desk = desk
        self._state = State(desk is not None)
        self._shelf: Desk | None = None
        self._lock = threading.Lock()
        self._working: threading.Thread | None = None

    @classmethod
    def of(cls, desk: Desk) -> "Opening":
        """One that is open already."""
        return cls(desk.settings, desk.folder, desk)

    @property
    def state(self) -> State:
        """How far it is."""
        return self._state

    @property
    def desk(self) -> Desk:
        """The desk, or, until it is open, one that knows clauses and tables and says how far its index is."""
        found = self._desk
        if found is not None:
            return found
        with self._lock:
            if self._shelf is None:
                self._shelf = self._unsearched()
            return self._shelf

    def start(self) -> threading.Thread:
        """Open, or open anew, on a thread of its own; the desk that is open serves until the new one is there."""
        with self._lock:
            if self._working is None or not self._working.is_alive():
                self._working = threading.Thread(target=self._open, name="opening", daemon=True)
                self._working.start()
            return self._working

    def renew(self, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
        """Open anew for what is held now, telling how far; PinciteError where it cannot be."""
        with _RENEWING:
            self._desk = open_desk(self.settings, tell, self._folder)
            self._shelf, self._state = None, State(True)

    def _open(self) -> None:
        def tell(done: int, total: int) -> None:
            self._state = replace(self._state, done=done, total=total)

        try:
            self.renew(tell)
        except PinciteError as error:
            self._state = State(self._desk is not None, failed=str(error))
        except Exception:
            _log.exception("The desk could not be opened")
            self._state = State(
                self._desk is not None, failed="The index could not be built; the terminal that runs pincite says why."
            )

    def _unsearched(self) -> Desk:
        folder = self._folder or data_path("corpus")
        return Desk(
            corpus=read_corpus(folder, self.settings.home / "cache"), record=open_record(self.settings.home),
            rules=read_rules(folder), glossary=read_glossary(folder), index=_Unready(self), model=Extractive(),
            prompts=Prompts(data_path("prompts")), settings=self.settings, folder=folder,
        )  # fmt: skip


_RENEWING = threading.Lock()


class _Unready:
    """An index that says how far it is."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    def search(self, question: str, on: date, limit: int = 20, also: str = "") -> list[Hit]:
        """StillOpening, in a sentence with the progress; NotReady where it will not be."""
        state = self._opening.state
        kind = NotReady if state.failed else StillOpening
        raise kind(state.words, next_step="" if state.failed else "Ask again in a minute.")
