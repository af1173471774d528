"""Answers, clauses and the state of things in a terminal, with links where the terminal has them."""

import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.clause import Clause
from assistant.law import Holding, Status
from assistant.phrase import day
from assistant.plain import plain

if TYPE_CHECKING:
    from assistant.ask.answer import Answer, Cited
    from assistant.sync.changes import Difference

NOTICE = "Draft, not legal advice, unclassified information only."
_WORDS = {
    Status.IN_FORCE: "in force",
    Status.DIRECTED: "directed to be implemented",
    Status.NOT_YET: "not yet in force",
    Status.REPORTED: "end reported",
    Status.UNKNOWN: "status not known",
}
_HELD = {
    Holding.NOTE: "our note",
    Holding.OFFICIAL: "official text",
    Holding.SECONDARY: "known through others",
    Holding.LOSSY: "a damaged copy",
    Holding.UPLOAD: "an upload",
    Holding.NONE: "not held",
}
_CODES = {
    "stale": "may be out of date",
    "false_premise": "check the question",
    "directed": "directed, not reinstated",
    "secondary": "known through others",
    "not_yet": "not yet in force",
    "not_held": "not held",
    "model": "the language model",
}
_ENDS = re.compile(r"[.!?][”’)\"]*$")
_SHORT = 10


def _console() -> Console:
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def status_words(status: Status) -> str:
    """A status in words."""
    return _WORDS.get(status, str(status))


def ellipsed(quoted: str) -> str:
    """Quoted words with three dots where they begin or end inside a sentence."""
    lead = "… " if quoted[:1].islower() else ""
    return f"{lead}{quoted}{'' if _ENDS.search(quoted) else ' …'}"


def show_answer(answer: "Answer") -> None:
    """Print an answer."""
    console = _console()
    console.print(
        Text(f"As of {day(answer.as_of)} · corpus checked through {day(answer.checked_through)}", style="dim")
    )
    if answer.abstained:
        console.print(
            Text(f"\nNo answer ({str(answer.reason).replace('_', ' ')}): {plain(answer.because)}", style="bold yellow")
        )
    for said in answer.claims:
        console.print()
        text = f"“{ellipsed(plain(said.claim.text))}”" if said.claim.kind == "quote" else plain(said.claim.text)
        console.print(Text(text))
        for cited in said.cited:
            console.print(_citation(cited))
    if answer.warnings:
        console.print()
    cites = {cited.citation.provision: cited.cite for said in answer.claims for cited in said.cited}
    for warning in answer.warnings:
        about = f"{cites.get(warning.provision, warning.provision)}: " if warning.code == "contested" else ""
        code = f"{_CODES.get(warning.code, warning.code)}: "
        console.print(Text.assemble((code, "bold yellow"), about if warning.provision else "", plain(warning.text)))
    for each in answer.dropped:
        words = f"“{plain(each.text)}” " if each.text else ""
        console.print(Text(f"left out ({each.verdict}): {words}{plain(each.reason)}", style="dim"))
    if answer.nearest:
        console.print(Text(f"\nNearest: {'; '.join(cite for _, cite in answer.nearest)}"))
    console.print(
        Text(f"\n{NOTICE} Stamp {answer.stamp.corpus}/{answer.stamp.model}/{answer.stamp.version}.", style="dim")
    )


def _citation(cited: "Cited") -> Text:
    held = _HELD.get(cited.holding, str(cited.holding))
    if edition := cited.citation.edition:
        later = ", later than the day asked" if cited.edition_after else ""
        held += f", edition of {day(date.fromisoformat(edition))}{later}"
    style = "green" if cited.status is Status.IN_FORCE else "yellow"
    link = f"link {cited.url}" if cited.url else ""
    return Text.assemble(
        "  → ", (cited.cite, f"bold {link}".strip()), " · ", (status_words(cited.status), style), f" · {held}"
    )


def show_clauses(clauses: tuple[Clause, ...], ambiguous: bool, on: date) -> None:
    """Print clauses that were looked up."""
    console = _console()
    if ambiguous:
        console.print(Text("This names more than one clause:", style="bold yellow"))
    for clause in clauses:
        _show_clause(console, clause, on, brief=len(clauses) > 4)
    console.print(Text(f"\n{NOTICE}", style="dim"))


def _show_clause(console: Console, clause: Clause, on: date, *, brief: bool) -> None:
    url = clause.instrument.source_url if clause.instrument else ""
    console.print(Text.assemble("\n", (clause.cite, f"bold link {url}" if url else "bold"), f"  [{clause.id}]"))
    if clause.heading:
        console.print(Text(plain(clause.heading), style="italic"))
    console.print(Text(f"{status_words(clause.status)} on {day(on)} · held as: {clause.holding}", style="dim"))
    if clause.note:
        console.print(Text(f"Note: {plain(clause.note)}"))
    if clause.changed_since_note:
        words = f"The words of this clause changed after the note was written: read the text of {day(clause.changed_since_note)}."
        console.print(Text(words, style="yellow"))
    if clause.contested:
        console.print(Text(f"Contested: {plain(clause.contested)}", style="yellow"))
    if clause.held:
        edition = clause.held.edition
        console.print(
            Text(f"Text ({edition.holding}, edition of {day(edition.as_of)}, {edition.publisher_url}):", style="dim")
        )
        text = plain(clause.held.text)
        console.print(Padding(Text(text if not brief and len(text) < 6_000 else f"{text[:600]} ..."), (0, 0, 0, 2)))
    elif clause.edition:
        edition = clause.edition
        words = f"The whole text is held ({edition.holding}, edition of {day(edition.as_of)}, {edition.publisher_url}); look up its parts."
        console.print(Text(words, style="dim"))
    if brief:
        return
    for period in clause.history:
        by = f" by {period.by}" if period.by else ""
        change = f": {period.change}" if period.change else ""
        console.print(Text(f"  {period.start.isoformat()}  {status_words(period.status)}{by}{change}", style="dim"))
    for name, ids in (("Parts", clause.children), ("Refers to", clause.refers_to), ("Cited by", clause.cited_by)):
        if ids:
            more = f" and {len(ids) - _SHORT} more" if len(ids) > _SHORT else ""
            console.print(Text(f"{name}: {'; '.join(ids[:_SHORT])}{more}", style="dim"))
    if clause.definitions:
        console.print(
            Text(
                f"Defined: {'; '.join(f'{term} ({provision})' for term, provision in clause.definitions)}", style="dim"
            )
        )


def show_difference(instrument: str, difference: "Difference") -> None:
    """Print what changed between two editions: removed words struck, added ones underlined, both also in brackets."""
    console = _console()
    console.print(
        f"{instrument}: the edition of {day(difference.before.as_of)} against that of {day(difference.after.as_of)}"
    )
    for warning in difference.warnings:
        console.print(Text(plain(warning), style="yellow"))
    if not difference.changes:
        console.print("No provision differs.")
    for change in difference.changes:
        console.print(
            Text(
                f"\n{change.how}: {change.provision or change.was}"
                f"{f' (was {change.was})' if change.was and change.provision not in {'', change.was} else ''}",
                style="bold",
            )
        )
        line = Text()
        for segment in change.segments:
            shown = {"added": ("[+{}+] ", "green underline"), "removed": ("[-{}-] ", "red strike")}.get(
                str(segment.kind), ("{} ", "")
            )
            line.append(shown[0].format(plain(segment.text)), style=shown[1])
        console.print(line)


def _edition_rows(editions: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """A row an edition; where one title or manual has many alike, one row for them all (`--json` lists each)."""
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for edition in editions:
        name, last = edition["instrument"], (edition["as_of"], str(edition["holding"]), edition["retrieved"][:10])
        many = re.match(r"\d+ (?:USC|CFR)\b|SAMM\b", name)
        groups.setdefault((many[0] if many else name, *last), []).append(name)
    return [
        (f"{key[0]}: {len(names)} from {names[0]} to {names[-1]}" if len(names) > 3 else "; ".join(names), *key[1:])
        for key, names in groups.items()
    ]


def show_standing(standing: dict[str, Any]) -> None:
    """Print the state of things."""
    console = _console()
    corpus, record, index = standing["corpus"], standing["record"], standing["index"]
    console.print(f"pincite {standing['version']}, checked through {standing['checked_through']}")
    console.print(
        f"Corpus {corpus['digest']}: {corpus['instruments']} instruments, notes on {corpus['annotated']} clauses,"
        f" {corpus['outlined']} clauses in the outline"
    )
    console.print(f"Record: {len(record['editions'])} editions of official text in {record['path']}")
    built = (
        f"{index['entries']} entries, encoder {index['encoder']}{', older than what is held' if index['stale'] else ''}"
        if index["built"]
        else "not built yet; the first question builds it"
    )
    console.print(f"Index: {built}{f'; now: {index_next}' if (index_next := index['next']) else ''}")
    console.print(f"Data folder: {standing['home']}. To remove it: {standing['remove']}")
    if record["editions"]:
        table = Table("Instrument", "As of", "Held as", "Retrieved", box=None)
        for row in _edition_rows(record["editions"]):
            table.add_row(*row)
        console.print(table)
    if standing["wanted"]:
        table = Table("Cited by the law held and not held", "By clauses", box=None)
        for row in standing["wanted"]:
            table.add_row(row["provision"], str(row["cited_by"]))
        console.print(table)
    if "coverage" in standing:
        table = Table("Instrument", "Act", "Clauses", "With a note", "Within one", box=None)
        for row in standing["coverage"]:
            table.add_row(
                row["instrument"], row["act"], str(row["clauses"]), str(row["notes"]), str(row["within_a_note"])
            )
        console.print(table)
