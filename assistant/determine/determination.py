"""What the dated tables determine of a case. None is not a no: it says a fact is missing, and `why` says which."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class FindingStatus(StrEnum):
    """Where a finding that a clause requires stands on the case's own facts; the finding itself is a person's."""

    REQUIRED = "required"
    SUPPLIED = "supplied"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Test:
    """One amount against one threshold, in US dollars; `met` is None where `value_usd` is not known."""

    __test__ = False

    provision: str
    measure: str
    threshold_usd: Decimal | None
    value_usd: Decimal | None
    met: bool | None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TieredReview:
    """The informal review before a formal notice: tier 1 to 3 and its notional calendar days."""

    tier: int | None
    days: int | None
    provision: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Notification:
    """Whether a certification to Congress is required, by whom, and how long Congress has in calendar days."""

    required: bool | None
    why: str
    provision: str | None = None
    certifier: str | None = None
    certifier_provision: str | None = None
    clock_days: int | None = None
    clock_provision: str | None = None
    tiered_review: TieredReview | None = None
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryTeamAssessment:
    """Whether the manual asks for one, for which triggers, and the tables of elements it needs."""

    required: bool | None
    tables: tuple[str, ...] = ()
    why: str = ""
    triggers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A clause that bars, or may bar, the transfer on the case's own words."""

    provision: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding or statement that a clause requires of a person."""

    provision: str
    text: str
    status: FindingStatus


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that is missing, and the clause that turns on it."""

    fact: str
    provision: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reviewer must see; `contested` where two readings stand, both told in the text."""

    provision: str
    text: str
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Determination:
    """Everything determined of one case on one day.

    `decidable` is False for a day before the tables begin. `group` is the country group that the amounts and clock turn
    on, None where the recipient is not known; `route` is the key of the tables, None where the case names none.
    `qme` is whether a qualitative-military-edge determination is required. `policies` are the (provision, status) that frame
    a review on the day; instruments that do not are left out.
    """

    as_of: date
    decidable: bool
    route: str | None
    group: str | None
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    notification: Notification
    qme: bool | None
    qme_why: str
    qme_provision: str
    cta: CountryTeamAssessment
    stops: tuple[Stop, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts_needed: tuple[Fact, ...] = ()
    flags: tuple[Flag, ...] = ()
    policies: tuple[tuple[str, str], ...] = field(default=())


def as_json(determination: Determination) -> dict[str, Any]:
    """The determination ready for JSON, under the keys outside programs rely on; amounts are exact or strings."""
    plain = _plain(determination)
    assert isinstance(plain, dict)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _number(value: Decimal) -> int | float | str:
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else str(value)
