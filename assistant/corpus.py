"""The corpus: instruments, our notes on their clauses, the outline of what exists, and their digest."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from assistant import law
from assistant.errors import BadCorpus
from assistant.law import Authority, Holding, Instrument, Outlined, Period, Provision, Status
from assistant.readers.reach import Division

_FORM = 3
_DAYS_KEPT = 8


@dataclass(frozen=True)
class Corpus:
    """Everything the repository says of the law; immutable once read.

    `plain` holds, for a clause, the everyday words people use when they ask for it; they are searched, never shown.
    `divisions` are the chapters and parts that definitions reach; `defined` the terms that official texts held define
    for a whole division or instrument, by the clause that defines them: empty until a record is at hand.
    """

    instruments: dict[str, Instrument]
    provisions: dict[str, tuple[Provision, ...]]
    outline: dict[str, Outlined]
    digest: str
    plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    divisions: tuple[Division, ...] = ()
    defined: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def exists(self, provision_id: str) -> bool:
        """Whether the clause stands in the outline, or has a note here."""
        if provision_id in self.provisions or provision_id in self.instruments or provision_id in self.outline:
            return True
        outlined = self.outline.get(law.instrument_of(provision_id))
        return outlined is not None and provision_id in outlined.headings

    def version(self, provision_id: str, on: date) -> Provision | None:
        """The note to read on a day; the nearest version where none covers it; None without a note."""
        versions = self.provisions.get(provision_id, ())
        for version in versions:
            if version.covers(on):
                return version
        if not versions:
            return None
        return versions[0] if versions[0].start and on < versions[0].start else versions[-1]

    def status(self, provision_id: str, on: date) -> Status:
        """What a provision is on a day, from its own dates and its instrument's; of the last days asked about it is kept."""
        kept = self._statuses(on)
        if (status := kept.get(provision_id)) is None:
            status = kept[provision_id] = self._status(provision_id, on)
        return status

    @cached_property
    def _statuses(self) -> Callable[[date], dict[str, Status]]:
        """For each of the last days the statuses worked out so far."""

        @lru_cache(_DAYS_KEPT)
        def of_day(on: date) -> dict[str, Status]:
            return {}

        return of_day

    def _status(self, provision_id: str, on: date) -> Status:
        instrument = self.instruments.get(law.instrument_of(provision_id))
        whole = instrument.status(on) if instrument else Status.UNKNOWN
        if whole.ended or whole is Status.NOT_YET:
            return whole
        if (begun := self.begun(provision_id)) and on < begun:
            return Status.NOT_YET
        if provision_id not in self.provisions:
            return whole
        version = self.version(provision_id, on)
        assert version is not None
        if version.end and on >= version.end:
            return Status.SUPERSEDED
        return law._status(version.history, on) if _changes_status(version.history, on) else whole

    def begun(self, provision_id: str) -> date | None:
        """The day a clause was added, itself or with what it is a part of; None where it is as old as its instrument."""
        first = [
            versions[0].start
            for each in (provision_id, *law.ancestors_of(provision_id))
            if (versions := self.provisions.get(each))
        ]
        return max((day for day in first if day), default=None)

    def heading(self, provision_id: str) -> str:
        """The publisher's heading, or ours."""
        versions = self.provisions.get(provision_id)
        if versions and versions[0].heading:
            return versions[0].heading
        if instrument := self.instruments.get(provision_id):
            return instrument.title
        outlined = self.outline.get(law.instrument_of(provision_id))
        if outlined is None:
            return ""
        return outlined.title if provision_id == outlined.id else outlined.headings.get(provision_id, "")

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """For each clause, those one level down, in printed order."""
        found: dict[str, dict[str, None]] = {}
        for outlined in self.outline.values():
            for provision_id in outlined.headings:
                found.setdefault(law.parent_of(provision_id) or outlined.id, {})[provision_id] = None
        for provision_id in self.provisions:
            if (parent := law.parent_of(provision_id)) is not None:
                found.setdefault(parent, {})[provision_id] = None
        return {parent: tuple(ids) for parent, ids in found.items()}

    @cached_property
    def clauses_of_orders(self) -> tuple[str, ...]:
        """The clauses of executive orders that have a note."""
        orders = {i for i, each in self.instruments.items() if each.authority is Authority.EXECUTIVE_ORDER}
        return tuple(
            each
            for each, versions in self.provisions.items()
            if versions[0].instrument in orders and each not in orders
        )

    def children_of(self, provision_id: str) -> tuple[str, ...]:
        """The clauses one level down, in printed order; reads one instrument's outline alone."""
        instrument = law.instrument_of(provision_id)
        outlined = self.outline.get(instrument)
        noted = (each for each, versions in self.provisions.items() if versions[0].instrument == instrument)
        listed = outlined.headings if outlined else ()
        return tuple(
            dict.fromkeys(
                each
                for each in chain(listed, noted)
                if each != provision_id and (law.parent_of(each) or instrument) == provision_id
            )
        )

    def ids(self) -> Iterator[str]:
        """Every id that exists, instruments first."""
        yield from dict.fromkeys(
            chain(self.instruments, self.outline, self.provisions, *(o.headings for o in self.outline.values()))
        )


def read_corpus(folder: Path, cache: Path | None = None) -> Corpus:
    """Read and check a corpus folder; BadCorpus names file, key and line.

    With a `cache` folder the parsed catalogue is kept there under its digest and read back next time.
    """
    files = [
        *sorted(folder.glob("outline/*.txt")),
        *sorted(folder.glob("plain/*.txt")),
        *sorted(folder.glob("*.toml")),
        *sorted(folder.glob("rules/*.toml")),
    ]
    digest = hashlib.sha256(f"form {_FORM}".encode())
    texts: dict[Path, str] = {}
    for path in files:
        texts[path] = path.read_text(encoding="utf-8")
        digest.update(f"\x1e{path.name}\x1f{texts[path]}".encode())
    kept = cache / f"corpus-{digest.hexdigest()[:16]}.json" if cache else None
    if kept and (corpus := _read_kept(kept)):
        return corpus
    corpus = _parse(texts, digest.hexdigest()[:16])
    if kept:
        _keep(corpus, kept)
    return corpus


def _parse(texts: dict[Path, str], digest: str) -> Corpus:
    from assistant.catalogue import read_divisions, read_instrument, read_outline, read_plain

    instruments: dict[str, Instrument] = {}
    provisions: dict[str, tuple[Provision, ...]] = {}
    outline: dict[str, Outlined] = {}
    plain: dict[str, tuple[str, ...]] = {}
    divisions: tuple[Division, ...] = ()
    for path, text in texts.items():
        if path.parent.name == "rules":
            divisions = read_divisions(path, text) if path.name == "divisions.toml" else divisions
        elif path.parent.name == "plain":
            plain.update(read_plain(path, text))
        elif path.suffix == ".txt":
            outline.update(read_outline(path, text))
        elif path.name != "glossary.toml":
            instrument, held = read_instrument(path, text)
            if instrument.id in instruments:
                raise BadCorpus(f"{path.name}: instrument {instrument.id} has a file already.")
            instruments[instrument.id] = instrument
            provisions.update(held)
    return Corpus(instruments, provisions, outline, digest, plain, divisions)


def _keep(corpus: Corpus, path: Path) -> None:
    """Write the parsed corpus beside the index; a folder that cannot be written is no fault."""
    rows = {
        "digest": corpus.digest,
        "instruments": [asdict(instrument) for instrument in corpus.instruments.values()],
        "provisions": [[asdict(version) for version in versions] for versions in corpus.provisions.values()],
        "outline": [asdict(outlined) for outlined in corpus.outline.values()],
        "plain": corpus.plain,
        "divisions": [asdict(division) for division in corpus.divisions],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("corpus-*.json"):
            old.unlink(missing_ok=True)
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps(rows, default=str, ensure_ascii=False), encoding="utf-8")
        temporary.rename(path)
    except OSError:
        return


def _read_kept(path: Path) -> Corpus | None:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        instruments = [_instrument(row) for row in rows["instruments"]]
        provisions = [tuple(_provision(row) for row in versions) for versions in rows["provisions"]]
        outline = [Outlined(**row) for row in rows["outline"]]
        plain = {provision: tuple(words) for provision, words in rows["plain"].items()}
        divisions = tuple(
            Division(row["name"], row["first"], row["last"], tuple(row["words"]), tuple(row["definitions"]))
            for row in rows["divisions"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Corpus(
        {instrument.id: instrument for instrument in instruments},
        {versions[0].id: versions for versions in provisions},
        {outlined.id: outlined for outlined in outline},
        rows["digest"],
        plain,
        divisions,
    )


def _instrument(row: dict[str, Any]) -> Instrument:
    dates = {name: _date(row[name]) for name in ("signed", "effective", "ended", "facts_as_of")}
    kinds = {"authority": Authority(row["authority"]), "holding": Holding(row["holding"])}
    return Instrument(
        **{**row, **dates, **kinds, "aliases": tuple(row["aliases"]), "periods": _periods(row["periods"])}
    )


def _provision(row: dict[str, Any]) -> Provision:
    lists = {name: tuple(row[name]) for name in ("aliases", "refers_to", "defines", "sources")}
    dates = {"start": _date(row["start"]), "end": _date(row["end"])}
    return Provision(
        **{**row, **lists, **dates, "holding": Holding(row["holding"]), "history": _periods(row["history"])}
    )


def _periods(rows: list[dict[str, Any]]) -> tuple[Period, ...]:
    return tuple(Period(date.fromisoformat(r["start"]), Status(r["status"]), r["by"], r["change"]) for r in rows)


def _date(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _changes_status(history: tuple[Period, ...], on: date) -> bool:
    period = law._period(history, on)
    return period is not None and period.status is not Status.IN_FORCE


def faults(corpus: Corpus) -> list[str]:
    """Every reference that does not hold: what ended a thing, and clauses with a note that the outline does not have."""
    found = [
        f"{instrument.id}: {period.status} by {period.by}, which does not exist here."
        for instrument in corpus.instruments.values()
        for period in instrument.periods
        if period.by and not corpus.exists(period.by)
    ]
    found += [
        f"{provision} has plain words but no note." for provision in corpus.plain if not _noted(corpus, provision)
    ]
    found += [
        f"The division {division.name} names {named}, which does not exist here."
        for division in corpus.divisions
        for named in division.definitions
        if not corpus.exists(named)
    ]
    for versions in corpus.provisions.values():
        outlined = corpus.outline.get(versions[0].instrument)
        if outlined and versions[0].id != outlined.id and versions[0].id not in outlined.headings:
            found.append(f"{versions[0].id} has a note but is not in the outline of {versions[0].instrument}.")
    return found


def _noted(corpus: Corpus, provision: str) -> bool:
    return provision in corpus.provisions or provision in corpus.instruments


def main() -> None:
    """Check the corpus in this checkout: `python -m assistant.corpus [FOLDER]`."""
    import sys

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "corpus"
    corpus = read_corpus(folder)
    for fault in faults(corpus):
        print(fault)
    print(f"{len(corpus.instruments)} instruments, {len(corpus.provisions)} annotated clauses, digest {corpus.digest}")


if __name__ == "__main__":
    main()
