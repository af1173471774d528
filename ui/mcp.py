"""The desk as tools for other programs: ask, look up, compare, determine, check; nothing here changes anything."""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field
from starlette.routing import Route

from assistant import __version__, determine
from assistant import ask as asking
from assistant import check as checks
from assistant import compare as comparing
from assistant.case import read_case
from assistant.check import memo_of
from assistant.desk import Desk
from assistant.errors import BadInput, PinciteError
from assistant.show import NOTICE
from ui.api import looked_up
from ui.door import OWNER
from ui.holdings import seen_by
from ui.house import AT_ONCE, House
from ui.talk import read_day

_LONGEST_MEMO = 400_000
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
AsOf = Annotated[str | None, Field(description="The day to answer for, YYYY-MM-DD; today if not given.")]
Made = TypeVar("Made")


class _Result(BaseModel):
    model_config = ConfigDict(extra="allow")


class Cited(_Result):
    """A clause that a sentence rests on, with its status on the date and what is held of it."""

    provision: str
    cite: str
    quote: str | None = None
    edition: str | None = None
    authority: str
    status: str
    holding: str
    verdict: str


class Claim(_Result):
    """A sentence and the clauses it rests on; `kind` is quote, note, rule or model."""

    text: str
    kind: str
    citations: list[Cited]


class Warned(_Result):
    """What a reader must not miss."""

    code: str
    text: str
    provision: str | None = None


class Answer(_Result):
    """Claims with citations; or, where `abstained`, the reason and the nearest authorities."""

    question: str
    as_of: str
    checked_through: str
    abstained: bool
    reason: str | None = None
    claims: list[Claim]
    warnings: list[Warned]
    nearest: list[dict[str, Any]]
    stamp: dict[str, str]


class Clause(_Result):
    """A clause: note, text where held, status on the date, history and what refers to it."""

    provision: str
    cite: str
    heading: str
    note: str | None = None
    text: str | None = None
    status: str
    holding: str


class Found(BaseModel):
    """The clauses that a citation names; `ambiguous` where it may mean any one of them."""

    provisions: list[Clause]
    ambiguous: bool


class Comparison(_Result):
    """Two clauses, or one on two days; segments are equal, removed or added runs of words."""

    before: dict[str, Any]
    after: dict[str, Any]
    segments: list[dict[str, str]]
    changes: list[dict[str, Any]]
    warnings: list[str]


class Determination(_Result):
    """What the dated tables determine of a case; null says that a fact is missing."""

    notification: dict[str, Any]
    qme: bool | None = None
    cta: dict[str, Any]
    stops: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    facts_needed: list[dict[str, Any]]
    flags: list[dict[str, Any]]


class Finding(_Result):
    """One thing found in a memo, with its place in the text given."""

    line: int
    start: int
    end: int
    written: str
    verdict: str
    detail: str
    provision: str | None = None
    suggestion: str | None = None


class Findings(BaseModel):
    """Everything found, in the order of the text."""

    findings: list[Finding]


class Tools:
    """The tools over a house; `route` answers under /mcp while `running`."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._limiter = CapacityLimiter(AT_ONCE)
        self.server: MCPServer[Any] = MCPServer(
            "pincite", title="Pincite", version=__version__, log_level="WARNING",
            instructions=f"U.S. conventional arms transfer policy and law; every sentence names its clause. {NOTICE}",
        )  # fmt: skip
        for name, title, work in (
            ("ask", "Answer a question", self.ask), ("look_up", "Look a citation up", self.look_up), ("compare", "Compare two clauses", self.compare),
            ("determine", "Determine what a case needs", self.determine), ("check", "Check a memo", self.check),
        ):  # fmt: skip
            self.server.add_tool(work, name=name, title=title, annotations=_READ_ONLY, structured_output=True)
        served = self.server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        [self.route] = [each for each in served.routes if isinstance(each, Route) and each.path == "/mcp"]

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """While this is entered, requests to the route are answered."""
        async with self.server.session_manager.run():
            yield

    async def ask(self, question: str, ctx: Context[Any, Any], as_of: AsOf = None) -> Answer:
        """Answer a question on U.S. conventional arms transfer policy or law, each sentence with its clause and status."""
        return await self._done(ctx, lambda desk: Answer(**asking.as_json(asking.ask(question, desk, _day(as_of)))))  # type: ignore[arg-type]

    async def look_up(self, citation: str, ctx: Context[Any, Any], as_of: AsOf = None) -> Found:
        """Look a citation up in any usual form: what the clause says, its status on the day, what stands around it."""

        def work(desk: Desk) -> Found:
            if not citation.strip() or len(citation) > 1_000:
                raise BadInput("That is not a citation.", next_step='Try: "22 USC 2776(b)(1)".')
            found = looked_up(citation, desk, _day(as_of) or date.today())
            return Found.model_validate(found if "provisions" in found else {"provisions": [found], "ambiguous": False})

        return await self._done(ctx, work)

    async def compare(self, one: str, other: str, ctx: Context[Any, Any], as_of: AsOf = None) -> Comparison:
        """Compare two clauses word by word, or one on two days: write `NSM-18 @ 2024-05-01`, or a day alone as the other."""
        return await self._done(
            ctx,
            lambda desk: Comparison(
                **comparing.as_json(
                    comparing.compare(one, other, desk.corpus, desk.record, _day(as_of) or date.today())
                )
            ),
        )

    async def determine(self, case: dict[str, Any], ctx: Context[Any, Any], as_of: AsOf = None) -> Determination:
        """Determine notification, clock, certifier, stops, findings and missing facts of a proposed transfer, by dated tables."""

        def work(desk: Desk) -> Determination:
            read = read_case(case)
            on = _day(as_of) or read.as_of or date.today()
            return Determination(**determine.as_json(determine.determine(read, desk.rules, desk.corpus, on)))

        return await self._done(ctx, work)

    async def check(self, text: str, ctx: Context[Any, Any], as_of: AsOf = None) -> Findings:
        """Check a memo's text: citations, quotations, figures, status on its date; the text is not kept."""

        def work(desk: Desk) -> Findings:
            if len(text) > _LONGEST_MEMO:
                raise BadInput(f"The memo is longer than {_LONGEST_MEMO:,} characters.", next_step="Check it in parts.")
            report = checks.check(memo_of(text), desk.corpus, desk.record, desk.rules, _day(as_of))
            return Findings.model_validate({"findings": checks.as_json(report)})

        return await self._done(ctx, work)

    async def _done(self, ctx: Context[Any, Any], work: Callable[[Desk], Made]) -> Made:
        """What the work makes of the desk as this caller sees it; a PinciteError is told, anything else is not."""
        request = ctx.request_context.request
        owner = str(request.scope.get(OWNER, "")) if request is not None else ""

        def run() -> Made:
            return work(seen_by(owner, self._house.opening, self._house.people, login=self._house.login))

        try:
            return await to_thread.run_sync(run, limiter=self._limiter)
        except PinciteError as error:
            raise ToolError(str(error)) from None


def _day(written: str | None) -> date | None:
    return None if written is None else read_day(written)
