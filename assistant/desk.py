"""The desk: corpus, record, index, model and prompts together, opened once and shared by every verb."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from assistant import __version__, law
from assistant.corpus import Corpus, read_corpus
from assistant.index import Index
from assistant.model import Extractive, Model
from assistant.prompts import Prompts
from assistant.readers.reach import is_run
from assistant.record import Held, Record, open_record
from assistant.retrieve import Glossary, read_glossary
from assistant.rules import Rules, read_rules
from assistant.settings import Settings, data_path

Progress = Callable[[int, int], None]


@dataclass
class Desk:
    """Everything a verb works with."""

    corpus: Corpus
    record: Record
    rules: Rules
    glossary: Glossary
    index: Index
    model: Model
    prompts: Prompts
    settings: Settings
    folder: Path

    @cached_property
    def texts_held(self) -> frozenset[str]:
        """The instruments whose verbatim text is held."""
        return frozenset(e.instrument for e in self.record.editions() if e.holding is law.Holding.OFFICIAL)

    def held(self, provision_id: str) -> Held | None:
        """The latest text held of a provision."""
        return self.record.held(provision_id, law.instrument_of(provision_id))

    @property
    def settings_digest(self) -> str:
        """Eight hex digits over the choices that change answers."""
        return hashlib.sha256(f"{self.settings.encoder} {self.settings.model}".encode()).hexdigest()[:8]

    @property
    def corpus_digest(self) -> str:
        """The catalogue's digest and the record's."""
        return f"{self.corpus.digest}-{self.record.digest()}"

    @property
    def version(self) -> str:
        """The version of pincite."""
        return __version__


def open_desk(settings: Settings, progress: Progress | None = None, folder: Path | None = None) -> Desk:
    """Open everything; without an index for what is held now, build one, telling `progress`.

    `folder` is another corpus than the one that ships.
    """
    from assistant.engines.encoder import open_encoder

    open_encoder(settings.encoder, settings.threads)  # loads while the corpus is read
    folder = folder or data_path("corpus")
    record = open_record(settings.home)
    corpus = with_definitions(read_corpus(folder, settings.home / "cache"), record)
    return Desk(
        corpus=corpus,
        record=record,
        rules=read_rules(folder),
        glossary=read_glossary(folder),
        index=open_or_build_index(settings, corpus, record, progress),
        model=open_model(settings),
        prompts=Prompts(data_path("prompts")),
        settings=settings,
        folder=folder,
    )


def with_definitions(corpus: Corpus, record: Record) -> Corpus:
    """The corpus with the terms that the texts held define for a whole chapter, part, order or the like."""
    found: dict[str, tuple[str, ...]] = {}
    for term, provision, reach in record.defined():
        if is_run(reach) or (reach == law.instrument_of(reach) and " USC " not in reach):
            found[provision] = (*found.get(provision, ()), term)
    return replace(corpus, defined=found) if found else corpus


def open_model(settings: Settings) -> Model:
    """The model a deployment chose; the extractive one, the default, loads nothing."""
    if settings.model == Extractive.name:
        return Extractive()
    from assistant.engines import llm

    return llm.open_model(settings)


def open_or_build_index(
    settings: Settings, corpus: Corpus, record: Record, progress: Progress | None = None, *, rebuild: bool = False
) -> Index:
    """The index for what is held now, built first where it is missing or stale."""
    from assistant.engines import hybrid
    from assistant.engines.encoder import open_encoder
    from assistant.index import entries

    return hybrid.open_or_build(
        settings.home,
        open_encoder(settings.encoder, settings.threads),
        f"{corpus.digest}-{record.digest()}",
        lambda: entries(corpus, record),
        progress or (lambda done, total: None),
        rebuild=rebuild,
    )
