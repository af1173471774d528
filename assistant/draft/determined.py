"""What the dated tables determined of a case, as cited sentences."""

from datetime import date
from decimal import Decimal

from assistant.desk import Desk
from assistant.determine import Determination, FindingStatus, Test
from assistant.draft import citing
from assistant.draft.memo import Need, Stated
from assistant.phrase import day, dollars


def notification(found: Determination, desk: Desk, on: date) -> list[Stated]:
    """Whether Congress is certified to, on which tests, by whom, and the clock and review that go with it."""
    told = found.notification
    provisions = (told.provision,) if told.provision else tuple(test.provision for test in told.tests)
    why = "" if told.tests else f": {_ended(told.why)}"
    lines: list[Stated] = []
    if told.required is None:
        lines.append(
            citing.gap(
                Need.FACT, f"what decides the notification to Congress: {_ended(told.why)}", provisions, desk, on
            )
        )
    else:
        verb = (
            "A certification to Congress is called for"
            if told.required
            else "No certification to Congress is called for"
        )
        lines.append(citing.rule(f"{verb} on the facts given{why}.", provisions, desk, on))
    ruling = dict.fromkeys(filter(None, (told.provision, *(test.provision for test in told.tests))))
    lines += citing.quotations(ruling if told.required is not None else (), desk, on)
    lines += [_test(test, desk, on) for test in told.tests]
    if told.certifier:
        by = (told.certifier_provision or told.provision or "",)
        lines.append(citing.rule(f"Who certifies on {day(on)}: {told.certifier}.", by, desk, on))
        functions = [r.function for r in desk.rules.certifiers if r.provision == by[0] and r.official == told.certifier]
        names = (functions[0].split(" ")[0], told.certifier) if functions else ()
        lines += filter(None, [citing.quotation(by[0], desk, on, names)])
    if told.clock_days is not None:
        under = told.clock_provision or told.provision
        clock = (under,) if under else _clocks(found, desk, on)
        text = f"Review by Congress lasts {told.clock_days} calendar days{_if_certified(told.required)}."
        lines.append(citing.rule(text, clock, desk, on))
    review = told.tiered_review
    if review and review.tier is not None:
        why = f": {_ended(review.why)}" if review.why else ""
        text = f"Informal tiered review: Tier {review.tier}, {review.days} notional days{why}."
        lines.append(citing.rule(text, (review.provision,), desk, on))
    return lines + _edge(found, desk, on)


def _clocks(found: Determination, desk: Desk, on: date) -> tuple[str, ...]:
    """The clauses that give the group its days, where the route that would choose among them is not known."""
    days = found.notification.clock_days
    rows = [row for row in desk.rules.clocks if row.days == days and row.group == found.group and row.covers(on)]
    return tuple(dict.fromkeys(row.provision for row in rows))


def _edge(found: Determination, desk: Desk, on: date) -> list[Stated]:
    """The qualitative-military-edge determination, where it is owed, open or contested; silent where it plainly is not."""
    provisions = (found.qme_provision,)
    why = f": {_ended(found.qme_why)}" if found.qme_why else ""
    if any(flag.contested and flag.provision == found.qme_provision for flag in found.flags):
        wanted = "whether a qualitative-military-edge determination is owed, which is contested; see the flags"
        return [citing.gap(Need.JUDGEMENT, wanted, provisions, desk, on)]
    if found.qme is None:
        wanted = f"what decides whether a qualitative-military-edge determination is owed{why}"
        return [citing.gap(Need.FACT, wanted, provisions, desk, on)]
    if found.qme:
        said = citing.rule(f"A qualitative-military-edge determination is required{why}.", provisions, desk, on)
        return [said, *citing.quotations(provisions, desk, on)]
    return []


def assessment(found: Determination, desk: Desk, on: date, clauses: tuple[str, ...] = ()) -> list[Stated]:
    """Whether a country team assessment is needed, on which triggers and with which tables; `clauses` ask for one."""
    told = found.cta
    why = _ended(told.why or "; ".join(told.triggers))
    if told.required is None:
        wanted = f"what decides whether a country team assessment is needed{f': {why}' if why else ''}"
        return [citing.gap(Need.FACT, wanted, clauses, desk, on)]
    tables = tuple(table for table in map(table_id, told.tables) if desk.corpus.exists(table))
    if not told.required:
        text = f"No country team assessment is called for on the facts given{f': {why}' if why else ''}."
    else:
        named = f" Tables: {', '.join(told.tables)}." if told.tables else ""
        text = f"A country team assessment is needed{f': {why}' if why else ''}.{named}"
    return [citing.rule(text, (*clauses, *tables), desk, on)]


def stops(found: Determination, desk: Desk, on: date) -> list[Stated]:
    """The clauses that bar, or may bar, the transfer."""
    lines: list[Stated] = []
    for stop in found.stops:
        lines += [citing.rule(_sentence(stop.text), (stop.provision,), desk, on)]
        lines += citing.quotations((stop.provision,), desk, on)
    return lines


def findings(found: Determination, desk: Desk, on: date) -> list[Stated]:
    """The findings that clauses require of a person, in brackets; the case may supply facts for one, never make it."""
    lines: list[Stated] = []
    for each in found.findings:
        if each.status is FindingStatus.NOT_APPLICABLE:
            text = f"Not applicable on the facts given: {_ended(each.text)}."
            lines.append(citing.rule(text, (each.provision,), desk, on))
        else:
            supplied = "; the case supplies facts for it" if each.status is FindingStatus.SUPPLIED else ""
            lines.append(citing.gap(Need.FINDING, f"{_ended(each.text)}{supplied}", (each.provision,), desk, on))
    return lines


def flags(found: Determination, desk: Desk, on: date, told: bool = False) -> list[Stated]:
    """What a reviewer must see; a contested point says that it is.

    `told` says that the memo has told which policy framed the transfer, so that no flag repeats it.
    """
    framing = {provision for provision, _ in found.policies} if told else set()
    return [
        citing.rule(f"{'Contested: ' if flag.contested else ''}{_sentence(flag.text)}", (flag.provision,), desk, on)
        for flag in found.flags
        if flag.provision not in framing
    ]


def elements(found: Determination, desk: Desk, on: date, clauses: tuple[str, ...] = ()) -> list[Stated]:
    """The further elements that sensitive articles bring to an assessment, note and bracket for each.

    `clauses` are the tables whose elements the memo has set out already.
    """
    lines: list[Stated] = []
    for table in map(table_id, found.cta.tables):
        for row in desk.corpus.children.get(table, ()) if table not in clauses else ():
            wanted = f"the country team's answer on {lowered(desk.corpus.heading(row))}"
            lines += [citing.note(row, desk, on), citing.gap(Need.FACT, wanted, (row,), desk, on)]
    return lines


def table_id(written: str) -> str:
    """The id of a table of the manual, however the determination writes it."""
    name = written.removeprefix("SAMM ").removeprefix("Table ")
    return f"SAMM Table {name}"


def _test(test: Test, desk: Desk, on: date) -> Stated:
    measure = test.measure
    basis = f", by {test.basis.replace('_', ' ')}" if test.basis else ""
    threshold = "any value" if test.threshold_usd is None else _money(test.threshold_usd)
    if test.met is None or test.value_usd is None:
        wanted = f"the amount for {measure}{basis}; at {threshold} or more a certification would be called for"
        return citing.gap(Need.FACT, wanted, (test.provision,), desk, on)
    outcome = "reached" if test.met else "not reached"
    text = f"Test of {measure}{basis}: {_money(test.value_usd)} against {threshold}; {outcome}."
    return citing.rule(text, (test.provision,), desk, on)


def _money(amount: Decimal) -> str:
    return dollars(int(amount)) if amount == amount.to_integral_value() else f"${amount:,}"


def _if_certified(required: bool | None) -> str:
    return ", if a certification is called for" if required is None else ""


def _ended(text: str) -> str:
    return text.strip().rstrip(".;")


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "?", "]")) else f"{text.rstrip()}."


def lowered(heading: str) -> str:
    """A heading as words in a sentence; an abbreviation keeps its capitals."""
    return heading[:1].lower() + heading[1:] if heading[1:2].islower() else heading
