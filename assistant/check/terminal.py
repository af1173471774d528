"""A report in the terminal: plain lines where it is piped."""

import sys

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.check.findings import Finding, Report, Verdict, grouped
from assistant.phrase import day
from assistant.plain import plain

NOTICE = "Draft, not legal advice, unclassified information only."
TITLES = {
    Verdict.OK: "Checked and found good",
    Verdict.UNKNOWN_CITATION: "No such citation",
    Verdict.MISQUOTED: "Misquoted",
    Verdict.WRONG_AUTHORITY: "Credited to the wrong authority",
    Verdict.NOT_IN_FORCE: "Cited as current, not in force",
    Verdict.NOT_HELD: "Not compared: the text is not held",
    Verdict.UNSUPPORTED: "The clause does not carry the sentence",
    Verdict.UNCITED: "Law stated without authority",
    Verdict.CONTRADICTS_RULE: "Against the figures, dates or officials of the law",
}
_COUNTED = {
    Verdict.UNKNOWN_CITATION: ("citation of nothing known", "citations of nothing known"),
    Verdict.MISQUOTED: ("misquotation", "misquotations"),
    Verdict.WRONG_AUTHORITY: ("wrong authority", "wrong authorities"),
    Verdict.NOT_IN_FORCE: ("not in force", "not in force"),
    Verdict.UNSUPPORTED: ("unsupported", "unsupported"),
    Verdict.UNCITED: ("without authority", "without authority"),
    Verdict.CONTRADICTS_RULE: ("against the law's figures", "against the law's figures"),
}
_LONGEST = 240


def show_report(report: Report) -> None:
    """Print what was found, faults first."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(Text(f"{plain(report.name)} as of {day(report.as_of)} ({report.dated_by})", style="dim"))
    for warning in report.warnings:
        console.print(Text(plain(warning), style="yellow"))
    for verdict, findings in grouped(report.findings).items():
        style = "bold red" if verdict.fault else "bold yellow" if verdict is Verdict.NOT_HELD else "bold green"
        console.print(Text(f"\n{TITLES[verdict]}: {len(findings)}", style=style))
        for finding in findings:
            line = _line(finding)
            console.print(Padding(line, (0, 0, 0, 2)) if sys.stdout.isatty() else Text("  ").append_text(line))
    console.print(Text(f"\n{summary(report)}", style="bold"))
    console.print(Text(NOTICE, style="dim"))


def _line(finding: Finding) -> Text:
    written = " ".join(plain(finding.written).split())
    shown = written if len(written) <= _LONGEST else f"{written[: _LONGEST - 3]}..."
    text = Text.assemble((f"line {finding.line}: ", "dim"), f"“{shown}”\n    ", plain(finding.detail))
    if finding.quote and finding.verdict.fault and finding.quote not in finding.detail:
        text.append(f"\n    The text: “{plain(finding.quote)}”")
    if finding.suggestion:
        text.append(f"\n    → {plain(finding.suggestion)}", style="cyan")
    return text


def summary(report: Report) -> str:
    """One line: how many things were checked, and how many of each kind of fault were found."""
    faults = {verdict: count for verdict, count in report.counts.items() if verdict.fault}
    good, unheld = report.counts.get(Verdict.OK, 0), report.counts.get(Verdict.NOT_HELD, 0)
    listed = ", ".join(f"{count} {_COUNTED[verdict][count > 1]}" for verdict, count in faults.items())
    found = (
        f"{len(report.faults)} fault{'s' if len(report.faults) != 1 else ''}: {listed}" if faults else "No fault found"
    )
    return f"{found}; {good} found good, {unheld} not compared."
