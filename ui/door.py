"""The door of the page: who may knock, what is let in, and what every reply carries."""

import hashlib
import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import login as logging_in
from ui.headers import STAYS, Hashed, carrying
from ui.keeping import Kept
from ui.login import COOKIE, Locked, Login, read_cookie

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
MOST_BYTES = 1_048_576
MOST_FILE_BYTES = 26_214_400
OWNER = "pincite.owner"

# What the page and the commands over HTTP use. gradio has more (uploads, a proxy, file serving, its own API): those stay shut.
_PATHS = frozenset({
    "/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt", "/page.css", "/page.js",
    "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/startup-events", "/gradio_api/cancel", "/gradio_api/reset",
    "/files", "/mcp",
})  # fmt: skip
_FOLDERS = ("/api/", "/assets/", "/static/", "/svelte/", "/files/", "/gradio_api/heartbeat/")
_WITHOUT_LOGIN = frozenset({"/page.css", "/favicon.ico", "/robots.txt"})
_BRING_FILES = frozenset({"/files", "/api/check"})


class Door:
    """ASGI middleware; `hosts` are the names that may be asked for, None for any; `login` is who may come in, None for all.

    What goes on carries its owner in the scope: the person who logged in, or whoever holds the cookie of this browser.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None = LOOPBACK, login: Login | None = None) -> None:
        self.app = app
        self.hosts = hosts
        self.login = login
        self._kept = Kept(Hashed(app))
        self._conversations: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say in one sentence why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        send = carrying(send, scope["path"])
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        status, error = self._refusal(scope, headers)
        body = None
        if not error and scope["method"] not in {"GET", "HEAD"}:
            most = MOST_FILE_BYTES if scope["path"] in _BRING_FILES else MOST_BYTES
            body = await _body(receive, most)
            if body is None:
                status, error = 413, f"The request is larger than {most:,} bytes."
        if error:
            await _refuse(send, status, error)
            return
        if self.login and scope["path"] in {"/login", "/logout"}:
            await self._come_or_go(self.login, scope, headers, body or b"", send)
            return
        try:
            owner, send = await self._owner(scope, headers, send)
        except Locked:
            await _refuse(send, 429, _LOCKED)
            return
        if owner is None:
            await _ask_who(scope, headers, send)
            return
        if not self._is_their_conversation(scope, body, owner):
            await _refuse(send, 403, "That conversation is another person's.")
            return
        scope = {**scope, OWNER: owner}
        if scope["path"] == "/":
            plainly = [h for h in scope["headers"] if h[0] != b"accept-encoding"]
            scope = {**scope, "query_string": b"", "headers": plainly}
        await self._kept(scope, receive if body is None else _again(body, receive), send)

    async def _owner(self, scope: Scope, headers: Mapping[bytes, str], send: Send) -> tuple[str | None, Send]:
        """Whose request this is; None for nobody's where one must log in."""
        if self.login:
            if scope["path"] in _WITHOUT_LOGIN or scope["path"].startswith(STAYS):
                return "", send
            return await to_thread.run_sync(self.login.person, headers, _address(scope)), send
        if token := read_cookie(headers, COOKIE):
            return hashlib.sha256(token.encode()).hexdigest()[:32], send
        if scope["path"] != "/":
            return "", send
        token = secrets.token_urlsafe(24)
        return hashlib.sha256(token.encode()).hexdigest()[:32], _setting(send, scope, token)

    async def _come_or_go(
        self, login: Login, scope: Scope, headers: Mapping[bytes, str], body: bytes, send: Send
    ) -> None:
        if scope["path"] == "/logout":
            login.leave(read_cookie(headers, COOKIE))
            await _redirect(_setting(send, scope, ""), "/login")
            return
        if scope["method"] != "POST":
            await _show(send, 200, logging_in.login_page())
            return
        given = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
        name, password = given.get("name", [""])[0], given.get("password", [""])[0]
        try:
            token = await to_thread.run_sync(login.enter, name, password, _address(scope))
        except Locked:
            await _show(send, 429, logging_in.login_page(_LOCKED))
            return
        if token is None:
            await _show(send, 401, logging_in.login_page("That is not a name and its password."))
            return
        await _redirect(_setting(send, scope, token), "/")

    def _is_their_conversation(self, scope: Scope, body: bytes | None, owner: str) -> bool:
        """Whether gradio's key to a conversation is used by the one who used it first."""
        path = scope["path"]
        if not path.startswith("/gradio_api/"):
            return True
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0]
        if path.startswith("/gradio_api/heartbeat/"):
            asked = path.rpartition("/")[2]
        elif body:
            try:
                told = json.loads(body)
                asked = str(told.get("session_hash", "")) if isinstance(told, dict) else ""
            except (ValueError, RecursionError):
                asked = ""
        if not asked:
            return True
        first = self._conversations.setdefault(asked[:100], owner)
        self._conversations.move_to_end(asked[:100])
        while len(self._conversations) > _MOST_CONVERSATIONS:
            self._conversations.popitem(last=False)
        return first == owner

    def _refusal(self, scope: Scope, headers: Mapping[bytes, str]) -> tuple[int, str]:
        host = headers.get(b"host", "").lower()
        if self.hosts is not None and re.sub(r":\d*$", "", host) not in self.hosts:
            return 421, "This address is not served here. Open the page under the address that pincite printed."
        origin = headers.get(b"origin")
        if origin is not None and origin.lower() not in {f"http://{host}", f"https://{host}"}:
            return 403, "Requests from other sites are refused."
        if scope["method"] not in {"GET", "HEAD"} and headers.get(b"sec-fetch-site", "same-origin") not in {
            "same-origin",
            "none",
        }:
            return 403, "Requests from other sites are refused."
        path = scope["path"]
        if path not in _PATHS and not path.startswith(_FOLDERS) and not (self.login and path in {"/login", "/logout"}):
            return 404, "There is nothing here. The page is at / and the description of the API at /api/openapi.json."
        return 200, ""


_MOST_CONVERSATIONS = 20_000
_LOCKED = "Too many wrong passwords. Wait a quarter of an hour, then try again."


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _setting(send: Send, scope: Scope, token: str) -> Send:
    """Replies that set this browser's cookie, or end it; scripts cannot read it and other sites cannot send it."""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    ends = "; Max-Age=0" if not token else ""
    cookie = f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{ends}".encode()

    async def setting(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), (b"set-cookie", cookie)]}
        await send(message)

    return setting


async def _ask_who(scope: Scope, headers: Mapping[bytes, str], send: Send) -> None:
    """The way to the login page for a browser that opens the page; a sentence for everything else."""
    if scope["path"] == "/" and scope["method"] in {"GET", "HEAD"} and b"authorization" not in headers:
        await _redirect(send, "/login")
        return
    more = [] if b"sec-fetch-mode" in headers else [(b"www-authenticate", b'Basic realm="pincite", charset="UTF-8"')]
    await _refuse(send, 401, "Log in at /login, or send a name and password with each request.", more)


async def _redirect(send: Send, where: str) -> None:
    headers = [(b"location", where.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _show(send: Send, status: int, page: str) -> None:
    body = page.encode()
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body; None for one that is too large."""
    found = bytearray()
    while True:
        message = await receive()
        found += bytes(message.get("body", b""))
        if len(found) > most:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(found)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read once more; then what comes after it."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


async def _refuse(send: Send, status: int, error: str, more: list[tuple[bytes, bytes]] | None = None) -> None:
    body = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *(more or [])]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
