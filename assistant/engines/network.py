"""Small trained networks that score candidates of one question from a row of numbers each; run by numpy."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CLIP = 6.0
_HALVED = {"into", "skip", "down", "up"}
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """Networks of one hidden layer whose scores are averaged, each with a straight way past it.

    `mean`, `scale` (features); `into` (networks, features, hidden), `bias` (networks, hidden), `out` (networks, hidden);
    `skip` (networks, features).
    """

    mean: Numbers
    scale: Numbers
    into: Numbers
    bias: Numbers
    out: Numbers
    skip: Numbers

    def scores(self, rows: Numbers) -> Numbers:
        """One score a row of features, higher better; comparable within one question alone."""
        scaled = np.clip((rows - self.mean) / self.scale, -CLIP, CLIP)
        hidden = np.maximum(np.einsum("rf,nfh->nrh", scaled, self.into) + self.bias[:, None, :], 0)
        straight = scaled @ self.skip.mean(axis=0)
        return np.asarray(np.einsum("nrh,nh->r", hidden, self.out) / len(self.out) + straight, np.float32)


def read_arrays(path: Path, names: Sequence[str]) -> dict[str, Numbers]:
    """The arrays of a file of weights; ValueError where they were trained on features of other names."""
    held: dict[str, Any] = dict(np.load(path, allow_pickle=False))
    if tuple(held.pop("names")) != tuple(names):
        raise ValueError(f"{path.name} was trained on other features.")
    return {name: array.astype(np.float32) for name, array in held.items()}


def write_arrays(path: Path, names: Sequence[str], arrays: dict[str, Numbers]) -> None:
    """Write a file of weights, with the names of the features they are for."""
    kept: dict[str, Any] = {
        name: array.astype(np.float16 if name in _HALVED else np.float32) for name, array in arrays.items()
    }
    np.savez_compressed(path, names=np.array(names), **kept)


def arrays_of(network: Network) -> dict[str, Numbers]:
    """The arrays of a network by name."""
    return {field.name: getattr(network, field.name) for field in fields(network)}
