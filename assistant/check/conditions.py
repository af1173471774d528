"""What a clause makes a condition, keeps closed, wants at once or leaves out, and a sentence does not."""

import re

from assistant import cite, law
from assistant.check.polarity import FORBIDS, OBLIGES, PERMITS, RELEASES, Carried
from assistant.check.sources import Sources, stem, terms
from assistant.corpus import Corpus

_NOUNS = r"(?P<noun>consents?|approvals?|authori[sz]ations?|certifications?|notifications?|licen[sc]es?|reports?|notices?|determinations?|consultations?|concurrences?|waivers?|assurances?|justifications?|findings?)"
_WITHOUT = re.compile(rf"\bwithout (?:[\w'-]+ ){{0,4}}?{_NOUNS}\b", re.I)
_NEEDLESS = re.compile(
    rf"\b{_NOUNS}(?: (?:to|of|by|from) (?:the )?\w+)? (?:is|are) (?:unnecessary|needless|superfluous|excused|not (?:needed|required|necessary))\b",
    re.I,
)
_EXEMPT = re.compile(
    rf"\b(?:exempt(?:ed)?|free|excused) (?:from|of) (?:the |any )?(?:\w+'s )?(?:\w+ )?{_NOUNS}\b", re.I
)
_TOLD = {stem(word) for word in ("notice", "notification", "certification", "report")}
_NEGATED_BEFORE = re.compile(
    r"\b(?:not|no|never|cannot|nor|neither|none|nothing|prohibit\w*|bar(?:s|red)|forb[ia]d\w*|unlawful|illegal|deni\w+|refus\w+)\b",
    re.I,
)
_HINGE = re.compile(
    r"\b(?:unless|until|without|except (?:with|after|upon)|only (?:if|with|after|when|where)|before)\b", re.I
)
_GIVES_NO = re.compile(rf"\b(?:need|has to|have to|must) \w+ no (?:\w+ )?{_NOUNS}\b", re.I)
_FOLLOWS = re.compile(r"\b(?:is|are|must be|shall be) reported\b|\bviolat|\bineligib|\bpenalt|\bunlawful", re.I)
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


def _goes_without(said: str) -> bool:
    """Whether a clause itself lets something go without: "without" that no "may not" stands before."""
    match = _WITHOUT.search(said)
    return match is not None and not _NEGATED_BEFORE.search(said[: match.start()])


def condition_dropped(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """Something said to go ahead without what the clause makes its condition."""
    match = _WITHOUT.search(claim) or _NEEDLESS.search(claim) or _EXEMPT.search(claim)
    if match is None or _NEGATED_BEFORE.search(claim[: match.start()]) or _FOLLOWS.search(claim):
        return None
    nouns = {stem(match["noun"].lower())}
    nouns |= _TOLD if nouns & _TOLD else set()
    if not nouns & set(terms(said)) or not (_HINGE.search(said) or OBLIGES.search(said)) or _goes_without(said):
        return None
    if RELEASES.search(said) or re.search(r"\bmay\b[^.;]{0,40}\bwaive", said):
        return None
    return Carried(
        f"The clause makes this depend on the {match['noun'].lower()} that the sentence does without {_shown(provision, said, corpus)}",
        provision,
        "State the condition as the clause does.",
    )


_LATE = re.compile(
    r"\b(?:within|by the end of|before the end of|at the end of) (?:the|a|one|each|that) (?:week|month|quarter|year|fiscal year)\b|\b(?:(?:annually|quarterly)(?! (?:reports?|accounts?|lists?))|in due course|when convenient|may await|may wait)\b",
    re.I,
)
_AT_ONCE = re.compile(r"\b(?:immediately|promptly|forthwith|at once|without delay)\b", re.I)


def made_late(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """What the clause wants at once, given time by the sentence."""
    if not _LATE.search(claim) or _AT_ONCE.search(claim) or not _AT_ONCE.search(said) or _LATE.search(said):
        return None
    return Carried(
        f"The clause wants this at once {_shown(provision, said, corpus)}", provision, "State when, as the clause does."
    )


_OPENS = re.compile(
    r"\b(?:may|can|are|is|shall|must|will)\b (?:\w+ )?(?:be )?(?:released|published|disclosed|made public|shared|given|public)\b",
    re.I,
)
_CLOSED = re.compile(r"\b(?:confidential(?:ly)?|withheld|not (?:be )?(?:disclosed|published|released))\b", re.I)


def laid_open(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """What the clause keeps confidential, said to be for anyone."""
    if not _OPENS.search(claim) or _CLOSED.search(claim) or FORBIDS.search(claim) or not _CLOSED.search(said):
        return None
    return Carried(
        f"The clause keeps this confidential {_shown(provision, said, corpus)}",
        provision,
        "Say that it is confidential.",
    )


_LETS_OFF = re.compile(
    r"\b(?:may|can) (?:simply |also |then )?be (?:dropped|skipped|omitted|left out|dispensed with|excused|forgone|disregarded|waived|passed over)\b"
    r"|\b(?P<noun>\w+) (?:is|are) (?:\w+ly )?(?:optional|voluntary|discretionary)\b",
    re.I,
)


def let_off(claim: str, said: str, provision: str, sources: Sources, corpus: Corpus) -> Carried | None:
    """A duty of the clause said to be optional, or to be one that may be dropped."""
    match = _LETS_OFF.search(claim)
    if match is None or not OBLIGES.search(said) or _NEGATED_BEFORE.search(claim[: match.start()]):
        return None
    subject = match["noun"] or claim[: match.start()]
    if not set(terms(subject)) & set(terms(said)) and not match["noun"]:
        return None
    if re.search(
        r"\bmay\b[^.;]*\bwaive|\bwaived? (?:by|if|where|when)\b|\boptional|\bdiscretion|\bvoluntar",
        sources.narrow(provision),
        re.I,
    ):
        return None
    if match["noun"] and not any(match["noun"].lower()[:6] == word[:6] for word in re.findall(r"\w+", said.lower())):
        return None
    return Carried(
        f"The clause makes this a duty {_shown(provision, said, corpus)}", provision, "State the duty as the clause does."
    )  # fmt: skip


_UNDER = re.compile(
    r"\b(?:may|can)\b(?! not| only)[^.;]{0,80}?\b(?:if|when|where|once|provided(?: that)?|so long as|as long as)\b (?P<when>[^.;]{8,})",
    re.I,
)


def exception_invented(claim: str, said: str, provision: str, sources: Sources, corpus: Corpus) -> Carried | None:
    """What the clause forbids, allowed on a condition of which nothing held of the clause speaks."""
    match = _UNDER.search(claim)
    if match is None or FORBIDS.search(claim) or not FORBIDS.search(said) or PERMITS.search(said):
        return None
    wanted = terms(match["when"])
    home = law.ancestors_of(provision)[:1] or (provision,)
    if len(set(wanted)) < 2 or sources.narrow_fit(wanted, [provision, *home]).share >= 0.6:
        return None
    return Carried(
        f"The clause forbids and has no such exception {_shown(provision, said, corpus)}", provision,
        "State the prohibition, and only the exceptions that the clause has.",
    )  # fmt: skip


def still_due(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """Something said not to be due in the very case in which the clause demands it."""
    match, case = _NEED_NO.search(claim) or _GIVES_NO.search(claim), _ON_CONDITION.match(said)
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


def exception_taken_in(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """A name that the clause leaves out, put in by the sentence."""
    if FORBIDS.search(claim) or re.search(
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


_ALONE = re.compile(
    r"\b(?:only|solely|just|merely) to (?:the )?(?P<to>Senate|House)\b|\bto (?:the )?(?P<sole>Senate|House) (?:only|alone)\b",
    re.I,
)
_CHAMBERS = {"senate": re.compile(r"\bSpeaker\b|\bHouse\b"), "house": re.compile(r"\bSenate\b")}


def one_chamber(claim: str, said: str, provision: str, corpus: Corpus) -> Carried | None:
    """What the clause has told to both chambers, told to one alone."""
    match = _ALONE.search(claim)
    if match is None or not _CHAMBERS[(match["to"] or match["sole"]).lower()].search(said):
        return None
    return Carried(
        f"The clause names both chambers where the sentence names one {_shown(provision, said, corpus)}",
        provision,
        "Name everyone whom the clause has told.",
    )
