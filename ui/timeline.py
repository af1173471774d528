"""The Timeline pane: the policies and orders by the dates between which they held, and what refers to a clause."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant import cite
from assistant.clause import read_clause
from assistant.desk import Desk
from assistant.errors import PinciteError
from assistant.law import Authority, Instrument, Status
from assistant.phrase import day
from assistant.show import status_words
from ui.markup import Html, element, shown, together
from ui.render import choice, failure, standing
from ui.wording import tone

_LEFT, _WIDTH, _ROW, _TOP = 196, 844, 30, 34
_BEND = date(2013, 1, 1)
_MOST = 11
_DRAWN = frozenset({Status.IN_FORCE, Status.DIRECTED, Status.REPORTED})


def pane(desk: Desk, on: date) -> Html:
    """The plot, and the same as a list."""
    rows = list(_instruments(desk))
    if not rows:
        return element("p", "No policies are held.", class_="none-chosen")
    plot = element(
        "div",
        _plot(rows, {p.instrument: p.administration for p in desk.rules.policies}, on),
        class_="wide plotted",
        tabindex="0",
        role="region",
        aria_label="Timeline, scrolls sideways where it must",
    )
    listed = [
        element(
            "li",
            choice(i.id, on, i.id),
            " ",
            element("bdi", i.title),
            ": ",
            _dates(i),
            " · ",
            standing(i.status(on), on),
        )
        for i in rows
    ]
    return together(
        element("h2", "Policies and orders by the dates they held"),
        element("p", "Choose a row to read the instrument.", element("span", " The line is the date above; a hatched bar was directed to be implemented, or has an end that is only reported. The years since 2013 are drawn wider.", class_="plotted"), class_="hint"),
        plot,
        element("details", element("summary", "The same as a list"), element("ol", *listed, class_="plain-list"), class_="fold instead"),
    )  # fmt: skip


def graph_form() -> Html:
    """Which clause to draw."""
    return together(
        element("h2", "What refers to a clause"),
        element(
            "form",
            element("label", "Clause", for_="graph-words"),
            element(
                "div",
                element("input", id="graph-words", name="words", maxlength="1000", placeholder="AECA 36(b)(1)", autocomplete="off"),
                element("button", "Draw", type="submit", class_="go"),
                class_="field",
            ),
            data_does="graph", aria_label="What refers to a clause",
        ),
    )  # fmt: skip


def _instruments(desk: Desk) -> Iterator[Instrument]:
    """The policies, then the orders and public laws, each by its beginning."""
    named = {policy.instrument for policy in desk.rules.policies}
    kinds = {Authority.EXECUTIVE_ORDER, Authority.PRESIDENTIAL_MEMORANDUM}
    chosen = [
        i
        for i in desk.corpus.instruments.values()
        if i.id in named or i.authority in kinds or i.kind == "public law" or i.id == "CAT fact page"
    ]
    yield from sorted(chosen, key=lambda i: (i.id not in named, _began(i) or date.max, i.id))


def _began(instrument: Instrument) -> date | None:
    return next((p.start for p in instrument.periods if p.status in _DRAWN), instrument.effective or instrument.signed)


def _dates(instrument: Instrument) -> str:
    return "; ".join(f"{status_words(p.status)} from {day(p.start)}" for p in instrument.periods) or "no date held"


def _plot(rows: Sequence[Instrument], names: Mapping[str, str], on: date) -> Html:
    begins = [began for i in rows if (began := _began(i))]
    axis = _Axis(min([*begins, on]), max(date.today(), on))
    height = _TOP + _ROW * len(rows) + 8
    parts: list[Html] = list(_ticks(axis, height))
    for number, instrument in enumerate(rows):
        parts.append(_row(instrument, names.get(instrument.id, ""), axis, _TOP + number * _ROW, on))
    x = axis.place(on)
    parts.append(Html(f'<line class="today" x1="{x}" x2="{x}" y1="{_TOP - 8}" y2="{height}"></line>'))
    hatch = (
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch" width="3" height="6"></rect></pattern></defs>'
    )
    label = shown(f"Timeline of {len(rows)} policies, orders and public laws; {day(on)} is marked")
    return Html(
        f'<svg class="timeline" viewBox="0 0 {_LEFT + _WIDTH} {height}" width="{_LEFT + _WIDTH}" height="{height}" role="group" aria-label="{label}">'
        f"{hatch}{together(*parts)}</svg>"
    )


class _Axis:
    """Days to places; the years since 2013 take three fifths of the width."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = date(first.year, 1, 1), last
        self._bend = _BEND if self.first < _BEND < last else self.first
        self._before = _WIDTH * 2 // 5 if self._bend > self.first else 0

    def place(self, on: date) -> int:
        """Where a day stands, in units of the drawing."""
        if on < self._bend:
            share = max((on - self.first).days, 0) / max((self._bend - self.first).days, 1)
            return _LEFT + round(share * self._before)
        share = min(max((on - self._bend).days / max((self.last - self._bend).days, 1), 0), 1)
        return _LEFT + self._before + round(share * (_WIDTH - self._before - 12))

    def years(self) -> Iterator[int]:
        """The years worth a mark."""
        for year in range(self.first.year, self.last.year + 1):
            if (year < self._bend.year - 3 and year % 10 == 0) or (
                year >= self._bend.year and (year - self._bend.year) % 2 == 0
            ):
                yield year


def _ticks(axis: _Axis, height: int) -> Iterator[Html]:
    for year in axis.years():
        x = axis.place(date(year, 1, 1))
        yield Html(f'<line class="tick" x1="{x}" x2="{x}" y1="{_TOP - 8}" y2="{height}"></line>')
        yield Html(f'<text class="year" x="{x + 3}" y="{_TOP - 14}">{year}</text>')


def _row(instrument: Instrument, name: str, axis: _Axis, y: int, on: date) -> Html:
    label = f"{instrument.id}, {instrument.title}: {_dates(instrument)}"
    parts = [
        Html(f'<rect class="hit" x="0" y="{y}" width="{_LEFT + _WIDTH}" height="{_ROW - 4}" rx="4"></rect>'),
        Html(
            f'<text class="name" x="8" y="{y + 18}">{shown(_short(f"{instrument.id} · {name}" if name else instrument.id, 28))}</text>'
        ),
    ]
    for number, period in enumerate(instrument.periods):
        if period.status not in _DRAWN:
            continue
        after = instrument.periods[number + 1].start if number + 1 < len(instrument.periods) else axis.last
        x, wide = axis.place(period.start), max(axis.place(after) - axis.place(period.start), 7)
        kind = "held" if period.status is Status.IN_FORCE else "directed"
        now = " now" if period == instrument.period(on) else ""
        parts.append(
            Html(f'<rect class="bar {kind}{now}" x="{x}" y="{y + 6}" width="{wide}" height="14" rx="3"></rect>')
        )
    return _button(instrument.id, on, label, *parts)


def _button(provision: str, on: date, label: str, *inside: Html) -> Html:
    return element(
        "g",
        *inside,
        class_="choose",
        role="button",
        tabindex="0",
        data_provision=provision,
        data_on=on.isoformat(),
        aria_label=label,
    )


def _short(words: str, most: int = 30) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def graph(words: str, desk: Desk, on: date) -> Html:
    """What refers to a clause, and what it refers to, drawn around it."""
    try:
        resolution = cite.resolve(words.strip()[:1_000] or "AECA 36(b)(1)", desk.corpus)
        if not resolution.provisions:
            return failure(f"There is no {words.strip()[:80]} in the texts held.")
        found = read_clause(resolution.provisions[0], desk.corpus, desk.record, on)
    except PinciteError as error:
        return failure(str(error))
    to, by = [p for p in found.refers_to if p != found.id], [p for p in found.cited_by if p != found.id]
    tall = max(min(len(to), _MOST), min(len(by), _MOST), 1) * 38 + 40
    middle = tall // 2
    parts = [*_column(by[:_MOST], 8, tall, "by", desk, on), *_column(to[:_MOST], 712, tall, "to", desk, on)]
    parts.append(
        _button(found.id, on, f"{found.id} {found.heading}", Html(f'<rect class="node middle" x="360" y="{middle - 18}" width="240" height="36" rx="8"></rect>'),
                Html(f'<text class="name" x="480" y="{middle + 5}" text-anchor="middle">{shown(_short(found.id))}</text>'))
    )  # fmt: skip
    svg = Html(
        f'<svg class="graph" viewBox="0 0 960 {tall}" width="960" height="{tall}" role="group" aria-label="{shown(f"References around {found.id}")}">'
        f"{together(*parts)}</svg>"
    )
    lists = [_listed("Refers to it", by, on), _listed("It refers to", to, on)]
    return together(
        element("p", f"{len(by)} clauses refer to ", element("bdi", found.cite), f"; it refers to {len(to)}.", class_="hint"),
        element("div", svg, class_="wide plotted", tabindex="0", role="region", aria_label="References, scrolls sideways where it must"),
        element("details", element("summary", "The same as lists"), *lists, class_="fold instead"),
    )  # fmt: skip


def _column(ids: Sequence[str], x: int, tall: int, side: str, desk: Desk, on: date) -> Iterator[Html]:
    for number, id in enumerate(ids):
        y = round((number + 0.5) * tall / len(ids))
        start, end = (x + 240, 360) if side == "by" else (600, x)
        bend = (start + end) // 2
        y0, y1 = (y, tall // 2) if side == "by" else (tall // 2, y)
        yield Html(f'<path class="edge" d="M{start} {y0} C{bend} {y0} {bend} {y1} {end} {y1}"></path>')
        status = desk.corpus.status(id, on)
        label = f"{id} {desk.corpus.heading(id)}, {status_words(status)}"
        yield _button(
            id, on, label, Html(f'<rect class="node {tone(status)}" x="{x}" y="{y - 15}" width="240" height="30" rx="6"></rect>'),
            Html(f'<text class="name" x="{x + 10}" y="{y + 5}">{shown(_short(id))}</text>'),
        )  # fmt: skip


def _listed(title: str, ids: Sequence[str], on: date) -> Html:
    rows = [element("li", choice(id, on, id)) for id in ids]
    return together(element("h3", f"{title} ({len(ids)})"), element("ul", *rows, class_="ids")) if ids else Html()
