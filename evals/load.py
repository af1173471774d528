"""Several people at once against a served page: errors and waiting times; `python -m evals.load [URL] [--people N] [--rounds N]`.

Without a URL it serves what is held on this machine on a free port. Each person opens the page, asks, looks clauses up
and reads the status, one request after another.
"""

import argparse
import asyncio
import contextlib
import json
import random
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
)
CITATIONS = (
    "AECA 36(b)(1)",
    "NSM-18 sec. 4",
    "22 USC 2753(a)",
    "EO 14268 sec. 3(a)(i)",
    "SAMM C5.5.5.6",
    "22 CFR 123.15",
)


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


async def person(url: str, rounds: int, seed: int, tally: Tally) -> None:
    """One person's requests."""
    chance = random.Random(seed)
    async with httpx.AsyncClient(base_url=url, timeout=120) as client:
        await _timed(tally, "page", client, "GET", "/", None)
        for _ in range(rounds):
            await _timed(tally, "ask", client, "POST", "/api/ask", {"question": chance.choice(QUESTIONS)})
            await _timed(tally, "cite", client, "POST", "/api/cite", {"citation": chance.choice(CITATIONS)})
        await _timed(tally, "status", client, "GET", "/api/status", None)


async def _timed(
    tally: Tally, kind: str, client: httpx.AsyncClient, method: str, path: str, body: dict[str, str] | None
) -> None:
    began = time.monotonic()
    try:
        reply = await client.request(method, path, json=body)
        if reply.status_code != 200:
            tally.errors.append(f"{kind}: {reply.status_code} {reply.text[:120]}")
    except httpx.HTTPError as error:
        tally.errors.append(f"{kind}: {error!r}")
    tally.seconds.setdefault(kind, []).append(time.monotonic() - began)


async def everybody(url: str, people: int, rounds: int) -> Tally:
    """Everybody's requests at once."""
    tally = Tally()
    await asyncio.gather(*(person(url, rounds, number, tally) for number in range(people)))
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
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with contextlib.nullcontext(given.url) if given.url else served() as url:
        tally = asyncio.run(everybody(url, given.people, given.rounds))
    print(json.dumps(tally.as_json(), indent=2))
    sys.exit(1 if tally.errors else 0)


if __name__ == "__main__":
    main()
