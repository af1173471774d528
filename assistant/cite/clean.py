"""Normalise text for matching, and remember where every character came from."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from assistant.cite.pattern import Pattern

_ODD = Pattern(r"(?! (?=[\x21-\x7e]))[^\x21-\x7e]+")
_PARAGRAPH = Pattern(r"\n[ \t\r\f\v]*\n|[\u2029\x0c]")

# Letters that look like Latin ones (Unicode TS 39, the part of its table that a citation can be written with).
_LOOKALIKES = {
    "A": "\u0410\u0391\ua4ee", "B": "\u0412\u0392\ua4d0", "C": "\u0421\ua4da", "D": "\u0500\ua4d2",
    "E": "\u0415\u0395\ua4f0", "F": "\ua4dd", "G": "\u050c\ua4d6", "H": "\u041d\u0397\ua4e7",
    "I": "\u0406\u0399\ua4f2", "J": "\u0408\ua4d9", "K": "\u041a\u039a\ua4d7", "L": "\ua4e1", "M": "\u041c\u039c",
    "N": "\u039d\ua4e0", "O": "\u041e\u039f\u0555\ua4f3", "P": "\u0420\u03a1\ua4d1", "R": "\ua4e3",
    "S": "\u0405\ua4e2", "T": "\u0422\u03a4\ua4d4", "U": "\ua4f4", "V": "\u0474\ua4e6", "W": "\ua4ea",
    "X": "\u0425\u03a7\ua4eb", "Y": "\u0423\u03a5\ua4ec", "Z": "\u0396\ua4dc", "a": "\u0430\u0251",
    "c": "\u0441\u03f2\u1d04", "d": "\u0501", "e": "\u0435", "g": "\u0261\u0581", "h": "\u04bb",
    "i": "\u0456\u03b9\u0131", "j": "\u0458\u03f3", "k": "\u043a", "l": "\u04cf\u2113",
    "o": "\u043e\u03bf\u0585\u1d0f", "p": "\u0440\u03c1", "s": "\u0455", "t": "\u0442", "u": "\u057d\u0578",
    "v": "\u03bd\u1d20", "w": "\u051d", "x": "\u0445", "y": "\u0443\u04af",
}  # fmt: skip
_READS_AS = {odd: plain for plain, odds in _LOOKALIKES.items() for odd in odds}
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043")
_QUOTES = {"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"'}
_KEPT = frozenset("§¶")
# Soft hyphens and joiners are left behind by printers and web pages; bidi controls and tags are not.
_SILENT = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text made plain; `origin` and `origin_end` lead back to the text it was made from."""

    text: str
    at: tuple[int, ...]
    to: tuple[int, ...]
    lookalikes: tuple[int, ...] = ()

    def origin(self, start: int) -> int:
        """Where the character at `start` began."""
        place = bisect_right(self.at, start) - 1
        return self.to[place] + start - self.at[place]

    def origin_end(self, end: int) -> int:
        """Where the character before `end` ended."""
        return self.origin(end - 1) + 1 if end else 0

    def lookalike(self, start: int, end: int) -> bool:
        """Whether anything from `start` to `end` was written with characters that only look like it, or hidden ones."""
        place = bisect_left(self.lookalikes, start)
        return place < len(self.lookalikes) and self.lookalikes[place] < end


def clean(text: str) -> Cleaned:
    """Plain ASCII (and § and ¶) for matching; what only looked like ASCII is remembered as such."""
    return rewrite(text, _ODD, _plain_run)


def rewrite(text: str, pattern: Pattern, plain: Callable[[str], list[tuple[int, str, bool]]]) -> Cleaned:
    """Put what `plain` makes of each match (offset, replacement, whether odd) in its place."""
    parts: list[str] = []
    at, to, flagged = [0], [0], []
    length = position = 0
    for match in pattern.finditer(text):
        parts.append(text[position : match.start()])
        length += match.start() - position
        for offset, replacement, odd in plain(match[0]):
            at.extend(range(length, length + len(replacement)))
            to.extend([match.start() + offset] * len(replacement))
            if odd:
                flagged.append(length)
            parts.append(replacement)
            length += len(replacement)
        position = match.end()
        at.append(length)
        to.append(position)
    parts.append(text[position:])
    return Cleaned("".join(parts), tuple(at), tuple(to), tuple(flagged))


def _plain_run(run: str) -> list[tuple[int, str, bool]]:
    """The run's characters made plain, each with its offset; spaces become one, a blank line a line break."""
    found: list[tuple[int, str, bool]] = []
    space = -1
    for offset, character in enumerate(run):
        plain, odd = _plain(character)
        if plain == " ":
            space = offset if space < 0 else space
            continue
        if space >= 0 and plain:
            found.append((space, _space(run[space:offset]), False))
            space = -1
        if plain or odd:
            found.append((offset, plain, odd))
    if space >= 0:
        found.append((space, _space(run[space:]), False))
    return found


def _space(run: str) -> str:
    return "\n" if _PARAGRAPH.search(run) else " "


@lru_cache(maxsize=4096)
def _plain(character: str) -> tuple[str, bool]:
    """What a character reads as, and whether it only looks so or hides."""
    if character in _KEPT or "!" <= character <= "~":
        return character, False
    if character in _DASHES:
        return "-", False
    if character in _QUOTES:
        return _QUOTES[character], False
    if character in _SILENT:
        return "", False
    if character in _READS_AS:
        return _READS_AS[character], True
    category = unicodedata.category(character)
    if character.isspace() or category in ("Zs", "Zl", "Zp", "Cc"):
        return " ", False
    if category == "Cf":
        return "", True
    if category in ("Mn", "Me"):
        return "", not unicodedata.name(character, "").startswith("VARIATION SELECTOR")
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit), True
    return _folded(character)


def _folded(character: str) -> tuple[str, bool]:
    folded = unicodedata.normalize("NFKC", character)
    if folded.isascii() and folded.isprintable():
        return folded, unicodedata.category(character) != "Po" and not _is_ligature(character)
    plain = "".join(_READS_AS.get(part, part) for part in folded)
    return (plain, True) if plain.isascii() else (character, False)


def _is_ligature(character: str) -> bool:
    return "\ufb00" <= character <= "\ufb06"
