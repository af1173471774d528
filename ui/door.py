"""The door of the page: who may knock, what is let in, and what every reply carries."""

import base64
import hashlib
import json
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
MOST_BYTES = 1_048_576

# What the page and the commands over HTTP use. gradio has more (uploads, a proxy, file serving, its own API): those stay shut.
_PATHS = frozenset({
    "/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt", "/page.css", "/page.js",
    "/gradio_api/queue/join", "/gradio_api/queue/data", "/gradio_api/startup-events", "/gradio_api/cancel", "/gradio_api/reset",
})  # fmt: skip
_FOLDERS = ("/api/", "/assets/", "/static/", "/svelte/", "/gradio_api/heartbeat/")
_KEPT = ("/assets/", "/static/", "/svelte/")

# gradio compiles the template of its HTML component with Function, hence 'unsafe-eval'; inline handlers and javascript:
# links stay forbidden, and inline scripts are those the page ships, by their hashes.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Door:
    """ASGI middleware; `hosts` are the names that may be asked for, None for any."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say in one sentence why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        send = _carrying(send, scope["path"])
        status, error = self._refusal(scope)
        body = None
        if not error and scope["method"] not in {"GET", "HEAD"}:
            body = await _body(receive)
            if body is None:
                status, error = 413, f"The request is larger than {MOST_BYTES:,} bytes."
        if error:
            await _refuse(send, status, error)
            return
        if scope["path"] == "/":
            scope = {
                **scope,
                "query_string": b"",
                "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"],
            }
            send = _hashed(send)
        await self.app(scope, receive if body is None else _again(body, receive), send)

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
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
        if path not in _PATHS and not path.startswith(_FOLDERS):
            return 404, "There is nothing here. The page is at / and the description of the API at /api/openapi.json."
        return 200, ""


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None for one that is too large."""
    found = b""
    while True:
        message = await receive()
        found += bytes(message.get("body", b""))
        if len(found) > MOST_BYTES:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return found


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read once more; then what comes after it."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


def _carrying(send: Send, path: str) -> Send:
    """Replies with our headers, and without any that would let another site read them."""

    async def carrying(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {**_HEADERS, "content-security-policy": _POLICY.format(scripts="")}
            if not path.startswith(_KEPT):
                ours["cache-control"] = "no-store"
            sent = [(n, v) for n, v in message.get("headers", []) if not n.startswith(b"access-control-")]
            there = {n.lower() for n, _ in sent} - {b"cache-control"}
            sent = [(n, v) for n, v in sent if n.lower() != b"cache-control" or path.startswith(_KEPT)]
            sent += [(n.encode(), v.encode()) for n, v in ours.items() if n.encode() not in there]
            message = {**message, "headers": sent}
        await send(message)

    return carrying


def _hashed(send: Send) -> Send:
    """The page with the hashes of its own inline scripts in its policy."""
    started: list[Message] = []
    body = bytearray()

    async def hashed(message: Message) -> None:
        if message["type"] == "http.response.start":
            started.append(message)
            return
        if message["type"] != "http.response.body":
            await send(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body", False):
            return
        scripts = "".join(
            f" 'sha256-{base64.b64encode(hashlib.sha256(s).digest()).decode()}'" for s in _INLINE.findall(bytes(body))
        )
        headers = [
            *started[0].get("headers", []),
            (b"content-security-policy", _POLICY.format(scripts=scripts).encode()),
        ]
        await send({**started[0], "headers": headers})
        await send({"type": "http.response.body", "body": bytes(body)})

    return hashed


async def _refuse(send: Send, status: int, error: str) -> None:
    body = json.dumps({"error": error}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
