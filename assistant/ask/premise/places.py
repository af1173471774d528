"""A rule said to stand where it does not, and an instrument given to another President or year, held against rows and records."""

import re

from assistant import cite, law
from assistant.ask.notify import words
from assistant.ask.premise.found import Finding, corrected
from assistant.corpus import Corpus
from assistant.law import Authority, Instrument
from assistant.phrase import day, joined
from assistant.retrieve import Asked, named_instruments
from assistant.rules import Clock, Rules, Threshold

_SECTION = re.compile(r"(?:\b(?:AECA|FAA)\s*)?(?:\b(?:sections?|secs?\.?|§)\s*)?\b\d+[A-Z]?(?:\([\w]+\))+", re.I)
_RULES = re.compile(
    r"\bthresholds?\b|\brules?\b|\bcovers?\b|\bcertif\w+|\bnotif\w+|\bdays\b|\bclock\b|\bgoverns?\b|\bunder\b|\bamounts?\b|\bper\b|\bapplies\b",
    re.I,
)
_CONTRAST = re.compile(
    r"\bnot\b|\bdiffer|\bcompar|\bversus\b|\bor\b|\binstead\b|\bunlike\b|\brather\b|\bboth\b|\bas well\b|\balso\b", re.I
)
# What was sold or licensed before and goes on to another keeps its first route's words.
_ONWARD = re.compile(
    r"\b(?:bought|sold|acquired|origin|passed|given|handed|exported) (?:under|by|through|to|on|from|as)\b|-origin\b",
    re.I,
)
_STANDS = re.compile(
    r"\b(?:is|are|was|were|be)? ?(?:found|set out|set|stated|located|contained|written|codified|laid down) (?:in|by|at)\b|\b(?:comes?|came) from\b|\b(?:sits?|stands?|lives?|appears?|is|are) in\b",
    re.I,
)
_EQUATED = re.compile(
    r"(?P<popular>(?:\b(?:AECA|FAA)\b,? )?(?:\bsections?|\bsecs?\.?|§)\s*\d+[A-Z]?(?:\(\w+\))*(?: of the [\w ]{4,40}Act)?),? (?:is|are|=|equals|means|becomes|(?:is|are) (?:found |codified |located )?(?:in|at|as)|(?:stands?|sits?) (?:in|at)) (?P<code>\d+ U\.? ?S\.? ?C\.?(?: §)? ?\d+[\w-]*)",
    re.I,
)
_NAMES = r"Carter|Reagan|Bush|Clinton|Obama|Trump|Biden"
_SIGNED = re.compile(r"\b(?:signed|issued|dated|adopted|promulgated)\b[^.?;,]{0,25}?\b(?P<year>(?:19|20)\d\d)\b", re.I)
_ENDED = re.compile(
    r"\b(?:revoked|rescinded|superseded|ended|repealed)\b[^.?;,]{0,25}?\b(?P<year>(?:19|20)\d\d)\b", re.I
)
_EXACT = ("retransfer", "lease", "manufacture abroad", "DCS", "FMS")


def wrong_section(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """The rule on one way of transferring articles said to stand in the section on another."""
    if not said or not _RULES.search(said) or _CONTRAST.search(said):
        return None
    plain = _SECTION.sub(" ", said)
    if _ONWARD.search(plain):
        return None
    routes = [route for route in _EXACT if re.search(words.ROUTES[route], plain, re.I)]
    if len(routes) != 1:
        return None
    homes: dict[str, set[str]] = {}
    rows: list[Threshold | Clock] = [*rules.thresholds, *rules.clocks]
    for row in rows:
        if row.covers(asked.on):
            homes.setdefault(row.route.split(" (")[0], set()).add(_home(row.provision))
    mine = homes.get(routes[0], set())
    elsewhere = set().union(*(homes[route] for route in _EXACT if route in homes)) - mine
    cited = [provision for provision in asked.cited if _home(provision) in elsewhere]
    if not mine or not cited or any(_home(provision) in mine for provision in asked.cited):
        return None
    told = sorted(mine)
    text = (
        f"The amounts and days for {words.ROUTE_TEXT[routes[0]]} stand in {joined([cite.display(p, corpus) for p in told])},"
        f" not in {cite.display(cited[0], corpus)}, which governs another kind of transfer."
    )
    return corrected(text, *told)


def _home(provision: str) -> str:
    """The section of a clause with its subsection."""
    section, bracket, rest = provision.partition("(")
    return f"{section}({rest.partition(')')[0]})" if bracket else section


def wrong_statute(asked: Asked, said: str, corpus: Corpus) -> Finding | None:
    """Something known by name said to stand in a statute that is not the one of that name."""
    match = _STANDS.search(said)
    if match is None or _CONTRAST.search(said):
        return None
    named = [
        i for i in corpus.instruments.values() if i.authority is Authority.STATUTE and _named(i, said[: match.start()])
    ]
    place = cite.find(said[match.end() :])
    if not named or not place:
        return None
    within = {law.instrument_of(p) for p in asked.cited}
    whole = {law.instrument_of(p) for mention in place for p in cite.resolve(mention, corpus).provisions}
    whole &= within
    if not whole or any(i.id in whole for i in named):
        return None
    text = f"That is {joined([i.citation or i.id for i in named[:2]])}, not {cite.display(sorted(whole)[0], corpus)}."
    return corrected(text, *(i.id for i in named[:2]))


def wrong_number(asked: Asked, said: str, corpus: Corpus) -> Finding | None:
    """A section of an Act said to be another section of the Code than the one it is."""
    match = _EQUATED.search(said)
    if match is None or _CONTRAST.search(said[: match.end()]):
        return None
    popular = {law.instrument_of(p) for m in cite.find(match["popular"]) for p in cite.resolve(m, corpus).provisions}
    code = {law.instrument_of(p) for m in cite.find(match["code"]) for p in cite.resolve(m, corpus).provisions}
    if not popular or not code or popular & code:
        return None
    told = sorted(popular)[:2]
    text = (
        f"That section is {joined([corpus.instruments[i].citation or i for i in told])}, not {match['code'].strip()}."
    )
    return corrected(text, *told)


def _named(instrument: Instrument, text: str) -> bool:
    found = text.lower()
    return any(
        len(alias) > 7 and not re.search(r"\d", alias) and re.search(rf"\b{re.escape(alias.lower())}\b", found)
        for alias in instrument.aliases
    )


def wrong_origin(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """An order or memorandum given to another President or year than those of its record, or to another year of its end."""
    named = [corpus.instruments[name] for name in named_instruments(asked) if name in corpus.instruments]
    named = [i for i in named if i.authority in {Authority.EXECUTIVE_ORDER, Authority.PRESIDENTIAL_MEMORANDUM}]
    named = [i for i in named if re.search(_written(i), said, re.I)]
    if len(named) != 1 or (signed_on := named[0].signed) is None:
        return None
    instrument, name = named[0], _written(named[0])
    by = re.search(
        rf"\b(?P<a>{_NAMES})(?:['’]s| administration['’]s)(?: \w+){{0,2}} {name}\b|\b{name}\b[^.?;,]{{0,40}}\b(?:signed|issued) by (?:President )?(?P<b>{_NAMES})\b"
        rf"|\b(?:President )?(?P<c>{_NAMES}) (?:signed|issued) {name}\b",
        said,
        re.I,
    )
    if by and (by["a"] or by["b"] or by["c"]).lower() not in instrument.issuer.lower():
        return corrected(f"{instrument.id} is of {instrument.issuer}, signed on {day(signed_on)}.", instrument.id)
    signed = _SIGNED.search(said)
    if signed and signed_on.year != int(signed["year"]) and not _ENDED.search(said):
        return corrected(f"{instrument.id} was signed on {day(signed_on)}, not in {signed['year']}.", instrument.id)
    ended = _ENDED.search(said)
    period = next((p for p in instrument.periods if p.status.ended), None)
    if ended and period and period.start.year != int(ended["year"]):
        text = f"{instrument.id} was {period.status} on {day(period.start)} by {period.by}, not in {ended['year']}."
        return corrected(text, period.by, instrument.id)
    return None


def _written(instrument: Instrument) -> str:
    """A pattern of an instrument's name as people write it."""
    return re.escape(instrument.id).replace(r"\ ", "[ -]?").replace(r"\-", "[ -]?")
