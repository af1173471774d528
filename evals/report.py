"""The report: one HTML file with its tables and plots, which asks for nothing from outside."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from evals import charts
from evals.figure import Figure
from evals.risk import risk_coverage
from evals.scorers import find_scorers
from evals.suite import Outcome, scores_of

TEMPLATE = Path(__file__).parent / "report.html"
PLOTTED = ("must cited", "all must", "said", "hit@10", "nDCG@10", "answered", "claims supported")
_MOST_MISSES = 400


def write_report(outcomes: Sequence[Outcome], path: Path) -> None:
    """Write the report of one or more runs."""
    environment = Environment(undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    means = {scorer.name: scorer.means for scorer in find_scorers()}
    path.write_text(
        template.render(
            runs=[_run(outcome) for outcome in outcomes],
            means=means,
            written=datetime.now(UTC).isoformat(timespec="minutes"),
        ),
        encoding="utf-8",
    )


def _run(outcome: Outcome) -> dict[str, Any]:
    whole = [figure for figure in outcome.figures if figure.kind == "all"]
    by_name: dict[str, list[Figure]] = {}
    for figure in outcome.figures:
        by_name.setdefault(figure.measure, []).append(figure)
    return {
        "title": outcome.key,
        "answers": len(outcome.trials),
        "seconds": outcome.seconds,
        "stamp": outcome.trials[0].answer["stamp"] if outcome.trials else {},
        "fallen": outcome.fallen,
        "rows": [(figure.name, shown(figure), interval(figure), figure.n) for figure in whole],
        "plots": [(name, charts.bars(by_name[name])) for name in (*PLOTTED, "citations read") if name in by_name],
        "risk": charts.curve(risk_coverage(outcome.trials), "share of questions answered", "share of those wrong"),
        "latency": charts.histogram([1000 * trial.seconds for trial in outcome.trials], "ms"),
        "misses": _misses(outcome),
    }


def _misses(outcome: Outcome) -> list[tuple[str, str, str, str, str]]:
    """Each answer without a clause it must cite, and each question answered that should be refused."""
    scored = [scorer for scorer in find_scorers() if scorer.name == "must_cited"]
    found = []
    for trial in outcome.trials:
        should = trial.sample.must_abstain and not trial.answer["abstained"]
        if should or scores_of(trial, scored).get("must cited") == 0.0:
            wanted = f"refused: {' or '.join(trial.sample.reasons)}" if should else "; ".join(trial.sample.must)
            got = trial.answer["reason"] or "; ".join(trial.cited)
            found.append((trial.sample.id, trial.sample.kind.replace("_", " "), trial.sample.question, wanted, got))
    return found[:_MOST_MISSES]


def shown(figure: Figure) -> str:
    """A figure's value as it is printed."""
    return number(figure.value, figure.unit)


def interval(figure: Figure) -> str:
    """Its bounds, empty where it has none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{number(figure.low, figure.unit)} to {number(figure.high, figure.unit)}"


def number(value: float, unit: str) -> str:
    """A number with its unit; shares have three decimals."""
    return f"{value:.3f}" if unit == "share" else f"{value:,.0f} {unit}"
