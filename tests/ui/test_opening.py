"""The page while the index is being built, and what is said when it cannot be."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from browsing import Open, serving
from starlette.testclient import TestClient

from assistant import desk as desks
from assistant.desk import Desk
from assistant.errors import BadRecord
from assistant.settings import Settings
from ui import opening as openings
from ui import talk
from ui.files import Drawer, safe_name
from ui.opening import Opening
from ui.server import build
from ui.turns import Turns

SMALL = Path(__file__).parents[1] / "small_corpus"


def slowly(release: threading.Event) -> Any:
    """Opening a desk that tells half its progress and then waits."""

    def open_(settings: Settings, tell: Any, folder: Path) -> Desk:
        tell(5, 10)
        release.wait(120)
        return desks.open_desk(settings, tell, folder)

    return open_


def test_clauses_are_looked_up_while_the_index_is_built_and_questions_say_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    monkeypatch.setattr(openings, "open_desk", slowly(release))
    opening = Opening(Settings(home=tmp_path, encoder="hashed-words"), SMALL)
    working = opening.start()
    with TestClient(build(opening), base_url="http://127.0.0.1") as client:
        until = threading.Event()
        for _ in range(100):
            if opening.state.done:
                break
            until.wait(0.05)
        assert client.post("/api/cite", json={"citation": "NSM-91"}).status_code == 200
        reply = client.post("/api/ask", json={"question": "What of kites?"})
        assert reply.status_code == 409
        assert "being built (5 of 10)" in reply.json()["error"]
        assert client.get("/api/status").json()["ready"] is False
        release.set()
        working.join(60)
        assert client.post("/api/ask", json={"question": "What of kites?"}).status_code == 200


@pytest.fixture
def being_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, threading.Event]]:
    """A page whose first index is half built, and what lets it be finished."""
    release = threading.Event()
    monkeypatch.setattr(openings, "open_desk", slowly(release))
    opening = Opening(Settings(home=tmp_path, encoder="hashed-words"), SMALL)
    working = opening.start()
    with serving(opening) as url:
        yield url, release
        release.set()
        working.join(60)


def test_a_question_asked_while_the_index_is_built_waits_with_its_progress_and_is_answered_by_itself(
    opened: Open, being_opened: tuple[str, threading.Event]
) -> None:
    url, release = being_opened
    page = opened(url=url).page
    for box, words in (("#question textarea", "Which kites need certification?"), ("#look-words", "kite festival")):
        if box == "#look-words":
            page.get_by_role("tab", name="Look up").click()
        page.locator(box).fill(words)
        page.keyboard.press("Enter")
    page.wait_for_selector("#look-out progress[value='5'][max='10']")
    page.get_by_role("tab", name="Ask").click()
    page.wait_for_selector("#log .turn[aria-busy] progress[value='5'][max='10']")
    assert page.locator("#log .question").inner_text() == "Which kites need certification?"
    assert page.locator("#log .failed").count() == page.locator("#look-out .failed").count() == 0
    page.locator("#question textarea").fill("typed meanwhile")
    release.set()
    page.wait_for_selector("#log .turn:not([aria-busy]) .claim .chip")
    assert page.locator("#log .turn").count() == 1
    assert page.locator("#question textarea").input_value() == "typed meanwhile"
    page.wait_for_selector("#look-out .results", state="attached")
    page.wait_for_selector("#state p", state="detached")


def test_a_question_that_waits_can_be_given_up_and_a_citation_need_not_wait(
    opened: Open, being_opened: tuple[str, threading.Event]
) -> None:
    url, release = being_opened
    view = opened(url=url)
    page = view.page
    view.go("Look up")
    page.locator("#look-words").fill("NSM-91 sec. 1")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .card")
    view.go("Ask")
    page.locator("#question textarea").fill("Which kites need certification?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#log .turn[aria-busy] progress")
    page.get_by_role("button", name="Start over").click()
    page.wait_for_selector("#log .welcome")
    release.set()
    page.wait_for_selector("#state p", state="detached")
    view.ask("Who may waive the certification of a kite for a festival?")
    assert page.locator("#log .turn").count() == 1
    assert page.locator("#log .turn:not([aria-busy]) .claim").count()


def test_a_question_that_waited_is_told_when_the_index_cannot_be_built(tmp_path: Path) -> None:
    opening = Opening(Settings(home=tmp_path, encoder="hashed-words"), SMALL)
    opening._state = replace(opening.state, done=5, total=10)
    seen: list[str] = []

    async def ask() -> None:
        steps = Turns(opening).take(
            lambda waited: talk.answer_turns(opening.desk, "Which kites need certification?", None, []),
            lambda how_far: (how_far, [], "meanwhile"),
        )
        async for shown, _, left in steps:
            seen.append(str(shown))
            if left == "meanwhile":
                opening._state = replace(opening.state, failed="The disk is full.")

    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, ask).result()
    assert any("5 of 10" in each for each in seen)
    assert "The disk is full." in seen[-1]
    assert "aria-busy" not in seen[-1]


def test_while_an_index_is_built_anew_the_page_opens_and_the_old_one_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path, encoder="hashed-words")
    opening = Opening.of(desks.open_desk(settings, folder=SMALL))
    release = threading.Event()
    monkeypatch.setattr(openings, "open_desk", slowly(release))
    old = opening.desk
    working = opening.start()
    with TestClient(build(opening), base_url="http://127.0.0.1") as client:
        assert client.get("/").status_code == 200
        reply = client.post("/api/ask", json={"question": "Which kites need certification?"})
        assert reply.status_code == 200
        assert reply.json()["claims"]
        assert client.get("/api/status").json()["ready"] is True
        assert opening.desk is old
        release.set()
        working.join(60)
        assert opening.desk is not old


def test_an_index_that_cannot_be_built_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Desk:
        raise BadRecord("The disk is full.", next_step="Free some space.")

    monkeypatch.setattr(openings, "open_desk", refuse)
    opening = Opening(Settings(home=tmp_path, encoder="hashed-words"), SMALL)
    opening.start().join(30)
    assert opening.state.words == "The disk is full. Free some space."
    monkeypatch.setattr(openings, "open_desk", lambda *_: 1 / 0)
    opening.start().join(30)
    assert "ZeroDivisionError" not in opening.state.words


def test_a_port_that_is_taken_is_told_before_the_desk_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from assistant.cli import app
    from assistant.errors import BadInput
    from ui.server import listen

    taken = listen("127.0.0.1", 0)
    monkeypatch.setattr(openings, "open_desk", lambda *_: pytest.fail("the desk was opened"))
    done = CliRunner().invoke(app, ["serve", "--port", str(taken.getsockname()[1])])
    assert isinstance(done.exception, BadInput)
    assert "cannot be listened on" in str(done.exception)
    taken.close()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("memo.docx", "memo.docx"), ("../../etc/passwd", "passwd"), ("C:\\x\\memo.md", "memo.md"), ("", "file"), ("..", "file"),
        ("a\u202egnp.exe", "agnp.exe"), ("<img src=x>.md", "img src=x.md"), ("x" * 300, "x" * 120),
    ],
)  # fmt: skip
def test_a_file_keeps_its_own_name_and_nothing_else(written: str, name: str) -> None:
    assert safe_name(written) == name


def test_a_file_is_forgotten_after_a_while_and_what_could_run_is_sent_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import files

    drawer = Drawer()
    token = drawer.keep("ann", "report.html", b"<script>1</script>")
    found = drawer.open("ann", token)
    assert found is not None
    assert found.kind == "application/octet-stream"
    assert drawer.open("bob", token) is None
    real = files.time.monotonic
    monkeypatch.setattr(files.time, "monotonic", lambda: real() + files.KEPT_SECONDS + 1)
    assert drawer.open("ann", token) is None
