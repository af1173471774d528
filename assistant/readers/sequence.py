"""How deep a designator such as (i) stands, told by the sequence it continues or starts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.readers.designators import spell, styles

_TOKEN = re.compile(r"\(([a-z]{1,6}|[A-Z]{1,5}|\d{1,3})\)")
_FIRST = ("1", "a", "i", "A", "I")
_WIDEST_GAP = 4
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Level:
    """The designator last seen at one depth: its style (`1 a i A I`) and its place in that style's order."""

    style: str
    place: int

    @property
    def token(self) -> str:
        """The designator as printed."""
        return spell(self.style, self.place)

    def after(self, steps: int = 1) -> "Level":
        """The level some places on."""
        return Level(self.style, self.place + steps)


def leading(text: str) -> tuple[tuple[str, ...], str]:
    """The designators a paragraph starts with, such as ("c", "i"), and the rest of it."""
    tokens: list[str] = []
    rest = text
    while match := _TOKEN.match(rest):
        if len(tokens) == _DEEPEST or (tokens and match[1] not in _FIRST):
            break
        tokens.append(match[1])
        rest = rest[match.end() :].lstrip()
    return tuple(tokens), rest


def place(stack: Sequence[Level], token: str, ahead: Sequence[str], *, opens: bool) -> tuple[Level, ...] | None:
    """The stack after a token; None where the token continues no sequence and starts none.

    Where it could do both, as (i) can after (h), the reading whose next designator comes first in `ahead` wins;
    failing that, a clause that ends with a colon (`opens`) takes it as its child.
    """
    readings = _continuing(stack, token, 1)
    if token in _FIRST and not (stack and stack[-1] == Level(token, 1)):
        readings.insert(0 if opens else len(readings), (*stack, Level(token, 1)))
    for steps in range(2, _WIDEST_GAP + 1):
        # Where the copy lost a clause, a later token still belongs to its level.
        readings = readings or _continuing(stack, token, steps)
    if len(readings) < 2:
        return readings[0] if readings else None
    return min(readings, key=lambda reading: _distance(reading[-1], ahead))


def tail(stack: Sequence[Level]) -> str:
    """The stack as an id's tail: (a)(1)(i)."""
    return "".join(f"({level.token})" for level in stack)


def _continuing(stack: Sequence[Level], token: str, steps: int) -> list[tuple[Level, ...]]:
    found = styles(token)
    return [
        (*stack[:depth], level.after(steps))
        for depth, level in reversed(list(enumerate(stack)))
        if found.get(level.style) == level.place + steps
    ]


def _distance(level: Level, ahead: Sequence[str]) -> int:
    """How soon the next designator of a level comes; a level just begun does not reach past another beginning."""
    end = ahead.index(level.token) if level.place == 1 and level.token in ahead else len(ahead)
    following = level.after().token
    return ahead.index(following, 0, end) if following in ahead[:end] else len(ahead)
