"""An outcome on the terminal."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.report import interval, number, shown
from evals.suite import Outcome, read_floors

KINDS = ("must cited", "all must", "said", "hit@10", "nDCG@10", "answered")


def show_outcome(outcome: Outcome, baseline: Path) -> None:
    """Every measure with its interval and floor, then the chief ones by kind, then what fell below its floor."""
    console = Console(width=None if Console().is_terminal else 120)
    floors = read_floors(baseline).get(outcome.key, {})
    table = Table(title=f"{outcome.key}: {len(outcome.trials)} answers, {outcome.seconds:.0f} s", title_justify="left")
    for name in ("measure", "value", "95%", "n", "floor"):
        table.add_column(name, justify="left" if name == "measure" else "right")
    for figure in (each for each in outcome.figures if each.kind == "all"):
        floor = number(floors[figure.name], figure.unit) if figure.name in floors else ""
        table.add_row(figure.name, shown(figure), interval(figure), str(figure.n), floor)
    console.print(table)
    kinds = dict.fromkeys(each.kind for each in outcome.figures if each.part == "ask" and each.kind != "all")
    if kinds:
        table = Table("kind", *KINDS)
        held = {(each.measure, each.kind): each for each in outcome.figures if each.part == "ask"}
        for kind in kinds:
            cells = [held.get((name, kind)) for name in KINDS]
            table.add_row(kind.replace("_", " "), *(shown(cell) if cell else "" for cell in cells))
        console.print(table)
    for each in outcome.fallen:
        console.print(f"Below its floor: {each}", style="red", highlight=False)
