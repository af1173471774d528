"""What a question takes for granted, held against dates, tables and clauses."""

import re
from datetime import date

from assistant import law
from assistant.ask import framework, notify
from assistant.ask.answer import Warned
from assistant.cite import Citation, Claim, Kind
from assistant.corpus import Corpus
from assistant.law import Status
from assistant.phrase import day, dollars, joined
from assistant.retrieve import Asked, named_instruments
from assistant.rules import Rules

_AS_CURRENT = (
    r"\b(?:is|are|remains?|stays?|being|as)\b(?: \w+){0,3} (?:current|in force|in effect|binding|valid|operative|controlling|governing|still good)"
    r"|\b(?:current|binding|governing|controlling|today's)\b[^.?]{0,40}\b(?:policy|memorandum|directive|order|test|standard)"
    r"|\b(?:requires?|must|binds?|mandates?|under|per|pursuant to|citing|cite|apply|applying)\b|\bstill\b"
)
_ASSERTS = re.compile(
    r"^\s*(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had"
    r"|compare|list|name|explain|describe|quote|summari[sz]e|tell|show|give|define|find|in what|at what|under (?:what|which)|to whom|by whom|for how|on what|as of|in \d{4})\b",
    re.I,
)
_LEAD = re.compile(r"^(.*?)(?:,? (?:so|therefore|hence|thus|which means|meaning)\b|[.;](?:\s|$))", re.I | re.S)
_GIVEN = re.compile(
    r"\b(?:since|given that|because|now that|seeing that|as|assuming|considering that)\b\s+(.{12,200}?)(?:,|\?|$)",
    re.I | re.S,
)
_NO = re.compile(
    r"\b(?:has|have|had|contains?|provides?|includes?|there (?:is|are)|with|makes?|allows?|permits?) (?:absolutely )?no (\w+(?: \w+)?)",
    re.I,
)
_SWEEPING = re.compile(
    r"\b(?:all|any|every|anyone|always|never|outright|automatically|entirely|completely|only|cuts? off|no matter|regardless)\b",
    re.I,
)
_LIMITS = re.compile(
    r"\b(?:except|unless|only|other than|does not apply|may waive|waive[rds]*|subject to|provided|if)\b", re.I
)


def premise_of(text: str) -> str:
    """The part of a question that asserts something; empty where it only asks."""
    if not _ASSERTS.match(text):
        match = _LEAD.match(text)
        return match[1] if match else text
    match = _GIVEN.search(text)
    return match[1] if match else ""


def examine(asked: Asked, corpus: Corpus, rules: Rules, top: str | None) -> tuple[list[Claim], list[Warned]]:
    """Claims that correct the premise, to be said first, and their warnings."""
    claims: list[Claim] = []
    warnings: list[Warned] = []
    premise = premise_of(asked.text)
    for check in (_superseded, _figure, _actor, _status_group, _denied, _sweeping):
        claim, warned = check(asked, premise, corpus, rules, top)
        claims += [claim] if claim else []
        warnings += [warned] if warned else []
        if warned:
            break
    return claims, warnings


Finding = tuple[Claim | None, Warned | None]
_NONE: Finding = (None, None)


def _superseded(asked: Asked, premise: str, corpus: Corpus, rules: Rules, top: str | None) -> Finding:
    """An ended instrument taken as current."""
    if asked.dated:
        return _NONE
    for name in named_instruments(asked):
        instrument = corpus.instruments.get(name)
        if instrument is None or not instrument.status(asked.on).ended:
            continue
        window = premise or (
            asked.text
            if re.search(r"\b(?:is|does|must|can|may|should|shall|still|now|today|currently)\b", asked.text, re.I)
            else ""
        )
        about_now = re.search(_AS_CURRENT, window, re.I) and not re.search(
            r"\b(?:did|was|were|had|historical(?:ly)?|former(?:ly)?)\b", asked.text, re.I
        )
        if about_now and (
            premise
            or framework.asks_framework(asked)
            or re.search(r"\bcurrent|still|now|today|binding|must|require", asked.text, re.I)
        ):
            claim = framework.ended(instrument, asked.on)
            return claim, Warned("false_premise", claim.text, claim.citations[0].provision)
    return _NONE


def _figure(asked: Asked, premise: str, corpus: Corpus, rules: Rules, top: str | None) -> Finding:
    """An amount or a number of days given as the rule, which no row of the tables has."""
    if not premise or not (notify.asks_amount(asked) or asked.mentions(r"\bthresholds?\b")):
        return _NONE
    stated = [
        a
        for a in asked.amounts
        if a.end <= len(premise) + 1 and re.search(r"threshold|rais|increas|lower|limit|now", premise, re.I)
    ]
    route = notify.route_of(asked) or "FMS"
    group = notify.group_of(asked, rules, asked.on)
    rows = [
        r
        for r in rules.thresholds
        if r.route == route and r.covers(asked.on) and (group is None or r.group in {group, "everyone"})
    ]
    wrong = [a for a in stated if a.usd not in {r.amount for r in rows}]
    if not wrong or not rows:
        return _NONE
    text = (
        f"The law held here has no amount of {joined([dollars(a.usd) for a in wrong])} for this: on {day(asked.on)} the amounts are "
        f"{joined([f'{dollars(r.amount)} ({r.measure}, {r.group})' for r in rows if r.measure in {'mde', 'total', 'construction'}])}."
        " A bill or proposal does not change them."
    )
    provisions = dict.fromkeys(r.provision for r in rows if r.measure in {"mde", "total", "construction"})
    return Claim(text, Kind.RULE, tuple(Citation(p) for p in provisions)), Warned(
        "false_premise", text, next(iter(provisions))
    )


def _actor(asked: Asked, premise: str, corpus: Corpus, rules: Rules, top: str | None) -> Finding:
    """A notification function given to the wrong official."""
    match = re.search(r"\bSecretary of (War|Defense|State|Commerce)\b|\b(DSCA|SecDef|Pentagon)\b", premise or "")
    if (
        not match
        or not re.search(r"notif|certif|transmi", asked.text, re.I)
        or asked.mentions(r"36\(a\)|36\(f\)|quarterly")
    ):
        return _NONE
    row = rules.certifier("36(b)(1)", asked.on)
    named = match[1] or "Defense"
    if (
        row is None
        or named in row.official
        or (named in {"War", "Defense"} and row.official in {"Secretary of War", "Secretary of Defense"})
    ):
        return _NONE
    text = f"On {day(asked.on)} the notifications under section 36(b)(1), (c) and (d) belong to the {row.official}, not to the {match[0]} ({row.provision})."
    return Claim(text, Kind.RULE, (Citation(row.provision),)), Warned("false_premise", text, row.provision)


def _status_group(asked: Asked, premise: str, corpus: Corpus, rules: Rules, top: str | None) -> Finding:
    """Major non-NATO ally status taken for membership of the 15-day, higher-threshold group."""
    if not asked.mentions(r"\bMNNA\b|major non-NATO all") or not asked.mentions(
        r"threshold|clock|\bdays?\b|notif|certif|\$"
    ):
        return _NONE
    route = notify.route_of(asked) or "FMS"
    row, clock = (
        rules.threshold(route, "mde", "nato-plus-five", asked.on),
        rules.clock(route, "nato-plus-five", asked.on),
    )
    if row is None or clock is None:
        return _NONE
    text = (
        f"Major non-NATO ally status changes neither thresholds nor clocks: the higher amounts and the {clock.days} days are for"
        f" {rules.groups['nato-plus-five'].title} alone."
    )
    return Claim(text, Kind.RULE, (Citation(row.provision), Citation(clock.provision))), Warned(
        "false_premise", text, row.provision
    )


def _denied(asked: Asked, premise: str, corpus: Corpus, rules: Rules, top: str | None) -> Finding:
    """ "X has no waiver", where a part of X is about one."""
    match = _NO.search(premise) if premise else None
    if match is None or not asked.cited:
        return _NONE
    word = match[1].split()[0].lower().rstrip("s")
    for cited in asked.cited:
        for provision in corpus.provisions:
            if not law.is_part_of(provision, cited):
                continue
            version = corpus.version(provision, asked.on)
            if version and word in version.heading.lower():
                text = f"{corpus.heading(provision)}: {version.note}"
                return Claim(version.note, Kind.NOTE, (Citation(provision),)), Warned(
                    "false_premise", f"The clause does have one: {text}", provision
                )
    return _NONE


def _sweeping(asked: Asked, premise: str, corpus: Corpus, rules: Rules, top: str | None) -> Finding:
    """A statement without limits about a clause that has some."""
    if not premise or not _SWEEPING.search(premise) or top is None:
        return _NONE
    limits = [
        p
        for p in [top, *(q for q in corpus.children.get(law.parent_of(top) or "", ()) if q != top)]
        if _limited(corpus, p, asked.on)
    ]
    if not limits:
        return _NONE
    return None, Warned(
        "false_premise",
        "The statement is broader than the clause, which has its own scope, conditions and exceptions.",
        limits[0],
    )


def _limited(corpus: Corpus, provision: str, on: date) -> bool:
    version = corpus.version(provision, on)
    return (
        version is not None and corpus.status(provision, on) is Status.IN_FORCE and bool(_LIMITS.search(version.note))
    )
