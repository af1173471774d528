"""bm25s with English stems and stop words, its defaults otherwise."""

from collections.abc import Callable, Sequence
from typing import Any

TITLE = "plain BM25 (bm25s)"


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    words = [f"{text['path']} {text['text']}" for text in texts]
    index.index(bm25s.tokenize(words, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)

    def search(question: str) -> list[Any]:
        tokens = bm25s.tokenize(question, stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = index.retrieve(tokens, k=10, show_progress=False)
        return [texts[int(n)]["id"] for n, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search
