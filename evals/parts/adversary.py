"""A lying model behind the verification: what of its answers is stopped, what of an honest one's is let through."""

from typing import TYPE_CHECKING

from evals import adversary
from evals.figure import Figure

if TYPE_CHECKING:
    from assistant.desk import Desk


def figures(desk: "Desk", *, fast: bool) -> list[Figure]:
    """Shares over generated answers, on invented law; nothing where it must be fast."""
    if fast:
        return []
    found = adversary.figures(adversary.run())
    return [
        Figure("gate", "altered claims caught", "all", found["caught_share"], found["altered"]),
        Figure("gate", "faithful claims let through", "all", found["let_through_share"], found["faithful"]),
    ]
