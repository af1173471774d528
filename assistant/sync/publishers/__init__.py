"""The publishers: each is one file with `HOSTS`, `claim` and `bring`, and is found by its `HOSTS`.

`claim(instrument)` says how surely a publisher is the one to ask: SURE by the instrument's id, PERHAPS by the address
in the catalogue, NO. `bring(instrument, run)` fetches what is published of it; None where the publisher has none.
The addresses and the publishers' pages are as others describe them; none of these has met the real sites yet.
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Protocol, TypeVar

import httpx

from assistant.errors import PinciteError
from assistant.law import Instrument
from assistant.sync.fetch import Fetcher, Validators

NO, PERHAPS, SURE = 0, 1, 2
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Copy:
    """An instrument as its publisher has it: bytes in a format that a reader knows, and the day they stand for.

    `url` is the address that answered, `asked` the one that was asked; `seen` is the day to which the publisher has it
    so, where that is not the day it stands for.
    """

    data: bytes = field(repr=False)
    format: str
    as_of: date
    url: str
    asked: str
    validators: Validators = field(default_factory=Validators)
    seen: date | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The publisher's word that nothing changed since the copy held, and the day it was given for."""

    as_of: date


@dataclass
class Run:
    """One sync: what is wanted of which day, the fetcher, and what was fetched already."""

    fetcher: Fetcher
    wanted: Sequence[Instrument]
    today: date
    as_of: date | None = None
    release_point: str | None = None
    validators: Callable[[str, str], Validators | None] = lambda instrument, url: None
    _made: dict[object, Any] = field(default_factory=dict)

    @property
    def current(self) -> bool:
        """Whether what stands today is wanted, not an earlier edition."""
        return self.as_of is None and self.release_point is None

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What `make` makes, made once a run; a failure is kept too, lest it be fetched again for each clause."""
        if key not in self._made:
            try:
                self._made[key] = make()
            except PinciteError as error:
                self._made[key] = error
        made = self._made[key]
        if isinstance(made, PinciteError):
            raise made
        found: Made = made
        return found


class Publisher(Protocol):
    """What each module of this folder offers."""

    HOSTS: tuple[str, ...]

    def claim(self, instrument: Instrument) -> int:
        """NO, PERHAPS or SURE."""
        ...

    def bring(self, instrument: Instrument, run: Run) -> Copy | Unchanged | None:
        """What is published of an instrument; a PinciteError where it cannot be had."""
        ...


def find_publishers(instrument: Instrument) -> tuple[Publisher, ...]:
    """Who may have an instrument, the surest first."""
    claims = [(publisher.claim(instrument), publisher) for publisher in publishers()]
    return tuple(p for claim, p in sorted(claims, key=lambda pair: -pair[0]) if claim != NO)


@lru_cache
def publishers() -> tuple[Publisher, ...]:
    """Every publisher."""
    modules = (importlib.import_module(module.name) for module in pkgutil.iter_modules(__path__, f"{__name__}."))
    return tuple(module for module in modules if hasattr(module, "HOSTS"))


def host_of(url: str) -> str:
    """The host in an address; empty where there is none."""
    try:
        return httpx.URL(url).host
    except (httpx.InvalidURL, TypeError, ValueError):
        return ""
