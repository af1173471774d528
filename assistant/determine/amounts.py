"""Amounts against thresholds, exactly; an amount that is not known is never supposed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.determination import Fact, Test
from assistant.determine.said import any_of, article_text, every, matches, says, shown
from assistant.gates import Route
from assistant.rules import Rules, Threshold

_NAMES = {
    "mde": "major defense equipment",
    "total": "all defense articles and services",
    "construction": "design and construction services",
    "firearms": "firearms",
}
_KEYS = {
    "mde": "MDE value",
    "total": "total value",
    "construction": "value of design and construction services",
    "firearms": "value of the firearms",
    "upgrade_mde": "cost of the enhancement or upgrade in major defense equipment",
    "upgrade_total": "total cost of the enhancement or upgrade",
    "original_acquisition_cost": "original acquisition cost (not market value)",
    "replacement_cost_less_depreciation": "replacement cost less depreciation",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What a case fixes of a measure: its value, or bounds that the other amounts set."""

    value: Decimal | None = None
    most: Decimal | None = None
    least: Decimal | None = None
    none: bool = False
    words: str = ""
    because: str = ""

    def reaches(self, amount: int) -> bool | None:
        """Whether it is at or above an amount; None where the case does not decide it."""
        if self.value is not None:
            return self.value >= amount
        if self.none:
            return False
        if self.least is not None and self.least >= amount:
            return True
        return False if self.most is not None and self.most < amount else None


def test_amounts(
    case: Case, route: Route, groups: tuple[str, ...], rules: Rules, on: date
) -> tuple[tuple[Test, ...], tuple[Fact, ...]]:
    """Each test of a route, and the amounts it lacks; where several groups may apply, only what all of them agree on."""
    tests: list[Test] = []
    facts: list[Fact] = []
    for measure, key in route.values.items():
        rows = [row for group in groups if (row := rules.threshold(route.table, measure, group, on))]
        known = _known(case, route, measure, key, rules)
        if not rows or known is None:
            continue
        outcomes = [known.reaches(row.amount) for row in rows]
        met = every(outcomes)
        tests.append(_test(rows[0], measure, known, met))
        if met is None:
            facts.append(_lacking(rows, key, known, open_group=None not in outcomes))
    return tuple(tests), tuple(facts)


def required_by(tests: tuple[Test, ...]) -> bool | None:
    """Any test met requires a certification; all must fail before none is required."""
    return any_of([test.met for test in tests]) if tests else None


def _test(row: Threshold, measure: str, known: Known, met: bool | None) -> Test:
    basis = "; ".join(part for part in (row.basis, known.because) if part)
    return Test(row.provision, _NAMES.get(measure, measure), Decimal(row.amount), known.value, met, basis)


def _lacking(rows: list[Threshold], key: str, known: Known, *, open_group: bool) -> Fact:
    name = _KEYS.get(key, key)
    if open_group:
        return Fact(
            f"whether a country outside the group is served: the {name} lies between the amounts", rows[0].provision
        )
    tail = f" (the case says “{known.words}”)" if known.words else f" ({known.because})" if known.because else ""
    against = " or ".join(dict.fromkeys(shown(Decimal(row.amount)) for row in rows))
    return Fact(f"{name}, as an exact amount{tail}, to be tested against {against}", rows[0].provision)


def _known(case: Case, route: Route, measure: str, key: str, rules: Rules) -> Known | None:
    """What is fixed of a measure; None where the case has nothing of the kind."""
    values = case.value_usd
    value = values.amount(key)
    words = values.gaps().get(key, "") or (values.words or "")
    if measure == "original acquisition cost":
        return Known(value, words=words)
    if route.values.get("mde") == route.values.get("total") and "total" in route.values:
        return _shared(case, measure, value, words)
    if measure == "construction":
        wanted = (
            value is not None
            or (words and key in values.gaps())
            or says(rules.gates, "construction", f"{case.title} {article_text(case)} {case.purpose}")
        )
        return Known(value, most=values.amount("total"), words=words) if wanted else None
    if measure == "firearms":
        return _firearms(case, value, words, rules)
    return _part_of_total(case, route, measure, value, words)


def _shared(case: Case, measure: str, value: Decimal | None, words: str) -> Known:
    """One amount for all articles: how much of it is major defense equipment follows from the articles."""
    if measure == "total":
        return Known(value, words=words)
    mde = every([a.mde if isinstance(a.mde, bool) else None for a in case.articles])
    if mde is True:
        return Known(value, words=words)
    if mde is False:
        return Known(none=True, because="no article is major defense equipment")
    return Known(
        most=value,
        words=words,
        because="" if value is None else "how much of it is major defense equipment is not stated",
    )


def _part_of_total(case: Case, route: Route, measure: str, value: Decimal | None, words: str) -> Known:
    keys = route.values
    mde = case.value_usd.amount(keys["mde"]) if "mde" in keys else None
    total = case.value_usd.amount(keys["total"]) if "total" in keys else case.value_usd.amount("total")
    if mde is not None and total is not None and mde > total:
        return Known(because="the case gives more for major defense equipment than in total")
    if measure == "total":
        return Known(value, least=mde, words=words)
    if route.series and (outside := _outside_series(case, route)) is not None and outside:
        return Known(none=True, because="no article is in the 600 series")
    if route.series and outside is None:
        return Known(
            most=value if value is not None else total, words=words, because="the ECCN is not stated for every article"
        )
    if value is None and every([a.mde if isinstance(a.mde, bool) else None for a in case.articles]) is False:
        return Known(none=True, because="no article is major defense equipment")
    bound = "it cannot exceed the total" if value is None and total is not None else ""
    return Known(value, most=total, words=words, because=bound)


def _outside_series(case: Case, route: Route) -> bool | None:
    """True where no article's control number is in the route's series, None where that is not known."""
    inside = [matches([route.series], a.eccn) if a.eccn else None for a in case.articles]
    found = any_of([*inside]) if inside else None
    return None if found is None else not found


def _firearms(case: Case, value: Decimal | None, words: str, rules: Rules) -> Known | None:
    kinds = [firearm(a.usml, a.item, rules) if a.usml or a.item else None for a in case.articles] or [None]
    if value is None and "firearms" not in case.value_usd.gaps() and any_of(kinds) is False:
        return None
    total = case.value_usd.amount("total")
    if value is None and every(kinds) is True:
        return Known(total, words=words, because="every article is a firearm" if total is not None else "")
    return Known(value, most=total, words=words)


def firearm(usml: str | None, item: str | None, rules: Rules) -> bool | None:
    """Whether an article is a Category I firearm: by its category, or by its words where it has none."""
    if usml:
        if says(rules.gates, "firearms usml", usml):
            return True
        return (
            None if says(rules.gates, "category I usml", usml) and not says(rules.gates, "other usml", usml) else False
        )
    return says(rules.gates, "firearms", item)
