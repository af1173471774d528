"""The commands. Engines load inside the command that needs them; stdout is the result alone."""

import os
import sys
from typing import Annotated, NoReturn

import typer

from assistant import __version__
from assistant.cli import (
    asking,
    auditing,
    checking,
    comparing,
    drafting,
    evaluating,
    holding,
    looking,
    serving,
    syncing,
)
from assistant.cli.console import NOTICE, app
from assistant.errors import PinciteError

__all__ = [
    "NOTICE",
    "app",
    "asking",
    "auditing",
    "checking",
    "comparing",
    "drafting",
    "evaluating",
    "holding",
    "looking",
    "main",
    "serving",
    "syncing",
]


def main() -> None:
    """Run a command; every failure is one line that says what to do next."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except PinciteError as error:
        _fail(str(error), error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        _fail("Stopped.", 130)
    except OSError as error:
        _fail(
            f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}. Check free space and permissions.",
            4,
        )


def _fail(message: str, status: int) -> NoReturn:
    from assistant.plain import plain

    print(f"pincite: {plain(message)}", file=sys.stderr)
    raise SystemExit(status)


@app.callback(invoke_without_command=True)
def version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version where it was asked for."""
    if version:
        print(__version__)
        raise typer.Exit
