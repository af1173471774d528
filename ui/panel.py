"""A clause as HTML that is safe to show: what it says, what it is on a day, and what stands around it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from assistant.clause import Clause
from assistant.law import Holding, Instrument, Period, Status
from assistant.phrase import day
from assistant.record import Held
from assistant.show import status_words
from assistant.sync.changes import Segment
from ui.markup import Html, element, is_web, link, together
from ui.render import choice, standing
from ui.wording import HOLDING_WORDS, authority_words

_SHORT = 12
_LONG_TEXT = 6_000

Span = tuple[int, int, str]


def nothing_chosen() -> Html:
    """What the panel says before a clause is chosen."""
    words = "Choose a number beside a sentence, or any citation in a list, and the clause opens here."
    return element("p", words, class_="none-chosen", data_side=True)


def not_found(message: str, near: Sequence[str], on: date) -> Html:
    """Why a citation opened nothing, and what is near it."""
    lists = _list("Near it", near, on)
    return _panel(
        "",
        _top("No clause to show", back=False),
        element("p", element("bdi", message), class_="failed", role="alert"),
        lists,
    )


def clause(
    found: Clause,
    on: date,
    above: Sequence[tuple[str, str]] = (),
    span: Span | None = None,
    *,
    says: str = "",
    beside: tuple[str | None, str | None] = (None, None),
    altered: Sequence[tuple[str, Sequence[Segment]]] = (),
    back: bool = False,
) -> Html:
    """One clause; `above` are the ids and headings over it, outermost first, `span` the quotation to mark.

    `says` are words of the note to mark, `beside` the clauses before and after it, `altered` what differs between its
    versions, each with a title.
    """
    return _panel(
        f"{found.id} {on.isoformat()}",
        _top(found.cite, back=back),
        _path(above, found.heading, on),
        element("p", *_standing(found, on), class_="standing"),
        _note(found, says),
        _text(found.held, span) if found.held else _unheld(found),
        _publisher(found.instrument),
        _beside(beside, on),
        _facts(found.instrument),
        _list("Parts", found.children, on),
        _list("Refers to", found.refers_to, on),
        _list("Cited by", found.cited_by, on),
        _definitions(found.definitions, on),
        _history(found.history, on),
        *(_altered(title, segments) for title, segments in altered),
    )


def _standing(found: Clause, on: date) -> tuple[Html | str, ...]:
    """What a clause is on the day and how it is held; an upload has no status to tell."""
    held = HOLDING_WORDS[found.holding]
    return (held,) if found.holding is Holding.UPLOAD else (standing(found.status, on), " · ", held)


def _panel(key: str, *inside: Html) -> Html:
    return element("section", *inside, class_="clause", aria_labelledby="clause-title", data_key=key or "none")


def _top(title: str, *, back: bool) -> Html:
    buttons = (
        [element("button", "← Back", type="button", class_="quiet", data_does="back", data_back=True)] if back else []
    )
    buttons.append(element("button", "Close", type="button", class_="quiet", data_does="close", data_close=True))
    heading = element("h2", element("bdi", title), id="clause-title", tabindex="-1")
    return element("div", element("div", *buttons, class_="panel-buttons"), heading, class_="panel-top")


def _path(above: Sequence[tuple[str, str]], heading: str, on: date) -> Html:
    """The way down to the clause, each step of it a button."""
    steps = [element("li", choice(id, on, words or id, label=f"{id} {words}".strip())) for id, words in above]
    if heading:
        steps.append(element("li", element("bdi", heading), aria_current="true"))
    return element("ol", *steps, class_="path", aria_label="Where it stands") if steps else Html()


def _note(found: Clause, says: str) -> Html:
    parts: list[Html] = []
    if found.note:
        words = "Known only through others" if found.holding is Holding.SECONDARY else "Our note, not the law’s words"
        at = found.note.find(says) if len(says) > 3 else -1
        marked = (
            [found.note]
            if at < 0 or says == found.note
            else [found.note[:at], element("mark", says), found.note[at + len(says) :]]
        )
        parts += [element("h3", words), element("p", *marked, class_="note", dir="auto")]
    if found.contested:
        parts.append(
            element("p", element("strong", "Contested."), " ", element("bdi", found.contested), class_="warning care")
        )
    return together(*parts)


def _text(held: Held, span: Span | None) -> Html:
    edition = held.edition
    official = edition.holding is Holding.OFFICIAL
    title = f"{'Text' if official else 'Damaged copy'} · edition of {day(edition.as_of)}"
    if edition.instrument.startswith("upload "):
        title = "Your upload, not law"
    marked = (
        span[:2] if span and span[2] == edition.as_of.isoformat() and 0 <= span[0] < span[1] <= len(held.text) else None
    )
    words = _marked(held.text, marked)
    if len(held.text) > _LONG_TEXT:
        words = element(
            "details", element("summary", f"{len(held.text):,} characters; show them"), words, open=marked is not None
        )
    hash_ = element("p", f"sha256 {edition.sha256[:16]}… received {edition.retrieved[:10]}", class_="small")
    return together(element("h3", title), words, hash_)


def _marked(text: str, span: tuple[int, int] | None) -> Html:
    if span is None:
        return element("blockquote", text, class_="text", dir="auto")
    start, end = span
    return element("blockquote", text[:start], element("mark", text[start:end]), text[end:], class_="text", dir="auto")


def _unheld(found: Clause) -> Html:
    if found.instrument is None or found.holding is Holding.SECONDARY:
        return Html()
    command = element("code", f"pincite sync '{found.instrument.id}'")
    return element(
        "p", "The official text is not held here. ", command, " brings it from its publisher.", class_="small"
    )


def _beside(beside: tuple[str | None, str | None], on: date) -> Html:
    """The clauses before and after, to read on."""
    before, after = beside
    steps = [choice(before, on, f"← {before}", label=f"The clause before: {before}")] if before else []
    steps += [choice(after, on, f"{after} →", label=f"The clause after: {after}")] if after else []
    return element("p", *steps, class_="beside") if steps else Html()


def _altered(title: str, segments: Sequence[Segment]) -> Html:
    return element("details", element("summary", title), words_marked(segments), class_="altered")


def words_marked(segments: Sequence[Segment], only: str = "") -> Html:
    """Runs of words, those removed struck out and those added underlined; `only` leaves one of the two out."""
    names = {"removed": "del", "added": "ins", "equal": "span"}
    runs = [element(names[s.kind], s.text) for s in segments if not only or s.kind in {"equal", only}]
    spaced = [part for run in runs for part in (run, Html(" "))]
    return element("p", *spaced, class_="marked", dir="auto")


def _publisher(instrument: Instrument | None) -> Html:
    if instrument is None or not is_web(instrument.source_url):
        return Html()
    host = urlsplit(instrument.source_url).hostname or "the publisher"
    return element("p", link(instrument.source_url, f"Read it at {host}"), " (leaves this page)", class_="publisher")


def _facts(instrument: Instrument | None) -> Html:
    if instrument is None:
        return Html()
    rows = [
        ("Instrument", instrument.title),
        ("Rank", authority_words(instrument.authority)),
        ("Issued by", instrument.issuer),
        ("Signed", day(instrument.signed) if instrument.signed else ""),
        ("In effect", day(instrument.effective) if instrument.effective else ""),
        (
            "Ended",
            f"{day(instrument.ended)}{f' by {instrument.ended_by}' if instrument.ended_by else ''}"
            if instrument.ended
            else "",
        ),
    ]
    told = [element("div", element("dt", name), element("dd", element("bdi", words))) for name, words in rows if words]
    return element("dl", *told, class_="facts")


def _list(title: str, ids: Sequence[str], on: date) -> Html:
    """Clauses to go to from here; a long list folds."""
    if not ids:
        return Html()
    rows = [element("li", choice(id, on, id)) for id in ids]
    shown_first = element("ul", *rows[:_SHORT], class_="ids")
    rest = element(
        "details", element("summary", f"{len(rows) - _SHORT} more"), element("ul", *rows[_SHORT:], class_="ids")
    )
    return together(element("h3", title), shown_first, rest if len(rows) > _SHORT else "")


def _definitions(definitions: Sequence[tuple[str, str]], on: date) -> Html:
    if not definitions:
        return Html()
    rows = [
        element("li", element("bdi", term), ": ", choice(provision, on, provision)) for term, provision in definitions
    ]
    return together(element("h3", "Defined elsewhere"), element("ul", *rows, class_="defined"))


def _history(history: Sequence[Period], on: date) -> Html:
    if not history:
        return Html()
    return together(
        element("h3", "History"), element("ol", *(_period(period, on) for period in history), class_="history")
    )


def _period(period: Period, on: date) -> Html:
    """A row of the history; a change to a clause that stays in force is told by what made it."""
    began = element("time", day(period.start), datetime=period.start.isoformat())
    by = choice(period.by, on, period.by) if period.by else Html()
    changed = period.status is Status.IN_FORCE and period.by and period.change
    what = by if changed else together(status_words(period.status), " by " if by else "", by)
    return element("li", began, " · ", what, together(": ", element("bdi", period.change)) if period.change else "")
