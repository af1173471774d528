"""`pincite draft`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsOf, Json, app, read_day, settings_now
from assistant.errors import BadInput, PinciteError

if TYPE_CHECKING:
    from rich.text import Text

    from assistant.case import Case
    from assistant.desk import Desk
    from assistant.draft import Cited, Memo, Stated

_FORMS = (".docx", ".md")
_CASES = (".yaml", ".yml")
_FACTS = "notification"


@app.command(epilog="Example: pincite draft case.yaml --kind notification --facts")
def draft(
    case: Annotated[
        str, typer.Argument(metavar="CASE.yaml", help="The facts of one proposed transfer; or a request in words.")
    ],
    kind: Annotated[str, typer.Option("--kind", help="Which memo; without it the error lists them.")] = "",
    facts: Annotated[bool, typer.Option("--facts", help="Print the facts still needed, and nothing else.")] = False,
    as_of: AsOf = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE.docx|.md|.yaml", help="Write the memo there; .yaml for a request's case to fill."
        ),
    ] = None,
    marking: Annotated[
        str, typer.Option("--marking", help="Words before the marking of a Word file; it can be raised, never lowered.")
    ] = "",
    json_: Json = False,
) -> None:
    """Draft a memo on a transfer: every sentence is cited, supplied by the case, or a visible bracket."""
    from assistant import draft as drafting

    on = read_day(as_of)
    given = _case(case)
    skeleton = out is not None and out.suffix.lower() in _CASES
    kinds = drafting.template_kinds()
    if kind not in kinds and (kind or not (facts or skeleton)):
        raise BadInput(
            f"There is no memo of the kind {kind[:60]!r}." if kind else "No kind of memo was given.",
            next_step=f"Give --kind with one of: {', '.join(kinds)}.",
        )
    if out is not None and not skeleton and out.suffix.lower() not in _FORMS:
        raise BadInput(
            f"{out.name} is neither .docx, .md nor .yaml.", next_step="Give --out a name that ends in one of them."
        )
    desk = drafting.open_shelf(settings_now())
    memo = drafting.draft(given, kind or _FACTS, desk, on)
    if skeleton and out is not None:
        _write_text(out, drafting.as_yaml(given, memo.facts_needed, desk, memo.as_of))
        print(f"The case to fill is in {out}. Next: pincite draft {out} --kind KIND")
        return
    if not kind:
        print(f"These are the facts of the {_FACTS} memo; --kind names another: {', '.join(kinds)}.", file=sys.stderr)
    if out is not None and not kind:
        raise BadInput("No kind of memo was given.", next_step=f"Give --kind with one of: {', '.join(kinds)}.")
    if out is not None:
        _write(memo, out, marking)
        _save(memo, desk, out)
    if json_:
        whole = drafting.as_json(memo)
        kept = {key: whole[key] for key in ("kind", "notice", "as_of", "case", "facts_needed")} if facts else whole
        print(json.dumps(kept, ensure_ascii=False, indent=2))
    elif facts:
        _show_facts(memo)
    elif out is not None:
        gaps = sum(claim.need is not None for claim in memo.claims)
        print(f"{memo.title} in {out}: {len(memo.sections)} sections, {gaps} brackets to fill. {drafting.NOTICE}")
    else:
        _show(memo)


def _case(given: str) -> "Case":
    """The case in a file; one made of the words themselves where they are no file's name."""
    from assistant import draft as drafting
    from assistant.case import read_case

    path = Path(given)
    if len(given.split()) > 2 and path.suffix.lower() not in _CASES:
        return drafting.case_of(given)
    return read_case(path)


def _write_text(path: Path, text: str) -> None:
    if path.exists():
        raise BadInput(f"{path.name} is there already.", next_step="Give --out another name.")
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.", next_step="Check the path.") from None


def _write(memo: "Memo", path: Path, marking: str) -> None:
    from assistant import export

    export.write_memo(memo, path, marking=marking)


def _save(memo: "Memo", desk: "Desk", path: Path) -> None:
    """Keep a written memo in the log with what it cites, so that a later sync can say what it touches."""
    from assistant import audit
    from assistant import draft as drafting
    from assistant.record import open_record

    try:
        record = open_record(desk.settings.home, create=True)
        named = f"{memo.title}: {memo.case_title or memo.case}, law as of {memo.as_of.isoformat()}, in {path.name}"
        audit.write(record, "memo", {**drafting.as_json(memo), "title": named, "file": path.name}, memo.provisions)
    except PinciteError as error:
        print(f"pincite: the memo was written but not kept in the log: {error}", file=sys.stderr)


def _show_facts(memo: "Memo") -> None:
    from assistant.draft import NOTICE
    from assistant.plain import plain

    for needed in memo.facts_needed:
        key = f"; in the case: {needed.key}" if needed.key else ""
        print(plain(f"- {needed.fact}{f' ({needed.cite})' if needed.cite else ''}{key}"))
    if not memo.facts_needed:
        print("No fact is needed beyond the case's own.")
    print(NOTICE, file=sys.stderr)


def _show(memo: "Memo") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from assistant.draft import NOTICE
    from assistant.phrase import day
    from assistant.plain import plain

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(Text(f"DRAFT: {plain(memo.title)}", style="bold"))
    console.print(Text(plain(f"Case {memo.case}{f', {memo.case_title}' if memo.case_title else ''}")))
    console.print(Text(f"As of {day(memo.as_of)} · corpus checked through {day(memo.checked_through)}", style="dim"))
    for section in memo.sections:
        console.print(Text(f"\n{plain(section.heading)}", style="bold underline"))
        for claim in section.claims:
            console.print(_sentence(claim))
            for each in claim.cited if claim.need is None else ():
                console.print(Padding(_citation(each), (0, 0, 0, 2), expand=False))
    console.print(Text("\nAuthorities", style="bold underline"))
    for row in memo.authorities:
        held = f"official, edition of {row.edition.isoformat()}" if row.edition else str(row.holding)
        console.print(Text(f"{row.cite} · {str(row.status).replace('_', ' ')} · {held}"))
    console.print(Text(f"\n{NOTICE} Stamp {memo.stamp.corpus}/{memo.stamp.prompts}/{memo.stamp.version}.", style="dim"))


def _sentence(claim: "Stated") -> "Text":
    from rich.text import Text

    from assistant.plain import plain

    if claim.need is not None:
        return Text(plain(claim.text), style="bold yellow")
    text = f"“{plain(claim.text)}”" if claim.kind == "quote" else plain(claim.text)
    return Text.assemble(text, (" (supplied by the case)", "dim") if claim.kind == "fact" else "")


def _citation(each: "Cited") -> "Text":
    from rich.text import Text

    held = "our note" if str(each.holding) == "note" else str(each.holding)
    link = f"link {each.url}" if each.url else ""
    style = "green" if str(each.status) == "in_force" else "yellow"
    status = (str(each.status).replace("_", " "), style)
    return Text.assemble("→ ", (each.cite, f"bold {link}".strip()), " · ", status, f" · {held}")
