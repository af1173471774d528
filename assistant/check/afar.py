"""Statements of which next to nothing is held in the clause that they cite, and what the clause gives to somebody else."""

import re

from assistant import law
from assistant.check.assertions import advises, binds
from assistant.check.figures import amounts, figures_of, in_months, lengths
from assistant.check.polarity import Carried, named
from assistant.check.sources import Sources, in_words, stem, terms
from assistant.corpus import Corpus

_SAYS = (
    r"(?:bars?|closes?|opens?|lets?|forbids?|requires?|allows?|permits?|prohibits?|exempts?|applies|covers?|extends?|reaches|obliges?|compels?|excludes?"
    r"|includes?|limits?|gives?|grants?|makes?|adds?|orders?|directs?|demands?|protects?|ends?|creates?|imposes?|treats?|binds?|tells?|restricts?|authorizes?|provides?|says|states|leaves?|excuses?|frees?|releases?|spares?|waives?)"
)
_SPEAKS = re.compile(
    rf"^[\W_]*(?:\w\.?\W+)?(?:under )?(?:(?:the )?(?:same )?(?:statute|clause|provision|section|subsection|paragraph|order|memorandum|law|act|rule)|it|this|that)\b"
    rf"(?: also| now| even| further| itself| only| then| thereby| expressly)* {_SAYS}\b",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|no|never|none|nothing|neither|nor|nowhere|without|lacks?|silent)\b", re.I)
_STATED = re.compile(r"\b(?:within|after|before|every|each|for|at least|more than|less than|up to|not later than|no later than)(?: \w+)? $", re.I)  # fmt: skip
_FALLS = re.compile(r"\b(?:is|are) (?:deemed|presumed|taken|considered|treated)\b|\b(?:lapses?|expires?|ends?)\b", re.I)
_FAR, _FARTHER, _BEYOND = 0.2, 0.1, 0.34
_FEW, _SOME = 3, 5
_BY = re.compile(r"\b(?P<verb>[a-z]{3,}(?:ed|en|ne)|made|sent|held|kept|paid|read|told|set) by (?P<who>(?:an? |the |each |any |its |senior )?[\w'-]+(?: (?:of|for|in) (?:the )?[\w'-]+| [A-Z][\w'-]+| [a-z]{4,}){0,4})", re.I)  # fmt: skip


def far_off(claim: str, wanted: list[str], known: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A sentence of law whose clause has hardly one of its words."""
    if (
        any(amounts(claim))
        or any(one.unit == "day" for one in lengths(claim))
        or _NEGATED.search(claim)
        or advises(claim)
    ):
        return None
    many = len(set(wanted))
    if many < _FEW or claim.rstrip(" *_\"')").endswith("?"):
        return None
    narrow = sources.narrow_fit(wanted, known)
    speaks = bool(_SPEAKS.search(claim))
    wholly = (
        bool(_FALLS.search(claim))
        and narrow.share <= _FARTHER
        and many >= _SOME
        and sources.fit(wanted, known).share <= _BEYOND
        and all(map(sources.text, known))
    )
    if not wholly and not (narrow.share <= _FAR and (speaks or (binds(claim) and many > _SOME))):
        return None
    return Carried(
        f"Nothing held of {named(known, corpus)} carries this; it has nothing of: {in_words(claim, narrow.missing[:5])}.", None,
        "Cite the clause that says it, or take the statement out.",
    )  # fmt: skip


_EMPOWERS = re.compile(
    r"\b(?:lets?|allows?|permits?|empowers?|entitles?|enables?) (?:the |an? |any |each )?(?:[\w'-]+ ){1,4}?(?:to )?(?P<verb>[a-z]{4,})\b",
    re.I,
)


def empowered(claim: str, wanted: list[str], known: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A power that the clause is said to give, of a kind that hardly any clause knows."""
    if _NEGATED.search(claim) or not _SPEAKS.search(claim):
        return None
    missing = set(sources.fit(wanted, known).missing)
    for match in _EMPOWERS.finditer(claim):
        words = [
            word
            for word in match[0].split()[1:]
            if set(terms(word)) & missing and all(map(sources.strange, terms(word)))
        ]
        if words:
            return Carried(
                f"Nothing held of {named(known, corpus)} speaks of this: {words[-1]}.", None,
                "Cite the clause that says it, or take the statement out.",
            )  # fmt: skip
    return None


def figure_unknown(claim: str, known: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A length of time or a share that the sentence makes law and that stands nowhere in the clause, nor around it."""
    if not binds(claim) and not _SPEAKS.search(claim) and not _FALLS.search(claim):
        return None
    for one in lengths(claim):
        _, unit = in_months(one)
        aged = claim[one.end :].startswith(" old")
        if not (aged or _STATED.search(claim[max(0, one.start - 40) : one.start])) or not all(
            sources.text(p) or sources.notes(p) for p in known
        ):
            continue
        months, _ = in_months(one)
        held = [figures_of(sources.words(provision), unit) for provision in known]
        if any(months in found if law.instrument_of(p) == p else found for p, found in zip(known, held, strict=True)):
            continue
        return Carried(
            f"Nothing held of {named(known, corpus)} has {claim[one.start : one.end]}, or any such figure.", None,
            "Cite the clause that has this figure, or take it out.",
        )  # fmt: skip
    return None


def by_another(claim: str, known: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """What the clause has done by one person, said to be done by another."""
    for match in _BY.finditer(claim):
        verb, who = stem(match["verb"].lower()), set(terms(match["who"]))
        theirs = [
            (set(terms(found["who"])), found["who"])
            for provision in known
            for found in _BY.finditer(sources.narrow(provision))
            if stem(found["verb"].lower()) == verb
        ]
        if not who or not theirs or any(who & one for one, _ in theirs):
            continue
        if any("presid" in one for one, _ in theirs):
            continue
        return Carried(
            f"The clause has this {match['verb']} by {theirs[0][1]}, not by {match['who']} ({named(known, corpus)}).", None,
            "Name who does it as the clause does.",
        )  # fmt: skip
    return None
