"""Every pane driven from end to end in a real browser, over the corpus that ships."""

import io
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, Seen
from docx import Document

AXE = """async () => {
  const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] });
  return found.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]);
}"""
TURNED = """async (dark) => {
  document.body.classList.toggle("dark", dark);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.all(document.getAnimations().map((each) => each.finished));
}"""
THRESHOLD = "At what value must an FMS sale of major defense equipment to Japan be notified to Congress?"
MEMO = """# Memorandum

Date: 24 November 2026

NSM-18 sec. 4 is the current human-rights standard. See 22 U.S.C. 2776(z)(9). Section 36(b)(1) of the Arms Export Control
Act (22 U.S.C. 2776(b)(1)) asks for a certification.
"""


@pytest.fixture
def view(opened: Open, whole_page: str) -> Seen:
    return opened(url=whole_page)


def downloaded(view: Seen, click: Any) -> tuple[str, bytes]:
    """The name and bytes of the file that a click downloads."""
    with view.page.expect_download() as waiting:
        click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def words_of(document: bytes) -> str:
    """A Word document's words, those of its tables too."""
    read = Document(io.BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in read.paragraphs), *cells])


def test_a_stranger_finds_the_clause_behind_an_answer_and_its_words_are_marked(view: Seen) -> None:
    page = view.page
    page.locator("#log .example", has_text="Japan").click()
    page.wait_for_selector("#log .turn:not([aria-busy]) .chip")
    assert "$25 million" in page.locator("#log .claim").first.inner_text()
    view.choose("#log .chip[data-says]")
    assert page.locator("#clause .status").first.inner_text() == f"in force on {day_shown(page)}"
    claim = (
        page.locator("#log .claim", has=page.locator(".chip[data-says]"))
        .first.locator(".said bdi, .said q")
        .first.inner_text()
    )
    note = page.locator("#clause .note").inner_text()
    assert claim in note
    assert note == claim or page.locator("#clause .note mark").inner_text() == claim


def day_shown(page: Any) -> str:
    return str(page.locator("#log .dates").first.inner_text().split(" · ")[0].removeprefix("As of "))


def test_another_day_changes_the_answer_in_its_place(view: Seen) -> None:
    page = view.page
    view.ask("Which conventional arms transfer policy is in force?")
    assert (
        "NSM-18 (United States Conventional Arms Transfer Policy), in effect" not in page.locator("#log").inner_text()
    )
    view.day("2024-05-01")
    assert page.locator("#log .turn").count() == 1
    assert "On 1 May 2024 the policy in force was NSM-18" in page.locator("#log .claim").first.inner_text()
    assert "The law as of 1 May 2024." in page.locator("#strip").inner_text()
    page.locator("#strip summary").click()
    assert "14 March 2025" in page.locator("#strip ol").inner_text()


def test_a_question_may_follow_on_the_one_before(view: Seen) -> None:
    page = view.page
    view.ask(THRESHOLD)
    view.ask("And to Egypt?")
    assert "Egypt" in page.locator("#log .turn").last.locator(".read-as").inner_text()
    assert "$14 million" in page.locator("#log .turn").last.locator(".claim").first.inner_text()
    view.ask("NSM-18 sec. 4")
    assert page.locator("#log .turn").last.locator(".read-as").count() == 0


def test_the_address_brings_the_question_the_day_and_the_clause_back(view: Seen, opened: Open, whole_page: str) -> None:
    page = view.page
    view.day("2024-05-01")
    view.ask("NSM-18 sec. 4")
    view.choose("#log .chip")
    page.wait_for_function("location.search.includes('c=NSM-18')")
    again = opened(url=whole_page, says=page.evaluate("location.search")).page
    again.wait_for_selector("#log .turn:not([aria-busy]) .chip")
    again.wait_for_selector("#clause .clause")
    assert again.locator("#as-of").input_value() == "2024-05-01"
    assert "in force on 1 May 2024" in again.locator("#log .turn").inner_text()
    assert "NSM-18" in again.locator("#clause-title").inner_text()


def test_an_answer_is_taken_away_as_text_and_as_a_word_document(view: Seen) -> None:
    page = view.page
    view.ask(THRESHOLD)
    copied = page.locator("#log [data-copy]").get_attribute("data-copy")
    assert "AECA § 36(b)(6)(A), 22 U.S.C. 2776(b)(6)(A), in force" in copied
    assert "unclassified information only" in copied
    name, document = downloaded(view, lambda: page.get_by_role("button", name="Word", exact=True).click())
    assert name.endswith(".docx")
    assert "$25 million" in words_of(document)


def test_an_opinion_is_kept_with_its_reason(view: Seen, whole_desk: Any) -> None:
    from ui.people import People

    page = view.page
    before = People(whole_desk.settings.home).opinions()
    view.ask(THRESHOLD)
    page.locator("#log .wrong summary").click()
    page.locator("#log .wrong select").select_option("incomplete")
    page.locator("#log .wrong button").click()
    page.wait_for_selector("#log .told")
    assert People(whole_desk.settings.home).opinions() == (before[0], before[1] + 1)


def test_words_and_citations_are_looked_up_by_instrument(view: Seen) -> None:
    page = view.page
    view.go("Look up")
    page.locator("#look-words").fill("retransfer consent")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .group .status")
    view.choose("#look-out .group .cite")
    page.locator("#look-words").fill("36(c)-(d)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .card")
    assert page.locator("#look-out .card").count() == 2
    page.locator("#look-words").fill("22 USC 2776(zz)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .failed")
    assert "There is no 22 USC 2776(zz)" in page.locator("#look-out").inner_text()


def test_two_days_of_a_clause_stand_side_by_side_with_the_words_that_differ_marked(view: Seen) -> None:
    page = view.page
    view.go("Look up")
    page.locator("#compare-fold summary").click()
    page.locator("#compare-one").fill("EO 13637 sec. 1(k) @ 2025-01-01")
    page.locator("#compare-other").fill("2026-03-01")
    page.keyboard.press("Enter")
    page.wait_for_selector("#look-out .sides")
    assert page.locator("#look-out .side-by-side").count() == 2
    assert page.locator("#look-out .side-by-side").first.locator("del").count()
    assert page.locator("#look-out .side-by-side").last.locator("ins").count()


def test_every_cell_of_the_table_of_policies_opens_its_clause(view: Seen) -> None:
    page = view.page
    view.go("Look up")
    page.get_by_role("button", name="Policies side by side").click()
    page.wait_for_selector("#look-out table")
    said = page.locator("#look-out td p").count()
    assert said >= 40
    assert page.locator("#look-out td .cite").count() == said
    view.choose("#look-out td .cite", 3)


def test_the_timeline_and_the_graph_open_clauses_by_mouse_and_by_key(view: Seen) -> None:
    page = view.page
    view.go("Timeline")
    row = page.locator("#plot g[data-provision='NSM-18']")
    row.click()
    page.wait_for_selector("#clause .clause")
    assert "NSM-18" in page.locator("#clause-title").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector("#clause .none-chosen", state="attached")
    page.wait_for_function("document.activeElement.matches('#plot g')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#clause .clause")
    page.locator("#graph-words").fill("AECA 36(b)(1)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#graph-out svg")
    view.choose("#graph-out g", 2)


def fill_case(page: Any) -> None:
    page.locator("#case-kind").select_option("notification")
    page.locator("#case-route").fill("FMS")
    page.locator("#case-recipient").fill("Japan")
    page.locator("#case-value-usd-mde").fill("30000000")
    page.locator("#case-purpose").fill("Interoperability")


def test_a_case_is_filled_drafted_and_taken_away(view: Seen) -> None:
    page = view.page
    view.go("Draft")
    fill_case(page)
    page.wait_for_selector("#draft-facts .needed li .cite")
    page.get_by_role("button", name="Draft the memo").click()
    page.wait_for_selector("#draft-out .memo .chip")
    table = page.locator("#draft-out .determination").inner_text()
    assert "$25,000,000" in table
    assert "15 calendar days" in table
    assert page.locator("#draft-out .gap").count()
    view.choose("#draft-out .memo .chip")
    name, document = downloaded(view, lambda: page.get_by_role("link", name="Download as Word").click())
    assert name.endswith(".docx")
    assert "Japan" in words_of(document)


def test_a_case_is_saved_and_loaded_again(view: Seen) -> None:
    page = view.page
    view.go("Draft")
    fill_case(page)
    name, case = downloaded(view, lambda: page.get_by_role("button", name="Save the case").click())
    assert name.endswith(".yaml")
    assert b"recipient: Japan" in case
    changed = case.replace(b"Japan", b"Norway") + b"quantity:\n  radios: 900\n"
    page.locator("input[data-reads]").set_input_files({"name": "c.yaml", "mimeType": "text/yaml", "buffer": changed})
    page.wait_for_function("document.querySelector('#case-recipient').value === 'Norway'")
    _, kept = downloaded(view, lambda: page.get_by_role("button", name="Save the case").click())
    assert b"radios: 900" in kept
    page.locator("input[data-reads]").set_input_files(
        {"name": "c.yaml", "mimeType": "text/yaml", "buffer": b"colour: red"}
    )
    page.wait_for_selector("#draft-form .failed")
    assert "colour" in page.locator("#draft-form .failed").inner_text()


def test_a_memo_is_checked_in_place_and_its_report_taken_away(view: Seen) -> None:
    page = view.page
    view.go("Check")
    page.locator("#check-file").set_input_files(
        {"name": "memo.md", "mimeType": "text/markdown", "buffer": MEMO.encode()}
    )
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#check-out .report")
    told = page.locator("#check-out .report").inner_text()
    assert "No such citation (1)" in told
    assert "Cited as current, not in force" in told
    assert "NSM-18 sec. 4" in page.locator("#check-out mark.ended").first.inner_text()
    page.locator("#check-out .findings .chip").first.click()
    page.wait_for_function("document.activeElement.matches('#check-out mark')")
    name, report = downloaded(view, lambda: page.get_by_role("link", name="Download the report").click())
    assert name == "memo checked.html"
    assert b"2776(z)(9)" in report


def test_what_is_held_is_told_and_a_document_is_added_found_and_removed(opened: Open, served: Any) -> None:
    view = opened()
    page = view.page
    view.go("Corpus")
    page.wait_for_selector("#holdings .numbers")
    page.locator("#add-file").set_input_files(
        {"name": "gliders.txt", "mimeType": "text/plain", "buffer": b"Kite gliders need no certification by string.\n"}
    )
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector("#corpus-out .told")
    assert "upload gliders.txt" in page.locator("#corpus-out").inner_text()
    view.go("Ask")
    view.ask("Which kite gliders need no certification by string?")
    assert "From an upload, not law" in page.locator("#log .turn").last.inner_text()
    view.go("Corpus")
    page.locator("#holdings [data-upload='upload gliders.txt']").click()
    page.wait_for_function("document.querySelector('#corpus-out').innerText.includes('is removed')")


def test_every_pane_passes_axe(opened: Open, whole_page: str) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    view = opened(url=whole_page)
    page = view.page
    page.evaluate(script)
    found: dict[str, Any] = {}

    def look_over(pane: str) -> None:
        """The pane as it stands, in light and in dark."""
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(TURNED, scheme == "dark")
            found[f"{pane} {scheme}"] = page.evaluate(AXE)

    look_over("welcome")
    view.ask("Was NSM-18 in force on 1 June 2026, and will Congress object?")
    view.choose("#log .chip, #log .nearest .cite")
    look_over("ask")
    page.keyboard.press("Escape")
    view.go("Look up")
    page.get_by_role("button", name="Policies side by side").click()
    page.wait_for_selector("#look-out table")
    look_over("look")
    view.go("Timeline")
    page.locator("#graph-words").fill("AECA 36(b)(1)")
    page.keyboard.press("Enter")
    page.wait_for_selector("#graph-out svg")
    look_over("time")
    view.go("Draft")
    fill_case(page)
    page.locator("#draft details.fold summary").click()
    page.get_by_role("button", name="Draft the memo").click()
    page.wait_for_selector("#draft-out .memo")
    look_over("draft")
    view.go("Check")
    page.locator("#check .fold summary").click()
    page.locator("#check-text").fill(MEMO)
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#check-out .report")
    look_over("check")
    view.go("Corpus")
    page.wait_for_selector("#holdings .numbers")
    page.locator("#holdings details summary").first.click()
    look_over("corpus")
    assert {pane: violations for pane, violations in found.items() if violations} == {}


def test_the_whole_desk_is_reached_with_the_keyboard_alone(view: Seen) -> None:
    page = view.page
    page.locator("#tab-ask").focus()
    for name, field in (
        ("look", "#look-words"),
        ("time", "#graph-words"),
        ("draft", "#case-recipient"),
        ("check", "#check-file"),
        ("corpus", "#add-file"),
    ):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.body.dataset.tab") == name
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(s) => document.activeElement.matches(s)", field):
                break
        assert page.evaluate("(s) => document.activeElement.matches(s)", field)
        page.locator(f"#tab-{name}").focus()
    page.keyboard.press("Home")
    assert page.evaluate("document.body.dataset.tab") == "ask"


@pytest.mark.parametrize("width", [390, 1280])
def test_no_pane_is_wider_than_the_screen(opened: Open, whole_page: str, width: int) -> None:
    view = opened(width, url=whole_page)
    page = view.page
    wide = """() => [...document.querySelectorAll(".pane *")]
      .filter((e) => e.getClientRects().length && !e.closest(".wide, .checked-text, [role=tablist]") && e.getBoundingClientRect().right > innerWidth + 1)
      .map((e) => e.outerHTML.slice(0, 100))"""
    for tab in ("Look up", "Timeline", "Draft", "Check", "Corpus"):
        view.go(tab)
        page.wait_for_timeout(100)
        assert page.evaluate(wide) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
