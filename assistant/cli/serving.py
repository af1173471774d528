"""`pincite serve` and `pincite mcp`."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import app, desk_now, settings_now
from assistant.errors import NotReady


@app.command(epilog="Example: pincite serve --port 7860")
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on; loopback if not given.")] = None,
    port: Annotated[int | None, typer.Option(help="The port.")] = None,
    users: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who may log in, a name and a hash a line; anybody if not given."),
    ] = None,
) -> None:
    """Open the page on this machine, with the HTTP API under /api and tools under /mcp."""
    from ui.login import read_users, take_setting

    named = users or take_setting()
    settings = settings_now()
    login = read_users(named) if named else None
    from ui.opening import Opening
    from ui.server import listen, run

    where = host or settings.host
    listening = listen(where, settings.port if port is None else port)
    run(Opening(settings), listening, where, login)


@app.command(epilog="Example: pincite mcp")
def mcp() -> None:
    """Offer ask, look up, compare, determine and check to another program over standard input and output."""
    try:
        import mcp  # noqa: F401
    except ModuleNotFoundError:
        raise NotReady(
            "The package mcp is not installed.", next_step='Install it: pip install "pincite[mcp]".'
        ) from None
    desk = desk_now(settings_now())
    from ui.files import Drawer
    from ui.house import House
    from ui.mcp import Tools
    from ui.opening import Opening
    from ui.people import People

    Tools(House(Opening.of(desk), Drawer(), People(desk.settings.home))).server.run("stdio")
