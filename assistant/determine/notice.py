"""Whether a certification to Congress is required, by whom, and how long Congress has."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.accession import group_changes
from assistant.determine.decided import Decided, by_amount
from assistant.determine.determination import Fact, Flag, Notification
from assistant.determine.exemption import exempt
from assistant.determine.own_terms import (
    any_value,
    excess,
    lease,
    manufacture,
    replace_clause,
    uncertified,
    upkeep,
)
from assistant.determine.parties import Parties
from assistant.determine.routes import certified, manufactures
from assistant.determine.said import answer, says, shown
from assistant.gates import Gates, Route
from assistant.rules import Rules

_OPEN_ROUTES = ("FMS", "DCS")  # what a sale with no route named may be


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification, what it lacks, and what must be seen beside it."""

    notification: Notification
    facts: tuple[Fact, ...] = ()
    flags: tuple[Flag, ...] = ()
    emergency: bool | None = False
    excepted: bool = False
    abroad: bool = False


def find_notice(case: Case, route: Route | None, parties: Parties, rules: Rules, on: date) -> Notice:
    """Apply the rows of the route on the day; what is missing leaves `required` None, with why."""
    emergency = emergency_stated(case, rules.gates)
    if not any(row.covers(on) for row in rules.thresholds):
        first = min((row.start for row in rules.thresholds), default=None)
        why = f"Not decidable: the tables begin on {first}." if first else "Not decidable: there are no tables."
        return Notice(Notification(None, why), emergency=emergency)
    if route is None:
        return _open_route(case, parties, rules, on, emergency)
    found = _decide(case, route, parties, rules, on)
    found.flags += group_changes(case, found.route, parties, rules, on)
    return _complete(found, parties, rules, on, emergency)


def emergency_stated(case: Case, gates: Gates) -> bool | None:
    """True where the case says the certification states an emergency; None where haste or a wish is all it says."""
    said = case.emergency
    if said is None or isinstance(said, bool):
        return bool(said)
    if answer(gates, said) is False:
        return False
    parts = re.split(r"[;,.()]|--| - ", said)
    stated = [part for part in parts if says(gates, "emergency stated", part)]
    return True if any(not says(gates, "emergency doubtful", part) for part in stated) else None


def _decide(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> Decided:
    gates = rules.gates
    if route.id == "DCS" and exempt(case, parties, gates, on):
        clause = gates.lists["aukus-exempt"].provision
        lifted = by_amount(case, route, parties, rules, on)
        why = "The case claims the exemption, for which 36(c) and (d) do not apply."
        why += f" For a license it would be: {lifted.why}" if lifted.tests else ""
        return Decided(False, why, replace_clause(route, clause))
    if route.table == "lease":
        return lease(case, route, parties, rules, on)
    if not route.table:
        return Decided(None, "The authority of the transfer, and so its notification, is not stated.", route)
    made = manufactures(case, gates) if route.id == "DCS" else False
    if made is not False and (abroad := gates.route("manufacture abroad")):
        return manufacture(case, route, abroad, made, parties, rules, on)
    if not route.values and (row := rules.threshold(route.table, "any", "everyone", on)):
        return any_value(case, route, row, rules, on)
    found = by_amount(case, route, parties, rules, on)
    market = case.value_usd.amount("current_market_value")
    if market is not None and "original_acquisition_cost" in route.values.values():
        found.why += f" The current market value, {shown(market)}, is not the measure."
    if route.id == "grant (excess)":
        return excess(case, found)
    if route.id in {"FMS", "DCS"} and certified(case, gates) is False and _upgraded(case):
        found = uncertified(case, route, found)
    return upkeep(case, found, gates) if route.table.startswith("retransfer") else found


def _upgraded(case: Case) -> bool:
    return case.value_usd.upgrade_mde is not None or case.value_usd.upgrade_total is not None


def _complete(found: Decided, parties: Parties, rules: Rules, on: date, emergency: bool | None) -> Notice:
    route = found.route
    if found.required is False:
        notification = Notification(False, found.why, route.clause, tests=found.tests)
        return Notice(notification, tuple(found.facts), tuple(found.flags), emergency, found.excepted)
    function = route.emergency_function if emergency and route.emergency_function else route.function
    certifier = rules.certifier(function, on) if function else None
    clocks = [rules.clock(route.table, group, on) for group in parties.clocks]
    lengths = {clock.days if clock else None for clock in clocks}
    days = lengths.pop() if len(lengths) == 1 else None
    if function and certifier is None:
        found.flags.append(
            Flag(route.clause, f"Who certified on {on.isoformat()} is not in the tables, which begin with EO 13637.")
        )
    for clock in clocks:
        if clock and clock.contested:
            found.flags.append(Flag(clock.provision, clock.contested, contested=True))
    notification = Notification(
        required=found.required, why=found.why, provision=route.clause,
        certifier=certifier.official if certifier else None,
        certifier_provision=certifier.provision if certifier else None,
        clock_days=None if emergency else days,
        clock_provision=(route.emergency if emergency else clocks[0].provision if clocks and clocks[0] else None),
        tests=found.tests,
    )  # fmt: skip
    abroad = route.table == "manufacture abroad"
    return Notice(notification, tuple(found.facts), tuple(found.flags), emergency, abroad=abroad)


def _open_route(case: Case, parties: Parties, rules: Rules, on: date, emergency: bool | None) -> Notice:
    """No route is named: what would follow under each that it may be, as conditions."""
    flags: list[Flag] = []
    days: set[int | None] = set()
    for name in _OPEN_ROUTES:
        route = rules.gates.route(name)
        if route is None:
            continue
        for group in parties.amounts or ("others", "nato-plus-five"):
            row, clock = rules.threshold(route.table, "mde", group, on), rules.clock(route.table, group, on)
            total = rules.threshold(route.table, "total", group, on)
            if row and total and clock:
                flags.append(
                    Flag(
                        route.clause,
                        f"If the route is {route.name}, to {rules.groups[group].title}: major defense equipment of {shown(Decimal(row.amount))} or more ({row.provision}), or {shown(Decimal(total.amount))} or more in total, needs a certification, and Congress has {clock.days} calendar days ({clock.provision}).",
                    )
                )
        days.update(c.days if (c := rules.clock(route.table, group, on)) else None for group in parties.clocks)
    facts = [
        Fact(f"MDE value and total value, each as an exact amount{_quoted(case)}", "22 USC 2776")
    ] if case.value_usd.amount("mde") is None or case.value_usd.amount("total") is None else []  # fmt: skip
    clock_days = days.pop() if len(days) == 1 and not emergency else None
    return Notice(
        Notification(
            None,
            "The route is not stated, so no section is applied; the conditions stand among the flags.",
            clock_days=clock_days,
        ),
        tuple(facts),
        tuple(flags),
        emergency,
    )


def _quoted(case: Case) -> str:
    return f" (the case says “{case.value_usd.words}”)" if case.value_usd.words else ""
