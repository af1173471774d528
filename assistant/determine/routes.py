"""Which route a case takes."""

import re

from assistant.case import Case
from assistant.determine.said import answer, article_text, matches, says
from assistant.gates import Gates, Route


def find_route(case: Case, gates: Gates) -> Route | None:
    """The route by the case's own words, or its enhancement where it amends something certified; None where it names none."""
    named = next((route for route in gates.routes if matches(route.words, case.route)), None)
    if named is None:
        return None
    ahead = gates.route("drawdown (ahead)")
    if ahead is not None and named.id == "drawdown (interest)" and matches(ahead.words, f"{case.purpose} {case.title}"):
        return ahead
    upgraded = gates.route(f"{named.id} upgrade")
    return upgraded if upgraded is not None and amends(case, gates) else named


def amends(case: Case, gates: Gates) -> bool:
    """Whether a case is an enhancement or upgrade of what was certified before."""
    values = case.value_usd
    given = values.upgrade_mde is not None or values.upgrade_total is not None
    return (given or case.original_certification not in (None, False, "")) and certified(case, gates) is not False


def certified(case: Case, gates: Gates) -> bool | None:
    """Whether Congress was notified before, as the case says."""
    said = case.certified
    if said is None or isinstance(said, bool):
        return said
    return answer(gates, said) if isinstance(said, str) and says(gates, "negative", said) else True


def manufactures(case: Case, gates: Gates) -> bool | None:
    """Whether the agreement is for manufacture abroad; None where its words do not say."""
    said = case.manufacture_abroad
    if isinstance(said, bool):
        return said
    if isinstance(said, str):
        decided = answer(gates, said)
        return decided if decided is not None or says(gates, "unknown", said) else True
    return None if says(gates, "manufacture", f"{case.route} {case.title} {article_text(case)}") else False


def route_in_request(text: str, gates: Gates) -> str | None:
    """The words of a request that plainly name a route, if they name one alone."""
    known = gates.words.get("route in a request")
    found = [m[0] for words in known.words if (m := re.search(words, text, re.IGNORECASE))] if known else []
    return found[0] if len(found) == 1 else None
