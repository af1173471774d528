"""Several people at the page at once: errors and waiting times; `python -m evals.load [URL] [--people N] [--seconds S]`.

Without a URL it serves what is held on this machine on a free port. Each person opens the page, then asks, opens a clause
that the answer cites, asks a follow-up or moves the date, and reads a while between; answers are timed as a browser gets
them, from the question sent to the end of its event stream.
"""

import argparse
import asyncio
import contextlib
import json
import random
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

QUESTIONS = (
    "At what value must an FMS sale of major defense equipment to Japan be notified to Congress?",
    "Which conventional arms transfer policy is in force?",
    "Who certifies under section 36(b)(1)?",
    "What is the review period for a sale to Egypt?",
    "When is consent to a retransfer needed?",
    "What did NSM-18 say of civilian harm?",
    "Is a congressional notification needed for a 30 million dollar lease to Poland?",
    "What does the SAMM require before an enhanced end-use monitoring sale?",
    "Can the United States sell to a country that supports terrorism?",
    "What is a grant of excess defense articles valued at?",
)
FOLLOWS = ("And for Korea?", "And on 1 May 2024?", "Who decides that?")
DAYS = ("2024-05-01", "2019-01-01", "2026-03-01")
CITATIONS = (
    "AECA 36(b)(1)",
    "NSM-18 sec. 4",
    "22 USC 2753(a)",
    "EO 14268 sec. 3(a)(i)",
    "SAMM C5.5.5.6",
    "22 CFR 123.15",
)
_CHIP = re.compile(r'class="chip[^>]*data-provision="([^"]*)"|data-provision="([^"]*)"[^>]*class="chip')


@dataclass
class Tally:
    """Seconds each kind of request took, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Counts, medians and 95th percentiles, in seconds."""
        rows = {
            kind: {
                "requests": len(took),
                "p50": round(_at(took, 0.5), 3),
                "p95": round(_at(took, 0.95), 3),
                "most": round(max(took), 3),
            }
            for kind, took in self.seconds.items()
        }
        return {"errors": len(self.errors), "first_errors": self.errors[:5], "requests": rows}


def _at(took: list[float], share: float) -> float:
    return sorted(took)[min(int(share * len(took)), len(took) - 1)]


class Tab:
    """One browser's tab: gradio's own protocol, a request that joins the queue and the stream that tells of it."""

    def __init__(self, client: httpx.AsyncClient, config: dict[str, Any]) -> None:
        self._client = client
        self._session = secrets.token_hex(6)
        self._ids = {str((c.get("props") or {}).get("elem_id")): c["id"] for c in config["components"]}
        self._events = config["dependencies"]

    async def send(
        self, component: str, event: str, given: dict[str, Any], told: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Fire an event of a component; `given` are the values of inputs by name. The last data of its stream."""
        for each in self._events:
            if [self._ids.get(component), event] in [list(target) for target in each["targets"]]:
                return await self._run(each, given, told)
        raise LookupError(f"the page has no {event} of {component}")

    async def load(self) -> None:
        """What a browser asks once the page is there."""
        for each in self._events:
            if any(target[1] == "load" for target in each["targets"]):
                await self._run(each, {}, None)

    async def _run(self, event: dict[str, Any], given: dict[str, Any], told: dict[str, Any] | None) -> dict[str, Any]:
        values = {self._ids[name]: value for name, value in given.items()}
        body = {
            "data": [values.get(id) for id in event["inputs"]], "event_data": told, "fn_index": event["id"],
            "trigger_id": None, "session_hash": self._session,
        }  # fmt: skip
        joined = await self._client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        mine = joined.json()["event_id"]
        stream = self._client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session})
        async with stream as reply:
            reply.raise_for_status()
            async for line in reply.aiter_lines():
                said = json.loads(line[5:]) if line.startswith("data:") else {}
                if said.get("event_id") != mine or said.get("msg") != "process_completed":
                    continue
                if not said.get("success"):
                    raise RuntimeError(f"{event['targets']}: {str(said.get('output'))[:120]}")
                return dict(said["output"])
        raise RuntimeError(f"{event['targets']}: the stream ended before its answer")


async def person(url: str, until: float, pause: float, seed: int, tally: Tally) -> None:
    """One person at the page until a moment of the monotonic clock; pauses are from nothing to twice `pause` seconds."""
    chance = random.Random(seed)
    limits = httpx.Limits(max_connections=6)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
        tab: Tab | None = None
        with _timed(tally, "page"):
            (await client.get("/")).raise_for_status()
            config = await client.get("/config")
            config.raise_for_status()
            tab = Tab(client, config.json())
            await tab.load()
        if tab is None:
            return
        today = time.strftime("%Y-%m-%d")
        while time.monotonic() < until:
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            words, seen = chance.choice(QUESTIONS), ""
            with _timed(tally, "answer"):
                seen = _shown(await tab.send("question", "submit", {"question": words, "as-of-box": today}))
                if words not in _plain(seen) or "aria-busy" in seen:
                    raise RuntimeError(f"no whole answer to {words!r}")
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            for a, b in _CHIP.findall(seen)[:1]:
                with _timed(tally, "clause"):
                    await tab.send("log", "choose", {}, {"provision": a or b, "on": today})
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            if chance.random() < 0.5:
                with _timed(tally, "follow-up"):
                    await tab.send("question", "submit", {"question": chance.choice(FOLLOWS), "as-of-box": today})
            elif chance.random() < 0.5:
                with _timed(tally, "another day"):
                    await tab.send("as-of-box", "moved", {"as-of-box": chance.choice(DAYS)})
            else:
                with _timed(tally, "look up"):
                    cited = chance.choice(CITATIONS)
                    await tab.send("look-form", "does", {"as-of-box": today}, {"does": "look", "words": cited})


def _shown(output: dict[str, Any]) -> str:
    """The conversation in what an event gave back."""
    first = output["data"][0]
    return str(first.get("value", first) if isinstance(first, dict) else first)


def _plain(markup: str) -> str:
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), markup).replace("&#x27;", "'")


@contextlib.contextmanager
def _timed(tally: Tally, kind: str) -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    except (httpx.HTTPError, RuntimeError, LookupError, ValueError) as error:
        tally.errors.append(f"{kind}: {error!r}"[:300])
    tally.seconds.setdefault(kind, []).append(time.monotonic() - began)


async def everybody(url: str, people: int, seconds: float, pause: float) -> Tally:
    """Everybody at once."""
    tally, until = Tally(), time.monotonic() + seconds
    await asyncio.gather(*(person(url, until, pause, number, tally) for number in range(people)))
    return tally


@contextlib.contextmanager
def served() -> Iterator[str]:
    """What is held on this machine, served by a process of its own on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)])
    try:
        until = time.monotonic() + 600
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(httpx.HTTPError, ValueError):
                if httpx.get(f"{url}/api/status", timeout=30).json().get("ready"):
                    break
            time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def main() -> None:
    """Run it; exit 1 where a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?", default="")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--pause", type=float, default=2, help="mean seconds of reading between two requests")
    given = parser.parse_args()
    with contextlib.nullcontext(given.url) if given.url else served() as url:
        tally = asyncio.run(everybody(url, given.people, given.seconds, given.pause))
    print(json.dumps(tally.as_json(), indent=2))
    sys.exit(1 if tally.errors else 0)


if __name__ == "__main__":
    main()
