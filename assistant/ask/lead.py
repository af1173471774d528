"""Which clauses speak first: those a question only names or sets side by side, and none that had not begun on its day."""

import re
from datetime import date

from assistant import cite, law
from assistant.ask import framework
from assistant.desk import Desk
from assistant.index import Hit, authority_of
from assistant.law import Holding, Status
from assistant.retrieve import Asked, asks_across_policies

_ASKING_WORDS = (
    "what is does the a an of say says mean means about tell me explain show quote read text look up give summary summarize summarise"
    " please and or in full section sections clause provision do they it this that it's whats"
)
_ASKING = frozenset(_ASKING_WORDS.split())
_DAY = re.compile(
    r"(?:\b(?:as of|on|in|at) )?\b(?:\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2},? \d{4}|(?:19|20)\d\d)\b"
)
_BESIDE = re.compile(r"\bcompar\w+|\bdiffer\w*|\bversus\b|\bvs\b|\bside by side\b", re.I)
_WORDS = re.compile(
    r"^(?:please )?quote\b|\bverbatim\b|\b(?:exact|full|actual|own) (?:text|words|wording|language)\b", re.I
)
_CHANGE = re.compile(
    r"\bchang\w+|\bsince\b|\bafter\b|\bbetween\b|\bhistory\b|\bover time\b|\blater\b|\bsupersed\w+|\bbegin\b|\bbegan\b",
    re.I,
)
_WHICH_POLICY = re.compile(
    r"\b(?:which|what) (?:[\w-]+ ){0,4}polic|\b(?:is|was) (?:the )?(?:[\w-]+ ){0,2}(?:NSM|NSPM|PPD|PDD|NSDD|PD|policy)\b",
    re.I,
)
_MOST_NAMED, _MOST_AFTER = 3, 4
_MOST_BESIDE_DATES, _SHORT = 1, 16


def ordered(asked: Asked, chosen: list[Hit], desk: Desk) -> list[Hit]:
    """The hits in the order in which they speak: what a question names alone or compares first, then what was chosen."""
    begun = _begun(asked, chosen, desk)
    sought = named(asked, desk)
    if not sought:
        return begun[:_MOST_BESIDE_DATES] if _told_by_dates(asked) else begun
    best = max((hit.score for hit in begun), default=1.0)
    by_id = {hit.provision: hit for hit in begun}
    first = [by_id.get(p) or Hit(p, authority_of(law.instrument_of(p)), _holding(p, desk), best) for p in sought]
    rest = [hit for hit in begun if hit.provision not in sought]
    if bare(asked):
        rest = [hit for hit in rest if any(law.is_part_of(hit.provision, p) for p in sought)]
    return [*first, *([] if bare(asked) and wants_words(asked) else rest[:_MOST_AFTER])]


def _told_by_dates(asked: Asked) -> bool:
    """Whether a short question asks only which policy applied, which dates alone tell."""
    short = len(asked.text.split()) <= _SHORT and not asked.mentions(r"\band\b|;")
    return short and framework.asks_framework(asked) and _WHICH_POLICY.search(asked.text) is not None


def bare(asked: Asked) -> bool:
    """Whether a question only names a clause: `AECA 36(b)(1)`, `what does 22 CFR 126.1 say?`."""
    rest = asked.text
    mentions = cite.find(rest)
    for mention in reversed(mentions):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return bool(mentions) and not set(re.findall(r"[\w']+", _DAY.sub(" ", rest).lower())) - _ASKING


def wants_words(asked: Asked) -> bool:
    """Whether a question asks for the law's own words."""
    return _WORDS.search(asked.text) is not None


def named(asked: Asked, desk: Desk) -> list[str]:
    """The clauses with a note or a text that a question names alone, or sets side by side; each is given whole."""
    if asks_across_policies(asked) or not asked.cited:
        return []
    side_by_side = len(asked.cited) > 1 and _BESIDE.search(asked.text) is not None
    if not side_by_side and not bare(asked):
        return []
    return [p for p in asked.cited if _speaks(p, asked, desk)][:_MOST_NAMED]


def _speaks(provision: str, asked: Asked, desk: Desk) -> bool:
    version = desk.corpus.version(provision, asked.on)
    instrument = desk.corpus.instruments.get(provision)
    return bool((version and version.note) or (instrument and instrument.note) or desk.held(provision))


def _holding(provision: str, desk: Desk) -> Holding:
    version = desk.corpus.version(provision, date.max)
    nearest = version or desk.corpus.instruments.get(law.instrument_of(provision))
    return nearest.holding if nearest else Holding.NONE


def _begun(asked: Asked, chosen: list[Hit], desk: Desk) -> list[Hit]:
    """Beside a policy that dates tell, nothing that had not begun on that day, unless the question names it or asks what changed."""
    if not (asked.dated and framework.asks_framework(asked)) or _CHANGE.search(asked.text):
        return chosen
    wanted = {law.instrument_of(p) for p in asked.cited}
    kept = [
        hit
        for hit in chosen
        if law.instrument_of(hit.provision) in wanted
        or desk.corpus.status(hit.provision, asked.on) is not Status.NOT_YET
    ]
    return kept or chosen
