"""The Corpus pane: what is held, at which editions, how much of it is annotated, uploads, sync, and the evaluation."""

import json
import logging
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.desk import Desk
from assistant.errors import BadInput, PinciteError
from assistant.law import Edition, Holding
from assistant.phrase import day
from assistant.record import open_record
from assistant.settings import CHECKED_THROUGH
from assistant.sync import official, uploads
from ui.files import Drawer, safe_name
from ui.markup import Html, element, together
from ui.opening import Opening
from ui.people import People, own_view
from ui.render import choice, failure
from ui.talk import BROKEN
from ui.wording import HOLDING_WORDS
from ui.work import Done, Tell, watched

_MOST_ROWS = 400

_log = logging.getLogger(__name__)


def pane(opening: Opening, desk: Desk, people: People, *, login: bool) -> Html:
    """Everything the pane shows; `desk` is as its reader sees it."""
    corpus = desk.corpus
    editions = desk.record.editions()
    own = [e for e in editions if e.holding is Holding.UPLOAD]
    official_held = {e.instrument for e in editions if e.holding is Holding.OFFICIAL}
    outlined = sum(len(each.headings) + 1 for each in corpus.outline.values())
    helped, not_helped = people.opinions()
    facts = [
        ("Instruments", f"{len(corpus.instruments):,}"), ("Clauses with a note", f"{len(corpus.provisions):,}"), ("Clauses that exist", f"{outlined:,}"),
        ("Instruments with official text", f"{len(official_held):,}"), ("Checked for changes through", day(CHECKED_THROUGH)), ("Readers’ verdicts", f"{helped} helpful, {not_helped} not"), ("Digest of all of it", element("code", desk.corpus_digest)),
    ]  # fmt: skip
    rows = [element("div", element("dt", name), element("dd", words)) for name, words in facts]
    return together(
        element("h2", "What is held"),
        element("p", opening.state.words, class_="state good" if opening.state.ready else "state care"),
        element("dl", *rows, class_="numbers"),
        _uploads(own, login=login),
        "" if login else _sync(),
        _editions([e for e in editions if e.holding is not Holding.UPLOAD]),
        _coverage(desk),
        evaluation(desk.settings.home),
    )


def waiting() -> Html:
    """What stands in the pane until somebody opens it."""
    return element("p", "Reading what is held …", class_="waiting")


def _uploads(own: Sequence[Edition], *, login: bool) -> Html:
    whose = "Only you see what you add." if login else "Whoever uses this machine’s Pincite sees what is added."
    rows = [
        element("li", choice(e.instrument, e.as_of, e.instrument.removeprefix("upload ")), f" added {day(e.as_of)} ", element("button", "Remove", type="button", class_="quiet", data_does="remove", data_upload=e.instrument))
        for e in own
    ]  # fmt: skip
    return together(
        element("h3", f"Your documents ({len(own)})" if login else f"Uploaded documents ({len(own)})"),
        element("p", f"Searched beside the law and labelled wherever they are quoted; they never outrank it. {whose} Unclassified information only.", class_="hint"),
        element("ul", *rows, class_="plain-list") if rows else Html(),
        element(
            "form",
            element("label", element("strong", "Choose a document, or drop it here"), element("input", type="file", name="file", id="add-file", accept=".docx,.pdf,.html,.htm,.md,.markdown,.txt"), class_="drop", for_="add-file"),
            element("button", "Add", type="submit", class_="go"),
            data_does="add", aria_label="Add a document",
        ),
    )  # fmt: skip


def _sync() -> Html:
    return together(
        element("h3", "Official text"),
        element("p", "Brings text from its publishers. This is the one thing here that asks the network, and only when the button is pressed.", class_="hint"),
        element(
            "form",
            element("label", "Instruments, by commas; all if empty", for_="sync-words"),
            element("div", element("input", id="sync-words", name="words", maxlength="1000", placeholder="22 USC 2776, EO 14383", autocomplete="off"), element("button", "Sync", type="submit", class_="go"), class_="field"),
            data_does="sync", aria_label="Sync official text",
        ),
    )  # fmt: skip


def _editions(held: Sequence[Edition]) -> Html:
    if not held:
        return element(
            "p", "No official text is held: answers rest on our notes. Sync brings it.", class_="none-chosen"
        )
    rows = [
        element(
            "tr", element("th", choice(e.instrument, e.as_of, e.instrument), scope="row"), element("td", day(e.as_of)), element("td", HOLDING_WORDS[e.holding]),
            element("td", e.retrieved[:10]), element("td", element("code", e.sha256[:12])),
        )
        for e in held[:_MOST_ROWS]
    ]  # fmt: skip
    more = element("p", f"{len(held) - _MOST_ROWS} more: pincite status.") if len(held) > _MOST_ROWS else Html()
    return _folded(
        f"Editions held ({len(held)})", _wide(("Instrument", "Edition of", "Held as", "Received", "sha256"), rows), more
    )


def _coverage(desk: Desk) -> Html:
    rows = []
    for outlined in desk.corpus.outline.values():
        noted = sum(1 for clause in outlined.headings if clause in desk.corpus.provisions)
        total = len(outlined.headings)
        bar = element(
            "progress",
            max=str(max(total, 1)),
            value=str(noted),
            aria_label=f"{noted} of {total} clauses of {outlined.id} have a note",
        )
        rows.append(
            element(
                "tr",
                element("th", element("bdi", outlined.id), scope="row"),
                element("td", f"{noted} of {total}"),
                element("td", bar),
            )
        )
    return (
        _folded(
            f"Coverage: clauses with a note, by instrument ({len(rows)})",
            _wide(("Instrument", "With a note", ""), rows),
        )
        if rows
        else Html()
    )


def _wide(heads: Sequence[str], rows: Sequence[Html]) -> Html:
    head = element("thead", element("tr", *(element("th", h, scope="col") if h else element("td") for h in heads)))
    return element(
        "div",
        element("table", head, element("tbody", *rows)),
        class_="wide",
        tabindex="0",
        role="region",
        aria_label=f"Table of {heads[0].lower()}s",
    )


def _folded(title: str, *inside: Html) -> Html:
    return element("details", element("summary", title), *inside, class_="fold")


def evaluation(home: Path) -> Html:
    """The last evaluation's rates as bars, where a report lies in the data folder."""
    path = next((p for p in (home / "eval" / "report.json", home / "report.json") if p.is_file()), None)
    rates = dict(_rates(json.loads(path.read_text(encoding="utf-8")))) if path else {}
    if not rates:
        return element("p", "No evaluation report lies in the data folder; pincite eval makes one.", class_="hint")
    rows = [
        element("tr", element("th", element("bdi", name), scope="row"), element("td", f"{rate:.1%}"), element("td", element("progress", max="1", value=f"{rate:.4f}", aria_label=f"{name}: {rate:.1%}")))
        for name, rate in list(rates.items())[:40]
    ]  # fmt: skip
    return _folded(f"Evaluation ({len(rates)} measures)", _wide(("Measure", "Rate", ""), rows))


def _rates(found: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number from 0 to 1 in a report, by its path."""
    if isinstance(found, Mapping):
        for key, value in found.items():
            yield from _rates(value, f"{name} {key}".strip())
    elif isinstance(found, float) and 0 <= found <= 1 and not re.search(r"seconds|_ms|p95|p50", name):
        yield name.replace("_", " "), found


def changed(
    told: Mapping[str, Any], opening: Opening, people: People, drawer: Drawer, owner: str, *, login: bool
) -> Iterator[Html]:
    """What was asked of the pane as it is done, then the pane anew."""
    does = str(told.get("does"))
    try:
        if does == "add":
            yield from _told(
                watched(
                    lambda tell: _add(told, tell, opening, people, drawer, owner, login=login), "Reading the document"
                )
            )
        elif does == "remove":
            yield from _told(
                watched(lambda tell: _remove(str(told.get("upload", "")), tell, opening, people, owner), "Removing")
            )
        elif does == "sync" and not login:
            yield from _told(
                watched(lambda tell: _bring(str(told.get("words", "")), tell, opening), "Asking the publishers")
            )
    except PinciteError as error:
        yield failure(str(error))
    except Exception:
        _log.exception("The corpus could not be changed")
        yield failure(BROKEN)


def _told(steps: "Iterator[Html | Done[str]]") -> Iterator[Html]:
    for step in steps:
        yield element("p", step.result, class_="told", role="status") if isinstance(step, Done) else step


def _add(
    told: Mapping[str, Any], tell: Tell, opening: Opening, people: People, drawer: Drawer, owner: str, *, login: bool
) -> str:
    if told.get("error"):
        raise BadInput(str(told["error"])[:300])
    found = drawer.open(owner, str(told.get("file", "")))
    if found is None:
        raise BadInput("There is no document to add.", next_step="Choose a file.")
    stem, dot, ending = found.name.rpartition(".")
    name = f"{stem} ({owner}){dot}{ending}" if login and stem else found.name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(found.data)
        if login:
            from assistant.readers.upload import name_of

            people.claim(name_of(path.name), owner)
        instrument, passages, warnings = uploads.add(path, open_record(opening.settings.home, create=True))
    opening.renew(lambda done, total: tell("Building the index", done, total))
    more = f" {' '.join(warnings)}" if warnings else ""
    counted = "1 passage" if passages == 1 else f"{passages} passages"
    return f"{instrument}: {counted}, searchable now.{more}"


def _remove(upload: str, tell: Tell, opening: Opening, people: People, owner: str) -> str:
    if upload in people.hidden_from(owner):
        raise BadInput(f"There is no {upload}.", next_step="See the list.")
    uploads.remove(upload, open_record(opening.settings.home))
    people.release(upload)
    opening.renew(lambda done, total: tell("Building the index", done, total))
    return f"{upload} is removed."


def _bring(words: str, tell: Tell, opening: Opening) -> str:
    wanted = tuple(each.strip() for each in words.split(",") if each.strip())
    record = open_record(opening.settings.home, create=True)
    outcome = official.sync_from_publishers(
        record, opening.desk.corpus, wanted, progress=lambda done, total: tell("Asking the publishers", done, total)
    )
    if outcome.changed:
        opening.renew(lambda done, total: tell("Building the index", done, total))
    why = f" {outcome.failed[0].instrument}: {outcome.failed[0].why}" if outcome.failed else ""
    return f"{len(outcome.changed)} changed, {len(outcome.unchanged)} unchanged, {len(outcome.failed)} failed.{why}"


def seen_by(owner: str, opening: Opening, people: People, *, login: bool) -> Desk:
    """The desk as one person sees it."""
    return own_view(opening.desk, people.hidden_from(owner)) if login else opening.desk
