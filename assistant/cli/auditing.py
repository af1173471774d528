"""`pincite audit verify`, `head` and `replay`."""

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import Json, app, desk_now, settings_now
from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.audit import Head

audit = typer.Typer(
    help="The log of answers, memos and checks: whether it is whole, and whether an answer still stands.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(audit, name="audit")


@audit.command(epilog="Example: pincite audit verify --head head.json")
def verify(
    known: Annotated[
        Path | None, typer.Option("--head", help="A head exported earlier, to show that nothing was cut off since.")
    ] = None,
    json_: Json = False,
) -> None:
    """Find edits, deletions and reorderings in the log; exit status 1 where there are any."""
    from assistant import audit as log
    from assistant.record import open_record

    record = open_record(settings_now().home)
    faults = log.verify(record, _read_head(known) if known else None)
    if json_:
        print(json.dumps({"entries": log.head(record).seq, "faults": faults}, ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            print(fault)
        if not faults:
            print(f"The log is whole: {log.head(record).seq} entries.")
    if faults:
        raise typer.Exit(1)


def _read_head(path: Path) -> "Head":
    from assistant import audit as log

    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return log.Head(int(row["seq"]), str(row["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            f"{path} is not an exported head.", next_step="Export one with: pincite audit head > head.json."
        ) from None


@audit.command(epilog="Example: pincite audit head > head.json")
def head() -> None:
    """Print the last entry's number and hash as JSON, to be kept elsewhere."""
    from assistant import audit as log
    from assistant.record import open_record

    last = log.head(open_record(settings_now().home))
    print(json.dumps({"seq": last.seq, "hash": last.hash}))


@audit.command(epilog="Example: pincite audit replay 12")
def replay(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The entry's number, as the answer's JSON gives it.")],
    json_: Json = False,
) -> None:
    """Give a saved answer again and say whether anything differs, and why."""
    from assistant import ask as asking
    from assistant import audit as log
    from assistant.record import open_record

    if not re.fullmatch(r"[0-9]{1,12}", id_):
        raise BadInput(f"{id_[:40]!r} is not the number of an entry.", next_step="Try: pincite audit replay 1.")
    settings = settings_now()
    saved = log.entry(open_record(settings.home), int(id_))
    if saved.kind != "answer":
        raise BadInput(
            f"Entry {id_} is a {saved.kind}; answers alone are given again.",
            next_step="Run the draft or check command on its file again.",
        )
    on = date.fromisoformat(saved.body["asked_on"])
    now = json.loads(
        json.dumps(asking.as_json(asking.ask(saved.body["question"], desk_now(settings), on)), default=str)
    )
    found = log.differences(saved.body, now)
    if json_:
        print(
            json.dumps(
                {"id": saved.seq, "at": saved.at, "same": not found, "differences": found}, ensure_ascii=False, indent=2
            )
        )
        return
    print(f"Entry {saved.seq} of {saved.at}: {'the same answer' if not found else 'the answer differs'}.")
    for line in found:
        print(f"- {line}")
