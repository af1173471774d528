"""What a question says of a transfer: its route, its recipients, and which measure each amount is of."""

import re
from dataclasses import dataclass, replace

from assistant.ask.notify import words
from assistant.phrase import SPELT
from assistant.retrieve import Asked, find_amounts
from assistant.rules import BODIES, GROUP, OTHERS, Rules

_TO = r"(?:\bto|\bfor|\binto|\bin|\bon) (?:the (?:government|army|navy|air force|armed forces|ministry\s\w+|military) of )?(?:the )?$"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A transfer as a question puts it. `values` are US dollars by measure; `without` are measures it says are absent.

    `group` is the group that the words name where no recipient is named.
    """

    route: str | None
    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    group: str | None
    values: dict[str, int]
    without: frozenset[str]
    measures: tuple[str, ...]
    licensed_origin: bool = False
    months: int | None = None
    sides: tuple[str, ...] = ()

    @property
    def recipients(self) -> tuple[str, ...]:
        """The countries and bodies named."""
        return (*self.countries, *self.bodies)


def read_proposals(asked: Asked, rules: Rules) -> list[Proposal]:
    """One proposal for the question, or one for each part of it that names its own amount and recipient."""
    whole = _read(asked.text, rules)
    parts = [part for text in _parts(asked.text) if (part := _read(text, rules)).values and part.recipients]
    if len(parts) < 2:
        return [whole]
    return [_filled(part, whole) for part in parts]


def _filled(part: Proposal, whole: Proposal) -> Proposal:
    """A part with what only the whole says: its route, and the one measure where the part names none."""
    values = part.values
    if not part.measures and len(whole.measures) == 1 and "total" in values:
        values = {whole.measures[0]: values["total"]}
    return replace(
        part,
        route=part.route or whole.route,
        values=values,
        without=part.without | whole.without,
        measures=part.measures or whole.measures,
        months=part.months or whole.months,
    )


def _parts(text: str) -> list[str]:
    return re.split(
        r"(?<=[a-z)])[.?;]\s+|;\s*|,?\s+\b(?:and|but|while|whereas|versus|vs\.?)\s+(?=(?:an?|the|one|another|\$)\b|\$)",
        text,
    )


def _read(text: str, rules: Rules) -> Proposal:
    without = frozenset({"mde"} if re.search(words.NOT_MDE, text, re.I) else ())
    plain = re.sub(words.NOT_MDE, lambda m: " " * len(m[0]), text, flags=re.I)
    countries, bodies = rules.find_countries(text), rules.find_bodies(text)
    route = route_in(text)
    sides: tuple[str, ...] = ()
    if route == "retransfer" or (
        len(countries) > 1 and route in {None, "DCS", "FMS"} and _moves(text, rules, countries)
    ):
        route, sides = "retransfer", countries
        countries = _receiving(text, rules, countries)
    return Proposal(
        route=route,
        countries=countries,
        bodies=bodies,
        group=_group_words(text, bodies),
        values=_values(_at_first_cost(plain) if route == "retransfer" else plain, without),
        without=without,
        measures=tuple(m for m, (pattern, _) in words.MEASURES.items() if re.search(pattern, plain, re.I)),
        licensed_origin=route == "retransfer" and re.search(words.LICENSED_ORIGIN, text, re.I) is not None,
        months=_months(text),
        sides=tuple(side for side in sides if side not in countries),
    )


def route_in(text: str) -> str | None:
    """The route that words name; None where they name none."""
    for route, pattern in words.ROUTES.items():
        if re.search(pattern, text, re.I):
            return route
    return "FMS" if re.search(words.SALE, text, re.I) else None


def _moves(text: str, rules: Rules, countries: tuple[str, ...]) -> bool:
    """Whether goods go from one foreign country named to another."""
    names = {name: country for country in countries for name in rules.countries[country]}
    one = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    verb = r"(?:give|giving|donat\w+|transfer\w*|send\w*|sell\w*|pass(?:es|ed|ing)?|hand(?:s|ed|ing)?|provid\w+|lend\w*|move\w*|ship\w*)"
    return (
        re.search(
            rf"(?:{one})(?:['’]s)?(?: \w+){{0,3}} to (?:the )?(?:{one})"
            rf"|(?:{one})(?:['’]s)?(?: \w+){{0,4}} {verb}\b[^.?;]{{0,80}}?(?:{one})",
            text,
        )
        is not None
    )


def _receiving(text: str, rules: Rules, countries: tuple[str, ...]) -> tuple[str, ...]:
    """Of the countries in a retransfer, those that receive: named after `to`, else all but the first."""
    if not countries:
        return ()
    named = {name: country for country in countries for name in rules.countries[country]}
    pattern = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    found = [named[match[0]] for match in re.finditer(pattern, text) if re.search(_TO, text[: match.start()])]
    found = [country for country in found if not re.search(rf"\bfrom (?:the )?{re.escape(country)}", text)]
    if found:
        return tuple(dict.fromkeys(found))
    return countries[1:] or countries


def both_routes(text: str) -> bool:
    """Whether a question asks of foreign military sales and of licensed exports alike."""
    return all(re.search(words.ROUTES[route], text, re.I) for route in ("FMS", "DCS"))


def _group_words(text: str, bodies: tuple[str, ...]) -> str | None:
    if bodies:
        return BODIES
    if re.search(
        r"\bNATO[- ]?(?:plus|\+)|\bNATO[- ](?:members?|countr|all(?:y|ies)|state)|\bmembers? (?:\w+ )?of NATO\b",
        text,
        re.I,
    ):
        return GROUP
    if re.search(
        r"\bnon-NATO\b|\bother countr|\ball other\b|\bnon-allied\b|\beveryone else\b|\banyone else\b", text, re.I
    ):
        return OTHERS
    return None


def _at_first_cost(text: str) -> str:
    """The text without amounts that are what goods are worth now: a retransfer is measured by what was first paid."""
    return re.sub(words.WORTH_NOW, lambda m: " " * len(m[0]), text, flags=re.I)


def _values(text: str, without: frozenset[str]) -> dict[str, int]:
    """Which measure each amount is of: the nearest measure's word in its own clause, else the total."""
    found: dict[str, int] = {}
    amounts = find_amounts(text)
    for amount in amounts:
        measure = _measure_of(text, amount.start, amount.end, [a.start for a in amounts])
        if measure in without:
            measure = "total"
        if found.get(measure, -1) < amount.usd:
            found[measure] = amount.usd
    return found


def _measure_of(text: str, start: int, end: int, starts: list[int]) -> str:
    nearest, least = "total", 40
    for measure, (pattern, _) in words.MEASURES.items():
        for match in re.finditer(pattern, text, re.I):
            gap = max(match.start() - end, start - match.end(), 0)
            between = text[min(end, match.end()) : max(start, match.start())]
            if re.search(words.PART_OF, between, re.I) or re.search(r"[.?;]\s", between):
                continue
            crossed = sum(
                min(end, match.end()) <= other < max(start, match.start()) for other in starts if other != start
            )
            cost = gap + 30 * crossed + 10 * len(re.findall(r"[,;]|\band\b|\bwith\b", between)) * (match.end() <= start)
            if cost < least:
                nearest, least = measure, cost
    if nearest == "total" and len(starts) == 1 and least == 40:
        named = {m for m, (pattern, _) in words.MEASURES.items() if m != "total" and re.search(pattern, text, re.I)}
        whole = re.search(r"\b(?:only|purely|solely|entirely|all)\b", text, re.I) or _stands_alone(text, start)
        if len(named) == 1 and whole:
            return named.pop()
    return nearest


def _stands_alone(text: str, start: int) -> bool:
    """Whether an amount's own sentence names no sale it could be the total of: it is then of what was spoken of before."""
    sentence = re.split(r"[.?;]\s+", text[:start])[-1] + re.split(r"[.?;](?:\s|$)", text[start:])[0]
    return len(sentence) < len(text.strip(" .?")) and not re.search(words.SALE, sentence, re.I)


_NUMBERS = SPELT | {"a": 1, "an": 1}


def _months(text: str) -> int | None:
    """How many months a lease runs, where a question says."""
    found = re.search(rf"\b(\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[- ](year|month)s?\b", text, re.I)
    if found is None:
        return None
    number = int(found[1]) if found[1].isdigit() else _NUMBERS[found[1].lower()]
    return number * (12 if found[2].lower() == "year" else 1)
