"""Clauses asked for by words that no citation reader takes, and that do not exist."""

import re
from datetime import date

from assistant.corpus import Corpus
from assistant.law import Authority, Instrument
from assistant.retrieve import Asked, named_instruments

_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_PART = re.compile(
    r"\b(?P<kind>consideration|objective|bullet|article|section|sec\.)s? (?P<number>\d{1,3})(?![\w.])(?P<tail>(?:\(\w+\))*)(?: of section (?P<in>\d+))?",
    re.I,
)
_DATED = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)}) )?(?P<year>(?:19|20)\d\d)(?:['’]s)? (?:\w+ ){{0,2}}(?P<what>order|memorandum|directive)\b",
    re.I,
)
_MOST_SECTIONS = 20
_PAGE = re.compile(r"\bfact (?:page|sheet)\b", re.I)


def absent(asked: Asked, corpus: Corpus) -> tuple[str, tuple[str, ...]] | None:
    """The name of a numbered part that its instrument lacks, and what comes closest; None where there is none such."""
    finer = any(c not in corpus.instruments for c in asked.cited)
    for match in _PART.finditer(asked.text):
        if finer and match["kind"].lower() not in {"consideration", "objective"}:
            continue
        for instrument in _instruments(asked, corpus):
            parts = _ids(instrument.id, match)
            if parts and not any(corpus.exists(part) for part in parts):
                near = [
                    p
                    for p in corpus.provisions
                    if p.startswith(f"{instrument.id} sec. ") and "," not in p and "(" not in p
                ]
                return parts[0], (instrument.id, *near[-1:])
    return None


def _instruments(asked: Asked, corpus: Corpus) -> list[Instrument]:
    """The orders, memoranda and pages a question names, by citation or by date."""
    found = [corpus.instruments[name] for name in named_instruments(asked) if name in corpus.instruments]
    found += named_by_date(asked.text, corpus)
    if _PAGE.search(asked.text) and not found:
        found += [i for i in corpus.instruments.values() if i.id.endswith("fact page")]
    ranks = {Authority.EXECUTIVE_ORDER, Authority.PRESIDENTIAL_MEMORANDUM, Authority.FACT_SHEET}
    return [i for i in dict.fromkeys(found) if i.authority in ranks and i.id in corpus.provisions]


def named_by_date(text: str, corpus: Corpus) -> list[Instrument]:
    """The orders and memoranda that a text names by kind and date: `the February 2026 order`."""
    return [
        i
        for match in _DATED.finditer(text)
        for i in corpus.instruments.values()
        if i.signed and _is(i, i.signed, match)
    ]


def _is(instrument: Instrument, signed: date, match: re.Match[str]) -> bool:
    wanted = Authority.EXECUTIVE_ORDER if match["what"].lower() == "order" else Authority.PRESIDENTIAL_MEMORANDUM
    month = match["month"]
    return (
        instrument.authority is wanted
        and signed.year == int(match["year"])
        and (month is None or _MONTHS[signed.month - 1].lower() == month.lower())
    )


def _ids(instrument: str, match: re.Match[str]) -> list[str]:
    kind, number = match["kind"].lower().rstrip("s"), match["number"]
    if kind in {"section", "sec", "article"}:
        # A higher number is another statute's section, named beside the order.
        return [f"{instrument} sec. {number}{match['tail']}"] if int(number) <= _MOST_SECTIONS else []
    if kind == "bullet":
        return [f"{instrument}, bullet {number}", f"{instrument} bullet {number}"]
    places = [match["in"]] if match["in"] else ["2", "3"]
    return [f"{instrument} sec. {place}, {kind} {number}" for place in places]
