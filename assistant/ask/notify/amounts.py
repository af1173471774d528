"""At what value a transfer is notified, and whether the values given reach it."""

from collections.abc import Iterable
from datetime import date

from assistant import cite
from assistant.ask.notify.proposal import Proposal
from assistant.ask.notify.words import MEASURES, ROUTE_TEXT
from assistant.cite import Citation, Claim, Kind
from assistant.corpus import Corpus
from assistant.phrase import dollars, joined
from assistant.rules import BODIES, EVERYONE, GROUP, OTHERS, Rules, Threshold

_TESTED = ("mde", "total", "construction", "firearms")
_ALWAYS = ("certification", "any")
_EFFECT = {"lease": ("the disapproval procedure applies", "the disapproval procedure does not apply")}


def claims(proposal: Proposal, corpus: Corpus, rules: Rules, on: date, *, both: bool = False) -> list[Claim]:
    """The test on the values given where there are any, else the amounts; for both routes where none or both are named."""
    if proposal.route is None or (both and proposal.route in {"FMS", "DCS"}):
        routes: tuple[str, ...] = ("FMS", "DCS")
    else:
        routes = (proposal.route,) if proposal.route in ROUTE_TEXT else ()
    if proposal.months is not None and proposal.route == "lease" and _too_short(proposal, rules, on):
        return []
    group = group_of(proposal, rules, on)
    found: list[Claim] = []
    for route in routes:
        table = _table(route, proposal)
        if group and proposal.values and (tested := _test(proposal, corpus, rules, on, table, group)):
            found.append(tested)
            continue
        for each in _groups(group, proposal, rules, on, table):
            if claim := _thresholds(proposal, corpus, rules, on, table, each):
                found.append(claim)
    return found


def _groups(group: str | None, proposal: Proposal, rules: Rules, on: date, table: str) -> list[str]:
    """The groups to give amounts for: the recipients' own, else each that differs."""
    if group:
        return [group]
    measures = proposal.measures or _TESTED
    everyone = all(
        rules.threshold(table, measure, OTHERS, on) == rules.threshold(table, measure, GROUP, on)
        for measure in measures
    )
    return [EVERYONE] if everyone else [OTHERS, GROUP]


def _table(route: str, proposal: Proposal) -> str:
    """The table's name for a route; articles that were licensed have their own rows."""
    return "retransfer (licensed)" if route == "retransfer" and proposal.licensed_origin else route


def spoken(table: str) -> str:
    """A table's route in words."""
    return f"{ROUTE_TEXT['retransfer']} of licensed articles" if table == "retransfer (licensed)" else ROUTE_TEXT[table]


def group_of(proposal: Proposal, rules: Rules, on: date) -> str | None:
    """The group of the recipients, or the one the words name."""
    return rules.group_of(proposal.countries, proposal.bodies, on) or proposal.group


def _too_short(proposal: Proposal, rules: Rules, on: date) -> bool:
    row = rules.threshold("lease", "certification", EVERYONE, on)
    return row is not None and proposal.months is not None and proposal.months < (row.least_months or 0)


def _thresholds(proposal: Proposal, corpus: Corpus, rules: Rules, on: date, table: str, group: str) -> Claim | None:
    wanted = [measure for measure in proposal.measures if measure not in proposal.without]
    if "mde" in proposal.without and not wanted:
        wanted = ["total"]
    wanted += [measure for measure in proposal.values if measure not in wanted]
    rows = [
        row
        for measure in (*MEASURES, "major weapons", "other weapons")
        if (row := rules.threshold(table, measure, group, on))
        and (measure in wanted or not wanted or measure not in MEASURES)
    ]
    if "firearms" not in wanted:
        rows = [row for row in rows if row.measure != "firearms"]
    always = _always(rules, table, group, on)
    if not rows and not always:
        return None
    who = recipients(proposal, rules, group, on)
    if always and not rows:
        text = f"For {spoken(table)}{who}, a certification is required at any value."
        return Claim(text, Kind.RULE, cites([always.provision]))
    parts = joined([_row_text(row) for row in rows])
    met = _EFFECT.get(table, ("Congress must be notified", ""))[0]
    text = f"For {spoken(table)}{who}, the amounts at or above which {met} are {parts}."
    if always:
        text = f"For {spoken(table)}{who}, a certification is required at any value; the amounts at or above which {met} are {parts}."
    if group == GROUP and any(row.group == GROUP for row in rows):
        text += " They hold only if no new sales territory outside that group is authorized."
    notes = list(dict.fromkeys(row.contested for row in rows if row.contested and row.measure == "firearms"))
    cited = [row.provision for row in rows] + ([always.provision] if always else [])
    return Claim(" ".join([text, *notes]), Kind.RULE, cites([*cited, *_named(notes, corpus)]))


def _always(rules: Rules, table: str, group: str, on: date) -> Threshold | None:
    """The row that asks for a certification whatever the value."""
    rows = (rules.threshold(table, measure, group, on) for measure in _ALWAYS)
    return next((row for row in rows if row and row.amount == 0), None)


def _row_text(row: Threshold) -> str:
    name = MEASURES[row.measure][1] if row.measure in MEASURES else row.measure
    by = f", by {row.basis}" if row.basis and row.route not in {"FMS", "DCS"} else ""
    return f"{dollars(row.amount)} of {name}{by}"


def recipients(proposal: Proposal, rules: Rules, group: str, on: date) -> str:
    """Who receives, and why they fall in their group."""
    named = joined(proposal.recipients)
    title = rules.groups[group].title if group in rules.groups else ""
    if group == EVERYONE:
        return f" to {named}" if named else " to any destination"
    if not named:
        return f" to {title}"
    if group == OTHERS:
        outside = [c for c in proposal.countries if rules.membership(c, on) is None]
        if outside and len(outside) < len(proposal.countries):
            return f" to {named} ({joined(outside)} being outside the NATO-plus-five group)"
        return f" to {named} (outside the NATO-plus-five group)"
    if group == BODIES:
        return f" to {named} (one of NATO's own bodies, which take the ordinary amounts)"
    return f" to {named} (in the group of {title})"


def _test(proposal: Proposal, corpus: Corpus, rules: Rules, on: date, table: str, group: str) -> Claim | None:
    """The amounts given, each against its threshold; undecided where the one that matters is missing."""
    rows = {m: row for m in _TESTED if (row := rules.threshold(table, m, group, on))}
    compared = {m: (value, rows[m]) for m, value in proposal.values.items() if m in rows}
    if not compared:
        return None
    met = any(value >= row.amount for value, row in compared.values())
    lines = [
        f"{MEASURES[measure][1]} of {dollars(value)} {'reaches' if value >= row.amount else 'is below'} {dollars(row.amount)}"
        for measure, (value, row) in compared.items()
    ]
    cited = [row.provision for _, row in compared.values()]
    verdict = _verdict(proposal, rows, compared, met, table)
    always = _always(rules, table, group, on)
    if always:
        cited.append(always.provision)
        verdict = f"a certification is required at any value, and {_EFFECT.get(table, ('', ''))[0 if met else 1]}"
    if not met and _open_mde(proposal, rows):
        cited.append(rows["mde"].provision)
    who = recipients(proposal, rules, group, on)
    notes = [row.contested for measure, (_, row) in compared.items() if row.contested and measure == "firearms"]
    text = f"On the figures given, for {spoken(table)}{who}, {verdict}: {joined(lines)}."
    if group == GROUP and any(row.group == GROUP for _, row in compared.values()):
        text += " These amounts hold only if no new sales territory outside that group is authorized."
    return Claim(" ".join([text, *notes]), Kind.RULE, cites([*cited, *_named(notes, corpus)]))


def _verdict(
    proposal: Proposal, rows: dict[str, Threshold], compared: dict[str, tuple[int, Threshold]], met: bool, table: str
) -> str:
    if met:
        return "a certification to Congress is required"
    if _open_mde(proposal, rows):
        amount = dollars(rows["mde"].amount)
        return f"it depends on how much of it is major defense equipment, which would need certification at {amount}"
    total = rows.get("total")
    if "total" not in compared and total and "mde" in compared:
        return (
            "no certification to Congress is required for the major defense equipment alone (a total of "
            f"{dollars(total.amount)} would need one)"
        )
    return "no certification to Congress is required"


def _open_mde(proposal: Proposal, rows: dict[str, Threshold]) -> bool:
    """Whether a total given might hide enough major defense equipment to matter."""
    if "mde" in proposal.values or "mde" in proposal.without or "firearms" in proposal.values or "mde" not in rows:
        return False
    return proposal.values.get("total", 0) >= rows["mde"].amount


def _named(notes: Iterable[str], corpus: Corpus) -> list[str]:
    """The clauses that a contested reading sets against each other."""
    found: list[str] = []
    for note in notes:
        for mention in cite.find(note):
            found += cite.resolve(mention, corpus).provisions if not mention.lookalike else ()
    return [provision for provision in dict.fromkeys(found) if corpus.exists(provision)]


def cites(provisions: Iterable[str]) -> tuple[Citation, ...]:
    """Citations of provisions, once each."""
    return tuple(Citation(provision) for provision in dict.fromkeys(provisions))
