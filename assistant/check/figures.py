"""Amounts and numbers of days in a sentence, each with what it is said of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = {"": 1, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "b": 10**9}  # fmt: skip
NUMBERS = {
    word: number
    for number, words in {
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten", 12: "twelve",
        14: "fourteen", 15: "fifteen", 20: "twenty", 25: "twenty-five", 30: "thirty", 40: "forty", 45: "forty-five", 50: "fifty",
        11: "eleven", 13: "thirteen", 18: "eighteen", 21: "twenty-one", 24: "twenty-four", 35: "thirty-five", 75: "seventy-five",
        60: "sixty", 90: "ninety", 100: "one hundred|hundred", 120: "one hundred twenty", 180: "one hundred eighty",
        200: "two hundred", 300: "three hundred",
    }.items()
    for word in words.split("|")
}  # fmt: skip
_SPELT = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
_MONEY = re.compile(
    rf"(?:US|USD ?)?\$ ?(?P<n>\d[\d,]*(?:\.\d+)?)(?:[ -]?(?P<u>thousand|million|billion|bn|mn|[kmb])\b)?"
    rf"|\b(?P<n2>\d[\d,]*(?:\.\d+)?|{_SPELT})[ -](?P<u2>thousand|million|billion) (?:U\.?S\.? )?dollars\b"
    rf"|\b(?:USD|US dollars) ?(?P<n3>\d[\d,]*(?:\.\d+)?)(?:[ -]?(?P<u3>thousand|million|billion|bn|mn|[kmb])\b)?",
    re.I,
)
_SPAN = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{_SPELT})(?:\s?\((?P<p>\d{{1,4}})\))?[ -](?P<kind>(?:calendar|business|working|legislative|session|fiscal|consecutive|notional|informal) )?"
    r"(?P<unit>day|week|month|year|percent|hour)s?\b|(?P<pc>\d{1,3}(?:\.\d+)?) ?%",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Dollars, and where in the sentence."""

    usd: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days, months, years or percent, how counted, and where in the sentence."""

    number: float
    unit: str
    kind: str
    start: int
    end: int


def amounts(said: str) -> Iterator[Amount]:
    """Every amount of dollars."""
    for match in _MONEY.finditer(said):
        number = match["n"] or match["n2"] or match["n3"]
        unit = (match["u"] or match["u2"] or match["u3"] or "").lower()
        value = NUMBERS.get(number.lower())
        try:
            usd = (float(number.replace(",", "")) if value is None else value) * _UNITS[unit]
        except ValueError:
            continue
        yield Amount(round(usd), match.start(), match.end())


def lengths(said: str) -> Iterator[Length]:
    """Every length of time and percentage."""
    for match in _SPAN.finditer(said):
        if match["pc"]:
            yield Length(float(match["pc"]), "percent", "", match.start(), match.end())
            continue
        number = match["n"].lower()
        value = NUMBERS.get(number)
        yield Length(
            float(number) if value is None else float(value), match["unit"].lower(), (match["kind"] or "").strip().lower(),
            match.start(), match.end(),
        )  # fmt: skip


def figures_of(text: str, unit: str) -> set[float]:
    if unit == "dollars":
        return {float(a.usd) for a in amounts(text)}
    # "30 calendar days (15 for NATO)" and "15 or 30 days" give both numbers.
    found = {number for one in lengths(text) for number, kind in [in_months(one)] if kind == unit}
    if unit == "day":
        for match in _LISTED.finditer(text):
            found.add(float(match[1] or match[2]))
    if unit == "month" and re.search(r"\b(?:annual|yearly|each year|every year|one-year)\b", text, re.I):
        found.add(12.0)
    return found


_LISTED = re.compile(
    r"\b(\d{1,4})(?:,? (?:or|and|to|for)\b|,|-)(?=[^.;]{0,60}\bdays?\b)|\bdays?\b[^.;]{0,20}\((\d{1,4})\b", re.I
)


def in_months(one: Length) -> tuple[float, str]:
    return (
        (one.number * 12, "month")
        if one.unit == "year"
        else (one.number * 7, "day")
        if one.unit == "week"
        else (one.number, one.unit)
    )
