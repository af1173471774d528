"""The small trained reranker: a few layers over `features.NAMES`; its weights ship with the package."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engines.encoder import Vectors
from assistant.engines.features import NAMES
from assistant.engines.lexical import Scores
from assistant.engines.network import Network, arrays_of, read_arrays, write_arrays

WEIGHTS = Path(__file__).parent / "reranker.npz"


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
    """A turn of a question's vector, and networks that score what is found with it."""

    network: Network
    turn: Turn

    def turned(self, vector: Vectors) -> Vectors:
        """A question's vector as `Turn` moves it."""
        return self.turn.turned(vector)

    def scores(self, rows: NDArray[np.float32]) -> Scores:
        """One score a row of features, higher better; comparable within one question alone."""
        return self.network.scores(rows)


def load(path: Path) -> Ensemble:
    """Read weights; ValueError where they were trained on other features."""
    held = read_arrays(path, NAMES)
    turn = Turn(held.pop("down"), held.pop("up"))
    return Ensemble(Network(**held), turn)


def save(path: Path, ensemble: Ensemble) -> None:
    """Write weights, with the names of the features they are for."""
    turn = {"down": ensemble.turn.down, "up": ensemble.turn.up}
    write_arrays(path, NAMES, arrays_of(ensemble.network) | turn)


@lru_cache
def packaged_reranker(encoder: str) -> Ensemble | None:
    """The weights that ship; None for an encoder whose vectors they were not trained on."""
    return load(WEIGHTS) if encoder.startswith("packaged-") else None
