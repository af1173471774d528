"""Routes and cases that are not decided by amount alone: lease, manufacture abroad, excess articles, upkeep, drawdown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.amounts import test_amounts
from assistant.determine.ceilings import room_under_ceiling
from assistant.determine.decided import Decided, by_amount
from assistant.determine.determination import Fact, Flag, Test
from assistant.determine.parties import Parties
from assistant.determine.said import any_of, shown
from assistant.determine.upkeep import UPKEEP_CLAUSE, temporary_upkeep
from assistant.gates import Gates, Route
from assistant.rules import Rules, Threshold


def lease(case: Case, route: Route, parties: Parties, rules: Rules, on: date) -> Decided:
    """By the term of the lease; the amounts only decide the review by joint resolution."""
    row = rules.threshold(route.table, "certification", "everyone", on)
    if row is None or row.least_months is None:
        return Decided(None, "No row of the tables applies to a lease on that day.", route)
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
    found = Decided(met, f"{why} ({test.basis}).", route, (test, *review), list(lacking))
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


def manufacture(
    case: Case, route: Route, abroad: Route, made: bool | None, parties: Parties, rules: Rules, on: date
) -> Decided:
    """By whether significant combat equipment is made abroad, at any value; else by the amounts of the license."""
    row = rules.threshold(abroad.table, "any", "everyone", on)
    heavy = any_of([a.sme if isinstance(a.sme, bool) else None for a in case.articles]) if case.articles else None
    sales = by_amount(case, route, parties, rules, on)
    if row is None:
        return sales
    met = False if heavy is False else (True if heavy and made else None)
    test = Test(
        row.provision, "manufacture abroad of significant combat equipment", Decimal(row.amount), None, met, row.basis
    )
    tests = (test, *sales.tests)
    if met:
        return Decided(
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
        return Decided(True, sales.why, route, tests, facts, sales.flags)
    return Decided(
        None,
        "Whether significant combat equipment is made abroad is missing.",
        abroad,
        tests,
        [*facts, *sales.facts],
        sales.flags,
    )


def excess(case: Case, found: Decided) -> Decided:
    """By amount, or at any value where an article is significant military equipment."""
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


def uncertified(case: Case, route: Route, found: Decided) -> Decided:
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


def upkeep(case: Case, found: Decided, gates: Gates) -> Decided:
    """A retransfer that 3(d)(4) may except: lifted only where the case's own words show it."""
    shown_to_be = temporary_upkeep(case, gates)
    if shown_to_be is False or not found.required:
        return found
    if shown_to_be:
        found.required, found.excepted, found.facts, found.tests = False, True, [], ()
        found.route = replace_clause(found.route, UPKEEP_CLAUSE)
        found.why = f"By the case's own words a temporary transfer for the sole purpose of maintenance, repair or overhaul, which 3(d)(4)(B) excepts from section 3(d). Without the exception: {found.why}"
        return found
    found.required = None
    found.why += (
        " Section 3(d)(4) may except it: that it is maintenance, repair or overhaul within that paragraph is not shown."
    )
    found.facts.append(
        Fact("whether the transfer is one that 3(d)(4) excepts (maintenance, repair or overhaul)", "22 USC 2753(d)(4)")
    )
    return found


def any_value(case: Case, route: Route, row: Threshold, rules: Rules, on: date) -> Decided:
    """A notice owed at any value, with what its yearly ceiling leaves."""
    test = Test(row.provision, route.name, Decimal(row.amount), None, True, row.basis)
    found = Decided(True, f"Notified {row.basis} ({row.provision}).", route, (test,))
    found.flags = [*room_under_ceiling(case, route, rules, on)]
    return found


def replace_clause(route: Route, clause: str) -> Route:
    """The route with another clause deciding it."""
    return route.model_copy(update={"clause": clause})
