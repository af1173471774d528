import random
import sqlite3
from pathlib import Path

import pytest

from assistant import audit
from assistant.errors import BadInput
from assistant.record import Record, open_record

KINDS = ("answer", "memo", "check")


@pytest.fixture
def log(tmp_path: Path) -> Record:
    record = open_record(tmp_path, create=True)
    for number in range(40):
        body = {"question": f"question {number}", "claims": [{"text": f"claim {number}"}], "stamp": {"corpus": "1"}}
        audit.write(record, KINDS[number % 3], body, [f"22 USC {9001 + number % 4}(b)(1)"])
    return record


def test_an_untouched_log_is_whole_and_its_head_counts_its_entries(log: Record) -> None:
    assert audit.verify(log) == []
    assert audit.head(log).seq == 40
    assert audit.verify(log, audit.head(log)) == []


def test_an_empty_log_is_whole(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    assert audit.verify(record) == []
    assert audit.head(record) == audit.Head(0, "")


def test_every_one_of_a_thousand_mutations_is_found(log: Record) -> None:
    """One byte of a field altered, an entry deleted, two swapped, one inserted, the tail cut off."""
    chance = random.Random(20261124)
    log.database.execute("PRAGMA foreign_keys = OFF")
    found = 0
    for _ in range(1000):
        log.database.execute("BEGIN")
        _mutate(log.database, chance)
        found += bool(audit.verify(log))
        log.database.execute("ROLLBACK")
    assert found == 1000
    assert audit.verify(log) == []


def _mutate(db: sqlite3.Connection, chance: random.Random) -> None:
    seq = chance.randint(1, 40)
    other = chance.choice([n for n in range(1, 41) if n != seq])
    what = chance.choice(["field", "field", "field", "delete", "swap", "insert", "tail", "head"])
    if what == "field":
        column = chance.choice(["at", "kind", "owner", "body", "previous", "hash"])
        (value,) = db.execute(f"SELECT {column} FROM entry WHERE seq = ?", (seq,)).fetchone()
        place = chance.randint(0, len(value))
        altered = f"{value[:place]}{chance.choice('xyz019 ')}{value[place + chance.randint(0, 1) :]}"
        altered = altered if altered != value else f"{value}!"
        db.execute(f"UPDATE entry SET {column} = ? WHERE seq = ?", (altered, seq))
    elif what == "delete":
        db.execute("DELETE FROM entry WHERE seq = ?", (seq,))
    elif what == "swap":
        db.execute("UPDATE entry SET seq = -1 WHERE seq = ?", (seq,))
        db.execute("UPDATE entry SET seq = ? WHERE seq = ?", (seq, other))
        db.execute("UPDATE entry SET seq = ? WHERE seq = -1", (other,))
    elif what == "insert":
        db.execute(
            "INSERT INTO entry SELECT 41, at, kind, owner, body, previous, hash FROM entry WHERE seq = ?", (seq,)
        )
    elif what == "tail":
        db.execute("DELETE FROM entry WHERE seq >= ?", (max(seq, 2),))
    else:
        db.execute("UPDATE entry_head SET seq = ?", (seq - 1,))


def test_a_log_cut_off_together_with_its_head_is_found_against_an_exported_one(log: Record) -> None:
    exported = audit.head(log)
    log.database.execute("DELETE FROM entry WHERE seq > 30")
    (last,) = log.database.execute("SELECT hash FROM entry WHERE seq = 30").fetchone()
    log.database.execute("UPDATE entry_head SET seq = 30, hash = ?", (last,))
    assert audit.verify(log) == []
    assert audit.verify(log, exported)


def test_a_saved_answer_is_touched_by_a_change_to_a_clause_it_cites_or_to_what_that_is_part_of(log: Record) -> None:
    by_clause = audit.touched(log, ["22 USC 9001(b)(1)"])
    by_section = audit.touched(log, ["22 USC 9001"])
    assert [entry.seq for entry in by_clause] == [entry.seq for entry in by_section] == list(range(1, 41, 4))
    assert audit.touched(log, ["22 USC 9001(c)"]) == []


def test_one_person_sees_the_entries_of_one_person(log: Record) -> None:
    audit.write(log, "answer", {"question": "mine"}, owner="ada")
    assert [entry.body["question"] for entry in audit.entries(log, "ada")] == ["mine"]
    assert audit.entries(log, "bob") == []


def test_an_entry_that_is_not_there_is_said_in_words(log: Record) -> None:
    with pytest.raises(BadInput, match="no entry 41"):
        audit.entry(log, 41)


def test_writing_to_the_log_leaves_the_texts_held_as_they_were(log: Record) -> None:
    digest, generation = log.digest(), log.generation()
    audit.write(log, "answer", {"question": "again"})
    assert (log.digest(), log.generation()) == (digest, generation)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"claims": [1]}, {"claims": [1]}, 0),
        ({"claims": [{"text": "30 days"}]}, {"claims": [{"text": "15 days"}]}, 1),
        ({"claims": [1, 2]}, {"claims": [1]}, 1),
        ({"reason": None}, {"reason": "judgement"}, 1),
    ],
)
def test_what_differs_between_two_answers_is_named(
    before: dict[str, object], now: dict[str, object], said: int
) -> None:
    assert len(audit.differences({**before, "stamp": {"corpus": "a"}}, {**now, "stamp": {"corpus": "a"}})) == said
    named = audit.differences({**before, "stamp": {"corpus": "a"}}, {**now, "stamp": {"corpus": "b"}})
    assert len(named) == said + 1
    assert "corpus changed from a to b" in named[0]
