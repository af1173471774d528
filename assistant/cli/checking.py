"""`pincite check`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsOf, Json, app, read_day, settings_now
from assistant.errors import BadInput, BadSource

if TYPE_CHECKING:
    from assistant.check import Memo, Report


@app.command(epilog="Example: pincite check memo.docx --out report.html")
def check(
    memo: Annotated[Path, typer.Argument(help="A .docx, .pdf, .md or .txt memo.")],
    as_of: AsOf = None,
    json_: Json = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the report as .docx or .html.")
    ] = None,
) -> None:
    """Check somebody's memo: citations, quotations, figures, status on its date. Exit 1 where faults were found."""
    from assistant import check as checking
    from assistant.corpus import read_corpus
    from assistant.record import open_record
    from assistant.rules import read_rules
    from assistant.settings import data_path

    on = read_day(as_of)
    if out is not None and out.suffix.lower() not in {".docx", ".html", ".htm"}:
        raise BadInput(
            f"A report is not written as {out.suffix or 'a file without an ending'}.",
            next_step="Name it .docx or .html.",
        )
    read = _read(memo)
    settings = settings_now()
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    report = checking.check(read, corpus, open_record(settings.home), read_rules(data_path("corpus")), on)
    if out is not None:
        _write(report, read, memo, out)
    if json_:
        print(json.dumps(checking.as_json(report), ensure_ascii=False, indent=2))
    else:
        from assistant.check.terminal import show_report

        show_report(report)
    raise typer.Exit(1 if report.faults else 0)


def _read(path: Path) -> "Memo":
    """The memo in a file, read apart; refused as an upload is."""
    from assistant.check import read_memo
    from assistant.readers.upload import MOST_BYTES
    from assistant.sync.apart import Apart

    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(f"{path.name} is larger than {MOST_BYTES // 10**6} MB.", next_step="Check it in parts.")
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read ({error.strerror}).", next_step="Give a .docx, .pdf, .md or .txt file."
        ) from None
    with Apart() as apart:
        try:
            return read_memo(data, path.name, apart.read)
        except BadSource as error:
            raise type(error)(f"{path.name}: {error.message}", next_step=error.next_step) from None


def _write(report: "Report", read: "Memo", memo: Path, out: Path) -> None:
    try:
        if out.suffix.lower() == ".docx":
            from assistant import export

            export.write_findings(report, memo, out)
        else:
            from assistant.check.page import page_of

            out.write_text(page_of(report, read), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{out} cannot be written ({error.strerror}).", next_step="Give --out another place.") from None
    print(f"The report is in {out}.", file=sys.stderr)
