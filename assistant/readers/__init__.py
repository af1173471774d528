"""Readers turn a publisher's bytes into a tree of provisions whose ids are citations.

A reader is one file with one function, `read(data: bytes, *, instrument: str, ...) -> Reading`.
`Reading.text` is the instrument's plain text, rendered once; every passage is a span of it, so that
`text[start:end]` is the whole clause with its designator, heading and children, and
`text[own_start:own_end]` is the words of its own (the chapeau, or a leaf's content) without them.
Text that resumes after the children is a passage of its own, `<id>, flush`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
