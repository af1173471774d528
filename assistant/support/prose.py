"""What marks a sentence of free prose that its passages do not carry: features a person can read.

Words here are stems without the little words; a word is new where no passage has it. New words count less the more often
answers bring them along ("various", "overall"), and less the nearer they are in meaning to a word that the passages have.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from assistant.support.words import LITTLE, sentences_of, stem

Rows = NDArray[np.float64]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

FEATURES = (
    "new words, weighed", "new words by distance", "most in ten words", "in its second half", "farthest new word", "distance of all words",
    "new words", "not in any two sentences, weighed", "not in any one passage, weighed", "new pairs of words", "not in any one passage",
    "pairs joined nowhere", "figures", "names", "another passage named", "said before", "words of the question", "place in the answer", "length",
    "distance from every sentence", "new runs of three", "cause", "contrast", "advice", "conclusion", "says it is missing", "hedge", "list item",
)  # fmt: skip

_SIGNS = (
    r"\b(?:because|which (?:can|may|is|are|makes?|helps?|means)|due to|making|allowing|leading|resulting|suggests?|imply|implies|indicat\w+|means that|likely|therefore|as a result|in order to|helps? to?)\b",
    r"\b(?:in contrast|on the other hand|while|whereas|however|unlike|compared|although|but)\b",
    r"\b(?:should|recommend\w*|important|consult|make sure|ensure|be sure|necessary|may need|best to|always|note that|keep in mind|remember)\b",
    r"^\W*(?:therefore|overall|in conclusion|in summary|thus|so,|hence|to summarize|in short|based on (?:this|these))",
    r"(?:\bnot|n't|\bno|\bunable|\bcannot|\bunclear)\b.{0,60}\b(?:mention|provid|contain|specif|state|inform|answer|determin|discuss|address|includ|given|possible|clear|explicit|detail)",
    r"\b(?:may|might|could|can|possibly|generally|typically|usually|often|some|various|vary|depend\w*)\b",
)  # fmt: skip
_SIGNED = tuple(re.compile(sign, re.I) for sign in _SIGNS)
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+(?:,\d{3})*(?:\.\d+)?")
_OF_THE_PASSAGES = frozenset(("based", "passage", "passages", "given", "provided", "mentioned", "stated", "according"))
_MARKER = re.compile(r"\s*(?:\d+[.)]|step \d+[:.]?|[-*•–])\s+", re.I)
_NAMED = re.compile(r"\b[Pp]assages? (\d)(?:(?:,| and|, and) (\d))*")
_CAPITAL = re.compile(r"(?<=[a-z,(] )[A-Z][a-z]+")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SPELT = {
    word: str(n)
    for n, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
    )
}


def terms(text: str) -> list[str]:
    """The words of a text in small letters, without the little ones."""
    found = (match[0].lower() for match in _WORD.finditer(text))
    return [word for word in found if word not in LITTLE and word not in _OF_THE_PASSAGES]


def spoken(answer: str) -> Iterator[tuple[str, bool]]:
    """The sentences of an answer that say something, and whether each stands in a list; markers are left out."""
    for line in answer.splitlines():
        marker = _MARKER.match(line)
        for sentence in sentences_of(line[marker.end() :] if marker else line):
            if terms(sentence):
                yield sentence, marker is not None


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Passages read once for a question: stems of each passage and of each two sentences, and the vectors of both."""

    lower: str
    stems: frozenset[str]
    each: tuple[frozenset[str], ...]
    windows: tuple[frozenset[str], ...]
    pairs: frozenset[tuple[str, str]]
    threes: frozenset[tuple[str, ...]]
    figures: frozenset[str]
    question: frozenset[str]
    words: NDArray[np.float32]
    sentences: NDArray[np.float32]


def read_passages(passages: Sequence[str], question: str, encode: Encode) -> Passages:
    """Read the passages that a question was answered from; `encode` gives rows of unit length."""
    sentences = [list(sentences_of(passage)) for passage in passages]
    windows = [
        _stems(" ".join(own[place : place + 2])) for own in sentences for place in range(max(1, len(own) - 1)) if own
    ]
    text = " ".join(passages)
    stems = [stem(word) for word in terms(text)]
    return Passages(
        text.lower(), frozenset(stems), tuple(map(_stems, passages)), tuple(windows), frozenset(pairwise(stems)),
        frozenset(_threes(text)), frozenset(_figures(text)), _stems(question),
        encode(sorted(set(terms(text))) or [""]), encode([each for own in sentences for each in own] or [""]),
    )  # fmt: skip


def new_stems(answer: str, held: Passages) -> frozenset[str]:
    """The stems that an answer brings along."""
    return frozenset(each for sentence, _ in spoken(answer) for each in _stems(sentence)) - held.stems


def rows(answer: str, held: Passages, common: Mapping[str, int], encode: Encode) -> Rows:
    """One row of `FEATURES` a sentence; `common` says of how many questions' answers a stem was new in."""
    said = list(spoken(answer))
    vectors = encode([sentence for sentence, _ in said]) if said else np.zeros((0, 1), np.float32)
    found: list[list[float]] = []
    before: set[str] = set()
    for place, (sentence, listed) in enumerate(said):
        words = terms(sentence)
        stems = [stem(word) for word in words]
        far = np.maximum(0.0, 1 - (encode(words) @ held.words.T).max(axis=1)).astype(float)
        nearest = float((held.sentences @ vectors[place]).max())
        signs = [float(bool(sign.search(sentence))) for sign in _SIGNED]
        found.append(
            [
                *_novelty(stems, far, held, common),
                *_joined(stems, sentence, held),
                min(3.0, sum(figure not in held.figures for figure in _figures(_NAMED.sub("", sentence)))),
                min(2.0, sum(name.lower() not in held.lower for name in _CAPITAL.findall(_NAMED.sub("", sentence)))),
                _elsewhere(sentence, set(stems), held),
                len(before & set(stems)) / len(set(stems)),
                len(held.question & set(stems)) / len(set(stems)),
                place / max(1, len(said) - 1),
                log1p(len(set(stems))),
                1 - nearest,
                _share([each not in held.threes for each in _threes(sentence)]),
                *signs,
                float(listed),
            ]
        )
        before |= set(stems)
    return np.array(found, np.float64).reshape(len(said), len(FEATURES))


def _novelty(stems: list[str], far: Rows, held: Passages, common: Mapping[str, int]) -> list[float]:
    size = sqrt(max(3, len(stems)))
    weight = np.array([1 / sqrt(1 + max(0, common.get(each, 0))) for each in stems])
    asked = np.array([each in held.question for each in stems])
    new = np.array([each not in held.stems for each in stems]) & ~asked
    distant = np.where(new, weight * far * 2, 0.0)
    return [
        float((weight * new).sum()) / size,
        float(distant.sum()) / size,
        max(float(distant[start : start + 10].sum()) for start in range(max(1, len(stems) - 9))),
        float(distant[len(stems) // 2 :].sum()) / size,
        float(distant.max()),
        float(np.where(asked, 0.0, far).sum()) / size,
        len({each for each, is_new in zip(stems, new, strict=True) if is_new}) / size,
        *(
            min(
                (
                    sum(w for each, w in zip(stems, weight, strict=True) if each not in part | held.question)
                    for part in parts
                ),
                default=0.0,
            )
            / size
            for parts in (held.windows, held.each)
        ),
    ]


def _joined(stems: list[str], sentence: str, held: Passages) -> list[float]:
    pairs = list(pairwise(stems))
    known = list(pairwise(each for each in stems if each in held.stems and each not in held.question))
    apart = sum(not any(one in part and other in part for part in held.windows) for one, other in known)
    best = max((len(set(stems) & part) for part in held.each), default=0)
    return [
        sum(pair not in held.pairs for pair in pairs) / max(3, len(pairs)),
        1 - best / len(set(stems)),
        apart / max(2, len(known)),
    ]


def _elsewhere(sentence: str, stems: set[str], held: Passages) -> float:
    """How much more of a sentence another passage has than the one it names."""
    shares = [len(stems & part) / len(stems) for part in held.each]
    named = [int(n) for match in _NAMED.finditer(sentence) for n in match.groups() if n]
    return max((max(shares) - shares[n - 1] for n in named if 1 <= n <= len(shares)), default=0.0)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in terms(text))


def _figures(text: str) -> list[str]:
    plain = text.replace(",", "")
    return _DIGITS.findall(plain) + [_SPELT[word] for word in re.findall(r"[a-z]+", plain.lower()) if word in _SPELT]


def _threes(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [tuple(words[start : start + 3]) for start in range(len(words) - 2)]


def _share(flags: list[bool]) -> float:
    return sum(flags) / max(1, len(flags))
