"""`pincite ask`."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.console import AsOf, Json, app, desk_now, read_day, settings_now
from assistant.errors import BadInput, PinciteError

if TYPE_CHECKING:
    from assistant.ask import Answer, Watch
    from assistant.desk import Desk


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

    on = read_day(as_of)
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
    desk = desk_now(settings_now())
    answer = asking.ask(question, desk, on, _told(desk))
    number = _saved(answer, desk)
    if json_:
        print(json.dumps({**asking.as_json(answer), "entry": number}, ensure_ascii=False, indent=2))
        return
    from assistant.show import show_answer

    show_answer(answer)


def _told(desk: "Desk") -> "Watch | None":
    """Where a person waits for a language model: each verified claim on standard error as it passes."""
    if desk.model.name == "extractive" or not sys.stderr.isatty():
        return None
    from assistant.ask import hearing

    return hearing.lines(lambda words: print(words, file=sys.stderr))


def _saved(answer: "Answer", desk: "Desk") -> int | None:
    """The number of the answer's entry in the log; None, with a line on stderr, where it could not be written."""
    from assistant import ask as asking
    from assistant import audit
    from assistant.record import open_record

    try:
        record = open_record(desk.settings.home, create=True)
        return audit.write(record, "answer", asking.as_json(answer), asking.provisions(answer))
    except PinciteError as error:
        print(f"pincite: the answer was not saved: {error}", file=sys.stderr)
        return None


def _ask_batch(path: Path, on: date | None) -> None:
    from assistant import ask as asking

    rows = _batch_rows(path)
    desk = desk_now(settings_now())
    for number, row in rows:
        try:
            answer = asking.ask(row["question"], desk, read_day(row.get("as_of")) or on).named(row.get("id"))
            entry = _saved(answer, desk)
            print(json.dumps({**asking.as_json(answer), "entry": entry}, ensure_ascii=False), flush=True)
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
