"""Whose upload is whose, and what readers thought of answers: a small table in the data folder."""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from assistant import law
from assistant.desk import Desk
from assistant.errors import BadRecord
from assistant.index import Family, Hit, Index, Likening, Telling
from assistant.law import Edition
from assistant.record import Record

REASONS = (
    "wrong clause",
    "wrong status or date",
    "incomplete",
    "not clear",
    "should not have answered",
    "should have answered",
)

_TABLES = """
CREATE TABLE IF NOT EXISTS upload (instrument TEXT PRIMARY KEY, owner TEXT NOT NULL, added TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS opinion (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, owner TEXT NOT NULL, question TEXT NOT NULL, as_of TEXT NOT NULL,
    provisions TEXT NOT NULL, helped INTEGER NOT NULL, reason TEXT NOT NULL, words TEXT NOT NULL, stamp TEXT NOT NULL
);
"""


class People:
    """The table; `shared` is the owner of what everybody may see."""

    def __init__(self, home: Path) -> None:
        self.path = home / "people.sqlite"
        self._lock = threading.Lock()

    def claim(self, instrument: str, owner: str) -> None:
        """Note who brought an upload."""
        self._write("INSERT OR REPLACE INTO upload VALUES (?, ?, ?)", (instrument, owner, _now()))

    def release(self, instrument: str) -> None:
        """Forget who brought an upload that is gone."""
        self._write("DELETE FROM upload WHERE instrument = ?", (instrument,))

    def owners(self) -> dict[str, str]:
        """The owner of each upload that has one."""
        if not self.path.exists():
            return {}
        with closing(self._open()) as db:
            return dict(db.execute("SELECT instrument, owner FROM upload"))

    def hidden_from(self, owner: str) -> frozenset[str]:
        """The uploads that are other people's."""
        return frozenset(instrument for instrument, whose in self.owners().items() if whose != owner)

    def think(
        self,
        owner: str,
        question: str,
        as_of: date,
        provisions: Iterable[str],
        helped: bool,
        reason: str,
        words: str,
        stamp: str,
    ) -> None:
        """Keep an opinion of an answer; what is longer than a page is cut."""
        row = (_now(), owner, question[:8_000], as_of.isoformat(), "\n".join(provisions), helped, reason if reason in REASONS else "",
               words[:2_000], stamp)  # fmt: skip
        self._write(
            "INSERT INTO opinion (at, owner, question, as_of, provisions, helped, reason, words, stamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )

    def opinions(self) -> tuple[int, int]:
        """How many answers helped, and how many did not."""
        if not self.path.exists():
            return 0, 0
        with closing(self._open()) as db:
            helped, all_ = db.execute("SELECT coalesce(sum(helped), 0), count(*) FROM opinion").fetchone()
        return int(helped), int(all_ - helped)

    def _write(self, statement: str, row: tuple[Any, ...]) -> None:
        try:
            with self._lock, closing(self._open()) as db, db:
                db.execute(statement, row)
        except (sqlite3.Error, OSError) as error:
            raise BadRecord(
                f"{self.path} could not be written ({error}).", next_step="Check free space and permissions."
            ) from None

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=10)
        db.executescript(_TABLES)
        return db


def own_view(desk: Desk, hidden: frozenset[str]) -> Desk:
    """The desk as one person sees it: without the uploads that are other people's."""
    if not hidden:
        return desk
    return replace(desk, record=_OwnRecord(desk.record, hidden), index=_OwnIndex(desk.index, hidden))


class _OwnIndex:
    """An index that finds nothing of certain uploads."""

    def __init__(self, index: Index, hidden: frozenset[str]) -> None:
        self._index = index
        self._hidden = hidden

    def search(self, question: str, on: date, limit: int = 20, also: str = "") -> list[Hit]:
        found = self._index.search(question, on, limit + 20, also)
        return [hit for hit in found if law.instrument_of(hit.provision) not in self._hidden][:limit]

    @property
    def encoder(self) -> Any:
        return getattr(self._index, "encoder", "")

    def evidence(self, question: str, on: date, families: Sequence[Family], also: str = "") -> Any:
        return cast(Telling, self._index).evidence(question, on, families, also)

    def likeness(self, question: str, also: str = "") -> Any:
        return cast(Likening, self._index).likeness(question, also)


class _OwnRecord(Record):
    """A record that holds nothing of certain uploads."""

    def __init__(self, record: Record, hidden: frozenset[str]) -> None:
        super().__init__(record.path, record._db)
        self._hidden = hidden

    def editions(self, instrument: str | None = None) -> tuple[Edition, ...]:
        """Every edition but the hidden ones."""
        return tuple(e for e in super().editions(instrument) if e.instrument not in self._hidden)

    def edition(self, instrument: str, on: date | None = None) -> Edition | None:
        """An edition; None for a hidden instrument."""
        return None if instrument in self._hidden else super().edition(instrument, on)

    def edition_numbered(self, number: int) -> Edition | None:
        """An edition; None for one of a hidden instrument."""
        found = super().edition_numbered(number)
        return None if found and found.instrument in self._hidden else found

    def refers_to(self, provision_id: str) -> tuple[str, ...]:
        """What a provision points to, unless it is hidden itself."""
        return () if law.instrument_of(provision_id) in self._hidden else super().refers_to(provision_id)

    def cited_by(self, provision_id: str) -> tuple[str, ...]:
        """Who points here, but the hidden ones."""
        return tuple(p for p in super().cited_by(provision_id) if law.instrument_of(p) not in self._hidden)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
