"""What differs between two printings of an instrument, clause by clause and word by word."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from assistant.errors import BadInput, NotHeld
from assistant.law import Edition, Holding
from assistant.readers import Kind, Passage
from assistant.record import Record

MOVED = 95.0

_FEWEST_WORDS = 4
_MOST_PAIRS = 4_000_000
# A longer clause is compared by edit distance, which is less telling than difflib's longest runs but takes no minutes.
_MOST_CELLS = 1_000_000


class How(StrEnum):
    """How a clause differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENUMBERED = "renumbered"


class Layer(StrEnum):
    """What a clause is part of; each is compared by itself."""

    LAW = "law"
    NOTES = "notes"
    AMENDMENTS = "amendments"


_LAYERS = {
    Kind.PROVISION: Layer.LAW, Kind.FLUSH: Layer.LAW, Kind.TABLE: Layer.LAW, Kind.ROW: Layer.LAW,
    Kind.NOTE: Layer.NOTES, Kind.CREDIT: Layer.NOTES, Kind.FOOTNOTE: Layer.NOTES, Kind.AMENDMENTS: Layer.AMENDMENTS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printing:
    """A text with its clauses as spans of it, in printed order."""

    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words: `equal`, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One clause that differs; `was` is its id before, `provision` its id after, either empty where it is none."""

    how: How
    layer: Layer
    was: str
    provision: str
    heading: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two editions of an instrument and what differs between them."""

    before: Edition
    after: Edition
    changes: tuple[Change, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause's own words, without those of the clauses within it."""

    id: str
    heading: str
    words: tuple[str, ...]
    place: int


def printing(record: Record, edition: Edition) -> Printing:
    """An edition that the record holds, with its clauses."""
    held = edition if edition.text else record.edition_numbered(edition.id)
    assert held is not None
    return Printing(held.text, record.passages(held))


def compare(before: Printing, after: Printing) -> tuple[Change, ...]:
    """Every clause that differs, in the order of the later text, those removed where they stood, white space apart."""
    found: list[Change] = []
    for layer in Layer:
        old, new = _clauses(before, layer), _clauses(after, layer)
        found += _changes(old, new, layer)
    return tuple(found)


def as_json(changes: Iterable[Change]) -> list[dict[str, object]]:
    """The changes for other programs."""
    return [
        {
            "how": change.how.value,
            "layer": change.layer.value,
            "was": change.was or None,
            "provision": change.provision or None,
            "heading": change.heading,
            "segments": [{"kind": segment.kind, "text": segment.text} for segment in change.segments],
        }
        for change in changes
    ]


def diff_instrument(
    record: Record, instrument: str, since: date | None = None, until: date | None = None
) -> Difference:
    """What changed in an instrument between two days; from the last edition but one to the last where none is given.

    NotHeld where no official edition is held of one of the days.
    """
    if since and until and since > until:
        raise BadInput(f"{until} is before {since}.", next_step="Give the earlier day as --since.")
    held = [e for e in record.editions(instrument) if e.holding is Holding.OFFICIAL and e.preferred]
    after = _standing(held, until, instrument)
    earlier = [e for e in held if (e.as_of, e.id) < (after.as_of, after.id)]
    before = _standing(held, since, instrument) if since else earlier[-1] if earlier else None
    if before is None:
        raise NotHeld(
            f"Only one edition of {instrument} as of {until or after.as_of} or before is held.",
            next_step=f"Bring an earlier one: pincite sync '{instrument}' --as-of YYYY-MM-DD.",
        )
    found = compare(printing(record, before), printing(record, after)) if before.id != after.id else ()
    return Difference(before, after, found, tuple(_warnings(before, after)))


def _standing(held: Sequence[Edition], on: date | None, instrument: str) -> Edition:
    """The latest edition as of a day; NotHeld where all are later, since a later text does not show an earlier one."""
    found = max((e for e in held if on is None or e.as_of <= on), key=lambda e: (e.as_of, e.id), default=None)
    if found is None and held:
        first = min(e.as_of for e in held)
        raise NotHeld(
            f"The earliest edition of {instrument} held is as of {first}, after {on}.",
            next_step=f"Bring an earlier one: pincite sync '{instrument}' --as-of {on}.",
        )
    if found is None:
        raise NotHeld(f"No official text of {instrument} is held.", next_step=f"Run pincite sync '{instrument}'.")
    return found


def _warnings(before: Edition, after: Edition) -> Iterator[str]:
    if before.format != after.format:
        yield (
            f"The two editions come in different formats ({before.format} and {after.format}); "
            "some differences may be of print alone."
        )
    if before.id == after.id:
        yield f"One edition, as of {after.as_of}, stands for both days; none between them is held."


def _clauses(printed: Printing, layer: Layer) -> dict[str, _Clause]:
    """The clauses of a layer with words of their own, by id."""
    within: dict[str, list[Passage]] = defaultdict(list)
    for passage in printed.passages:
        if passage.parent is not None:
            within[passage.parent].append(passage)
    found: dict[str, _Clause] = {}
    for place, passage in enumerate(printed.passages):
        if _LAYERS[passage.kind] is layer:
            own = _own(printed.text, passage, within[passage.id]).split()
            heading = passage.heading.split()
            words = tuple(own if own[: len(heading)] == heading else heading + own)
            if words:
                found[passage.id] = _Clause(passage.id, passage.heading, words, place)
    return found


def _own(text: str, passage: Passage, within: Iterable[Passage]) -> str:
    """A clause's own words with those of the tables, rows and clauses inside them cut out."""
    parts: list[str] = []
    at = passage.own_start
    for inner in sorted(within, key=lambda p: p.start):
        if at <= inner.start < passage.own_end:
            parts.append(text[at : inner.start])
            at = min(inner.end, passage.own_end)
    return " ".join([*parts, text[at : passage.own_end]])


def _changes(old: dict[str, _Clause], new: dict[str, _Clause], layer: Layer) -> list[Change]:
    gone = {id: clause for id, clause in old.items() if id not in new or new[id].words != clause.words}
    come = {id: clause for id, clause in new.items() if id not in old or old[id].words != clause.words}
    moved = _moves(gone, come)
    found: list[tuple[int, Change]] = []
    for was, provision in moved.items():
        pair = gone.pop(was), come.pop(provision)
        how = How.CHANGED if was == provision else How.RENUMBERED
        found.append((pair[1].place, _change(how, layer, *pair)))
    for id in [id for id in come if id in gone]:
        pair = gone.pop(id), come.pop(id)
        found.append((pair[1].place, _change(How.CHANGED, layer, *pair)))
    found += [(clause.place, _change(How.ADDED, layer, None, clause)) for clause in come.values()]
    found += [(clause.place, _change(How.REMOVED, layer, clause, None)) for clause in gone.values()]
    return [change for _, change in sorted(found, key=lambda pair: (pair[0], pair[1].how is not How.REMOVED))]


def _moves(gone: dict[str, _Clause], come: dict[str, _Clause]) -> dict[str, str]:
    """Which old clause is which new one, best matches first: the same words, or nearly, under another id or its own."""
    old = [clause for clause in gone.values() if len(clause.words) >= _FEWEST_WORDS]
    new = [clause for clause in come.values() if len(clause.words) >= _FEWEST_WORDS]
    candidates: list[tuple[float, bool, int, str, str]] = []
    for score, one, other in _alike(old, new):
        candidates.append((-score, one.id != other.id, abs(one.place - other.place), one.id, other.id))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for *_, was, provision in sorted(candidates):
        if was not in found and provision not in taken:
            found[was] = provision
            taken.add(provision)
    return found


def _alike(old: list[_Clause], new: list[_Clause]) -> Iterator[tuple[float, _Clause, _Clause]]:
    """Pairs of clauses whose words are the same or nearly."""
    if not old or not new:
        return
    if len(old) * len(new) > _MOST_PAIRS:
        by_words = defaultdict(list)
        for other in new:
            by_words[other.words].append(other)
        yield from ((100.0, one, other) for one in old for other in by_words[one.words])
        return
    scores = process.cdist(
        [" ".join(one.words) for one in old], [" ".join(other.words) for other in new],
        scorer=fuzz.ratio, score_cutoff=MOVED, dtype=np.float32,
    )  # fmt: skip
    for row, column in zip(*np.nonzero(scores), strict=True):
        yield float(scores[row, column]), old[row], new[column]


def _change(how: How, layer: Layer, old: _Clause | None, new: _Clause | None) -> Change:
    shown = new or old
    assert shown is not None
    segments = _segments(old.words if old else (), new.words if new else ())
    return Change(how, layer, old.id if old else "", new.id if new else "", shown.heading, segments)


def _segments(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Segment, ...]:
    """Runs of words equal, removed and added; what was removed comes before what was added in its place."""
    found: list[Segment] = []
    for tag, old_from, old_to, new_from, new_to in _operations(old, new):
        if tag == "equal":
            found.append(Segment("equal", " ".join(new[new_from:new_to])))
            continue
        if old_from < old_to:
            found.append(Segment("removed", " ".join(old[old_from:old_to])))
        if new_from < new_to:
            found.append(Segment("added", " ".join(new[new_from:new_to])))
    return tuple(found)


def _operations(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[tuple[str, int, int, int, int]]:
    if len(old) * len(new) <= _MOST_CELLS:
        yield from difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return
    for step in Levenshtein.opcodes(old, new):
        yield step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
