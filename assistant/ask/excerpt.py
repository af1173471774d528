"""Which sentences of a note or a text may stand alone: whole ones, not headings, stems or scraps of a list."""

import re

from assistant.model import sentences

_LEANS = re.compile(
    r"^(?:It|They|This|These|Those|Such|Both|Neither|That|Then|There|Here|Otherwise|But|And|However|Another|Others?)\b"
    r"|^The (?:same|latter|former|first|second|other|period)\b"
    r"|\bof (?:it|them)\b|\bthe (?:first|second|third|other|latter|former) (?:way|ground|kind|case)\b"
)
_EDITORIAL = re.compile(
    r"\bset out as (?:a note|an? )|\bclassified (?:principally )?to\b|\bPub\. L\. [\d–-]+, (?:[^.]{0,60} )?(?:substituted|inserted|struck|added|redesignated)\b"
    r"|^\W*(?:Amended|Editorial|Codification|References in Text|Amendments|Prior Provisions|See)\b"
)
_CUT = re.compile(r"\b(?:Ex|Ord|Sec|Stat|No|Pub|Art|Dept)\.$")
_HANGS = re.compile(r"(?:such|that|which|who|whose|it|they|and|or|but|if|unless|except|of|to|by|for)\b")
_SMALL_WORDS = (
    "about does from have into must shall that their them then there they this under upon what when where which whom with would could"
    " much many your need needs tell says said explain show give list please"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_LEAST_WORDS, _LEAST_SCRAP = 6, 10
_MOST_WORDS = 80
_HEADING_SHARE = 0.7


def whole(said: str, note: str) -> str:
    """What is said of a note, from the start of a sentence to its end, with the one before where it leans on that."""
    found = sentences(note)
    kept = {n for n, sentence in enumerate(found) if sentence in said}
    if not kept or len(kept) == len(found):
        return said
    wider = set(kept)
    for n in kept:
        first, last = n, n
        while last + 1 < len(found) and found[last].endswith(";"):
            last += 1
        while first and (found[first - 1].endswith(";") or (first == n and _LEANS.search(found[first]))):
            first -= 1
        wider.update(range(first, last + 1))
    text = " ".join(found[n] for n in sorted(wider))
    if len(text.split()) > _MOST_WORDS:
        text = said
    return f"{text[:-1]}." if text.endswith(";") else text


def quotable(text: str, question: str) -> str:
    """The sentence of a law's own words that shares most with a question and can be quoted alone; empty where none can."""
    asked = _content(question)
    least = 0 if not asked else 1 if len(asked) < 3 else 2
    found = [each for line in text.split("\n") for each in sentences(line) if _stands(each)]
    shares = [(len(asked & _content(each)), -n, _trimmed(each)) for n, each in enumerate(found)]
    best = max(shares, default=None)
    if best is None or best[0] < least or (_scrap(best[2]) and best[0] < least + 1):
        return ""
    return best[2]


def stem(text: str) -> bool:
    """Whether words only lead into a list that follows."""
    return text.rstrip().endswith(("—", "–", ":", "-"))


def _stands(sentence: str) -> bool:
    words = re.findall(r"[A-Za-z][\w’'-]*", sentence)
    least = _LEAST_SCRAP if _scrap(sentence) else _LEAST_WORDS
    if (
        len(words) < least
        or "\t" in sentence
        or stem(sentence)
        or _EDITORIAL.search(sentence)
        or _HANGS.match(sentence)
    ):
        return False
    long = [word for word in words if len(word) > 3]
    return not long or sum(word[0].isupper() for word in long) < _HEADING_SHARE * len(long)


def _scrap(sentence: str) -> bool:
    return sentence[:1].islower()


def _trimmed(sentence: str) -> str:
    words = re.sub(r"[;,](?:\s+(?:and|or))?$", "", sentence.strip())
    return words[1:].strip() if words.startswith("“") and words.count("“") > words.count("”") else words


def _content(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _SMALL}
