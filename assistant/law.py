"""The nouns of the field: instruments, provisions, editions, and their status on a date."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Authority(StrEnum):
    """What kind of source speaks; earlier members outrank later ones."""

    STATUTE = "statute"
    REGULATION = "regulation"
    EXECUTIVE_ORDER = "executive_order"
    PRESIDENTIAL_MEMORANDUM = "presidential_memorandum"
    MANUAL = "manual"
    FACT_SHEET = "fact_sheet"
    UPLOAD = "upload"

    @property
    def rank(self) -> int:
        """0 for a statute, rising as authority falls."""
        return _AUTHORITIES[self]


_AUTHORITIES = {authority: rank for rank, authority in enumerate(Authority)}


class Holding(StrEnum):
    """What is held of a provision: verbatim text, our note, a damaged copy, others' word, or a reader's own upload."""

    OFFICIAL = "official"
    NOTE = "note"
    LOSSY = "lossy"
    SECONDARY = "secondary"
    UPLOAD = "upload"
    NONE = "none"


class Status(StrEnum):
    """What a provision is on a date."""

    IN_FORCE = "in_force"
    DIRECTED = "directed"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"
    EXPIRED = "expired"
    REPORTED = "reported"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"

    @property
    def ended(self) -> bool:
        """Whether the reader must be warned that this no longer governs."""
        return self in _ENDED


_ENDED = frozenset({Status.REVOKED, Status.SUPERSEDED, Status.REPEALED, Status.EXPIRED})


@dataclass(frozen=True, slots=True)
class Period:
    """A status that began on a day, and the provision that made it so; it runs until the next one."""

    start: date
    status: Status
    by: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation part, order, memorandum, manual chapter or page, with its dates.

    `periods` are in date order and give the status from each day on.
    """

    id: str
    title: str
    citation: str
    kind: str
    authority: Authority
    issuer: str
    signed: date | None = None
    effective: date | None = None
    ended: date | None = None
    ended_by: str = ""
    source_url: str = ""
    act: str = ""
    aliases: tuple[str, ...] = ()
    holding: Holding = Holding.NOTE
    note: str = ""
    facts_from: str = ""
    facts_as_of: date | None = None
    periods: tuple[Period, ...] = ()

    def status(self, on: date) -> Status:
        """The status on a day; unknown where the catalogue has no date."""
        return _status(self.periods, on)

    def period(self, on: date) -> Period | None:
        """The period that holds on a day."""
        return _period(self.periods, on)


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause and our note on it. Two versions of one clause share an id and follow in date.

    `start` and `end` bound this version (end excluded); None leaves that side to the instrument.
    """

    id: str
    instrument: str
    heading: str
    note: str
    aliases: tuple[str, ...] = ()
    holding: Holding = Holding.NOTE
    start: date | None = None
    end: date | None = None
    by: str = ""
    history: tuple[Period, ...] = ()
    refers_to: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    contested: str = ""
    sources: tuple[str, ...] = ()

    def covers(self, on: date) -> bool:
        """Whether this version is the one to read on a day."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication of an instrument's text, as of a date, with the hash of what was received."""

    instrument: str
    sha256: str
    as_of: date
    publisher_url: str
    retrieved: str
    format: str
    holding: Holding
    preferred: bool = True
    text: str = field(repr=False, default="")
    id: int = 0


@dataclass(frozen=True, slots=True)
class Outlined:
    """An instrument as the outline knows it: which clauses exist, and their headings."""

    id: str
    act: str
    title: str
    as_of: str
    headings: dict[str, str] = field(repr=False)


def _period(periods: tuple[Period, ...], on: date) -> Period | None:
    found = None
    for period in periods:
        if period.start <= on:
            found = period
    return found


def _status(periods: tuple[Period, ...], on: date) -> Status:
    if not periods:
        return Status.UNKNOWN
    period = _period(periods, on)
    return period.status if period else Status.NOT_YET


_KEPT = 1 << 15
# The grammar of ids. A tail is what follows the instrument: "(b)(1)", " sec. 3, consideration 14".
_USC = re.compile(r"^(\d+ USC [0-9A-Za-z-]+?)(?=$|\(| note|, )")
_CFR = re.compile(r"^(\d+) CFR (?:part )?(\d+)")
_SAMM = re.compile(r"^SAMM (?:Table |Figure )?(C\d+|AP\d+)")
_PUBL = re.compile(r"^(Pub\. L\. \d+-\d+)")
_NAMED = re.compile(r"^(.*?)(?= sec\. |, (?:bullet|para\.|flush|row|preamble|footnote)|$)")


@lru_cache(_KEPT)
def instrument_of(provision_id: str) -> str:
    """The id of the instrument that a provision id belongs to."""
    if match := _USC.match(provision_id):
        return match[1]
    if match := _CFR.match(provision_id):
        return f"{match[1]} CFR part {match[2]}"
    if match := _SAMM.match(provision_id):
        return f"SAMM {match[1]}"
    if match := _PUBL.match(provision_id):
        return match[1]
    match = _NAMED.match(provision_id)
    return match[1] if match else provision_id


_SUFFIX = re.compile(r"(, (?:flush|row [^,]+|footnote \d+)|\([0-9A-Za-z.-]+\))$")


@lru_cache(_KEPT)
def parent_of(provision_id: str) -> str | None:
    """The id one level up, or None for a whole instrument."""
    instrument = instrument_of(provision_id)
    if provision_id == instrument:
        return None
    if again := re.search(r"\[\d+\]$", provision_id):
        return parent_of(provision_id[: again.start()])
    if match := _SUFFIX.search(provision_id):
        head = provision_id[: match.start()]
        return head if head != instrument or _USC.match(head) else instrument
    if provision_id.startswith("SAMM C"):
        head, dot, _ = provision_id.rpartition(".")
        return head if dot else instrument
    if match := re.search(r", (?:[a-z]+\.? [^,]*|[a-z]+(?: [a-z]+)?)$", provision_id):
        return provision_id[: match.start()]
    return instrument


@lru_cache(_KEPT)
def ancestors_of(provision_id: str) -> tuple[str, ...]:
    """Every id above, nearest first, ending with the instrument."""
    found: list[str] = []
    parent = parent_of(provision_id)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = parent_of(parent)
    return tuple(found)


def is_part_of(provision_id: str, whole: str) -> bool:
    """Whether a provision is, or lies within, another."""
    return provision_id == whole or whole in ancestors_of(provision_id)
