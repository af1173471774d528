"""Two provisions side by side, or one on two days: what each is, and where their words part."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant import law
from assistant.clause import Clause, look_up
from assistant.corpus import Corpus
from assistant.errors import BadInput, NotHeld
from assistant.law import Holding, Instrument, Provision, Status
from assistant.phrase import day
from assistant.record import Record
from assistant.sync import changes
from assistant.sync.changes import Difference, Segment

_DATED = re.compile(r"^(?P<cite>.*?)(?:\s*@\s*|\s+(?:on|as of|at)\s+)(?P<day>\d{4}-\d{2}-\d{2})\s*$", re.I | re.DOTALL)
_DAY = re.compile(r"^\s*@?\s*(\d{4}-\d{2}-\d{2})\s*$")
_MOST_WORDS = 6_000


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a provision on a day, and the words compared; `basis` is `text`, `note` or `none`."""

    clause: Clause
    on: date
    basis: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Altered:
    """A clause within an instrument whose note or status is not the same on both days."""

    provision: str
    heading: str
    before: Status
    after: Status
    by: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, the runs of words they share or not, and, for one instrument on two days, its clauses that differ."""

    before: Side
    after: Side
    segments: tuple[Segment, ...]
    altered: tuple[Altered, ...] = ()
    editions: Difference | None = None
    warnings: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether one provision is compared with itself on another day."""
        return self.before.clause.id == self.after.clause.id


def compare(one: str, other: str, corpus: Corpus, record: Record, on: date) -> Comparison:
    """Compare two citations, each `CITATION` or `CITATION @ YYYY-MM-DD`; a bare day as the second means the same clause.

    `on` is the day of a citation without its own. Raises BadInput for a citation that names several clauses or a bad
    day, NoSuchClause and NotHeld as looking the clause up does.
    """
    first, first_day = read_side(one)
    second, second_day = read_side(other)
    if not first.strip():
        raise BadInput("The first of the two names no clause.", next_step='Try: "NSM-18 @ 2024-01-01" "2025-06-01".')
    before = _side(first, first_day or on, corpus, record)
    after = _side(second.strip() or first, second_day or on, corpus, record)
    if (before.clause.id, before.on) == (after.clause.id, after.on):
        raise BadInput(
            "Both sides are the same clause on the same day.",
            next_step=f'Give a day: "{before.clause.id} @ 2024-01-01".',
        )
    before, after = _alike(before, after)
    whole = before.clause.id == after.clause.id and before.clause.instrument is not None
    altered = tuple(_altered(before, after, corpus)) if whole else ()
    editions, missing = _editions(before, after, record) if whole else (None, "")
    return Comparison(
        before, after, segments(before.text, after.text), altered, editions,
        tuple(each for each in (*_warnings(before, after), missing) if each),
    )  # fmt: skip


def read_side(written: str) -> tuple[str, date | None]:
    """A citation and its day, where it has one; the citation is empty for a bare day."""
    bare, dated = _DAY.match(written), _DATED.match(written)
    try:
        if bare:
            return "", date.fromisoformat(bare[1])
        if dated:
            return dated["cite"].strip(), date.fromisoformat(dated["day"])
    except ValueError:
        raise BadInput(f"{written.strip()[:60]!r} has no day that exists.", next_step="Write YYYY-MM-DD.") from None
    return written.strip(), None


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """Runs of words equal, removed and added, white space apart; very long texts come as one removed and one added."""
    before, after = old.split(), new.split()
    if len(before) + len(after) > _MOST_WORDS and before != after:
        pairs = (("removed", before), ("added", after))
        return tuple(Segment(kind, " ".join(words)) for kind, words in pairs if words)
    return tuple(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[Segment]:
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Segment("equal", " ".join(before[a:b]))
            continue
        if a < b:
            yield Segment("removed", " ".join(before[a:b]))
        if c < d:
            yield Segment("added", " ".join(after[c:d]))


def _side(written: str, on: date, corpus: Corpus, record: Record) -> Side:
    if len(written) > 1_000:
        raise BadInput("That is not a citation.", next_step='Try: "22 USC 2776(b)(1)".')
    clauses, ambiguous = look_up(written, corpus, record, on)
    if len(clauses) > 1:
        named = ", ".join(clause.id for clause in clauses[:6])
        how = "may mean any of" if ambiguous else "names several clauses:"
        raise BadInput(f"{written.strip()} {how} {named}.", next_step="Name one of them.")
    clause = clauses[0]
    version = corpus.version(clause.id, on)
    heading = version.heading if version and version.heading else clause.heading
    if clause.held and clause.held.edition.holding is Holding.OFFICIAL:
        return Side(clause, on, "text", clause.held.text, heading)
    return Side(clause, on, "note" if clause.note else "none", clause.note, heading)


def _alike(before: Side, after: Side) -> tuple[Side, Side]:
    """Both by their texts, or both by their notes where both have one."""
    noted = bool(before.clause.note and after.clause.note)
    if not noted or (before.basis == after.basis and not _one_later_edition(before, after)):
        return before, after
    return _by_note(before), _by_note(after)


def _one_later_edition(before: Side, after: Side) -> bool:
    """Whether one clause on two days is held in one edition alone, later than the first of them: the law of neither by itself."""
    editions = {side.clause.held.edition.as_of for side in (before, after) if side.clause.held}
    return before.clause.id == after.clause.id and len(editions) == 1 and min(before.on, after.on) < editions.pop()


def _by_note(side: Side) -> Side:
    return replace(side, basis="note", text=side.clause.note)


def _warnings(before: Side, after: Side) -> Iterator[str]:
    if {before.basis, after.basis} == {"text", "note"}:
        yield "One side is official text and the other our note: their words differ for that reason alone."
    if before.basis == "note" and _one_later_edition(before, after) and (one := before.clause.held):
        yield (
            f"Of {before.clause.id} one edition is held, of {day(one.edition.as_of)}: its words are not shown as the law of"
            f" {day(before.on)} or {day(after.on)}. What is compared are our notes for the two days."
        )
    for side in (before, after):
        held = side.clause.held
        if side.basis == "text" and held and held.edition.as_of > side.on:
            yield f"{side.clause.id} is held only in the edition of {day(held.edition.as_of)}, later than {day(side.on)}."
        if side.basis == "none":
            yield f"Neither text nor note is held of {side.clause.id}."


def _altered(before: Side, after: Side, corpus: Corpus) -> Iterator[Altered]:
    """The clauses within, the whole included, whose note or status differs between the two days."""
    whole = before.clause.id
    for id, versions in corpus.provisions.items():
        if versions[0].instrument != law.instrument_of(whole) or not law.is_part_of(id, whole):
            continue
        old, new = corpus.version(id, before.on), corpus.version(id, after.on)
        then, now = corpus.status(id, before.on), corpus.status(id, after.on)
        assert old is not None
        assert new is not None
        happened = _happened(new, before.on, after.on)
        if old is not new or (then is not now and id == whole) or happened:
            words = segments(old.note, new.note) if old is not new else ()
            why = happened or new.by or _by(before.clause.instrument, before.on, after.on)
            yield Altered(id, new.heading or corpus.heading(id), then, now, why, words)


def _happened(version: Provision, since: date, until: date) -> str:
    """What changed a clause between two days, in the words of its own history."""
    first, last = sorted((since, until))
    found = [period for period in version.history if first < period.start <= last]
    return "; ".join(f"{day(p.start)}: {p.change or p.status}{f' ({p.by})' if p.by else ''}" for p in found)


def _by(instrument: Instrument | None, since: date, until: date) -> str:
    first, last = sorted((since, until))
    return next((p.by for p in instrument.periods if p.by and first < p.start <= last), "") if instrument else ""


def _editions(before: Side, after: Side, record: Record) -> tuple[Difference | None, str]:
    first, last = sorted((before.on, after.on))
    instrument = law.instrument_of(before.clause.id)
    if not any(e.holding is Holding.OFFICIAL for e in record.editions(instrument)):
        return None, f"No official text of {instrument} is held: what is compared are our notes."
    try:
        found = changes.diff_instrument(record, instrument, first, last)
    except NotHeld as error:
        return None, str(error)
    kept = tuple(c for c in found.changes if law.is_part_of(c.provision or c.was, before.clause.id))
    return Difference(found.before, found.after, kept, found.warnings), "; ".join(found.warnings)


def as_json(found: Comparison) -> dict[str, Any]:
    """The keys that other programs rely on."""
    editions = found.editions
    return {
        "before": _side_json(found.before),
        "after": _side_json(found.after),
        "segments": [{"kind": s.kind, "text": s.text} for s in found.segments],
        "changes": [
            {"provision": a.provision, "heading": a.heading, "before": a.before, "after": a.after, "by": a.by or None,
             "segments": [{"kind": s.kind, "text": s.text} for s in a.segments]}
            for a in found.altered
        ],
        "editions": {
            "before": editions.before.as_of.isoformat(), "after": editions.after.as_of.isoformat(),
            "changes": changes.as_json(editions.changes),
        } if editions else None,
        "warnings": list(found.warnings),
    }  # fmt: skip


def _side_json(side: Side) -> dict[str, Any]:
    clause, held = side.clause, side.clause.held
    instrument = clause.instrument
    return {
        "provision": clause.id, "cite": clause.cite, "heading": side.heading, "on": side.on.isoformat(),
        "status": clause.status, "holding": clause.holding, "authority": instrument.authority if instrument else None,
        "basis": side.basis, "text": side.text or None,
        "edition": held.edition.as_of.isoformat() if held and side.basis == "text" else None,
    }  # fmt: skip
