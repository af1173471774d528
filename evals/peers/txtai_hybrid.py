"""txtai's hybrid index: its own BM25 and vectors, half each."""

from collections.abc import Callable, Sequence
from typing import Any

TITLE = "txtai, hybrid"


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    from txtai import Embeddings  # type: ignore[import-not-found]

    index = Embeddings(path=encoder, hybrid=True, gpu=False)
    index.index((each["id"], f"{each['path']}. {each['text']}", None) for each in texts)
    return lambda question: [found[0] for found in index.search(question, 10)]
