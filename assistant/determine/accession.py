"""Since when a recipient is in the country group, or from when it will be, and what the other amounts would give."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.amounts import required_by, test_amounts
from assistant.determine.determination import Flag
from assistant.determine.parties import Parties
from assistant.determine.said import shown
from assistant.gates import Route
from assistant.rules import GROUP, OTHERS, Member, Rules

_MEASURES = ("mde", "total")


def group_changes(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> Iterator[Flag]:
    """A line for each recipient that joined the group, before the day or after it; none where the route has one amount for all."""
    if not parties.known or rules.threshold(route.table, _MEASURES[0], GROUP, on) is None:
        return
    for country in parties.countries:
        if later := rules.later_membership(country, on):
            yield _joins(case, route, later, rules)
        elif now := rules.membership(country, on):
            text = f"Country group: {country} has been in it since {_day(now)}; on a date before that the amounts of other countries held{_amounts(route, OTHERS, on, rules)}."
            yield Flag(_clause(route, GROUP, on, rules), text)


def _joins(case: Case, route: Route, later: Member, rules: Rules) -> Flag:
    alone = required_by(test_amounts(case, route, (GROUP,), rules, later.start)[0])
    outcome = {True: "the same transfer reaches an amount", False: "the same transfer is below both", None: "the same transfer cannot be tested"}[alone]  # fmt: skip
    text = f"Country group: {later.country} joined it only on {_day(later)}; from that day its amounts hold{_amounts(route, GROUP, later.start, rules)} and {outcome}, if no other recipient or new sales territory outside the group comes in. Recheck on the date of offer."
    return Flag(_clause(route, GROUP, later.start, rules), text)


def _day(member: Member) -> str:
    how = member.by or "accession to NATO; the date is general knowledge, unverified here"
    return f"{member.start.day} {member.start:%B %Y} ({how})"


def _amounts(route: Route, group: str, on: date, rules: Rules) -> str:
    rows = [row for measure in _MEASURES if (row := rules.threshold(route.table, measure, group, on))]
    return f" ({' and '.join(f'{shown(Decimal(row.amount))} ({row.provision})' for row in rows)})" if rows else ""


def _clause(route: Route, group: str, on: date, rules: Rules) -> str:
    row = rules.threshold(route.table, _MEASURES[0], group, on)
    return row.provision if row else route.clause
