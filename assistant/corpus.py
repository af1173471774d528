"""The catalogue: instruments, our notes on their clauses, the outline of what exists, and their digest."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import law
from assistant.errors import BadCorpus
from assistant.law import Authority, Holding, Instrument, Period, Provision, Status

_KINDS = Literal[
    "statute", "regulation", "executive order", "memorandum", "directive", "manual", "fact sheet", "public law", "rule", "bill"
]  # fmt: skip


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, strict=False)


class _HistoryRow(_Row):
    start: date = Field(alias="from")
    status: Status = Status.IN_FORCE
    by: str = ""
    change: str = ""


class _InstrumentRow(_Row):
    id: str
    title: str
    citation: str
    act: str = ""
    kind: _KINDS
    authority: Authority
    issuer: str
    signed: date | None = None
    effective: date | None = None
    ended: date | None = None
    ended_how: Status = Status.SUPERSEDED
    ended_by: str = ""
    source_url: str
    facts_from: str
    facts_as_of: date
    holding: Literal[Holding.NOTE, Holding.SECONDARY] = Holding.NOTE
    aliases: list[str] = []
    note: str
    history: list[_HistoryRow] = []


class _ProvisionRow(_Row):
    id: str
    heading: str
    note: str
    aliases: list[str] = []
    refers_to: list[str] = []
    defines: list[str] = []
    contested: str = ""
    sources: list[str] = []
    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")
    by: str = ""
    holding: Literal[Holding.NOTE, Holding.SECONDARY] | None = None
    history: list[_HistoryRow] = []


class _File(_Row):
    instrument: _InstrumentRow
    provision: list[_ProvisionRow] = []


@dataclass(frozen=True, slots=True)
class Outlined:
    """An instrument as the outline knows it: which clauses exist, and their headings."""

    id: str
    act: str
    title: str
    as_of: str
    headings: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Corpus:
    """Everything the repository says of the law; immutable once read."""

    instruments: dict[str, Instrument]
    provisions: dict[str, tuple[Provision, ...]]
    outline: dict[str, Outlined]
    digest: str

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
        """What a provision is on a day, from its own dates and its instrument's."""
        instrument = self.instruments.get(law.instrument_of(provision_id))
        whole = instrument.status(on) if instrument else Status.UNKNOWN
        if whole.ended or whole is Status.NOT_YET or provision_id not in self.provisions:
            return whole
        version = self.version(provision_id, on)
        assert version is not None
        if version.start and on < version.start:
            return Status.NOT_YET
        if version.end and on >= version.end:
            return Status.SUPERSEDED
        return law._status(version.history, on) if _changes_status(version.history, on) else whole

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

    def ids(self) -> Iterator[str]:
        """Every id that exists, instruments first."""
        seen: set[str] = set()
        for group in (self.instruments, self.outline, self.provisions, *(o.headings for o in self.outline.values())):
            for provision_id in group:
                if provision_id not in seen:
                    seen.add(provision_id)
                    yield provision_id


def read_corpus(folder: Path) -> Corpus:
    """Read and check a corpus folder; BadCorpus names file, key and line."""
    digest = hashlib.sha256()
    instruments: dict[str, Instrument] = {}
    provisions: dict[str, tuple[Provision, ...]] = {}
    outline: dict[str, Outlined] = {}
    for path in sorted(folder.glob("outline/*.txt")):
        text = path.read_text(encoding="utf-8")
        digest.update(text.encode())
        outline.update(_read_outline(path, text))
    for path in sorted(folder.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        digest.update(text.encode())
        if path.name == "glossary.toml":
            continue
        instrument, held = _read_file(path, text)
        if instrument.id in instruments:
            raise BadCorpus(f"{path.name}: instrument {instrument.id} has a file already.")
        instruments[instrument.id] = instrument
        provisions.update(held)
    for path in sorted(folder.glob("rules/*.toml")):
        digest.update(path.read_bytes())
    corpus = Corpus(instruments, provisions, outline, digest.hexdigest()[:16])
    _check_references(corpus)
    return corpus


def _read_outline(path: Path, text: str) -> dict[str, Outlined]:
    found: dict[str, Outlined] = {}
    current: Outlined | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("= "):
            parts = [part.strip() for part in line[2:].split(" | ")]
            if len(parts) != 4:
                raise BadCorpus(f"outline/{path.name}, line {number}: an instrument needs id | act | title | as of.")
            current = found[parts[0]] = Outlined(parts[0], parts[1], parts[2], parts[3], {})
            continue
        if current is None:
            raise BadCorpus(f"outline/{path.name}, line {number}: a clause before any instrument.")
        tail, _, heading = line.partition("\t")
        provision_id = current.id + tail if tail[0] in "([," or tail.startswith((" note", " sec.")) else tail
        current.headings[provision_id] = heading
    return found


def _read_file(path: Path, text: str) -> tuple[Instrument, dict[str, tuple[Provision, ...]]]:
    try:
        parsed: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCorpus(f"{path.name}: {error}.") from None
    try:
        file = _File.model_validate(parsed)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadCorpus(f"{path.name}, line {_line(text, first['loc'])}: {_dotted(first['loc'])}: {first['msg']}.") from None
    instrument = _instrument(file.instrument)
    rows: dict[str, list[Provision]] = {}
    for number, row in enumerate(file.provision):
        where = f"{path.name}, line {_line(text, ('provision', number, 'id'))}"
        if law.instrument_of(row.id) != instrument.id:
            raise BadCorpus(f"{where}: id {row.id} is not a clause of {instrument.id}.")
        rows.setdefault(row.id, []).append(_provision(instrument, row))
        _check_versions(where, rows[row.id])
    return instrument, {provision_id: tuple(versions) for provision_id, versions in rows.items()}


def _instrument(row: _InstrumentRow) -> Instrument:
    periods = _periods(row.history)
    if not periods and (start := row.effective or row.signed):
        periods = (Period(start, Status.IN_FORCE),)
        if row.ended:
            periods += (Period(row.ended, row.ended_how, row.ended_by),)
    return Instrument(
        id=row.id, title=row.title, citation=row.citation, kind=row.kind, authority=row.authority, issuer=row.issuer,
        signed=row.signed, effective=row.effective, ended=row.ended, ended_by=row.ended_by, source_url=row.source_url,
        act=row.act, aliases=tuple(row.aliases), holding=row.holding, note=row.note, facts_from=row.facts_from,
        facts_as_of=row.facts_as_of, periods=periods,
    )  # fmt: skip


def _provision(instrument: Instrument, row: _ProvisionRow) -> Provision:
    return Provision(
        id=row.id, instrument=instrument.id, heading=row.heading, note=row.note, aliases=tuple(row.aliases),
        holding=row.holding or instrument.holding, start=row.start, end=row.end, by=row.by,
        history=_periods(row.history), refers_to=tuple(row.refers_to), defines=tuple(row.defines),
        contested=row.contested, sources=tuple(row.sources),
    )  # fmt: skip


def _periods(rows: list[_HistoryRow]) -> tuple[Period, ...]:
    return tuple(sorted((Period(row.start, row.status, row.by, row.change) for row in rows), key=lambda p: p.start))


def _changes_status(history: tuple[Period, ...], on: date) -> bool:
    period = law._period(history, on)
    return period is not None and period.status is not Status.IN_FORCE


def _check_versions(where: str, versions: list[Provision]) -> None:
    for earlier, later in zip(versions, versions[1:], strict=False):
        if earlier.end is None or later.start is None or later.start < earlier.end:
            raise BadCorpus(f"{where}: two versions of {later.id} overlap; give the first a `to` and the next a `from`.")


def _check_references(corpus: Corpus) -> None:
    for instrument in corpus.instruments.values():
        for period in instrument.periods:
            if period.by and not corpus.exists(period.by):
                raise BadCorpus(f"{instrument.id}: {period.status} by {period.by}, which does not exist here.")
    for versions in corpus.provisions.values():
        for version in versions:
            outlined = corpus.outline.get(version.instrument)
            if outlined and version.id != outlined.id and version.id not in outlined.headings:
                raise BadCorpus(f"{version.id} has a note but is not in the outline of {version.instrument}.")


def _dotted(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)


def _line(text: str, loc: tuple[int | str, ...]) -> int:
    """The line of a key; of its table where the key itself is missing."""
    lines = text.splitlines()
    table, index, key = str(loc[0]), 0, str(loc[-1])
    if len(loc) > 1 and isinstance(loc[1], int):
        index = loc[1]
    starts = [n for n, line in enumerate(lines) if re.fullmatch(rf"\s*\[\[?{re.escape(table)}\]?\]\s*(#.*)?", line)]
    if index >= len(starts):
        return 1
    for number in range(starts[index] + 1, len(lines)):
        if lines[number].lstrip().startswith("["):
            break
        if re.match(rf"\s*{re.escape(key)}\s*=", lines[number]):
            return number + 1
    return starts[index] + 1


def main() -> None:
    """Check the corpus in this checkout: `python -m assistant.corpus [FOLDER]`."""
    import sys

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "corpus"
    corpus = read_corpus(folder)
    print(f"{len(corpus.instruments)} instruments, {len(corpus.provisions)} annotated clauses, digest {corpus.digest}")


if __name__ == "__main__":
    main()
