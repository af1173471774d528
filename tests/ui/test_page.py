"""The page in a real browser."""

import pytest
from browsing import Open
from hostile import HOSTILE

_CONTRASTS = """() => {
  const rgba = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return n.length > 3 ? n : [...n, 1]; };
  const light = ([r, g, b]) => {
    const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0.99) return c; } };
  const poor = [];
  for (const e of document.querySelectorAll("#top *, #strip *, #stage *, #side *")) {
    const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!words || !e.getClientRects().length || e.closest("[aria-hidden=true]")) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.slice(0, 40), ratio.toFixed(2)]);
  }
  return poor;
}"""
_NARROW = """() => [...document.querySelectorAll("#log *, #clause *, #top *, #composer *, #strip *")]
  .filter((e) => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 80))"""


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
    view.day("2005-01-01")
    view.ask("NSM-91 sec. 1")
    assert "in force on 1 January 2005" in page.locator("#log .turn").last.inner_text()
    view.day("2012-06-01")
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
    view.ask("22 USC 9001(d)")
    view.choose("#log .turn:last-child .chip")
    assert "(d) Balloons." in page.locator("#clause .text").inner_text()
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
    chat = page.evaluate("document.getElementById('stage').inert")
    covered = page.evaluate("document.getElementById('side').getBoundingClientRect().width") == width
    assert (chat, covered) == ((True, True) if width == 390 else (False, False))
    page.keyboard.press("Escape")
    page.wait_for_selector("#clause .none-chosen", state="attached")
    page.wait_for_function("!document.getElementById('stage').inert")
