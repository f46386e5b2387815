"""How firmly each predicate is said to have happened: a small network over the encoder's state of the predicate
and signs that the rules read off the tree (modals, negation, what governs it, mood and tense).

How the weights were made is in ``training/factuality.py`` of the repository, what they were made from and how
good they are in ``models/factuality/MODEL_CARD.md``.
"""

from __future__ import annotations

import math
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
NEWS, WEB = "UW", "UDS_IH2"
"""The corpora whose annotators graded news and web text: the columns of this head and of the second encoder."""
NEGATED = "negative True"
"""The sign of what the rules hold to be negated."""
_NEWS_BELOW = -0.25  # log odds of web text
_OWN_WORDS = frozenset({"aux", "auxpass", "neg", "mark", "advmod", "det", "nsubj", "cc", "expl", "acomp"})
_QUOTES = frozenset({'"', "”", "’", "'", ")", "]", "»"})


def with_factuality(layers: Layers, lexicon: CodingTables) -> Layers:
    """*layers* with the mean of this head's values and those of the encoder of coding in place of the shared encoder's
    own, which are kept as `ENCODER`; this head's alone, by the annotators of news, are kept as `FIRST`.

    The more a text reads like web text (reviews, letters, forums), the more the annotators of such text count.
    The same layers where there is no encoder, or one that gives no states.
    """
    encoding = layers.encoding
    if encoding is None or encoding.states is None or HEAD not in encoding.heads:
        return layers
    first = encoding.heads[HEAD].copy()
    values = first.copy()
    at = [token.index for token in layers.parse.tokens if may_be_predicate(token)]
    if at:
        reader, head = SignReader(layers.parse, lexicon), load_head()
        signs = [reader.signs(i) for i in at]
        both = head.values(encoding.states[at], signs)
        first[at, 0] = both[:, 0]
        if FIRMNESS in encoding.heads:
            columns = [encoding.labels[FIRMNESS].index(corpus) for corpus in (NEWS, WEB)]
            both = (both + encoding.heads[FIRMNESS][at][:, columns].clip(LOWEST, HIGHEST)) / 2
        values[at, 0] = head.one_number(both, [NEGATED in row for row in signs], head.odds_of_web(encoding.states))
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
        """Float32 array (n, 2), -3 (certainly did not happen) to +3 (certainly did), of n predicates: as annotators of
        news and as annotators of web text would say.

        *states* are their rows of `Encoding.states`; signs that the head does not know count nothing.
        """
        each = self._networks.outputs(states, signs)
        return np.asarray(each.clip(LOWEST, HIGHEST).mean(axis=0), dtype=np.float32)

    def odds_of_web(self, states: np.ndarray) -> float:
        """Log odds that a text of these states (tokens, width) is web text rather than news."""
        weights = self._networks.more["register"]  # of each number of state, and one for all texts
        return float(states[:, -(len(weights) - 1) :].mean(axis=0, dtype=np.float32) @ weights[:-1] + weights[-1])

    def one_number(self, both: np.ndarray, negated: Sequence[bool], odds: float) -> np.ndarray:
        """Float32 array (n,): news and web values (n, 2) as one, weighed by the log *odds* that the text is web text.

        Annotators of web text use the lower half far more: their values are put where those of news would be. What
        the rules hold to be *negated* is not above 0 in the column of news, nor at all in a text that reads like
        news; they err more often about loose writing.
        """
        start, slope = self._networks.spec["web_to_news"]
        share = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds + float(self._networks.spec["lean_to_web"])))))
        bound = np.where(negated, 0.0, HIGHEST)
        found = (1.0 - share) * np.minimum(both[:, 0], bound) + share * (start + slope * both[:, 1])
        return np.asarray(np.minimum(found, bound) if odds < _NEWS_BELOW else found, dtype=np.float32).clip(
            LOWEST, HIGHEST
        )


@cache
def load_head() -> FactualityHead:
    """The head that ships, loaded once a process."""
    return FactualityHead()


def factuality_identity() -> str:
    """Name and hash of the head that ships; ModelError when it is missing or broken."""
    return load_head().identity
