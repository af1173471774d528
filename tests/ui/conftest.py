"""A desk whose law is hostile, and a page served over it."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, NOBODY_ELSE, Open, Seen, Served, serving
from hostile import HOSTILE

from assistant.desk import Desk, open_desk
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import open_record
from assistant.settings import Settings

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


_CRITERIA = """
[[criterion]]
name = {words}
[[criterion.cell]]
provision = "NSM-91 sec. 1"
says = {words}
"""


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
    kites = folder / "outline" / "kites.txt"
    kites.write_text(kites.read_text("utf-8").replace("(c)(1)\n", "(c)(1)\n(d)\tBalloons\n"), encoding="utf-8")
    (folder / "rules" / "criteria.toml").write_text(_CRITERIA.format(words=json.dumps(HOSTILE[1])), encoding="utf-8")
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
    """The hostile desk's page."""
    with serving(hostile_desk) as url:
        yield Served(url, hostile_desk)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium; what needs it is passed over where it is not there."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: nothing is tried in a browser"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: the page is not tried in one")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", NOBODY_ELSE])
        yield found
        found.close()


@pytest.fixture(scope="session")
def screens(browser: Any) -> Iterator[Callable[[int, str], Any]]:
    """A browser's context for a width and a colour scheme, one for all tests: what the page ships is fetched once."""
    contexts: dict[tuple[int, str], Any] = {}

    def screen(width: int, scheme: str) -> Any:
        if (width, scheme) not in contexts:
            contexts[width, scheme] = browser.new_context(
                viewport={"width": width, "height": 844},
                color_scheme=scheme,
                reduced_motion="reduce",
                accept_downloads=True,
            )
        return contexts[width, scheme]

    yield screen
    for context in contexts.values():
        context.close()


@pytest.fixture
def opened(screens: Callable[[int, str], Any], served: Served) -> Iterator[Open]:
    """Open the page at a width and in a colour scheme; afterwards it must have asked nobody else and complained of nothing."""
    views: list[tuple[Seen, str]] = []

    def open_(width: int = 1280, scheme: str = "light", url: str = "", says: str = "") -> Seen:
        view = Seen(screens(width, scheme).new_page())
        views.append((view, url or served.url))
        view.page.goto((url or served.url) + says)
        view.page.wait_for_selector("#log .log", state="attached")
        view.page.wait_for_function(
            "document.querySelector('#as-of')?.value && document.querySelector('#strip .since')"
            " && document.querySelector('link[href=\"page.css\"]')?.sheet && document.querySelector('#chat[role=tabpanel]')"
        )
        return view

    yield open_
    try:
        for view, url in views:
            assert view.page.evaluate("window.pwned") is None
            assert view.outside(url) == []
            assert view.dialogs == []
            assert view.complaints == []
    finally:
        for view, _ in views:
            view.page.close()


@pytest.fixture(scope="session")
def whole_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The corpus that ships, with the fake encoder."""
    return open_desk(Settings(home=tmp_path_factory.mktemp("whole"), encoder="hashed-words"))


@pytest.fixture(scope="session")
def whole_page(whole_desk: Desk) -> Iterator[str]:
    """The page over it."""
    with serving(whole_desk) as url:
        yield url
