"""A language model that says what it is told to, behind a real OpenAI-compatible server on the loopback address."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Script = Callable[[str], str]


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hung up."""


class Adversary:
    """The server and its script: from the prompt it is sent to what it answers.

    `between` is called with what has been sent so far, before each further piece of a streamed reply.
    """

    def __init__(self) -> None:
        self.script: Script = lambda prompt: ""
        self.asked: list[str] = []
        self.status = 200
        self.between: Callable[[str], None] = lambda sent: None
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))

    @property
    def endpoint(self) -> str:
        """What the setting `endpoint` is to be."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def start(self) -> None:
        """Serve until closed."""
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving() -> Iterator[Adversary]:
    """An adversary while it is needed."""
    adversary = Adversary()
    adversary.start()
    try:
        yield adversary
    finally:
        adversary.close()


def _handler(adversary: Adversary) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            prompt = asked["messages"][-1]["content"]
            adversary.asked.append(prompt)
            if adversary.status != 200:
                self._send(adversary.status, "application/json", json.dumps({"error": {"message": "no"}}).encode())
                return
            reply = adversary.script(prompt)
            if asked.get("stream"):
                self._stream([reply[n : n + 64] for n in range(0, len(reply), 64)] or [""])
            else:
                message = {"role": "assistant", "content": reply}
                whole = _chunk(None) | {
                    "object": "chat.completion",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                }
                self._send(200, "application/json", json.dumps(whole).encode())

        def _stream(self, pieces: list[str]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            events = [
                *((piece, json.dumps(_chunk(piece))) for piece in pieces),
                ("", json.dumps(_chunk(None))),
                ("", "[DONE]"),
            ]
            sent = ""
            for piece, event in events:
                adversary.between(sent)
                self._chunk(f"data: {event}\n\n".encode())
                sent += piece
            self._chunk(b"")

        def _chunk(self, body: bytes) -> None:
            self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
            self.wfile.flush()

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def _chunk(piece: str | None) -> dict[str, Any]:
    delta = {} if piece is None else {"role": "assistant", "content": piece}
    choice = {"index": 0, "delta": delta, "finish_reason": "stop" if piece is None else None}
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "adversary", "choices": [choice]}
