"""`pincite compare`."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsOf, Json, app, read_day, settings_now

if TYPE_CHECKING:
    from assistant.compare import Comparison


@app.command(
    epilog='Examples: pincite compare "AECA 36(b)(1)" "AECA 36(c)(1)"  ·  pincite compare "NSM-18 @ 2024-01-01" 2025-06-01'
)
def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="A citation, or a citation @ a day.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another, or a day alone for the same clause then.")],
    as_of: AsOf = None,
    json_: Json = False,
) -> None:
    """Two provisions side by side, or one clause or instrument on two days, word by word."""
    from assistant import compare as comparing
    from assistant.corpus import read_corpus
    from assistant.record import open_record
    from assistant.settings import data_path

    settings, on = settings_now(), read_day(as_of) or date.today()
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    found = comparing.compare(one, other, corpus, open_record(settings.home), on)
    if json_:
        print(json.dumps(comparing.as_json(found), ensure_ascii=False, indent=2))
        return
    _show(found)


def _show(found: "Comparison") -> None:
    from rich.console import Console
    from rich.text import Text

    from assistant.phrase import day
    from assistant.plain import plain
    from assistant.show import NOTICE, status_words

    console = Console(highlight=False, soft_wrap=True)

    def run(kind: str, words: str) -> Text:
        marks = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green"), "equal": ("", "", "")}
        before, after, style = marks[kind]
        return Text(f"{before}{plain(words)}{after} ", style=style)

    for name, side in (("A", found.before), ("B", found.after)):
        words = f"{name}: {side.clause.cite}, {day(side.on)}: {status_words(side.clause.status)} · {side.basis}"
        console.print(Text(plain(words), style="bold"))
    for warning in found.warnings:
        console.print(Text(plain(warning), style="yellow"))
    if found.segments and not (found.same and all(s.kind == "equal" for s in found.segments)):
        console.print(Text.assemble(*(run(s.kind, s.text) for s in found.segments)))
    for each in found.altered:
        what = status_words(each.after) if each.before is not each.after else "changed"
        by = f" ({each.by})" if each.by else ""
        console.print(Text(plain(f"\n{each.provision}  {each.heading}: {what}{by}")))
        if each.segments and each.segments != found.segments:
            console.print(Text.assemble(*(run(s.kind, s.text) for s in each.segments)))
    for change in found.editions.changes if found.editions else ():
        console.print(Text(plain(f"\n{change.provision or change.was}  {change.heading}: {change.how}")))
        console.print(Text.assemble(*(run(s.kind, s.text) for s in change.segments)))
    if found.same and not (found.altered or (found.editions and found.editions.changes)):
        console.print("Nothing held differs between the two days.")
    console.print(Text(NOTICE, style="dim"))
