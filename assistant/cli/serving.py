"""`pincite serve`."""

from typing import Annotated

import typer

from assistant.cli.console import app, desk_now, settings_now


@app.command(epilog="Example: pincite serve --port 7860")
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on; loopback if not given.")] = None,
    port: Annotated[int | None, typer.Option(help="The port.")] = None,
) -> None:
    """Open the chat page on this machine."""
    from ui.server import run

    settings = settings_now()
    run(desk_now(settings), host or settings.host, port or settings.port)
