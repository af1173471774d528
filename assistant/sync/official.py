"""Bring official text from its publishers into the record, one instrument at a time, and say what became of each."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from assistant.corpus import Corpus
from assistant.errors import BadRecord, BadSource, PinciteError
from assistant.law import Authority, Edition, Holding, Instrument
from assistant.readers import Passage, Reading
from assistant.record import Record
from assistant.sync import changes
from assistant.sync.apart import Apart
from assistant.sync.changes import Layer, Printing
from assistant.sync.fetch import NEXT_STEP, Fetcher
from assistant.sync.publishers import Copy, Run, Unchanged, find_publishers, host_of
from assistant.sync.receipts import Receipts, read_receipts

Progress = Callable[[int, int], None]
Keep = Callable[[str, Copy], None]

_BRING = "Bring the text with pincite sync --from FOLDER."
_STILL = "what is held here still answers"
_FEWEST_WORDS = 80
_FEWEST_CLAUSES = 4


class Result(StrEnum):
    """What became of an instrument."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Line:
    """One instrument's result and the reason for it; what was held before, what is now, and the clauses that differ."""

    instrument: str
    result: Result
    why: str
    before: Edition | None = None
    after: Edition | None = None
    provisions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line for every instrument that was asked for, in order."""

    lines: tuple[Line, ...]

    @property
    def changed(self) -> tuple[Line, ...]:
        """Those with an edition that was not held before."""
        return self._of(Result.CHANGED)

    @property
    def unchanged(self) -> tuple[Line, ...]:
        """Those whose edition held is the publisher's."""
        return self._of(Result.UNCHANGED)

    @property
    def failed(self) -> tuple[Line, ...]:
        """Those that could not be brought; what was held of them still is."""
        return self._of(Result.FAILED)

    def _of(self, result: Result) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.result is result)


def as_json(outcome: Outcome) -> list[dict[str, object]]:
    """The outcome for other programs."""
    return [
        {
            "instrument": line.instrument,
            "result": line.result.value,
            "why": line.why,
            "before": line.before.as_of.isoformat() if line.before else None,
            "after": line.after.as_of.isoformat() if line.after else None,
            "sha256": line.after.sha256 if line.after else None,
            "publisher_url": line.after.publisher_url if line.after else None,
            "provisions": list(line.provisions),
            "warnings": list(line.warnings),
        }
        for line in outcome.lines
    ]


def sync_from_publishers(
    record: Record,
    corpus: Corpus,
    instruments: Sequence[str] = (),
    *,
    as_of: date | None = None,
    release_point: str | None = None,
    fetcher: Fetcher | None = None,
    progress: Progress = lambda done, total: None,
    today: date | None = None,
    keep: Keep | None = None,
) -> Outcome:
    """Bring the instruments named, or all of the catalogue, from their publishers; a failure is a line, never a stop.

    Each edition is a transaction of its own. Where the record itself cannot be written, the rest is not tried.
    `keep` is given what was sent of each and could be read; everything is then asked for anew.
    """
    wanted = [_instrument(id, corpus) for id in dict.fromkeys(instruments or corpus.instruments)]
    receipts = read_receipts(record)
    fetching = fetcher or Fetcher()
    run = Run(
        fetching, wanted, today or date.today(), as_of, release_point,
        lambda instrument, url: receipts.validators(instrument, url, record) if run.current and keep is None else None,
    )  # fmt: skip
    lines: list[Line] = []
    stopped: BadRecord | None = None
    try:
        with Apart() as apart:
            for number, instrument in enumerate(wanted, 1):
                try:
                    if stopped:
                        raise stopped
                    lines.append(_Visit(instrument, run, record, corpus, receipts, apart, keep).line())
                except BadRecord as error:
                    stopped = error
                    lines.append(Line(instrument.id, Result.FAILED, str(error)))
                progress(number, len(wanted))
    finally:
        receipts.save()
        if fetcher is None:
            fetching.close()
    return Outcome(tuple(lines))


def _instrument(id: str, corpus: Corpus) -> Instrument:
    """The instrument as catalogued; one that only the outline knows is known to publishers by its id."""
    known = corpus.instruments.get(id)
    return known or Instrument(id, corpus.heading(id), id, "", Authority.UPLOAD, "")


@dataclass(frozen=True, slots=True)
class _Visit:
    """One instrument's way from its publisher to the record."""

    instrument: Instrument
    run: Run
    record: Record
    corpus: Corpus
    receipts: Receipts
    apart: Apart
    keep_copy: Keep | None = None

    def line(self) -> Line:
        """What became of it; only a record that cannot be written is raised."""
        id = self.instrument.id
        try:
            found = self.bring()
            if isinstance(found, Unchanged):
                self.receipts.renew(id, found.as_of)
                day = self.receipts.confirmed(id)
                held = self.record.edition(id, day)
                return Line(id, Result.UNCHANGED, f"The publisher says it has not changed, as of {day}.", held, held)
            reading = self.read(found)
            if self.keep_copy:
                self.keep_copy(id, found)
            return self.keep(found, reading)
        except BadRecord:
            raise
        except PinciteError as error:
            still = "" if _STILL in error.message else f"; {_STILL}"
            return Line(id, Result.FAILED, f"{error.message.rstrip('.')}{still}. {error.next_step or _BRING}")
        except Exception as error:
            # The readers have not met every publisher's text; what one trips over must not stop the others.
            found_wrong = f"What was sent of {id} cannot be read: {type(error).__name__}, {str(error)[:200]}"
            return Line(id, Result.FAILED, f"{found_wrong}; {_STILL}. {_BRING}")

    def bring(self) -> Copy | Unchanged:
        """What the first publisher that has it sends."""
        id, url = self.instrument.id, self.instrument.source_url
        if id.startswith("upload "):
            raise BadSource(f"{id} was added on this machine, so no publisher has it.", next_step="Add it again.")
        asked = find_publishers(self.instrument)
        for publisher in asked:
            if (found := publisher.bring(self.instrument, self.run)) is not None:
                return self.dated(found)
        if asked:
            hosts = ", ".join(publisher.HOSTS[0] for publisher in asked)
            raise BadSource(f"{hosts} has no text of {id}.", next_step=_BRING)
        if not self.corpus.exists(id):
            raise BadSource(f"There is no instrument {id[:80]}.", next_step="pincite status lists those there are.")
        reason = f"none is known for {host_of(url) or url[:80]}" if url else "the catalogue has no address for it"
        raise BadSource(f"{id} cannot be fetched from a publisher: {reason}.", next_step=_BRING)

    def dated(self, found: Copy | Unchanged) -> Copy | Unchanged:
        """The same, where it stands for the day asked for."""
        if isinstance(found, Copy) and self.run.as_of and found.as_of > self.run.as_of:
            raise BadSource(
                f"{host_of(found.url)} has {self.instrument.id} as of {found.as_of} and no edition of {self.run.as_of}.",
                next_step=_BRING,
            )
        return found

    def read(self, copy: Copy) -> Reading:
        """The text read, and known to be the instrument's."""
        try:
            reading = self.apart.read(copy.data, form=copy.format, instrument=self.instrument.id)
        except BadSource as error:
            raise type(error)(error.message, next_step=NEXT_STEP) from None
        if not reading.passages:
            raise BadSource(f"What {host_of(copy.url)} sent of {self.instrument.id} holds no clause.", next_step=_BRING)
        if copy.format.endswith("-html"):
            _check_page(reading, self.corpus, host_of(copy.url))
        return reading

    def keep(self, copy: Copy, reading: Reading) -> Line:
        """Write the edition unless its very words are held for an earlier day or the same."""
        id, sha256 = self.instrument.id, hashlib.sha256(copy.data).hexdigest()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        edition = Edition(id, sha256, copy.as_of, copy.url, now, copy.format, Holding.OFFICIAL)
        before = self.record.edition(id, copy.as_of)
        if before is not None and before.as_of > copy.as_of:
            before = None
        if before is not None and self._same(before, sha256, reading):
            self.note(copy, before.sha256)
            words = "bytes" if before.sha256 == sha256 else "words"
            why = f"The publisher's {words} as of {copy.as_of} are those of the edition held."
            return Line(id, Result.UNCHANGED, why, before, before)
        if self.record.holds(edition):
            # The publisher went back to an earlier text of the same date; from today that text stands again.
            edition = replace(edition, as_of=self.run.as_of or self.run.today)
        if not self.record.ingest([(reading, edition)]):
            return Line(id, Result.UNCHANGED, f"This very text of {edition.as_of} is held already.", before, before)
        self.note(copy, sha256)
        warnings = (*reading.warnings, *_shrunk(self.record.passages(before) if before else (), reading, before))
        why = _why(edition, before, self.record.edition(id))
        return Line(id, Result.CHANGED, why, before, edition, self._differing(before, reading), warnings)

    def note(self, copy: Copy, sha256: str) -> None:
        """Keep a receipt of what stands today."""
        if self.run.current:
            seen = copy.seen or copy.as_of
            self.receipts.keep(self.instrument.id, copy.asked, copy.validators, sha256, seen)

    def _same(self, before: Edition, sha256: str, reading: Reading) -> bool:
        """Whether a held edition has the same bytes, or the same clauses in the same words, and may be quoted."""
        if before.holding is not Holding.OFFICIAL:
            return False
        if before.sha256 == sha256:
            return True
        places = [(p.id, p.start, p.end) for p in reading.passages]
        return before.text == reading.text and [(p.id, p.start, p.end) for p in self.record.passages(before)] == places

    def _differing(self, before: Edition | None, reading: Reading) -> tuple[str, ...]:
        """The clauses of the law whose words are no longer those of the edition before, where that can be quoted."""
        if before is None or before.holding is not Holding.OFFICIAL:
            return ()
        found = changes.compare(changes.printing(self.record, before), Printing(reading.text, reading.passages))
        law = [change for change in found if change.layer is Layer.LAW]
        return tuple(dict.fromkeys(id for change in law for id in (change.was, change.provision) if id))


def _why(edition: Edition, before: Edition | None, latest: Edition | None) -> str:
    day = edition.as_of
    if latest is not None and latest.as_of > day:
        return f"An edition as of {day} is now held; that of {latest.as_of} still answers for today."
    if before is None:
        return f"An edition as of {day} is now held."
    if before.as_of == day:
        return f"The publisher changed the text without changing its date, {day}; both editions are kept."
    return f"A new edition as of {day} follows that of {before.as_of}."


def _shrunk(passages: Sequence[Passage], reading: Reading, before: Edition | None) -> tuple[str, ...]:
    """A warning where most of the clauses are gone, which a repeal explains and a publisher's fault may too."""
    if before is None or 4 * len(reading.passages) >= len(passages):
        return ()
    return (f"It has {len(reading.passages)} passages where the edition of {before.as_of} has {len(passages)}.",)


def _check_page(reading: Reading, corpus: Corpus, host: str) -> None:
    """BadSource where a page has too little of its instrument: sites answer a page they moved with another page."""
    known = corpus.outline[reading.instrument].headings if reading.instrument in corpus.outline else {}
    read = {passage.id for passage in reading.passages}
    kept = sum(id in read for id in known)
    if len(known) >= _FEWEST_CLAUSES and 2 * kept < len(known):
        found = f"has {kept} of its {len(known)} clauses"
    elif len(known) < _FEWEST_CLAUSES and _words(reading.text.split()) < _FEWEST_WORDS:
        found = f"has {_words(reading.text.split())} words"
    else:
        return
    raise BadSource(
        f"What {host} sent is not {reading.instrument} as it is known: it {found}.",
        next_step=_BRING,
    )


def _words(found: Iterable[str]) -> int:
    return sum(any(c.isalpha() for c in word) for word in found)
