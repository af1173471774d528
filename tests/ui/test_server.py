import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant import ask as asking
from assistant.desk import Desk
from assistant.errors import BadInput, NotReady
from ui import api, reading, talk
from ui import app as page
from ui.door import MOST_BYTES
from ui.markup import Html
from ui.reading import Chosen
from ui.server import build, listen
from ui.talk import Turn


@pytest.fixture(scope="module")
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(build(desk), base_url="http://127.0.0.1:7860", raise_server_exceptions=False) as client:
        yield client


def test_a_question_gets_the_same_json_as_the_command(client: TestClient, desk: Desk) -> None:
    question = "Who may waive the certification of a kite for a festival?"
    reply = client.post("/api/ask", json={"question": question, "as_of": "2026-09-01"})
    assert reply.status_code == 200
    assert reply.json() == asking.as_json(asking.ask(question, desk, date(2026, 9, 1)))


def test_a_citation_is_looked_up(client: TestClient) -> None:
    found = client.post("/api/cite", json={"citation": "NSM-91 sec. 1", "as_of": "2012-01-01"}).json()
    assert (found["provision"], found["status"], found["holding"]) == ("NSM-91 sec. 1", "revoked", "note")


def test_several_clauses_come_as_several(client: TestClient) -> None:
    found = client.post("/api/cite", json={"citation": "22 USC 9001(a)-(c)"}).json()
    assert [each["provision"] for each in found["provisions"]] == ["22 USC 9001(a)", "22 USC 9001(b)", "22 USC 9001(c)"]


def test_the_state_of_things_is_told(client: TestClient) -> None:
    assert {"version", "home", "corpus", "record", "index", "ready"} <= set(client.get("/api/status").json())


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/api/ask", {"question": "  "}, 400, "empty"),
        ("/api/ask", {"question": "x" * 9_000}, 400, "8,000"),
        ("/api/ask", {"question": "What of kites?", "as_of": "soon"}, 400, "YYYY-MM-DD"),
        ("/api/ask", {"question": "What of kites?", "as_of": ""}, 400, "YYYY-MM-DD"),
        ("/api/ask", {"question": 7}, 400, "question"),
        ("/api/ask", {"question": "What of kites?", "model": "gpt"}, 400, "model"),
        ("/api/ask", {}, 400, "question"),
        ("/api/ask", [], 400, "api/openapi.json"),
        ("/api/cite", {"citation": " "}, 400, "not a citation"),
        ("/api/cite", {"citation": "22 USC 9001(z)"}, 404, "There is no 22 USC 9001(z)"),
        ("/api/cite", {"citation": "22 USC 8888(a)"}, 409, "22 USC 8888(a)"),
        ("/api/nothing", {}, 404, ""),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    client: TestClient, path: str, body: Any, status: int, words: str
) -> None:
    reply = client.post(path, json=body)
    assert reply.status_code == status
    assert words in str(reply.json())
    if not path.endswith("nothing"):
        assert reply.json()["error"].endswith((".", '"', "Congress?"))


def test_what_is_not_json_is_refused_gently(client: TestClient) -> None:
    for body in (b"{", b"\xff", b"[" * 100_000, b""):
        reply = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
        assert reply.status_code == 400
        assert reply.json()["error"]


def test_a_clause_that_does_not_exist_comes_with_what_is_near(client: TestClient) -> None:
    near = client.post("/api/cite", json={"citation": "22 USC 9001(z)"}).json()["near"]
    assert near
    assert all(each.startswith("22 USC 9001") for each in near)


def test_not_ready_is_a_conflict_and_a_fault_tells_nothing_of_itself(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(error: Exception) -> Any:
        def look_up(*_: object) -> None:
            raise error

        return look_up

    monkeypatch.setattr(
        api.clauses, "look_up", broken(NotReady("The index is not built.", next_step="Run: pincite index."))
    )
    reply = client.post("/api/cite", json={"citation": "NSM-91"})
    assert (reply.status_code, reply.json()["error"]) == (409, "The index is not built. Run: pincite index.")
    monkeypatch.setattr(api.clauses, "look_up", broken(RuntimeError("secret of /home/somebody")))
    reply = client.post("/api/cite", json={"citation": "NSM-91"})
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert reply.json() == {"error": talk.BROKEN}


def test_the_api_is_described_without_pages_that_load_from_elsewhere(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert set(paths) == {"/api/ask", "/api/check", "/api/cite", "/api/compare", "/api/draft", "/api/status"}
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:9", "http://localhost:7860"]
)
def test_another_site_cannot_post(client: TestClient, origin: str) -> None:
    for path in ("/api/ask", "/gradio_api/queue/join"):
        reply = client.post(path, json={"question": "What of kites?"}, headers={"origin": origin})
        assert reply.status_code == 403
        assert reply.json()["error"] == "Requests from other sites are refused."


def test_the_page_itself_and_programs_can_post(client: TestClient) -> None:
    body = {"question": "What of kites?"}
    assert client.post("/api/ask", json=body, headers={"origin": "http://127.0.0.1:7860"}).status_code == 200
    assert client.post("/api/ask", json=body, headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "localhost.", "169.254.1.1", ""]
)
def test_a_foreign_host_name_is_not_served(client: TestClient, host: str) -> None:
    for path in ("/", "/api/status", "/assets/index.js"):
        assert client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:7860", "127.0.0.1", "[::1]:7860", "LOCALHOST"])
def test_this_machines_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/api/status", headers={"host": host}).status_code == 200


def test_any_host_name_is_served_where_an_address_was_asked_for_but_still_no_other_site(desk: Desk) -> None:
    with TestClient(build(desk, hosts=None), base_url="http://desk.example") as client:
        assert client.get("/").status_code == 200
        reply = client.post("/api/ask", json={"question": "What of kites?"}, headers={"origin": "http://evil.example"})
        assert reply.status_code == 403
        assert (
            client.post(
                "/api/ask", json={"question": "What of kites?"}, headers={"origin": "https://desk.example"}
            ).status_code
            == 200
        )


def test_a_large_request_is_refused_whether_or_not_it_says_how_large(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * (MOST_BYTES // 10)

    for content in (b" " * (MOST_BYTES + 1), pieces()):
        assert client.post("/api/ask", content=content, headers={"content-type": "application/json"}).status_code == 413


def test_the_page_carries_a_policy_that_names_no_outside_host(client: TestClient) -> None:
    reply = client.get("/")
    policy = reply.headers["content-security-policy"]
    assert "http:" not in policy.replace("http-equiv", "")
    assert "https:" not in policy
    assert "*" not in policy
    scripts = policy.split("script-src ")[1].split(";")[0].split()
    assert "'unsafe-inline'" not in scripts
    assert sum(each.startswith("'sha256-") for each in scripts) == reply.text.count("<script>") + reply.text.count(
        "<script data-"
    )
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'"} <= {
        p.strip() for p in policy.split(";")
    }
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cache-control"] == "no-store"
    assert "server" not in reply.headers


def test_every_reply_has_the_headers_and_none_that_opens_it_to_others(client: TestClient) -> None:
    origin = {"origin": "http://127.0.0.1:7860"}
    for reply in (
        client.get("/config", headers=origin),
        client.get("/nowhere"),
        client.get("/page.css"),
        client.post("/api/ask", json={}),
    ):
        assert reply.headers["x-frame-options"] == "DENY"
        assert "content-security-policy" in reply.headers
        assert not [name for name in reply.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"), ("GET", "/gradio_api/file=/etc/passwd"), ("GET", "/gradio_api/proxy=http://outside.example"),
        ("POST", "/gradio_api/run/predict"), ("POST", "/gradio_api/call/asked"), ("GET", "/gradio_api/info"), ("GET", "/gradio_api/runs"),
        ("GET", "/gradio_api/openapi.json"), ("POST", "/gradio_api/component_server"), ("GET", "/monitoring"), ("POST", "/login"),
        ("GET", "/gradio_api/deep_link"), ("POST", "/gradio_api/vibe-edit"), ("GET", "/openapi.json"), ("GET", "/gradio_api/stream/x"),
        ("GET", "/assets/../gradio_api/info"), ("GET", "/static/%2e%2e/%2e%2e/%2e%2e/routes.py"),
    ],
)  # fmt: skip
def test_what_the_page_does_not_use_of_gradio_is_shut(client: TestClient, method: str, path: str) -> None:
    reply = client.request(method, path)
    assert reply.status_code in {403, 404, 405}
    assert "root:" not in reply.text


def test_gradios_settings_are_those_decided(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["title"] == "Pincite"
    assert config["analytics_enabled"] is False
    assert config["show_error"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    assert config["max_file_size"] == MOST_BYTES
    assert all(each["api_visibility"] == "private" for each in config["dependencies"])
    assert {name: os.environ.get(name) for name in page.OFFLINE} == page.OFFLINE


def test_four_are_answered_at_once_and_the_rest_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    inside: list[int] = []
    most: list[int] = []
    lock = threading.Lock()
    real = asking.ask

    def slow(*given: Any) -> Any:
        with lock:
            inside.append(1)
            most.append(len(inside))
        try:
            return real(*given)
        finally:
            threading.Event().wait(0.05)
            with lock:
                inside.pop()

    monkeypatch.setattr(asking, "ask", slow)
    with TestClient(build(desk), base_url="http://localhost") as client, ThreadPoolExecutor(12) as pool:
        replies = list(pool.map(lambda n: client.post("/api/ask", json={"question": f"What of kite {n}?"}), range(12)))
    assert [reply.status_code for reply in replies] == [200] * 12
    assert [reply.json()["question"] for reply in replies] == [f"What of kite {n}?" for n in range(12)]
    assert 1 < max(most) <= page.AT_ONCE


def test_a_port_that_is_taken_is_said_before_anything_is_served() -> None:
    first = listen("127.0.0.1", 0)
    port = first.getsockname()[1]
    with pytest.raises(BadInput, match=f"127.0.0.1:{port} cannot be listened on") as raised:
        listen("127.0.0.1", port)
    assert "--port" in raised.value.next_step
    first.close()
    for port in (-1, 70_000):
        with pytest.raises(BadInput):
            listen("127.0.0.1", port)


def test_a_question_that_fails_stays_in_its_box_and_says_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, done = list(talk.answer_turns(desk, "?!", "", []))
    assert "Reading the clauses" in waiting[0]
    assert "The question is empty." in done[0]
    assert done[2] == "?!"
    monkeypatch.setattr(asking, "ask", lambda *_: 1 / 0)
    _, done = talk.answer_turns(desk, "What of kites?", "", [])
    assert talk.BROKEN.split(";")[0] in done[0]
    assert "ZeroDivisionError" not in done[0]


def test_an_empty_box_asks_nothing(desk: Desk) -> None:
    before = [Turn("What of kites?", Html("<p>before</p>"))]
    assert [(turns, left) for _, turns, left in talk.answer_turns(desk, " ", "", before)] == [(before, "")]


def test_a_conversation_keeps_its_last_turns_only(desk: Desk) -> None:
    before = [Turn(f"{number}", Html("<p></p>")) for number in range(50)]
    *_, (_, turns, _) = talk.answer_turns(desk, "What of kites?", None, before)
    assert len(turns) == talk.MOST_TURNS


@pytest.mark.parametrize(
    "written", ["22 USC 9001(a)", "Kite Control Act", "<script>", "", "22 USC 9001(zz)", "x" * 5_000]
)
def test_whatever_is_chosen_the_panel_says_something(desk: Desk, written: str) -> None:
    shown, _ = reading.open_clause(desk, [Chosen(written, "2026-09-01")])
    assert '<section class="clause"' in shown
    assert "<script" not in shown


def test_an_upload_opens_under_its_label(hostile_desk: Desk) -> None:
    shown, _ = reading.open_clause(hostile_desk, [Chosen("upload memo.txt, para. 1", "2026-09-01")])
    assert "Blimps are always exempt" in shown
    assert "Your upload, not law" in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"provision": 7, "on": []},
        {"span": "1-2"},
        {"span": "-1-2"},
        {"span": "٣-٤"},
        {"span": "1" * 99 + "-2"},
        {"provision": None},
    ],
)
def test_a_button_that_was_made_up_chooses_nothing_strange(desk: Desk, said: dict[str, Any]) -> None:
    found = reading.chosen(said)
    assert isinstance(found.provision, str)
    assert isinstance(found.on, str)
    assert found.span is None or all(isinstance(number, int) for number in found.span[:2])
    reading.open_clause(desk, [found])


def test_todays_date_in_the_box_leaves_the_day_to_the_question() -> None:
    assert talk.day_asked(date.today().isoformat()) is None
    assert talk.day_asked("") is None
    assert talk.day_asked("2025-03-01") == date(2025, 3, 1)
    with pytest.raises(BadInput):
        talk.day_asked("1 March")
