"""What a new edition reaches: the clauses it changes, and the saved answers and memos that cite them."""

from collections.abc import Iterable

from assistant import audit
from assistant.audit import Entry
from assistant.record import Record
from assistant.sync import changes

Reached = tuple[tuple[str, tuple[str, ...], tuple[Entry, ...]], ...]


def provisions_changed(record: Record, instrument: str) -> tuple[str, ...]:
    """The clauses in which the last two editions of an instrument differ; none where there is one edition."""
    held = [edition for edition in record.editions(instrument) if edition.preferred]
    if len(held) < 2:
        return ()
    before, after = (changes.printing(record, edition) for edition in held[-2:])
    found = changes.compare(before, after)
    return tuple(dict.fromkeys(name for change in found for name in (change.was, change.provision) if name))


def touched(record: Record, instruments: Iterable[str]) -> Reached:
    """For each instrument with an earlier edition: the clauses that differ, and the entries of the log that cite them."""
    found = []
    for instrument in instruments:
        if provisions := provisions_changed(record, instrument):
            found.append((instrument, provisions, tuple(audit.touched(record, provisions))))
    return tuple(found)
