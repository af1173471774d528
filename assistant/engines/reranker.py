"""The small trained reranker: a few layers over `features.NAMES`, run by numpy; its weights ship with the package."""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.engines.encoder import Vectors
from assistant.engines.features import NAMES
from assistant.engines.lexical import Scores

WEIGHTS = Path(__file__).parent / "reranker.npz"
CLIP = 6.0


@dataclass(frozen=True)
class Turn:
    """Moves a question's vector to where the passages that answer such questions stand.

    `down` (dimensions, rank) and `up` (rank, dimensions): their product is what is added to a vector.
    """

    down: NDArray[np.float32]
    up: NDArray[np.float32]

    def turned(self, vector: Vectors) -> Vectors:
        """The vector moved, of unit length."""
        moved = vector + vector @ self.down @ self.up
        return np.asarray(moved / max(float(np.linalg.norm(moved)), 1e-9), np.float32)

    def scores(self, rows: NDArray[np.float32]) -> Scores:
        """The fused scores as they are."""
        return rows[:, NAMES.index("fused")]


@dataclass(frozen=True)
class Ensemble:
    """Networks of one hidden layer whose scores are averaged, and a turn of a question's vector.

    `mean`, `scale` (features); `into` (networks, features, hidden), `bias` (networks, hidden), `out` (networks, hidden);
    `down` and `up` as in `Turn`.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    into: NDArray[np.float32]
    bias: NDArray[np.float32]
    out: NDArray[np.float32]
    down: NDArray[np.float32]
    up: NDArray[np.float32]

    def turned(self, vector: Vectors) -> Vectors:
        """A question's vector as `Turn` moves it."""
        return Turn(self.down, self.up).turned(vector)

    def scores(self, rows: NDArray[np.float32]) -> Scores:
        """One score a row of features, higher better; comparable within one question alone."""
        scaled = np.clip((rows - self.mean) / self.scale, -CLIP, CLIP)
        hidden = np.maximum(np.einsum("rf,nfh->nrh", scaled, self.into) + self.bias[:, None, :], 0)
        return np.asarray(np.einsum("nrh,nh->r", hidden, self.out) / len(self.out), np.float32)


def load(path: Path) -> Ensemble:
    """Read weights; ValueError where they were trained on other features."""
    held: dict[str, Any] = dict(np.load(path, allow_pickle=False))
    if tuple(held.pop("names")) != NAMES:
        raise ValueError(f"{path.name} was trained on other features.")
    return Ensemble(**{name: array.astype(np.float32) for name, array in held.items()})


def save(path: Path, ensemble: Ensemble) -> None:
    """Write weights, with the names of the features they are for."""
    arrays = {field.name: getattr(ensemble, field.name) for field in fields(ensemble)}
    np.savez_compressed(
        path,
        names=np.array(NAMES),
        **{
            name: array.astype(np.float16 if name in {"into", "down", "up"} else np.float32)
            for name, array in arrays.items()
        },
    )


@lru_cache
def packaged_reranker(encoder: str) -> Ensemble | None:
    """The weights that ship; None for an encoder whose vectors they were not trained on."""
    return load(WEIGHTS) if encoder.startswith("packaged-") else None
