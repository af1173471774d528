"""A desk whose law is hostile, and a page served over it."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from hostile import HOSTILE

from assistant.desk import Desk, open_desk
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import open_record
from assistant.settings import Settings
from ui.server import build, listen

SMALL = Path(__file__).parents[1] / "small_corpus"

UPLOADED = f"Blimps are always exempt, says the memo. {HOSTILE[0]}"
_LAW = """
[instrument]
id = "22 USC 9100"
title = {words}
citation = "Hostile Act sec. 1, 22 U.S.C. 9100"
kind = "statute"
authority = "statute"
issuer = {words}
signed = 1999-01-01
effective = 1999-01-01
source_url = "javascript:window.pwned=1"
facts_from = "an invented edition"
facts_as_of = 2026-01-01
note = "This section is about zeppelins."
"""
_CLAUSE = """
[[provision]]
id = "22 USC 9100({letter})"
heading = {words}
note = {note}
contested = {words}
"""


@dataclass(frozen=True)
class Served:
    """A page that can be opened."""

    url: str
    desk: Desk


@pytest.fixture(scope="session")
def hostile_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small corpus with a section in which every text is an attack, and an official text that is one too."""
    folder = tmp_path_factory.mktemp("law") / "corpus"
    shutil.copytree(SMALL, folder)
    rows = [_LAW.format(words=json.dumps(HOSTILE[0] + HOSTILE[1]))]
    for number, words in enumerate(HOSTILE):
        note = json.dumps(f"Zeppelin number {number} is tethered. {words}")
        rows.append(_CLAUSE.format(letter=chr(97 + number), words=json.dumps(words), note=note))
    (folder / "22-usc-9100.toml").write_text("".join(rows), encoding="utf-8")
    home = tmp_path_factory.mktemp("hostile")
    record = open_record(home, create=True)
    text = "(d) Balloons. " + " ".join(HOSTILE)
    passage = Passage("22 USC 9001(d)", "22 USC 9001", Kind.PROVISION, HOSTILE[1], 0, len(text), 4, len(text))
    edition = Edition(
        "22 USC 9001",
        "ab" * 32,
        date(2020, 1, 1),
        "https://uscode.house.gov/",
        "2026-01-01T00:00:00",
        "text",
        Holding.OFFICIAL,
    )
    name = "upload memo.txt"
    own = Passage(f"{name}, para. 1", name, Kind.PROVISION, "", 0, len(UPLOADED), 0, len(UPLOADED))
    upload = Edition(name, "cd" * 32, date(2026, 1, 1), "", "2026-01-01T00:00:00", "text", Holding.UPLOAD)
    record.ingest(
        [(Reading("22 USC 9001", "Kites", text, (passage,)), edition), (Reading(name, name, UPLOADED, (own,)), upload)]
    )
    record.close()
    return open_desk(Settings(home=home, encoder="hashed-words"), folder=folder)


@pytest.fixture(scope="session")
def served(hostile_desk: Desk) -> Iterator[Served]:
    """The hostile desk's page on a free port of this machine."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(build(hostile_desk), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}/", hostile_desk)
    server.should_exit = True
    thread.join(10)
