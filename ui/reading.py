"""A clause opened beside the conversation: found, with the way there, its neighbours and what changed in it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from assistant import law
from assistant.clause import look_up, read_clause
from assistant.compare import segments
from assistant.desk import Desk
from assistant.errors import NoSuchClause, NotHeld, PinciteError
from assistant.law import Holding
from assistant.phrase import day
from assistant.sync.changes import Segment
from ui import panel
from ui.markup import Html
from ui.talk import BROKEN, MOST_TURNS, day_asked

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause to open, the day, and the words to mark: by place in an edition, or as they stand in the note."""

    provision: str
    on: str = ""
    span: panel.Span | None = None
    says: str = ""


def chosen(said: dict[str, Any]) -> Chosen:
    """The clause, day and words a button names; a place that is not numbers is none."""
    start, _, end = str(said.get("span", "")).partition("-")
    span = (int(start), int(end), str(said.get("edition", ""))) if _small(start) and _small(end) else None
    return Chosen(str(said.get("provision", "")), str(said.get("on", "")), span, str(said.get("says", "")))


def open_clause(desk: Desk, trail: Sequence[Chosen]) -> tuple[Html, list[Chosen]]:
    """The panel for the last clause chosen, and the way there."""
    kept = list(trail)[-MOST_TURNS:]
    last = kept[-1] if kept else Chosen("")
    on = date.today()
    try:
        on = day_asked(last.on) or on
        if desk.corpus.exists(last.provision) or desk.held(last.provision):
            found = read_clause(last.provision, desk.corpus, desk.record, on)
        else:
            found = look_up(last.provision[:1_000], desk.corpus, desk.record, on)[0][0]
        if (version := desk.corpus.version(found.id, on)) and version.heading:
            found = replace(found, heading=version.heading)
        above = tuple((id, desk.corpus.heading(id)) for id in reversed(law.ancestors_of(found.id)))
        shown = panel.clause(
            found, on, above, last.span, says=last.says, beside=_beside(found.id, desk), altered=tuple(_altered(found.id, desk)),
            back=len(kept) > 1,
        )  # fmt: skip
        return shown, kept
    except (NoSuchClause, NotHeld) as error:
        return panel.not_found(str(error), error.near, on), kept
    except PinciteError as error:
        return panel.not_found(str(error), (), on), kept
    except Exception:
        _log.exception("A clause could not be shown")
        return panel.not_found(BROKEN, (), on), kept


def _beside(provision: str, desk: Desk) -> tuple[str | None, str | None]:
    """The clauses before and after one, at its own level."""
    row = desk.corpus.children.get(law.parent_of(provision) or "", ())
    if provision not in row:
        return None, None
    at = row.index(provision)
    return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None


def _altered(provision: str, desk: Desk) -> Iterator[tuple[str, Sequence[Segment]]]:
    """What differs between a clause's versions in our notes, and between the editions of its text that are held."""
    for old, new in pairwise(desk.corpus.provisions.get(provision, ())):
        when = f" from {day(new.start)}" if new.start else ""
        by = f" by {new.by}" if new.by else ""
        yield f"What changed{when}{by} (our notes)", segments(old.note, new.note)
    instrument = law.instrument_of(provision)
    days = sorted({e.as_of for e in desk.record.editions(instrument) if e.holding is Holding.OFFICIAL and e.preferred})
    for earlier, later in pairwise(days[-4:]):
        before, after = desk.record.held(provision, instrument, earlier), desk.record.held(provision, instrument, later)
        if before and after and before.text.split() != after.text.split():
            yield (
                f"What changed between the editions of {day(earlier)} and {day(later)}",
                segments(before.text, after.text),
            )


def _small(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 10
