"""The whole `sync` command: killed at any moment, and what it says of saved answers."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from assistant import audit
from assistant.record import open_record
from assistant.sync.linking import FORM

ROOT = Path(__file__).parents[2]
KITES = """---
title: Kite Policy {number}
---

**Section 1.  Purpose.**  This memorandum says what kites are for.

**Sec. 2.  Scope.**  It covers every kite of the {number} kind, {edition}.
"""


def write_mirror(folder: Path, edition: str, as_of: str, count: int = 30) -> Path:
    folder.mkdir(exist_ok=True)
    rows = []
    for number in range(count):
        data = KITES.format(number=number, edition=edition).encode()
        (folder / f"{number}.md").write_bytes(data)
        rows.append(
            {"file": f"{number}.md", "instrument": f"NSM-{91 + number}", "format": "whitehouse-markdown", "completeness": "complete",
             "publisher_url": "https://www.whitehouse.gov/kites", "as_of": as_of, "sha256": hashlib.sha256(data).hexdigest(), "prefer": True}
        )  # fmt: skip
    (folder / "MANIFEST.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def sync(home: Path, source: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "assistant.cli", "sync", "--from", str(source), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PINCITE_HOME": str(home)},
        start_new_session=True,
    )


def test_a_sync_killed_at_any_moment_loses_nothing_and_the_next_one_completes_it(tmp_path: Path) -> None:
    chance, home = random.Random(7), tmp_path / "home"
    first = sync(home, write_mirror(tmp_path / "mirror", "first", "2024-01-01"))
    begun = time.monotonic()
    _, errors = first.communicate()
    assert first.returncode == 0, errors
    whole = time.monotonic() - begun
    kept = {(e.instrument, e.sha256) for e in open_record(home).editions()}
    assert len(kept) == 30
    for kill in range(int(os.environ.get("KILLS", "10"))):
        as_of = (date(2025, 1, 1) + timedelta(kill)).isoformat()
        source = write_mirror(tmp_path / f"mirror{kill}", f"edition {kill}", as_of)
        process = sync(home, source)
        time.sleep(chance.uniform(0.1, 1.0) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        record = open_record(home)
        held = {(e.instrument, e.sha256) for e in record.editions()}
        assert record.database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert kept <= held
        assert len(held - kept) in {0, 30}
        assert not said or len(held - kept) == 30
        assert record.held("NSM-91 sec. 2", "NSM-91") is not None
        assert {row[0] for row in record.database.execute("SELECT DISTINCT edition FROM reference WHERE found")} <= {
            row[0] for row in record.database.execute("SELECT edition FROM linked")
        }
        kept = held
        record.close()
    last = sync(home, write_mirror(tmp_path / "last", "last", "2026-01-01"))
    _, errors = last.communicate()
    assert last.returncode == 0, errors
    record = open_record(home)
    assert len(record.editions()) == len(kept) + 30
    assert record.unlinked(FORM) == ()


def test_a_sync_names_the_clauses_that_differ_and_the_saved_answers_that_cite_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sync(home, write_mirror(tmp_path / "one", "first", "2024-01-01", 2)).communicate()
    record = open_record(home)
    audit.write(record, "answer", {"question": "What does it cover?"}, ["NSM-91 sec. 2"])
    audit.write(record, "answer", {"question": "What is it for?"}, ["NSM-91 sec. 1"])
    record.close()
    said, errors = sync(home, write_mirror(tmp_path / "two", "second", "2025-01-01", 2)).communicate()
    assert "NSM-91: 1 clause differs (NSM-91 sec. 2)" in said, errors
    assert "touches the saved answer 1" in said
    assert "What is it for?" not in said
