"""Patterns made from rows of tables, compiled once: there are more of them than the standard library keeps."""

import re
from functools import lru_cache


@lru_cache(1 << 13)
def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, compiled when it is first asked for."""
    return re.compile(text, flags)
