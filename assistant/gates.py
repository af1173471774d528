"""The dated rows that a case is reviewed by: routes, lists of countries, tiers, assessments, findings, flags and facts."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from assistant.rows import Dated, Row, read_rows

_FIRST = date(1976, 6, 30)  # the Act's own date, for lines whose clause has stood since before the tables begin


class _Plain(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Route(_Plain):
    """A way in which articles are transferred, and which rows of the other tables it takes.

    `words` are patterns of what a case calls it; `values` maps a measure of the thresholds to a key of the case.
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    table: str = ""
    clause: str
    function: str = ""
    emergency_function: str = ""
    emergency: str = ""
    values: dict[str, str] = {}
    section_36: bool = False
    letter_of_request: bool = False
    licensed: bool = False
    series: str = ""
    most_months: int | None = None
    most_months_provision: str = ""


class Listed(Dated):
    """A country on a list; `mark` V is from a text held, M from general knowledge. `forces` limits it to armed and security forces."""

    country: str
    mark: str
    text: str = ""
    forces: bool = False


class CountryList(_Plain):
    """Countries that a clause or the manual names, or that are placed in a region, with dates."""

    id: str
    title: str
    provision: str = ""
    members: tuple[Listed, ...] = ()


class Region(_Plain):
    """Words that name a region and no country; `lists` are those its countries may stand on."""

    words: tuple[str, ...]
    lists: tuple[str, ...] = ()


class Tier(Dated):
    """A tier of the informal review: who falls in it, or which condition brings it."""

    tier: int
    days: int
    routes: tuple[str, ...]
    groups: tuple[str, ...] = ()
    when: str = ""
    mark: str
    why: str


class Trigger(Dated):
    """A condition on which the manual asks for a country team assessment."""

    when: str
    text: str
    table: str = ""


class Sensitive(Dated):
    """Articles that bring further elements: by words or by munitions-list paragraph; `perhaps` words only raise the question."""

    id: str
    table: str
    text: str
    words: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    usml: tuple[str, ...] = ()
    needs: str = ""


class Line(Dated):
    """A sentence for the reader, where its route and conditions hold.

    `key` names keys of the case that supply it; `missing` is a pattern found among the case's missing facts.
    """

    start: date = Field(_FIRST, alias="from")
    routes: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    text: str
    key: tuple[str, ...] = ()
    missing: str = ""
    contested: bool = False
    kinds: tuple[str, ...] = ()


class Report(Dated):
    """An amount from which a transfer is listed in a report or a statement is owed."""

    start: date = Field(_FIRST, alias="from")

    routes: tuple[str, ...]
    measure: str
    amount: int
    text: str
    when: tuple[str, ...] = ()


class Words(_Plain):
    """Patterns, by name, by which a case's own words are recognised."""

    id: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Gates:
    """Every such table; empty where a corpus has none."""

    routes: tuple[Route, ...] = ()
    lists: dict[str, CountryList] = field(default_factory=dict)
    regions: tuple[Region, ...] = ()
    tiers: tuple[Tier, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()
    findings: tuple[Line, ...] = ()
    flags: tuple[Line, ...] = ()
    facts: tuple[Line, ...] = ()
    missing: tuple[Line, ...] = ()
    reports: tuple[Report, ...] = ()
    words: dict[str, Words] = field(default_factory=dict)

    def listed(self, name: str, country: str, on: date) -> Listed | None:
        """The row that puts a country on a list on a day."""
        found = self.lists.get(name)
        return next((m for m in found.members if m.country == country and m.covers(on)), None) if found else None

    def route(self, name: str | None) -> Route | None:
        """A route by its id."""
        return next((route for route in self.routes if route.id == name), None)


def read_gates(folder: Path) -> Gates:
    """Read the review tables of a corpus folder; a file that is not there is an empty table."""
    there = {path.name for path in (folder / "rules").glob("*.toml")}

    def rows(name: str, table: str, kind: type[Row]) -> tuple[Row, ...]:
        return tuple(read_rows(folder, name, table, kind)) if name in there else ()

    words = {row.id: row for row in rows("words.toml", "words", Words)}
    return Gates(
        routes=rows("routes.toml", "route", Route),
        lists={row.id: row for row in rows("lists.toml", "list", CountryList)},
        regions=rows("lists.toml", "region", Region),
        tiers=rows("reviews.toml", "tier", Tier),
        triggers=rows("reviews.toml", "trigger", Trigger),
        sensitive=rows("reviews.toml", "sensitive", Sensitive),
        findings=rows("findings.toml", "finding", Line),
        flags=rows("flags.toml", "flag", Line),
        facts=rows("facts.toml", "fact", Line),
        missing=rows("facts.toml", "missing", Line),
        reports=rows("reports.toml", "report", Report),
        words=words,
    )
