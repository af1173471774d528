"""The exemption for Australia and the United Kingdom: whether a case claims it, and whether its own words take it out again."""

import re
from datetime import date

from assistant.case import Case
from assistant.determine.parties import Parties
from assistant.determine.said import answer, says
from assistant.gates import Gates

_EXCLUDED_LIST = re.compile(r"\bsupplement\b|\bexcluded (technology|technologies|item|article)s?\b", re.IGNORECASE)
_OUTSIDE_LIST = re.compile(r"\b(not|no(?!\. ?\d)|none|nothing|outside|neither)\b", re.IGNORECASE)
_UNAPPROVED = re.compile(
    r"\bnot (?:yet )?(?:an? |on |among |listed|enrolled|approved|registered|all )+[^.;]*\b(?:authori[sz]ed users?|approved|registered)\b|\bno authori[sz]ed user", re.IGNORECASE
)  # fmt: skip
_PARTIES = re.compile(r"\bauthori[sz]ed users?\b", re.IGNORECASE)
_UNSETTLED = re.compile(r"\b(whether|confirm\w*|unclear|check\w*|if)\b", re.IGNORECASE)


def exempt(case: Case, parties: Parties, gates: Gates, on: date) -> bool:
    """Whether the case claims the exemption on a day and to countries for which it lifts the notifications."""
    claimed = says(gates, "aukus", case.route) and bool(parties.countries) and not excluded(case, gates)
    return claimed and all(gates.listed("aukus-exempt", country, on) for country in parties.countries)


def excluded(case: Case, gates: Gates) -> bool:
    """Whether a known fact of the case says that an item is excluded or a party not approved, or it is MTCR Category I."""
    if mtcr_category_i(case, gates) is True:
        return True
    for key, value in case.known_facts.items():
        said = f"{key.replace('_', ' ')}: {value}"
        if _UNSETTLED.search(said):
            continue
        if _EXCLUDED_LIST.search(said) and not _OUTSIDE_LIST.search(str(value)):
            return True
        if _PARTIES.search(said) and _UNAPPROVED.search(said):
            return True
    return False


def mtcr_category_i(case: Case, gates: Gates) -> bool | None:
    """Whether an item is MTCR Category I; a range figure or a bare yes does not say."""
    if case.mtcr is False:
        return False
    if not isinstance(case.mtcr, str) or says(gates, "unknown", case.mtcr):
        return None
    if says(gates, "category ii", case.mtcr):
        return None if says(gates, "category i", case.mtcr) else False
    if says(gates, "category i", case.mtcr):
        return True
    return answer(gates, case.mtcr)
