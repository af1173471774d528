"""Citations and definitions read from the texts held, for the texts whose publishers mark up neither.

Where a publisher's markup points somewhere, it is believed; the words are read for what it leaves out. A citation that
may mean several clauses, or whose act would have to be guessed, is left out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant import cite, law
from assistant.cite import names
from assistant.cite.mention import Mention
from assistant.corpus import Corpus
from assistant.errors import BadRecord
from assistant.law import Edition
from assistant.readers import Kind, Passage, definitions
from assistant.readers.reach import reach_of
from assistant.record import Links, Record

FORM = 1

Progress = Callable[[int, int], None]

_LAW = frozenset({Kind.PROVISION, Kind.FLUSH, Kind.ROW, Kind.FOOTNOTE})
_CITES = re.compile(
    r"§|\d \(?[a-z]\)|\b(?:sub)?sec(?:tion|tions|\.|s\.)|\b(?:sub)?paragraphs?\b|\b(?:sub)?clauses?\b|\bparts? \d|\bU\.? ?S\.? ?C\b"
    r"|\bC\.? ?F\.? ?R\b|\bOrders? \d|\bE\.?O\.|\b(?:SAMM|AECA|FAA|ITAR|EAR|NSM|NSPM|PPD)\b|\bC\d{1,2}\.\d|\bTable C\d|\bFigure C\d"
    r"|\bPub(?:lic|\.) L|\bsupplement no|\bth(?:is|e) (?:Act|order|memorandum|part)\b|\bAct\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\bth(?:is|e) (?:section|subsection|paragraph|subparagraph|clause|part|order|memorandum|directive)\b|\bhereof\b",
    re.I,
)
_RELATIVE = re.compile(
    r"(?:this (?:section|subsection|paragraph|subparagraph|clause|part|order|memorandum|directive)|"
    r"(?:sub)?(?:section|paragraph|clause)s? \()",
    re.I,
)
_NOTHING_NEW = re.compile(
    r"this (?:section|subsection|paragraph|subparagraph|clause|part|order|memorandum|directive)$", re.I
)
_WHOLE_ACT = re.compile(r"\bet seq\b", re.I)
_ITS_ACT = re.compile(r"\b(?:of|under|in) (?P<which>the|this) Act\b")
_NAMED_ACT = re.compile(
    "(?P<name>" + "|".join(names.ACTS.values()) + r")[^()“\"]{0,80}(?:\([^()“\"]{0,80}\)[^()“\"]{0,40})?\((?:hereinafter |the )*[“\"](?:the )?Act,?[”\"]\)"
)  # fmt: skip
_FULL_NAMES = {
    "AECA": "Arms Export Control Act", "FAA": "Foreign Assistance Act", "ECRA": "Export Control Reform Act",
    "IEEPA": "International Emergency Economic Powers Act", "TRA": "Taiwan Relations Act",
    "CSPA": "Child Soldiers Prevention Act",
}  # fmt: skip
_LONGEST_QUOTED_TERM = 60


def link(record: Record, corpus: Corpus, progress: Progress = lambda done, total: None) -> int:
    """Read the citations and definitions of every edition whose text was not read yet; returns how many editions."""
    waiting = record.unlinked(FORM)
    found: list[Links] = []
    for number, id in enumerate(waiting, 1):
        if edition := record.edition_numbered(id):
            found.append(_links(edition, record, corpus))
        progress(number, len(waiting))
    if found:
        record.link(FORM, found)
    return len(found)


def links_or_less(record: Record, corpus: Corpus, progress: Progress = lambda done, total: None) -> str:
    """Link what waits; a sentence where the record is busy, for what is held stands without it."""
    try:
        link(record, corpus, progress)
    except BadRecord as error:
        return f"Citations between texts were not read ({error.message}) The next sync reads them."
    return ""


def _links(edition: Edition, record: Record, corpus: Corpus) -> Links:
    passages = record.passages(edition)
    marked = record.marked(edition.id)
    acts = _acts(edition, corpus)
    references: list[tuple[str, str]] = []
    for passage in passages:
        if passage.kind in _LAW:
            own = edition.text[passage.own_start : passage.own_end]
            targets = _targets(own, passage, acts, corpus, by_code=" USC " in edition.instrument)
            references += [(passage.id, each) for each in _besides(targets, marked.get(passage.id, ()))]
    terms = tuple(
        (each.provision, each.term, reach_of(each.reach, each.word, corpus.divisions))
        for each in definitions.read(edition.instrument, edition.text, passages)
    )
    return Links(edition.id, tuple(references), terms)


def _besides(targets: Iterator[str], marked: tuple[str, ...]) -> list[str]:
    """The targets that the publisher's markup does not name already, finer or coarser."""
    return [
        target
        for target in dict.fromkeys(targets)
        if not any(law.is_part_of(target, each) or law.is_part_of(each, target) for each in marked)
    ]


@dataclass(frozen=True, slots=True)
class _Acts:
    """The acts that an instrument's text calls "the Act" and "this Act", or nothing."""

    the: str = ""
    this: str = ""


def _acts(edition: Edition, corpus: Corpus) -> _Acts:
    instrument, outlined = corpus.instruments.get(edition.instrument), corpus.outline.get(edition.instrument)
    own = ((instrument.act if instrument else "") or (outlined.act if outlined else "")).partition(" sec. ")[0]
    own = own if own in names.ACTS else edition.instrument if edition.instrument.startswith("Pub. L.") else ""
    named = _NAMED_ACT.search(edition.text)
    the = next((act for act, pattern in names.ACTS.items() if named and re.search(pattern, named["name"])), "")
    return _Acts(the or own, own)


def _targets(own: str, passage: Passage, acts: _Acts, corpus: Corpus, *, by_code: bool) -> Iterator[str]:
    """The provisions that a clause's own words cite, itself excepted."""
    if not _CITES.search(own) or (by_code and not _RELATIVE.search(own) and "Act" not in own):
        return
    within = re.sub(r"\[\d+\]", "", passage.id)
    quoted = list(_quotations(own))
    for mention in cite.find(own, within):
        if any(start <= mention.start < end for start, end in quoted) or _WHOLE_ACT.search(
            own[mention.start : mention.end + 9]
        ):
            continue
        for target in _named(mention, own, acts, corpus, within):
            if target not in {passage.id, within}:
                yield target


def _named(mention: Mention, own: str, acts: _Acts, corpus: Corpus, within: str) -> Iterator[str]:
    """What a mention names for certain."""
    written = mention.written
    if _RELATIVE.match(written):
        if _NOTHING_NEW.match(written) or (not _WITHIN.search(written) and _follows_another(mention, own, within)):
            return
        root = re.split(r"\(", within, maxsplit=1)[0]
        resolved = cite.resolve(mention, corpus)
        if not resolved.ambiguous:
            yield from (
                each for each in resolved.provisions if each.startswith(root) and not law.is_part_of(within, each)
            )
        return
    if mention.assumed_act and not mention.parallel:
        named = _ITS_ACT.search(own[mention.start : mention.end + 12])
        act = (acts.this if named["which"] == "this" else acts.the) if named else ""
        if not act:
            return
        spelled = f"{written[: named.start()] if named else written} of the {_FULL_NAMES.get(act, act)}"
        again = cite.find(spelled)
        if len(again) != 1:
            return
        mention = again[0]
    resolved = cite.resolve(mention, corpus)
    if resolved.ambiguous:
        return
    yield from resolved.provisions
    if not resolved.known_instrument and not mention.assumed_act:
        yield from (
            each for each in resolved.missing if re.match(r"\d+ (?:USC|CFR) |Pub\. L\. |EO \d|NS|PPD|SAMM", each)
        )


def _follows_another(mention: Mention, own: str, within: str) -> bool:
    """Whether the sentence cites another section before a bare `subsection (b)`, which may be a part of that."""
    begun = max(own.rfind(mark, 0, mention.start) for mark in (". ", "; ", "\n"))
    root = re.split(r"\(", within, maxsplit=1)[0]
    before = cite.find(own[begun + 1 : mention.start], within)
    return any(not reading.startswith(root) for each in before for reading in each.candidates)


def _quotations(own: str) -> Iterator[tuple[int, int]]:
    """Long quotations, whose citations are of the law they are meant for; a quoted term is not one."""
    for match in re.finditer(r"“[^”]*(?:”|$)", own):
        if match.end() - match.start() > _LONGEST_QUOTED_TERM:
            yield match.span()
