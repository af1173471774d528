"""The facts a case supplies, as words for a memo's sentences. What a case says is data, never a template or a clause."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from assistant.case import Article, Case
from assistant.phrase import dollars, joined
from assistant.plain import plain

_UNSAID = re.compile(
    r"^(?:not (?:yet )?(?:stated|given|known|available|provided)|unknown|unclear|tb[dcn]|to be (?:determined|confirmed|decided)"
    r"|n/?k|\?+|-+|none given)$",
    re.IGNORECASE,
)
_MEASURES = {
    "mde_value": "mde",
    "total_value": "total",
    "construction_value": "construction",
    "firearms_value": "firearms",
    "upgrade_mde_value": "upgrade_mde",
    "upgrade_total_value": "upgrade_total",
    "acquisition_cost": "original_acquisition_cost",
    "market_value": "current_market_value",
    "replacement_cost": "replacement_cost_less_depreciation",
}
_WORDS = (
    "route", "recipient", "transferor", "end_user", "funding", "purpose", "offsets", "commissions", "eum",
    "human_rights_notes", "prior_assistance", "request_text",
)  # fmt: skip
_SAID = ("manufacture_abroad", "new_sales_territory", "mtcr", "first_introduction_of_capability", "emergency")
NAMES = {
    "route": "Route", "recipient": "Recipient", "transferor": "Transferring party", "end_user": "End user",
    "participants": "Participants", "articles": "Articles", "quantity": "Quantity",
    "mde_value": "Value of major defense equipment", "total_value": "Total value",
    "construction_value": "Value of design and construction services", "firearms_value": "Value of Category I firearms",
    "upgrade_mde_value": "Value of the upgrade's major defense equipment",
    "upgrade_total_value": "Total value of the upgrade", "acquisition_cost": "Original acquisition cost",
    "market_value": "Current market value", "replacement_cost": "Replacement cost less depreciation",
    "value_words": "Value, in words", "lease_months": "Length of the lease in months",
    "manufacture_abroad": "Manufacture abroad", "new_sales_territory": "New sales territory", "funding": "Funding",
    "purpose": "Purpose", "offsets": "Offsets", "commissions": "Fees and commissions", "eum": "End-use monitoring",
    "human_rights_notes": "Human-rights information", "prior_assistance": "Prior assistance and cases",
    "mtcr": "Missile Technology Control Regime item", "first_introduction_of_capability": "First introduction of a capability",
    "emergency": "Emergency", "original_certification": "Original certification", "certified": "Certified before",
    "request_text": "The request as received",
}  # fmt: skip


class Supplied:
    """The facts of one case by slot: words for a sentence, or None where the case does not say."""

    def __init__(self, case: Case) -> None:
        found: dict[str, str | None] = {name: _words(getattr(case, name)) for name in _WORDS}
        found |= {name: _said(getattr(case, name)) for name in _SAID}
        found |= {slot: _amount(getattr(case.value_usd, measure)) for slot, measure in _MEASURES.items()}
        found["value_words"] = _words(case.value_usd.words)
        found["participants"] = _words(", ".join(case.participants))
        found["articles"] = _words("; ".join(filter(None, map(_article, case.articles))))
        found["quantity"] = _words(_pairs(case.quantity))
        found["lease_months"] = None if case.lease_months is None else _words(str(case.lease_months))
        found["original_certification"] = _words(_value(case.original_certification))
        found["certified"] = _words(_value(case.certified))
        found["purchaser"] = found["recipient"]
        found["emergency_claimed"] = found["emergency"] if found["emergency"] != "no" else None
        found["mtcr_open"] = found["mtcr"] if found["mtcr"] != "no" else None
        self.known = {_key(key): _words(_value(value)) for key, value in case.known_facts.items()}
        self._yes = {_key(key) for key, value in case.known_facts.items() if _is_yes(value)}
        self._facts = {slot: words or self._known(slot) for slot, words in found.items()}

    def fact(self, slot: str) -> str | None:
        """What the case says of a slot; `known.x` reads its known facts. KeyError for a slot that does not exist."""
        if slot.startswith("known."):
            return self.known.get(_key(slot.removeprefix("known.")))
        return self._facts[slot]

    def _known(self, slot: str) -> str | None:
        """A known fact under a slot's own name, or its singular: what a one-line request gives instead of the key."""
        names = (slot, slot.removesuffix("s"), *(("value",) if slot == "value_words" else ()))
        return next((words for name in names if (words := self.known.get(name))), None)

    def true(self, name: str) -> bool:
        """Whether a known fact is plainly yes."""
        return _key(name.removeprefix("known.")) in self._yes

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Everything the case says, named, in a fixed order."""
        stated = [(NAMES[slot], words) for slot in NAMES if (words := self._facts[slot])]
        shown = {words for _, words in stated}
        others = ((key.replace("_", " ").capitalize(), words) for key, words in self.known.items() if words)
        return (*stated, *((name, words) for name, words in others if words not in shown))


def one_line(text: str) -> str:
    """Text on one line without controls, escapes or invisible characters."""
    return re.sub(r"\s+", " ", plain(text)).strip()


def _words(value: str | None) -> str | None:
    line = one_line(value) if value else ""
    return None if not line or _UNSAID.match(line.rstrip(".")) else line.rstrip(".")


def _said(value: bool | str | None) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _words(value)


def _amount(value: Decimal | str | None) -> str | None:
    if isinstance(value, Decimal):
        return dollars(int(value)) if value == value.to_integral_value() else f"${value:,}"
    return _words(value)


def _article(article: Article) -> str:
    marks = [f"USML {article.usml}" if article.usml else "", f"ECCN {article.eccn}" if article.eccn else ""]
    for name, value in (("major defense equipment", article.mde), ("significant military equipment", article.sme)):
        if isinstance(value, bool):
            marks.append(name if value else f"not {name}")
        elif value:
            marks.append(f"{name}: {value}")
    shown = ", ".join(filter(None, marks))
    return f"{article.item or 'an article not named'}{f' ({shown})' if shown else ''}"


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _pairs(value)
    if isinstance(value, list | tuple):
        return joined([_value(part) for part in value])
    return str(value)


def _pairs(mapping: Mapping[str, Any]) -> str:
    return ", ".join(f"{str(key).replace('_', ' ')}: {_value(value) or 'not stated'}" for key, value in mapping.items())


def _key(name: object) -> str:
    return re.sub(r"\W+", "_", one_line(str(name)).lower()).strip("_")


def _is_yes(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in {"yes", "y", "true"})
