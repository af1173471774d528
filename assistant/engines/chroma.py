"""The vectors as llama-index nodes in an embedded Chroma collection: cosine, and ids that follow the words."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.engines.encoder import Vectors
from assistant.errors import BadRecord
from assistant.index import Entry

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_NAME = "provisions"
_BATCH = 2000


def write(
    folder: Path,
    entries: Sequence[Entry],
    windows: Sequence[str],
    vectors: Vectors,
    owners: Any,
    old: Path | None = None,
) -> None:
    """Write a collection; from a copy of `old`, where there is one, so that unchanged windows are not added again.

    Raises BadRecord where Chroma afterwards holds another number of rows than it was given.
    """
    rows = {
        _id(entries[int(owner)], window): row for row, (owner, window) in enumerate(zip(owners, windows, strict=True))
    }
    if old is not None and old.is_dir():
        shutil.copytree(old, folder)
    collection = _open(folder, create=True)
    held = set(collection.get(include=[])["ids"])
    gone = sorted(held - rows.keys())
    for start in range(0, len(gone), _BATCH):
        collection.delete(ids=gone[start : start + _BATCH])
    _add(collection, entries, windows, vectors, owners, [row for key, row in rows.items() if key not in held])
    if collection.count() != len(rows):
        raise BadRecord(f"Chroma holds {collection.count()} of {len(rows)} rows; the old index was kept.")


def _add(
    collection: "Collection",
    entries: Sequence[Entry],
    windows: Sequence[str],
    vectors: Vectors,
    owners: Any,
    rows: list[int],
) -> None:
    if not rows:
        return
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    store = ChromaVectorStore(chroma_collection=collection)
    for start in range(0, len(rows), _BATCH):
        nodes = []
        for row in rows[start : start + _BATCH]:
            entry = entries[int(owners[row])]
            metadata = {"provision": entry.provision, "holding": str(entry.holding), "authority": str(entry.authority)}
            nodes.append(
                TextNode(
                    id_=_id(entry, windows[row]), text=windows[row], metadata=metadata, embedding=vectors[row].tolist()
                )
            )
        store.add(nodes)


def search(folder: Path, vector: Vectors, limit: int) -> list[tuple[str, float]]:
    """The nearest provisions of a collection, each with the cosine of a window of it."""
    collection = _open(folder, create=False)
    found = collection.query(query_embeddings=[vector.tolist()], n_results=limit, include=["distances", "metadatas"])
    distances, metadatas = (found["distances"] or [[]])[0], (found["metadatas"] or [[]])[0]
    return [(str(m["provision"]), 1 - float(d)) for m, d in zip(metadatas, distances, strict=True)]


def _open(folder: Path, *, create: bool) -> "Collection":
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    if create:
        return client.get_or_create_collection(_NAME, metadata={"hnsw:space": "cosine"}, embedding_function=None)
    return client.get_collection(_NAME, embedding_function=None)


def _id(entry: Entry, window: str) -> str:
    words = f"{entry.provision}\x1f{entry.holding}\x1f{entry.authority}\x1f{entry.start}\x1f{entry.end}\x1f{window}"
    return hashlib.sha256(words.encode()).hexdigest()[:32]
