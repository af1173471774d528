"""A figure stated of a rule that the note on its clause gives otherwise: days, months, years, dollars, the month of a duty."""

import re
from collections.abc import Iterator

from assistant import law
from assistant.ask.abstain.coverage import stems
from assistant.ask.premise.assertion import TAG
from assistant.ask.premise.found import Finding, corrected
from assistant.cite import Kind
from assistant.desk import Desk
from assistant.index import Hit
from assistant.law import Status
from assistant.phrase import SPELT
from assistant.retrieve import Asked, find_amounts

_WORDS = SPELT | {"hundred": 100}
_COUNT = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?P<join>[- ])(?:calendar |working |business |notional |full |more )?(?P<unit>day|month|year|percent)s?\b(?! (?:ago|old|earlier|later))",
    re.I,
)
_MONTHS = "January|February|March|April|June|July|August|September|October|November|December"
_EVERY = re.compile(
    rf"\b(?:every|each|by|in|on|due)(?: \d{{1,2}})? (?P<m>{_MONTHS})\b(?! \d{{4}}|,? \d{{1,2}},? \d{{4}})|\b\d{{1,2}} (?P<n>{_MONTHS})\b(?! \d{{4}})"
)
# Words by which an amount is a rule's own, not a transfer's.
_LIMIT = re.compile(
    r"\b(?:only|just|max(?:imum)?|min(?:imum)?|limit\w*|caps?|capped|ceiling|threshold|unless|define[sd]?|fines?|fee|penalt\w+|up to|starts?|begins?)\b",
    re.I,
)
_OWN = re.compile(r"\b(?:our|ours|my|we|(?<!\()i(?!\))|this|these|that|they|he|she|you|your|it|its)\b", re.I)
# A tale of one case, on which something is then asked; and what has been done, which is no rule.
_TALE = re.compile(r"\s*(?:an?|one|some|someone|somebody|suppose|say|imagine)\b", re.I)
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|got|bought|sold|sent|went|made|gave|took|paid|won|lost|signed|arrived|notified|asked|wants?|plans?|intends?)\b(?! (?:to|until|at least|at most|no more)\b)",
    re.I,
)
_CLAUSES = re.compile(
    r"(?<=[a-z0-9)%][.?!;])\s+|,?\s+(?:so|therefore|hence|thus|and so|which means|but|which is why)\b|;\s*", re.I
)
_ATTRIBUTE = re.compile(r"\b(?:an?|the|any|every|each|another|another|informal)\s+$", re.I)
_LASTING = re.compile(r"^[- ]?\w* ?(?:clock|review|period|window|limit|wait|notice|term)\b", re.I)
_ENOUGH = 0.67
_HALF = 0.5


def contradicted(asked: Asked, said: str, desk: Desk, hits: list[Hit]) -> Finding | None:
    """The note on the clause a stated rule is about, where it has another figure of the same kind and nothing near has that one."""
    told = "?" in TAG.sub("", asked.text)
    for whole in _CLAUSES.split(said) if hits else ():
        part = TAG.sub("", whole)
        if not part or _OWN.search(part) or _PAST.search(part) or desk.rules.find_countries(part):
            continue
        if told and _TALE.match(part):
            continue
        for kind, figure in _stated(part):
            for provision in _about(part, asked, desk, hits):
                version = desk.corpus.version(provision, asked.on)
                if version is None or not (held := _figures(version.note).get(kind)):
                    continue
                if figure in held:
                    break
                if not _near(kind, figure, provision, asked, desk, hits):
                    return corrected(version.note, provision, kind=Kind.NOTE)
    return None


def _about(part: str, asked: Asked, desk: Desk, hits: list[Hit]) -> list[str]:
    """The clause that a statement is about: cited in it or found first, in force, and with most of the statement's words."""
    cited = [c for c in asked.cited if c not in desk.corpus.instruments]
    words = {
        word
        for word in stems(re.sub(rf"{_MONTHS}|\bsections?\b", " ", _COUNT.sub(" ", part)))
        if not re.search(r"\d", word)
    }
    found: list[str] = []
    finer = [
        hit.provision
        for hit in hits[:1]
        if hit.provision not in cited and any(law.is_part_of(hit.provision, c) for c in asked.cited)
    ]
    for provision in [*cited, *finer, *[hit.provision for hit in hits[:2] if not cited]]:
        version = desk.corpus.version(provision, asked.on)
        if version is None or desk.corpus.status(provision, asked.on) is not Status.IN_FORCE or not words:
            continue
        has = set(
            stems(
                f"{version.heading} {version.note} {' '.join(version.aliases)} {' '.join(desk.corpus.plain.get(provision, ()))}"
            )
        )
        enough = _HALF if provision in finer else _ENOUGH
        if provision in cited or len(words & has) >= enough * len(words):
            found.append(provision)
    return found[: 2 if finer else 1]


def _stated(part: str) -> Iterator[tuple[str, str]]:
    """Each figure that a statement gives as the rule's, with its kind."""
    for match in _COUNT.finditer(part):
        attributive = match["join"] == "-" or _ATTRIBUTE.search(part[: match.start()])
        if attributive and not _LASTING.match(part[match.end() :]):
            continue
        yield match["unit"].lower(), _number(match["n"])
    if _LIMIT.search(part):
        yield from (("dollars", str(amount.usd)) for amount in find_amounts(part))
    yield from (("month", (match["m"] or match["n"]).lower()) for match in _EVERY.finditer(part))


def _figures(text: str) -> dict[str, set[str]]:
    """Every figure of a text by its kind."""
    found: dict[str, set[str]] = {}
    for match in _COUNT.finditer(text):
        found.setdefault(match["unit"].lower(), set()).add(_number(match["n"]))
    for amount in find_amounts(text):
        found.setdefault("dollars", set()).add(str(amount.usd))
    for match in re.finditer(_MONTHS, text):
        found.setdefault("month", set()).add(match[0].lower())
    return found


def _near(kind: str, figure: str, provision: str, asked: Asked, desk: Desk, hits: list[Hit]) -> bool:
    """Whether a figure stands in a part of the clause, or in another clause found of its instrument, which may be the one meant."""
    parts = [p for p in desk.corpus.provisions if law.is_part_of(p, provision)]
    found = [] if provision in asked.cited else [hit.provision for hit in hits[:6]]
    found = [p for p in found if law.instrument_of(p) == law.instrument_of(provision)]
    for other in dict.fromkeys([*parts, *found]):
        version = desk.corpus.version(other, asked.on)
        if version and figure in _figures(version.note).get(kind, ()):
            return True
    return False


def _number(written: str) -> str:
    return str(_WORDS.get(written.lower(), written))
