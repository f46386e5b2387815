"""How firmly each predicate is said to have happened: a small network over the encoder's state of the predicate
and signs that the rules read off the tree (modals, negation, what governs it, mood and tense).

How the weights were made is in ``training/factuality.py`` of the repository, what they were made from and how
good they are in ``models/factuality/MODEL_CARD.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from onrecord.coding.arguments import Arguments
from onrecord.coding.modality import ModalityReader
from onrecord.coding.predicates import may_be_predicate
from onrecord.coding.second_encoder import FIRMNESS
from onrecord.coding.sign_network import SignNetworks
from onrecord.coding.tense import TenseReader
from onrecord.lexicon.coding import CodingTables
from onrecord.model import Layers, Parse

FOLDER = Path(__file__).resolve().parent.parent / "models" / "factuality"
HEAD, ENCODER, FIRST = "factuality", "factuality_encoder", "factuality_first"
LOWEST, HIGHEST = -3.0, 3.0
NEWS = "UW"
"""The corpus whose annotators graded news, as this head's were; the column of the second encoder that is taken."""
_OWN_WORDS = frozenset({"aux", "auxpass", "neg", "mark", "advmod", "det", "nsubj", "cc", "expl", "acomp"})
_QUOTES = frozenset({'"', "”", "’", "'", ")", "]", "»"})


def with_factuality(layers: Layers, lexicon: CodingTables) -> Layers:
    """*layers* with the mean of this head's values and those of the encoder of coding in place of the shared encoder's
    own, which are kept as `ENCODER`; this head's alone are kept as `FIRST`.

    The same layers where there is no encoder, or one that gives no states.
    """
    encoding = layers.encoding
    if encoding is None or encoding.states is None or HEAD not in encoding.heads:
        return layers
    first = encoding.heads[HEAD].copy()
    at = [token.index for token in layers.parse.tokens if may_be_predicate(token)]
    if at:
        reader = SignReader(layers.parse, lexicon)
        first[at, 0] = load_head().values(encoding.states[at], [reader.signs(i) for i in at])
    values = first
    if FIRMNESS in encoding.heads:
        column = encoding.labels[FIRMNESS].index(NEWS)
        values = first.copy()
        values[at, 0] = (first[at, 0] + encoding.heads[FIRMNESS][at, column].clip(LOWEST, HIGHEST)) / 2
    heads = {**encoding.heads, HEAD: values, ENCODER: encoding.heads[HEAD], FIRST: first}
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
        self._networks = SignNetworks(folder or FOLDER)
        self.identity = f"onrecord-factuality/{self._networks.spec['sha256'][:16]}"
        """Name and hash of the weights, for the record of a run."""

    def values(self, states: np.ndarray, signs: Sequence[Sequence[str]]) -> np.ndarray:
        """Float32 array (n,), -3 (certainly did not happen) to +3 (certainly did), of n predicates.

        *states* are their rows of `Encoding.states`; signs that the head does not know count nothing.
        """
        each = self._networks.outputs(states, signs)[..., 0]
        return np.asarray(each.clip(LOWEST, HIGHEST).mean(axis=0), dtype=np.float32)


@cache
def load_head() -> FactualityHead:
    """The head that ships, loaded once a process."""
    return FactualityHead()


def factuality_identity() -> str:
    """Name and hash of the head that ships; ModelError when it is missing or broken."""
    return load_head().identity
