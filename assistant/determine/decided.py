"""What a route's rows decide of a notification by amount, and the shape of every such decision."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.amounts import required_by, test_amounts
from assistant.determine.determination import Fact, Flag, Test
from assistant.determine.parties import Parties
from assistant.determine.said import shown
from assistant.gates import Route
from assistant.law import parent_of
from assistant.rules import Rules, Threshold


@dataclass(slots=True)
class Decided:
    """Whether a certification is required and why, by which route's clause; `excepted` where an exception lifts it."""

    required: bool | None
    why: str
    route: Route
    tests: tuple[Test, ...] = ()
    facts: list[Fact] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    excepted: bool = False


def by_amount(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> Decided:
    """By the amounts of the route and the recipients' group on the day."""
    if not parties.known:
        return Decided(None, "The recipient, and so its group, is not known.", route)
    tests, facts = test_amounts(case, route, parties.amounts, rules, on)
    if not tests:
        return Decided(None, "No amount of the tables applies to this route on that day.", route)
    required = required_by(tests)
    found = Decided(required, _why(tests, required), route, tests, [] if required else list(facts))
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
