"""The page, the commands over HTTP and the tools for other programs, on this machine unless another address is asked for."""

import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse

from assistant import __version__
from assistant.desk import Desk
from assistant.errors import BadInput
from assistant.show import NOTICE
from ui import api
from ui import app as page
from ui.door import LOOPBACK, MOST_BYTES, Door
from ui.files import Drawer
from ui.login import Login
from ui.opening import Opening
from ui.people import People

if TYPE_CHECKING:
    from ui.mcp import Tools

_STAYS = {"page.css": "text/css", "page.js": "text/javascript"}


def run(opening: Opening, listening: socket.socket, host: str, login: Login | None = None) -> None:
    """Serve until stopped, opening the desk meanwhile."""
    near = host in {"localhost", "::1"} or host.startswith("127.")
    opening.start()
    config = uvicorn.Config(
        build(opening, hosts=LOOPBACK | {host} if near else None, login=login), log_level="warning", access_log=False,
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    shown = f"[{host}]" if ":" in host else host
    print(f"Pincite is at http://{shown}:{listening.getsockname()[1]}. Ctrl+C stops it. {NOTICE}", file=sys.stderr)
    if not near and login is None:
        print("There is no login: whoever can reach this address can ask and read what is held here.", file=sys.stderr)
    uvicorn.Server(config).run(sockets=[listening])


def build(desk: Desk | Opening, hosts: frozenset[str] | None = LOOPBACK, login: Login | None = None) -> FastAPI:
    """The whole application over a desk; `hosts` are the Host names it answers to, None for any."""
    opening = desk if isinstance(desk, Opening) else Opening.of(desk)
    house = page.House(opening, Drawer(), People(opening.settings.home), login is not None)
    tools = _tools(house)

    @contextlib.asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            if tools is not None:
                await stack.enter_async_context(tools.running())
            yield

    app = FastAPI(
        title="Pincite", version=__version__, description=f"The same JSON as the commands. {NOTICE}", openapi_url="/api/openapi.json",
        docs_url=None, redoc_url=None, responses={400: {"model": api.Refusal}}, lifespan=living,
    )  # fmt: skip
    app.add_middleware(Door, hosts=hosts, login=login)
    api.answer_errors(app)
    api.offer(app, house)
    if tools is not None:
        app.router.routes.append(tools.route)
    for name, kind in _STAYS.items():
        app.add_api_route(f"/{name}", _file(name, kind), include_in_schema=False)
    page.mount(app, house, MOST_BYTES)
    return app


def _tools(house: page.House) -> "Tools | None":
    """The tools under /mcp; None where the package they speak with is not installed."""
    try:
        from ui.mcp import Tools
    except ModuleNotFoundError:
        return None
    return Tools(house)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to an address and listening; BadInput where it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or error
        raise BadInput(
            f"{host}:{port} cannot be listened on ({why}).", next_step=f"Try: pincite serve --port {port % 60_000 + 1}"
        ) from None
    return listening


def _file(name: str, kind: str) -> Callable[[], FileResponse]:
    def file() -> FileResponse:
        return FileResponse(page.HERE / name, media_type=kind)

    return file
