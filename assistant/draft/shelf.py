"""A desk without the search index, which a memo does not use: it is made of clauses that its template names."""

from datetime import date

from assistant.corpus import read_corpus
from assistant.desk import Desk
from assistant.index import Hit
from assistant.model import Extractive
from assistant.prompts import Prompts
from assistant.record import open_record
from assistant.retrieve import read_glossary
from assistant.rules import read_rules
from assistant.settings import Settings, data_path


class _Unsearched:
    def search(self, question: str, on: date, limit: int = 20, also: str = "") -> list[Hit]:
        return []


def open_shelf(settings: Settings) -> Desk:
    """Everything a memo is made of, opened in a moment; a search on this desk finds nothing."""
    folder = data_path("corpus")
    return Desk(
        corpus=read_corpus(folder, settings.home / "cache"),
        record=open_record(settings.home),
        rules=read_rules(folder),
        glossary=read_glossary(folder),
        index=_Unsearched(),
        model=Extractive(),
        prompts=Prompts(data_path("prompts")),
        settings=settings,
        folder=folder,
    )
