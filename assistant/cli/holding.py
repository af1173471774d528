"""`pincite add`, `remove`, `index` and `status`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import Json, app, progress_bar, settings_now

if TYPE_CHECKING:
    from assistant.audit import Entry
    from assistant.sync.reach import Outdated


@app.command(epilog="Example: pincite add guidance.docx")
def add(file: Annotated[Path, typer.Argument(help="A .docx, .pdf, .html, .md or .txt document of your own.")]) -> None:
    """Make a document of your own searchable, labelled as an upload; it never outranks law."""
    from assistant.record import open_record
    from assistant.sync import uploads

    name, passages, warnings = uploads.add(file, open_record(settings_now().home, create=True))
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

    print(f"{uploads.remove(upload, open_record(settings_now().home))} is removed.")


@app.command(epilog="Example: pincite index --rebuild")
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build anew even where nothing changed.")] = False,
) -> None:
    """Build the search index for what is held now."""
    from assistant.corpus import read_corpus
    from assistant.desk import open_or_build_index
    from assistant.record import open_record
    from assistant.settings import data_path

    settings = settings_now()
    with progress_bar("Building the index") as tell:
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
    """What is held, at which edition, checked through when, where the data is, and what saved work has been overtaken."""
    from assistant.standing import read_standing

    standing = read_standing(settings_now(), coverage=coverage)
    overtaken = _overtaken()
    standing["touched"] = [
        {"id": one.entry.seq, "kind": one.entry.kind, "at": one.entry.at, "title": _title(one.entry),
         "changes": [{"by": by, "provisions": list(clauses), "how": how} for by, clauses, how in one.changes]}
        for one in overtaken
    ]  # fmt: skip
    if json_:
        print(json.dumps(standing, ensure_ascii=False, indent=2))
        return
    from assistant.show import show_standing

    show_standing(standing)
    for one in overtaken[:_MOST_SHOWN]:
        print(f"The saved {one.entry.kind} {one.entry.seq} of {one.entry.at[:10]} is touched: {_title(one.entry)}")
        for by, clauses, how in one.changes:
            shown = ", ".join(clauses[:4]) + (f" and {len(clauses) - 4} more" if len(clauses) > 4 else "")
            print(f"  {by}: {how} ({shown})")
    if len(overtaken) > _MOST_SHOWN:
        print(f"And {len(overtaken) - _MOST_SHOWN} more; all of them: pincite status --json.")


_MOST_SHOWN = 20


def _overtaken() -> "tuple[Outdated, ...]":
    """The saved answers, memos and checks that a newer edition or instrument has reached."""
    from datetime import date

    from assistant.corpus import read_corpus
    from assistant.record import open_record
    from assistant.settings import data_path
    from assistant.sync.reach import outdated

    settings = settings_now()
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    return outdated(open_record(settings.home), corpus, date.today())


def _title(entry: "Entry") -> str:
    return str(entry.body.get("question") or entry.body.get("title") or entry.body.get("kind") or "")
