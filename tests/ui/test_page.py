"""The page in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser"
)

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: the page is not tried in one")

_CONTRASTS = """() => {
  const rgba = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c; } };
  const poor = [];
  for (const e of document.querySelectorAll("#top *, #chat *, #side *")) {
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!words || !e.getClientRects().length || e.closest("[aria-hidden=true]")) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.slice(0, 40), ratio.toFixed(2)]);
  }
  return poor;
}"""
_NARROW = """() => [...document.querySelectorAll("#log *, #clause *, #top *, #composer *")]
  .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 80))"""


@dataclass
class Seen:
    """A page, and what it did that a reader does not see."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

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


Open = Callable[..., Seen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any, served: Any) -> Iterator[Open]:
    """Open the page at a width and in a colour scheme; afterwards it must have asked nobody else and complained of nothing."""
    contexts: list[Any] = []
    views: list[Seen] = []

    def open_(width: int = 1280, scheme: str = "light") -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        view = Seen(context.new_page())
        views.append(view)
        view.page.set_default_timeout(20_000)
        view.page.on("request", lambda request: view.requests.append(request.url))
        view.page.on(
            "console", lambda said: view.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        view.page.on("pageerror", lambda error: view.complaints.append(str(error)))
        view.page.on("dialog", lambda dialog: (view.complaints.append(dialog.message), dialog.dismiss()))
        view.page.goto(served.url)
        view.page.wait_for_selector("#log .welcome")
        view.page.wait_for_function(
            "document.querySelector('#as-of')?.value && document.querySelector('link[href=\"page.css\"]')?.sheet"
        )
        return view

    yield open_
    for view in views:
        assert view.page.evaluate("window.pwned") is None
        assert [url for url in view.requests if not url.startswith((served.url, "data:"))] == []
        assert view.complaints == []
    for context in contexts:
        context.close()


def test_the_first_page_says_what_it_is_and_asks_nobody_else(opened: Open) -> None:
    page = opened().page
    assert page.title() == "Pincite"
    assert page.locator("#notice").inner_text() == "Draft, not legal advice, unclassified information only."
    assert page.locator("#log .example").count() >= 3
    assert page.locator("#as-of").input_value()
    assert page.get_by_label("Question", exact=True).is_visible()
    assert page.locator("footer").count() == 0


def test_everything_can_be_done_from_the_keyboard(opened: Open) -> None:
    view = opened()
    page = view.page
    view.ask("Who may waive the certification of a kite for a festival?")
    assert page.locator("#log .chip").first.inner_text() == "1"
    page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.matches('#log .chip')"):
            break
        page.keyboard.press("Shift+Tab")
    chip = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert chip.startswith("Clause ")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement?.id === 'clause-title'")
    page.keyboard.press("Escape")
    page.wait_for_selector("#clause .none-chosen")
    page.wait_for_function("document.activeElement.matches('#log .chip')")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == chip


def test_a_citation_in_a_list_opens_the_panel_and_leads_on_and_back(opened: Open) -> None:
    view = opened()
    page = view.page
    view.ask("Which kites need certification?")
    view.choose("#log .sources .cite")
    first = page.locator("#clause-title").inner_text()
    view.choose("#clause .path .cite")
    assert page.locator("#clause-title").inner_text() != first
    page.locator("#clause [data-back]").click()
    page.wait_for_function("(t) => document.querySelector('#clause-title').innerText === t", arg=first)
    assert page.locator("#clause [data-back]").count() == 0
    page.locator("#clause [data-close]").click()
    page.wait_for_selector("#clause .none-chosen")


def test_the_date_changes_what_a_clause_is(opened: Open) -> None:
    view = opened()
    page = view.page
    page.locator("#as-of").fill("2005-01-01")
    view.ask("NSM-91 sec. 1")
    assert "in force on 1 January 2005" in page.locator("#log .turn").last.inner_text()
    page.locator("#as-of").fill("2012-06-01")
    view.ask("NSM-91 sec. 1")
    assert "revoked (status on 1 June 2012)" in page.locator("#log .turn").last.inner_text()
    assert "Revoked." in page.locator("#log .turn").last.locator(".warning.grave").first.inner_text()
    assert page.locator("#log .turn").last.locator(".chip.ended").count()


def test_an_answer_and_no_answer_are_told_apart(opened: Open) -> None:
    view = opened()
    page = view.page
    view.ask("What is the capital of France?")
    assert page.locator("#log .abstained strong").inner_text().startswith("No answer: ")
    page.get_by_role("button", name="Start over").click()
    page.wait_for_selector("#log .welcome")
    page.locator("#log .example").first.click()
    page.wait_for_selector("#log .turn:not([aria-busy])")
    assert page.locator("#log .question").inner_text() == page.evaluate(
        "document.querySelector('#log .question').textContent"
    )


@pytest.mark.parametrize("words", [HOSTILE[:7], HOSTILE[7:]], ids=["first", "second"])
def test_hostile_questions_are_shown_as_text(opened: Open, words: tuple[str, ...]) -> None:
    view = opened()
    for number, each in enumerate(words):
        view.ask(f"kite {number} {each}")
    assert (
        view.page.evaluate(
            "document.querySelectorAll('#log :is(script, img, iframe, svg, style, base, meta, math, a, strong em)').length"
        )
        == 0
    )
    assert (
        "<img" in view.page.locator("#log").inner_text()
        or "<svg" in view.page.locator("#log").inner_text()
        or "{{" in view.page.locator("#log").inner_text()
    )
    assert (
        view.page.evaluate(
            "[...document.querySelectorAll('#log *')].flatMap((e) => e.getAttributeNames()).filter((n) => n.startsWith('on'))"
        )
        == []
    )


def test_hostile_law_is_shown_as_text(opened: Open) -> None:
    view = opened()
    page = view.page
    opened_clauses = 0
    for letters in ("abcdefg", "hijklm"):
        view.ask(f"What do {', '.join(f'22 USC 9100({letter})' for letter in letters)} say of zeppelins, in detail?")
        assert "Zeppelin number" in page.locator("#log .turn").last.locator(".claim").first.inner_text()
        for number in range(page.locator("#log .turn").last.locator(".chip").count()):
            view.choose("#log .turn:last-child .chip", number)
            opened_clauses += 1
    assert opened_clauses >= 8
    view.ask("What does the memo say of blimps?")
    assert (
        page.evaluate(
            "document.querySelectorAll(':is(#log, #clause) :is(script, img, iframe, svg, style, base, meta, math)').length"
        )
        == 0
    )
    for href, rel in page.evaluate("[...document.querySelectorAll('#clause a')].map((a) => [a.href, a.rel])"):
        assert href.startswith("https://")
        assert rel == "noopener noreferrer"
    assert "\u202e" not in page.content()


def test_markup_that_slipped_through_could_not_run(opened: Open) -> None:
    view = opened()
    page = view.page
    page.evaluate("""() => {
        document.querySelector('#log .log').innerHTML = '<img src="data:,x" onerror="window.pwned=1"><a id="trap" href="javascript:window.pwned=1">x</a>';
        const script = document.createElement('script'); script.textContent = 'window.pwned=1'; document.body.append(script);
        const outside = new Image(); outside.src = 'http://outside.example/x.png';
    }""")
    page.locator("#trap").click()
    page.wait_for_timeout(300)
    assert page.evaluate("window.pwned") is None
    assert len(view.complaints) >= 3
    assert all("Content Security Policy" in each for each in view.complaints)
    view.complaints.clear()
    view.requests[:] = [url for url in view.requests if "outside.example" not in url]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_is_legible_and_fits_at_both_widths_in_light_and_dark(opened: Open, width: int, scheme: str) -> None:
    view = opened(width, scheme)
    page = view.page
    assert page.evaluate("document.body.classList.contains('dark')") is (scheme == "dark")
    assert page.evaluate(_CONTRASTS) == []
    view.ask("Was NSM-91 in force on 1 June 2012, and what is in it?")
    view.ask("Should we approve this transfer of kites?")
    assert page.evaluate(_CONTRASTS) == []
    assert page.evaluate(_NARROW) == []
    view.choose("#log .chip")
    assert page.evaluate(_CONTRASTS) == []
    assert page.evaluate(_NARROW) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("Math.min(...[...document.querySelectorAll('#log .chip')].map((c) => c.offsetHeight))") >= (
        32 if width == 390 else 24
    )
    chat = page.evaluate("document.getElementById('chat').inert")
    covered = page.evaluate("document.getElementById('side').getBoundingClientRect().width") == width
    assert (chat, covered) == ((True, True) if width == 390 else (False, False))
    page.keyboard.press("Escape")
    page.wait_for_selector("#clause .none-chosen", state="attached")
    page.wait_for_function("!document.getElementById('chat').inert")
