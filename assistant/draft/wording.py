"""Facts needed, put in words: no keys of a case file, and nothing asked twice over."""

import re

from assistant.draft.supplied import NAMES, one_line

_KEY = re.compile(r"\b[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*\b|\b[a-z]+(?:_[a-z]+)+\b")
_WORD = re.compile(r"[a-z][a-z-]{2,}")
_EMPTY = frozenset(
    {"the", "and", "for", "each", "any", "that", "with", "whether", "which", "whose", "its", "from", "thi"}
)
_VALUES = {
    "value_usd.mde": "the value of major defense equipment in U.S. dollars",
    "value_usd.total": "the total value in U.S. dollars",
    "value_usd.construction": "the value of design and construction services in U.S. dollars",
    "value_usd.firearms": "the value of Category I firearms in U.S. dollars",
    "value_usd.upgrade_mde": "the value of the upgrade's major defense equipment in U.S. dollars",
    "value_usd.upgrade_total": "the total value of the upgrade in U.S. dollars",
    "value_usd.original_acquisition_cost": "the original acquisition cost in U.S. dollars",
    "value_usd.current_market_value": "the current market value in U.S. dollars",
    "value_usd.replacement_cost_less_depreciation": "the replacement cost less depreciation in U.S. dollars",
    "value_usd": "the value in U.S. dollars",
    "missing_facts": "the facts named as missing",
    "known_facts": "the known facts",
}
_SHARED = 0.8
_UNOFFICIAL = frozenset({"Taiwan"})
_ARTICLE = re.compile(
    r"^(?:United |Republic of |Kingdom of |Netherlands$|Philippines$|Bahamas$|Gambia$|Maldives$)| (?:Republic|Islands)$"
)


def worded(fact: str) -> str:
    """A fact wanted on one line, with each key of a case file in words."""
    return _KEY.sub(lambda match: _words(match[0]), one_line(fact))


def alike(wanted: str, listed: str) -> bool:
    """Whether a fact wanted is one listed already in other words: nearly all words of it, or of its first phrase, are the other's."""
    theirs = _content(listed)
    head = re.split(r"[,;:(]", wanted)[0]
    return any(
        len(mine) > 1 and len(mine & theirs) >= _SHARED * len(mine) for mine in (_content(wanted), _content(head))
    )


def _content(fact: str) -> set[str]:
    spelled = fact.casefold().replace("mde", "major defense equipment").replace("u.s.", "united states")
    return {word.rstrip("s") for word in _WORD.findall(spelled)} - _EMPTY


def government_of(country: str) -> str:
    """A country as a purchaser; one that is dealt with through an office of its own keeps its name."""
    if country in _UNOFFICIAL:
        return country
    return f"The Government of {'the ' if _ARTICLE.search(country) else ''}{country}"


def _words(key: str) -> str:
    if key in _VALUES:
        return _VALUES[key]
    name = NAMES.get(key)
    if name:
        return name[:1].lower() + name[1:]
    return key.replace(".", ": ").replace("_", " ") if "_" in key else key
