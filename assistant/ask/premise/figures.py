"""Amounts, days and years given as the rule, held against the dated tables."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.ask import notify
from assistant.ask.premise.found import Finding, corrected
from assistant.cite import Kind
from assistant.corpus import Corpus
from assistant.phrase import SPELT, day, dollars, joined
from assistant.retrieve import Amount, Asked
from assistant.rules import BODIES, GROUP, OTHERS, Rules, Threshold

_RULE = r"\bthresholds?\b|\btriggers?\b|\blimit\b|\b(?:\w+ )?line\b|\bceiling\b|\bfloor\b|\bamounts?\b"
_CHANGED = r"\b(?:raised?|raising|increased?|lifted|lifting|lowered|now|moved)\b"
_NUMBER = rf"(?P<n>\d+|{'|'.join(sorted(SPELT, key=len, reverse=True))})"
_DAYS = re.compile(rf"\b{_NUMBER}[- ](?:calendar |working |business )?days?\b", re.I)
_CONGRESS = re.compile(
    r"\bCongress\b|\bcongressional\b|\bHill\b|\blawmakers\b|\b36\([bc]\)|\bstatutory (?:review|clock|period)|\bnotif\w+|\bcertif\w+",
    re.I,
)
_OTHER_CLOCK = r"tiered|informal|enhancement|upgrade|36\(b\)\(5\)|36\(i\)|deliver|shipment|licen[sc]e (?:is|stays|remains) valid|\breports?\b|within \w+ days of|Leahy|502B|\bwaiver|draw-?down|\boffer (?:expires|stays)|\bregist"
_PERIOD = re.compile(
    r"\breview|\b36\([bcd]\)|\bclock\b|\bperiod\b|\bwait|\bCongress (?:has|gets)|\b(?:gives?|gave|leaves?|grants?|allows?) (?:Congress|the (?:Hill|committees?|Senate|House)|lawmakers)\b|\bgets?\b|\btakes?\b|\benjoys?\b|\bFMS\b|\breviews? take",
    re.I,
)
_BARE = re.compile(r"(?<![$\d.,])\b(\d{1,3}(?:\.\d+)?)[ -]?(?:million|M)\b")
_KINDS = r"(?:sales?|cases?|licen[sc]es?|agreements?|leases?|exports?|transfers?|re-?transfers?|firearms|rifles|weapons|offers?|contracts?|upgrades?|deals?|MDE|equipment|articles)"
# Words before an amount by which a rule begins there: `sales are notified only above $50 million`.
_STARTS = re.compile(
    rf"\b(?:(?:a|an|any|every|each|no|all) (?:[\w-]+ ){{0,4}}|(?<!our )(?<!this )(?<!the )(?<!my )){_KINDS}\b(?! (?:to|for) (?-i:[A-Z]))[^.;]{{0,60}}"
    r"(?:\b(?:notif|certif)\w+\b|\bnotices?\b|\bCongress\b|\bHill\b|\breview\w*\b|\brequired?\b)[^.;]{0,25}"
    r"(?:\b(?:only|just|solely|unless|until|not)\b[^.;]{0,30}\b(?:at|above|over|from|beyond|once|when|exceeds?|reach(?:es)?|worth)\b[^.;]{0,15}|\b(?:at|from)(?: or above)? )$"
    r"|\b(?:notif\w+|certif\w+|review) (?:requirement |duty |rule )?(?:starts?|begins?|kicks? in|applies|attaches) (?:only )?(?:at|from|above|over) $",
    re.I,
)
_FREE = re.compile(
    rf"^(?:[^$]*\b)?{_KINDS} (?:worth |valued |priced |of |for |at )?(?:below|under|less than|up to) \$ ?(?:in \w+ )?(?:is|are|need|needs|go|goes|do|does|require|requires)\b.{{0,25}}\b(?:not|no|never|exempt|free|without)\b",
    re.I,
)
_NATO = re.compile(r"\bNATO (?:countries|members?|allies|states)\b|\bNATO[- ]plus", re.I)
_MEASURES = {
    "mde": r"\bMDE\b|\bmajor defense equipment\b",
    "firearms": r"\bfirearms?\b|\bcategory I\b(?! firearms)|\brifles?\b|\bpistols?\b",
    "construction": r"\bconstruction\b",
    "total": r"\btotal\b|\b(?:other|non-MDE) (?:defense )?articles\b",
}
_NATO_OWN = re.compile(
    r"\bNATO['’]s (?:own )?(?:[\w-]+ ){0,3}(?:agenc(?:y|ies)|bod(?:y|ies)|organi[sz]ations?|commands?)\b|\bNATO (?:[\w-]+ ){0,2}(?:agenc(?:y|ies)|bod(?:y|ies)|commands?)\b",
    re.I,
)
_YEARS = re.compile(rf"\b{_NUMBER}[- ]years?\b", re.I)


def wrong_amount(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """An amount said to be a threshold, which no row for the route and recipient has."""
    stated = [a for a in _amounts(asked) if _is_rule(asked.text, a, said)] if said else []
    if not stated:
        return None
    route = notify.route_of(asked, rules) or "FMS"
    group = _group(asked, rules)
    rows = [
        r
        for r in rules.thresholds
        if r.route == route
        and r.covers(asked.on)
        and (group is None or r.group in {OTHERS if group == BODIES else group, "everyone"})
    ]
    rows = _measured(rows, said, [r for r in rules.thresholds if r.covers(asked.on)])
    wrong = [a for a in stated if a.usd not in {r.amount for r in rows}]
    if not wrong or not rows:
        return None
    told = [r for r in rows if r.amount and r.measure in {"mde", "total", "firearms"}] or rows
    amounts = joined([f"{dollars(r.amount)} ({r.measure}, {r.group})" for r in told if r.amount])
    there = (
        f"the amounts are {amounts}" if amounts else f"there is none: {told[0].basis or 'it is certified at any value'}"
    )
    text = (
        f"The law held here has no amount of {joined([dollars(a.usd) for a in wrong])} for this: on {day(asked.on)} {there}."
        " A bill or proposal does not change that."
    )
    return corrected(text, *(r.provision for r in told))


def _measured(rows: list[Threshold], said: str, every: list[Threshold]) -> list[Threshold]:
    """The rows of the one measure that a statement names, of any route where this one lacks it; all where it names none, or several."""
    named = [measure for measure, words in _MEASURES.items() if re.search(words, said, re.I)]
    if len(named) != 1:
        return rows
    return [r for r in rows if r.measure == named[0]] or [r for r in every if r.measure == named[0]] or rows


def _amounts(asked: Asked) -> list[Amount]:
    """Every amount of dollars, those without a sign too: `the 25 million threshold`."""
    bare = [
        Amount(round(float(match[1]) * 1_000_000), match.start(), match.end())
        for match in _BARE.finditer(asked.text)
        if not any(a.start <= match.start() < a.end for a in asked.amounts)
    ]
    return [*asked.amounts, *bare]


def _is_rule(text: str, amount: Amount, said: str) -> bool:
    """Whether an amount is given as the rule's, not as the transfer's own value."""
    if text[amount.start : amount.end] not in said:
        return False
    before, after = text[max(0, amount.start - 110) : amount.start], text[amount.end : amount.end + 50]
    before = re.split(r"[,;.] |\bso\b|\btherefore\b|\bour\b|\bits\b(?= \$)", before)[-1]
    after = re.split(r"[,;.] |\bso\b|\bfor\b", after)[0]
    near = f"{before[-70:]} {after[:30]}"
    return bool(
        (
            re.search(_RULE, near, re.I)
            and not re.search(r"\b(?:below|under|above|over|at|than|cross\w*) (?:the )?$", before, re.I)
        )
        or re.search(rf"{_CHANGED}.*\b(?:to|at) $", before, re.I)
        or re.match(r"^ (?:MDE |total |notification )?(?:line|threshold|trigger|limit)\b", after, re.I)
        or (_STARTS.search(before) is not None and not re.match(r" (?:sale|case|deal|licen|package|order)", after))
        or (_FREE.search(f"{before}${after}") is not None)
        or (
            re.search(r"\band $", before) is not None
            and re.search(_RULE, text[: amount.start], re.I) is not None
            and re.search(_CHANGED, text[: amount.start], re.I) is not None
        )
    )


def _group(asked: Asked, rules: Rules) -> str | None:
    if re.search(
        r"\bNATO (?:countries|members?|allies|states|buyers?|purchasers?|recipients?|customers?)\b", asked.text, re.I
    ):
        return GROUP
    if not asked.countries and _NATO_OWN.search(asked.text):
        return BODIES
    return notify.group_of(asked, rules, asked.on)


def wrong_period(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """A number of days given as the review period, which is not the recipient's, or nobody's where none is named."""
    match = _DAYS.search(said)
    if match is None or not _PERIOD.search(said) or asked.mentions(_OTHER_CLOCK):
        return None
    days = int(match["n"]) if match["n"].isdigit() else SPELT[match["n"].lower()]
    route = notify.route_of(asked, rules) or "FMS"
    group = _group(asked, rules) if asked.countries or asked.bodies or _NATO.search(said) else None
    known = [c for c in rules.clocks if c.covers(asked.on) and c.route == route]
    clocks = [c for c in known if c.group == group] if group else [c for c in known if c.group in {GROUP, OTHERS}]
    if not clocks or days in {c.days for c in clocks} or (group is None and not _CONGRESS.search(said)):
        return None
    if any(re.search(rf"\b{c.days}[- ](?:calendar )?days?\b", asked.text) for c in clocks):
        return None
    who = joined([*asked.countries, *asked.bodies]) or (rules.groups[GROUP].title if group else "")
    told = joined([f"{c.days} calendar days ({c.provision}{'' if group else f', {c.group}'})" for c in clocks])
    text = f"{f'For {who} ' if who else ''}Congress has {told} on {day(asked.on)}, not {days}."
    return corrected(text, *(c.provision for c in clocks))


@dataclass(frozen=True, slots=True)
class Limit:
    """How many years a thing may run at most."""

    about: tuple[str, ...]
    unless: tuple[str, ...]
    years: int
    provision: str
    start: date


@lru_cache
def read_limits(folder: Path) -> tuple[Limit, ...]:
    """`rules/limits.toml` of a corpus folder; empty where it has none."""
    path = folder / "rules" / "limits.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["limit"] if path.is_file() else []
    return tuple(
        Limit(tuple(r["about"]), tuple(r.get("unless", ())), r["most_years"], r["provision"], r["from"]) for r in rows
    )


def too_long(asked: Asked, said: str, corpus: Corpus, limits: tuple[Limit, ...]) -> Finding | None:
    """A number of years that is more than the clause allows."""
    for match in _YEARS.finditer(said):
        years = int(match["n"]) if match["n"].isdigit() else SPELT[match["n"].lower()]
        for limit in limits:
            if (
                years > limit.years
                and asked.on >= limit.start
                and any(re.search(p, said, re.I) for p in limit.about)
                and not any(re.search(p, said, re.I) for p in limit.unless)
                and (version := corpus.version(limit.provision, asked.on))
            ):
                return corrected(version.note, limit.provision, kind=Kind.NOTE)
    return None


def wrong_group(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """A recipient said to be of the group with the higher amounts or the shorter clock, which it is not."""
    if not said or not re.search(
        r"\bNATO[- ]plus|\bplus[- ]five\b|\bhigher[- ](?:threshold|amount|value)|\b(?:the )?group\b|\b(?:short(?:er)?|15[- ]day|fifteen[- ]day) (?:\w+ )?(?:review|clock|period|window)\b|\btreated (?:as|like)\b(?! (?:\w+ ){0,5}major)|\b(?:counts? as|is (?:a |part of |in )?)NATO\b|\$(?:25|100|300) ?m",
        said,
        re.I,
    ):
        return None
    group = _group(asked, rules)
    if (
        group is None
        or group == GROUP
        or (group == BODIES and not re.search(r"threshold|\$|line|amount", asked.text, re.I))
    ):
        return None
    if re.search(r"\bnot\b", said) and not re.search(r"\bnot notified\b", said):
        return None
    row = rules.threshold("FMS", "mde", OTHERS, asked.on)
    if row is None:
        return None
    who = joined([*asked.countries, *asked.bodies]) or "A body of NATO"
    text = (
        f"{who} {'are' if ' and ' in who else 'is'} not among {rules.groups[GROUP].title}, whose amounts are higher: on {day(asked.on)} the amount"
        f" for major defense equipment is {dollars(row.amount)} ({row.provision})."
    )
    return corrected(text, row.provision)
