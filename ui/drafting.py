"""The Draft pane: facts needed as the form fills, the determination, the memo and its files."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from assistant import determine, export
from assistant import draft as drafts
from assistant.case import Case, read_case
from assistant.desk import Desk
from assistant.draft import Memo
from assistant.errors import PinciteError
from ui import case_form, memo
from ui.files import Drawer, safe_name
from ui.markup import Html, element, together
from ui.render import failure
from ui.talk import BROKEN
from ui.work import Done, Tell, watched

_log = logging.getLogger(__name__)


def form(values: Mapping[str, Any] | None = None, kind: str = "") -> Html:
    """The form, empty or filled."""
    head = element("h2", "Draft a memo from the facts of a case")
    told = element(
        "p",
        "Leave open what is not known: the draft shows a bracket for it. Unclassified information only.",
        class_="hint",
    )
    return together(head, told, case_form.form(drafts.template_kinds(), values, kind))


def nothing() -> Html:
    """What stands where the facts needed will."""
    return element(
        "p",
        "Facts that the memo still needs appear here as the form fills, each with its clause.",
        class_="none-chosen",
    )


def needed(told: Mapping[str, Any], desk: Desk, on: date | None) -> Html:
    """The facts still needed for what the form says now."""
    given = case_form.case_of(told)
    if not (given.get("recipient") or given.get("request_text")):
        return nothing()
    try:
        case = read_case(given)
        day = on or case.as_of or date.today()
        facts = determine.facts_needed(case, str(told.get("kind", "")), desk.rules, desk.corpus, day)
        return memo.needed(facts, desk.corpus, day)
    except PinciteError as error:
        return failure(str(error))
    except Exception:
        _log.exception("The facts needed could not be told")
        return failure(BROKEN)


def drafted(told: Mapping[str, Any], desk: Desk, on: date | None, drawer: Drawer, owner: str) -> Iterator[Html]:
    """The draft being made, then the determination, the memo and the links to its files."""
    try:
        case = read_case(case_form.case_of(told))
        kind = str(told.get("kind", ""))
        for step in watched(lambda tell: _make(tell, case, kind, desk, on), "Drafting"):
            if not isinstance(step, Done):
                yield step
                continue
            made, files = step.result
            links = [_link(drawer.keep(owner, name, data), name, words) for name, data, words in files]
            yield together(memo.determination(made.determination, desk.corpus, made.as_of), memo.memo(made, links))
    except PinciteError as error:
        yield failure(str(error))
    except Exception:
        _log.exception("A memo could not be drafted")
        yield failure(BROKEN)


def _make(tell: Tell, case: Case, kind: str, desk: Desk, on: date | None) -> tuple[Memo, list[tuple[str, bytes, str]]]:
    made = drafts.draft(case, kind, desk, on)
    name = safe_name(f"{made.case or 'case'} {kind}")
    tell("Writing the Word document", 0, 0)
    return made, [
        (f"{name}.docx", export.memo_word(made), "Download as Word"),
        (f"{name}.md", export.memo_markdown(made).encode(), "Download as Markdown"),
    ]


def saved(told: Mapping[str, Any], drawer: Drawer, owner: str) -> Html:
    """A link to the case as a file."""
    case = case_form.case_of(told)
    name = f"{safe_name(str(case.get('id', 'case')))}.yaml"
    return _link(drawer.keep(owner, name, case_form.as_yaml(case).encode()), name, f"Download {name}", now=True)


def loaded(text: str) -> Html:
    """The form filled from a case file, or empty with what stood in the way."""
    try:
        given = case_form.read_yaml(text)
        read_case(given)
        return form(given)
    except PinciteError as error:
        return together(failure(str(error)), form())


def _link(token: str, name: str, words: str, *, now: bool = False) -> Html:
    return element("a", words, href=f"files/{token}", download=name, class_="go download", data_now=now)
