"""A duty made a choice, a ban made a leave, a condition dropped, an exception taken in: a sentence that turns its clause round."""

import re
from dataclasses import dataclass

from assistant import cite, law
from assistant.check.sources import Sources, stem, terms
from assistant.corpus import Corpus

ELSEWHERE = 0.62
_SENTENCE = re.compile(r"(?<=[a-z)\d;])[.;] +(?=[A-Z(])|\n")
_FORBIDS = re.compile(
    r"\b(?:may not|shall not|must not|cannot|can not|prohibit\w*|barred|bars?|forb[ia]d\w*|not (?:be )?(?:permitted|allowed)|(?:no|neither|nor)\b(?: [\w',.-]+){1,14}? (?:may|shall|can|will|is|are)\b|(?:allow|permit|authoriz)\w* no\b|ineligible|unlawful|illegal|denied?|nor (?:may|shall))\b",
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
    r"\b(?:need not|(?:does|do|did) not (?:require|need|have to)|no (?:\w+ )?(?:certification|notification|consent|license|report|notice|determination|approval|justification)s? (?:need|has to|have to|must) be|(?:is|are) not (?:required|needed|necessary|obliged)|no (?:\w+ )?(?:certification|notification|consent|license|report|notice|determination|approval)s? (?:is|are) (?:required|needed|necessary)|without (?:any )?(?:congressional )?(?:certification|notification|consent|license|notice)|waives? (?:the )?(?:certification|notification|justification)|dispenses? with|exempts?|discretionary|optional)\b",
    re.I,
)
_STILL_DUE = re.compile(r"\b(?:is|are) still (?:required|due|needed)\b|\bonly: |\bremains? (?:required|due)\b", re.I)
_EXCEPTED = re.compile(
    r"\b(?:unless|except|if|only|other than|waive\w*|exempt\w*|does not apply|exception|where|without|until|need not)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """Why a clause does not carry a sentence, and the clause that does, if one was found."""

    detail: str
    home: str | None = None
    suggestion: str | None = None


def named(cited: list[str], corpus: Corpus) -> str:
    return " and ".join(cite.display(p, corpus) for p in cited[:2]) + (" and others" if len(cited) > 2 else "")


def turned(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A permission made a prohibition, a duty made a choice, or the other way round."""
    best = _best_sentences(wanted, cited, sources)
    for said, share, provision in best:
        if share >= _ABOUT and (opened := _laid_open(claim, said, provision, corpus)):
            return opened
        if share >= _LEANING and (invented := _exception_invented(claim, said, provision, sources, corpus)):
            return invented
        if share >= _LEANING and (
            turned := _condition_dropped(claim, said, provision, corpus)
            or _still_due(claim, said, provision, corpus)
            or _exception_taken_in(claim, said, provision, corpus)
        ):
            return turned
    for said, share, provision in best:
        enough = 0.4 if _STILL_DUE.search(said) else 0.5
        if share >= enough and (
            turned := _opposed(claim, said, provision, corpus) or _reversed(claim, said, share, provision, corpus)
        ):
            return turned
    return _unheard(claim, wanted, cited, sources, corpus)


def left_out(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A name that the clauses leave out, put in by a sentence that states no duty."""
    for said, share, provision in _best_sentences(wanted, cited, sources):
        if share >= _LEANING and (found := _exception_taken_in(claim, said, provision, corpus)):
            return found
    return None


_LEANING, _ABOUT = 0.35, 0.15
_NOUNS = r"(?P<noun>consents?|approvals?|authori[sz]ations?|certifications?|notifications?|licen[sc]es?|reports?|notices?|determinations?|consultations?|concurrences?|waivers?|assurances?|justifications?|findings?)"
_WITHOUT = re.compile(rf"\bwithout (?:[\w'-]+ ){{0,4}}?{_NOUNS}\b", re.I)
_NEEDLESS = re.compile(
    rf"\b{_NOUNS}(?: (?:to|of|by|from) (?:the )?\w+)? (?:is|are) (?:unnecessary|needless|superfluous|excused|not (?:needed|required|necessary))\b",
    re.I,
)
_TOLD = {stem(word) for word in ("notice", "notification", "certification", "report")}
_NEGATED_BEFORE = re.compile(
    r"\b(?:not|no|never|cannot|nor|neither|none|nothing|prohibit\w*|bar(?:s|red)|forb[ia]d\w*|unlawful|illegal|deni\w+|refus\w+)\b",
    re.I,
)
_HINGE = re.compile(
    r"\b(?:unless|until|without|except (?:with|after|upon)|only (?:if|with|after|when|where)|before)\b", re.I
)
_NEED_NO = re.compile(
    rf"\bno (?:\w+ )?{_NOUNS} (?:at all )?(?:is|are|need|needs to|has to|have to|must) (?:be )?(?:required|needed|necessary|due|submitted|sent|made|given|transmitted|filed|obtained)\b",
    re.I,
)
_ON_CONDITION = re.compile(r"^\W*(?:If|Where|When)\b(?P<when>.*?),(?P<then>.*\b(?:shall|must)\b.*)$", re.I | re.S)
_OUTSIDE = re.compile(
    r"\b(?:other than|excluding|not including|exclusive of)\s+(?:the |a |an )?(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)*)"
)


def _shown(provision: str, said: str, corpus: Corpus) -> str:
    return f"({cite.display(provision, corpus)}): {said if len(said) < 240 else f'{said[:237]}...'}"


def _condition_dropped(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """Something said to go ahead without what the clause makes its condition."""
    match = _WITHOUT.search(claim) or _NEEDLESS.search(claim)
    if match is None or _NEGATED_BEFORE.search(claim[: match.start()]):
        return None
    nouns = {stem(match["noun"].lower())}
    nouns |= _TOLD if nouns & _TOLD else set()
    if not nouns & set(terms(said)) or not (_HINGE.search(said) or _OBLIGES.search(said)) or _WITHOUT.search(said):
        return None
    if _RELEASES.search(said) or re.search(r"\bmay\b[^.;]{0,40}\bwaive", said):
        return None
    return Carried(
        f"The clause makes this depend on the {match['noun'].lower()} that the sentence does without {_shown(provision, said, corpus)}",
        provision,
        "State the condition as the clause does.",
    )


_OPENS = re.compile(
    r"\b(?:may|can|are|is|shall|must|will)\b (?:\w+ )?(?:be )?(?:released|published|disclosed|made public|shared|given|public)\b",
    re.I,
)
_CLOSED = re.compile(r"\b(?:confidential(?:ly)?|withheld|not (?:be )?(?:disclosed|published|released))\b", re.I)


def _laid_open(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """What the clause keeps confidential, said to be for anyone."""
    if not _OPENS.search(claim) or _CLOSED.search(claim) or _FORBIDS.search(claim) or not _CLOSED.search(said):
        return None
    return Carried(
        f"The clause keeps this confidential {_shown(provision, said, corpus)}",
        provision,
        "Say that it is confidential.",
    )


_UNDER = re.compile(
    r"\b(?:may|can)\b(?! not| only)[^.;]{0,80}?\b(?:if|when|where|once|provided(?: that)?|so long as|as long as)\b (?P<when>[^.;]{8,})",
    re.I,
)


def _exception_invented(claim: str, said: str, provision: str, sources: Sources, corpus: Corpus) -> Carried | None:
    """What the clause forbids, allowed on a condition of which nothing held of the clause speaks."""
    match = _UNDER.search(claim)
    if match is None or _FORBIDS.search(claim) or not _FORBIDS.search(said) or _PERMITS.search(said):
        return None
    wanted = terms(match["when"])
    home = law.ancestors_of(provision)[:1] or (provision,)
    if len(set(wanted)) < 2 or sources.narrow_fit(wanted, [provision, *home]).share >= 0.6:
        return None
    return Carried(
        f"The clause forbids and has no such exception {_shown(provision, said, corpus)}", provision,
        "State the prohibition, and only the exceptions that the clause has.",
    )  # fmt: skip


def _still_due(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """Something said not to be due in the very case in which the clause demands it."""
    match, case = _NEED_NO.search(claim), _ON_CONDITION.match(said)
    if match is None or case is None:
        return None
    if stem(match["noun"].lower()) not in terms(case["then"]):
        return None
    if not set(terms(claim[: match.start()] + claim[match.end() :])) & set(terms(case["when"])):
        return None
    return Carried(
        f"In this case too the clause demands the {match['noun'].lower()} {_shown(provision, said, corpus)}",
        provision,
        "State what is waived and what remains due.",
    )


def _exception_taken_in(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """A name that the clause leaves out, put in by the sentence."""
    if _FORBIDS.search(claim) or re.search(
        r"\b(?:not|no|never|neither|other than|except\w*|excluding|unlike|outside|but for)\b", claim, re.I
    ):
        return None
    for match in _OUTSIDE.finditer(said):
        name = re.escape(match["name"])
        beside = {m[1].lower() for m in re.finditer(rf"\b{name}(?:'s|’s) (\w+)", said)}
        for found in re.finditer(rf"\b{name}(?:(?:'s|’s) (?P<of>\w+))?", claim):
            if (found["of"] or "").lower() not in beside:
                return Carried(
                    f"The clause leaves {match['name']} out {_shown(provision, said, corpus)}", provision,
                    f"Say that it applies to others than {match['name']}.",
                )  # fmt: skip
    return None


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
        and not (_EXCEPTED.search(claim) and _EXCEPTED.search(said))
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
_PARTY = re.compile(
    r"\b(?:must|shall|may not|may)(?: first| also| then)? (?:be )?[a-z]{4,} (?:with |by |to |from |in )?(?:the |an? |its |each |every |any )([a-z][a-z-]{3,})\b"
)
_ANY_VERB_LISTED = """
wait stand fall rest go have make made give given take taken find found show tell told inform send sent obtain receive come
become meet serve state name ensure hold keep lead follow begin start stay remain also never apply issue
first lawfully formally only normally still then
"""
_ANY_VERB = frozenset(_ANY_VERB_LISTED.split())


def _unheard(claim: str, wanted: list[str], cited: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
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
        stems = terms(match[1])
        if match[1] in _ANY_VERB or not stems or stems[0] not in fit.missing:
            continue
        return Carried(
            f"Nothing held of {named(cited, corpus)} speaks of this act: {match[1]}.",
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
