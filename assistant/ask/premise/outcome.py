"""That a transfer is or is not certified, stated of a value and recipient for which the dated tables say otherwise."""

import re

from assistant.ask.notify import proposal as told
from assistant.ask.notify import words
from assistant.ask.premise.found import Finding, corrected
from assistant.phrase import day, dollars
from assistant.retrieve import Asked
from assistant.rules import Rules, Threshold

_NOTICE = r"(?:notif\w+|certif\w+|reported|notice|go(?:es)? (?:up )?to (?:Congress|the Hill)|sent to Congress|tell(?:ing)? Congress)"
_NEGATIVE = re.compile(
    rf"\b(?:no|not|never|neither|without|nothing|exempt\w*|free|escapes?|avoids?|isn['’]t|aren['’]t|needn['’]t|doesn['’]t|don['’]t|won['’]t)\b[^.;]{{0,40}}\b{_NOTICE}|\bexempt from\b|\bbelow the (?:threshold|line|amount)|\bunder the (?:threshold|line|amount)|\bnot (?:reach|cross|meet)",
    re.I,
)
_POSITIVE = re.compile(
    rf"\b(?:must|has to|have to|needs?|requires?|required|is|are|shall)\b(?: be| a| an)?(?: \w+)? {_NOTICE}|\b(?:above|over|crosses|reaches|meets) the (?:threshold|line|amount)",
    re.I,
)
_ASKED = re.compile(
    rf"(?:^|[.;:!] )(?:so |and |but )?(?:is|are|must|may|can|does|do|will|would|should|has|have)\b.*{_NOTICE}.*\?",
    re.I,
)
_UNSURE = re.compile(r"\b(?:if|whether|unless|suppose|or not|may|might|was|were|had)\b", re.I)


def wrong_outcome(asked: Asked, said: str, rules: Rules) -> Finding | None:
    """A statement that one transfer is, or is not, certified, against the amounts for its route, measure and recipient."""
    if not said or _UNSURE.search(said) or _ASKED.search(asked.text):
        return None
    denied, claimed = _NEGATIVE.search(said), _POSITIVE.search(said)
    proposals = told.read_proposals(asked, rules)
    if (bool(denied) == bool(claimed) and not denied) or len(proposals) != 1:
        return None
    one = proposals[0]
    route = one.route
    if (
        route not in {"FMS", "DCS", "retransfer"}
        or not one.values
        or not all(_given(asked, v, said) for v in one.values.values())
    ):
        return None
    group = rules.group_of(one.countries, one.bodies, asked.on) or one.group
    if group is None and set(one.values) != {"firearms"}:
        return None
    rows = {m: row for m in one.values if (row := rules.threshold(route, m, group or "others", asked.on))}
    met = [rows[m] for m, value in one.values.items() if m in rows and value >= rows[m].amount]
    if denied and met:
        return _told(asked, route, one.values, met[0], reaches=True)
    least = rules.threshold(route, "mde", group or "others", asked.on)
    surely_below = all(
        m in rows
        and value < (rows[m].amount if m != "total" or least is None or "mde" in one.without else least.amount)
        for m, value in one.values.items()
    )
    if claimed and not denied and surely_below and rows:
        return _told(asked, route, one.values, next(iter(rows.values())), reaches=False)
    return None


def _given(asked: Asked, usd: int, said: str) -> bool:
    """Whether an amount stands in what is stated."""
    return any(a.usd == usd and asked.text[a.start : a.end] in said for a in asked.amounts)


def _told(asked: Asked, route: str, values: dict[str, int], row: Threshold, *, reaches: bool) -> Finding:
    value = values[row.measure]
    how = "reaches" if reaches else "is below"
    text = (
        f"On {day(asked.on)} the amount for {words.ROUTE_TEXT.get(route, route)}, {row.measure}, {row.group}, is {dollars(row.amount)}"
        f" ({row.provision}): {dollars(value)} {how} it, so that it is {'' if reaches else 'not '}to be certified on that ground."
    )
    return corrected(text, row.provision)
