"""A waiver that a sentence says a clause has, where what is held of the clause says that it has none."""

import re

from assistant import cite
from assistant.check.polarity import Carried
from assistant.check.sources import Sources
from assistant.corpus import Corpus

_GRANTED = re.compile(
    r"\b(?:may|can|could|might|is free to) (?:\w+ )?(?:be waived|waive)\b|\b(?:has|have|had|contains?|provides?|includes?|allows?|permits?|admits? of) (?:for )?(?:a|an|its own) (?:[\w-]+ ){0,4}waiver\b|\bis waivable\b|\bwaivers? (?:is|are|may be) (?:available|possible|granted|given)\b",
    re.I,
)
_NEGATED = re.compile(r"\b(?:no|not|never|cannot|nor|neither|unlike|without|nobody)\b", re.I)
_NONE = re.compile(r"\b(?:no|contains no|has no|there is no)\b(?! such)(?: [\w-]+){0,6} waiver\b", re.I)


def waiver_unknown(claim: str, known: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A waiver granted by a sentence to a clause whose notes know of none."""
    if len(known) != 1 or not _GRANTED.search(claim) or _NEGATED.search(claim):
        return None
    if not _NONE.search(sources.notes(known[0])):
        return None
    shown = cite.display(known[0], corpus)
    return Carried(
        f"{shown} has no waiver.", known[0], "Take the waiver out, or name the exception that the clause has."
    )
