"""What checking a memo found: a verdict on every citation, quotation, figure and bare assertion, with its place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What holding the memo's words against the law found; `not_held` is no fault, only a thing not compared."""

    OK = "ok"
    UNKNOWN_CITATION = "unknown_citation"
    MISQUOTED = "misquoted"
    WRONG_AUTHORITY = "wrong_authority"
    NOT_IN_FORCE = "not_in_force"
    NOT_HELD = "not_held"
    UNSUPPORTED = "unsupported"
    UNCITED = "uncited"
    CONTRADICTS_RULE = "contradicts_rule"

    @property
    def fault(self) -> bool:
        """Whether somebody must mend the memo."""
        return self not in {Verdict.OK, Verdict.NOT_HELD}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `start` and `end` are character offsets into the memo's text, `line` counts from 1.

    `quote` is the held text that the memo's words were compared with, `suggestion` what to write instead.
    """

    line: int
    start: int
    end: int
    written: str
    verdict: Verdict
    detail: str
    provision: str | None = None
    quote: str | None = None
    suggestion: str | None = None
    cite: str | None = None
    status: str | None = None

    @property
    def instead(self) -> str:
        """What to write instead, as a sentence; a pointer to what is near stands as it is. Empty where nothing is suggested."""
        said = self.suggestion or ""
        return f"Instead: {said}" if said and not said.startswith(("Near it", "Perhaps")) else said


@dataclass(frozen=True, slots=True)
class Report:
    """Every finding in a memo, in the order of its text; `dated_by` says where the date comes from."""

    name: str
    as_of: date
    dated_by: str
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that somebody must mend."""
        return tuple(finding for finding in self.findings if finding.verdict.fault)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many of each verdict, the verdicts in their own order."""
        counted = Counter(finding.verdict for finding in self.findings)
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}


def as_json(report: Report) -> list[dict[str, Any]]:
    """The findings under the keys that other programs rely on."""
    return [
        {
            "line": f.line,
            "start": f.start,
            "end": f.end,
            "written": f.written,
            "provision": f.provision,
            "quote": f.quote,
            "verdict": f.verdict,
            "detail": f.detail,
            "suggestion": f.suggestion,
            "cite": f.cite,
            "status": f.status,
            "as_of": report.as_of.isoformat(),
        }
        for f in report.findings
    ]


def grouped(findings: Sequence[Finding]) -> dict[Verdict, list[Finding]]:
    """Findings by verdict: faults first, then what could not be compared, then what holds."""
    order = [v for v in Verdict if v.fault] + [Verdict.NOT_HELD, Verdict.OK]
    found = {verdict: [f for f in findings if f.verdict is verdict] for verdict in order}
    return {verdict: group for verdict, group in found.items() if group}
