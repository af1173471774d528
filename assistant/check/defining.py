"""A sentence that says where a term is defined, held against the clauses that define it."""

import re

from assistant import cite, law
from assistant.check.polarity import Carried, named
from assistant.check.sources import terms
from assistant.corpus import Corpus

_DEFINED = re.compile(
    r"\bdefinitions? of (?:the (?:term|phrase) )?(?P<one>[\w' -]{4,80}?)(?:,? (?:that|which|as|on which)\b[^.;]*?)? (?:is|are|stands?|appears?|comes?|sits?) (?:found |set out |given |taken )?(?:in|at|from|by)\b"
    r"|(?:^|[\s\"(])(?P<two>[\w' -]{4,80}?)\W{0,2} (?:is|are) (?:a term )?defined (?:in|at|by) "
    r"|(?:^|[\s\"(])(?P<three>[\w' -]{4,80}?),? as defined (?:in|at|by) ",
    re.I,
)
_LEADING = re.compile(r"^(?:[\w' -]*\b)?(?:the|a|an|of|term|phrase)\s+", re.I)


def defined_elsewhere(claim: str, cited: list[str], corpus: Corpus) -> Carried | None:
    """A term said to be defined in a clause, where other clauses of the instrument's act define it and this one does not."""
    match = _DEFINED.search(claim)
    if match is None:
        return None
    term = set(terms(_LEADING.sub("", match["one"] or match["two"] or match["three"])))
    homes = [p for p, versions in corpus.provisions.items() if any(_is_term(term, one) for one in versions[-1].defines)]
    if not homes or any(law.is_part_of(h, p) or law.is_part_of(p, h) or h == p for h in homes for p in cited):
        return None
    instruments = {law.instrument_of(p) for p in cited}
    beside = [h for h in homes if law.instrument_of(h) in instruments] or (homes if len(homes) == 1 else [])
    if not beside:
        return None
    shown = cite.display(beside[0], corpus)
    return Carried(f"{named(cited, corpus)} does not define this; {shown} does.", beside[0], f"Cite {shown}.")


def _is_term(wanted: set[str], term: str) -> bool:
    """Whether some words are a defined term, or all but the tail of a long one."""
    held = set(terms(term))
    return bool(wanted) and wanted <= held and len(held - wanted) <= max(0, len(held) - 2)
