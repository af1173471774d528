"""llama-index's CitationQueryEngine as its documentation shows it: an instrument is a document, the default splitter cuts it."""

from collections.abc import Callable, Sequence
from typing import Any

TITLE = "llama-index CitationQueryEngine, defaults"


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    from llama_index.core import Document
    from llama_index.core.node_parser import SentenceSplitter

    from evals.peers.llama_index_nodes import engine_over

    documents: dict[str, list[dict[str, str]]] = {}
    for text in texts:
        documents.setdefault(text["instrument"], []).append(text)
    places: dict[str, list[tuple[int, int, str]]] = {}
    held = []
    for name, members in documents.items():
        whole = ""
        for text in members:
            start = len(whole)
            whole += f"{text['provision']}: {text['text']}\n\n"
            places.setdefault(name, []).append((start, len(whole), text["id"]))
        held.append(Document(text=whole, id_=name))
    nodes = SentenceSplitter().get_nodes_from_documents(held)
    engine = engine_over(nodes, encoder)

    def search(question: str) -> list[Any]:
        return [_touched(found.node, places) for found in engine.retrieve(question)]

    return search


def _touched(node: Any, places: dict[str, list[tuple[int, int, str]]]) -> list[str]:
    """The texts that a chunk overlaps."""
    start, end = node.start_char_idx, node.end_char_idx
    return [each for low, high, each in places[node.ref_doc_id] if low < end and start < high]
