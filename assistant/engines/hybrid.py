"""The hybrid index: BM25 and vectors, built aside into a generation, verified, then named as current.

Vectors stand in one matrix that is searched exactly and, beside it, in Chroma (through llama-index): at this size the
matrix is as fast and misses nothing, and a question needs neither Chroma nor llama-index.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from assistant.engines import chroma, lexical
from assistant.engines.encoder import Encoder, Vectors
from assistant.engines.evidence import LEVELS, Places, Words
from assistant.engines.ranking import Ranker, windows_of
from assistant.engines.reranker import packaged_reranker
from assistant.engines.vectors import Progress, encode_windows
from assistant.errors import BadRecord, NotReady
from assistant.index import Entry, Family, Hit
from assistant.law import Authority, Holding

_FORMAT = 4
_EVER = date.max.toordinal()
_HOLDINGS = {str(each): each for each in Holding}
_AUTHORITIES = {str(each): each for each in Authority}
_LEVELS = {str(each): number for number, each in enumerate(LEVELS)}


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

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        folder = generation.folder
        self.generation = generation
        columns = json.loads((folder / "entries.json").read_text(encoding="utf-8"))
        self.provisions: list[str] = columns["provision"]
        self._holdings = [_HOLDINGS[name] for name in columns["holding"]]
        self._authorities = [_AUTHORITIES[name] for name in columns["authority"]]
        self._levels = np.array([_LEVELS[name] for name in columns["level"]], np.int8)
        self._days = lexical.mapped(folder / "days.npy")
        self.ranker = Ranker(
            lexical.load(folder / "lexical"),
            encoder,
            lexical.mapped(folder / "vectors.npy"),
            lexical.mapped(folder / "owners.npy"),
            packaged_reranker(encoder.name),
        )

    def search(self, question: str, on: date, limit: int = 20, also: str = "") -> list[Hit]:
        """The best provisions; a version that is not read on the day is passed over."""
        best: dict[str, Hit] = {}
        for number, score in self.ranker.rank(question, 3 * limit, self.allowed(on), also):
            provision = self.provisions[number]
            if provision not in best:
                best[provision] = Hit(
                    provision,
                    self._authorities[number],
                    self._holdings[number],
                    round(score, 4),
                )
                if len(best) == limit:
                    break
        return list(best.values())

    @property
    def encoder(self) -> str:
        """The name of the encoder whose vectors this holds."""
        return self.generation.encoder

    def evidence(self, question: str, on: date, families: Sequence[Family], also: str = "") -> NDArray[np.float32]:
        """For each clause what its entries, those above it and those of its parts hold of a question: a row of
        `evidence.NAMES`."""
        allowed = self.allowed(on)

        def places(provisions: Sequence[str]) -> list[int]:
            return [place for provision in provisions for place in self._places.get(provision, ()) if allowed[place]]

        clauses = [Places(places([own]), places([above]), places(below)) for own, above, below in families]
        return self._words.rows(self.ranker.signals(question, also), clauses)

    @cached_property
    def _words(self) -> Words:
        return Words(self.ranker.lexical, self._levels)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, provision in enumerate(self.provisions):
            found.setdefault(provision, []).append(place)
        return found

    def likeness(self, question: str, also: str = "") -> tuple[Vectors, float]:
        """The question's own vector, of unit length, and the cosine of the entry nearest to it."""
        return self.ranker.likeness(question, also)

    def allowed(self, on: date) -> NDArray[np.bool_]:
        """Which positions are versions that are read on a day."""
        day = on.toordinal()
        return np.asarray((self._days[:, 0] <= day) & (day < self._days[:, 1]), bool)


def index_digest(entries: Sequence[Entry], encoder: str) -> str:
    """What a generation must have been built from to answer for these entries."""
    found = hashlib.sha256(f"{_FORMAT} {encoder}".encode())
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
            return _build(entries, encoder, home, progress)
    except OSError as error:
        raise BadRecord(
            f"The index in {base} could not be written ({error.strerror or error}).",
            next_step="Check free space and permissions, or set PINCITE_HOME to another folder.",
        ) from None


def _build(entries: Sequence[Entry], encoder: Encoder, home: Path, progress: Progress) -> Generation:
    base = home / "index"
    folder = base / f"generation-{uuid4().hex[:12]}"
    old = current(home)
    folder.mkdir()
    try:
        windows, owners = windows_of(entries, encoder)
        vectors = encode_windows(windows, encoder, home / "cache", progress)
        _write_entries(folder, entries)
        (folder / "lexical").mkdir()
        lexical.build([(f"{e.provision} {e.path}", e.text) for e in entries]).save(folder / "lexical")
        np.save(folder / "vectors.npy", vectors)
        np.save(folder / "owners.npy", owners)
        same = old is not None and old.encoder == encoder.name
        chroma.write(
            folder / "chroma", entries, windows, vectors, owners, old.folder / "chroma" if old and same else None
        )
        generation = Generation(folder, index_digest(entries, encoder.name), encoder.name, len(entries), len(vectors))
        _write_manifest(generation)
        verify(generation, encoder, vectors)
        _write_whole(base / "current", folder.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for other in base.glob("generation-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
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


def _write_entries(folder: Path, entries: Sequence[Entry]) -> None:
    columns = {
        "provision": [e.provision for e in entries],
        "holding": [str(e.holding) for e in entries],
        "authority": [str(e.authority) for e in entries],
        "level": [str(e.level) for e in entries],
    }
    (folder / "entries.json").write_text(json.dumps(columns, ensure_ascii=False), encoding="utf-8")
    days = [(e.start.toordinal() if e.start else 0, e.end.toordinal() if e.end else _EVER) for e in entries]
    np.save(folder / "days.npy", np.array(days, np.int32).reshape(-1, 2))


def _write_manifest(generation: Generation) -> None:
    manifest = {
        "digest": generation.digest, "encoder": generation.encoder, "entries": generation.entries, "rows": generation.rows,
        "sha256": {name: _sha256(generation.folder / name) for name in _files(generation.folder)},
    }  # fmt: skip
    path = generation.folder / "manifest.json"
    with path.open("w", encoding="utf-8") as file:
        json.dump(manifest, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _files(folder: Path) -> list[str]:
    own = (*folder.glob("*.npy"), *folder.glob("entries.json"), *folder.glob("lexical/*"))
    return sorted(str(path.relative_to(folder)) for path in own)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(generation: Generation, encoder: Encoder, vectors: Vectors) -> None:
    """Hashes, counts, and that the index finds its own first entry; BadRecord where one fails."""
    manifest = json.loads((generation.folder / "manifest.json").read_text(encoding="utf-8"))
    for name, expected in manifest["sha256"].items():
        if _sha256(generation.folder / name) != expected:
            raise BadRecord(f"The new index failed its check ({name}); the old one was kept.")
    if generation.rows:
        cosines: Any = HybridIndex(generation, encoder).ranker.cosines(np.asarray(vectors[0], np.float32))[0]
        if int(cosines.argmax()) != 0 and cosines.max() - cosines[0] > 1e-4:
            raise BadRecord("The new index does not find its own first entry; the old one was kept.")


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    temporary = path.with_name(f"{path.name}.{uuid4().hex[:8]}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def open_index(home: Path, encoder: Encoder, digest: str) -> HybridIndex:
    """Open the current generation; NotReady where there is none for what is held now."""
    generation = current(home)
    if generation is None or generation.digest != digest:
        raise NotReady("The index is not built for what is held now.", next_step="Run: pincite index.")
    return HybridIndex(generation, encoder)


def open_or_build(
    home: Path,
    encoder: Encoder,
    held: str,
    entries: Callable[[], Sequence[Entry]],
    progress: Progress = lambda done, total: None,
    *,
    rebuild: bool = False,
) -> HybridIndex:
    """The index for what is held now, built first where it is missing or stale.

    `held` is a digest of everything that `entries` are made from: while it stands, they need not be made at all.
    """
    held = f"{_FORMAT} {held}"  # an index in an earlier form is built anew
    generation = current(home)
    if generation and not rebuild and generation.encoder == encoder.name and _made_from(generation.folder) == held:
        return HybridIndex(generation, encoder)
    wanted = entries()
    digest = index_digest(wanted, encoder.name)
    if rebuild or generation is None or generation.digest != digest:
        generation = build(wanted, encoder, home, progress)
    _write_whole(generation.folder / "held", held)
    return HybridIndex(generation, encoder)


def _made_from(folder: Path) -> str:
    try:
        return (folder / "held").read_text(encoding="utf-8")
    except OSError:
        return ""
