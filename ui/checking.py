"""The Check pane: somebody's memo read apart, checked while one watches, its findings in their places."""

import logging
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assistant import check as checks
from assistant import export
from assistant.check import Finding, Report
from assistant.check.memo import Memo
from assistant.check.page import page_of
from assistant.check.terminal import TITLES
from assistant.desk import Desk
from assistant.errors import BadInput, BadSource, PinciteError
from assistant.phrase import day
from assistant.sync.apart import Apart
from ui.files import Drawer, safe_name
from ui.markup import Html, element, together
from ui.render import choice, failure
from ui.talk import BROKEN
from ui.work import Done, Tell, watched

_log = logging.getLogger(__name__)
_LONGEST = 200_000
_MOST_GOOD = 6


def form() -> Html:
    """Where a memo is dropped or pasted."""
    drop = element(
        "label",
        element("strong", "Choose a memo, or drop it here"),
        element("span", "Word, PDF, HTML, Markdown or text, up to 25 MB. Unclassified information only."),
        element("input", type="file", name="file", accept=".docx,.pdf,.html,.htm,.md,.markdown,.txt", id="check-file"),
        class_="drop", for_="check-file",
    )  # fmt: skip
    paste = element(
        "details", element("summary", "Or paste its text"),
        element("label", "Text of the memo", for_="check-text"), element("textarea", id="check-text", name="text", rows="6", maxlength=str(_LONGEST)),
        class_="fold",
    )  # fmt: skip
    return together(
        element("h2", "Check somebody’s memo"),
        element("p", "Every citation, quotation, figure and bare statement of law in it is held against what is held here. The file is read apart and not kept.", class_="hint"),
        element("form", drop, paste, element("button", "Check", type="submit", class_="go"), data_does="check", aria_label="Check a memo"),
    )  # fmt: skip


def checked(told: Mapping[str, Any], desk: Desk, on: date | None, drawer: Drawer, owner: str) -> Iterator[Html]:
    """The check as it goes, then the report."""
    try:
        name, data = _given(told, drawer, owner)
        for step in watched(lambda tell: _report(tell, name, data, desk, on), "Reading the memo"):
            if isinstance(step, Done):
                report, read, files = step.result
                links = [_link(drawer.keep(owner, title, content), title, words) for title, content, words in files]
                yield shown(report, read, links)
            else:
                yield step
    except PinciteError as error:
        yield failure(str(error))
    except Exception:
        _log.exception("A memo could not be checked")
        yield failure(BROKEN)


def _given(told: Mapping[str, Any], drawer: Drawer, owner: str) -> tuple[str, bytes]:
    if told.get("error"):
        raise BadInput(str(told["error"])[:300])
    if token := str(told.get("file", "")):
        found = drawer.open(owner, token)
        if found is None:
            raise BadInput("That file is not here any more.", next_step="Choose it again.")
        return found.name, found.data
    text = str(told.get("text", ""))[:_LONGEST]
    if not text.strip():
        raise BadInput("There is no memo to check.", next_step="Choose a file, or paste its text.")
    return "pasted.md", text.encode("utf-8", "replace")


def read_and_check(name: str, data: bytes, desk: Desk, on: date | None) -> tuple[Report, Memo]:
    """A memo's bytes read apart and checked; BadSource names the file."""
    with Apart() as apart:
        try:
            read = checks.read_memo(data, name, apart.read)
        except BadSource as error:
            raise type(error)(f"{name}: {error.message}", next_step=error.next_step) from None
    return checks.check(read, desk.corpus, desk.record, desk.rules, on), read


def _report(
    tell: Tell, name: str, data: bytes, desk: Desk, on: date | None
) -> tuple[Report, Memo, list[tuple[str, bytes, str]]]:
    with Apart() as apart:
        try:
            read = checks.read_memo(data, name, apart.read)
        except BadSource as error:
            raise type(error)(f"{name}: {error.message}", next_step=error.next_step) from None
    tell(f"Checking {len(read.mentions)} citations in {len(read.sentences)} sentences", 0, 0)
    report = checks.check(read, desk.corpus, desk.record, desk.rules, on)
    tell("Writing the report", 0, 0)
    stem = safe_name(f"{Path(name).stem} checked")
    files = [(f"{stem}.html", page_of(report, read).encode(), "Download the report")]
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / f"memo{Path(name).suffix.lower()}", Path(folder) / "report.docx"
        source.write_bytes(data)
        export.write_findings(report, source, out)
        files.append((f"{stem}.docx", out.read_bytes(), "Download as Word"))
    return report, read, files


def shown(report: Report, memo: Memo, downloads: list[Html]) -> Html:
    """The counts, the findings, and the memo's text with each finding in its place."""
    numbers = {id(finding): number for number, finding in enumerate(report.findings, 1)}
    groups = [
        _group(verdict, element("ol", *(_finding(each, numbers[id(each)], report) for each in found), class_="findings"), len(found))
        for verdict, found in checks.grouped(report.findings).items()
    ]  # fmt: skip
    warnings = [element("li", element("bdi", each), class_="warning care") for each in report.warnings]
    return element(
        "div",
        element("h3", element("bdi", report.name)),
        element("p", f"As of {day(report.as_of)} ({report.dated_by}). ", element("strong", _counted(report)), class_="dates"),
        element("p", *downloads, class_="buttons"),
        element("ul", *warnings, class_="warnings") if warnings else Html(),
        *groups,
        element("h3", "The memo, with each finding in its place"),
        element("div", *_marked(memo.text, report, numbers), class_="checked-text", dir="auto", tabindex="0", role="region", aria_label="The memo’s text"),
        class_="report",
    )  # fmt: skip


def _group(verdict: checks.Verdict, findings: Html, count: int) -> Html:
    """The findings of a kind under its name; what was found good folds where there is much of it."""
    title = f"{TITLES[verdict]} ({count})"
    if not verdict.fault and count > _MOST_GOOD:
        return element("details", element("summary", title), findings, class_="fold")
    return element("section", element("h4", title, class_=_kind(verdict.fault, str(verdict))), findings)


def _counted(report: Report) -> str:
    counts = report.counts
    faults = "1 fault" if len(report.faults) == 1 else f"{len(report.faults) or 'No'} faults"
    return f"{faults}, {counts.get(checks.Verdict.OK, 0)} found good, {counts.get(checks.Verdict.NOT_HELD, 0)} not compared."


def _kind(fault: bool, verdict: str) -> str:
    return "ended" if fault else "care" if verdict == "not_held" else "good"


def _finding(each: Finding, number: int, report: Report) -> Html:
    kind = _kind(each.verdict.fault, str(each.verdict))
    place = element(
        "button",
        str(number),
        type="button",
        class_=f"chip {kind}",
        data_goto=f"at-{number}",
        aria_label=f"Finding {number}: show its place, line {each.line}",
    )
    parts = [place, " ", element("q", _cut(each.written)), " ", element("bdi", each.detail)]
    if each.provision and each.verdict is not checks.Verdict.UNKNOWN_CITATION:
        parts += [" ", choice(each.provision, report.as_of, each.cite or each.provision)]
    if each.quote:
        parts.append(element("p", "Held: ", element("q", _cut(each.quote)), class_="held"))
    if each.suggestion:
        parts.append(element("p", element("bdi", each.instead), class_="instead"))
    return element("li", *parts, id=f"finding-{number}", tabindex="-1")


def _cut(words: str, most: int = 240) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1]}…"


def _marked(text: str, report: Report, numbers: dict[int, int]) -> Iterator[Html | str]:
    """The text in pieces; where several findings meet, the gravest first."""
    position = 0
    for each in sorted(report.findings, key=lambda f: (f.start, not f.verdict.fault)):
        if each.start < position or each.end <= each.start:
            continue
        yield text[position : each.start]
        number = numbers[id(each)]
        kind = _kind(each.verdict.fault, str(each.verdict))
        back = element(
            "button",
            str(number),
            type="button",
            class_=f"chip {kind}",
            data_goto=f"finding-{number}",
            aria_label=f"Finding {number}: {TITLES[each.verdict]}",
        )
        yield together(
            element("mark", text[each.start : each.end], class_=kind, id=f"at-{number}", tabindex="-1"), back
        )
        position = each.end
    yield text[position:]


def _link(token: str, name: str, words: str) -> Html:
    return element("a", words, href=f"files/{token}", download=name, class_="go download")
