"""`pincite sync`."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsOf, Json, app, progress_bar, read_day, settings_now

if TYPE_CHECKING:
    from assistant.corpus import Corpus
    from assistant.record import Record
    from assistant.sync.reach import Reached


@app.command(
    epilog='Examples: pincite sync "22 USC 2776"  ·  pincite sync --from mirror.zip  ·  pincite sync --bundle law.zip'
)
def sync(
    instruments: Annotated[
        list[str] | None, typer.Argument(metavar="[INSTRUMENT]...", help="Ids such as '22 USC 2776'; all if none.")
    ] = None,
    from_: Annotated[
        Path | None, typer.Option("--from", help="A mirror folder or a bundle instead of the publishers.")
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle", help="Write what the publishers send, or --from holds, into a bundle to carry elsewhere."
        ),
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
    on = read_day(as_of)
    if from_ is None:
        _sync_publishers(wanted, on, release_point, bundle, json_=json_)
    elif bundle is not None:
        _bundle(from_, bundle, wanted, everything=everything, json_=json_)
    else:
        _sync_mirror(from_, wanted, everything=everything, json_=json_)


def _bundle(source: Path, target: Path, wanted: tuple[str, ...], *, everything: bool, json_: bool) -> None:
    from assistant.sync import write_bundle

    count = write_bundle(source, target, instruments=_named(wanted), everything=everything)
    print(json.dumps({"bundle": str(target), "texts": count}) if json_ else f"{_count(count, 'text')} in {target}.")


def _named(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the instruments that somebody named."""
    if not wanted:
        return ()
    from assistant.corpus import read_corpus
    from assistant.settings import data_path
    from assistant.sync.naming import instruments_named

    return instruments_named(wanted, read_corpus(data_path("corpus"), settings_now().home / "cache"))


def _sync_mirror(source: Path, wanted: tuple[str, ...], *, everything: bool, json_: bool) -> None:
    from assistant.record import open_record
    from assistant.sync import receive
    from assistant.sync.reach import touched

    settings = settings_now()
    record = open_record(settings.home, create=True)
    wanted = _named(wanted)
    with progress_bar("Reading official texts") as tell:
        changed = receive(source, record, instruments=wanted, everything=everything, progress=tell)
    reached = touched(record, changed)
    _link(record)
    if json_:
        print(json.dumps({"changed": changed, "editions": len(record.editions()), "touched": _reached_json(reached)}))
        return
    print(
        f"{_count(len(changed), 'instrument')} changed; {_count(len(record.editions()), 'edition')} held."
        if changed
        else "Nothing changed."
    )
    _show_reached(reached)
    if changed:
        print("The next question builds the index for them; pincite index does it now.", file=sys.stderr)


def _sync_publishers(
    wanted: tuple[str, ...], on: date | None, release_point: str | None, target: Path | None, *, json_: bool
) -> None:
    from contextlib import nullcontext

    from assistant.corpus import read_corpus
    from assistant.record import open_record
    from assistant.settings import data_path
    from assistant.sync import official
    from assistant.sync.bundle import writing
    from assistant.sync.naming import instruments_named
    from assistant.sync.reach import touched

    settings = settings_now()
    corpus = read_corpus(data_path("corpus"), settings.home / "cache")
    record = open_record(settings.home, create=True)
    wanted = instruments_named(wanted, corpus)
    with (
        writing(target) if target else nullcontext() as bundle,
        progress_bar("Asking the publishers") as tell,
    ):
        outcome = official.sync_from_publishers(
            record, corpus, wanted, as_of=on, release_point=release_point, progress=tell,
            keep=bundle.put_copy if bundle else None,
        )  # fmt: skip
    _link(record, corpus)
    if bundle and bundle.rows:
        print(f"{_count(len(bundle.rows), 'text')} in {target}.", file=sys.stderr if json_ else sys.stdout)
    if json_:
        print(json.dumps(official.as_json(outcome), ensure_ascii=False, indent=2))
    else:
        for line in outcome.changed:
            print(
                f"{line.instrument}: {line.why or 'a new edition'}{f' ({_differ(line.provisions)})' if line.provisions else ''}"
            )
        _show_reached(touched(record, [line.instrument for line in outcome.changed]))
        print(f"{len(outcome.changed)} changed, {len(outcome.unchanged)} unchanged, {len(outcome.failed)} failed.")
    reasons: dict[str, list[str]] = {}
    for line in outcome.failed:
        reasons.setdefault(line.why, []).append(line.instrument)
    for why, names in reasons.items():
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        print(f"pincite: {', '.join(names[:3])}{more}: {why}", file=sys.stderr)
    if outcome.failed and not (outcome.changed or outcome.unchanged):
        raise SystemExit(4)


def _link(record: "Record", corpus: "Corpus | None" = None) -> None:
    """Read the citations and definitions of what was brought; without them what is held still answers."""
    from assistant.sync.linking import FORM, links_or_less

    if not record.unlinked(FORM):
        return
    if corpus is None:
        from assistant.corpus import read_corpus
        from assistant.settings import data_path

        corpus = read_corpus(data_path("corpus"), settings_now().home / "cache")
    with progress_bar("Reading citations and definitions") as tell:
        fault = links_or_less(record, corpus, tell)
    if fault:
        print(f"pincite: {fault}", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _differ(provisions: tuple[str, ...]) -> str:
    return f"{_count(len(provisions), 'clause')} {'differs' if len(provisions) == 1 else 'differ'}"


def _reached_json(reached: "Reached") -> list[dict[str, object]]:
    return [
        {"instrument": instrument, "provisions": list(provisions),
         "entries": [{"id": entry.seq, "kind": entry.kind, "at": entry.at} for entry in entries]}
        for instrument, provisions, entries in reached
    ]  # fmt: skip


def _show_reached(reached: "Reached") -> None:
    """The clauses that a new edition changes, and the saved answers and memos that cite them."""
    for instrument, provisions, entries in reached:
        shown = ", ".join(provisions[:6]) + (f" and {len(provisions) - 6} more" if len(provisions) > 6 else "")
        print(f'{instrument}: {_differ(provisions)} ({shown}); see: pincite diff "{instrument}"')
        for entry in entries:
            title = entry.body.get("question") or entry.body.get("title") or entry.body.get("kind") or ""
            print(f"  touches the saved {entry.kind} {entry.seq} of {entry.at[:10]}: {title}")
