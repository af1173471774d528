"""Pincite's own search over the same texts, without what it knows of citations, dates and structure."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

TITLE = "Pincite, search alone"


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    from assistant.engines.encoder import open_encoder
    from assistant.engines.ranking import rank_texts
    from evals.beir import Text

    held = [Text(each["id"], each["path"], each["text"]) for each in texts]
    ranker = rank_texts(held, open_encoder("packaged-int8", 2), Path(tempfile.mkdtemp()))
    return lambda question: [held[place].id for place, _ in ranker.rank(question, 10)]
