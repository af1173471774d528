"""The tools as another program's client calls them: over HTTP beside the page, and over standard input and output."""

import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import anyio
import pytest

from assistant import ask as asking
from assistant.desk import Desk

mcp = pytest.importorskip("mcp", reason="mcp is not installed: its tools are not tried")


def asked(source: Any, work: Callable[[Any], Awaitable[None]]) -> None:
    """A client connected, and what it does; in a thread of its own, since the browser's loop runs in this one."""

    async def run() -> None:
        async with mcp.Client(source) as client:
            await work(client)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(anyio.run, run).result()


def test_the_tools_are_listed_typed_and_read_only(served: Any) -> None:
    async def work(client: Any) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "check", "compare", "determine", "look_up"}
        for tool in tools.values():
            assert tool.annotations.read_only_hint is True
            assert tool.output_schema
            assert tool.description
        assert {"claims", "warnings", "abstained"} <= set(tools["ask"].output_schema["properties"])

    asked(f"{served.url}mcp", work)


def test_each_tool_gives_what_its_command_gives(served: Any) -> None:
    desk: Desk = served.desk

    async def work(client: Any) -> None:
        question = "Who may waive the certification of a kite for a festival?"
        found = (await client.call_tool("ask", {"question": question, "as_of": "2026-09-01"})).structured_content
        wanted = asking.as_json(asking.ask(question, desk, date(2026, 9, 1)))
        assert found["claims"] == wanted["claims"]
        assert found["as_of"] == "2026-09-01"
        clause = (
            await client.call_tool("look_up", {"citation": "NSM-91 sec. 1", "as_of": "2012-01-01"})
        ).structured_content
        assert [(p["provision"], p["status"]) for p in clause["provisions"]] == [("NSM-91 sec. 1", "revoked")]
        both = (
            await client.call_tool("compare", {"one": "NSM-91 @ 2005-01-01", "other": "2012-01-01"})
        ).structured_content
        assert (both["before"]["status"], both["after"]["status"]) == ("in_force", "revoked")
        memo = "On 1 June 2026 NSM-91 sec. 1 is the current policy. See 22 U.S.C. 9001(z)."
        findings = (await client.call_tool("check", {"text": memo, "as_of": "2026-06-01"})).structured_content[
            "findings"
        ]
        assert {"unknown_citation", "not_in_force"} <= {each["verdict"] for each in findings}

    asked(f"{served.url}mcp", work)


def test_a_case_is_determined(whole_page: str) -> None:
    async def work(client: Any) -> None:
        case = {"id": "c", "route": "FMS", "recipient": "Japan", "value_usd": {"mde": 30_000_000}}
        found = (await client.call_tool("determine", {"case": case, "as_of": "2026-11-24"})).structured_content
        assert found["notification"]["required"] is True
        assert found["notification"]["clock_days"] == 15

    asked(f"{whole_page}mcp", work)


@pytest.mark.parametrize(
    ("tool", "told", "words"),
    [
        ("ask", {"question": " "}, "empty"),
        ("ask", {"question": "What of kites?", "as_of": "soon"}, "YYYY-MM-DD"),
        ("look_up", {"citation": "22 USC 9001(z)"}, "There is no 22 USC 9001(z)"),
        ("compare", {"one": "NSM-91", "other": "NSM-91"}, "same clause"),
        ("determine", {"case": {"colour": "red"}}, "colour"),
        ("check", {"text": "x" * 400_001}, "longer than"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(served: Any, tool: str, told: dict[str, Any], words: str) -> None:
    async def work(client: Any) -> None:
        found = await client.call_tool(tool, told)
        assert found.is_error
        assert words in found.content[0].text

    asked(f"{served.url}mcp", work)


def test_over_standard_input_and_output(whole_desk: Desk) -> None:
    from mcp.client.stdio import StdioServerParameters

    command = "import sys; from assistant.cli import main; sys.argv[1:] = ['mcp']; main()"
    settings = {**os.environ, "PINCITE_HOME": str(whole_desk.settings.home), "PINCITE_ENCODER": "hashed-words"}

    async def work(client: Any) -> None:
        found = (await client.call_tool("look_up", {"citation": "NSM-18", "as_of": "2026-01-01"})).structured_content
        assert found["provisions"][0]["status"] == "revoked"

    asked(StdioServerParameters(command=sys.executable, args=["-c", command], env=settings), work)
