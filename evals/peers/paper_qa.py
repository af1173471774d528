"""paper-qa's retrieval of evidence, before any model reads it: embedding and maximal marginal relevance."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

TITLE = "paper-qa, evidence retrieval"


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    from lmi import SentenceTransformerEmbeddingModel  # type: ignore[import-not-found]
    from paperqa import Docs, Settings  # type: ignore[import-not-found]
    from paperqa.types import Doc, Text  # type: ignore[import-not-found]

    embedding = SentenceTransformerEmbeddingModel(name=encoder)
    docs, settings = Docs(), Settings()

    async def add() -> None:
        for name in dict.fromkeys(each["instrument"] for each in texts):
            doc = Doc(docname=name, citation=name, dockey=name)
            held = [
                Text(text=f"{each['path']}. {each['text']}", name=each["id"], doc=doc)
                for each in texts
                if each["instrument"] == name
            ]
            await docs.aadd_texts(held, doc, settings=settings, embedding_model=embedding)

    async def find(question: str) -> list[Any]:
        return [each.name for each in await docs.retrieve_texts(question, 10, settings, embedding)]

    loop = asyncio.new_event_loop()
    loop.run_until_complete(add())
    return lambda question: loop.run_until_complete(find(question))
