"""How firmly each predicate is said to have happened: a small network over the encoder's state of the predicate
and signs that the rules read off the tree (modals, negation, what governs it, mood and tense).

How the weights were made is in ``training/factuality.py`` of the repository, what they were made from and how
good they are in ``models/factuality/MODEL_CARD.md``.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.coding.arguments import Arguments
from onrecord.coding.modality import ModalityReader
from onrecord.coding.predicates import may_be_predicate
from onrecord.coding.tense import TenseReader
from onrecord.errors import ModelError
from onrecord.lexicon.coding import CodingTables
from onrecord.model import Layers, Parse

FOLDER = Path(__file__).resolve().parent.parent / "models" / "factuality"
WEIGHTS, LABELS = "weights.npz", "labels.json"
HEAD, ENCODER = "factuality", "factuality_encoder"
LOWEST, HIGHEST = -3.0, 3.0
_FORMAT = 1
_REMEDY = "Install onrecord again"
_OWN_WORDS = frozenset({"aux", "auxpass", "neg", "mark", "advmod", "det", "nsubj", "cc", "expl", "acomp"})
_QUOTES = frozenset({'"', "”", "’", "'", ")", "]", "»"})


def with_factuality(layers: Layers, lexicon: CodingTables) -> Layers:
    """*layers* with this head's values in place of the encoder's own, which are kept as `ENCODER`.

    The same layers where there is no encoder, or one that gives no states.
    """
    encoding = layers.encoding
    if encoding is None or encoding.states is None or HEAD not in encoding.heads:
        return layers
    values = encoding.heads[HEAD].copy()
    at = [token.index for token in layers.parse.tokens if may_be_predicate(token)]
    if at:
        reader = SignReader(layers.parse, lexicon)
        values[at, 0] = load_head().values(encoding.states[at], [reader.signs(i) for i in at])
    heads = {**encoding.heads, HEAD: values, ENCODER: encoding.heads[HEAD]}
    return replace(layers, encoding=replace(encoding, heads=heads))


class SignReader:
    """Reads the signs of predicates off one parse."""

    def __init__(self, parse: Parse, lexicon: CodingTables) -> None:
        self.parse = parse
        arguments = Arguments(parse, lexicon.modality.control)
        self.reader = ModalityReader(arguments, lexicon.modality)
        self.tense = TenseReader(arguments, lexicon.modality)
        self._asked = [self._question(first, end) for first, end in parse.sentences]

    def signs(self, index: int) -> list[str]:
        """Signs of the predicate at token *index*: of its own words, of what governs it, and of the rules."""
        tokens = self.parse.tokens
        token = tokens[index]
        above = tokens[token.head]
        state = self.reader.state(index, frozenset())
        found = [
            f"mood {state.mood}",
            f"certainty {state.certainty}",
            f"negative {state.negative}",
            f"value {round(state.value)}",
            f"tense {self.tense.of(index)}",
            f"pos {token.pos}",
            f"tag {token.tag}",
            f"dep {token.dep}",
            f"lemma {token.lemma.lower()}",
            f"asked {self._asked[token.sentence]}",
            f"under {token.dep} {above.lemma}",
        ]
        if above.index != index:
            found += [f"above {above.dep}", f"under {token.dep} {above.dep} {tokens[above.head].lemma}"]
        below = [tokens[child] for child in self.parse.children[index]]
        found += [f"own {other.dep} {other.lower}" for other in below if other.dep in _OWN_WORDS]
        found += [f"has {dep}" for dep in sorted({other.dep for other in below})]
        return [*found, *(f"why {why}" for why in state.why)]

    def _question(self, first: int, end: int) -> bool:
        words = [token.text for token in self.parse.tokens[first:end] if token.text not in _QUOTES]
        return bool(words) and words[-1] == "?"


class FactualityHead:
    """The networks of the folder *folder*, or of the one that ships; their mean is the answer."""

    def __init__(self, folder: Path | None = None) -> None:
        """Raises ModelError, naming the file, when one is missing, broken or not the one of its labels."""
        folder = folder or FOLDER
        spec = _labels(folder / LABELS)
        self.identity = f"onrecord-factuality/{spec['sha256'][:16]}"
        """Name and hash of the weights, for the record of a run."""
        arrays = _arrays(folder / WEIGHTS, spec["sha256"])
        self._rows = {str(sign): i for i, sign in enumerate(arrays["signs"])}
        self._of_signs = np.asarray(arrays["of_signs"], dtype=np.float32)  # (signs, networks, width)
        self._of_state = np.asarray(arrays["of_state"], dtype=np.float32)  # (states, networks * width)
        self._first = np.asarray(arrays["first"], dtype=np.float32)  # (networks * width)
        self._hidden = np.asarray(arrays["hidden"], dtype=np.float32)  # (networks, widths, hidden)
        self._second = np.asarray(arrays["second"], dtype=np.float32)  # (networks, hidden)
        self._out = np.asarray(arrays["out"], dtype=np.float32)  # (networks, hidden)
        self._third = np.asarray(arrays["third"], dtype=np.float32)  # (networks)

    def values(self, states: np.ndarray, signs: Sequence[Sequence[str]]) -> np.ndarray:
        """Float32 array (n,), -3 (certainly did not happen) to +3 (certainly did), of n predicates.

        *states* are their rows of `Encoding.states`; signs that the head does not know count nothing.
        """
        count, networks = len(states), len(self._hidden)
        width = self._of_state.shape[0]
        seen = (states[:, -width:] @ self._of_state + self._first).reshape(count, networks, -1)
        told = np.zeros((count, *self._of_signs.shape[1:]), dtype=np.float32)
        for i, row in enumerate(signs):
            known = [self._rows[sign] for sign in row if sign in self._rows]
            if known:
                told[i] = self._of_signs[known].sum(axis=0)
        both = _gelu(np.concatenate([seen, told], axis=2)).transpose(1, 0, 2)
        inner = _gelu(both @ self._hidden + self._second[:, None])
        each = (inner * self._out[:, None]).sum(axis=2) + self._third[:, None]
        return np.asarray(each.clip(LOWEST, HIGHEST).mean(axis=0), dtype=np.float32)


@cache
def load_head() -> FactualityHead:
    """The head that ships, loaded once a process."""
    return FactualityHead()


def factuality_identity() -> str:
    """Name and hash of the head that ships; ModelError when it is missing or broken."""
    return load_head().identity


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
