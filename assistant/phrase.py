"""How dates, money, numbers and lists are written in words."""

from collections.abc import Sequence
from datetime import date

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
_TENS = {word: 10 * number for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}  # fmt: skip
# Whole numbers below a hundred as they are spelt.
SPELT = (
    {word: number for number, word in enumerate(_ONES)}
    | _TENS
    | {f"{ten}-{one}": number + _ONES.index(one) for ten, number in _TENS.items() for one in _ONES[1:10]}
)


def day(on: date) -> str:
    """9 April 2025."""
    return f"{on.day} {on:%B %Y}"


def dollars(amount: int) -> str:
    """$14 million, $13.9 million, $1.2 billion, $500,000."""
    for unit, name in ((10**9, "billion"), (10**6, "million")):
        if amount >= unit and amount % (unit // 1000) == 0:
            value = f"{amount / unit:.3f}".rstrip("0").rstrip(".")
            return f"${value} {name}"
    return f"${amount:,}"


def joined(parts: Sequence[str]) -> str:
    """One, two and three."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
