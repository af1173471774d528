"""The facts of a proposed transfer, as a person writes them down; an amount in words is a gap, never a number."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from rapidfuzz import process

from assistant.errors import BadInput
from assistant.yaml import read_mapping

_MOST_CHARACTERS = 20_000
_MOST_ITEMS = 300
_MOST_DOLLARS = Decimal(10) ** 15
_FIGURE = re.compile(r"^(?:US\$|USD|\$)?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2}0*)?\s*(?:USD|dollars)?$", re.IGNORECASE)
_YES = {"yes", "y", "true"}
_NO = {"no", "n", "false", "none"}


def _figure(value: Any) -> Any:
    """An exact amount, or the words that stand in its place; negative and endless amounts are refused."""
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, str):
        written = value.strip()
        if not (match := _FIGURE.match(written)):
            if re.match(r"^[-−(]\s*(?:US\$|USD|\$)?\s*\d", written):
                raise ValueError(f"{written} is negative or in brackets; an amount is zero or more US dollars")
            return written or None
        value = f"{match[1].replace(',', '')}{match[2] or ''}"
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is neither an amount nor words") from None
    if not amount.is_finite() or amount < 0 or amount > _MOST_DOLLARS:
        raise ValueError(f"{value} cannot be an amount; write zero or more US dollars, or words where it is not known")
    return amount


def _said(value: Any) -> Any:
    """True, False, or the words given instead."""
    if isinstance(value, str):
        _words(value)
        word = value.strip()
        if word.lower() in _YES | _NO:
            return word.lower() in _YES
        return word or None
    return value if value is None or isinstance(value, bool) else str(value)


def _words(value: Any) -> Any:
    """Text; a mapping or list is written out, so that nothing given is lost."""
    if isinstance(value, str):
        if len(value) > _MOST_CHARACTERS:
            raise ValueError(
                f"it is longer than {_MOST_CHARACTERS:,} characters; give the facts and keep the documents apart"
            )
        return value.strip() or None
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(part) or 'not stated'}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(str(_words(part) or "not stated") for part in value)
    return str(value)


def _several(value: Any) -> Any:
    if value is None:
        return ()
    found = tuple(value) if isinstance(value, list | tuple) else (value,)
    if len(found) > _MOST_ITEMS:
        raise ValueError(f"more than {_MOST_ITEMS} entries; sum up what belongs together")
    return found


Figure = Annotated[Decimal | str | None, BeforeValidator(_figure)]
Said = Annotated[bool | str | None, BeforeValidator(_said)]
Words = Annotated[str | None, BeforeValidator(_words)]
Stated = Annotated[str, BeforeValidator(_words)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Article(_Part):
    """One article or service; `mde` and `sme` are None or words where the file does not decide them."""

    item: Words = None
    usml: Words = None
    eccn: Words = None
    mde: Said = None
    sme: Said = None

    @model_validator(mode="before")
    @classmethod
    def _read_bare(cls, value: Any) -> Any:
        return {"item": value} if isinstance(value, str) else value


class Values(_Part):
    """Amounts in US dollars, each exact, in words, or not given."""

    mde: Figure = None
    total: Figure = None
    construction: Figure = None
    firearms: Figure = None
    upgrade_mde: Figure = None
    upgrade_total: Figure = None
    original_acquisition_cost: Figure = None
    current_market_value: Figure = None
    replacement_cost_less_depreciation: Figure = None
    words: Words = Field(default=None, exclude=True)

    def amount(self, measure: str) -> Decimal | None:
        """The exact amount of a measure; None where it is not given or is words."""
        value = getattr(self, measure)
        return value if isinstance(value, Decimal) else None

    def gaps(self) -> dict[str, str]:
        """The measures given in words, with the words."""
        return {name: value for name in _MEASURES if isinstance(value := getattr(self, name), str)}


_MEASURES = tuple(name for name in Values.model_fields if name != "words")


class Case(_Part):
    """A proposed transfer. Only `id` and one of `recipient` or `request_text` are required.

    A yes-or-no key is True, False, None or words; words are a statement to be read by a person, not a yes.
    """

    id: str
    title: Words = None
    as_of: date | None = None
    route: Words = None
    recipient: Words = None
    transferor: Words = None
    end_user: Words = None
    participants: Annotated[tuple[Stated, ...], BeforeValidator(_several)] = ()
    articles: Annotated[tuple[Article, ...], BeforeValidator(_several)] = ()
    quantity: dict[str, Any] = {}
    value_usd: Values = Values()
    lease_months: Figure = None
    manufacture_abroad: Said = None
    new_sales_territory: Said = None
    funding: Words = None
    purpose: Words = None
    offsets: Words = None
    commissions: Words = None
    eum: Words = None
    human_rights_notes: Words = None
    prior_assistance: Words = None
    mtcr: Said = None
    first_introduction_of_capability: Said = None
    emergency: Said = None
    original_certification: Any = None
    certified: Any = None
    missing_facts: Annotated[tuple[Stated, ...], BeforeValidator(_several)] = ()
    known_facts: dict[str, Any] = {}
    request_text: Words = None

    @model_validator(mode="before")
    @classmethod
    def _read_loose(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        found = dict(value)
        if found.get("id") is not None:
            found["id"] = str(found["id"]).strip()
        if isinstance(found.get("value_usd"), str | int | Decimal | float):
            found["value_usd"] = {"words": str(found["value_usd"])}
        elif isinstance(found.get("value_usd"), Mapping) and "words" in found["value_usd"]:
            raise ValueError("value_usd: unknown key words")
        for key in ("quantity", "known_facts"):
            if key in found and not isinstance(found[key], Mapping):
                found[key] = {} if found[key] is None else {"stated": found[key]}
        return {key: part for key, part in found.items() if part is not None}

    @property
    def text(self) -> str:
        """Everything the case says in words, for looking up who and what it names."""
        parts = [self.title, self.route, self.recipient, self.end_user, self.purpose, self.request_text]
        return "\n".join(part for part in parts if part)


def read_case(source: str | bytes | Path | Mapping[str, Any], *, strip: tuple[str, ...] = ()) -> Case:
    """A Case from YAML text, a file or a mapping; `strip` names keys that an evaluator adds and the case never sees.

    BadInput names an unknown key and the nearest known one, a missing key, or an amount that cannot be one.
    """
    given = dict(source) if isinstance(source, Mapping) else read_mapping(source)
    for key in strip:
        given.pop(key, None)
    _refuse_unknown(given)
    try:
        case = Case.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"] if not str(part).startswith("function-"))
        message = first["msg"].removeprefix("Value error, ")
        raise BadInput(f"{key or 'case'}: {message}.", next_step="Correct that key of the case.") from None
    if not case.id:
        raise BadInput("The case has no id.", next_step="Give it one: `id: my-case`.")
    if not (case.recipient or case.request_text):
        raise BadInput(
            "The case names no recipient and has no request_text.", next_step="Add `recipient:` or `request_text:`."
        )
    return case


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    parts: list[tuple[str, Any, type[_Part]]] = [("", given, Case)]
    if isinstance(given.get("value_usd"), Mapping):
        parts.append(("value_usd.", given["value_usd"], Values))
    if isinstance(given.get("articles"), list | tuple):
        parts += [(f"articles.{n}.", a, Article) for n, a in enumerate(given["articles"], 1) if isinstance(a, Mapping)]
    for prefix, part, kind in parts:
        known = [name for name in kind.model_fields if name != "words"]
        for key in part:
            if key not in known:
                nearest = process.extractOne(str(key), known)
                raise BadInput(
                    f"Unknown key {prefix}{str(key)[:60]}; the nearest known one is {prefix}{nearest[0]}.",
                    next_step=f"Known: {', '.join(known)}.",
                )
