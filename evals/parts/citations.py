"""Written citations read."""

from typing import TYPE_CHECKING

from evals.citations import figures_of, read_written
from evals.figure import Figure

if TYPE_CHECKING:
    from assistant.desk import Desk


def figures(desk: "Desk", *, fast: bool) -> list[Figure]:
    """How many of the written forms are read as they should be."""
    return figures_of(read_written(), desk.corpus)
