"""A function given to the wrong official, held against the dated table of certifiers."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.ask.premise.found import Finding, corrected
from assistant.phrase import day
from assistant.retrieve import Asked
from assistant.rules import Rules

_OFFICIAL = re.compile(
    r"\bSecretary of (?P<of>War|Defense|State|Commerce|the Treasury)\b|\b(?P<other>DSCA|SecDef|SecWar|DoD|Pentagon|War Department|(?:Defense|Commerce|Treasury) Department|Department of (?:War|Defense|Commerce|the Treasury)|BIS)\b|(?<!Secretary of )\b(?P<state>State)\b(?! (?:license|Department|sponsor|web)\b)(?= (?:now |today )?(?:sends?|certif|transmit|writes|prepares|signs|notif|drafts|as well|too))|(?<=\b[tb][oy] )(?P<taker>State)\b(?! (?:license|Department|sponsor|web|law|and)\b)"
)
_GIVES = re.compile(
    r"\b(?:certif\w*|transmit\w*|notif\w*|sends?|signs?|signature|gave|given|gives?|moved|moves|passed|hand(?:s|ed)|shift(?:s|ed)|assign(?:s|ed)|transferred|took|takes|taken|belongs?|decides?|declares?|determines?|consents?|publishes|asked|have him|his signature|approval|prepares?|drafts?)\b",
    re.I,
)
# What is taken away from an official, who then no longer has it; and words by which a second function is told apart.
_TAKEN = re.compile(
    r"\b(?:took|takes|taken|moved|moves|transferred|shifted|removed|stripped|withdrew|pulled)\b[^.;]{0,60}?\b(?:from|away from) (?:the )?$",
    re.I,
)
_APART = re.compile(
    r"\bconcurrence\b|\bkeeps?\b|\bkept\b|\b(?:leaves|left|leaving|stays?|remains?)\b|\bbut not\b|\bexcept\b|\bBefore \w+ \d{4}\b|\bconsult"
)
_ACTS = re.compile(
    r"\b(?:certif\w*|transmits?|notif(?:y|ies)|sends?|signs?|submits?|decides?|consents?|delivers?)\b", re.I
)
_TRANSFER = re.compile(
    r"\bCongress\b|\bHill\b|\b(?:36|3|62)\([a-f]\)|\bsales?\b|\bletters? of offer\b|\bLOAs?\b|\bFMS\b|\blicen[sc]es?\b|\bleases?\b|\bre-?transfers?\b|\bthird[- ]party\b|\bnotifications?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Office:
    """A function by its words: a row of the certifiers, or an official and the clause that names him."""

    words: tuple[str, ...]
    function: str = ""
    official: str = ""
    provision: str = ""


@lru_cache
def read_offices(folder: Path) -> tuple[Office, ...]:
    """`rules/offices.toml` of a corpus folder; the ordinary certification alone where it has none."""
    path = folder / "rules" / "offices.toml"
    if not path.is_file():
        return (Office((r"\bnotif|\bcertif|\btransmi",), "36(b)(1)"),)
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["office"]
    return tuple(
        Office(tuple(r["words"]), r.get("function", ""), r.get("official", ""), r.get("provision", "")) for r in rows
    )


def acting(taken: str) -> str:
    """What is taken for granted, where an official does in it what only a function's holder does; else empty."""
    return taken if _ACTS.search(taken) and _TRANSFER.search(taken) else ""


def _department(name: str) -> str:
    return "Commerce" if re.search(r"Commerce|BIS", name) else "the Treasury" if "Treasury" in name else "Defense"


def wrong_official(asked: Asked, said: str, rules: Rules, offices: tuple[Office, ...]) -> Finding | None:
    """An official said to have a function that the table gives to another on the day."""
    match = _OFFICIAL.search(said)
    if match is None or not _GIVES.search(said) or _APART.search(said):
        return None
    named = match["of"] or ("State" if match["state"] or match["taker"] else _department(match[0]))
    office = next((o for o in offices if any(re.search(p, asked.text, re.I) for p in o.words)), None)
    if office is None:
        return None
    row = rules.certifier(office.function, asked.on) if office.function else None
    official, provision = (row.official, row.provision) if row else (office.official, office.provision)
    holds = named in official or {named, official.removeprefix("Secretary of ")} <= {"War", "Defense"}
    taken = _TAKEN.search(said[: match.start()]) is not None
    if not official or holds is not taken:
        return None
    function = f"the functions under section {office.function}" if office.function else "this decision"
    belong = f"On {day(asked.on)} {function} {'belong' if office.function else 'belongs'}"
    said_of = f"the {match[0]}" if match["of"] else match[0]
    text = (
        f"{belong} to the {official} still ({provision})."
        if taken
        else f"{belong} to the {official}, not to {said_of} ({provision})."
    )
    return corrected(text, provision)
