"""The contract of an index: what goes in, what comes out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from assistant import law
from assistant.corpus import Corpus
from assistant.law import Authority, Holding, Provision
from assistant.readers import Kind
from assistant.record import Record


class Level(StrEnum):
    """Whose words an entry has."""

    NOTE = "note"
    PLAIN = "plain"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Entry:
    """One searchable text of a provision: our note, everyday words for it, or an edition's words.

    `path` is the heading path that stands in front of the text when it is encoded.
    """

    provision: str
    holding: Holding
    authority: Authority
    path: str
    text: str
    start: date | None = None
    end: date | None = None
    level: Level = Level.NOTE

    @property
    def key(self) -> str:
        """A digest of what is encoded, so that an unchanged text is never encoded twice."""
        return hashlib.sha256(f"{self.path}\x1f{self.text}".encode()).hexdigest()[:32]

    def covers(self, on: date) -> bool:
        """Whether this version is the one to read on a day."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision found, best text first; `score` is comparable within one search alone."""

    provision: str
    authority: Authority
    holding: Holding
    score: float


class Index(Protocol):
    """Searches entries; the question is plain words, `also` more words of the texts to look for, which carry no meaning of it."""

    def search(self, question: str, on: date, limit: int = 20, also: str = "") -> list[Hit]:
        """The best provisions for a question, of the versions that are read on a day."""
        ...


@runtime_checkable
class Likening(Protocol):
    """An index that can say where a question stands among its entries."""

    def likeness(self, question: str, also: str = "") -> tuple[NDArray[np.float32], float]:
        """The question's own vector, of unit length, and the cosine of the entry nearest to it."""
        ...


Family = tuple[str, str, Sequence[str]]
"""A clause, the clause above it ("" for none), and those of its parts that matter."""


@runtime_checkable
class Telling(Protocol):
    """An index that can say what it holds of a question, clause by clause, to those who weigh clauses."""

    @property
    def encoder(self) -> str:
        """The name of the encoder whose vectors it holds."""
        ...

    def evidence(self, question: str, on: date, families: Sequence[Family], also: str = "") -> NDArray[np.float32]:
        """For each clause a row of numbers about the question and what is held of the clause and of those around it."""
        ...


def entries(corpus: Corpus, record: Record) -> list[Entry]:
    """Everything there is to search: notes, the everyday words for their clauses, texts; in a fixed order."""
    return [*_notes(corpus), *_plain(corpus), *_texts(corpus, record)]


def _plain(corpus: Corpus) -> list[Entry]:
    """For each clause with everyday words, those words, read on the days its notes are."""
    found: list[Entry] = []
    for provision, words in corpus.plain.items():
        instrument = corpus.instruments[law.instrument_of(provision)]
        path = f"{instrument.citation}. {corpus.heading(provision)}".rstrip(". ")
        versions = corpus.provisions.get(provision, ())
        for version in versions or (None,):
            holding = version.holding if version else instrument.holding
            dates = _read_on(version, versions) if version else (None, None)
            found.append(Entry(provision, holding, instrument.authority, path, ". ".join(words), *dates, Level.PLAIN))
    return found


def _notes(corpus: Corpus) -> list[Entry]:
    found: list[Entry] = []
    for instrument in corpus.instruments.values():
        path = f"{instrument.citation}. {instrument.title}"
        names = "; ".join(instrument.aliases)
        if instrument.id not in corpus.provisions:
            text = f"{instrument.note} {f'Also: {names}.' if names else ''}".strip()
            found.append(Entry(instrument.id, instrument.holding, instrument.authority, path, text))
    for versions in corpus.provisions.values():
        for version in versions:
            instrument = corpus.instruments[version.instrument]
            names = "; ".join(version.aliases)
            text = f"{version.note} {f'Also: {names}.' if names else ''}".strip()
            found.append(
                Entry(
                    version.id,
                    version.holding,
                    instrument.authority,
                    heading_path(corpus, version.id),
                    text,
                    *_read_on(version, versions),
                )
            )
    return found


def _read_on(version: Provision, versions: tuple[Provision, ...]) -> tuple[date | None, date | None]:
    """From when to when a version is the one to read: before a clause was added, its first version is what can be said."""
    return (None if version is versions[0] else version.start), version.end


def _texts(corpus: Corpus, record: Record) -> list[Entry]:
    found: list[Entry] = []
    for edition in record.editions():
        latest = record.edition(edition.instrument)
        if latest is None or latest.id != edition.id:
            continue
        instrument = corpus.instruments.get(edition.instrument)
        authority = instrument.authority if instrument else authority_of(edition.instrument)
        for passage in record.passages(latest):
            own = latest.text[passage.own_start : passage.own_end].strip()
            if own and passage.kind not in {Kind.AMENDMENTS, Kind.CREDIT}:
                path = heading_path(corpus, passage.id, passage.heading)
                found.append(Entry(passage.id, edition.holding, authority, path, own, level=Level.TEXT))
    return found


def heading_path(corpus: Corpus, provision_id: str, heading: str = "") -> str:
    """The instrument's title and the headings down to a clause, for people and for the encoder."""
    instrument_id = law.instrument_of(provision_id)
    instrument = corpus.instruments.get(instrument_id)
    outlined = corpus.outline.get(instrument_id)
    parts = [instrument.citation if instrument else instrument_id]
    title = instrument.title if instrument else outlined.title if outlined else ""
    above = [corpus.heading(each) for each in reversed(law.ancestors_of(provision_id)) if each != instrument_id]
    parts += [title, *above, heading or corpus.heading(provision_id) if provision_id != instrument_id else ""]
    return ". ".join(dict.fromkeys(part.strip(" .") for part in parts if part))


def authority_of(instrument_id: str) -> Authority:
    """The rank of an instrument that the catalogue has no entry for, by the kind its id names."""
    if instrument_id.startswith("upload "):
        return Authority.UPLOAD
    if " USC " in instrument_id or instrument_id.startswith("Pub. L."):
        return Authority.STATUTE
    if " CFR " in instrument_id or " FR " in instrument_id:
        return Authority.REGULATION
    if instrument_id.startswith("EO "):
        return Authority.EXECUTIVE_ORDER
    if instrument_id.startswith("SAMM"):
        return Authority.MANUAL
    if instrument_id.startswith(("NSM-", "NSPM-", "PPD-", "PDD-", "NSDD-", "PD-")):
        return Authority.PRESIDENTIAL_MEMORANDUM
    return Authority.FACT_SHEET
