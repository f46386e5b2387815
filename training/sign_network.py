"""The small networks that `onrecord.coding.sign_network` reads: one layer over states, one over the sum of the signs'
vectors, one hidden layer over both."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.coding.sign_network import LABELS, WEIGHTS


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a network is and how it learns."""

    seen: int = 96
    told: int = 96
    hidden: int = 96
    rate: float = 1.5e-3
    decay: float = 0.05
    batch: int = 192
    epochs: int = 16
    least: int = 4
    """How often a sign must be seen to count."""


class Network(nn.Module):  # type: ignore[misc]
    """Scores of each outcome from states (n, width) and sign numbers (n, most; 0 is none)."""

    def __init__(self, width: int, signs: int, outputs: int, shape: Shape) -> None:
        super().__init__()
        self.of_state = nn.Linear(width, shape.seen)
        self.of_signs = nn.EmbeddingBag(signs + 1, shape.told, mode="sum", padding_idx=0)
        nn.init.normal_(self.of_signs.weight, std=0.03)
        with torch.no_grad():
            self.of_signs.weight[0] = 0
        self.hidden = nn.Linear(shape.seen + shape.told, shape.hidden)
        self.out = nn.Linear(shape.hidden, outputs)

    def forward(self, states: Tensor, signs: Tensor) -> Tensor:
        """(n, outputs)"""
        if self.training:
            states = functional.dropout(states, 0.25)
            signs = torch.where(torch.rand(signs.shape) > 0.15, signs, 0)
        both = torch.cat([self.of_state(states), self.of_signs(signs)], dim=1)
        both = functional.dropout(functional.gelu(both, approximate="tanh"), 0.3, self.training)
        inner = functional.dropout(functional.gelu(self.hidden(both), approximate="tanh"), 0.2, self.training)
        scores: Tensor = self.out(inner)
        return scores


def table_of(signs: Sequence[Sequence[str]], known: Mapping[str, int]) -> Tensor:
    """Sign numbers (n, most), filled up with 0."""
    rows = [[known[sign] for sign in row if sign in known] for row in signs]
    table = np.zeros((len(rows), max(map(len, rows), default=0)), dtype=np.int64)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return torch.from_numpy(table)


def train(
    states: np.ndarray, signs: Sequence[Sequence[str]], targets: np.ndarray, known: Mapping[str, int], seed: int,
    shape: Shape,
) -> Network:  # fmt: skip
    """One network that gives *targets* for *states* (n, width) and *signs*: shares (n, outputs), the sum of each row
    being how much it counts."""
    torch.manual_seed(seed)
    network = Network(states.shape[1], len(known), targets.shape[1], shape)
    seen, told, wanted = torch.from_numpy(states), table_of(signs, known), torch.from_numpy(targets)
    optim = torch.optim.AdamW(network.parameters(), lr=shape.rate, weight_decay=shape.decay)
    steps = shape.epochs * (len(wanted) // shape.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optim, shape.rate, total_steps=steps + 1)
    for at in _batches(len(wanted), shape):
        logs = functional.log_softmax(network(seen[at], told[at]), dim=1)
        loss = -(wanted[at] * logs).sum(dim=1).mean()
        loss.backward()
        optim.step()
        schedule.step()
        optim.zero_grad()
    network.eval()
    return network


def _batches(count: int, shape: Shape) -> Iterator[Tensor]:
    for _ in range(shape.epochs):
        order = torch.randperm(count)
        yield from (order[i : i + shape.batch] for i in range(0, count - shape.batch + 1, shape.batch))


def fit(
    states: np.ndarray, signs: Sequence[Sequence[str]], targets: np.ndarray, seeds: Sequence[int], shape: Shape
) -> dict[str, np.ndarray]:
    """The arrays of the networks of all *seeds*, as `SignNetworks` reads them."""
    known = vocabulary(Counter(sign for row in signs for sign in set(row)), shape.least)
    return arrays_of([train(states, signs, targets, known, seed, shape) for seed in seeds], list(known))


def vocabulary(counts: Counter[str], least: int) -> dict[str, int]:
    """Numbers, from 1 on, of the signs that were seen *least* times."""
    return {name: i + 1 for i, name in enumerate(sorted(sign for sign, n in counts.items() if n >= least))}


def arrays_of(networks: Sequence[Network], names: Sequence[str]) -> dict[str, np.ndarray]:
    """The arrays of *networks* over the signs *names*, as `SignNetworks` reads them."""
    parts = [{k: v.detach().float().numpy() for k, v in n.state_dict().items()} for n in networks]
    found = {
        "of_signs": np.stack([p["of_signs.weight"][1:] for p in parts], axis=1),
        "of_state": np.concatenate([p["of_state.weight"].T for p in parts], axis=1),
        "first": np.concatenate([p["of_state.bias"] for p in parts]),
        "hidden": np.stack([p["hidden.weight"].T for p in parts]),
        "second": np.stack([p["hidden.bias"] for p in parts]),
        "out": np.stack([p["out.weight"].T for p in parts]),
        "third": np.stack([p["out.bias"] for p in parts]),
    }
    return {"signs": np.array(names), **{k: v.astype(np.float16) for k, v in found.items()}}


def write(arrays: Mapping[str, np.ndarray], out: Path, more: Mapping[str, Any]) -> None:
    """Writes the folder that `SignNetworks` reads; *more* stands beside the checksum in its labels."""
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out / WEIGHTS, allow_pickle=False, **arrays)
    spec = {"format": 1, "sha256": hashlib.sha256((out / WEIGHTS).read_bytes()).hexdigest(), **more}
    (out / LABELS).write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")
