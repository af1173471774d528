"""`pincite cite` and `pincite diff`."""

import json
from datetime import date
from typing import Annotated

import typer

from assistant.cli.console import AsOf, Json, app, read_day, settings_now
from assistant.errors import BadInput, NoSuchClause


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

    settings, on = settings_now(), read_day(as_of) or date.today()
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

    settings = settings_now()
    record = open_record(settings.home)
    if not record.editions(instrument):
        from assistant.corpus import read_corpus
        from assistant.settings import data_path
        from assistant.sync.naming import instruments_named

        corpus = read_corpus(data_path("corpus"), settings.home / "cache")
        (instrument,) = instruments_named([instrument], corpus)
        if not (record.editions(instrument) or corpus.exists(instrument)):
            raise NoSuchClause(
                f"There is no instrument {instrument!r} here.", next_step="See what is held: pincite status."
            )
    difference = changes.diff_instrument(record, instrument, read_day(since), read_day(until))
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
