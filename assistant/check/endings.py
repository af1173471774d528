"""The day on which a memo says that an instrument ended, held against the record of its dates."""

import re
from collections.abc import Iterator

from assistant import cite, law
from assistant.check.calendar import days_in
from assistant.check.citations import Judged
from assistant.check.findings import Verdict
from assistant.check.memo import Sentence
from assistant.check.resting import Resting, mention_before
from assistant.corpus import Corpus
from assistant.law import Status
from assistant.phrase import day

_VERB = r"(?:revoked|rescinded|superseded|replaced|repealed|ended|cancell?ed|terminated|withdrawn)"
_WAS = re.compile(rf"[^.;:]{{0,30}}?\b(?:was|were|been|is) (?:\w+ )?{_VERB}\b(?P<rest>[^.;]{{0,80}})", re.I)
_ENDED = re.compile(r"[^.;]{0,12}?\b(?:ended|expired|lapsed|ceased)\b(?P<rest>[^.;]{0,60})", re.I)
_IT = re.compile(
    rf"(?:\W*A\.?\W+)?\W*(?:It|This|That (?:memorandum|policy|directive|order))\b[^.;]{{0,20}}?\b(?:was|had been|has been|is) (?:\w+ )?{_VERB}\b(?P<rest>[^.;]{{0,80}})"
)
_REVOKED_IT = re.compile(
    rf"[\W_]*(?:\w+ly |later |then )?(?:{_VERB}|revokes|rescinds|supersedes|replaces) it\b(?P<rest>[^.;]{{0,60}})", re.I
)
_ACTIVE = re.compile(rf"\b(?P<verb>{_VERB}|revokes|rescinds|supersedes|replaces) (?:the |President \w+'s )*$", re.I)


def days_of_ending(
    sentence: Sentence, said: str, resting: Resting, corpus: Corpus
) -> Iterator[tuple[int, int, Judged]]:
    """Days given for an ending that are not its own, with where each stands in the memo."""
    for mention in resting.memo.cited_in(sentence):
        tail = said[mention.end - sentence.start :]
        match = _WAS.match(tail) or _ENDED.match(tail)
        rest, begin = (match["rest"], mention.end + match.start("rest")) if match else ("", 0)
        if not match and _ACTIVE.search(said[: mention.start - sentence.start]):
            rest, begin = re.split(r"[.;]", tail)[0][:60], mention.end
        yield from _wrong(mention, rest, begin, resting, corpus)
        if (match := _REVOKED_IT.match(tail)) and (
            earlier := mention_before(resting.memo, mention.start, sentence.block)
        ):
            yield from _wrong(earlier, match["rest"], mention.end + match.start("rest"), resting, corpus)
    if (match := _IT.match(said)) and (earlier := mention_before(resting.memo, sentence.start, sentence.block)):
        yield from _wrong(earlier, match["rest"], sentence.start + match.start("rest"), resting, corpus)


_SIGNED = re.compile(r"\b(?:signed|issued|promulgated|released)\s+(?:the )?$", re.I)
_ON = re.compile(r"[\W_]*(?:\([^)]*\))?[\W_]*(?:(?:was|were) )?(?:signed |issued |dated |promulgated )?on (?P<rest>[^.;]{0,30})", re.I)  # fmt: skip
_WAS_SIGNED = re.compile(r"[\W_]*(?:was|were)?\b ?(?:signed|issued|promulgated|dated)\b(?: on)? (?P<rest>[^.;]{0,30})", re.I)  # fmt: skip


def days_of_signing(
    sentence: Sentence, said: str, resting: Resting, corpus: Corpus
) -> Iterator[tuple[int, int, Judged]]:
    """Days given for a signing that are not its own, with where each stands in the memo."""
    for mention in resting.memo.cited_in(sentence):
        provisions = resting.resolved[mention.start].provisions
        instrument = corpus.instruments.get(law.instrument_of(provisions[0])) if provisions else None
        tail = said[mention.end - sentence.start :]
        active = _SIGNED.search(said[: mention.start - sentence.start])
        match = (_ON if active else _WAS_SIGNED).match(tail)
        if instrument is None or instrument.signed is None or match is None:
            continue
        for written, start, end in list(days_in(match["rest"]))[:1]:
            if start <= 4 and written != instrument.signed:
                begin = mention.end + match.start("rest")
                judged = Judged(
                    Verdict.CONTRADICTS_RULE, f"{instrument.id} was signed on {day(instrument.signed)}.", provisions[0], day(instrument.signed)
                )  # fmt: skip
                yield begin + start, begin + end, judged


def _wrong(
    mention: cite.Mention, rest: str, begin: int, resting: Resting, corpus: Corpus
) -> Iterator[tuple[int, int, Judged]]:
    provisions = resting.resolved[mention.start].provisions
    instrument = corpus.instruments.get(law.instrument_of(provisions[0])) if provisions else None
    ends = [p for p in instrument.periods if p.status.ended or p.status is Status.REPORTED] if instrument else []
    if instrument is None or not ends:
        return
    for written, start, end in list(days_in(rest))[:1]:
        dated = cite.find(rest[:start]) and re.search(r"\bof\s*$", rest[:start])
        if written not in {p.start for p in ends} and not dated:
            right = ends[-1]
            yield (
                begin + start,
                begin + end,
                Judged(
                    Verdict.CONTRADICTS_RULE,
                    f"{instrument.id} was {right.status} on {day(right.start)}.",
                    right.by or provisions[0],
                    day(right.start),
                ),
            )
