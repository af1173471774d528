"""Rows of the dated tables in corpus/rules, each with the clause it comes from."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import BadCorpus

Row = TypeVar("Row", bound=BaseModel)


class Dated(BaseModel):
    """A row that holds from one day to another (excluded).

    `provision` is the clause it applies, `by` what enacted it.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)

    start: date = Field(alias="from")
    end: date | None = Field(None, alias="to")
    provision: str = ""
    by: str = ""

    def covers(self, on: date) -> bool:
        """Whether the row holds on a day."""
        return self.start <= on and (self.end is None or on < self.end)


def read_table(folder: Path, name: str) -> dict[str, Any]:
    """A file of `rules/` as TOML; BadCorpus where it cannot be read."""
    path = folder / "rules" / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadCorpus(f"rules/{name}: {error}.") from None


def read_rows(folder: Path, name: str, table: str, kind: type[Row]) -> list[Row]:
    """The rows of one table of a file, checked; BadCorpus names file and row."""
    found: list[Row] = []
    for number, row in enumerate(read_table(folder, name).get(table, []), 1):
        try:
            found.append(kind.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            raise BadCorpus(
                f"rules/{name}, {table} {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}."
            ) from None
    return found
