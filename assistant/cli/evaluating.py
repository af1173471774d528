"""`pincite eval`."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import Json, app, desk_now, progress_bar, settings_now


@app.command(name="eval", epilog="Example: pincite eval --fast --report report.html")
def evaluate(
    json_: Json = False,
    samples: Annotated[
        list[str] | None,
        typer.Option("--samples", metavar="FILE|NAME", help="A set by name or a file of questions; may be repeated."),
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="A fixed part of every kind: seconds instead of minutes.")
    ] = False,
    report: Annotated[Path | None, typer.Option("--report", help="Write the report, one HTML file.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Floors to hold it against.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Write what was measured as the floors.")] = False,
    home: Annotated[Path | None, typer.Option("--home", help="Another data folder than PINCITE_HOME.")] = None,
) -> None:
    """Measure the answers against questions whose answers are known; 1 where a floor is not reached."""
    from evals import suite
    from evals.report import write_report
    from evals.sample import read_samples
    from evals.table import show_outcome

    chosen = suite.choose(read_samples(samples or ()), fast=fast)
    name = suite.name_of(samples or (), fast=fast)
    floors = baseline or suite.BASELINE
    suite.read_floors(floors)
    settings = settings_now()
    desk = desk_now(replace(settings, home=home) if home else settings)
    with progress_bar("Answering") as tell:
        outcome = suite.evaluate(
            desk,
            chosen,
            name,
            with_parts=not samples,
            fast=fast,
            progress=tell,
            warn=lambda text: print(text, file=sys.stderr),
        )
    if record:
        suite.record_floors(outcome, floors)
    outcome = suite.against(outcome, floors)
    if report:
        write_report([outcome], report)
    if json_:
        print(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
    else:
        show_outcome(outcome, floors)
    if outcome.fallen:
        raise typer.Exit(1)
