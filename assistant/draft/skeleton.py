"""A one-line request as a case file: what it plainly states filled in, and a line for each fact it leaves open."""

import json
from datetime import date

from assistant.case import Case
from assistant.desk import Desk
from assistant.determine import skeleton
from assistant.draft.memo import Needed
from assistant.draft.supplied import one_line

_OPEN = ("end_user", "purpose", "funding", "offsets", "commissions", "eum", "human_rights_notes", "prior_assistance")


def case_of(request: str) -> Case:
    """The case that a request in words makes."""
    return Case(id="request", request_text=one_line(request))


def as_yaml(case: Case, needed: tuple[Needed, ...], desk: Desk, on: date) -> str:
    """A case file to fill: its keys, and as remarks the facts needed with their clauses."""
    whole = skeleton.complete(case, desk.rules)
    lines = [f"id: {_text(whole.id)}", f"as_of: '{on.isoformat()}'", f"request_text: {_text(whole.request_text or '')}"]
    lines += [
        f"route: {_text(whole.route)}"
        if whole.route
        else "# route: FMS, DCS, EAR, grant, lease or third-party transfer"
    ]
    lines += [f"recipient: {_text(whole.recipient)}" if whole.recipient else "# recipient:"]
    lines += ["# articles:", "#   - item:", "#     usml:", "#     mde:"] if not whole.articles else ["articles:"]
    lines += [f"  - item: {_text(article.item or '')}" for article in whole.articles]
    lines += _values(whole)
    for key in _OPEN:
        value = getattr(whole, key)
        lines.append(f"{key}: {_text(value)}" if value else f"# {key}:")
    lines += ["# Facts needed, each with the clause that turns on it:"]
    lines += [f"#   - {one_line(need.fact)}{f' ({need.cite})' if need.cite else ''}" for need in needed]
    return "\n".join(lines) + "\n"


def _values(case: Case) -> list[str]:
    given = case.value_usd
    exact = [f"  {key}: {amount}" for key in ("mde", "total") if (amount := getattr(given, key)) is not None]
    if exact:
        return ["value_usd:", *exact]
    remark = (
        f"# value_usd, in exact dollars (the request says: {one_line(given.words)}):" if given.words else "# value_usd:"
    )
    return [remark, "#   mde:", "#   total:"]


def _text(words: str) -> str:
    """Words as a YAML scalar on one line, whatever is in them."""
    return json.dumps(one_line(words), ensure_ascii=False)
