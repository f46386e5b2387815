"""Small networks over the encoder's states and readable signs: their weights, and what they answer.

Each of several networks has one layer over the states, one over the sum of the signs' vectors, one hidden layer over
both, and its outputs; GELU by its tanh form. ``training/sign_network.py`` of the repository makes the weights.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import ModelError

WEIGHTS, LABELS = "weights.npz", "labels.json"
_FORMAT = 1
_OWN = frozenset({"signs", "of_signs", "of_state", "first", "hidden", "second", "out", "third"})
_REMEDY = "Install onrecord again"


class SignNetworks:
    """The networks of one folder."""

    def __init__(self, folder: Path) -> None:
        """Raises ModelError, naming the file, when one is missing, broken or not the one of its labels."""
        self.spec = _labels(folder / LABELS)
        arrays = _arrays(folder / WEIGHTS, self.spec["sha256"])
        self.more = {name: np.asarray(found, dtype=np.float32) for name, found in arrays.items() if name not in _OWN}
        """Arrays of the same file that belong to no network."""
        self._rows = {str(sign): i for i, sign in enumerate(arrays["signs"])}
        self._of_signs = np.asarray(arrays["of_signs"], dtype=np.float32)  # (signs, networks, width)
        self._of_state = np.asarray(arrays["of_state"], dtype=np.float32)  # (states, networks * width)
        self._first = np.asarray(arrays["first"], dtype=np.float32)  # (networks * width)
        self._hidden = np.asarray(arrays["hidden"], dtype=np.float32)  # (networks, widths, hidden)
        self._second = np.asarray(arrays["second"], dtype=np.float32)  # (networks, hidden)
        out, third = (np.asarray(arrays[name], dtype=np.float32) for name in ("out", "third"))
        self._out = out if out.ndim == 3 else out[:, :, None]  # (networks, hidden, outputs)
        self._third = third if third.ndim == 2 else third[:, None]  # (networks, outputs)

    @property
    def width(self) -> int:
        """How many numbers of state a row has."""
        return int(self._of_state.shape[0])

    def outputs(self, states: np.ndarray, signs: Sequence[Sequence[str]]) -> np.ndarray:
        """Float32 array (networks, n, outputs) for *states* (n, at least `width`: the last ones count) and signs.

        Signs that the networks do not know count nothing.
        """
        count, networks = len(states), len(self._hidden)
        seen = (states[:, -self.width :] @ self._of_state + self._first).reshape(count, networks, -1)
        told = np.zeros((count, *self._of_signs.shape[1:]), dtype=np.float32)
        for i, row in enumerate(signs):
            known = [self._rows[sign] for sign in row if sign in self._rows]
            if known:
                np.add.reduce(self._of_signs.take(known, axis=0), axis=0, out=told[i])
        both = _gelu(np.concatenate([seen, told], axis=2)).transpose(1, 0, 2)
        inner = _gelu(both @ self._hidden + self._second[:, None])
        return np.asarray(inner @ self._out + self._third[:, None], dtype=np.float32)

    def shares(self, states: np.ndarray, signs: Sequence[Sequence[str]]) -> np.ndarray:
        """Float32 array (n, outputs): the share of each outcome, rows adding to 1, as the mean of the networks."""
        each = self.outputs(states, signs)
        each = np.exp(each - each.max(axis=2, keepdims=True))
        return np.asarray((each / each.sum(axis=2, keepdims=True)).mean(axis=0), dtype=np.float32)


def _gelu(x: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * x * (1.0 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))))


def _arrays(path: Path, sha256: str) -> Mapping[str, np.ndarray]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}). {_REMEDY}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"{path}: is not the file whose sha256 {LABELS} gives; it is damaged. {_REMEDY}")
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def _labels(path: Path) -> dict[str, Any]:
    try:
        spec: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}). {_REMEDY}") from error
    except ValueError as error:
        raise ModelError(f"{path}: is not the JSON of a head's labels. {_REMEDY}") from error
    if spec.get("format") != _FORMAT or "sha256" not in spec:
        raise ModelError(f"{path}: has format {spec.get('format')}, not {_FORMAT}. {_REMEDY}")
    return spec
