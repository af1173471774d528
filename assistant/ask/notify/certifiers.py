"""Who certifies to Congress."""

from datetime import date

from assistant.ask.notify.amounts import cites
from assistant.cite import Claim, Kind
from assistant.phrase import day
from assistant.retrieve import Asked
from assistant.rules import Rules


def claims(asked: Asked, rules: Rules, on: date) -> list[Claim]:
    """Who performs each notification function asked about on a day, and who did before."""
    found: list[Claim] = []
    for function in _functions(asked):
        rows = [row for row in rules.certifiers if row.function == function and row.start <= on]
        if not rows:
            continue
        row = rows[-1]
        manner = f", {row.manner}" if row.manner else ""
        text = f"On {day(on)} the President's functions under section {_spoken(function)} belong to the {row.official}{manner}, since {day(row.start)}"
        cited = [row.provision]
        if len(rows) > 1:
            text += f"; before that they belonged to the {rows[-2].official} ({rows[-2].provision})"
            cited.append(rows[-2].provision)
        found.append(Claim(f"{text}.", Kind.RULE, cites(cited)))
    return found


def _functions(asked: Asked) -> list[str]:
    if asked.mentions(r"\b36\(a\)|quarterly"):
        return ["36(a)"]
    if asked.mentions(r"re-?transfer|third[- ]party|\b3\(d\)"):
        return ["3(d)"]
    if asked.mentions(r"36\(f\)|\bpublish|\bpublication"):
        return ["36(f)(1)"]
    if asked.mentions(r"\bleas|\b62\(a\)"):
        return ["62(a)"]
    found = ["36(b)(1) emergency"] if asked.mentions(r"\bemergenc") else []
    if asked.mentions(r"\b36\(c\)|\bDCS\b|direct commercial|\blicen[sc]e"):
        return [*found, "36(c)"]
    if asked.mentions(r"\b36\(d\)|manufactur"):
        return [*found, "36(d)"]
    return found or ["36(b)(1)"]


def _spoken(function: str) -> str:
    section, _, rest = function.partition(" ")
    return f"{section}, including its emergency certification," if rest else section
