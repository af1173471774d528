"""A duty made a choice, a ban made a leave, an act that a clause does not know: a sentence that turns its clause round."""

import re

from assistant import cite
from assistant.check.conditions import (
    condition_dropped,
    exception_invented,
    exception_taken_in,
    laid_open,
    let_off,
    made_late,
    one_chamber,
    still_due,
)
from assistant.check.polarity import EXCEPTED, FORBIDS, OBLIGES, PERMITS, RELEASES, STILL_DUE, Carried, named
from assistant.check.sources import Sources, stem, terms
from assistant.corpus import Corpus

ELSEWHERE = 0.62
_LEANING, _ABOUT = 0.35, 0.15
_SENTENCE = re.compile(r"(?<=[a-z)\d;])[.;] +(?=[A-Z(])|\n")


def turned(
    claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus, *, hearing: bool = True
) -> Carried | None:
    """A permission made a prohibition, a duty made a choice, or the other way round."""
    best = _best_sentences(wanted, cited, sources)
    for said, share, provision in best:
        if share >= _ABOUT and (opened := laid_open(claim, said, provision, corpus)):
            return opened
        if share >= _ABOUT and (late := made_late(claim, said, provision, corpus)):
            return late
        if share >= _ABOUT and (alone := one_chamber(claim, said, provision, corpus)):
            return alone
        if share >= _LEANING and (invented := exception_invented(claim, said, provision, sources, corpus)):
            return invented
        if share >= _ABOUT and (dropped := let_off(claim, said, provision, sources, corpus)):
            return dropped
        if share >= _LEANING and (
            turned := condition_dropped(claim, said, provision, corpus)
            or still_due(claim, said, provision, corpus)
            or exception_taken_in(claim, said, provision, corpus)
        ):
            return turned
    for said, share, provision in best:
        enough = 0.4 if STILL_DUE.search(said) else 0.5
        if share >= enough and (
            turned := _opposed(claim, said, provision, corpus) or _reversed(claim, said, share, provision, corpus)
        ):
            return turned
    return unheard(claim, wanted, cited, sources, corpus) if hearing else None


def left_out(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A name that the clauses leave out, put in, or a haste that they want, left out, by a sentence that states no duty."""
    for said, share, provision in _best_sentences(wanted, cited, sources):
        if share >= _ABOUT and (late := made_late(claim, said, provision, corpus)):
            return late
        if share >= _LEANING and (found := exception_taken_in(claim, said, provision, corpus)):
            return found
        if share >= _ABOUT and (alone := one_chamber(claim, said, provision, corpus)):
            return alone
    return None


def _opposed(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """How a sentence turns round what the clause says."""
    shown = cite.display(provision, corpus)
    short = said if len(said) < 240 else f"{said[:237]}..."
    forbids, releases = bool(FORBIDS.search(claim)), bool(RELEASES.search(claim))
    duty = OBLIGES.search(said) and not RELEASES.search(said) and not EXCEPTED.search(said) and not FORBIDS.search(said)
    both = OBLIGES.search(RELEASES.sub(" ", claim))
    if releases and not both and (duty or (STILL_DUE.search(said) and _same_case(claim, said))):
        return Carried(
            f"The clause obliges where the sentence releases ({shown}): {short}",
            provision,
            "State the duty as the clause does.",
        )
    if (
        forbids
        and not EXCEPTED.search(claim)
        and PERMITS.search(said)
        and not FORBIDS.search(said)
        and not EXCEPTED.search(said)
        and not OBLIGES.search(said)
    ):
        return Carried(
            f"The clause permits where the sentence forbids ({shown}): {short}",
            provision,
            "State the permission as the clause does.",
        )
    if (
        not forbids
        and not releases
        and PERMITS.search(claim)
        and not OBLIGES.search(claim)
        and not _STOPS.search(claim)
        and FORBIDS.search(_CAP.sub(" ", said))
        and not (EXCEPTED.search(claim) and EXCEPTED.search(said))
        and not PERMITS.search(said)
    ):
        return Carried(
            f"The clause forbids where the sentence permits ({shown}): {short}",
            provision,
            "State the prohibition as the clause does.",
        )
    if not forbids and not EXCEPTED.search(said):
        duties, leaves = _verbs(_DUTY, claim), _verbs(_LEAVE, said)
        if duties & leaves and not duties & _verbs(_DUTY, said):
            return Carried(
                f"The clause permits; the sentence makes it a duty ({shown}): {short}",
                provision,
                "Write “may”, as the clause does.",
            )
        leaves, duties = _verbs(_LEAVE, claim), _verbs(_DUTY, said)
        if leaves & duties and not leaves & _verbs(_LEAVE, said):
            return Carried(
                f"The clause makes it a duty; the sentence a choice ({shown}): {short}",
                provision,
                "Write “must” or “shall”, as the clause does.",
            )
    return None


_DUE = frozenset(
    stem(word)
    for word in [
        "certification",
        "notification",
        "consent",
        "license",
        "report",
        "notice",
        "determination",
        "approval",
        "justification",
        "need",
        "review",
        "period",
    ]
)


def _same_case(claim: str, said: str) -> bool:
    """Whether a sentence speaks of the clause's case, not of its duty alone."""
    return bool((set(terms(claim)) & set(terms(said))) - _DUE)


def _reversed(claim: str, said: str, share: float, provision: str, corpus: Corpus) -> Carried | None:
    """The same act that the clause demands, allows or forbids, released, forbidden or allowed."""
    shown = cite.display(provision, corpus)
    short = said if len(said) < 240 else f"{said[:237]}..."
    if share >= _ALIKE and _verbs(_NEED_NOT, claim) & (_verbs(_DUTY, said) - _verbs(_NEED_NOT, said)):
        return Carried(
            f"The clause obliges where the sentence releases ({shown}): {short}",
            provision,
            "State the duty as the clause does.",
        )
    if share >= _ALIKE and _verbs(_BAN, claim) & (_verbs(_LEAVE, said) - _verbs(_BAN, said)):
        return Carried(
            f"The clause permits where the sentence forbids ({shown}): {short}",
            provision,
            "State the permission as the clause does.",
        )
    bare = not EXCEPTED.search(claim) or share >= _SAME
    if share >= _ALIKE and bare and _verbs(_LEAVE, claim) & (_verbs(_BAN, said) - _verbs(_LEAVE, said)):
        return Carried(
            f"The clause forbids where the sentence permits ({shown}): {short}",
            provision,
            "State the prohibition as the clause does.",
        )
    return None


_STOPS = re.compile(r"\b(?:stop|block|prevent|veto|disapprov|halt|prohibit|forbid|refus|den)\w*", re.I)
_CAP = re.compile(r"\b(?:may|shall|must) not (?:exceed|be (?:more|less|greater|fewer) than)\b", re.I)
_ALIKE, _SAME = 0.65, 0.85
_DUTY = re.compile(
    r"\b(?:must|shall|(?:is|are) required to|ha(?:s|ve) to) (?:also |first |then |\w+ly )?(?!not\b)(?:be )?([a-z]{4,})\b",
    re.I,
)
_NEED_NOT = re.compile(
    r"\b(?:need not|(?:is|are) not (?:required|obliged) to|(?:does|do) not (?:have|need) to) (?:be )?([a-z]{4,})\b",
    re.I,
)
_BAN = re.compile(r"\b(?:(?:may|shall|must|can) not|cannot) (?:be )?([a-z]{4,})\b", re.I)
_LEAVE = re.compile(r"\b(?:may|can) (?:also |first |then |\w+ly )?(?!not\b|only\b)(?:be )?([a-z]{4,})\b", re.I)


_NO_ONE = re.compile(r"\b(?:no|neither|nor)\b[^.;]{1,160}?\b(?:may|shall|can) (?:be )?([a-z]{4,})\b", re.I)


def _verbs(pattern: re.Pattern[str], said: str) -> set[str]:
    """The stems of the verbs that follow a duty, a leave or a ban; "no one shall" bans."""
    banned = {stem(match[1].lower()) for match in _NO_ONE.finditer(said)}
    if pattern is _BAN:
        return banned | {stem(match[1].lower()) for match in pattern.finditer(said)}
    return {stem(match[1].lower()) for match in pattern.finditer(_NO_ONE.sub(" ", said))}


_VERB = re.compile(r"\b(?:may|must|shall|can)(?: not| only| also| first| then)* (?P<passive>be )?([a-z]{4,})\b")
_PARTY = re.compile(
    r"\b(?:must|shall|may not|may)(?: first| also| then)? (?:be )?[a-z]{4,} (?:(?:with|by|to|from|in) |(?<=notify )|(?<=inform )|(?<=consult )|(?<=advise )|(?<=tell )|(?<=ask )|(?<=obtain )|(?<=seek )|(?<=file )|(?<=show )|(?<=submit ))(?:the |an? |its |each |every |any )([a-z][a-z-]{3,})\b"
)
_ANY_VERB_LISTED = """
wait stand fall rest go have make made give given take taken find found show tell told inform send sent obtain receive come
become meet serve state name ensure hold keep lead follow begin start stay remain also never apply issue
limit carry bear contain include accompany attach show affect reach differ vary matter happen
first lawfully formally only normally still then
"""
_ANY_VERB = frozenset(_ANY_VERB_LISTED.split())


def unheard(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """An act that a sentence lets or makes somebody do, of which nothing held of the clause speaks."""
    fit = sources.narrow_fit(wanted, cited)
    beside = sources.fit(wanted, cited).missing
    for match in _PARTY.finditer(claim):
        stems = terms(match[1])
        if stems and stems[-1] in beside and sources.strange(stems[-1]):
            return Carried(
                f"Nothing held of {named(cited, corpus)} speaks of this: {match[1]}.", None,
                "Cite the clause that says it, or take the statement out.",
            )  # fmt: skip
    if fit.share >= ELSEWHERE:
        return None
    for match in _VERB.finditer(claim):
        stems = terms(match[2])
        if match[2] in _ANY_VERB or not stems or stems[0] not in fit.missing:
            continue
        if match["passive"] and not (stems[0] in beside and sources.strange(stems[0])):
            continue
        return Carried(
            f"Nothing held of {named(cited, corpus)} speaks of this act: {match[2]}.",
            None,
            "Cite the clause that says it, or take the statement out.",
        )
    return None


def _best_sentences(
    wanted: list[str], cited: list[str], sources: Sources, most: int = 3
) -> list[tuple[str, float, str]]:
    """The sentences held of the clauses that share most with a claim, best first."""
    weights = {term: sources.weight(term) for term in set(wanted)}
    whole = sum(weights.values()) or 1.0
    found: list[tuple[str, float, str]] = []
    for provision in cited:
        for text in (sources.notes(provision), sources.text(provision)):
            rows = [
                (said.strip(), sum(weights[t] for t in set(terms(said)) & set(weights)) / whole, provision)
                for said in _SENTENCE.split(text)
                if len(said) >= 25
            ]
            found += sorted(rows, key=lambda row: -row[1])[:most]
    return sorted(found, key=lambda row: -row[1])
