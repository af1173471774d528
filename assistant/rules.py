"""The dated tables of thresholds, clocks, groups and certifiers; no model does arithmetic."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.gates import Gates, read_gates
from assistant.rows import Dated, read_rows, read_table

GROUP = "nato-plus-five"
BODIES = "nato-bodies"
OTHERS = "others"
EVERYONE = "everyone"


class Threshold(Dated):
    """The value, in US dollars, at or above which a transfer is certified."""

    route: str
    measure: str
    group: str
    amount: int
    basis: str = ""
    contested: str = ""
    least_months: int | None = None


class Clock(Dated):
    """How many calendar days Congress has."""

    route: str
    group: str
    days: int
    contested: str = ""


class Certifier(Dated):
    """Who performs a notification function."""

    function: str
    official: str
    manner: str = ""


class Member(Dated):
    """A country in a group, with how its row is known: V in the texts held, M from general knowledge."""

    country: str
    mark: str


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    members: list[Member] = []
    names: list[str] = []


class _Policy(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    instrument: str
    administration: str
    names: list[str] = []


class _Framework(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    provision: str
    role: str


@dataclass(frozen=True)
class Rules:
    """Every table, read once."""

    thresholds: tuple[Threshold, ...]
    clocks: tuple[Clock, ...]
    certifiers: tuple[Certifier, ...]
    groups: dict[str, _Group]
    policies: tuple[_Policy, ...]
    frameworks: tuple[_Framework, ...]
    countries: dict[str, tuple[str, ...]] = field(repr=False)
    gates: Gates = field(repr=False)

    @cached_property
    def _country_pattern(self) -> re.Pattern[str]:
        names = sorted({name for names in self.countries.values() for name in names}, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")

    @cached_property
    def _country_named(self) -> dict[str, str]:
        return {name: country for country, names in self.countries.items() for name in names}

    def find_countries(self, text: str) -> tuple[str, ...]:
        """The countries a text names, by the names of the table, in order, once each; a text without capitals is read as if it had them."""
        if text.islower():
            text = text.title()
        return tuple(dict.fromkeys(self._country_named[name] for name in self._country_pattern.findall(text)))

    def find_bodies(self, text: str) -> tuple[str, ...]:
        """NATO's own bodies that a text names as such."""
        names = [
            name for name in self.groups[BODIES].names if name not in {"NATO", "North Atlantic Treaty Organization"}
        ]
        found = [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]
        if not found and re.search(
            r"\bNATO (?:itself|organi[sz]ations?|as (?:the )?purchaser)\b|\b(?:[Tt]o|[Ff]or|[Bb]y) NATO\b(?![- ]?(?:plus\b|\+|members?\b|countr|all(?:y|ies)\b|states?\b|partners?\b|nations?\b))",
            text,
        ):
            found = ["NATO"]
        return tuple(found)

    def membership(self, country: str, on: date) -> Member | None:
        """The row that puts a country into the group on a day."""
        for member in self.groups[GROUP].members:
            if member.country == country and member.covers(on):
                return member
        return None

    def later_membership(self, country: str, on: date) -> Member | None:
        """The row that puts a country into the group after a day."""
        return next((m for m in self.groups[GROUP].members if m.country == country and m.start > on), None)

    def group_of(self, countries: tuple[str, ...], bodies: tuple[str, ...], on: date) -> str | None:
        """The group a set of recipients falls in; one outsider puts all of them outside; None without any."""
        if any(self.membership(country, on) is None for country in countries):
            return OTHERS
        if bodies:
            return BODIES
        return GROUP if countries else None

    def threshold(self, route: str, measure: str, group: str, on: date) -> Threshold | None:
        """The amount for a route, measure and group on a day; NATO's bodies take the others' amounts."""
        rows = [row for row in self.thresholds if row.route == route and row.measure == measure and row.covers(on)]
        for wanted in (OTHERS if group == BODIES else group, EVERYONE, OTHERS):
            for row in rows:
                if row.group == wanted:
                    return row
        return None

    def clock(self, route: str, group: str, on: date) -> Clock | None:
        """The days for a route and group on a day."""
        return next((c for c in self.clocks if c.route == route and c.group == group and c.covers(on)), None)

    def certifier(self, function: str, on: date) -> Certifier | None:
        """Who performs a function on a day."""
        return next((c for c in self.certifiers if c.function == function and c.covers(on)), None)


def read_rules(folder: Path) -> Rules:
    """Read `rules/` of a corpus folder; BadCorpus names file and row."""
    return Rules(
        thresholds=tuple(read_rows(folder, "thresholds.toml", "threshold", Threshold)),
        clocks=tuple(read_rows(folder, "clocks.toml", "clock", Clock)),
        certifiers=tuple(read_rows(folder, "certifiers.toml", "certifier", Certifier)),
        groups={group.id: group for group in read_rows(folder, "groups.toml", "group", _Group)},
        policies=tuple(read_rows(folder, "policies.toml", "policy", _Policy)),
        frameworks=tuple(read_rows(folder, "policies.toml", "framework", _Framework)),
        countries={names[0]: tuple(names) for names in read_table(folder, "countries.toml").get("countries", [])},
        gates=read_gates(folder),
    )
