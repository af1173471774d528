"""A memo or a cable written all in capitals, put into the letters its words would have, character for character."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.check.memo import Memo

_LETTER = re.compile(r"[A-Za-z]")
_FEW = 16
_MOSTLY = 0.85
_ACRONYMS = re.compile(
    r"\b(?:u\.s\.c|u\.s|usc|cfr|c\.f\.r|aeca|faa|itar|ear|samm|nato|nspa|fms|dcs|mde|sme|qme|fmf|eda|loas?|lors?|aukus|dsca|ddtc|bis|ia|dod|dow"
    r"|eo|e\.o|nsm|nspm|nsdd|ppd|pdd|pd|uae|uk|mnnas?|mtcr|usml|eccn|cta|tpts?|mlas?|taas?|cat|omb|pub\. l|fr)\b"
)
_NAMES = re.compile(
    r"\b(?:secretary of (?:state|war|defense|commerce|the treasury)|department of (?:state|war|defense|commerce)|state department|congress|president|senate|house"
    r"|speaker|committee|arms export control act|foreign assistance act|leahy|federal register|middle east|israel|executive order"
    r"|january|february|march|april|may(?= \d)|june|july|august|september|october|november|december)\b"
)
_SMALL = {"of", "the"}


def lettered(memo: Memo, countries: Callable[[str], Iterable[str]]) -> Memo:
    """The memo with its lines in capitals made plain; `countries` finds the names of countries in a text."""
    ends = [*memo.lines[1:], len(memo.plain)]
    lines = [memo.plain[start:end] for start, end in zip(memo.lines, ends, strict=True)]
    if not any(map(_capital, lines)):
        return memo
    letters = list("".join(_line(line, countries) if _capital(line) else line for line in lines))
    for sentence in memo.sentences:
        if first := _LETTER.search(memo.plain, sentence.start, sentence.end):
            letters[first.start()] = letters[first.start()].upper()
    return replace(memo, plain="".join(letters))


def _capital(line: str) -> bool:
    letters = _LETTER.findall(line)
    return len(letters) >= _FEW and sum(letter.isupper() for letter in letters) >= _MOSTLY * len(letters)


def _line(line: str, countries: Callable[[str], Iterable[str]]) -> str:
    low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in line)
    low = _ACRONYMS.sub(lambda m: m[0].upper(), low)
    low = _NAMES.sub(lambda m: _titled(m[0]), low)
    for name in countries(line.title()):
        low = re.sub(rf"\b{re.escape(name)}\b", name, low, flags=re.I)
    return low


def _titled(words: str) -> str:
    return " ".join(word if word in _SMALL else word[:1].upper() + word[1:] for word in words.split(" "))
