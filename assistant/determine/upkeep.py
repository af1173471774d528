"""Temporary transfers for maintenance, repair or overhaul, as far as a case's own words show one."""

import re

from assistant.case import Case
from assistant.determine.said import says
from assistant.gates import Gates

UPKEEP_CLAUSE = "22 USC 2753(d)(4)(B)"
_TEMPORARY = re.compile(r"\btemporar\w+|\breturn(?:s|ed|ing)?\b", re.IGNORECASE)
_SOLE = re.compile(
    r"\b(?:only|solely|sole|exclusively)\b|\brepair (?:and|&) return\b|\bnothing (?:else|but)\b", re.IGNORECASE
)
_RAISED = re.compile(
    r"(?<!no )(?<!without )(?<!without an )(?<!without any )(?<!not )(?<!not an )(?<!nor )(?<!or )\b(?:upgrad|moderni[sz]|enhanc|improv|new capabilit)\w*", re.IGNORECASE
)  # fmt: skip
_UNSETTLED = re.compile(
    r"\b(?:whether|may|might|possibl[ey]|unclear|perhaps|not (?:yet )?(?:known|decided|stated))\b", re.IGNORECASE
)


def temporary_upkeep(case: Case, gates: Gates) -> bool | None:
    """True where the words say it is temporary and for upkeep alone; False where they speak of no upkeep; None between."""
    text = f"{case.title or ''} {case.route or ''} {case.purpose or ''} {case.end_user or ''}"
    if not says(gates, "upkeep", f"{case.purpose} {case.title}"):
        return False
    if _RAISED.search(text):
        return None if _UNSETTLED.search(text) else False
    return True if _TEMPORARY.search(text) and _SOLE.search(text) else None
