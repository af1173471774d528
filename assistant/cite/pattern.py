"""Regular expressions that are compiled when first used: importing costs nothing, and most texts need few of them."""

import re
import sys
from collections.abc import Iterator


class Pattern:
    """A regular expression with the methods of `re.Pattern` that are used here."""

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match at `start`."""
        return self._ready().match(text, start)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match from `start`, as if the text ended at `end`."""
        return self._ready().search(text, start, end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, in order."""
        return self._ready().finditer(text)

    def findall(self, text: str) -> list[str]:
        """What every match, or its one group, reads."""
        return self._ready().findall(text)

    def split(self, text: str) -> list[str]:
        """The text between matches."""
        return self._ready().split(text)

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled
