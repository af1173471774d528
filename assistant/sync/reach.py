"""What a new edition reaches: the clauses it changes, and the saved answers and memos that cite them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assistant import audit, law
from assistant.audit import Entry
from assistant.corpus import Corpus
from assistant.law import Edition
from assistant.phrase import day
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


@dataclass(frozen=True, slots=True)
class Outdated:
    """A saved answer, memo or check, and each change since then to what it cites: (what changed it, the clauses, how)."""

    entry: Entry
    changes: tuple[tuple[str, tuple[str, ...], str], ...]


def outdated(record: Record, corpus: Corpus, on: date) -> tuple[Outdated, ...]:
    """What in the log a newer edition or instrument has reached by a day: the newest entry first."""
    since = {instrument: held for instrument in _twice_held(record) if (held := _editions(record, instrument))}
    changed = {instrument: frozenset(provisions_changed(record, instrument)) for instrument in since}
    cited: dict[int, list[str]] = {}
    for seq, provision in record.database.execute("SELECT seq, provision FROM entry_provision ORDER BY seq"):
        instrument = law.instrument_of(provision)
        if any(_reaches(each, provision) for each in changed.get(instrument, ())) or _moves(corpus, provision):
            cited.setdefault(seq, []).append(provision)
    found = []
    for seq, provisions in sorted(cited.items(), reverse=True):
        one = audit.entry(record, seq)
        rows = [*_newer(one, provisions, since, changed), *_ended(one, provisions, corpus, on)]
        if rows:
            found.append(Outdated(one, tuple(rows)))
    return tuple(found)


def _twice_held(record: Record) -> list[str]:
    counted = Counter(edition.instrument for edition in record.editions() if edition.preferred)
    return [instrument for instrument, count in counted.items() if count > 1]


def _editions(record: Record, instrument: str) -> list[Edition]:
    return [edition for edition in record.editions(instrument) if edition.preferred][-2:]


def _reaches(changed: str, provision: str) -> bool:
    return law.is_part_of(provision, changed) or law.is_part_of(changed, provision)


def _moves(corpus: Corpus, provision: str) -> bool:
    """Whether a clause or its instrument has more than one state in the catalogue."""
    instrument = corpus.instruments.get(law.instrument_of(provision))
    versions = corpus.provisions.get(provision, ())
    periods = [*(instrument.periods if instrument else ()), *(p for v in versions for p in v.history)]
    bounded = any(v.start or v.end for v in versions)
    return bounded or len({str(p.status) for p in periods}) > 1


def _newer(
    one: Entry, provisions: list[str], since: dict[str, list[Edition]], changed: dict[str, frozenset[str]]
) -> list[tuple[str, tuple[str, ...], str]]:
    """The instruments whose newest edition came, or is dated, after what the entry was written from."""
    read = _said(one.body, "edition")
    found = []
    for instrument in dict.fromkeys(law.instrument_of(p) for p in provisions):
        held = since.get(instrument)
        mine = tuple(p for p in provisions if any(_reaches(each, p) for each in changed.get(instrument, ())))
        if not held or not mine:
            continue
        before, last = held
        dated = {e for p, e in read if law.instrument_of(p) == instrument}
        if _moment(one.at) < _moment(last.retrieved) or (dated and max(dated) < last.as_of.isoformat()):
            how = f"the edition of {day(last.as_of)} differs from that of {day(before.as_of)}"
            found.append((instrument, mine, how))
    return found


def _ended(one: Entry, provisions: list[str], corpus: Corpus, on: date) -> list[tuple[str, tuple[str, ...], str]]:
    """The clauses whose standing is another than when the entry was written, by its time or by what it says itself."""
    begun = max(_day(one.body.get("as_of")) or date.min, _moment(one.at).date())
    said = dict(_said(one.body, "status"))
    asked = _day(one.body.get("as_of"))
    found: dict[tuple[str, str], list[str]] = {}
    for provision in provisions:
        now = corpus.status(provision, on)
        known = corpus.status(provision, asked) if asked else None
        passed = begun < on and now is not corpus.status(provision, begun)
        learned = known is not None and provision in said and said[provision] != str(known)
        if not (passed or learned):
            continue
        instrument = corpus.instruments.get(law.instrument_of(provision))
        period = instrument.period(on) if instrument else None
        by = (period.by if period and period.status is now else "") or law.instrument_of(provision)
        how = str(now if passed else known).replace("_", " ")
        found.setdefault((by, f"now {how}" if passed else f"{how} on the day it was written for"), []).append(provision)
    return [(by, tuple(named), how) for (by, how), named in found.items()]


def _said(body: object, key: str) -> list[tuple[str, str]]:
    """What an entry says of its citations under a key: (provision, value) wherever both stand together."""
    if isinstance(body, list):
        return [pair for each in body for pair in _said(each, key)]
    if not isinstance(body, dict):
        return []
    here = [(str(body["provision"]), str(body[key]))] if body.get("provision") and body.get(key) else []
    return [*here, *(pair for each in body.values() for pair in _said(each, key))]


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None


def _moment(written: str) -> datetime:
    """A moment from its ISO form; one without a time is its midnight, one without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
