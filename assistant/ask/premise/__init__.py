"""What a question takes for granted, held against dates, tables and clauses."""

import re

from assistant import law
from assistant.ask import notify
from assistant.ask.answer import Warned
from assistant.ask.premise import (
    confusions,
    contradictions,
    denials,
    figures,
    offices,
    outcome,
    places,
    standing,
    waivers,
)
from assistant.ask.premise.assertion import assertion_of, granted_of
from assistant.ask.premise.found import Finding
from assistant.cite import Citation, Claim, Kind
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Status
from assistant.retrieve import Asked
from assistant.rules import GROUP

__all__ = ["assertion_of", "examine"]

_SWEEPING = re.compile(
    r"\b(?:all|any|whole|entire|every|anyone|always|never|outright|automatically|entirely|completely|cuts? off|no matter|regardless|single)\b",
    re.I,
)
_FORBIDS = re.compile(
    r"\b(?:forbids?|forbidden|prohibited|banned|barred|bars?|cuts? off|prohibits?|stops?|means|must|never|cannot|can never|bans?)\b",
    re.I,
)
_LIMITS = re.compile(
    r"\b(?:except|unless|only|other than|does not apply|may waive|waive[rds]*|subject to|provided|if)\b", re.I
)


def examine(asked: Asked, desk: Desk, hits: list[Hit]) -> tuple[list[Claim], list[Warned]]:
    """Claims that correct the premise, to be said first, and their warnings; the first thing found is enough."""
    finding = _found(asked, desk, hits)
    if finding is None:
        return _informed(asked, desk), []
    return ([finding.claim] if finding.claim else []), ([finding.warned] if finding.warned else [])


def _found(asked: Asked, desk: Desk, hits: list[Hit]) -> Finding | None:
    said = assertion_of(asked.text)
    taken = f"{said} {granted_of(asked.text)}".strip()
    corpus, rules, folder = desk.corpus, desk.rules, desk.folder
    return (
        standing.directed_taken_as_restored(asked, said, corpus, rules)
        or standing.ended_by_another(asked, said, corpus, rules)
        or standing.ended_taken_as_current(asked, said, corpus, rules)
        or standing.asked_as_current(asked, said, corpus, rules)
        or confusions.confused(asked, taken, corpus, confusions.read_confusions(folder))
        or offices.wrong_official(asked, said, rules, offices.read_offices(folder))
        or offices.wrong_official(asked, offices.acting(taken), rules, offices.read_offices(folder))
        or figures.wrong_amount(asked, taken, corpus, rules)
        or standing.bill_taken_as_law(asked, taken, corpus, rules)
        or figures.wrong_group(asked, taken, corpus, rules)
        or figures.wrong_period(asked, taken, corpus, rules)
        or figures.too_long(asked, taken, corpus, figures.read_limits(folder))
        or waivers.denied(asked, taken, corpus, hits)
        or waivers.granted(asked, taken, corpus, hits)
        or places.wrong_section(asked, taken, corpus, rules)
        or places.wrong_statute(asked, taken, corpus)
        or places.wrong_number(asked, taken, corpus)
        or places.wrong_origin(asked, taken, corpus, rules)
        or outcome.wrong_outcome(asked, said, rules)
        or contradictions.contradicted(asked, said, desk, hits)
        or denials.sweeping_denial(asked, taken, desk, hits)
        or denials.toothless(asked, said, desk, hits)
        or _sweeping(asked, said, desk, hits)
    )


def _informed(asked: Asked, desk: Desk) -> list[Claim]:
    """What a question about major non-NATO ally status and notification should first be told, without being wrong."""
    if not asked.mentions(r"\bMNNA\b|major non-NATO all") or not asked.mentions(
        r"thresholds?|clock|\bdays?\b|notif|certif|dollar levels|\$"
    ):
        return []
    route = notify.route_of(asked, desk.rules) or "FMS"
    row, clock = desk.rules.threshold(route, "mde", GROUP, asked.on), desk.rules.clock(route, GROUP, asked.on)
    if row is None or clock is None:
        return []
    text = (
        f"Major non-NATO ally status changes neither thresholds nor clocks: the higher amounts and the {clock.days} days are for"
        f" {desk.rules.groups[GROUP].title} alone."
    )
    return [Claim(text, Kind.RULE, (Citation(row.provision), Citation(clock.provision)))]


def _sweeping(asked: Asked, said: str, desk: Desk, hits: list[Hit]) -> Finding | None:
    """A statement without limits about a clause that has some."""
    if not hits or not _SWEEPING.search(said) or not _FORBIDS.search(said) or asked.text.rstrip().endswith("?"):
        return None
    top = hits[0].provision
    beside = [top, *desk.corpus.children.get(law.parent_of(top) or "", ())]
    within = [p for p in desk.corpus.provisions for cited in asked.cited if law.is_part_of(p, cited)]
    limits = [p for p in dict.fromkeys([*within, *beside]) if _limited(p, asked, desk)]
    if not limits:
        return None
    text = "The statement is broader than the clause, which has its own scope, conditions and exceptions."
    return Finding(None, Warned("false_premise", text, limits[0]))


def _limited(provision: str, asked: Asked, desk: Desk) -> bool:
    version = desk.corpus.version(provision, asked.on)
    in_force = desk.corpus.status(provision, asked.on) is Status.IN_FORCE
    return version is not None and in_force and bool(_LIMITS.search(version.note))
