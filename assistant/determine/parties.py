"""Who receives, and which country groups the amounts and the clock follow."""

from dataclasses import dataclass
from datetime import date

from assistant.case import Case
from assistant.determine.said import answer, matches, says
from assistant.rules import BODIES, GROUP, OTHERS, Rules


@dataclass(frozen=True, slots=True)
class Parties:
    """The recipients of a case.

    `amounts` and `clocks` hold the group, or each group that may apply where the case leaves it open, strictest first;
    empty where a recipient is not known. `also` are countries that only the end user names.
    """

    countries: tuple[str, ...]
    bodies: tuple[str, ...]
    known: bool
    amounts: tuple[str, ...]
    clocks: tuple[str, ...]
    also: tuple[str, ...]
    regions: frozenset[str]
    new_territory: bool | None

    @property
    def group(self) -> str | None:
        """The one group of the recipients, if they have one."""
        return self.clocks[0] if len(self.clocks) == 1 else None


def find_parties(case: Case, rules: Rules, on: date) -> Parties:
    """Read recipient, participants and end user; nothing is supposed of a name the tables do not know."""
    gates = rules.gates
    countries: dict[str, None] = {}
    bodies: dict[str, None] = {}
    outside = unknown = False
    for part in (case.recipient, *case.participants):
        found, these = named(part, rules)
        countries.update(dict.fromkeys(found))
        bodies.update(dict.fromkeys(these))
        if not found and not these:
            if says(gates, "organizations", part):
                outside = True
            elif part is None or not says(gates, "home", part):
                unknown = True
    group = OTHERS if outside else rules.group_of(tuple(countries), tuple(bodies), on)
    if unknown and group != OTHERS:
        group = None
    also = tuple(c for c in named(case.end_user, rules)[0] if c not in countries) if group else ()
    clocks = (group,) if group else ()
    if group not in {None, OTHERS} and any(rules.membership(country, on) is None for country in also):
        clocks = (OTHERS, *clocks)
    territory = _territory(case, rules, on)
    amounts = clocks
    if group == GROUP and territory is not False:
        amounts = (OTHERS,) if territory else tuple(dict.fromkeys((OTHERS, *clocks)))
    text = case.text + "\n" + "\n".join(str(value) for value in case.known_facts.values())
    regions = frozenset(name for region in gates.regions if matches(region.words, text) for name in region.lists)
    return Parties(
        tuple(countries), tuple(bodies), group is not None, amounts, clocks, also,
        frozenset() if countries or bodies else regions, territory,
    )  # fmt: skip


def named(text: str | None, rules: Rules) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries and the NATO bodies that a text names."""
    if not text:
        return (), ()
    countries = rules.find_countries(text) or rules.find_countries(text.title())
    bodies = rules.find_bodies(text)
    if not countries and not bodies and BODIES in rules.groups:
        bodies = tuple(name for name in rules.groups[BODIES].names if name.casefold() in text.casefold().split())
        bodies = bodies or tuple(
            name for name in rules.groups[BODIES].names if " " in name and name.casefold() in text.casefold()
        )
    return countries, bodies


def _territory(case: Case, rules: Rules, on: date) -> bool | None:
    """Whether a new sales territory outside the group is authorized; a case that names none authorizes none."""
    given = case.new_sales_territory
    if given is None or isinstance(given, bool):
        return bool(given)
    countries, _ = named(given, rules)
    if countries:
        return any(rules.membership(country, on) is None for country in countries)
    return answer(rules.gates, given)
