"""What changed, and when: status changes of instruments and new versions of clauses, in order of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.corpus import Corpus
from assistant.law import Authority, Instrument, Status
from assistant.phrase import day
from assistant.settings import CHECKED_THROUGH
from assistant.show import status_words
from ui.markup import Html, element, together
from ui.render import choice

_MOST = 40


@dataclass(frozen=True, slots=True)
class Happening:
    """One change on one day: the clause it changed, what it did, and the clause that did it."""

    on: date
    provision: str
    words: str
    by: str
    whole: bool


def happenings(corpus: Corpus, since: date, until: date) -> tuple[Happening, ...]:
    """Every change that the catalogue records after one day and to another, latest first."""
    found = {(h.on, h.provision, h.by): h for h in _all(corpus) if since < h.on <= until}
    return tuple(sorted(found.values(), key=lambda h: (h.on, h.whole, h.provision), reverse=True))


def _all(corpus: Corpus) -> Iterator[Happening]:
    for instrument in corpus.instruments.values():
        for number, period in enumerate(instrument.periods):
            before = {earlier.status for earlier in instrument.periods[:number]}
            first = period.status is Status.IN_FORCE and before <= {Status.UNKNOWN, Status.NOT_YET}
            if period.status is Status.UNKNOWN or (first and not _is_news(instrument)):
                continue
            words = "took effect" if first else status_words(period.status)
            yield Happening(period.start, instrument.id, f"{words}: {instrument.title}", period.by, True)
    for versions in corpus.provisions.values():
        for number, version in enumerate(versions):
            if version.start and number:
                yield Happening(version.start, version.id, f"changed: {version.heading}", version.by, False)
            for period in version.history:
                if period.change:
                    yield Happening(period.start, version.id, period.change, period.by, False)


def _is_news(instrument: Instrument) -> bool:
    """Whether an instrument's beginning is known as a day, rather than as that of the edition at hand."""
    orders = {Authority.EXECUTIVE_ORDER, Authority.PRESIDENTIAL_MEMORANDUM}
    return instrument.authority in orders or instrument.kind == "public law"


def strip(corpus: Corpus, on: date, today: date) -> Html:
    """The strip under the date: which day's law is read, and what changed between it and today."""
    first, last = min(on, today), max(on, today)
    if on == today:
        since = date(today.year - 2, today.month, min(today.day, 28))
        found = happenings(corpus, since, today)
        latest = _more(f" Latest change held: {day(found[0].on)}.") if found else Html()
        head = together("The law as of today.", latest)
        title = "What changed in the last two years"
    else:
        found = happenings(corpus, first, last)
        day_read = element("strong", f"The law as of {day(on)}.")
        how_many = "1 change" if len(found) == 1 else f"{len(found) or 'No'} changes"
        head = together(day_read, f" {how_many} held since." if on < today else " That day is still to come.")
        title = f"What changed {'since' if on < today else 'before then'}"
    checked = _more(f" Checked for changes through {day(CHECKED_THROUGH)}.") if last > CHECKED_THROUGH else Html()
    return element(
        "div", element("p", head, checked), _list(title, found, on), class_="since" if on == today else "since past"
    )


def _more(words: str) -> Html:
    """What a narrow screen leaves to the answers, which say it too."""
    return element("span", words, class_="more-told")


def _list(title: str, found: tuple[Happening, ...], on: date) -> Html:
    if not found:
        return Html()
    rows = [
        element(
            "li",
            element("time", day(h.on), datetime=h.on.isoformat()), " ", choice(h.provision, on, h.provision), " ",
            element("bdi", h.words), together(" by ", choice(h.by, on, h.by)) if h.by else Html(),
        )
        for h in found[:_MOST]
    ]  # fmt: skip
    more = element("p", f"{len(found) - _MOST} earlier changes are not listed.") if len(found) > _MOST else Html()
    return element("details", element("summary", f"{title} ({len(found)})"), element("ol", *rows), more)
