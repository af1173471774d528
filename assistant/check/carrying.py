"""Whether the clause a sentence cites carries what the sentence says: its words, its negation, its duty or permission."""

import re
from itertools import pairwise

from assistant import cite, law
from assistant.check.afar import by_another, empowered, far_off, figure_unknown
from assistant.check.assertions import asserts_law, binds
from assistant.check.defining import defined_elsewhere
from assistant.check.polarity import RELEASES, Carried, named
from assistant.check.sources import Sources, in_words, terms
from assistant.check.turning import ELSEWHERE, left_out, turned, unheard
from assistant.check.waived import waiver_unknown
from assistant.corpus import Corpus

LEAST = 0.34
MARGIN = 0.30
ENOUGH = 0.75
SURELY = 0.78
_MANY, _SOME, _WHOLE, _TIED = 8, 5, 4, 3
_NOTHING, _LITTLE, _HALF = 0.15, 0.3, 0.55
_RUN = 4
_FEW_HOLDERS = 4
_WORDS = re.compile(r"[a-z][a-z-]*[a-z]|[a-z]|\d+(?:[.,]\d+)*")
_PLAIN_LISTED = """
the a an of to in and or for that by be is are at on as not no with it its this from which was were any
may must shall who whom first has have had been under such each other if state secretary president
congress united states department
"""
_PLAIN = frozenset(_PLAIN_LISTED.split())
_JOINING = frozenset({"a", "an", "the", "to", "of"})


def judge(
    claim: str,
    cited: list[str],
    sources: Sources,
    corpus: Corpus,
    *,
    figured: bool = False,
    quoted: bool = False,
    told: bool = False,
) -> Carried | None:
    """What is wrong between a sentence (its citations taken out) and the clauses it cites; None where nothing is seen.

    `figured` says that a figure of the sentence is the clause's own, which ties them however loosely the rest is put; `quoted`, that
    words of the clause itself stand in the sentence; `told`, that the sentence is a row or a note, in few words.
    """
    known = [p for p in cited if sources.known(p)]
    wanted = _content(claim, sources)
    if not known:
        return None
    if located := _located(claim, known, sources, corpus):
        return located
    if wrong := defined_elsewhere(claim, known, corpus) or waiver_unknown(claim, known, sources, corpus):
        return wrong
    if len(set(wanted)) < 2:
        return None
    if len(set(wanted)) == 2:
        return unheard(claim, wanted, known, sources, corpus) if binds(claim) and not quoted else None
    found = _against(claim, wanted, known, cited, sources, corpus, figured=figured, quoted=quoted)
    if found is None and not quoted and not figured and not told:
        found = far_off(claim, wanted, known, sources, corpus) or empowered(claim, wanted, known, sources, corpus)
        found = found or figure_unknown(claim, known, sources, corpus)
    return found or by_another(claim, known, sources, corpus)


def _against(
    claim: str,
    wanted: list[str],
    known: list[str],
    cited: list[str],
    sources: Sources,
    corpus: Corpus,
    *,
    figured: bool,
    quoted: bool,
) -> Carried | None:
    """Another clause that says it, nothing that says it, or the clause turned round."""
    home, share = next(iter(_others(wanted, known, sources)), ("", 0.0))
    if not (asserts_law(claim) or binds(claim) or RELEASES.search(claim)):
        return left_out(claim, wanted, known, sources, corpus) or _plainly_another_s(
            home, share, wanted, known, cited, sources, corpus
        )
    fit = sources.fit(wanted, known)
    if (
        sources.narrow_fit(wanted, known).share < ELSEWHERE
        and (run := _another_s_words(claim, cited, sources)) is not None
    ):
        phrase, home = run
        shown = cite.display(home, corpus)
        return Carried(
            f"“{phrase}” is the language of {shown}; nothing held of {named(cited, corpus)} has it.",
            home,
            f"Cite {shown}.",
        )
    if home and _belongs(share, fit.share, wanted, known, sources):
        shown = cite.display(home, corpus)
        return Carried(f"{named(cited, corpus)} does not say this; {shown} does.", home, f"Cite {shown}.")
    if (
        fit.share < LEAST
        and not _COMES_UNDER.search(claim)
        and not figured
        and not quoted
        and len(set(wanted)) - len(sources.narrow_fit(wanted, known).missing) < _TIED
    ):
        lacking = in_words(claim, fit.missing[:5])
        return Carried(
            f"Nothing held of {named(cited, corpus)} carries this; it has nothing of: {lacking}.",
            None,
            "Cite the clause that says it, or take the statement out.",
        )
    return turned(claim, wanted, known, sources, corpus, hearing=not quoted)


_PLACE = re.compile(
    r"\b(?:is|are|stands?|sits?|appears?|lies|comes?) (?:the one |that |those |found |set out |set forth |laid down |contained |from )?(?:in|at|of|from|under)? *the statute[\W_]*$"
)


_COMES_UNDER = re.compile(
    r"\b(?:brings?|falls?|comes?|puts?|takes?|places?)\b[^.;]{0,40}\b(?:under|within|into) the statute[\W_]*$", re.I
)


def _located(claim: str, known: list[str], sources: Sources, corpus: Corpus) -> Carried | None:
    """A rule said to stand in a clause, where a neighbour of that clause has it and the clause has next to nothing of it."""
    if not _PLACE.search(claim) or re.search(r"\b(?:not|nothing|no|nor|nowhere)\b", claim, re.I):
        return None
    wanted = [term for term in _content(_PLACE.sub(" ", claim), sources) if not sources.strange(term)]
    if len(set(wanted)) < _SOME - 1:
        return None
    own = sources.narrow_fit(wanted, known).share
    instruments = {law.instrument_of(p) for p in known}
    near = [(h, s) for h, s in _others(wanted, known, sources) if law.instrument_of(h) in instruments]
    home, share = next(iter(near), ("", 0.0))
    if not home or share < _HALF or share - own < MARGIN:
        return None
    shown = cite.display(home, corpus)
    return Carried(f"{named(known, corpus)} does not say this; {shown} does.", home, f"Cite {shown}.")


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
    return Carried(f"{named(cited, corpus)} does not say this; {shown} does.", home, f"Cite {shown}.")


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
    if len(set(wanted)) == _WHOLE and share > 0.99 and sources.narrow_fit(wanted, known).share <= _LITTLE:
        return True
    return (
        many
        and share >= SURELY
        and share - sources.closest(wanted, known) >= MARGIN
        and sources.narrow_fit(wanted, known).share < ENOUGH
    )


def _content(claim: str, sources: Sources) -> list[str]:
    """The words that a clause must carry: no names, no figures; a name that opens the sentence is one that no note has."""
    opening = re.match(r"\W*([A-Z][a-z]{3,})\b", claim)
    if opening and not _of_the_field(opening[1]) and all(sources.strange(t) for t in terms(opening[1])):
        claim = claim[opening.end() :]
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
        if run[0] in _JOINING or run[-1] in _JOINING:
            continue
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
