"""Pictures of the page for the documents: `make screenshots`, with a browser and what is held on this machine."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from assistant.settings import read_settings
from ui.opening import Opening
from ui.server import build, listen

CHROMIUM = Path("/usr/bin/chromium")
INTO = Path(__file__).parents[1] / "docs" / "screenshots"
SIZES = {"wide": (1280, 860), "narrow": (390, 844)}
QUESTION = "At what value must an FMS sale of major defense equipment to Japan be notified to Congress?"
MEMO = """# Memorandum

Date: 24 November 2026

The Department of Defense certifies foreign military sales to Congress under section 36(b)(1) of the Arms Export Control Act
(22 U.S.C. 2776(b)(1)). NSM-18 sec. 4 is the current human-rights standard. A sale of major defense equipment to Japan must be
notified at $14 million (22 U.S.C. 2776(b)(1)). See also 22 U.S.C. 2776(z)(9). Congress has 30 calendar days to review a sale to Japan.
"""


def main() -> None:
    """Serve what is held here on a free port and take every picture; `python -m ui.screenshots [FOLDER] [NAME ...]`."""
    from playwright.sync_api import sync_playwright

    into = Path(sys.argv[1]) if len(sys.argv) > 1 else INTO
    wanted = set(sys.argv[2:])
    into.mkdir(parents=True, exist_ok=True)
    listening = listen("127.0.0.1", 0)
    opening = Opening(read_settings())
    opening.start().join()
    server = uvicorn.Server(
        uvicorn.Config(build(opening), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                for name, steps in SCENES.items():
                    if wanted and name not in wanted:
                        continue
                    context = browser.new_context(
                        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                    )
                    page = context.new_page()
                    page.set_default_timeout(60_000)
                    open_page(page, url)
                    steps(page)
                    page.wait_for_timeout(400)
                    page.screenshot(path=str(into / f"{name}-{size}-{scheme}.png"))
                    context.close()
        browser.close()
    server.should_exit = True
    thread.join(10)


def open_page(page: Any, url: str) -> None:
    """Open the page and wait until it can be used."""
    page.goto(url)
    page.wait_for_selector("#log .log")
    page.wait_for_function("document.querySelector('#as-of')?.value && document.querySelector('#strip .since')")


def ask(page: Any, words: str) -> None:
    """Type a question and wait for its answer."""
    page.locator("#question textarea").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#log .turn:not([aria-busy])")


def _welcome(page: Any) -> None:
    page.wait_for_selector("#log .welcome")


def _answer(page: Any) -> None:
    ask(page, QUESTION)


def _clause(page: Any) -> None:
    ask(page, QUESTION)
    page.locator("#log .chip").first.click()
    page.wait_for_selector("#clause .clause")


def _past(page: Any) -> None:
    ask(page, "Which conventional arms transfer policy is in force?")
    page.locator("#as-of").fill("2024-05-01")
    page.wait_for_selector("#strip .past")
    page.wait_for_selector("#log .turn:not([aria-busy])")


def _abstention(page: Any) -> None:
    ask(page, "Will Congress block a sale of F-35 aircraft to Turkey?")


def _look(page: Any) -> None:
    page.get_by_role("tab", name="Look up").click()
    page.locator("#look-words").fill("retransfer consent")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .results")


def _compare(page: Any) -> None:
    page.get_by_role("tab", name="Look up").click()
    page.locator("#compare-fold summary").click()
    page.locator("#compare-one").fill("EO 13637 sec. 1(k) @ 2025-01-01")
    page.locator("#compare-other").fill("2026-03-01")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .sides")


def _table(page: Any) -> None:
    page.get_by_role("tab", name="Look up").click()
    page.get_by_role("button", name="Policies side by side").click()
    page.wait_for_selector("#look-out table")


def _timeline(page: Any) -> None:
    page.get_by_role("tab", name="Timeline").click()
    page.wait_for_selector("#plot :is(svg, details)", state="attached")


def _graph(page: Any) -> None:
    page.get_by_role("tab", name="Timeline").click()
    page.locator("#graph-words").fill("AECA 36(b)(1)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#graph-out :is(svg, details)", state="attached")
    page.locator("#graph-out").scroll_into_view_if_needed()


def _draft(page: Any) -> None:
    page.get_by_role("tab", name="Draft").click()
    page.locator("#case-route").fill("FMS")
    page.locator("#case-recipient").fill("Japan")
    page.locator("#case-value-usd-mde").fill("30000000")
    page.locator("#case-purpose").fill("Interoperability with U.S. forces")
    page.wait_for_selector("#draft-facts :is(.needed, .hint)")


def _memo(page: Any) -> None:
    _draft(page)
    page.get_by_role("button", name="Draft the memo").click()
    page.wait_for_selector("#draft-out .memo")
    page.locator("#draft-out .determination").evaluate("(e) => e.scrollIntoView()")


def _check(page: Any) -> None:
    page.get_by_role("tab", name="Check").click()
    page.locator("#check .fold summary").click()
    page.locator("#check-text").fill(MEMO)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#check-out .report")
    page.locator("#check-out .report").evaluate("(e) => e.scrollIntoView()")


def _corpus(page: Any) -> None:
    page.get_by_role("tab", name="Corpus").click()
    page.wait_for_selector("#holdings .numbers")


SCENES: dict[str, Callable[[Any], None]] = {
    "welcome": _welcome, "answer": _answer, "clause": _clause, "past": _past, "abstention": _abstention, "look": _look, "compare": _compare,
    "table": _table, "timeline": _timeline, "graph": _graph, "draft": _draft, "memo": _memo, "check": _check, "corpus": _corpus,
}  # fmt: skip

if __name__ == "__main__":
    main()
