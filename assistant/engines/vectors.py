"""Vectors of windows, each window encoded once and kept by a digest of its words."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.engines.encoder import Encoder, Vectors

Progress = Callable[[int, int], None]
_BATCH = 64


def encode_windows(
    windows: Sequence[str], encoder: Encoder, cache: Path, progress: Progress = lambda done, total: None
) -> Vectors:
    """One row a window, in order; `cache` is a folder that keeps every row ever encoded, so a stop loses little."""
    cache.mkdir(parents=True, exist_ok=True)
    keys = [hashlib.sha256(window.encode()).digest()[:16] for window in windows]
    with closing(sqlite3.connect(cache / "vectors.sqlite", timeout=600)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(
            "CREATE TABLE IF NOT EXISTS window"
            " (encoder TEXT, key BLOB, data BLOB, PRIMARY KEY (encoder, key)) WITHOUT ROWID"
        )
        rows = _kept(db, keys, encoder.name)
        missing = {key: window for key, window in zip(keys, windows, strict=True) if key not in rows}
        order = sorted(missing, key=lambda key: -len(missing[key]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            found = encoder.encode([missing[key] for key in batch])
            db.executemany(
                "INSERT OR REPLACE INTO window VALUES (?, ?, ?)",
                [(encoder.name, key, row.tobytes()) for key, row in zip(batch, found, strict=True)],
            )
            db.commit()
            rows.update(zip(batch, found, strict=True))
            progress(len(windows) - len(order) + start + len(batch), len(windows))
    progress(len(windows), len(windows))
    return np.stack([rows[key] for key in keys]) if keys else np.zeros((0, 384), np.float32)


def _kept(db: sqlite3.Connection, keys: Sequence[bytes], encoder: str) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        marks = ",".join("?" * len(some))
        query = f"SELECT key, data FROM window WHERE encoder = ? AND key IN ({marks})"
        for key, data in db.execute(query, (encoder, *some)):
            found[key] = np.frombuffer(data, np.float32)
    return found
