"""Replies made once and sent to everybody: which are, and which are never."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.desk import Desk
from ui import keeping
from ui.keeping import Kept
from ui.server import build


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def client(made: list[str]) -> TestClient:
    """An application that counts what it makes, behind what keeps."""

    async def make(request: Request) -> Response:
        made.append(request.url.path)
        status = 404 if "missing" in request.url.path else 200
        headers = {"set-cookie": "a=b"} if request.url.path == "/page.js" else {}
        return Response(f"{request.headers['host']} {len(made)} " + "x" * 500, status, headers)

    app = Kept(Starlette(routes=[Route("/{path:path}", make, methods=["GET", "POST"])]))
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/assets/index.js", "/static/a.svg"])
def test_what_is_the_same_for_everybody_is_made_once(client: TestClient, made: list[str], path: str) -> None:
    first, second = client.get(path, headers={"cookie": "a=1"}), client.get(path, headers={"cookie": "a=2"})
    assert len(made) == 1
    assert first.content == second.content
    assert first.headers == second.headers


@pytest.mark.parametrize(
    "path", ["/api/status", "/files/x", "/gradio_api/queue/data", "/assets/missing.js", "/page.js"]
)
def test_what_is_somebodys_own_or_fails_or_sets_a_cookie_is_made_each_time(
    client: TestClient, made: list[str], path: str
) -> None:
    for _ in range(2):
        client.get(path)
    assert len(made) == 2


@pytest.mark.parametrize(
    "headers", [{"host": "other"}, {"accept-encoding": "br"}, {"x-forwarded-host": "h"}, {"x-forwarded-proto": "https"}]
)
def test_another_address_or_packing_is_another_reply(
    client: TestClient, made: list[str], headers: dict[str, str]
) -> None:
    client.get("/", headers={"accept-encoding": "gzip"})
    client.get("/", headers={"accept-encoding": "gzip", **headers})
    assert len(made) == 2


def test_a_part_a_question_of_change_and_anything_but_get_go_through(client: TestClient, made: list[str]) -> None:
    for _ in range(2):
        client.get("/", headers={"range": "bytes=0-1"})
        client.get("/", headers={"if-none-match": "x"})
        client.post("/")
        client.head("/")
    assert len(made) == 8


def test_no_more_is_kept_than_there_is_room_for(
    client: TestClient, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_REPLIES", 3)
    for number in range(5):
        client.get(f"/assets/{number}.js")
    client.get("/assets/4.js")
    assert len(made) == 5
    client.get("/assets/0.js")
    assert len(made) == 6
    monkeypatch.setattr(keeping, "MOST_BYTES", 1_000)
    client.get("/assets/large.js")
    client.get("/assets/large.js")
    assert len(made) == 8


def test_the_kept_page_gives_each_browser_its_own_cookie_and_stays_under_its_policy(desk: Desk) -> None:
    with TestClient(build(desk), base_url="http://127.0.0.1") as client:
        replies = []
        for _ in range(2):
            client.cookies.clear()
            replies.append(client.get("/"))
        one, other = replies
        assert one.content == other.content
        assert one.headers["set-cookie"] != other.headers["set-cookie"]
        assert "'sha256-" in other.headers["content-security-policy"]
        assert other.headers["cache-control"] == "no-store"
        script = one.text.split('src="./assets/')[1].split('"')[0]
        for _ in range(2):
            asset = client.get(f"/assets/{script}")
            assert asset.headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
            assert asset.headers["x-content-type-options"] == "nosniff"
        assert "immutable" not in client.get("/assets/none.js").headers.get("cache-control", "")
