"""The log of what was answered, drafted and checked: each entry holds the hash of the one before.

A chain shows edits, gaps and reorderings; that the last entries were cut off shows against the head kept beside it, or
against one that was exported.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant import law
from assistant.errors import BadInput
from assistant.record import Record

KINDS = ("answer", "memo", "check")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `body` is JSON; `at` is UTC, ISO; `owner` is who was signed in, empty on one's own machine."""

    seq: int
    at: str
    kind: str
    owner: str
    body: dict[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash; keep it elsewhere to be able to show that nothing was cut off."""

    seq: int
    hash: str


def write(record: Record, kind: str, body: dict[str, Any], provisions: Iterable[str] = (), *, owner: str = "") -> int:
    """Append an entry and return its number; BadRecord where the record cannot be written."""
    if kind not in KINDS:
        raise ValueError(kind)
    written, at = _canonical(body), datetime.now(UTC).isoformat(timespec="seconds")
    with record.writing(changes_texts=False) as db:
        seq, previous = db.execute("SELECT seq, hash FROM entry_head").fetchone()
        digest = _digest(seq + 1, at, kind, owner, written, previous)
        db.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", (seq + 1, at, kind, owner, written, previous, digest)
        )
        db.execute("UPDATE entry_head SET seq = ?, hash = ?", (seq + 1, digest))
        db.executemany(
            "INSERT INTO entry_provision VALUES (?, ?)", ((seq + 1, each) for each in dict.fromkeys(provisions))
        )
    return int(seq) + 1


def head(record: Record) -> Head:
    """The last entry's number and hash; zero and nothing for an empty log."""
    return Head(*record.database.execute("SELECT seq, hash FROM entry_head").fetchone())


def verify(record: Record, known: Head | None = None) -> list[str]:
    """What is wrong with the log, in words; nothing where it is whole. `known` is a head exported earlier."""
    faults: list[str] = []
    previous, expected, seen = "", 1, {0: ""}
    query = "SELECT seq, at, kind, owner, body, previous, hash FROM entry ORDER BY seq"
    for seq, at, kind, owner, body, before, digest in record.database.execute(query):
        if seq != expected:
            faults.append(
                f"Entries {expected} to {seq - 1} are missing." if seq > expected else f"Entry {seq} is out of order."
            )
        if before != previous:
            faults.append(f"Entry {seq} does not follow the entry before it.")
        if digest != _digest(seq, at, kind, owner, body, before):
            faults.append(f"Entry {seq} was changed after it was written.")
        previous, expected = digest, seq + 1
        seen[seq] = digest
    last = head(record)
    if seen.get(last.seq) != last.hash or expected != last.seq + 1:
        faults.append(f"The log ends at entry {expected - 1}, but its head says {last.seq}.")
    if known and seen.get(known.seq) != known.hash:
        faults.append(f"The log does not contain the entry {known.seq} that was exported as its head.")
    return faults


def entry(record: Record, seq: int) -> Entry:
    """One entry; BadInput where the log has none of that number."""
    row = record.database.execute("SELECT seq, at, kind, owner, body, hash FROM entry WHERE seq = ?", (seq,)).fetchone()
    if row is None:
        raise BadInput(f"The log has no entry {seq}.", next_step=f"Its last one is {head(record).seq}.")
    return Entry(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5])


def entries(record: Record, owner: str | None = None, limit: int = 50) -> list[Entry]:
    """The newest entries, of one person where an owner is given."""
    rows = record.database.execute(
        "SELECT seq, at, kind, owner, body, hash FROM entry WHERE ? IS NULL OR owner = ? ORDER BY seq DESC LIMIT ?",
        (owner, owner, limit),
    )
    return [Entry(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5]) for row in rows]


def touched(record: Record, provisions: Sequence[str]) -> list[Entry]:
    """The saved answers, memos and checks that cite one of these provisions, a part of one, or what one is part of."""
    wanted = set(provisions)
    found: list[int] = []
    for seq, provision in record.database.execute("SELECT seq, provision FROM entry_provision ORDER BY seq"):
        if any(law.is_part_of(provision, each) or law.is_part_of(each, provision) for each in wanted):
            found.append(seq)
    return [entry(record, seq) for seq in dict.fromkeys(found)]


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What an answer given again says otherwise, and what made it so, in words."""
    found = [
        f"{name} changed from {before['stamp'].get(name)} to {now['stamp'].get(name)}"
        for name in now.get("stamp", {})
        if before.get("stamp", {}).get(name) != now["stamp"].get(name)
    ]
    for key in sorted((before.keys() | now.keys()) - {"stamp", "id"}):
        if before.get(key) != now.get(key):
            found.append(f"{key} differs: {_first_difference(before.get(key), now.get(key))}")
    return found


def _first_difference(before: object, now: object) -> str:
    if isinstance(before, list) and isinstance(now, list):
        for number, (one, other) in enumerate(zip(before, now, strict=False), 1):
            if one != other:
                return f"item {number} was {_short(one)}, is {_short(other)}"
        return f"{len(before)} items, now {len(now)}"
    return f"was {_short(before)}, is {_short(now)}"


def _short(value: object) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 160 else f"{written[:157]}..."


def _canonical(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _digest(seq: int, at: str, kind: str, owner: str, body: str, previous: str) -> str:
    return hashlib.sha256(
        "\x1f".join((str(seq), at, kind, owner, body, previous)).encode("utf-8", "replace")
    ).hexdigest()
