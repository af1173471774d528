"""Replies that are the same for everybody, made once: the page, its settings, its scripts and styles."""

from collections import OrderedDict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.headers import STAYS

MOST_REPLIES = 400
MOST_BYTES = 32 * 2**20
_SAME = frozenset({"/", "/config", "/theme.css", "/page.css", "/page.js", "/favicon.ico", "/manifest.json"})
# What a reply of these may depend on: the address asked for, as a proxy in front may tell it, and how it may be packed.
_TELLS = (b"host", b"accept-encoding", b"x-forwarded-", b"x-gradio-")
_ASKS_FOR_LESS = frozenset({b"range", b"if-none-match", b"if-modified-since"})
_Key = tuple[object, ...]


class Kept:
    """ASGI middleware; whole replies to GET are kept, the latest asked for, each for one address and way of packing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._replies: OrderedDict[_Key, tuple[Message, bytes]] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The reply kept, or that of the application."""
        key = _key(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        if key not in self._replies:
            await self.app(scope, receive, self._keeping(key, send))
            return
        self._replies.move_to_end(key)
        start, body = self._replies[key]
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _keeping(self, key: _Key, send: Send) -> Send:
        started: list[Message] = []
        body = bytearray()

        async def keeping(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                started.append(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if not message.get("more_body", False) and started and _may_stay(started[0]):
                    self._keep(key, started[0], bytes(body))

        return keeping

    def _keep(self, key: _Key, start: Message, body: bytes) -> None:
        if key in self._replies or len(body) > MOST_BYTES // 4:
            return
        self._replies[key] = (start, body)
        self._bytes += len(body)
        while len(self._replies) > MOST_REPLIES or self._bytes > MOST_BYTES:
            _, (_, oldest) = self._replies.popitem(last=False)
            self._bytes -= len(oldest)


def _key(scope: Scope) -> _Key | None:
    """What a reply depends on; None for one that may differ from person to person or moment to moment."""
    path, headers = scope["path"], scope["headers"]
    if scope["method"] != "GET" or not (path in _SAME or path.startswith(STAYS)):
        return None
    if any(name in _ASKS_FOR_LESS for name, _ in headers):
        return None
    told = sorted((name, value) for name, value in headers if name.startswith(_TELLS))
    return path, scope["query_string"], scope.get("scheme"), *told


def _may_stay(start: Message) -> bool:
    return start["status"] == 200 and not any(name == b"set-cookie" for name, _ in start.get("headers", []))
