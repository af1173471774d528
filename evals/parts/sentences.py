"""Memos drafted from the cases: how many of their sentences stand on a clause, a fact of the case, or a visible bracket."""

from typing import TYPE_CHECKING

from evals import sentences
from evals.figure import Figure

if TYPE_CHECKING:
    from assistant.desk import Desk


def figures(desk: "Desk", *, fast: bool) -> list[Figure]:
    """The share without a fault; one file of cases alone where it must be fast."""
    paths = sorted(sentences.FOLDER.glob("*.yaml"))
    tally = sentences.check(paths[:1] if fast else paths, desk)
    if not tally.sentences:
        return []
    return [
        Figure("draft", "sentences without a fault", "all", 1 - len(tally.faults) / tally.sentences, tally.sentences)
    ]
