"""Whether the clause a sentence cites carries what the sentence says: its words, its negation, its duty or permission."""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant import cite, law
from assistant.check.assertions import asserts_law, binds
from assistant.check.sources import Sources, stem, terms
from assistant.corpus import Corpus

LEAST = 0.34
ELSEWHERE = 0.62
MARGIN = 0.30
ENOUGH = 0.75
SURELY = 0.78
_MANY, _SOME = 8, 5
_NOTHING, _LITTLE, _HALF = 0.15, 0.3, 0.55
_SENTENCE = re.compile(r"(?<=[a-z)\d;])[.;] +(?=[A-Z(])|\n")
_FORBIDS = re.compile(
    r"\b(?:may not|shall not|must not|cannot|can not|prohibit\w*|barred|bars?|forb[ia]d\w*|not (?:be )?(?:permitted|allowed)|(?:no|neither|nor)\b(?: [\w'-]+){1,14} (?:may|shall|can|will|is|are)\b|(?:allow|permit|authoriz)\w* no\b|ineligible|unlawful|illegal|denied?|nor (?:may|shall))\b",
    re.I,
)
_PERMITS = re.compile(
    r"\b(?:may(?! not| only)|permit(?:s|ted)?|allow(?:s|ed)?|authorizes?|is free to|are free to|can(?!not| not)|lawful)\b",
    re.I,
)
_OBLIGES = re.compile(
    r"\b(?:must(?! not)|shall(?! not)|requires?|(?:is|are) required|has to|have to|mandat\w+|oblig\w+|no(?:t)? \w+(?: \w+){0,3} (?:unless|until|without))\b",
    re.I,
)
_RELEASES = re.compile(
    r"\b(?:need not|(?:does|do|did) not (?:require|need|have to)|(?:is|are) not (?:required|needed|necessary|obliged)|no (?:\w+ )?(?:certification|notification|consent|license|report|notice|determination|approval)s? (?:is|are) (?:required|needed|necessary)|without (?:any )?(?:congressional )?(?:certification|notification|consent|license|notice)|waives? (?:the )?(?:certification|notification|justification)|dispenses? with|exempts?|discretionary|optional)\b",
    re.I,
)
_STILL_DUE = re.compile(r"\b(?:is|are) still (?:required|due|needed)\b|\bonly: |\bremains? (?:required|due)\b", re.I)
_EXCEPTED = re.compile(
    r"\b(?:unless|except|if|only|other than|waive\w*|exempt\w*|does not apply|exception|where|without|until|need not)\b",
    re.I,
)
_RUN = 4
_FEW_HOLDERS = 4
_WORDS = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]|\d+(?:[.,]\d+)*")
_PLAIN_LISTED = """
the a an of to in and or for that by be is are at on as not no with it its this from which was were any
may must shall who whom first has have had been under such each other if state secretary president
congress united states department
"""
_PLAIN = frozenset(_PLAIN_LISTED.split())


@dataclass(frozen=True, slots=True)
class Carried:
    """Why a clause does not carry a sentence, and the clause that does, if one was found."""

    detail: str
    home: str | None = None
    suggestion: str | None = None


def judge(claim: str, cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """What is wrong between a sentence (its citations taken out) and the clauses it cites; None where nothing is seen."""
    known = [p for p in cited if sources.known(p)]
    wanted = _content(claim, corpus)
    if not known or len(set(wanted)) < 3:
        return None
    home, share = next(iter(_others(wanted, known, sources)), ("", 0.0))
    if not (asserts_law(claim) or binds(claim)):
        return _plainly_another_s(home, share, wanted, known, cited, sources, corpus)
    fit = sources.fit(wanted, known)
    if (
        sources.narrow_fit(wanted, known).share < ELSEWHERE
        and (run := _another_s_words(claim, cited, sources)) is not None
    ):
        phrase, home = run
        shown = cite.display(home, corpus)
        return Carried(
            f"“{phrase}” is the language of {shown}; nothing held of {_named(cited, corpus)} has it.",
            home,
            f"Cite {shown}.",
        )
    if home and _belongs(share, fit.share, wanted, known, sources):
        shown = cite.display(home, corpus)
        return Carried(f"{_named(cited, corpus)} does not say this; {shown} does.", home, f"Cite {shown}.")
    if fit.share < LEAST:
        lacking = ", ".join(fit.missing[:5])
        return Carried(
            f"Nothing held of {_named(cited, corpus)} carries this; it has nothing of: {lacking}.",
            None,
            "Cite the clause that says it, or take the statement out.",
        )
    return _turned(claim, wanted, known, sources, corpus)


def _plainly_another_s(
    home: str, share: float, wanted: list[str], known: list[str], cited: list[str], sources: Sources, corpus: Corpus
) -> Carried | None:
    """A sentence without a word of duty, a definition say, that another clause says and the cited one does not."""
    own = sources.narrow_fit(wanted, known).share
    nothing = own <= _NOTHING and share >= _HALF and len(set(wanted)) >= _MANY
    surely = (
        own < ELSEWHERE
        and share >= SURELY
        and len(set(wanted)) >= _MANY
        and sources.closest(wanted, known) <= share / 2
    )
    if not (nothing or surely):
        return None
    shown = cite.display(home, corpus)
    return Carried(f"{_named(cited, corpus)} does not say this; {shown} does.", home, f"Cite {shown}.")


def _others(wanted: list[str], known: list[str], sources: Sources) -> list[tuple[str, float]]:
    """The clauses, not among those cited nor above or below them, that carry most of a sentence."""
    related = {p for one in known for p in (one, *law.ancestors_of(one))}
    return [
        (h, s) for h, s in sources.homes(wanted, 8) if h not in related and not any(law.is_part_of(h, p) for p in known)
    ]


def _belongs(share: float, own: float, wanted: list[str], known: list[str], sources: Sources) -> bool:
    """Whether a sentence is so much better carried by another clause that it must be that one's."""
    many = len(set(wanted)) >= _MANY
    if many and own < ELSEWHERE and share >= ELSEWHERE and share - own >= MARGIN:
        return True
    if (
        not many
        and len(set(wanted)) >= _SOME
        and share >= SURELY
        and sources.narrow_fit(wanted, known).share <= _LITTLE
    ):
        return True
    return (
        many
        and share >= SURELY
        and share - sources.closest(wanted, known) >= MARGIN
        and sources.narrow_fit(wanted, known).share < ENOUGH
    )


def _content(claim: str, corpus: Corpus) -> list[str]:
    """The words that a clause must carry: no names, no figures."""
    words = re.sub(
        r"(?<=[a-z,;] )(?:[A-Z][\w'-]+)(?: [A-Z][\w'-]+)*(?= )", lambda m: m[0] if _of_the_field(m[0]) else " ", claim
    )
    return terms(words)


def _of_the_field(name: str) -> bool:
    return bool(
        re.search(
            r"Congress|President|Secretary|State|Defense|War|Commerce|House|Senate|Speaker|Committee|Israel|Department|MDE|Leahy|Register|Treasury|Attorney|Director",
            name,
        )
    )


def _named(cited: list[str], corpus: Corpus) -> str:
    return " and ".join(cite.display(p, corpus) for p in cited[:2]) + (" and others" if len(cited) > 2 else "")


def _another_s_words(claim: str, cited: list[str], sources: Sources) -> tuple[str, str] | None:
    """A run of words that the notes of one other instrument have, and nothing held of the cited ones."""
    if re.search(
        r"\b(?:not|no|never|nowhere|lacks?|without|unlike|omits?|neither|contains? no|drops?|dropped|abandon\w*)\b",
        claim.replace("than not", "than"),
        re.I,
    ):
        return None
    words = _WORDS.findall(claim.casefold())
    instruments = {law.instrument_of(p) for p in cited}
    mine = f" {' '.join(' '.join(_WORDS.findall(sources.words(i).casefold())) for i in instruments)} "
    for start in range(len(words) - _RUN + 1):
        run = words[start : start + _RUN]
        if sum(word in _PLAIN for word in run) > 1 or any(
            word[0].isdigit() or word in {"million", "billion"} for word in run
        ):
            continue
        phrase = " ".join(run)
        pairs = [f" {one} {two} " for one, two in pairwise(run) if one not in _PLAIN and two not in _PLAIN]
        if phrase in mine or (pairs and all(pair in mine for pair in pairs)):
            continue
        homes = sources.phrase_homes(phrase)
        holders = {law.instrument_of(home) for home in homes}
        if homes and len(holders) <= _FEW_HOLDERS and not holders & instruments:
            named = [home for home in homes if sources.is_name_of(phrase, home)]
            home = max(named or homes, key=lambda h: (sources.fit(terms(claim), [h]).share, len(h), h))
            if named or (len(holders) == 1 and sources.fit(terms(claim), [home]).share >= 0.5):
                return phrase, home
    return None


def _turned(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A permission made a prohibition, a duty made a choice, or the other way round."""
    for said, share, provision in _best_sentences(wanted, cited, sources):
        enough = 0.4 if _STILL_DUE.search(said) else 0.5
        if share >= enough and (
            turned := _opposed(claim, said, provision, corpus) or _reversed(claim, said, share, provision, corpus)
        ):
            return turned
    return _unheard(claim, wanted, cited, sources, corpus)


def _opposed(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """How a sentence turns round what the clause says."""
    shown = cite.display(provision, corpus)
    short = said if len(said) < 240 else f"{said[:237]}..."
    forbids, releases = bool(_FORBIDS.search(claim)), bool(_RELEASES.search(claim))
    duty = (
        _OBLIGES.search(said)
        and not _RELEASES.search(said)
        and not _EXCEPTED.search(said)
        and not _FORBIDS.search(said)
    )
    if releases and (duty or _STILL_DUE.search(said)):
        return Carried(
            f"The clause obliges where the sentence releases ({shown}): {short}",
            provision,
            "State the duty as the clause does.",
        )
    if (
        forbids
        and not _EXCEPTED.search(claim)
        and _PERMITS.search(said)
        and not _FORBIDS.search(said)
        and not _EXCEPTED.search(said)
        and not _OBLIGES.search(said)
    ):
        return Carried(
            f"The clause permits where the sentence forbids ({shown}): {short}",
            provision,
            "State the permission as the clause does.",
        )
    if (
        not forbids
        and not releases
        and _PERMITS.search(claim)
        and not _OBLIGES.search(claim)
        and _FORBIDS.search(said)
        and not _EXCEPTED.search(claim)
        and not _PERMITS.search(said)
    ):
        return Carried(
            f"The clause forbids where the sentence permits ({shown}): {short}",
            provision,
            "State the prohibition as the clause does.",
        )
    if not forbids and not _EXCEPTED.search(said):
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
    bare = not _EXCEPTED.search(claim) or share >= _SAME
    if share >= _ALIKE and bare and _verbs(_LEAVE, claim) & (_verbs(_BAN, said) - _verbs(_LEAVE, said)):
        return Carried(
            f"The clause forbids where the sentence permits ({shown}): {short}",
            provision,
            "State the prohibition as the clause does.",
        )
    return None


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


_VERB = re.compile(r"\b(?:may|must|shall|can)(?: not| only| also| first| then)* ([a-z]{4,})\b")
_ANY_VERB_LISTED = """
wait stand fall rest go have make made give given take taken find found show tell told inform send sent obtain receive come
become meet serve state name ensure hold keep lead follow begin start stay remain also never apply issue
first lawfully formally only normally still then
"""
_ANY_VERB = frozenset(_ANY_VERB_LISTED.split())


def _unheard(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """An act that a sentence lets or makes somebody do, of which nothing held of the clause speaks."""
    fit = sources.narrow_fit(wanted, cited)
    if fit.share >= ELSEWHERE:
        return None
    for match in _VERB.finditer(claim):
        stems = terms(match[1])
        if match[1] in _ANY_VERB or not stems or stems[0] not in fit.missing:
            continue
        return Carried(
            f"Nothing held of {_named(cited, corpus)} speaks of this act: {match[1]}.",
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
