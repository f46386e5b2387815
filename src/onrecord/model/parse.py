"""The parse: sentences, tokens and tree of a report, free of any parser's own types."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.model.spans import Span

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``head`` is the index of its head token (its own for a root).

    ``pos`` is a Universal POS tag, ``tag`` a Penn Treebank tag, ``dep`` a ClearNLP dependency label
    (as spaCy's English models give them), ``entity`` an OntoNotes type or "" and ``entity_id`` the index of
    the named-entity span in ``Parse.entities`` or -1. ``left`` and ``right`` are the first and
    last token index of its subtree. ``space`` tells whether white space follows.
    """

    index: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    left: int
    right: int
    sentence: int
    entity: str
    entity_id: int
    space: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entity:
    """A named-entity span: token range [first, last] inclusive, with its OntoNotes label."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """Tokens, tree, sentences (half-open token ranges), paragraphs (spans) and names of one text.

    ``children[i]`` are the indices of token i's children in text order.
    """

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[Span, ...]
    entities: tuple[Entity, ...]
    children: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """Span of the tokens *first* to *last*, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def subtree(self, index: int) -> Span:
        """Span of the words that token *index* governs, itself included."""
        token = self.tokens[index]
        return self.span(token.left, token.right)

    def tokens_in(self, span: Span) -> range:
        """Indices of the tokens that share at least one code point with *span*."""
        first = bisect_right(self.starts, span.start) - 1
        if first < 0 or self.tokens[first].end <= span.start:
            first += 1
        return range(first, max(first, bisect_left(self.starts, span.end)))

    def heads_in(self, covered: Sequence[int]) -> tuple[int, ...]:
        """Those of the tokens *covered* that hang on none of the others, in their order."""
        return tuple(i for i in covered if self.tokens[i].head not in covered or self.tokens[i].head == i)

    def token_at(self, offset: int) -> int | None:
        """Index of the token that covers code point *offset*, None between tokens."""
        i = bisect_right(self.starts, offset) - 1
        return i if i >= 0 and offset < self.tokens[i].end else None

    def sentence_span(self, number: int) -> Span:
        """Span of sentence *number*."""
        first, end = self.sentences[number]
        return self.span(first, end - 1)

    def paragraph_of(self, offset: int) -> int:
        """Number of the paragraph that holds code point *offset* (the last that starts before it)."""
        return max(0, bisect_right(self.paragraphs, (offset, 1 << 60)) - 1)

    def ancestors(self, index: int) -> Iterator[int]:
        """Heads of token *index*, from its own head to the root of its sentence."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the shared encoder says of each token of a parse.

    ``heads[name]`` is a float32 array (tokens, labels): probabilities for tagging heads, one
    column of values for regression heads, coordinates for the ``link_`` heads. ``labels[name]`` names
    the columns. ``windows`` are the half-open token ranges that were read together; ``distances[kind]``
    are what `onrecord.model.tagging.link_probabilities` adds for the words between two spans, and
    ``outside[name]`` is what `onrecord.model.tagging.tagged` multiplies the probability of O by. ``states`` are
    the hidden states of some layers side by side, (tokens, n) float32, for heads trained on them; None where
    the encoder gives none. ``second`` are those of the encoder of coding, likewise.
    """

    heads: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    windows: tuple[tuple[int, int], ...] = ()
    distances: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    outside: Mapping[str, float] = field(default_factory=dict)
    states: np.ndarray | None = None
    second: np.ndarray | None = None
