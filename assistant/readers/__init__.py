"""Readers turn a publisher's bytes into a tree of provisions whose ids are citations.

A reader is one file with one function, `read(data: bytes, *, instrument: str) -> Reading`, and `FORMATS`, the names of the
formats it reads; it is found by them, so that adding one edits no other file.
`Reading.text` is the instrument's plain text, rendered once; every passage is a span of it, so that
`text[start:end]` is the whole clause with its designator, heading and children, and
`text[own_start:own_end]` is the words of its own (the chapeau, or a leaf's content) without them.
Text that resumes after the children is a passage of its own, `<id>, flush`.
"""

import importlib
import pkgutil
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from assistant.errors import BadSource


class Kind(StrEnum):
    """What a passage is; only provisions, flush text, tables and rows are law."""

    PROVISION = "provision"
    FLUSH = "flush"
    TABLE = "table"
    ROW = "row"
    NOTE = "note"
    AMENDMENTS = "amendments"
    CREDIT = "credit"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause as a span of the reading's text; offsets are in characters, ends excluded."""

    id: str
    parent: str | None
    kind: Kind
    heading: str
    start: int
    end: int
    own_start: int
    own_end: int
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change the publisher's notes record: what changed, by which law, when (a year if no day)."""

    provision: str
    by: str
    year: int
    on: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An instrument as read: passages in printed order, parents before children."""

    instrument: str
    title: str
    text: str
    passages: tuple[Passage, ...]
    amendments: tuple[Amendment, ...] = ()
    act: str = ""
    warnings: tuple[str, ...] = field(default=())


class Reader(Protocol):
    """What each reader module offers as `read`."""

    def __call__(self, data: bytes, *, instrument: str) -> Reading:
        """Turn bytes into a reading; BadSource or Refused where they cannot be."""
        ...


def find_reader(form: str) -> Reader:
    """The reader of a format; BadSource where there is none."""
    reader = _readers().get(form)
    if reader is None:
        raise BadSource(
            f"There is no reader for the format {form}.", next_step=f"Known: {', '.join(sorted(_readers()))}."
        )
    return reader


@lru_cache
def _readers() -> dict[str, Reader]:
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        loaded = importlib.import_module(module.name)
        for form in getattr(loaded, "FORMATS", ()):
            found[form] = loaded.read
    return found
