"""Cases determined: how many of the expected lines a determination has, and how many cases are right in all of them."""

from typing import TYPE_CHECKING

from evals import cases
from evals.figure import Figure, mean_figure
from evals.sentences import FOLDER

if TYPE_CHECKING:
    from assistant.desk import Desk


def figures(desk: "Desk", *, fast: bool) -> list[Figure]:
    """Shares over the cases that ship."""
    checks = cases.score(FOLDER, cases.determinations(desk.corpus), desk.corpus)
    by_case: dict[str, list[float]] = {}
    for check in checks:
        by_case.setdefault(check.case, []).append(float(check.ok))
    if not checks:
        return []
    whole = [float(all(found)) for found in by_case.values()]
    return [
        mean_figure("draft", "expected lines", "all", [float(check.ok) for check in checks]),
        mean_figure("draft", "cases right", "all", whole),
    ]
