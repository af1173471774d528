"""The page while the index is being built, and what is said when it cannot be."""

import threading
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant import desk as desks
from assistant.desk import Desk
from assistant.errors import BadRecord
from assistant.settings import Settings
from ui import opening as openings
from ui.files import Drawer, safe_name
from ui.opening import Opening
from ui.server import build

SMALL = Path(__file__).parents[1] / "small_corpus"


def slowly(release: threading.Event) -> Any:
    """Opening a desk that tells half its progress and then waits."""

    def open_(settings: Settings, tell: Any, folder: Path) -> Desk:
        tell(5, 10)
        release.wait(30)
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
