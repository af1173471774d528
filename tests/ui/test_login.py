"""Who may come in, and that nobody sees what is another's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.desk import Desk, open_desk
from assistant.errors import BadInput, BadSetting
from assistant.settings import Settings
from ui import login as logging_in
from ui.login import MOST_WRONG, Locked, Login, line_for, read_users
from ui.server import build

ANN, BOB = "correct horse battery", "another long password"
SMALL = Path(__file__).parents[1] / "small_corpus"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users"
    path.write_text(f"# people\n{line_for('ann', ANN)}\n\n{line_for('bob', BOB)}\n", encoding="utf-8")
    return path


@pytest.fixture
def own_desk(tmp_path: Path) -> Desk:
    return open_desk(Settings(home=tmp_path / "home", encoder="hashed-words"), folder=SMALL)


@pytest.fixture
def client(own_desk: Desk, users: Path) -> Iterator[TestClient]:
    with TestClient(
        build(own_desk, login=read_users(users)),
        base_url="http://127.0.0.1:7860",
        raise_server_exceptions=False,
        follow_redirects=False,
    ) as client:
        yield client


def test_a_right_password_opens_and_a_wrong_one_does_not(users: Path) -> None:
    login = read_users(users)
    token = login.enter("ann", ANN, "127.0.0.1")
    assert token
    assert login.person({b"cookie": f"pincite={token}"}, "127.0.0.1") == "ann"
    assert login.enter("ann", BOB, "127.0.0.1") is None
    assert login.enter("nobody", ANN, "127.0.0.1") is None
    login.leave(token)
    assert login.person({b"cookie": f"pincite={token}"}, "127.0.0.1") is None


def test_the_tenth_wrong_password_is_refused_and_so_is_the_right_one_after_it(
    users: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    login = read_users(users)
    for _ in range(MOST_WRONG):
        assert login.enter("ann", "wrong", "10.0.0.1") is None
    for password in ("wrong", ANN):
        with pytest.raises(Locked):
            login.enter("ann", password, "10.0.0.1")
    assert login.enter("bob", BOB, "10.0.0.1")
    assert login.enter("ann", ANN, "10.0.0.2")
    real = logging_in.time.monotonic
    monkeypatch.setattr(logging_in.time, "monotonic", lambda: real() + logging_in.LOCKED_SECONDS + 1)
    assert login.enter("ann", ANN, "10.0.0.1")


def test_many_names_from_one_address_are_refused_too() -> None:
    login = Login({})
    for number in range(logging_in.MOST_WRONG_AT_ONE_ADDRESS):
        assert login.enter(f"name{number}", "wrong", "10.0.0.1") is None
    with pytest.raises(Locked):
        login.enter("fresh", "wrong", "10.0.0.1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nobody\n",
        "ann\n",
        "ann:plain\n",
        "ann:scrypt$1$aa$bb\n",
        f"{'a' * 99}:scrypt$16384${'0' * 32}${'0' * 64}\n",
    ],
)
def test_a_users_file_that_is_none_says_how_to_write_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "users"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting) as raised:
        read_users(path)
    assert "python -m ui.login" in raised.value.next_step


def test_a_name_twice_and_a_short_password_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text(f"{line_for('ann', ANN)}\n{line_for('ann', BOB)}\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="line 2"):
        read_users(path)
    with pytest.raises(BadInput):
        line_for("ann", "short")
    with pytest.raises(BadInput):
        line_for("an n", ANN)


def test_without_logging_in_nothing_is_shown(client: TestClient) -> None:
    assert client.get("/").headers["location"] == "/login"
    assert "Unclassified" in client.get("/login").text or "unclassified" in client.get("/login").text
    for method, path in (
        ("GET", "/api/status"),
        ("GET", "/api/openapi.json"),
        ("POST", "/api/ask"),
        ("GET", "/config"),
        ("POST", "/mcp"),
        ("GET", "/files/x"),
        ("POST", "/files"),
        ("POST", "/gradio_api/queue/join"),
    ):
        reply = client.request(method, path, json={} if method == "POST" else None)
        assert reply.status_code == 401, path
        assert "Log in" in reply.json()["error"]


def enter(client: TestClient, name: str, password: str) -> None:
    reply = client.post("/login", data={"name": name, "password": password})
    assert reply.status_code == 303
    cookie = reply.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_whoever_logs_in_gets_the_page_and_may_leave_again(client: TestClient) -> None:
    assert client.post("/login", data={"name": "ann", "password": "no"}).status_code == 401
    enter(client, "ann", ANN)
    assert client.get("/").status_code == 200
    assert client.post("/api/cite", json={"citation": "NSM-91"}).status_code == 200
    client.post("/logout")
    client.cookies.clear()
    assert client.get("/").status_code == 303


def test_a_program_sends_its_name_and_password_with_each_request(client: TestClient) -> None:
    assert client.get("/api/status", auth=("ann", ANN)).status_code == 200
    assert client.get("/api/status", auth=("ann", "wrong")).status_code == 401
    for _ in range(MOST_WRONG):
        last = client.get("/api/status", auth=("bob", "wrong"))
    assert last.status_code == 401
    assert client.get("/api/status", auth=("bob", "wrong")).status_code == 429


def test_another_site_cannot_log_anybody_in(client: TestClient) -> None:
    reply = client.post("/login", data={"name": "ann", "password": ANN}, headers={"origin": "http://evil.example"})
    assert reply.status_code == 403
    assert "set-cookie" not in reply.headers


def test_a_file_is_its_owners_alone(client: TestClient) -> None:
    name = client.post("/files", files={"file": ("secret.md", b"for Ann", "text/markdown")}, auth=("ann", ANN)).json()[
        "file"
    ]
    mine = client.get(f"/files/{name}", auth=("ann", ANN))
    assert (mine.status_code, mine.content) == (200, b"for Ann")
    assert mine.headers["content-disposition"].startswith("attachment")
    assert client.get(f"/files/{name}", auth=("bob", BOB)).status_code == 404


def test_a_conversation_cannot_be_listened_to_by_another(client: TestClient) -> None:
    body = {"session_hash": "abc", "fn_index": 0, "data": []}
    first = client.post("/gradio_api/queue/join", json=body, auth=("ann", ANN))
    assert first.status_code != 403
    for method, path, told in (
        ("GET", "/gradio_api/queue/data?session_hash=abc", None),
        ("GET", "/gradio_api/heartbeat/abc", None),
        ("POST", "/gradio_api/reset", {"session_hash": "abc", "event_id": "x"}),
        ("POST", "/gradio_api/queue/join", body),
    ):
        reply = client.request(method, path, json=told, auth=("bob", BOB))
        assert reply.status_code == 403, path
        assert "another person's" in reply.json()["error"]


def test_an_upload_is_seen_by_whoever_brought_it_and_by_nobody_else(own_desk: Desk) -> None:
    from ui.files import Drawer
    from ui.holdings import changed, pane, seen_by
    from ui.opening import Opening
    from ui.people import People

    opening, drawer = Opening.of(own_desk), Drawer()
    people = People(own_desk.settings.home)
    file = drawer.keep("ann", "plan.txt", b"Kites of Ann need a secret certification.\n")
    *_, last = changed({"does": "add", "file": file}, opening, people, drawer, "ann", login=True)
    assert "searchable now" in last
    hers, his = (seen_by(name, opening, people, login=True) for name in ("ann", "bob"))
    from assistant import ask

    assert "Ann" in str(ask.as_json(ask.ask("Which kites need a secret certification?", hers)))
    told = str(ask.as_json(ask.ask("Which kites need a secret certification?", his)))
    assert "Ann" not in told
    assert "plan" not in told
    name = next(e.instrument for e in hers.record.editions() if e.instrument.startswith("upload "))
    assert his.held(f"{name}, para. 1") is None
    assert name.removeprefix("upload ") in pane(opening, hers, people, login=True)
    assert "plan" not in pane(opening, his, people, login=True)
    *_, refused = changed({"does": "remove", "upload": name}, opening, people, drawer, "bob", login=True)
    assert "There is no" in refused
    stolen = changed({"does": "add", "file": file}, opening, people, drawer, "bob", login=True)
    assert "There is no document" in list(stolen)[-1]
    *_, gone = changed({"does": "remove", "upload": name}, opening, people, drawer, "ann", login=True)
    assert "is removed" in gone
