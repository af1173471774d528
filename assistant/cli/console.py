"""What the commands share: the application, the options they have in common, the bar, the desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.desk import Desk
    from assistant.settings import Settings

NOTICE = "Draft, not legal advice, unclassified information only."

app = typer.Typer(
    name="pincite",
    help=f"Clause-grounded answers on U.S. conventional arms transfer policy and law. {NOTICE}",
    epilog='Example: pincite ask "At what value must an FMS sale of MDE to Japan be notified?"',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day to answer for; today if not given.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def read_day(written: str | None) -> date | None:
    """A date option as a date; BadInput where it is none."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput(
            f"{written[:40]!r} is not a date.", next_step="Write it as YYYY-MM-DD, for example 2025-04-09."
        ) from None


def settings_now() -> "Settings":
    """The settings of this machine."""
    from assistant.settings import read_settings

    return read_settings()


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that appears only when there is something to wait for."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task: list[Any] = []

    def tell(done: int, total: int) -> None:
        if not task:
            bar.start()
            task.append(bar.add_task(title, total=total))
        bar.update(task[0], completed=done, total=total)

    try:
        yield tell
    finally:
        if task:
            bar.stop()


def desk_now(settings: "Settings") -> "Desk":
    """The desk, its index built first where needed, with a bar."""
    from assistant.desk import open_desk

    with progress_bar("Building the index") as tell:
        return open_desk(settings, tell)
