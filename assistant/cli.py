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


@app.command(
    epilog='Examples: pincite sync "22 USC 2776"  ·  pincite sync --from mirror.zip  ·  pincite sync --from DIR --bundle mirror.zip'
)
def sync(
    instruments: Annotated[
        list[str] | None, typer.Argument(metavar="[INSTRUMENT]...", help="Ids such as '22 USC 2776'; all if none.")
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", help="A mirror folder or a bundle instead of the publishers.")
    ] = None,
    bundle: Annotated[
        Path | None, typer.Option("--bundle", help="Write what --from holds into a bundle to carry elsewhere.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also the copies that the manifest passes over.")] = False,
    as_of: AsOf = None,
    release_point: Annotated[
        str | None, typer.Option("--release-point", metavar="119-100", help="A release point of the U.S. Code.")
    ] = None,
    json_: Json = False,
) -> None:
    """Bring official text from its publishers, a mirror or a bundle; the only command that touches the network."""
    wanted = tuple(instruments or ())
    on = _day(as_of)
    if bundle is not None:
        _bundle(from_, bundle, everything=everything)
    elif from_ is not None:
        _sync_mirror(from_, wanted, everything=everything, json_=json_)
    else:
        _sync_publishers(wanted, on, release_point, json_=json_)


def _bundle(source: Path | None, target: Path, *, everything: bool) -> None:
    from assistant.sync import write_bundle

    if source is None:
        raise BadInput("A bundle is written from a mirror.", next_step="Give --from DIR together with --bundle FILE.")
    print(f"{write_bundle(source, target, everything=everything)} texts in {target}.")


def _sync_mirror(source: Path, wanted: tuple[str, ...], *, everything: bool, json_: bool) -> None:
    from assistant.record import open_record
    from assistant.sync import receive

    record = open_record(_settings().home, create=True)
    with _progress("Reading official texts") as tell:
        changed = receive(source, record, instruments=wanted, everything=everything, progress=tell)
    if json_:
        print(json.dumps({"changed": changed, "editions": len(record.editions())}))
        return
    print(
        f"{len(changed)} instruments changed; {len(record.editions())} editions are held."
        if changed
        else "Nothing changed."
    )
    if changed:
        print("The next question builds the index for them; pincite index does it now.", file=sys.stderr)


def _sync_publishers(wanted: tuple[str, ...], on: date | None, release_point: str | None, *, json_: bool) -> None:
    from assistant.corpus import read_corpus
    from assistant.record import open_record
    from assistant.settings import data_path
    from assistant.sync import official

    settings = _settings()
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    record = open_record(settings.home, create=True)
    with _progress("Asking the publishers") as tell:
        outcome = official.sync_from_publishers(
            record, corpus, wanted, as_of=on, release_point=release_point, progress=tell
        )
    if json_:
        print(json.dumps(official.as_json(outcome), ensure_ascii=False, indent=2))
    else:
        for line in outcome.changed:
            print(
                f"{line.instrument}: {line.why or 'a new edition'}{f' ({len(line.provisions)} clauses differ)' if line.provisions else ''}"
            )
        print(f"{len(outcome.changed)} changed, {len(outcome.unchanged)} unchanged, {len(outcome.failed)} failed.")
    reasons: dict[str, list[str]] = {}
    for line in outcome.failed:
        reasons.setdefault(line.why, []).append(line.instrument)
    for why, names in reasons.items():
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        print(f"pincite: {', '.join(names[:3])}{more}: {why}", file=sys.stderr)
    if outcome.failed and not (outcome.changed or outcome.unchanged):
        raise SystemExit(4)


@app.command(epilog="Example: pincite add guidance.docx")
def add(file: Annotated[Path, typer.Argument(help="A .docx, .pdf, .html, .md or .txt document of your own.")]) -> None:
    """Make a document of your own searchable, labelled as an upload; it never outranks law."""
    from assistant.record import open_record
    from assistant.sync import uploads

    name, passages, warnings = uploads.add(file, open_record(_settings().home, create=True))
    for warning in warnings:
        print(f"pincite: {warning}", file=sys.stderr)
    print(f"{name}: {passages} passages. Remove it with: pincite remove '{name}'.")


@app.command(epilog="Example: pincite remove guidance.docx")
def remove(
    upload: Annotated[str, typer.Argument(help="The upload's name, as `add` gave it or as the file was called.")],
) -> None:
    """Take an upload out of the record and the index."""
    from assistant.record import open_record
    from assistant.sync import uploads

    print(f"{uploads.remove(upload, open_record(_settings().home))} is removed.")


@app.command(epilog='Example: pincite diff "22 USC 2776" --since 2023-01-01')
def diff(
    instrument: Annotated[str, typer.Argument(help="An instrument, such as '22 USC 2776'.")],
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="YYYY-MM-DD", help="The earlier day; the edition before the last if not given."
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="The later day; the last edition if not given.")
    ] = None,
    json_: Json = False,
) -> None:
    """What changed in an instrument between two editions, by provision and word."""
    from assistant.record import open_record
    from assistant.sync import changes

    difference = changes.diff_instrument(open_record(_settings().home), instrument, _day(since), _day(until))
    if json_:
        ends = {"before": difference.before.as_of.isoformat(), "after": difference.after.as_of.isoformat()}
        print(
            json.dumps(
                {"instrument": instrument, **ends, "changes": changes.as_json(difference.changes)},
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    from assistant.show import show_difference

    show_difference(instrument, difference)


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
