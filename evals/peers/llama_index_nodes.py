"""llama-index's CitationQueryEngine with each of our texts as a node."""

from collections.abc import Callable, Sequence
from typing import Any

TITLE = "llama-index CitationQueryEngine, our provisions as nodes"


def build(texts: Sequence[dict[str, str]], encoder: str) -> Callable[[str], list[Any]]:
    from llama_index.core.schema import TextNode

    engine = engine_over([TextNode(id_=each["id"], text=f"{each['path']}\n{each['text']}") for each in texts], encoder)
    return lambda question: [found.node.node_id for found in engine.retrieve(question)]


def engine_over(nodes: Sequence[Any], encoder: str) -> Any:
    """What retrieves for the engine: its own `retrieve`, ten nodes."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    embedding = HuggingFaceEmbedding(model_name=encoder, device="cpu")
    index = VectorStoreIndex(list(nodes), embed_model=embedding)
    engine = CitationQueryEngine.from_args(index, llm=MockLLM(), similarity_top_k=10)
    return engine.retriever
