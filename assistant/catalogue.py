"""Read the catalogue's TOML files and outlines into the nouns of the field; every fault names file, key and line."""

import re
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import law
from assistant.errors import BadCorpus
from assistant.law import Authority, Holding, Instrument, Outlined, Period, Provision, Status
from assistant.readers.reach import Division

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


class _DivisionRow(_Row):
    name: str
    first: str
    last: str
    words: list[str]
    definitions: list[str] = []
    provision: str
    start: date = Field(alias="from")
    mark: Literal["V", "M"]


class _File(_Row):
    instrument: _InstrumentRow
    provision: list[_ProvisionRow] = []


def read_outline(path: Path, text: str) -> dict[str, Outlined]:
    """The instruments of an outline file with the clauses that exist in each."""
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


def read_instrument(path: Path, text: str) -> tuple[Instrument, dict[str, tuple[Provision, ...]]]:
    """An instrument and the versions of each of its annotated clauses."""
    try:
        parsed: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadCorpus(f"{path.name}: {error}.") from None
    try:
        file = _File.model_validate(parsed)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadCorpus(
            f"{path.name}, line {_line(text, first['loc'])}: {_dotted(first['loc'])}: {first['msg']}."
        ) from None
    instrument = _instrument(file.instrument)
    rows: dict[str, list[Provision]] = {}
    for number, row in enumerate(file.provision):
        rows.setdefault(row.id, []).append(_provision(instrument, row))
        fault = "" if law.instrument_of(row.id) == instrument.id else f"id {row.id} is not a clause of {instrument.id}."
        if fault := fault or _overlap(rows[row.id]):
            raise BadCorpus(f"{path.name}, line {_line(text, ('provision', number, 'id'))}: {fault}")
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


def _overlap(versions: list[Provision]) -> str:
    """What is wrong with the dates of a clause's versions; nothing where each follows the one before."""
    for earlier, later in pairwise(versions):
        if earlier.end is None or later.start is None or later.start < earlier.end:
            return f"two versions of {later.id} overlap; give the first a `to` and the next a `from`."
    return ""


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


def read_plain(path: Path, text: str) -> dict[str, tuple[str, ...]]:
    """The lines `provision: words; words` of a file of everyday words; BadCorpus names the line without a colon."""
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        provision, colon, words = line.partition(": ")
        phrases = tuple(phrase.strip() for phrase in words.split(";") if phrase.strip())
        if not colon or not phrases:
            raise BadCorpus(f"plain/{path.name}, line {number}: write `provision: words; words`.")
        found[provision.strip()] = (*found.get(provision.strip(), ()), *phrases)
    return found


def read_divisions(path: Path, text: str) -> tuple[Division, ...]:
    """The chapters and parts that definitions reach."""
    try:
        rows = [_DivisionRow.model_validate(row) for row in tomllib.loads(text).get("division", [])]
    except tomllib.TOMLDecodeError as error:
        raise BadCorpus(f"rules/{path.name}: {error}.") from None
    except ValidationError as error:
        raise BadCorpus(
            f"rules/{path.name}: {_dotted(error.errors()[0]['loc'])}: {error.errors()[0]['msg']}."
        ) from None
    return tuple(Division(row.name, row.first, row.last, tuple(row.words), tuple(row.definitions)) for row in rows)
