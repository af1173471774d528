"""The page and the commands over HTTP, on this machine unless another address is asked for."""

import logging
import re
import socket
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import uvicorn
from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant import __version__
from assistant import ask as asking
from assistant import clause as clauses
from assistant.desk import Desk
from assistant.errors import BadInput, NotReady, PinciteError
from assistant.show import NOTICE
from assistant.standing import read_standing
from ui import app as chat
from ui.door import LOOPBACK, MOST_BYTES, Door

_HTTP = {2: 400, 3: 404, 4: 409}
_STAYS = {"page.css": "text/css", "page.js": "text/javascript"}
_log = logging.getLogger(__name__)


class Question(BaseModel):
    """A question, and the day it is asked for."""

    model_config = ConfigDict(extra="forbid", strict=True)
    question: str = Field(examples=["Which conventional arms transfer policy is in force?"])
    as_of: str | None = Field(None, description="YYYY-MM-DD; today if not given.", examples=["2025-05-01"])


class Written(BaseModel):
    """A citation in any usual form, and the day its status is wanted for."""

    model_config = ConfigDict(extra="forbid", strict=True)
    citation: str = Field(examples=["AECA 36(b)(1)"])
    as_of: str | None = Field(None, description="YYYY-MM-DD; today if not given.", examples=["2025-05-01"])


class Refusal(BaseModel):
    """Why there is no result, in a sentence that says what to do; `near` where a citation names nothing."""

    error: str
    near: list[str] = []


def run(desk: Desk, host: str, port: int) -> None:
    """Serve until stopped; BadInput where the address cannot be had."""
    listening = listen(host, port)
    near = host in {"localhost", "::1"} or host.startswith("127.")
    config = uvicorn.Config(
        build(desk, hosts=LOOPBACK | {host} if near else None), log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    shown = f"[{host}]" if ":" in host else host
    print(f"Pincite is at http://{shown}:{listening.getsockname()[1]}. Ctrl+C stops it. {NOTICE}", file=sys.stderr)
    if not near:
        print("There is no login: whoever can reach this address can ask and read what is held here.", file=sys.stderr)
    uvicorn.Server(config).run(sockets=[listening])


def build(desk: Desk, hosts: frozenset[str] | None = LOOPBACK) -> FastAPI:
    """The whole application over a desk; `hosts` are the Host names it answers to, None for any."""
    app = FastAPI(
        title="Pincite", version=__version__, description=f"The same JSON as the commands. {NOTICE}", openapi_url="/api/openapi.json",
        docs_url=None, redoc_url=None, responses={400: {"model": Refusal}},
    )  # fmt: skip
    app.add_middleware(Door, hosts=hosts)
    _answer_errors(app)
    _offer(app, desk)
    for name, kind in _STAYS.items():
        app.add_api_route(f"/{name}", _file(name, kind), include_in_schema=False)
    chat.mount(app, desk, MOST_BYTES)
    return app


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to an address; BadInput where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or error
        raise BadInput(
            f"{host}:{port} cannot be listened on ({why}).", next_step=f"Try: pincite serve --port {port % 60_000 + 1}"
        ) from None
    return listening


def _offer(app: FastAPI, desk: Desk) -> None:
    """The commands as routes; four at once, the rest wait their turn."""
    limiter = CapacityLimiter(chat.AT_ONCE)

    async def turn(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        if limiter.statistics().tasks_waiting >= chat.MOST_WAITING:
            raise NotReady("Too many questions are waiting.", next_step="Ask again in a moment.")
        return await to_thread.run_sync(work, limiter=limiter)

    @app.post("/api/ask", summary="Answer a question, as `pincite ask --json`")
    async def ask(body: Question) -> dict[str, Any]:
        on = _day(body)
        return await turn(lambda: asking.as_json(asking.ask(body.question, desk, on)))

    not_there: dict[int | str, dict[str, Any]] = {404: {"model": Refusal}, 409: {"model": Refusal}}

    @app.post("/api/cite", summary="Look a citation up, as `pincite cite --json`", responses=not_there)
    async def cite(body: Written) -> dict[str, Any]:
        on = _day(body) or date.today()
        if not body.citation.strip() or len(body.citation) > 1_000:
            raise BadInput("That is not a citation.", next_step='Try: "22 USC 2776(b)(1)".')
        return await turn(lambda: _looked_up(body.citation, desk, on))

    @app.get("/api/status", summary="What is held and where, as `pincite status --json`")
    async def status() -> dict[str, Any]:
        return await turn(lambda: read_standing(desk.settings))


def _day(body: Question | Written) -> date | None:
    return None if body.as_of is None else chat.read_day(body.as_of)


def _looked_up(citation: str, desk: Desk, on: date) -> dict[str, Any]:
    found, ambiguous = clauses.look_up(citation, desk.corpus, desk.record, on)
    if len(found) == 1:
        return clauses.as_json(found[0])
    return {"provisions": [clauses.as_json(each) for each in found], "ambiguous": ambiguous}


def _answer_errors(app: FastAPI) -> None:
    """Every failure as JSON with one sentence."""

    @app.exception_handler(PinciteError)
    async def known(request: Request, error: PinciteError) -> JSONResponse:
        near = getattr(error, "near", None)
        told = {"error": str(error), **({"near": list(near)} if near is not None else {})}
        return JSONResponse(told, _HTTP.get(error.exit_status, 500))

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part != "body")
        said = re.sub(r"\s+", " ", str(first["msg"]))
        sentence = f"{where}: {said}." if where else "The request is not a JSON object."
        return JSONResponse({"error": f"{sentence} What is taken is described at /api/openapi.json."}, 400)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": str(error.detail)}, error.status_code, error.headers)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        _log.error("A request failed", exc_info=error)
        return JSONResponse({"error": chat.BROKEN}, 500)


def _file(name: str, kind: str) -> Callable[[], FileResponse]:
    def file() -> FileResponse:
        return FileResponse(chat.HERE / name, media_type=kind)

    return file
