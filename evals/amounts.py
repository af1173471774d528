"""Amounts, clocks and counts in a text, however they are written."""

import re

_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "b": 1e9}
_MONEY = re.compile(
    r"(?:\$|\busd)\s?(\d[\d,]*(?:\.\d+)?)[-\s]?(thousand|million|billion|[kmb]\b)?"
    r"|(?<![\w.,$])(\d[\d,]*(?:\.\d+)?)[-\s](thousand|million|billion)\b(?:[-\s](?:u\.?s\.? )?dollars?)?",
    re.I,
)
_NUMBER = re.compile(
    rf"(?<![\w.,$(/§-])(\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:st|nd|rd|th)?\b"
    r"((?:[-\s]+[a-z][a-z-]*){0,3}|\s?%)",
    re.I,
)
_UNITS = {
    "day": "day", "days": "day", "month": "month", "months": "month", "year": "year", "years": "year", "week": "week",
    "weeks": "week", "hour": "hour", "hours": "hour", "percent": "percent", "%": "percent", "shipments": "shipment",
    "copies": "copy",
}  # fmt: skip

Amount = tuple[str, float]


def amounts(text: str) -> frozenset[Amount]:
    """Every sum of money and every count of days, months, years, percent: ("usd", 14e6), ("day", 30.0)."""
    found: set[Amount] = set()
    for match in _MONEY.finditer(text):
        value, scale = match[1] or match[3], match[2] or match[4] or ""
        found.add(("usd", _value(value) * _SCALES.get(scale.lower(), 1.0)))
    for match in _NUMBER.finditer(text):
        for word in re.split(r"[-\s]+", match[2].strip().lower()):
            if word in _UNITS:
                found.add((_UNITS[word], _value(match[1])))
                break
    return frozenset(found)


def gives(text: str, figure: str) -> bool:
    """Whether a text gives a figure: an amount or a clock by its value, anything else by its number and last word."""
    wanted = amounts(figure)
    if wanted:
        return wanted <= amounts(text)
    match = _NUMBER.search(figure)
    if match is None:
        return figure.lower() in text.lower()
    value, noun = _value(match[1]), match[2].split()[-1].lower().rstrip("s") if match[2].split() else ""
    return any(
        _value(other[1]) == value and (not noun or noun in text[other.end(1) : other.end(1) + 60].lower())
        for other in _NUMBER.finditer(text)
    )


def _value(written: str) -> float:
    word = written.lower()
    return float(_WORDS[word]) if word in _WORDS else float(written.replace(",", ""))
