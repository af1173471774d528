"""The commands. Engines load inside the command that needs them; stdout is the result alone."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from assistant import __version__
from assistant.errors import BadInput, PinciteError

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


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise BadInput(
            f"{written[:40]!r} is not a date.", next_step="Write it as YYYY-MM-DD, for example 2025-04-09."
        ) from None


def _settings() -> "Settings":
    from assistant.settings import read_settings

    return read_settings()


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int, int], None]]:
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


def _desk(settings: "Settings") -> "Desk":
    from assistant.desk import open_desk

    with _progress("Building the index") as tell:
        return open_desk(settings, tell)


@app.command(epilog='Example: pincite ask "Which CAT policy is in force?" --as-of 2025-05-01')
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotation marks.")] = None,
    as_of: AsOf = None,
    json_: Json = False,
    batch: Annotated[
        Path | None, typer.Option("--batch", help="Lines {id, question, as_of?}; one answer a line.")
    ] = None,
) -> None:
    """Answer a question with the clause behind every sentence."""
    from assistant import ask as asking

    on = _day(as_of)
    if (question is None) == (batch is None):
        raise BadInput(
            "Give a question or --batch FILE, one of the two.",
            next_step='Try: pincite ask "Who certifies an FMS sale?"',
        )
    if batch is not None:
        _ask_batch(batch, on)
        return
    assert question is not None
    asking.take(question)
    answer = asking.ask(question, _desk(_settings()), on)
    if json_:
        print(json.dumps(asking.as_json(answer), ensure_ascii=False, indent=2))
        return
    from assistant.show import show_answer

    show_answer(answer)


def _ask_batch(path: Path, on: date | None) -> None:
    from assistant import ask as asking

    rows = _batch_rows(path)
    desk = _desk(_settings())
    for number, row in rows:
        try:
            answer = asking.ask(row["question"], desk, _day(row.get("as_of")) or on).named(row.get("id"))
            print(json.dumps(asking.as_json(answer), ensure_ascii=False), flush=True)
        except BadInput as error:
            print(json.dumps({"id": row.get("id"), "error": f"line {number}: {error}"}, ensure_ascii=False), flush=True)


def _batch_rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path} cannot be read ({error}).", next_step="Give a file of JSON lines, or - for standard input."
        ) from None
    rows: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise BadInput(
                f"{path}, line {number}: not a JSON object with a question.",
                next_step='Each line: {"id": "1", "question": "..."}.',
            )
        rows.append((number, row))
    return rows


@app.command(epilog='Example: pincite cite "AECA 36(b)(1)"')
def cite(
    citation: Annotated[str, typer.Argument(help="A citation in any usual form.")],
    as_of: AsOf = None,
    json_: Json = False,
) -> None:
    """Look a clause up: what it says, its status on a date, what stands around it."""
    from assistant.clause import as_json, look_up
    from assistant.corpus import read_corpus
    from assistant.record import open_record
    from assistant.settings import data_path

    settings, on = _settings(), _day(as_of) or date.today()
    if not citation.strip() or len(citation) > 1_000:
        raise BadInput("That is not a citation.", next_step='Try: pincite cite "22 USC 2776(b)(1)".')
    clauses, ambiguous = look_up(
        citation, read_corpus(data_path("corpus"), settings.home / "cache"), open_record(settings.home), on
    )
    if json_:
        several = {"provisions": [as_json(clause) for clause in clauses], "ambiguous": ambiguous}
        print(json.dumps(as_json(clauses[0]) if len(clauses) == 1 else several, ensure_ascii=False, indent=2))
        return
    from assistant.show import show_clauses

    show_clauses(clauses, ambiguous, on)


@app.command(epilog="Example: pincite index --rebuild")
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build anew even where nothing changed.")] = False,
) -> None:
    """Build the search index for what is held now."""
    from assistant.corpus import read_corpus
    from assistant.desk import open_or_build_index
    from assistant.record import open_record
    from assistant.settings import data_path

    settings = _settings()
    with _progress("Building the index") as tell:
        open_or_build_index(
            settings,
            read_corpus(data_path("corpus"), settings.home / "cache"),
            open_record(settings.home),
            tell,
            rebuild=rebuild,
        )
    print(f"The index in {settings.home / 'index'} answers for what is held now.")


@app.command(epilog="Example: pincite status --json")
def status(
    json_: Json = False,
    coverage: Annotated[bool, typer.Option("--coverage", help="Clauses with a note, by instrument.")] = False,
) -> None:
    """What is held, at which edition, checked through when, and where the data is."""
    from assistant.standing import read_standing

    standing = read_standing(_settings(), coverage=coverage)
    if json_:
        print(json.dumps(standing, ensure_ascii=False, indent=2))
        return
    from assistant.show import show_standing

    show_standing(standing)


@app.command(epilog="Example: pincite serve --port 7860")
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on; loopback if not given.")] = None,
    port: Annotated[int | None, typer.Option(help="The port.")] = None,
) -> None:
    """Open the chat page on this machine."""
    from ui.server import run

    settings = _settings()
    run(_desk(settings), host or settings.host, port or settings.port)


@app.callback(invoke_without_command=True)
def version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Print the version where it was asked for."""
    if version:
        print(__version__)
        raise typer.Exit


if __name__ == "__main__":
    main()
