"""The form for a case: its fields as markup, from a case and back into one."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

from assistant.errors import BadInput
from assistant.yaml import read_mapping
from ui.markup import Html, element, together

ROUTES = ("FMS", "DCS", "EAR", "grant", "lease", "third-party transfer")
ARTICLES = 6
_SHOWN_ARTICLES = 2
_YES_NO = ("mtcr", "first_introduction_of_capability", "emergency", "manufacture_abroad", "new_sales_territory")
_LABELS = {
    "id": "Name of the case", "title": "Title", "recipient": "Recipient", "end_user": "End user", "transferor": "Transferor",
    "participants": "Participants, by commas", "purpose": "Purpose", "funding": "Funding", "offsets": "Offsets", "commissions": "Fees and commissions",
    "eum": "End-use monitoring", "human_rights_notes": "Human-rights information in the file", "prior_assistance": "Earlier assistance",
    "lease_months": "Lease, in months", "request_text": "The request in its own words", "missing_facts": "Facts known to be missing, one a line",
    "mtcr": "Missile technology (MTCR) item", "first_introduction_of_capability": "First introduction of the capability", "emergency": "Emergency determined",
    "manufacture_abroad": "Manufacture abroad", "new_sales_territory": "New sales territory",
    "value_usd.mde": "Major defense equipment, $", "value_usd.total": "Total, $", "value_usd.construction": "Design and construction, $",
    "value_usd.firearms": "Category I firearms, $", "value_usd.upgrade_mde": "Upgraded MDE, $", "value_usd.upgrade_total": "Upgraded total, $",
    "value_usd.original_acquisition_cost": "Original acquisition cost, $", "value_usd.current_market_value": "Current market value, $",
    "value_usd.replacement_cost_less_depreciation": "Replacement cost less depreciation, $",
}  # fmt: skip
_KINDS = {
    "policy-justification": "Policy justification", "transmittal": "Transmittal to Congress", "cat-analysis": "CAT analysis",
    "notification": "Notification decision", "country-team-assessment": "Country team assessment", "retransfer": "Retransfer consent",
    "human-rights": "Human-rights review", "congressional-qa": "Congressional Q&A",
}  # fmt: skip
_HINTS = {
    "value_usd.mde": "30 million",
    "value_usd.total": "45,000,000",
    "recipient": "Japan",
    "funding": "national funds, FMF …",
}
_SUM = re.compile(
    r"(?:US)?\$?\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,6})?)\s*(?P<times>thousand|million|billion|[kmb]|bn)?(?: dollars| USD)?",
    re.ASCII | re.IGNORECASE,
)
_TIMES = {"": 1, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "b": 10**9, "bn": 10**9}
_FIRST = ("recipient", "end_user", "value_usd.mde", "value_usd.total", "purpose", "funding")
_MORE = (
    "id", "title", "transferor", "participants", "value_usd.original_acquisition_cost", "value_usd.construction", "value_usd.firearms",
    "value_usd.upgrade_mde", "value_usd.upgrade_total", "value_usd.current_market_value", "value_usd.replacement_cost_less_depreciation",
    "lease_months", "offsets", "commissions", "eum", "human_rights_notes", "prior_assistance",
)  # fmt: skip
_LONG = frozenset({"purpose", "human_rights_notes", "request_text", "missing_facts"})


def form(kinds: Sequence[str], values: Mapping[str, Any] | None = None, kind: str = "") -> Html:
    """The whole form, filled with a case's own values."""
    flat = _flat(values or {})
    shown = flat.pop("__articles__", [])
    rest = {
        key: value
        for key, value in (values or {}).items()
        if key in {"quantity", "known_facts", "original_certification", "certified"}
    }
    options = [element("option", kind_words(each), value=each, selected=each == kind) for each in kinds]
    return element(
        "form",
        element("div", _labelled("Memo", "case-kind", element("select", *options, id="case-kind", name="kind")), _route(str(flat.get("route", ""))), class_="grid"),
        element("div", *(_field(name, flat) for name in _FIRST), class_="grid"),
        _articles(shown),
        element(
            "details", element("summary", "More facts"),
            element("div", *(_field(name, flat) for name in _MORE), *(_yes_no(name, flat) for name in _YES_NO), class_="grid"),
            _field("missing_facts", flat), _field("request_text", flat),
            class_="fold", open=any(name in flat for name in (*_MORE, *_YES_NO, "request_text", "missing_facts") if name not in {"id", "title"}),
        ),
        element("input", type="hidden", name="rest", value=json.dumps(rest)),
        element(
            "div",
            element("button", "Draft the memo", type="submit", class_="go"),
            element("button", "Save the case", type="submit", class_="quiet", name="do", value="save"),
            element("label", "Load a case", element("input", type="file", accept=".yaml,.yml", data_reads="load"), class_="quiet file"),
            class_="buttons",
        ),
        data_does="draft", data_live="fill", aria_label="Facts of the case", class_="case",
    )  # fmt: skip


def kind_words(kind: str) -> str:
    """The name of a kind of memo for a reader."""
    return _KINDS.get(kind, kind.replace("-", " ").capitalize())


def _labelled(words: str, id: str, field: Html) -> Html:
    return element("div", element("label", words, for_=id), field, class_="labelled")


def _route(value: str) -> Html:
    known = [element("option", value=each) for each in (*ROUTES, "FMS funded with FMF")]
    field = element(
        "input",
        id="case-route",
        name="route",
        value=value,
        list="case-routes",
        maxlength="200",
        autocomplete="off",
        placeholder="FMS, DCS, grant, lease …",
    )
    return _labelled("Route", "case-route", together(field, element("datalist", *known, id="case-routes")))


def _field(name: str, flat: Mapping[str, Any]) -> Html:
    id = f"case-{name.replace('.', '-').replace('_', '-')}"
    value = str(flat.get(name, ""))
    if name in _LONG:
        field = element("textarea", value, id=id, name=name, rows="2", maxlength="20000")
        return element("div", element("label", _LABELS[name], for_=id), field, class_="labelled long")
    return _labelled(
        _LABELS[name],
        id,
        element(
            "input", id=id, name=name, value=value, maxlength="2000", autocomplete="off", placeholder=_HINTS.get(name)
        ),
    )


def _yes_no(name: str, flat: Mapping[str, Any]) -> Html:
    id = f"case-{name.replace('_', '-')}"
    return _labelled(_LABELS[name], id, _choice(name, id, flat.get(name)))


def _choice(name: str, id: str, value: Any) -> Html:
    """Yes, no, not known, or the words the case gives instead."""
    written = {True: "yes", False: "no", "true": "yes", "false": "no"}.get(value, str(value or ""))
    listed = dict.fromkeys(["", "yes", "no", written])
    options = [element("option", each or "not known", value=each, selected=each == written) for each in listed]
    return element("select", *options, id=id, name=name)


def _articles(given: Sequence[Mapping[str, Any]]) -> Html:
    rows = [
        _article(number, given[number] if number < len(given) else {}) for number in range(max(ARTICLES, len(given)))
    ]
    first = max(_SHOWN_ARTICLES, len(given))
    more = element("details", element("summary", "More articles"), *rows[first:]) if rows[first:] else Html()
    return element("fieldset", element("legend", "Articles and services"), *rows[:first], more, class_="articles")


def _article(number: int, given: Mapping[str, Any]) -> Html:
    n = number + 1

    def text(key: str, label: str) -> Html:
        field = element(
            "input",
            name=f"articles.{n}.{key}",
            value=str(given.get(key) or ""),
            aria_label=f"{label} of article {n}",
            placeholder=label,
            maxlength="500",
        )
        return element("span", field, class_=f"of-{key}")

    def asked(key: str, label: str, title: str) -> Html:
        return element(
            "label",
            element("abbr", label, title=title),
            " ",
            _choice(f"articles.{n}.{key}", f"case-articles-{n}-{key}", given.get(key)),
        )

    return element(
        "div",
        text("item", "Item"),
        text("usml", "USML"),
        text("eccn", "ECCN"),
        asked("mde", "MDE", "Major defense equipment"),
        asked("sme", "SME", "Significant military equipment"),
        class_="article",
    )


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """A case's keys as the form names them."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value in ([], {}, ""):
            continue
        if key == "value_usd":
            flat |= (
                {f"value_usd.{k}": v for k, v in value.items() if v is not None}
                if isinstance(value, Mapping)
                else {"value_usd.total": value}
            )
        elif key == "articles":
            listed = value if isinstance(value, list) else [value]
            flat["__articles__"] = [each if isinstance(each, Mapping) else {"item": each} for each in listed]
        elif key == "participants":
            flat[key] = ", ".join(map(str, value)) if isinstance(value, list) else value
        elif key == "missing_facts":
            flat[key] = "\n".join(map(str, value)) if isinstance(value, list) else value
        elif not isinstance(value, Mapping | list):
            flat[key] = value
    return flat


def case_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """The case that a filled form tells, ready for reading; what is left empty is not given."""
    case: dict[str, Any] = {}
    values: dict[str, str] = {}
    articles: dict[int, dict[str, str]] = {}
    for name, written in told.items():
        value = str(written).strip()
        if not value or name in {"does", "kind", "do", "rest"}:
            continue
        head, _, key = name.partition(".")
        if head == "value_usd" and f"value_usd.{key}" in _LABELS:
            values[key] = _amount(value)
        elif head == "articles":
            number, _, what = key.partition(".")
            if number.isdigit() and len(number) < 4 and what in {"item", "usml", "eccn", "mde", "sme"}:
                articles.setdefault(int(number), {})[what] = value
        elif name == "participants":
            case[name] = [each.strip() for each in value.split(",") if each.strip()]
        elif name == "missing_facts":
            case[name] = [each.strip() for each in value.splitlines() if each.strip()]
        elif name == "route" or name in _LABELS:
            case[name] = value
    case |= _rest(str(told.get("rest", "")))
    if values:
        case["value_usd"] = values
    if articles:
        case["articles"] = [articles[number] for number in sorted(articles)]
    return {"id": case.pop("id", "case"), **case}


def _amount(written: str) -> str:
    """A sum of money typed in a field for one, in plain digits; words that are no exact sum stay words, and a gap."""
    typed = _SUM.fullmatch(written)
    if typed is None:
        return written
    times = Decimal(_TIMES[(typed["times"] or "").lower()])
    sum_ = Decimal(typed["digits"].replace(",", "")) * times
    return str(int(sum_)) if sum_ == int(sum_) else str(sum_)


def _rest(written: str) -> dict[str, Any]:
    """What a loaded case gives that the form has no field for."""
    try:
        found = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return {}
    kept = {"quantity", "known_facts", "original_certification", "certified"}
    return {key: value for key, value in found.items() if key in kept} if isinstance(found, dict) else {}


def read_yaml(text: str) -> dict[str, Any]:
    """The keys of a case file, without what an evaluator adds; BadInput where it is none."""
    try:
        found = dict(read_mapping(text.encode()))
    except UnicodeEncodeError:
        raise BadInput("The file is not text.", next_step="Load a case in YAML.") from None
    for key in ("expected", "add"):
        found.pop(key, None)
    return {str(key): value for key, value in found.items()}


def as_yaml(case: Mapping[str, Any]) -> str:
    """The case as a file that can be loaded again, and that `pincite draft` takes."""
    return str(
        yaml.safe_dump(json.loads(json.dumps(case, default=str)), sort_keys=False, allow_unicode=True, width=100)
    )
