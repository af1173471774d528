"""The hybrid index: BM25 and vectors, built aside into a generation, verified, then named as current.

Vectors stand in Chroma (through llama-index) and, beside it, in one matrix that is searched exactly: at this size that
is as fast, misses nothing, and a question needs neither Chroma nor llama-index. Past `EXACT_ROWS` Chroma answers.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from filelock import FileLock

from assistant.engines import lexical
from assistant.engines.encoder import Encoder, Vectors
from assistant.errors import BadRecord, NotReady
from assistant.index import Entry, Hit
from assistant.law import Authority, Holding

EXACT_ROWS = 100_000
_LEXICAL_WEIGHT = 0.5
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Generation:
    """An index on disk: its folder and what its manifest says."""

    folder: Path
    digest: str
    encoder: str
    entries: int
    rows: int


class HybridIndex:
    """An open generation."""

    def __init__(self, generation: Generation, encoder: Encoder, threads: int = 2) -> None:
        self.generation = generation
        self._encoder = encoder
        self._entries = _read_entries(generation.folder / "entries.jsonl")
        self._lexical = lexical.load(generation.folder / "bm25", len(self._entries))
        self._matrix = np.load(generation.folder / "vectors.npy", mmap_mode="r")
        self._owners = np.load(generation.folder / "owners.npy")

    def search(self, question: str, on: date, limit: int = 20) -> list[Hit]:
        """The best provisions; a note's version that is not read on the day is passed over."""
        scores = self.scores(question)
        best: dict[str, Hit] = {}
        for number in np.argsort(-scores, kind="stable"):
            entry = self._entries[int(number)]
            if scores[number] <= 0 or len(best) >= limit:
                break
            if entry.provision not in best and entry.covers(on):
                best[entry.provision] = Hit(
                    entry.provision, entry.authority, entry.holding, round(float(scores[number]), 4)
                )
        return list(best.values())

    def scores(self, question: str) -> Vectors:
        """The fused score of every entry: BM25 scaled by its best, and cosine, half each."""
        exact = self._lexical.scores(question)
        top = float(exact.max()) if exact.size else 0.0
        near = self._nearness(self._encoder.encode([question])[0])
        return np.asarray(_LEXICAL_WEIGHT * (exact / top if top else exact) + (1 - _LEXICAL_WEIGHT) * near, np.float32)

    def _nearness(self, vector: Vectors) -> Vectors:
        """For each entry the cosine of its best window."""
        found = np.zeros(len(self._entries), np.float32)
        if len(self._matrix) <= EXACT_ROWS:
            np.maximum.at(found, self._owners, self._matrix @ vector.astype(self._matrix.dtype))
        else:
            for row, cosine in _chroma_search(self.generation.folder / "chroma", vector, 200):
                owner = int(self._owners[row])
                found[owner] = max(found[owner], cosine)
        return found


def index_digest(entries: Sequence[Entry], encoder: str) -> str:
    """What a generation must have been built from to answer for these entries."""
    found = hashlib.sha256(f"2 {encoder}".encode())
    for entry in entries:
        found.update(f"{entry.provision}\x1f{entry.key}\x1f{entry.start}\x1f{entry.end}\x1f{entry.holding}".encode())
    return found.hexdigest()[:16]


def build(
    entries: Sequence[Entry], encoder: Encoder, home: Path, progress: Progress = lambda done, total: None
) -> Generation:
    """Build a generation aside, verify it, and name it as current; the old one answers until then."""
    base = home / "index"
    try:
        base.mkdir(parents=True, exist_ok=True)
        with FileLock(str(base / "writer.lock"), timeout=600):
            return _build(entries, encoder, home, base, progress)
    except OSError as error:
        raise BadRecord(
            f"The index in {base} could not be written ({error.strerror or error}).",
            next_step="Check free space and permissions, or set PINCITE_HOME to another folder.",
        ) from None


def _build(entries: Sequence[Entry], encoder: Encoder, home: Path, base: Path, progress: Progress) -> Generation:
    folder = base / f"generation-{uuid4().hex[:12]}"
    folder.mkdir()
    try:
        vectors, owners = _encode(entries, encoder, home / "cache", progress)
        _write_entries(folder / "entries.jsonl", entries)
        (folder / "bm25").mkdir()
        lexical.build([f"{e.provision} {e.path} {e.text}" for e in entries]).save(folder / "bm25")
        np.save(folder / "vectors.npy", vectors)
        np.save(folder / "owners.npy", owners)
        _write_chroma(folder / "chroma", entries, vectors, owners)
        generation = Generation(folder, index_digest(entries, encoder.name), encoder.name, len(entries), len(vectors))
        _write_manifest(generation)
        _verify(generation, encoder, vectors)
        _name_current(base, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for old in base.glob("generation-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return generation


def current(home: Path) -> Generation | None:
    """The generation in use; None where none is built."""
    pointer = home / "index" / "current"
    try:
        folder = home / "index" / pointer.read_text(encoding="utf-8").strip()
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Generation(folder, manifest["digest"], manifest["encoder"], manifest["entries"], manifest["rows"])


def _encode(entries: Sequence[Entry], encoder: Encoder, cache: Path, progress: Progress) -> tuple[Vectors, Any]:
    """Vectors of every window; a text that was encoded before comes from the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    rows: list[Vectors] = []
    owners: list[int] = []
    with closing(sqlite3.connect(cache / "vectors.sqlite")) as db:
        db.execute(
            "CREATE TABLE IF NOT EXISTS vector (encoder TEXT, key TEXT, rows INTEGER, data BLOB, PRIMARY KEY (encoder, key))"
        )
        for number, entry in enumerate(entries):
            found = db.execute(
                "SELECT rows, data FROM vector WHERE encoder = ? AND key = ?", (encoder.name, entry.key)
            ).fetchone()
            if found:
                block = np.frombuffer(found[1], np.float32).reshape(found[0], -1)
            else:
                block = encoder.encode(encoder.windows(entry.path, entry.text) or [entry.path])
                db.execute(
                    "INSERT INTO vector VALUES (?, ?, ?, ?)", (encoder.name, entry.key, len(block), block.tobytes())
                )
                if number % 200 == 199:
                    db.commit()
            rows.append(block)
            owners.extend([number] * len(block))
            progress(number + 1, len(entries))
        db.commit()
    return np.concatenate(rows) if rows else np.zeros((0, 384), np.float32), np.array(owners, np.int32)


def _write_entries(path: Path, entries: Sequence[Entry]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for e in entries:
            row = [e.provision, e.holding, e.authority, e.path, e.text, str(e.start or ""), str(e.end or "")]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read_entries(path: Path) -> list[Entry]:
    found: list[Entry] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            provision, holding, authority, where, text, start, end = json.loads(line)
            found.append(
                Entry(
                    provision, Holding(holding), Authority(authority), where, text,
                    date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None,
                )
            )  # fmt: skip
    return found


def _quiet() -> None:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


def _write_chroma(folder: Path, entries: Sequence[Entry], vectors: Vectors, owners: Any) -> None:
    """The same vectors as llama-index nodes in an embedded Chroma collection, cosine, ids stable."""
    _quiet()
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection("provisions", metadata={"hnsw:space": "cosine"}, embedding_function=None)
    store = ChromaVectorStore(chroma_collection=collection)
    for start in range(0, len(vectors), 2000):
        nodes = []
        for row in range(start, min(start + 2000, len(vectors))):
            entry = entries[int(owners[row])]
            metadata = {"provision": entry.provision, "holding": str(entry.holding), "authority": str(entry.authority)}
            nodes.append(
                TextNode(id_=f"row-{row}", text=entry.text, metadata=metadata, embedding=vectors[row].tolist())
            )
        store.add(nodes)
    if collection.count() != len(vectors):
        raise BadRecord(f"Chroma holds {collection.count()} of {len(vectors)} rows; the old index was kept.")


def _chroma_search(folder: Path, vector: Vectors, limit: int) -> list[tuple[int, float]]:
    _quiet()
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    collection = client.get_collection("provisions", embedding_function=None)
    found = collection.query(query_embeddings=[vector.tolist()], n_results=limit, include=["distances"])
    distances = (found["distances"] or [[]])[0]
    return [(int(key.removeprefix("row-")), 1 - float(d)) for key, d in zip(found["ids"][0], distances, strict=True)]


def _write_manifest(generation: Generation) -> None:
    hashes = {
        name: hashlib.sha256((generation.folder / name).read_bytes()).hexdigest()
        for name in ("entries.jsonl", "vectors.npy", "owners.npy")
    }
    manifest = {
        "digest": generation.digest, "encoder": generation.encoder, "entries": generation.entries, "rows": generation.rows,
        "sha256": hashes,
    }  # fmt: skip
    path = generation.folder / "manifest.json"
    with path.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _verify(generation: Generation, encoder: Encoder, vectors: Vectors) -> None:
    """Hashes, counts, and that the index finds its own first entry."""
    manifest = json.loads((generation.folder / "manifest.json").read_text(encoding="utf-8"))
    for name, expected in manifest["sha256"].items():
        if hashlib.sha256((generation.folder / name).read_bytes()).hexdigest() != expected:
            raise BadRecord(f"The new index failed its check ({name}); the old one was kept.")
    if generation.entries:
        index = HybridIndex(generation, encoder)
        scores = index._nearness(np.asarray(vectors[0], np.float32))
        if int(scores.argmax()) != 0 and scores.max() - scores[0] > 1e-4:
            raise BadRecord("The new index does not find its own first entry; the old one was kept.")


def _name_current(base: Path, folder: Path) -> None:
    temporary = base / f"current.{uuid4().hex[:8]}"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(base / "current")


def open_index(home: Path, encoder: Encoder, digest: str) -> HybridIndex:
    """Open the current generation; NotReady where there is none for what is held now."""
    generation = current(home)
    if generation is None or generation.digest != digest:
        raise NotReady("The index is not built for what is held now.", next_step="Run: pincite index.")
    return HybridIndex(generation, encoder)
