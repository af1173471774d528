"""A page served, and a browser's view of it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from assistant.desk import Desk
from ui.login import Login
from ui.opening import Opening
from ui.server import build, listen

CHROMIUM = Path("/usr/bin/chromium")
NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # a request is seen, and still reaches nobody


@dataclass(frozen=True)
class Served:
    """A page that can be opened."""

    url: str
    desk: Desk


@contextmanager
def serving(desk: Desk | Opening, login: Login | None = None) -> Iterator[str]:
    """A desk's page on a free port of this machine, while this is entered."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(build(desk, login=login), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 60
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    server.should_exit = True
    thread.join(10)


@dataclass
class Seen:
    """A page, and what it did that a reader does not see."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(60_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def _said(self, said: Any) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    def outside(self, url: str) -> list[str]:
        """What was asked of anybody but the page at an address."""
        return [each for each in self.requests if not each.startswith((url, "data:", "blob:", "about:"))]

    def ask(self, words: str) -> None:
        """Type a question and wait for its answer."""
        asked = self.page.locator("#log .turn").count()
        self.page.locator("#question textarea").fill(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(
            "(n) => document.querySelectorAll('#log .turn:not([aria-busy])').length > n", arg=asked
        )

    def choose(self, selector: str, number: int = 0) -> None:
        """Choose a button and wait for the clause it names."""
        button = self.page.locator(selector).nth(number)
        key = f"{button.get_attribute('data-provision')} {button.get_attribute('data-on')}"
        button.click()
        self.page.wait_for_function("(k) => document.querySelector('#clause .clause')?.dataset.key === k", arg=key)

    def go(self, tab: str) -> None:
        """Choose a tab."""
        self.page.get_by_role("tab", name=tab, exact=True).click()

    def day(self, day: str) -> None:
        """Set the date and wait until the strip is that of it."""
        before = self.page.locator("#strip .since").evaluate("(e) => (e.dataset.old = 'yes', e.innerText)")
        self.page.locator("#as-of").fill(day)
        self.page.wait_for_function("(t) => document.querySelector('#strip .since').innerText !== t", arg=before)
        self.page.wait_for_function("!document.querySelector('#log .turn[aria-busy]')")


Open = Callable[..., Seen]
