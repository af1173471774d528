"""Conditions that a claim leaves out: a flat rule said of a clause whose own sentence makes an exception."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.model import sentences
from assistant.support.words import content, words

_EXCEPTION = re.compile(
    r"\b(?:unless|except(?!ion)(?:ing)?|other than|save (?:that|where|as|for|in)|notwithstanding|only (?:if|when|where|after|with)|provided that|but only|but .{0,60}\bmay (?:waive|be waived)|may be waived)\b",
    re.I,
)
_FLAT = re.compile(
    r"\b(?:may not|must|shall|cannot|can not|is to|are to|has to|have to|needs?|requires?|required|prohibit\w*|forbid\w*|forbidden|barred?|bars|denied|denies|ineligible|never|nothing|none|no|not|only|may|can)\b",
    re.I,
)
_SAID = re.compile(
    rf"{_EXCEPTION.pattern}|\b(?:if|without|subject to|waive\w*|exempt\w*|exception\w*|excluding)\b", re.I
)
_LEADING = re.compile(r"^(?:except|unless|notwithstanding|other than|save)\b[^,]{3,160},", re.I)
_SAME, _TOLD = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class Omitted:
    """An exception that a claim leaves out, as its source words it."""

    words: str


def omitted(claim: str, sources: Iterable[str]) -> Omitted | None:
    """The exception that the sentence a claim says again makes, and the claim does not; None where there is none.

    Of each source the sentence nearest to the claim counts. A claim that tells half the exception's own words tells it.
    """
    if not _FLAT.search(claim):
        return None
    said = _stems(claim)
    for source in sources:
        near = [(len(said & _stems(sentence)) / max(len(said), 1), sentence) for sentence in sentences(source)]
        best, sentence = max(near, key=lambda pair: pair[0], default=(0.0, ""))
        if best < _SAME:
            continue
        found = _exception(sentence)
        if found is None:
            return None
        meant = _stems(found) - _stems(sentence.replace(found, " "))
        if meant and len(meant & said) >= _TOLD * len(meant):
            return None
        # A claim that has an exception of its own leaves out only those it says nothing of.
        told = _SAID.search(claim) and (not meant or meant & said)
        return None if told else Omitted(found.strip(" ,.;"))
    return None


def _exception(sentence: str) -> str | None:
    """A sentence's exception: its opening up to the comma, or from the word that makes it to the end of that part."""
    if leading := _LEADING.match(sentence):
        return leading[0]
    match = _EXCEPTION.search(sentence)
    if match is None or match.start() == 0:
        return None
    tail = sentence[match.start() :]
    end = re.search(r";|\.(?=\s)|,\s+(?:and|but) (?:the|it|he|no|any|each|a|an)\b", tail)
    return tail[: end.start()] if end else tail


def _stems(text: str) -> set[str]:
    return {word.stem for word in content(words(text))}
