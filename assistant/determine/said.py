"""Reading what a case says in words, by the patterns of the tables."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assistant.case import Case
from assistant.gates import Gates


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def matches(patterns: Iterable[str], text: str | None) -> bool:
    """Whether any pattern is found in a text."""
    return bool(text) and any(_pattern(pattern).search(text or "") for pattern in patterns)


def says(gates: Gates, name: str, text: Any) -> bool:
    """Whether a text says what the words of that name say."""
    known = gates.words.get(name)
    return known is not None and isinstance(text, str) and matches(known.words, text)


def answer(gates: Gates, value: bool | str | None) -> bool | None:
    """A yes-or-no key: True, False, or None where it is not given or its words decide nothing."""
    if value is None or isinstance(value, bool):
        return value
    if says(gates, "unknown", value):
        return None
    return False if says(gates, "negative", value) else None


def supplied(gates: Gates, case: Case, key: str) -> bool:
    """Whether a case supplies a key; words such as "not known" supply nothing."""
    value = getattr(case, key, None)
    if value is None or value == () or value == {}:
        return False
    return not (isinstance(value, str) and says(gates, "unknown", value))


def article_text(case: Case) -> str:
    """Every article's words."""
    return "\n".join(article.item for article in case.articles if article.item)


def every(values: list[bool | None]) -> bool | None:
    """True if all are, False if none is, else None; None of nothing."""
    if not values or None in values or len(set(values)) > 1:
        return None
    return values[0]


def any_of(values: list[bool | None]) -> bool | None:
    """True if any is, None if any may be, else False."""
    return True if True in values else None if None in values else False


def shown(amount: Decimal) -> str:
    """$13,999,999.99, with cents only where there are any."""
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"
