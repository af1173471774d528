"""Whether a certification to Congress is required, by whom, and how long Congress has."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.amounts import required_by, test_amounts
from assistant.determine.determination import Fact, Flag, Notification, Test
from assistant.determine.parties import Parties
from assistant.determine.routes import certified, manufactures
from assistant.determine.said import answer, any_of, says, shown
from assistant.gates import Gates, Route
from assistant.law import parent_of
from assistant.rules import Rules, Threshold

_OPEN_ROUTES = ("FMS", "DCS")  # what a sale with no route named may be


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification, what it lacks, and what must be seen beside it."""

    notification: Notification
    facts: tuple[Fact, ...] = ()
    flags: tuple[Flag, ...] = ()
    emergency: bool | None = False


@dataclass(slots=True)
class _Finding:
    required: bool | None
    why: str
    route: Route
    tests: tuple[Test, ...] = ()
    facts: list[Fact] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


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


def _decide(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> _Finding:
    gates = rules.gates
    if route.id == "DCS" and _exempt(case, parties, rules, on):
        exempt = gates.lists["aukus-exempt"].provision
        return _Finding(
            False, "The case claims the exemption, for which 36(c) and (d) do not apply.", replace_clause(route, exempt)
        )
    if route.table == "lease":
        return _lease(case, route, parties, rules, on)
    if not route.table:
        return _Finding(None, "The authority of the transfer, and so its notification, is not stated.", route)
    made = manufactures(case, gates) if route.id == "DCS" else False
    if made is not False and (abroad := gates.route("manufacture abroad")):
        return _manufacture(case, route, abroad, made, parties, rules, on)
    found = _by_amount(case, route, parties, rules, on)
    if route.id == "grant (excess)":
        return _excess(case, found)
    if route.id in {"FMS", "DCS"} and certified(case, gates) is False and _upgraded(case):
        found = _uncertified(case, route, found)
    if (
        route.table.startswith("retransfer")
        and says(gates, "upkeep", f"{case.purpose} {case.title}")
        and found.required
    ):
        found.required = None
        found.why += " Section 3(d)(4) may except it: that it is maintenance, repair or overhaul within that paragraph is not shown."
        found.facts.append(
            Fact(
                "whether the transfer is one that 3(d)(4) excepts (maintenance, repair or overhaul)",
                "22 USC 2753(d)(4)",
            )
        )
    return found


def _by_amount(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> _Finding:
    if not parties.known:
        return _Finding(None, "The recipient, and so its group, is not known.", route)
    tests, facts = test_amounts(case, route, parties.amounts, rules, on)
    if not tests:
        return _Finding(None, "No amount of the tables applies to this route on that day.", route)
    required = required_by(tests)
    found = _Finding(required, _why(tests, required), route, tests, [] if required else list(facts))
    contested: dict[str, list[str]] = {}
    for row in _rows(route, tests, parties, rules, on):
        if row.contested:
            contested.setdefault(row.contested, []).append(row.provision)
    found.flags = [Flag(_over(provisions), text, contested=True) for text, provisions in contested.items()]
    return found


def _over(provisions: list[str]) -> str:
    """The clause, or what several have in common one level up."""
    return provisions[0] if len(set(provisions)) == 1 else parent_of(provisions[0]) or provisions[0]


def _rows(route: Route, tests: tuple[Test, ...], parties: Parties, rules: Rules, on: date) -> list[Threshold]:
    rows = [rules.threshold(route.table, measure, group, on) for group in parties.amounts for measure in route.values]
    used = {(test.provision, test.threshold_usd) for test in tests}
    return [
        row for row in rows
        if row and (row.provision, Decimal(row.amount)) in used
        and not (row.measure == "firearms" and (parties.group is None or parties.group == "others"))
    ]  # fmt: skip


def _why(tests: tuple[Test, ...], required: bool | None) -> str:
    lines = []
    for test in tests:
        amount = shown(test.threshold_usd or Decimal(0))
        value = shown(test.value_usd) if test.value_usd is not None else "not stated"
        relation = {True: "reaches", False: "is under", None: "cannot be tested against"}[test.met]
        note = f" ({test.basis})" if test.basis else ""
        lines.append(f"{test.measure}, {value}, {relation} {amount}{note} ({test.provision})")
    head = {True: "A test is met", False: "Every test fails", None: "A fact is missing"}[required]
    return f"{head}: {'; '.join(lines)}."


def _lease(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> _Finding:
    row = rules.threshold(route.table, "certification", "everyone", on)
    if row is None or row.least_months is None:
        return _Finding(None, "No row of the tables applies to a lease on that day.", route)
    term = case.lease_months if isinstance(case.lease_months, Decimal) else None
    met = None if term is None else term >= row.least_months
    length = "not stated" if term is None else f"{term.normalize():f} months"
    test = Test(
        row.provision, "term of the lease", None, None, met, f"{length}, against {row.least_months} months or longer"
    )
    review, lacking = test_amounts(case, route, parties.amounts, rules, on) if met is not False else ((), ())
    review = tuple(replace(one, measure=f"review by joint resolution: {one.measure}") for one in review)
    why = {
        True: "The lease runs for the term at which a certification is owed at any value",
        False: "The lease is shorter than the term at which a certification is owed",
        None: "The term of the lease is missing",
    }[met]
    found = _Finding(met, f"{why} ({test.basis}).", route, (test, *review), list(lacking))
    if term is None:
        found.facts.insert(0, Fact("term of the lease in months", row.provision))
    elif route.most_months is not None and term > route.most_months:
        found.flags.append(
            Flag(
                route.most_months_provision,
                f"The term of {length} is longer than {route.most_months} months, the longest a lease may run but for major refurbishment before delivery.",
            )
        )
    return found


def _manufacture(
    case: Case, route: Route, abroad: Route, made: bool | None, parties: Parties, rules: Rules, on: date
) -> _Finding:
    row = rules.threshold(abroad.table, "any", "everyone", on)
    heavy = any_of([a.sme if isinstance(a.sme, bool) else None for a in case.articles]) if case.articles else None
    sales = _by_amount(case, route, parties, rules, on)
    if row is None:
        return sales
    met = False if heavy is False else (True if heavy and made else None)
    test = Test(
        row.provision, "manufacture abroad of significant combat equipment", Decimal(row.amount), None, met, row.basis
    )
    tests = (test, *sales.tests)
    if met:
        return _Finding(
            True,
            "Significant military equipment is to be made abroad: certified at any value (36(d)(1)).",
            abroad,
            tests,
            [],
            sales.flags,
        )
    if met is False:
        sales.tests = tests
        sales.why = f"No article is significant military equipment, so 36(d) is not reached. {sales.why}"
        return sales
    facts = (
        [Fact("whether any item to be made abroad is significant military (combat) equipment", row.provision)]
        if heavy is None
        else []
    )
    if made is None:
        facts.append(Fact("whether the agreement involves manufacture abroad", row.provision))
    if sales.required:
        return _Finding(True, sales.why, route, tests, facts, sales.flags)
    return _Finding(
        None,
        "Whether significant combat equipment is made abroad is missing.",
        abroad,
        tests,
        [*facts, *sales.facts],
        sales.flags,
    )


def _excess(case: Case, found: _Finding) -> _Finding:
    heavy = any_of([a.sme if isinstance(a.sme, bool) else None for a in case.articles]) if case.articles else None
    if heavy:
        found.required, found.facts = True, []
        found.why = f"Significant military equipment is notified at any value. {found.why}"
    elif heavy is None and found.required is False:
        found.required = None
        found.why = (
            f"Whether any article is significant military equipment, notified at any value, is missing. {found.why}"
        )
        found.facts.append(Fact("whether any article is significant military equipment", found.route.clause))
    return found


def _uncertified(case: Case, route: Route, found: _Finding) -> _Finding:
    """An amendment of what was never certified: whether the amounts given already include it is not supposed."""
    values = case.value_usd
    mde, total = values.amount("upgrade_mde") or Decimal(0), values.amount("upgrade_total") or Decimal(0)
    if found.required is False:
        found.required = None
        found.why = "Congress was not notified before, so the amended case is tested as a whole; whether the amounts include the amendment is missing."
        found.facts.append(
            Fact(
                f"major defense equipment and total value after the amendment of {shown(mde)} and {shown(total)}",
                route.clause,
            )
        )
    return found


def _upgraded(case: Case) -> bool:
    return case.value_usd.upgrade_mde is not None or case.value_usd.upgrade_total is not None


def _exempt(case: Case, parties: Parties, rules: Rules, on: date) -> bool:
    claimed = says(rules.gates, "aukus", case.route)
    return (
        claimed
        and bool(parties.countries)
        and all(rules.gates.listed("aukus-exempt", c, on) for c in parties.countries)
    )


def replace_clause(route: Route, clause: str) -> Route:
    """The route with another clause deciding it."""
    return route.model_copy(update={"clause": clause})


def _complete(found: _Finding, parties: Parties, rules: Rules, on: date, emergency: bool | None) -> Notice:
    route = found.route
    if found.required is False:
        notification = Notification(False, found.why, route.clause, tests=found.tests)
        return Notice(notification, tuple(found.facts), tuple(found.flags), emergency)
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
    return Notice(notification, tuple(found.facts), tuple(found.flags), emergency)


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
