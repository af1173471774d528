"""What each citation of a memo names."""

import re

from assistant import cite, law
from assistant.check.memo import Memo
from assistant.cite import Mention, Resolution
from assistant.corpus import Corpus


def resolutions(memo: Memo, corpus: Corpus) -> dict[int, Resolution]:
    """What every citation names; a bare "section 333" beside 10 U.S.C. 333 is that section, whatever act was assumed."""
    found = {m.start: cite.resolve(m, corpus) for m in memo.mentions}
    sections = {law.instrument_of(p).rpartition(" ")[2]: one for one in found.values() for p in one.provisions[:1]}
    for mention in memo.mentions:
        if mention.assumed_act and found[mention.start].missing:
            number = re.search(r"\d+\w*", mention.written)
            other = sections.get(number[0]) if number else None
            if other := other or _of_the_order(mention, memo, found, corpus):
                found[mention.start] = other
    return found


def _of_the_order(mention: Mention, memo: Memo, found: dict[int, Resolution], corpus: Corpus) -> Resolution | None:
    """A bare "Section 1(j)" that no act has, as that of an order or memorandum named earlier in its paragraph."""
    section = re.match(r"(?:section|sec\.|§)\s*(\d+(?:\([^)\s]{1,5}\))*)$", mention.written, re.I)
    sentence = memo.sentence_at(mention.start)
    if section is None or sentence is None:
        return None
    block = memo.blocks[sentence.block]
    earlier = [m for m in memo.cited_in(block) if m.end <= mention.start]
    for named in reversed(earlier):
        for provision in found[named.start].provisions:
            wanted = f"{law.instrument_of(provision)} sec. {section[1]}"
            if re.match(r"(?:EO|NSM|NSPM|PPD|PDD)\b", wanted) and corpus.exists(wanted):
                return next((cite.resolve(one, corpus) for one in cite.find(wanted)), None)
    return None
