"""What every reply carries: headers that keep other sites out, and a policy that lets the page reach nobody else."""

import base64
import hashlib
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STAYS = ("/assets/", "/static/", "/svelte/")
NAMED_BY_CONTENT = "/assets/"

# gradio compiles the template and the script of its HTML component with Function, hence 'unsafe-eval', and Svelte writes
# style attributes, hence 'unsafe-inline' for styles. Inline handlers and javascript: links stay forbidden, and inline
# scripts are those the page ships, by their hashes. No address but the page's own can be reached from it.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
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


def carrying(send: Send, path: str) -> Send:
    """Replies with our headers, and without any that would let another site read them."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {**_HEADERS, "content-security-policy": _POLICY.format(scripts="")}
            if not path.startswith(STAYS):
                ours["cache-control"] = "no-store"
            elif path.startswith(NAMED_BY_CONTENT) and message["status"] == 200:
                ours["cache-control"] = "public, max-age=31536000, immutable"
            sent = [(n, v) for n, v in message.get("headers", []) if not n.startswith(b"access-control-")]
            there = {n.lower() for n, _ in sent} - {b"cache-control"}
            sent = [(n, v) for n, v in sent if n.lower() != b"cache-control" or "cache-control" not in ours]
            sent += [(n.encode(), v.encode()) for n, v in ours.items() if n.encode() not in there]
            message = {**message, "headers": sent}
        await send(message)

    return sending


class Hashed:
    """ASGI middleware: the page at / carries the hashes of its own inline scripts in its policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a reply to / is held until it is whole."""
        await self.app(scope, receive, _hashed(send) if scope["path"] == "/" else send)


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
