"""The commands over HTTP: the same JSON, described by OpenAPI, and each person's files."""

import logging
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, File, Form, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant import ask as asking
from assistant import check as checks
from assistant import clause as clauses
from assistant import compare as comparing
from assistant import draft as drafts
from assistant.case import read_case
from assistant.desk import Desk
from assistant.errors import BadInput, NotReady, PinciteError
from assistant.standing import read_standing
from ui import checking
from ui.door import OWNER
from ui.files import safe_name
from ui.holdings import seen_by
from ui.house import AT_ONCE, MOST_WAITING, House
from ui.talk import BROKEN, read_day

_HTTP = {2: 400, 3: 404, 4: 409}
_AS_OF = Field(None, description="YYYY-MM-DD; today if not given.", examples=["2025-05-01"])
_log = logging.getLogger(__name__)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Question(_Body):
    """A question, and the day it is asked for."""

    question: str = Field(examples=["Which conventional arms transfer policy is in force?"])
    as_of: str | None = _AS_OF


class Written(_Body):
    """A citation in any usual form, and the day its status is wanted for."""

    citation: str = Field(examples=["AECA 36(b)(1)"])
    as_of: str | None = _AS_OF


class Pair(_Body):
    """Two citations, or one and a day; each may carry its own day after an @."""

    one: str = Field(examples=["NSM-18 @ 2024-05-01"])
    other: str = Field(examples=["2025-06-01"])
    as_of: str | None = _AS_OF


class Facts(_Body):
    """The facts of a case under the keys of a case file, the kind of memo, and the day it is drafted for."""

    case: dict[str, Any] = Field(
        examples=[{"id": "c1", "recipient": "Japan", "route": "FMS", "value_usd": {"mde": 30000000}}]
    )
    kind: str = Field(examples=["notification"])
    as_of: str | None = _AS_OF


class Refusal(BaseModel):
    """Why there is no result, in a sentence that says what to do; `near` where a citation names nothing."""

    error: str
    near: list[str] = []


def offer(app: FastAPI, house: House) -> None:
    """The commands and the files as routes; four searches and four look-ups at once, the rest wait their turn."""
    slow, quick = CapacityLimiter(AT_ONCE), CapacityLimiter(AT_ONCE)

    async def turn(request: Request, work: Callable[[Desk], Any], limiter: CapacityLimiter = slow) -> Any:
        if limiter.statistics().tasks_waiting >= MOST_WAITING:
            raise NotReady("Too many questions are waiting.", next_step="Ask again in a moment.")
        desk = seen_by(owner_of(request), house.opening, house.people, login=house.login)
        return await to_thread.run_sync(lambda: work(desk), limiter=limiter)

    not_there: dict[int | str, dict[str, Any]] = {404: {"model": Refusal}, 409: {"model": Refusal}}
    unready: dict[int | str, dict[str, Any]] = {409: {"model": Refusal}}

    @app.post("/api/ask", summary="Answer a question, as `pincite ask --json`", responses=unready)
    async def ask(body: Question, request: Request) -> dict[str, Any]:
        on = _day(body.as_of)
        found: dict[str, Any] = await turn(request, lambda desk: asking.as_json(asking.ask(body.question, desk, on)))
        return found

    @app.post("/api/cite", summary="Look a citation up, as `pincite cite --json`", responses=not_there)
    async def cite(body: Written, request: Request) -> dict[str, Any]:
        on = _day(body.as_of) or date.today()
        if not body.citation.strip() or len(body.citation) > 1_000:
            raise BadInput("That is not a citation.", next_step='Try: "22 USC 2776(b)(1)".')
        found: dict[str, Any] = await turn(request, lambda desk: looked_up(body.citation, desk, on), quick)
        return found

    @app.post("/api/compare", summary="Compare two provisions, as `pincite compare --json`", responses=not_there)
    async def compare(body: Pair, request: Request) -> dict[str, Any]:
        on = _day(body.as_of) or date.today()
        found: dict[str, Any] = await turn(
            request,
            lambda desk: comparing.as_json(comparing.compare(body.one, body.other, desk.corpus, desk.record, on)),
        )
        return found

    @app.post("/api/draft", summary="Draft a memo, as `pincite draft --json`")
    async def draft(body: Facts, request: Request) -> dict[str, Any]:
        on = _day(body.as_of)
        found: dict[str, Any] = await turn(
            request, lambda desk: drafts.as_json(drafts.draft(read_case(body.case), body.kind, desk, on))
        )
        return found

    @app.post("/api/check", summary="Check a memo, as `pincite check --json`")
    async def check(
        request: Request,
        file: Annotated[
            UploadFile, File(description="A .docx, .pdf, .html, .md or .txt memo; read apart and not kept.")
        ],
        as_of: Annotated[
            str | None, Form(description="YYYY-MM-DD; the memo's own date, else today, if not given.")
        ] = None,
    ) -> list[dict[str, Any]]:
        on, data, name = _day(as_of), await file.read(), safe_name(file.filename or "memo.txt")
        found: list[dict[str, Any]] = await turn(
            request, lambda desk: checks.as_json(checking.read_and_check(name, data, desk, on)[0])
        )
        return found

    @app.get("/api/status", summary="What is held and where, as `pincite status --json`")
    async def status(request: Request) -> dict[str, Any]:
        found: dict[str, Any] = await turn(request, lambda desk: _status(desk, house.login), quick)
        return {**found, "ready": house.opening.state.ready, "state": house.opening.state.words}

    @app.post("/files", include_in_schema=False)
    async def bring(request: Request, file: UploadFile) -> dict[str, str]:
        name = safe_name(file.filename or "file")
        return {"file": house.drawer.keep(owner_of(request), name, await file.read()), "name": name}

    @app.get("/files/{token}", include_in_schema=False)
    async def fetch(token: str, request: Request) -> Response:
        found = house.drawer.open(owner_of(request), token)
        if found is None:
            return JSONResponse(
                {"error": "There is no such file for you; it may have been forgotten. Make it again."}, 404
            )
        return Response(found.data, media_type=found.kind, headers={"content-disposition": found.disposition})


def owner_of(request: Request) -> str:
    """Whose request this is, as the door found."""
    return str(request.scope.get(OWNER, ""))


def looked_up(citation: str, desk: Desk, on: date) -> dict[str, Any]:
    """A citation's clause, or its clauses, as JSON."""
    found, ambiguous = clauses.look_up(citation, desk.corpus, desk.record, on)
    if len(found) == 1:
        return clauses.as_json(found[0])
    return {"provisions": [clauses.as_json(each) for each in found], "ambiguous": ambiguous}


def _status(desk: Desk, login: bool) -> dict[str, Any]:
    """The standing, without what is other people's."""
    standing = read_standing(desk.settings)
    seen = {(e.instrument, e.sha256) for e in desk.record.editions()}
    held = standing["record"]["editions"]
    standing["record"]["editions"] = [e for e in held if not login or (e["instrument"], e["sha256"]) in seen]
    return standing


def _day(written: str | None) -> date | None:
    return None if written is None else read_day(written)


def answer_errors(app: FastAPI) -> None:
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
        return JSONResponse({"error": BROKEN}, 500)
