"""How long Congress has before a transfer may go ahead."""

from datetime import date

from assistant.ask.notify.amounts import cites, group_of, recipients, spoken
from assistant.ask.notify.proposal import Proposal
from assistant.ask.notify.words import ROUTE_TEXT
from assistant.cite import Claim, Kind
from assistant.corpus import Corpus
from assistant.phrase import day
from assistant.retrieve import Asked
from assistant.rules import Rules


def claims(proposal: Proposal, asked: Asked, corpus: Corpus, rules: Rules, on: date) -> list[Claim]:
    """The days for the recipients' group on a day, and when a recipient joined the shorter one."""
    route = proposal.route or "FMS"
    if route not in ROUTE_TEXT:
        return []
    table = "retransfer (licensed)" if route == "retransfer" and proposal.licensed_origin else route
    group = group_of(proposal, rules, on)
    if group is None or (row := rules.clock(table, group, on)) is None:
        return []
    dated = f" on {day(on)}" if asked.dated else ""
    text = (
        f"For {spoken(table)}{recipients(proposal, rules, group, on)} the review period is {row.days} calendar days{dated}; "
        "a certified emergency waives the period, not the certification."
    )
    cited = [row.provision]
    for country in proposal.countries:
        if later := rules.later_membership(country, on):
            text += f" {country} joined the 15-day group on {day(later.start)}{f' ({later.by})' if later.by else ''}."
            cited += [later.by] if later.by and corpus.exists(later.by) else []
    if row.contested:
        text += f" Contested: {row.contested}"
    return [Claim(text, Kind.RULE, cites(cited))]
