"""The shared encoder: one small network, read once over a report, that several stages draw on.

The only file that knows ONNX Runtime and tokenizers. How the weights were made is in ``training/`` of the
repository, what they were made from and how good they are in ``models/encoder/MODEL_CARD.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.model.parse import Encoding, Parse
from onrecord.parse.windows import cut

FOLDER = Path(__file__).resolve().parent.parent / "models" / "encoder"
MODEL, TOKENIZER, LABELS = "encoder.onnx", "tokenizer.json", "labels.json"
_FORMAT = 1
_REMEDY = "Install onrecord again, or name a folder that holds the whole model"


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the columns of one head begin, and what they are."""

    name: str
    kind: Literal["tags", "value", "vector", "window"]
    labels: tuple[str, ...]
    first: int
    limits: tuple[float, float] | None

    @property
    def columns(self) -> slice:
        return slice(self.first, self.first + len(self.labels))


class OnnxEncoder:
    """Runs the encoder that ships, or the one in *folder*, on *threads* threads.

    Each window is a run of its own: int8 activations are scaled by the largest value in a run, so that
    windows read side by side would change each other's numbers. One instance may be shared by threads.
    """

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Raises ModelError, naming the file, when one is missing, broken or not the one of its labels."""
        self.folder = folder or FOLDER
        spec = _labels(self.folder / LABELS)
        self.limit: int = spec["limit"]
        self.identity = f"onrecord-encoder/{hashlib.sha256(json.dumps(spec).encode()).hexdigest()[:16]}"
        """Name and hash of weights, tokenizer and labels, for the record of a run."""
        self._heads = tuple(_head(entry) for entry in spec["heads"])
        self._states: list[str] = spec.get("states", [])
        self._distances = {kind: tuple(row) for kind, row in spec["distances"].items()}
        self._outside = {e["name"]: float(e["outside"]) for e in spec["heads"] if "outside" in e}
        self._tokenizer = _tokenizer(self.folder / TOKENIZER, spec["sha256"][TOKENIZER])
        self._session = _session(self.folder / MODEL, spec["sha256"][MODEL], threads)
        marks = [self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]")]
        if None in marks:
            raise ModelError(f"{self.folder / TOKENIZER}: no [CLS] or [SEP] in the vocabulary. {_REMEDY}")
        self._first, self._last = marks

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """The column names of each head."""
        return {head.name: head.labels for head in self._heads}

    def encode(self, parse: Parse) -> Encoding:
        """What each head says of each token of *parse*, from one reading of the words that have tokens.

        A token has the numbers of the first piece that begins in it. One that shares a piece with the
        token before it continues that token's span; one without any piece (white space) is O and 0.
        """
        pieces = read_pieces(self._tokenizer, parse, self.limit)
        ids, windows, at, shared = pieces.ids, pieces.windows, pieces.at, pieces.shared
        read = [self._run(ids[first:end]) for first, end in windows]
        lengths = [end - first for first, end in windows]
        columns = [(tokens, window) for tokens, window, _ in read]
        heads = {head.name: _rows(head, columns, lengths, at, shared) for head in self._heads}
        states = _states([s for _, _, s in read], at) if self._states and read else None
        return Encoding(heads, self.labels, _token_windows(at, windows), self._distances, self._outside, states)

    def encode_many(self, parses: Iterable[Parse]) -> Iterator[Encoding]:
        """`encode` of each of *parses*, in order; the same numbers as one by one."""
        return map(self.encode, parses)

    def _run(self, ids: list[int]) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
        """Columns of the token heads (pieces, n) and of the window heads (n,) of one window, and its states."""
        fed = np.array([[self._first, *ids, self._last]], dtype=np.int64)
        tokens, window, *states = self._session.run(["tokens", "window", *self._states], {"ids": fed})
        return tokens[0, 1:-1], window[0], [state[0, 1:-1] for state in states]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text: their ids, the half-open ranges of them that are read together, for each token its
    piece (-1 for none), and whether the token before has the same piece."""

    ids: list[int]
    offsets: list[tuple[int, int]]
    windows: list[tuple[int, int]]
    at: np.ndarray
    shared: np.ndarray


def read_pieces(tokenizer: Tokenizer, parse: Parse, limit: int) -> Pieces:
    """The pieces of the words of *parse* that have tokens, in windows of *limit* pieces at most."""
    pieces = tokenizer.encode(parse.text, add_special_tokens=False)
    all_ids, all_offsets = pieces.ids, pieces.offsets  # each access makes a new list
    spans = np.array([(t.start, t.end) for t in parse.tokens], dtype=np.int64).reshape(-1, 2)
    kept = _covered(np.array(all_offsets, dtype=np.int64).reshape(-1, 2), spans).tolist()
    offsets = [all_offsets[i] for i in kept]
    at, shared = _align(spans, offsets)
    return Pieces([all_ids[i] for i in kept], offsets, cut(parse.text, offsets, limit), at, shared)


def _labels(path: Path) -> dict[str, Any]:
    try:
        spec: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        missing = [key for key in ("format", "limit", "sha256", "heads", "distances") if key not in spec]
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}). {_REMEDY}") from error
    except (ValueError, TypeError) as error:
        raise ModelError(f"{path}: is not the JSON of an encoder's labels. {_REMEDY}") from error
    if missing or spec["format"] != _FORMAT:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has format {spec['format']}, not {_FORMAT}"
        raise ModelError(f"{path}: {wrong}. {_REMEDY}")
    return spec


def _head(entry: dict[str, Any]) -> _Head:
    low_high = tuple(entry["limits"]) if "limits" in entry else None
    return _Head(entry["name"], entry["kind"], tuple(entry["labels"]), entry["first"], low_high)


def _checked(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}). {_REMEDY}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(
            f"{path}: is not the file whose sha256 {LABELS} gives; it is damaged, or a stub left by a"
            f" checkout without large files. {_REMEDY}"
        )
    return content


def _tokenizer(path: Path, sha256: str) -> Tokenizer:
    content = _checked(path, sha256)
    try:
        return Tokenizer.from_buffer(content)
    except Exception as error:  # the library raises nothing more exact
        raise ModelError(f"{path}: is not a tokenizer ({error}). {_REMEDY}") from error


def _session(path: Path, sha256: str, threads: int) -> onnxruntime.InferenceSession:
    weights = _checked(path, sha256)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # one exception class a cause, none of them public
        raise ModelError(f"{path}: ONNX Runtime cannot load it ({error}). {_REMEDY}") from error


def _covered(pieces: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Indices of the pieces that share a code point with a token; what the parse skipped is not read."""
    before = np.searchsorted(spans[:, 0], pieces[:, 1], side="left") - 1  # the last token begun by then
    return np.flatnonzero((before >= 0) & (np.append(spans[:, 1], 0)[before] > pieces[:, 0]))


def _align(spans: np.ndarray, offsets: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """For each token its piece (-1 for none), and whether the token before it has the same piece."""
    pieces = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    at = np.searchsorted(pieces[:, 0], spans[:, 0], side="left")
    begins = np.append(pieces[:, 0], np.iinfo(np.int64).max)[at] < spans[:, 1]
    ends_before = np.insert(pieces[:, 1], 0, -1)[at]  # the end of piece at - 1
    inside = ends_before > spans[:, 0]
    at = np.where(begins, at, np.where(inside, at - 1, -1))
    shared = np.zeros(len(at), dtype=bool)
    shared[1:] = (at[1:] == at[:-1]) & (at[1:] >= 0)
    return at, shared


def _rows(
    head: _Head,
    read: list[tuple[np.ndarray, np.ndarray]],
    lengths: list[int],
    at: np.ndarray,
    shared: np.ndarray,
) -> np.ndarray:
    """Float32 array (tokens, labels) of one head."""
    if head.kind == "window":
        parts = [np.repeat(w[None, head.columns], n, axis=0) for (_, w), n in zip(read, lengths, strict=True)]
    else:
        parts = [tokens[:, head.columns] for tokens, _ in read]
    empty = np.zeros((1, len(head.labels)), dtype=np.float32)
    if head.kind == "tags":
        parts = [_softmax(part) for part in parts]
        empty[0, 0] = 1.0
    elif head.kind == "window":
        parts = [np.asarray(1.0 / (1.0 + np.exp(-part))) for part in parts]
    elif head.limits:
        parts = [part.clip(*head.limits) for part in parts]
    rows = np.concatenate([*parts, empty])[at]  # -1 takes the last row, the empty one
    if head.kind == "tags":
        for begin in range(1, len(head.labels), 2):
            rows[shared, begin + 1] += rows[shared, begin]
            rows[shared, begin] = 0.0
    return np.ascontiguousarray(rows, dtype=np.float32)


def _states(read: list[list[np.ndarray]], at: np.ndarray) -> np.ndarray:
    """Float32 array (tokens, layers * width): the states of the piece of each token, zero without one."""
    pieces = np.concatenate([np.concatenate(layers, axis=1) for layers in read])
    return np.ascontiguousarray(np.concatenate([pieces, np.zeros((1, pieces.shape[1]), np.float32)])[at])


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _token_windows(at: np.ndarray, windows: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Half-open token ranges of the windows; they cover all tokens, empty ones left out."""
    known = np.maximum.accumulate(at) if len(at) else at
    edges = [0, *(int(np.searchsorted(known, first)) for first, _ in windows[1:]), len(at)]
    return tuple((a, b) for a, b in pairwise(edges) if a < b)
