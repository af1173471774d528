"""Verify that a quotation stands in a text.

Two texts are alike if they differ only in: dashes and the spaces round them; quotation marks, single or double,
straight or curly; kinds and numbers of spaces; soft hyphens and zero-width characters; ligatures; Markdown's
backslashes. Words may be left out only where "...", ". . ." or "[...]" says so, each part of two words or more, in
order. A part may begin with its first letter in brackets, "[T]he", whatever its case in the text. Everything else must
stand there as written, from the beginning of a word or number to the end of one.
"""

import re
import unicodedata
from dataclasses import dataclass

from assistant.cite.clean import Cleaned, rewrite
from assistant.cite.pattern import Pattern

_SILENT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASH = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_FOLDED = Pattern(
    rf"\s{{0,3}}(?:\.(?:\s?\.){{2,3}}|\u2026)|[\s{_SILENT}{_DASH}]+|['\u2018\u2019\u201a\u201b\u2032`\u00b4]{{1,2}}"
    rf"|[\"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]|\\(?=[!-/:-@\[-`{{-~])|[\ufb00-\ufb06]"
)
_ANY_DASH = Pattern(rf"[{_DASH}]")
_HYPHEN = frozenset("-\u2010\u2011")
_ELLIPSIS = Pattern(r" ?(?:\[ ?\.\.\. ?\]|\.\.\.) ?")
_WORD = Pattern(r"\w+")
_LETTER = Pattern(r"[^\W\d_]")
_BRACKETED = Pattern(r"\[([A-Za-z])\](?=\w|')")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a quotation stands: offsets into the text, a span for each part that an ellipsis divides."""

    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.spans[-1][1]


def verify(quote: str, text: str) -> Match | None:
    """Where a quotation stands in a text, or None: an empty quotation, or one of a single word, stands nowhere."""
    wanted = fold(quote).text.strip()
    if not _enough(wanted):
        return None
    folded = fold(text)
    whole = _find(wanted, folded, text, 0)
    if whole:
        return _match([whole], folded)
    parts = [part for part in _ELLIPSIS.split(wanted) if part]
    if (len(parts) == 1 and parts[0] == wanted) or not all(_enough(part) for part in parts):
        return None
    found: list[tuple[int, int]] = []
    for part in parts:
        span = _find(part, folded, text, found[-1][1] if found else 0)
        if span is None:
            return None
        found.append(span)
    return _match(found, folded)


def fold(text: str) -> Cleaned:
    """A text with the differences that do not matter to a quotation taken out."""
    return rewrite(text, _FOLDED, _plain)


def _plain(run: str) -> list[tuple[int, str, bool]]:
    return [(0, _replacement(run), False)]


def _replacement(run: str) -> str:
    if run[0] in "\\":
        return ""
    if run[-1] in ".\u2026":
        return "..."
    if "\ufb00" <= run[0] <= "\ufb06":
        return unicodedata.normalize("NFKC", run)
    if run[0].isspace() or run[0] in _SILENT or _ANY_DASH.match(run):
        if _ANY_DASH.search(run):
            return "-"
        return "" if "\u00ad" in run or run.strip(_SILENT) == "" else " "
    return "'"


def _enough(part: str) -> bool:
    """Whether a part has two words and a letter, so that finding it says something."""
    return len(_WORD.findall(part)) > 1 and _LETTER.search(part) is not None


def _find(part: str, folded: Cleaned, text: str, after: int) -> tuple[int, int] | None:
    found: list[tuple[int, int]] = []
    for wanted in _spellings(part):
        start = folded.text.find(wanted, after)
        while start >= 0:
            if _stands_alone(folded, text, start, start + len(wanted)):
                found.append((start, start + len(wanted)))
                break
            start = folded.text.find(wanted, start + 1)
    return min(found, key=lambda span: span[1]) if found else None


def _spellings(part: str) -> list[str]:
    match = _BRACKETED.match(part)
    if not match:
        return [part]
    rest = part[match.end() :]
    return [part, match[1].lower() + rest, match[1].upper() + rest]


def _stands_alone(folded: Cleaned, text: str, start: int, end: int) -> bool:
    """Whether a span neither begins nor ends inside a word, a number or a hyphenated word."""
    plain = folded.text
    before, after = plain[max(0, start - 2) : start], plain[end : end + 2]
    if plain[start].isalnum() and before:
        if before[-1].isalnum() or (plain[start].isdigit() and re.fullmatch(r"\d[.,]", before)):
            return False
        if before[-1] == "-" and _hyphenates(text, folded.origin(start - 1)):
            return False
    if plain[end - 1].isalnum() and after:
        if after[0].isalnum() or (plain[end - 1].isdigit() and re.fullmatch(r"[.,]\d", after)):
            return False
        if after[0] == "-" and _hyphenates(text, folded.origin(end)):
            return False
    return True


def _hyphenates(text: str, place: int) -> bool:
    """Whether a hyphen, and not a dash, stands between two words at a place in the original."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return text[place] in _HYPHEN and len(around) == 2 and around.isalnum()


def _match(spans: list[tuple[int, int]], folded: Cleaned) -> Match:
    return Match(tuple((folded.origin(start), folded.origin_end(end)) for start, end in spans))
