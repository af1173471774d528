"""The SQLite record: editions of official text and uploads, their passages, and what was answered from them.

WAL, synchronous=FULL, one writer by a file lock. Nothing is overwritten: a new edition is written and verified first,
then the one it follows is marked as followed.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from assistant.errors import BadRecord
from assistant.law import Edition, Holding
from assistant.readers import Amendment, Kind, Passage, Reading

_MIGRATIONS = (
    """
    CREATE TABLE edition (
        id INTEGER PRIMARY KEY, instrument TEXT NOT NULL, title TEXT NOT NULL, act TEXT NOT NULL, sha256 TEXT NOT NULL,
        as_of TEXT NOT NULL, publisher_url TEXT NOT NULL, retrieved TEXT NOT NULL, format TEXT NOT NULL,
        holding TEXT NOT NULL, preferred INTEGER NOT NULL, text TEXT NOT NULL, followed_by INTEGER REFERENCES edition(id),
        UNIQUE (instrument, sha256, as_of)
    );
    CREATE TABLE passage (
        edition INTEGER NOT NULL REFERENCES edition(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
        parent TEXT, kind TEXT NOT NULL, heading TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        own_start INTEGER NOT NULL, own_end INTEGER NOT NULL, PRIMARY KEY (edition, ordinal)
    ) WITHOUT ROWID;
    CREATE INDEX passage_id ON passage (id);
    CREATE TABLE reference (
        edition INTEGER NOT NULL REFERENCES edition(id) ON DELETE CASCADE, source TEXT NOT NULL, target TEXT NOT NULL
    );
    CREATE INDEX reference_source ON reference (source);
    CREATE INDEX reference_target ON reference (target);
    CREATE TABLE amendment (
        edition INTEGER NOT NULL REFERENCES edition(id) ON DELETE CASCADE, provision TEXT NOT NULL, by TEXT NOT NULL,
        year INTEGER NOT NULL, "on" TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL
    );
    CREATE INDEX amendment_provision ON amendment (provision);
    CREATE TABLE generation (id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL);
    INSERT INTO generation VALUES (1, 0);
    """,
    """
    CREATE TABLE entry (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL, body TEXT NOT NULL,
        previous TEXT NOT NULL, hash TEXT NOT NULL
    );
    CREATE TABLE entry_head (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL);
    INSERT INTO entry_head VALUES (1, 0, '');
    CREATE TABLE entry_provision (seq INTEGER NOT NULL REFERENCES entry(seq) ON DELETE CASCADE, provision TEXT NOT NULL);
    CREATE INDEX entry_provision_provision ON entry_provision (provision);
    """,
    """
    ALTER TABLE reference ADD COLUMN found INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE definition (
        edition INTEGER NOT NULL REFERENCES edition(id) ON DELETE CASCADE, provision TEXT NOT NULL, term TEXT NOT NULL,
        reach TEXT NOT NULL
    );
    CREATE INDEX definition_reach ON definition (reach);
    CREATE TABLE linked (edition INTEGER PRIMARY KEY REFERENCES edition(id) ON DELETE CASCADE, form INTEGER NOT NULL);
    """,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A provision's official text as one edition prints it; `own` are its words without its parts."""

    edition: Edition
    passage: Passage
    text: str
    own: str


@dataclass(frozen=True, slots=True)
class Links:
    """What was read from one edition's text: (source, target) of its citations; (provision, term, reach) of its terms."""

    edition: int
    references: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str, str], ...]


class Record:
    """An open record; use `open_record`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    @property
    def database(self) -> sqlite3.Connection:
        """The open connection, for reading what other modules keep here."""
        return self._db

    @contextmanager
    def writing(self, *, changes_texts: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction by the one writer; nothing of it stays if it fails."""
        from filelock import FileLock, Timeout  # brings asyncio, which a look-up does not wait for

        try:
            with FileLock(f"{self.path}.lock", timeout=30):
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                    if changes_texts:
                        self._db.execute("UPDATE generation SET number = number + 1")
                    self._db.execute("COMMIT")
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
        except Timeout:
            raise BadRecord(
                f"Another process is writing to {self.path}.", next_step="Wait for it to finish, then run this again."
            ) from None
        except (sqlite3.Error, OSError) as error:
            raise BadRecord(
                f"The record {self.path} could not be written ({error}); what it held is unchanged.",
                next_step="Check free space and permissions, or set PINCITE_HOME to another folder.",
            ) from None

    def holds(self, edition: Edition) -> bool:
        """Whether this very text of this date is held already."""
        query = "SELECT 1 FROM edition WHERE instrument = ? AND sha256 = ? AND as_of = ?"
        return bool(self._db.execute(query, (edition.instrument, edition.sha256, edition.as_of.isoformat())).fetchone())

    def ingest(self, received: Sequence[tuple[Reading, Edition]]) -> tuple[str, ...]:
        """Write editions, verify them, then retire those they follow: all or none; returns the instruments that changed."""
        new = [(reading, edition) for reading, edition in received if not self.holds(edition)]
        if not new:
            return ()
        with self.writing() as db:
            for reading, edition in new:
                self._verify(db, self._write(db, reading, edition), reading)
                self._retire(db, edition.instrument)
        return tuple(dict.fromkeys(edition.instrument for _, edition in new))

    def _write(self, db: sqlite3.Connection, reading: Reading, edition: Edition) -> int:
        cursor = db.execute(
            "INSERT INTO edition (instrument, title, act, sha256, as_of, publisher_url, retrieved, format, holding,"
            " preferred, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                edition.instrument, reading.title, reading.act, edition.sha256, edition.as_of.isoformat(),
                edition.publisher_url, edition.retrieved, edition.format, edition.holding, edition.preferred, reading.text,
            ),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        db.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, ordinal, p.id, p.parent, p.kind, p.heading, p.start, p.end, p.own_start, p.own_end)
                for ordinal, p in enumerate(reading.passages)
            ),
        )
        db.executemany(
            "INSERT INTO reference (edition, source, target) VALUES (?, ?, ?)",
            ((number, p.id, target) for p in reading.passages for target in p.refers_to),
        )
        db.executemany(
            "INSERT INTO amendment VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, a.provision, a.by, a.year, a.on.isoformat() if a.on else None, a.start, a.end)
                for a in reading.amendments
            ),
        )
        return number

    def _verify(self, db: sqlite3.Connection, number: int, reading: Reading) -> None:
        text, count = db.execute(
            "SELECT text, (SELECT count(*) FROM passage WHERE edition = e.id) FROM edition e WHERE id = ?", (number,)
        ).fetchone()
        if text != reading.text or count != len(reading.passages):
            raise BadRecord(f"{reading.instrument} did not read back as written; nothing was changed.")

    def _retire(self, db: sqlite3.Connection, instrument: str) -> None:
        rows = db.execute(
            "SELECT id FROM edition WHERE instrument = ? ORDER BY preferred, as_of, id", (instrument,)
        ).fetchall()
        for (earlier,), (later,) in pairwise(rows):
            db.execute("UPDATE edition SET followed_by = ? WHERE id = ?", (later, earlier))

    def remove(self, instrument: str) -> int:
        """Take an upload out; returns how many editions went."""
        with self.writing() as db:
            return db.execute(
                "DELETE FROM edition WHERE instrument = ? AND instrument LIKE 'upload %'", (instrument,)
            ).rowcount

    def editions(self, instrument: str | None = None) -> tuple[Edition, ...]:
        """Every edition held, or those of one instrument, oldest first, without their text."""
        rows = self._db.execute(
            "SELECT id, instrument, sha256, as_of, publisher_url, retrieved, format, holding, '', preferred FROM edition"
            " WHERE ? IS NULL OR instrument = ? ORDER BY instrument, preferred, as_of, id",
            (instrument, instrument),
        )
        return tuple(_edition(row) for row in rows)

    def edition(self, instrument: str, on: date | None = None) -> Edition | None:
        """The latest edition as of a day; where all are later, the earliest of them; None where none is held.

        A copy that its manifest passes over is read only where no preferred one is held.
        """
        row = self._db.execute(
            "SELECT id, instrument, sha256, as_of, publisher_url, retrieved, format, holding, text, preferred FROM edition"
            " WHERE instrument = ? ORDER BY preferred DESC, (? IS NOT NULL AND as_of > ?), CASE WHEN ? IS NULL OR"
            " as_of <= ? THEN -julianday(as_of) ELSE julianday(as_of) END, -id LIMIT 1",
            (instrument, *(4 * (on.isoformat() if on else None,))),
        ).fetchone()
        return _edition(row) if row else None

    def edition_numbered(self, number: int) -> Edition | None:
        """One edition with its text."""
        row = self._db.execute(
            "SELECT id, instrument, sha256, as_of, publisher_url, retrieved, format, holding, text, preferred FROM edition"
            " WHERE id = ?",
            (number,),
        ).fetchone()
        return _edition(row) if row else None

    def passages(self, edition: Edition) -> tuple[Passage, ...]:
        """The passages of an edition in printed order, without their references."""
        rows = self._db.execute(
            'SELECT id, parent, kind, heading, start, "end", own_start, own_end FROM passage WHERE edition = ? ORDER BY ordinal',
            (edition.id,),
        )
        return tuple(Passage(row[0], row[1], Kind(row[2]), *row[3:]) for row in rows)

    def held(self, provision_id: str, instrument: str, on: date | None = None) -> Held | None:
        """The text of a provision as of a day; None where no edition has it."""
        edition = self.edition(instrument, on)
        if edition is None:
            return None
        row = self._db.execute(
            'SELECT id, parent, kind, heading, start, "end", own_start, own_end FROM passage WHERE edition = ? AND id = ?',
            (edition.id, provision_id),
        ).fetchone()
        if row is None:
            return None
        passage = Passage(row[0], row[1], Kind(row[2]), *row[3:])
        return Held(
            edition,
            passage,
            edition.text[passage.start : passage.end],
            edition.text[passage.own_start : passage.own_end],
        )

    def unlinked(self, form: int) -> tuple[int, ...]:
        """The editions in use whose citations and definitions were not yet read from their text in this form."""
        rows = self._db.execute(
            "SELECT id FROM edition e WHERE followed_by IS NULL AND instrument NOT LIKE 'upload %'"
            " AND NOT EXISTS (SELECT 1 FROM linked WHERE edition = e.id AND form = ?) ORDER BY id",
            (form,),
        )
        return tuple(row[0] for row in rows)

    def marked(self, edition: int) -> dict[str, tuple[str, ...]]:
        """What each provision of an edition points to by its publisher's markup."""
        found: dict[str, tuple[str, ...]] = {}
        for source, target in self._db.execute(
            "SELECT source, target FROM reference WHERE edition = ? AND NOT found", (edition,)
        ):
            found[source] = (*found.get(source, ()), target)
        return found

    def link(self, form: int, links: Sequence[Links]) -> None:
        """Keep the citations and definitions read from editions' texts, in place of those read before: all or none."""
        with self.writing(changes_texts=False) as db:
            for each in links:
                db.execute("DELETE FROM reference WHERE edition = ? AND found", (each.edition,))
                db.execute("DELETE FROM definition WHERE edition = ?", (each.edition,))
                db.executemany(
                    "INSERT INTO reference (edition, source, target, found) VALUES (?, ?, ?, 1)",
                    ((each.edition, source, target) for source, target in each.references),
                )
                db.executemany(
                    "INSERT INTO definition VALUES (?, ?, ?, ?)", ((each.edition, *row) for row in each.definitions)
                )
                db.execute("INSERT OR REPLACE INTO linked VALUES (?, ?)", (each.edition, form))

    def definitions(self, reaches: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
        """The definitions of just these reaches in the latest texts: term, defining provision, reach."""
        marks = ", ".join("?" * len(reaches))
        rows = self._db.execute(
            "SELECT term, provision, reach FROM definition JOIN edition e ON e.id = edition"
            f" WHERE reach IN ({marks}) AND e.followed_by IS NULL ORDER BY definition.rowid",
            tuple(reaches),
        )
        return tuple((row[0], row[1], row[2]) for row in rows)

    def defined(self) -> tuple[tuple[str, str, str], ...]:
        """Every definition in the latest texts: term, defining provision, reach."""
        rows = self._db.execute(
            "SELECT term, provision, reach FROM definition JOIN edition e ON e.id = edition"
            " WHERE e.followed_by IS NULL ORDER BY definition.rowid"
        )
        return tuple((row[0], row[1], row[2]) for row in rows)

    def refers_to(self, provision_id: str) -> tuple[str, ...]:
        """What a provision's latest text points to."""
        return self._targets(
            "SELECT DISTINCT target FROM reference JOIN edition e ON e.id = edition WHERE source = ? AND {live}",
            provision_id,
        )

    def cited_by(self, provision_id: str) -> tuple[str, ...]:
        """Which provisions' latest text points here."""
        return self._targets(
            "SELECT DISTINCT source FROM reference JOIN edition e ON e.id = edition WHERE target = ? AND {live}",
            provision_id,
        )

    def wanted(self, limit: int = 20) -> tuple[tuple[str, int], ...]:
        """What the law held here cites and is not held, with how many clauses cite it; most cited first.

        Citations in credits and amendment notes, which are history, do not count.
        """
        rows = self._db.execute(
            "SELECT r.target, count(DISTINCT r.source) AS times FROM reference r"
            " JOIN edition e ON e.id = r.edition AND e.followed_by IS NULL AND e.instrument NOT LIKE 'upload %'"
            " JOIN passage s ON s.edition = r.edition AND s.id = r.source AND s.kind NOT IN (?, ?, ?)"
            " WHERE NOT EXISTS (SELECT 1 FROM passage p JOIN edition q ON q.id = p.edition AND q.followed_by IS NULL"
            "  WHERE p.id = r.target) AND NOT EXISTS (SELECT 1 FROM edition h WHERE h.instrument = r.target)"
            " GROUP BY r.target ORDER BY times DESC, r.target LIMIT ?",
            (Kind.CREDIT, Kind.AMENDMENTS, Kind.NOTE, limit),
        )
        return tuple((row[0], row[1]) for row in rows)

    def _targets(self, query: str, provision_id: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self._db.execute(query.format(live="e.followed_by IS NULL"), (provision_id,)))

    def amendments(self, provision_id: str) -> tuple[Amendment, ...]:
        """What the publisher's notes record of changes to a provision, newest first."""
        rows = self._db.execute(
            'SELECT provision, by, year, "on", start, "end" FROM amendment JOIN edition e ON e.id = edition'
            " WHERE provision = ? AND e.followed_by IS NULL ORDER BY year DESC, start",
            (provision_id,),
        )
        return tuple(
            Amendment(row[0], row[1], row[2], date.fromisoformat(row[3]) if row[3] else None, row[4], row[5])
            for row in rows
        )

    def generation(self) -> int:
        """Rises by one with every write."""
        return int(self._db.execute("SELECT number FROM generation").fetchone()[0])

    def digest(self) -> str:
        """Sixteen hex digits that change when the editions held change."""
        rows = self._db.execute("SELECT instrument, sha256, as_of FROM edition ORDER BY 1, 2, 3")
        found = hashlib.sha256()
        for row in rows:
            found.update("\x1f".join(row).encode() + b"\x1e")
        return found.hexdigest()[:16]


def open_record(home: Path, *, create: bool = False) -> Record:
    """Open the record in a data folder; an empty one in memory where there is none and it need not be made."""
    path = home / "record.sqlite"
    try:
        if not create and not path.exists():
            connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        else:
            home.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
        _prepare(connection, path)
    except (sqlite3.Error, OSError) as error:
        raise BadRecord(
            f"The record in {home} could not be opened ({error}).",
            next_step="Check the folder's permissions and free space, or set PINCITE_HOME to another folder.",
        ) from None
    return Record(path, connection)


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(_MIGRATIONS):
        raise BadRecord(f"The record {path} was made by a newer pincite.", next_step="Upgrade pincite.")
    for number, migration in enumerate(_MIGRATIONS[version:], version + 1):
        with closing(db.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            if int(cursor.execute("PRAGMA user_version").fetchone()[0]) < number:  # another process may have come first
                for statement in migration.split(";"):
                    cursor.execute(statement)
                cursor.execute(f"PRAGMA user_version = {number}")
            cursor.execute("COMMIT")


def _edition(row: tuple[int, str, str, str, str, str, str, str, str, int]) -> Edition:
    number, instrument, sha256, as_of, url, retrieved, form, holding, text, preferred = row
    return Edition(
        instrument,
        sha256,
        date.fromisoformat(as_of),
        url,
        retrieved,
        form,
        Holding(holding),
        bool(preferred),
        text,
        number,
    )
