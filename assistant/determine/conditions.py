"""The conditions that rows of the tables are written on, each True, False, or None where the case does not decide it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from assistant.case import Case
from assistant.determine.exemption import excluded, mtcr_category_i
from assistant.determine.notice import Notice
from assistant.determine.parties import Parties
from assistant.determine.routes import certified, manufactures
from assistant.determine.said import answer, any_of, article_text, matches, says, supplied
from assistant.gates import Gates, Route, Sensitive
from assistant.law import instrument_of
from assistant.rules import GROUP, Rules

Conditions = dict[str, bool | None]

_EXCESS = (r"\bexcess\b", r"\bEDA\b")


def find_conditions(
    case: Case, route: Route | None, parties: Parties, notice: Notice, rules: Rules, on: date
) -> Conditions:
    """Every condition by name."""
    gates = rules.gates
    required = notice.notification.required
    found: Conditions = {
        "may_require": required is not False,
        "required": required,
        "not_required": required is False,
        "emergency": notice.emergency,
        "emergency_doubtful": notice.emergency is None,
        "route_known": route is not None,
        "recipient_known": bool(parties.countries or parties.bodies) or parties.known,
        "region_qme": "qme" in parties.regions,
        "certified": certified(case, gates),
        "group_high": parties.amounts == (GROUP,),
        "group_clock": parties.group == GROUP,
        "new_territory": parties.new_territory,
        "excepted": notice.excepted,
        "abroad": notice.abroad,
        "aukus_excluded": excluded(case, gates),
        "excess": matches(_EXCESS, f"{case.route} {case.title} {article_text(case)}"),
        "mixed_end_use": bool(parties.also) and len(parties.clocks) > 1,
        "amounts_known": bool(notice.notification.tests),
        "human_rights_notes": supplied(gates, case, "human_rights_notes"),
        "offsets_stated": case.offsets is not None,
        "first_introduction": answer(gates, case.first_introduction_of_capability),
        "aukus_claimed": says(gates, "aukus", case.route),
        "manufacture": manufactures(case, gates),
        "upkeep": says(gates, "upkeep", f"{case.purpose} {case.title}"),
        "parts": says(gates, "parts", article_text(case)),
        "lead_nation": bool(case.participants) or says(gates, "lead nation", case.text),
        "proscribed": _on_list("denial", parties, gates, on),
        "eccn_unknown": bool(route and route.series) and (not case.articles or any(a.eccn is None for a in case.articles)),
        "articles_unclear": not case.articles or any(not (a.usml or a.eccn) and not isinstance(a.mde, bool) for a in case.articles),
        "origin_unknown": not says(gates, "origin", f"{case.route} {case.title}"),
    }  # fmt: skip
    for name in ("qme", "qme-protected", "620c", "taiwan", "cyprus", "aukus"):
        found[f"list_{name}"] = _on_list(name, parties, gates, on)
    found["qme_unclear"] = _on_list("qme-unclear", parties, gates, on)
    found |= _of_articles(case, rules) | _of_money(case, gates) | _of_end_user(case, gates)
    found["part_130"] = _part_130(case, route, found, rules, on)
    return found


def holds(when: Iterable[str], conditions: Conditions) -> bool:
    """Whether every condition of a row is decided its way; what is not decided holds for neither."""
    return all(
        conditions.get(name[4:]) is False if name.startswith("not ") else conditions.get(name) is True for name in when
    )


def sensitive(
    case: Case, rows: tuple[Sensitive, ...], conditions: Conditions, gates: Gates, on: date
) -> tuple[list[Sensitive], list[Sensitive]]:
    """The sensitive kinds that articles are of by their words or paragraph, and those they may be of."""
    sure: dict[str, Sensitive] = {}
    perhaps: dict[str, Sensitive] = {}
    for row in (row for row in rows if row.covers(on)):
        for article in case.articles:
            named = matches(row.words, article.item) or matches(row.usml, article.usml)
            needed = conditions.get(row.needs) if row.needs else True
            if named and needed and not (says(gates, "parts", article.item) and not matches(row.usml, article.usml)):
                sure[row.id] = row
            elif (named and needed is not False) or matches(row.perhaps, article.item):
                perhaps[row.id] = row
    return list(sure.values()), [row for key, row in perhaps.items() if key not in sure]


def _on_list(name: str, parties: Parties, gates: Gates, on: date) -> bool | None:
    if not parties.countries:
        return None if not parties.bodies else False
    return any(gates.listed(name, country, on) is not None for country in parties.countries)


def _of_articles(case: Case, rules: Rules) -> Conditions:
    gates = rules.gates
    text = f"{article_text(case)} {case.request_text or ''} {case.title or ''}"
    mde = any_of([a.mde if isinstance(a.mde, bool) else None for a in case.articles] or [None])
    value = case.value_usd.amount("mde")
    heavy = any_of([a.sme if isinstance(a.sme, bool) else None for a in case.articles] or [None])
    missile = says(gates, "missile", text) or (case.mtcr is not None and case.mtcr is not False)
    category = mtcr_category_i(case, gates)
    return {
        "mde_or_unknown": mde is not False or bool(value),
        "sme": heavy,
        "sme_or_unknown": heavy is not False,
        "firearms": any(says(gates, "category I usml", a.usml) or (not a.usml and says(gates, "firearms", a.item)) for a in case.articles) or case.value_usd.firearms is not None,
        "missile": missile and case.mtcr is not False,
        "mtcr_category_i": category,
        "mtcr_unknown": missile and category is None,
    }  # fmt: skip


def _of_money(case: Case, gates: Gates) -> Conditions:
    text = f"{case.route or ''} {case.funding or ''}"
    given = says(gates, "assistance", text)
    own = says(gates, "national funds", text)
    return {
        "assistance": True if given else False if own or case.funding or case.route else None,
        "dod_funds": says(gates, "dod funds", text),
    }


def _of_end_user(case: Case, gates: Gates) -> Conditions:
    forces = says(gates, "forces", case.end_user)
    return {
        "forces": True if forces else False if says(gates, "civilian", case.end_user) else None,
        "forces_absent": not forces and says(gates, "civilian", case.end_user),
    }


def _part_130(case: Case, route: Route | None, found: Conditions, rules: Rules, on: date) -> bool | None:
    if route is None or not route.licensed or found["forces_absent"]:
        return False
    total = case.value_usd.amount("total")
    rows = [
        row.amount for row in rules.gates.reports
        if row.covers(on) and route.id in row.routes and instrument_of(row.provision) == instrument_of("22 CFR part 130")
    ]  # fmt: skip
    return None if total is None or not rows else total >= Decimal(min(rows))
