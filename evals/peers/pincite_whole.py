"""Pincite's retrieval as it answers: the same notes, with citations, dates, structure and everyday words."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

TITLE = "Pincite, retrieval as it answers"
_FEW = 100


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    from assistant.desk import open_desk
    from assistant.retrieve import read_question, retrieve
    from assistant.settings import CHECKED_THROUGH, Settings
    from evals.peers import pincite_search

    if len(texts) < _FEW:
        return pincite_search.build(texts, encoder)
    desk = open_desk(Settings(home=Path(tempfile.mkdtemp())))
    held = {each["id"] for each in texts}

    def search(question: str) -> list[Any]:
        asked = read_question(question, CHECKED_THROUGH, desk.corpus, desk.rules)
        hits = retrieve(asked, desk.corpus, desk.index, desk.glossary)
        return [_read_on(hit.provision, asked.on) for hit in hits[:10]]

    def _read_on(provision: str, on: date) -> list[str]:
        """The version read on the day; nothing for a whole instrument, which is no text of the bench."""
        version = desk.corpus.version(provision, on)
        versions = desk.corpus.provisions.get(provision, ())
        named = [f"{provision}#{number}" for number, each in enumerate(versions) if each is version]
        return [each for each in named if each in held]

    return search
