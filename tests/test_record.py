import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import BadRecord
from assistant.law import Edition, Holding
from assistant.readers import Amendment, Kind, Passage, Reading
from assistant.record import open_record


def reading(words: str = "A kite is a kite.", instrument: str = "22 USC 9001") -> Reading:
    text = f"(a) {words}"
    passage = Passage(
        f"{instrument}(a)", instrument, Kind.PROVISION, "Kites", 0, len(text), 4, len(text), ("22 USC 9002",)
    )
    change = Amendment(f"{instrument}(a)", "Pub. L. 1-1 sec. 2", 2001, date(2001, 2, 3), 0, 3)
    return Reading(instrument, "Kites", text, (passage,), (change,))


def edition(sha: str, as_of: date, instrument: str = "22 USC 9001", *, preferred: bool = True) -> Edition:
    return Edition(
        instrument,
        sha,
        as_of,
        "https://uscode.house.gov/",
        "2026-01-01T00:00:00+00:00",
        "uslm-section",
        Holding.OFFICIAL,
        preferred,
    )


def test_what_is_ingested_reads_back_whole(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    assert record.ingest([(reading(), edition("aa", date(2020, 1, 1)))]) == ("22 USC 9001",)
    held = record.held("22 USC 9001(a)", "22 USC 9001")
    assert held is not None
    assert (held.text, held.own, held.edition.sha256) == ("(a) A kite is a kite.", "A kite is a kite.", "aa")
    assert record.refers_to("22 USC 9001(a)") == ("22 USC 9002",)
    assert record.cited_by("22 USC 9002") == ("22 USC 9001(a)",)
    assert [a.by for a in record.amendments("22 USC 9001(a)")] == ["Pub. L. 1-1 sec. 2"]


def test_the_same_text_of_the_same_date_changes_nothing(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    record.ingest([(reading(), edition("aa", date(2020, 1, 1)))])
    digest, generation = record.digest(), record.generation()
    assert record.ingest([(reading(), edition("aa", date(2020, 1, 1)))]) == ()
    assert (record.digest(), record.generation()) == (digest, generation)


@pytest.mark.parametrize(
    ("on", "sha"),
    [
        (None, "cc"),
        (date(2030, 1, 1), "cc"),
        (date(2021, 6, 1), "bb"),
        (date(2020, 1, 1), "aa"),
        (date(1999, 1, 1), "aa"),
    ],
)
def test_the_edition_of_a_day_is_the_latest_by_then_or_the_first_after(
    tmp_path: Path, on: date | None, sha: str
) -> None:
    record = open_record(tmp_path, create=True)
    for each, day in (("bb", date(2021, 1, 1)), ("cc", date(2022, 1, 1)), ("aa", date(2020, 1, 1))):
        record.ingest([(reading(f"Kite {each}."), edition(each, day))])
    found = record.edition("22 USC 9001", on)
    assert found is not None
    assert found.sha256 == sha


def test_a_copy_that_is_passed_over_is_read_only_where_there_is_no_other(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    record.ingest([(reading("Spoilt."), edition("dd", date(2025, 1, 1), preferred=False))])
    assert record.held("22 USC 9001(a)", "22 USC 9001").own == "Spoilt."  # type: ignore[union-attr]
    record.ingest([(reading("Sound."), edition("ee", date(2020, 1, 1)))])
    assert record.held("22 USC 9001(a)", "22 USC 9001").own == "Sound."  # type: ignore[union-attr]


def test_an_older_edition_is_never_overwritten(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    record.ingest([(reading("Old."), edition("aa", date(2020, 1, 1)))])
    record.ingest([(reading("New."), edition("bb", date(2021, 1, 1)))])
    assert [e.sha256 for e in record.editions("22 USC 9001")] == ["aa", "bb"]
    assert record.held("22 USC 9001(a)", "22 USC 9001", date(2020, 6, 1)).own == "Old."  # type: ignore[union-attr]


def test_a_failure_in_the_middle_leaves_nothing_of_it(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    twice = reading(instrument="22 USC 9002")
    spoilt = Reading(twice.instrument, twice.title, twice.text, (*twice.passages, None))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        record.ingest(
            [(reading(), edition("aa", date(2020, 1, 1))), (spoilt, edition("bb", date(2020, 1, 1), "22 USC 9002"))]
        )
    assert record.editions() == ()


def test_only_an_upload_can_be_removed(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    record.ingest(
        [
            (reading(), edition("aa", date(2020, 1, 1))),
            (reading(instrument="upload memo"), edition("bb", date(2020, 1, 1), "upload memo")),
        ]
    )
    assert record.remove("22 USC 9001") == 0
    assert record.remove("upload memo") == 1
    assert [e.instrument for e in record.editions()] == ["22 USC 9001"]


def test_a_record_that_does_not_exist_is_empty_and_is_not_made(tmp_path: Path) -> None:
    assert open_record(tmp_path / "none").editions() == ()
    assert not (tmp_path / "none").exists()


def test_a_record_of_a_newer_version_is_refused_with_the_next_step(tmp_path: Path) -> None:
    open_record(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "record.sqlite") as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(BadRecord, match="Upgrade pincite"):
        open_record(tmp_path)


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(BadRecord, match="could not be opened"):
        open_record(tmp_path)


def test_a_full_disk_is_told_and_the_record_still_answers(tmp_path: Path) -> None:
    record = open_record(tmp_path, create=True)
    record.ingest([(reading(), edition("aa", date(2020, 1, 1)))])
    pages = record._db.execute("PRAGMA page_count").fetchone()[0]
    record._db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(BadRecord, match="what it held is unchanged"):
        record.ingest([(reading("Long. " * 100_000), edition("bb", date(2021, 1, 1)))])
    assert record.held("22 USC 9001(a)", "22 USC 9001").edition.sha256 == "aa"  # type: ignore[union-attr]


WRITER = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from assistant.record import open_record
from test_record import edition, reading
record = open_record(Path({home!r}), create=True)
for number in range(int(sys.argv[1]), 10_000):
    record.ingest([(reading(f"Kite {{number}}."), edition(f"{{number:04}}", date(2000, 1, 1)))])
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_it_had_acknowledged(tmp_path: Path) -> None:
    script = textwrap.dedent(WRITER).format(tests=str(Path(__file__).parent), home=str(tmp_path))
    acknowledged: set[int] = set()
    for kill in range(10):
        start = max(acknowledged, default=-1) + 1
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(start)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(0.003 * kill)
        process.send_signal(signal.SIGKILL)
        acknowledged.update(int(line) for line in [first, *process.stdout.read().split("\n")] if line.strip())
        process.wait()
        record = open_record(tmp_path)
        assert record._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert {f"{number:04}" for number in acknowledged} <= {e.sha256 for e in record.editions("22 USC 9001")}
        record.close()
    assert len(acknowledged) >= 10
