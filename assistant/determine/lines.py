"""Stops, findings, flags and facts of a case: the rows of the tables whose route and conditions hold."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.conditions import Conditions, holds
from assistant.determine.determination import Fact, Finding, FindingStatus, Flag, Stop
from assistant.determine.parties import Parties
from assistant.determine.said import supplied
from assistant.gates import Gates, Line, Route
from assistant.law import Status


def find_stops(
    route: Route | None, parties: Parties, conditions: Conditions, gates: Gates, on: date
) -> tuple[tuple[Stop, ...], tuple[Flag, ...], tuple[Fact, ...]]:
    """Clauses that bar the transfer on the case's own words, and those that may."""
    stops: list[Stop] = []
    flags: list[Flag] = []
    facts: list[Fact] = []
    for country in (*parties.countries, *parties.also):
        if row := gates.listed("terrorism", country, on):
            text = f"As far as known here ({_known(row.mark)}), {country} is a government found to have repeatedly supported international terrorism: munitions items may not be provided, licensed or retransferred to it (AECA sec. 40). {row.text}"
            stops += [
                Stop("22 USC 2780(a)", text.strip()),
                Stop("22 USC 2371", f"FAA sec. 620A bars assistance to {country} while that finding stands."),
            ]
        row = gates.listed("denial", country, on)
        if row is None or route is None or not route.licensed or not route.function or route.id == "EAR":
            continue
        clause = row.provision
        scope = (
            "for its armed forces, police, intelligence or other internal security forces" if row.forces else "for it"
        )
        text = f"{clause} states a policy of denying licenses and approvals {scope} ({_known(row.mark)}). {row.text} Confirm the current eCFR."
        if row.forces and conditions["forces"] is None:
            flags.append(Flag(clause, text.strip()))
            facts.append(
                Fact(
                    f"whether the end user in {country} is among its armed forces, police, intelligence or internal security forces",
                    clause,
                )
            )
        elif (row.forces and conditions["forces"] is False) or row.mark == "E":
            flags.append(Flag(clause, text.strip()))
        else:
            stops.append(Stop(clause, text.strip()))
    return tuple(stops), tuple(flags), tuple(facts)


def _known(mark: str) -> str:
    return {
        "V": "a text held",
        "L": "a damaged copy of January 2025",
        "E": "secondary sources",
        "M": "general knowledge, unverified; the table or list is not held",
    }[mark]


def find_findings(
    case: Case, route: Route | None, conditions: Conditions, gates: Gates, on: date
) -> tuple[Finding, ...]:
    """What clauses require somebody to find, each with where the case leaves it."""
    found = []
    for row in _rows(gates.findings, route, conditions, on):
        if row.missing and any(re.search(row.missing, fact, re.IGNORECASE) for fact in case.missing_facts):
            status = FindingStatus.MISSING
        elif row.key and any(supplied(gates, case, key) for key in row.key):
            status = FindingStatus.SUPPLIED
        else:
            status = FindingStatus.REQUIRED
        found.append(Finding(row.provision, row.text, status))
    for report in gates.reports:
        value = case.value_usd.amount(report.measure)
        if (
            route
            and route.id in report.routes
            and report.covers(on)
            and value is not None
            and value >= Decimal(report.amount)
        ):
            found.append(Finding(report.provision, report.text, FindingStatus.REQUIRED))
    return tuple(dict.fromkeys(found))


def find_flags(route: Route | None, conditions: Conditions, gates: Gates, on: date) -> tuple[Flag, ...]:
    """What a reviewer must see."""
    return tuple(Flag(row.provision, row.text, row.contested) for row in _rows(gates.flags, route, conditions, on))


def find_facts(
    case: Case, route: Route | None, conditions: Conditions, gates: Gates, on: date, kind: str | None = None
) -> tuple[Fact, ...]:
    """What the case lacks, for every draft or for one kind; its own list of missing facts first."""
    found = [_own(fact, route, gates) for fact in case.missing_facts] if kind is None else []
    told = {fact.provision for fact in found}
    for row in _rows(gates.facts, route, conditions, on):
        if row.provision in told and not row.key:
            continue
        if (kind in row.kinds if row.kinds else kind is None) and not any(
            supplied(gates, case, key) for key in row.key
        ):
            found.append(Fact(row.text, row.provision))
    return tuple(dict.fromkeys(found))


def _own(fact: str, route: Route | None, gates: Gates) -> Fact:
    row = next((row for row in gates.missing if re.search(row.missing, fact, re.IGNORECASE)), None)
    return Fact(fact, row.provision if row else route.clause if route else "22 USC 2776")


def _rows(rows: Iterable[Line], route: Route | None, conditions: Conditions, on: date) -> list[Line]:
    names = {route.id if route else ""}
    if conditions.get("abroad"):
        names.add("manufacture abroad")
    return [
        row
        for row in rows
        if row.covers(on) and (not row.routes or not names.isdisjoint(row.routes)) and holds(row.when, conditions)
    ]


def find_policies(statuses: Iterable[tuple[str, str, Status]], on: date) -> tuple[Flag, ...]:
    """Which conventional arms transfer policy frames a review on the day."""
    flags = []
    for provision, role, status in statuses:
        if status is Status.IN_FORCE:
            flags.append(Flag(provision, f"Policy framework on {on.isoformat()}: {provision} {role}."))
        elif status is Status.DIRECTED:
            flags.append(
                Flag(
                    provision,
                    f"Policy framework on {on.isoformat()}: the departments are directed to implement {provision} or a successor; its text is not held, so its criteria are not quoted.",
                )
            )
    return tuple(flags)
