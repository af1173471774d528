"""Statements about what is in force, what ended it, and what a bill has done, held against the dates of instruments."""

import re

from assistant import law
from assistant.ask import framework
from assistant.ask.abstain import silence
from assistant.ask.premise.found import Finding, corrected
from assistant.corpus import Corpus
from assistant.law import Authority, Instrument, Status
from assistant.phrase import day
from assistant.retrieve import Asked, named_instruments
from assistant.rules import Rules

_CURRENT = re.compile(
    r"\b(?:is|are|remains?|stays?|being|as)\b(?: \w+){0,3} (?:current|in force|in effect|binding|valid|operative|controlling|governing|law|good)\b"
    r"|\b(?:current|binding|governing|controlling|operative|today['’]s)\b|\b(?:requires?|governs?|binds?|mandates?|demands?)\b|\bstill\b|\bin force\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:did|was|were|had|historical(?:ly)?|former(?:ly)?|history|no longer|revoked|rescinded|superseded|replaced by|replaced it|ended|not (?:in force|current)|then)\b",
    re.I,
)
_USED = re.compile(r"\b(?:cite|citing|apply|applying|under|per|pursuant to|authority)\b", re.I)
_RESTORED = re.compile(
    r"\b(?:reinstat\w*|restor\w*|reviv\w*|back (?:in|into|in to) (?:force|effect)|re-?issued?|came back|brought back)\b",
    re.I,
)
_ENDS = re.compile(
    r"\b(?P<verb>revoked|repealed|rescinded|abolished|wiped out|ended|abrogated|struck down|nullified|eliminated|was repealed by|were repealed by|did away with|superseded|replaced|displaced|supplanted|withdr[ae]wn?|cancel+ed|overrode|terminated)\b",
    re.I,
)
_BODY = r"(?:the )?(?:Congress|Senate|House|NDAA|(?:Supreme )?Courts?|lawmakers|statute|Act of Congress|joint resolution|Secretary of \w+|State Department|Pentagon|appropriations act)"
_AGENT = re.compile(
    rf"\b(?P<who>{_BODY}) (?:has |have |had |itself |then )*(?:revoked|repealed|rescinded|abolished|ended|struck down|nullified|eliminated|superseded|replaced|withdr[ae]wn?|cancel+ed|overrode|terminated)\b"
    rf"|\b(?:revoked|repealed|rescinded|abolished|ended|struck down|nullified|eliminated|superseded|replaced|withdrawn|cancel+ed|terminated) (?P<by>by {_BODY})\b",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|never|didn['’]t|did not|was not|without)\b(?: \w+){0,2} (?:revok|repeal|rescind|chang|end)", re.I
)
_BILL = re.compile(r"\b(?:bills?|legislation|proposal|joint resolution|H\.?J\.? ?Res\.?|H\.?R\.?|S\.)\b", re.I)
_ENACTED = re.compile(
    r"\b(?:is|are|was|were|became|has become|now) (?:\w+ )?(?:law|in effect|in force|enacted|binding)\b|\benacted\b|\bbecame law\b|\bpassed\b(?! (?:the|in|by|out|only)\b)|\b(?:blocked|stopped|prohibited|barred|forbids|prohibits)\b|\buse its\b",
    re.I,
)
_NOT_LAW = re.compile(r"\b(?:not|never|no|nor|pending|if|would|proposed|introduced)\b", re.I)


def ended_taken_as_current(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """An ended instrument, or one reported as ended, that is said, or ordered to be cited, as current."""
    if asked.dated or not said or _PAST.search(said):
        return None
    for instrument in _named(asked, corpus):
        if instrument.status(asked.on).ended and (_CURRENT.search(said) or _USED.search(said)):
            return corrected(framework.ended(instrument, asked.on))
        period = instrument.period(asked.on)
        if period and period.status is Status.REPORTED and _CURRENT.search(said):
            text = f"{instrument.id} is reported as ended since {day(period.start)}. {period.change.rstrip('.')}."
            return corrected(text, instrument.id)
    return None


def asked_as_current(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """An ended instrument that a question takes as current without stating it."""
    if asked.dated or said or re.search(r"\b(?:did|was|were|had|historical|former|in force again)\b", asked.text, re.I):
        return None
    if not re.search(r"\b(?:current|still|now|today|binding|must|require[sd]?)\b", asked.text, re.I):
        return None
    if re.match(r"\s*(?:is|are|does|do)\b.*\b(?:still|current|in (?:force|effect)|now)\b", asked.text, re.I):
        return None
    for instrument in _named(asked, corpus):
        if instrument.status(asked.on).ended and _CURRENT.search(asked.text):
            return corrected(framework.ended(instrument, asked.on))
    return None


def directed_taken_as_restored(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """An instrument that is only directed to be implemented, said to be reinstated or in force."""
    if not said or re.search(r"\bnot (?:formally )?(?:reinstated|restored|in force)\b", said, re.I):
        return None
    for instrument in _named(asked, corpus):
        period = next((p for p in instrument.periods if p.status is Status.DIRECTED), None)
        if period and (_RESTORED.search(said) or re.search(r"\b(?:is|as) (?:the )?(?:law )?in force\b", said, re.I)):
            text = (
                f"{instrument.id} is not said to be reinstated: since {day(period.start)} State and Defense are directed by {period.by}"
                f" to implement it or any successor policy directive, and its text is not held."
            )
            return corrected(text, period.by, instrument.id)
    return None


def ended_by_another(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """Something said to be ended by what did not, or could not, end it."""
    match = _ENDS.search(said)
    if match is None or _NEGATED.search(said):
        return None
    named = _named(asked, corpus, with_statutes=True)
    orders = [i for i in named if i.authority in {Authority.EXECUTIVE_ORDER, Authority.PRESIDENTIAL_MEMORANDUM}]
    statutes = [i for i in named if i.authority is Authority.STATUTE]
    if statutes and orders and not statutes[0].status(asked.on).ended:
        other = statutes[0]
        text = f"{other.citation} is a statute and stands on {day(asked.on)}; an order cannot repeal it, and none of its dates here shows an end."
        return corrected(text, *[c for c in asked.cited if law.instrument_of(c) == other.id][:1] or [other.id])
    if orders and (agent := _AGENT.search(said)) and len(orders) == 1 and (period := orders[0].period(asked.on)):
        by = corpus.instruments.get(law.instrument_of(period.by or ""))
        if period.status.ended and by and by.authority is not Authority.STATUTE:
            text = (
                f"{orders[0].id} was {period.status} on {day(period.start)} by {period.by}, not by"
                f" {(agent['by'] or agent['who']).removeprefix('by ')}."
            )
            return corrected(text, period.by or "", orders[0].id)
    for ender in orders:
        for other in orders:
            period = other.period(asked.on)
            passive = re.search(r"\bby\b", said[match.end() : match.end() + 12])
            if other is ender or period is None or (passive and orders.index(ender) < orders.index(other)):
                continue
            before = said.find(ender.id) if ender.id in said else 0
            if not passive and before > match.start():
                continue
            ended = period.status.ended or period.status is Status.REPORTED
            if (
                ended
                and law.instrument_of(period.by or "") != ender.id
                and ender.signed
                and other.signed
                and ender.signed > other.signed
            ):
                how = (
                    f"was {period.status} on {day(period.start)} by {period.by}"
                    if period.by
                    else f"is {period.status} as ended since {day(period.start)}, without an official text that was found"
                )
                return corrected(f"{ender.id} does not list {other.id}; {other.id} {how}.", other.id, ender.id)
    return None


def bill_taken_as_law(asked: Asked, said: str, corpus: Corpus, rules: Rules) -> Finding | None:
    """A bill said to have done what only a law does."""
    enacted = _ENACTED.search(said) if _BILL.search(said) else None
    if enacted is None or _NOT_LAW.search(said[max(0, enacted.start() - 40) : enacted.end()]):
        return None
    for instrument in _named(asked, corpus):
        if instrument.id.startswith(("H.", "S.")) and instrument.status(asked.on) is not Status.IN_FORCE:
            version = corpus.version(instrument.id, asked.on)
            return corrected(version.note if version else instrument.note, instrument.id)
    rows = [r for r in rules.thresholds if r.route == "FMS" and r.group == "others" and r.covers(asked.on)]
    if not rows:
        return None
    text = f"A bill is not law until enacted, and no bill is held here as law: {corpus.heading(rows[0].provision) or rows[0].provision} stands as it is on {day(asked.on)}."
    return corrected(text, rows[0].provision)


def _named(asked: Asked, corpus: Corpus, *, with_statutes: bool = False) -> list[Instrument]:
    names = list(named_instruments(asked))
    found = [corpus.instruments[name] for name in names if name in corpus.instruments]
    found += [i for i in silence.named_by_date(asked.text, corpus) if i not in found]
    if with_statutes and not any(i.authority is Authority.STATUTE for i in found):
        words = asked.text.lower()
        found += [
            i
            for i in corpus.instruments.values()
            if i.authority is Authority.STATUTE
            and any(len(a) > 7 and re.search(rf"\b{re.escape(a.lower())}\b", words) for a in i.aliases)
        ][:1]
    return found
