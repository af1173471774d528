"""The Look up pane: a citation or words, two clauses side by side, and the policies by criterion."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant import cite, law
from assistant import compare as comparing
from assistant.clause import Clause, look_up
from assistant.compare import Altered, Comparison, Side
from assistant.desk import Desk
from assistant.errors import NoSuchClause, NotHeld, PinciteError
from assistant.index import authority_of
from assistant.phrase import day
from assistant.retrieve import read_question, retrieve
from assistant.show import status_words
from ui import policies
from ui.markup import Html, element, together
from ui.opening import StillOpening
from ui.panel import words_marked
from ui.render import choice, failure, standing
from ui.talk import BROKEN
from ui.wording import HOLDING_WORDS, authority_words

_LIMIT, _SHORT = 40, 180

_log = logging.getLogger(__name__)


def forms() -> Html:
    """The three questions of the pane."""
    look = element(
        "form",
        element("label", "Citation or words", for_="look-words"),
        element(
            "div",
            element("input", id="look-words", name="words", maxlength="1000", placeholder="AECA 36(b)(1), NSM-18 sec. 4, retransfer …", autocomplete="off"),
            element("button", "Look up", type="submit", class_="go"),
            class_="field",
        ),
        data_does="look", role="search", aria_label="Look up",
    )  # fmt: skip
    compare = element(
        "form",
        element("div", element("label", "First", for_="compare-one"), element("input", id="compare-one", name="one", maxlength="1000", placeholder="NSM-18 @ 2024-05-01", autocomplete="off"), class_="half"),
        element("div", element("label", "Second, or a day", for_="compare-other"), element("input", id="compare-other", name="other", maxlength="1000", placeholder="2025-06-01", autocomplete="off"), class_="half"),
        element("button", "Compare", type="submit", class_="go"),
        element("p", "Two citations, or one and a day: EO 13637 sec. 1(j) @ 2025-01-01 and 2026-03-01.", class_="hint"),
        data_does="compare", class_="pair", aria_label="Compare",
    )  # fmt: skip
    table = element("button", "Policies side by side, by criterion", type="button", class_="quiet", data_does="table")
    return together(
        element("h2", "Look up"), look,
        element("details", element("summary", "Compare two provisions, or one on two days"), compare, class_="fold", id="compare-fold"),
        element("p", table),
    )  # fmt: skip


def result(told: Mapping[str, Any], desk: Desk, on: date) -> Html:
    """What came of a question of the pane; StillOpening where it needs an index that is being built."""
    try:
        does = told.get("does")
        if does == "compare":
            return compared(
                comparing.compare(str(told.get("one", "")), str(told.get("other", "")), desk.corpus, desk.record, on)
            )
        if does == "table":
            return policies.table(desk, on)
        words = str(told.get("words", "")).strip()
        return found(words[:1_000], desk, on) if words else nothing()
    except StillOpening:
        raise
    except PinciteError as error:
        near = [choice(each, on, each) for each in getattr(error, "near", ())]
        said = re.sub(r" Near it: .*$", "", str(error), flags=re.S) if near else str(error)
        return together(failure(said), element("p", "Near it: ", *_spaced(near), class_="near") if near else Html())
    except Exception:
        _log.exception("Something could not be looked up")
        return failure(BROKEN)


def nothing() -> Html:
    """What stands where results will."""
    return element(
        "p", "Results appear here, by instrument, each with its status on the date above.", class_="none-chosen"
    )


def found(words: str, desk: Desk, on: date) -> Html:
    """The clauses that a citation names, or else those that words find, by instrument."""
    told = Html()
    try:
        clauses, ambiguous = look_up(words, desk.corpus, desk.record, on)
        title = "It may mean any of these" if ambiguous else "Named by the citation"
        return element("div", element("h3", title), *(_card(clause, desk, on) for clause in clauses), class_="results")
    except (NoSuchClause, NotHeld) as error:
        if cite.find(words) or not re.search(r"[A-Za-z]{3}", words):
            raise
        told = _named(words, desk, on) if not isinstance(error, NotHeld) else failure(str(error))
    hits = retrieve(read_question(words, on, desk.corpus, desk.rules), desk.corpus, desk.index, desk.glossary, _LIMIT)
    groups: dict[str, list[str]] = {}
    for hit in hits:
        groups.setdefault(law.instrument_of(hit.provision), []).append(hit.provision)
    shown = [_group(instrument, provisions, desk, on) for instrument, provisions in groups.items()]
    counted = f"{len(hits)} clauses in {len(groups)} instruments" if hits else "Nothing was found."
    return element("div", told, element("h3", counted), *shown, class_="results")


def _named(words: str, desk: Desk, on: date) -> Html:
    """Instruments whose title has the words."""
    wanted = words.lower()
    named = [
        i for i in desk.corpus.instruments.values() if len(wanted) > 3 and wanted in f"{i.title} {i.citation}".lower()
    ]
    if not named:
        return Html()
    rows = [element("li", choice(i.id, on, i.title), " ", standing(i.status(on), on)) for i in named[:12]]
    return together(element("h3", "Instruments of that name"), element("ul", *rows, class_="plain-list"))


def _group(instrument: str, provisions: Sequence[str], desk: Desk, on: date) -> Html:
    known = desk.corpus.instruments.get(instrument)
    title = known.title if known else instrument
    authority = known.authority if known else authority_of(instrument)
    rows = [
        element(
            "li", choice(p, on, cite.display(p, desk.corpus)), " ", standing(desk.corpus.status(p, on), on),
            element("p", element("bdi", _said(p, desk, on)), class_="said"),
        )
        for p in provisions
    ]  # fmt: skip
    head = element("h4", element("bdi", title), element("span", f" · {authority_words(authority)}", class_="rank"))
    return element("section", head, element("ul", *rows), class_="group")


def _said(provision: str, desk: Desk, on: date) -> str:
    """The beginning of what a clause says: our note, or the text held."""
    version = desk.corpus.version(provision, on)
    known = desk.corpus.instruments.get(provision)
    text = version.note if version else known.note if known else ""
    if not text and (held := desk.held(provision)):
        text = held.text
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(' ', 1)[0]} …"


def _card(clause: Clause, desk: Desk, on: date) -> Html:
    version = desk.corpus.version(clause.id, on)
    heading = version.heading if version and version.heading else clause.heading
    words = clause.note or (clause.held.text[:600] if clause.held else "")
    return element(
        "section",
        element("h4", choice(clause.id, on, clause.cite), f"  {heading}" if heading else ""),
        element("p", standing(clause.status, on), f" · {HOLDING_WORDS[clause.holding]}", class_="standing"),
        element("p", element("bdi", words), class_="said"),
        class_="card",
    )


def compared(given: Comparison) -> Html:
    """Two sides with the words that differ marked, and the clauses within that changed."""
    sides = element("div", _side(given.before, given, "removed"), _side(given.after, given, "added"), class_="sides")
    warnings = [element("li", element("bdi", each), class_="warning care") for each in given.warnings]
    shown_above = given.before.clause.id if given.before.text else ""
    inner = [_altered(each, given.after.on) for each in given.altered if each.provision != shown_above or each.by]
    inner = [] if len(given.altered) == 1 and given.altered[0].provision == shown_above else inner
    if given.editions:
        inner += [
            element(
                "li", choice(c.provision or c.was, given.after.on, c.provision or c.was), f" {c.how} ", element("bdi", c.heading),
                words_marked(c.segments),
            )
            for c in given.editions.changes
        ]  # fmt: skip
    within = (
        together(element("h3", "Clauses that differ"), element("ul", *inner, class_="differs")) if inner else Html()
    )
    noted = given.before.clause.note.split() != given.after.clause.note.split()
    alike = all(segment.kind == "equal" for segment in given.segments)
    if given.same and not inner and alike:
        within = (
            _noted(given) if noted else element("p", "Nothing held differs between the two days.", class_="none-chosen")
        )
    struck, lined = element("del", "struck out"), element("ins", "underlined")
    legend = Html()
    if not alike or inner or noted:
        legend = element("p", struck, " stands in the first alone, ", lined, " in the second alone.", class_="hint")
    return element(
        "div",
        element("ul", *warnings, class_="warnings") if warnings else Html(),
        sides,
        legend,
        within,
        class_="results",
    )


def _noted(given: Comparison) -> Html:
    """What our notes say changed where the text held is one and the same on both days."""
    return together(
        element("h3", "Our notes of the two days differ"),
        element("p", "The text held is of one edition, so it is the same on both sides.", class_="hint"),
        words_marked(comparing.segments(given.before.clause.note, given.after.clause.note)),
    )


def _side(side: Side, given: Comparison, only: str) -> Html:
    clause = side.clause
    held = clause.held
    edition = (
        f"official text, edition of {day(held.edition.as_of)}"
        if side.basis == "text" and held
        else "compared by our note"
        if side.basis == "note"
        else HOLDING_WORDS[clause.holding]
    )
    return element(
        "section",
        element("h3", choice(clause.id, side.on, clause.cite)),
        element("p", element("bdi", side.heading)) if side.heading else Html(),
        element("p", standing(clause.status, side.on), " · ", edition, class_="standing"),
        words_marked(given.segments, only) if side.text else element("p", "Nothing is held to compare."),
        class_="side-by-side",
    )


def _altered(each: Altered, on: date) -> Html:
    what = f"{status_words(each.before)} → {status_words(each.after)}" if each.before is not each.after else "changed"
    by = together(" · ", element("bdi", each.by)) if each.by else Html()
    head = together(choice(each.provision, on, each.provision), " ", element("bdi", each.heading), f" · {what}", by)
    return element("li", head, words_marked(each.segments) if each.segments else Html())


def _spaced(parts: Sequence[Html]) -> Iterator[Html]:
    for number, part in enumerate(parts):
        yield together(" · " if number else "", part)
