"""A request in one line, made into a case with its gaps: only what is plainly stated is taken."""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from pydantic import ValidationError

from assistant.case import Article, Case, Values
from assistant.determine.parties import named
from assistant.determine.routes import route_in_request
from assistant.determine.said import says
from assistant.rules import Rules

_AMOUNT = re.compile(
    r"(?:US)?\$ ?\d[\d,]*(?:\.\d+)?(?: ?(?:thousand|million|billion|[kmb]n?)\b)?|\b\d[\d,]*(?:\.\d+)? ?(?:thousand|million|billion)\b(?: (?:US )?dollars)?", re.IGNORECASE
)  # fmt: skip
_EXACT = re.compile(r"^(?:US)?\$ ?\d[\d,]*$")
_LABELS = {"mde": r"\bMDE\b|major defense equipment", "total": r"\btotal\b"}
_NEAR = 24
_MOST_AMOUNTS = 5
_MOST_WORDS = 200


def complete(case: Case, rules: Rules) -> Case:
    """The case with what its request and its known facts plainly state, where its own keys are empty."""
    if not case.request_text and not case.known_facts:
        return case
    found: dict[str, Any] = {}
    for key in ("recipient", "route", "end_user", "purpose", "funding", "transferor"):
        value = case.known_facts.get("country" if key == "recipient" and "country" in case.known_facts else key)
        if getattr(case, key) is None and isinstance(value, str) and value.strip():
            found[key] = value.strip()
    text = case.request_text or ""
    if case.recipient is None and "recipient" not in found:
        countries, bodies = named(text, rules)
        if len(countries) + len(bodies) == 1:
            found["recipient"] = (*countries, *bodies)[0]
    if case.route is None and "route" not in found and (route := route_in_request(text, rules.gates)):
        found["route"] = route
    if case.value_usd == Values() and (values := _values(case, text, rules)):
        found["value_usd"] = values
    article = case.known_facts.get("article")
    if not case.articles and isinstance(article, str) and article.strip():
        found["articles"] = (Article(item=article.strip()),)
    return case.model_copy(update=found) if found else case


def _values(case: Case, text: str, rules: Rules) -> Values | None:
    given: dict[str, Any] = {key: case.known_facts[key] for key in ("mde", "total") if key in case.known_facts}
    if given:
        return _exact(given)
    if stated := case.known_facts.get("value"):
        return Values(words=str(stated)[:_MOST_WORDS])
    amounts = list(islice(_AMOUNT.finditer(text), _MOST_AMOUNTS))
    if len(amounts) == 1:
        amount = amounts[0]
        around = text[max(amount.start() - _NEAR, 0) : amount.end() + _NEAR]
        labels = [key for key, words in _LABELS.items() if re.search(words, around, re.IGNORECASE)]
        hedged = says(rules.gates, "hedge", text[max(amount.start() - _NEAR, 0) : amount.start()])
        if len(labels) == 1 and not hedged and _EXACT.match(amount[0].strip()):
            return _exact({labels[0]: amount[0].strip()})
    if not amounts:
        return None
    phrases = [text[max(text.rfind(" ", 0, max(m.start() - 2, 0)), 0) : m.end()].strip() for m in amounts]
    return Values(words="; ".join(phrases)[:_MOST_WORDS])


def _exact(given: Mapping[str, Any]) -> Values:
    """The amounts; as words where one of them cannot be an amount."""
    try:
        return Values.model_validate(given)
    except ValidationError:
        return Values(words="; ".join(f"{key}: {value}" for key, value in given.items())[:_MOST_WORDS])
