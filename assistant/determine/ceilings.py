"""What a yearly ceiling leaves for one transfer; what was used in the year is never supposed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.determination import Flag
from assistant.determine.said import shown
from assistant.gates import Route
from assistant.rules import EVERYONE, Rules


def room_under_ceiling(case: Case, route: Route, rules: Rules, on: date) -> Iterator[Flag]:
    """The ceiling of the route on the day, and how much of it may have been used for this transfer to fit."""
    row, total = rules.threshold(route.table, "ceiling", EVERYONE, on), case.value_usd.amount("total")
    if row is None:
        return
    most = f"{shown(Decimal(row.amount))}, {row.basis} ({row.provision})"
    if total is None:
        text = f"The ceiling is {most}; the value of this transfer is not stated."
    elif total > row.amount:
        text = f"{shown(total)} alone is above the ceiling of {most}."
    else:
        text = f"The ceiling is {most}: {shown(total)} fits only if no more than {shown(row.amount - total)} has been used in the fiscal year."
    yield Flag(row.provision, text)
