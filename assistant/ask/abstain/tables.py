"""The tables behind a refusal: what is not held, which facts a matter turns on, and to whom a matter belongs."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.patterns import pattern


@dataclass(frozen=True, slots=True)
class Gap:
    """Something people ask for that is known not to be held.

    `words` name it and that its content is wanted; `about` names it alone, and counts where the question wants contents;
    `unless` names what a question asks of it that the law answers; `sure` is so plainly a record that nothing found changes it.
    """

    name: str
    nearest: tuple[str, ...]
    because: str
    words: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter by its words: what it turns on or whose it is, and the clauses that say so."""

    name: str
    words: tuple[str, ...]
    nearest: tuple[str, ...]
    start: date = date.min
    end: date | None = None
    unless: tuple[str, ...] = ()

    def fits(self, text: str, on: date) -> bool:
        """Whether a question is about it on a day."""
        dated = self.start <= on and (self.end is None or on < self.end)
        return (
            dated
            and any(found(pattern, text) for pattern in self.words)
            and not any(found(pattern, text) for pattern in self.unless)
        )


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table; empty where a corpus has none."""

    gaps: tuple[Gap, ...]
    facts: tuple[Matter, ...]
    persons: tuple[Matter, ...]
    fields: tuple[Matter, ...]

    def facts_of(self, text: str, on: date) -> Matter | None:
        """The facts that the question's matter turns on."""
        return next((row for row in self.facts if row.fits(text, on)), None)

    def field_of(self, text: str, on: date) -> Matter | None:
        """The other field that the question is about."""
        return next((row for row in self.fields if row.fits(text, on)), None)

    def person_of(self, text: str, on: date) -> Matter | None:
        """Whose the question's matter is."""
        return next((row for row in self.persons if row.fits(text, on)), None)


def found(written: str, text: str) -> bool:
    """Whether a table's pattern stands in a text; `(?-i:...)` keeps case within it."""
    return pattern(written, re.I).search(text) is not None


@lru_cache
def read_tables(folder: Path) -> Tables:
    """The tables of a corpus folder."""
    return Tables(
        gaps=tuple(
            Gap(
                row["name"],
                tuple(row["nearest"]),
                row["because"],
                tuple(row.get("words", ())),
                tuple(row.get("about", ())),
                tuple(row.get("unless", ())),
                tuple(row.get("sure", ())),
            )
            for row in _read(folder, "gaps", "gap")
        ),
        facts=tuple(_matter(row) for row in _read(folder, "needs", "need")),
        persons=tuple(_matter(row) for row in _read(folder, "persons", "person")),
        fields=tuple(_matter(row) for row in _read(folder, "scope", "field")),
    )


def _matter(row: dict[str, Any]) -> Matter:
    return Matter(
        row["name"],
        tuple(row["words"]),
        tuple(row.get("nearest", ())),
        row.get("from", date.min),
        row.get("to"),
        tuple(row.get("unless", ())),
    )


def _read(folder: Path, name: str, table: str) -> list[dict[str, Any]]:
    path = folder / "rules" / f"{name}.toml"
    if not path.is_file():
        return []
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[table]
    return rows
