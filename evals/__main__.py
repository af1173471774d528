"""Everything: `python -m evals [--official DIR] [--report FILE]` measures with notes alone, then with official text.

Each tier has a data folder of its own under the data folder's `evals`, so that what is measured is what ships.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.desk import Desk, open_desk
from assistant.errors import PinciteError
from assistant.record import open_record
from assistant.settings import Settings, read_settings
from evals import suite
from evals.report import write_report
from evals.sample import read_samples
from evals.table import show_outcome

OFFICIAL = Path(__file__).parents[2] / "shared" / "official"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both tiers, print, write the report; 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="The whole evaluation.")
    parser.add_argument("--official", type=Path, metavar="DIR", help="a mirror of official texts, for the second tier")
    parser.add_argument("--samples", action="append", metavar="FILE|NAME", help="instead of every set that ships")
    parser.add_argument("--fast", action="store_true", help="a fixed part of every kind")
    parser.add_argument("--report", type=Path, default=Path("var/evaluation.html"), metavar="FILE")
    parser.add_argument("--baseline", type=Path, default=suite.BASELINE, metavar="FILE")
    parser.add_argument("--record", action="store_true", help="write what was measured as the floors")
    parser.add_argument("--json", action="store_true", help="print JSON for other programs")
    given = parser.parse_args(arguments)
    try:
        return _run(given)
    except PinciteError as error:
        print(f"pincite: {error}", file=sys.stderr)
        return error.exit_status


def _run(given: argparse.Namespace) -> int:
    samples = suite.choose(read_samples(given.samples or ()), fast=given.fast)
    name = suite.name_of(given.samples or (), fast=given.fast)
    official = given.official or (OFFICIAL if (OFFICIAL / "MANIFEST.json").is_file() else None)
    outcomes = []
    for tier, mirror in (("notes", None), ("official", official)):
        if tier == "official" and mirror is None:
            print(
                "No official texts: give their folder with --official. The second tier was not measured.",
                file=sys.stderr,
            )
            continue
        outcome = suite.evaluate(
            _desk(read_settings(), tier, mirror),
            samples,
            name,
            with_parts=not given.samples,
            fast=given.fast,
            progress=suite.bar_on_stderr(f"{tier}: answered"),
            warn=lambda text: print(text, file=sys.stderr),
        )
        if given.record:
            suite.record_floors(outcome, given.baseline)
        outcomes.append(suite.against(outcome, given.baseline))
    given.report.parent.mkdir(parents=True, exist_ok=True)
    write_report(outcomes, given.report)
    if given.json:
        print(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=2))
    else:
        for outcome in outcomes:
            show_outcome(outcome, given.baseline)
        print(f"The report is {given.report}.")
    return int(any(outcome.fallen for outcome in outcomes))


def _desk(settings: Settings, tier: str, mirror: Path | None) -> Desk:
    """A desk over a tier's own data folder; vectors that were encoded for the usual one are taken along."""
    home = settings.home / "evals" / tier
    kept = settings.home / "cache" / "vectors.sqlite"
    if kept.is_file() and not (home / "cache" / "vectors.sqlite").exists():
        (home / "cache").mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, home / "cache" / "vectors.sqlite")
    if mirror is not None:
        from assistant.sync.mirror import receive

        receive(mirror, open_record(home, create=True), progress=suite.bar_on_stderr("official texts read"))
    return open_desk(replace(settings, home=home), suite.bar_on_stderr("encoded"))


if __name__ == "__main__":
    raise SystemExit(main())
