"""Train networks that put what answers above the rest of each question's candidates: a softmax over the list."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engines.network import CLIP, Network


@dataclass(frozen=True)
class Shape:
    """How large the networks are and how they are trained."""

    networks: int = 4
    hidden: int = 24
    epochs: int = 40
    batch: int = 64
    rate: float = 3e-3
    decay: float = 1e-2
    dropout: float = 0.2


def fit(lists: Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]], shape: Shape, seed: int = 0) -> Network:
    """Networks for lists of candidates: of each its rows of features and the grades of its candidates, 0 to 1."""
    import torch

    kept = [(rows, grades) for rows, grades in lists if grades.any()]
    longest, width = max(len(rows) for rows, _ in kept), kept[0][0].shape[1]
    rows = np.zeros((len(kept), longest, width), np.float32)
    held = np.zeros((len(kept), longest), bool)
    wanted = np.zeros((len(kept), longest), np.float32)
    for number, (row, grades) in enumerate(kept):
        rows[number, : len(row)], held[number, : len(row)] = row, True
        wanted[number, : len(row)] = grades / grades.sum()
    mean, scale = rows[held].mean(axis=0), rows[held].std(axis=0) + 1e-3
    inputs = torch.tensor(np.clip((rows - mean) / scale, -CLIP, CLIP))
    targets, outside = torch.tensor(wanted), torch.tensor(~held)
    torch.set_num_threads(1)  # more threads only wait for one another on work this small
    torch.manual_seed(seed)
    n, h = shape.networks, shape.hidden
    into = torch.nn.Parameter(torch.randn(n, width, h) / width**0.5)
    bias = torch.nn.Parameter(torch.zeros(n, 1, h))
    out = torch.nn.Parameter(torch.randn(n, h, 1) / h**0.5)
    skip = torch.nn.Parameter(torch.zeros(n, width, 1))
    adam = torch.optim.AdamW([into, bias, out, skip], lr=shape.rate, weight_decay=shape.decay)
    steps = shape.epochs * -(-len(kept) // shape.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, shape.rate, total_steps=steps)
    for _ in range(shape.epochs):
        for batch in torch.split(torch.randperm(len(kept)), shape.batch):
            flat = inputs[batch].reshape(1, -1, width)
            hidden = torch.nn.functional.dropout(torch.relu(flat @ into + bias), shape.dropout)
            scores = (hidden @ out + flat @ skip).reshape(n, len(batch), longest)
            likely = torch.log_softmax(scores.masked_fill(outside[batch], -1e4), 2)
            loss = -(likely * targets[batch]).sum(2).mean(1).sum()
            adam.zero_grad()
            torch.autograd.backward(loss)
            adam.step()
            schedule.step()
    arrays = [each.detach().numpy().astype(np.float32) for each in (into, bias[:, 0], out[..., 0], skip[..., 0])]
    return Network(mean.astype(np.float32), scale.astype(np.float32), *arrays)
