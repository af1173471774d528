"""What is often taken for granted and is not so: dated rows, each with the clause that shows it."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.ask.premise.found import Finding, corrected
from assistant.cite import Kind
from assistant.corpus import Corpus
from assistant.patterns import pattern
from assistant.retrieve import Asked


@dataclass(frozen=True, slots=True)
class Confusion:
    """A statement by its words, all of which it has, and the clause that shows otherwise."""

    name: str
    about: tuple[str, ...]
    unless: tuple[str, ...]
    provision: str
    start: date
    end: date | None = None

    def fits(self, said: str, text: str, on: date) -> bool:
        """Whether a question asserts it on a day."""
        return (
            self.start <= on
            and (self.end is None or on < self.end)
            and all(pattern(each, re.I).search(said) for each in self.about)
            and not any(pattern(each, re.I).search(text) for each in self.unless)
        )


@lru_cache
def read_confusions(folder: Path) -> tuple[Confusion, ...]:
    """`rules/confusions.toml` of a corpus folder; empty where it has none."""
    path = folder / "rules" / "confusions.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["confusion"] if path.is_file() else []
    return tuple(
        Confusion(r["name"], tuple(r["about"]), tuple(r.get("unless", ())), r["provision"], r["from"], r.get("to"))
        for r in rows
    )


def confused(asked: Asked, said: str, corpus: Corpus, rows: tuple[Confusion, ...]) -> Finding | None:
    """The clause that shows a common assumption to be wrong, in its own note."""
    for row in rows:
        version = corpus.version(row.provision, asked.on)
        if version and said and row.fits(said, asked.text, asked.on):
            return corrected(version.note, row.provision, kind=Kind.NOTE)
    return None
