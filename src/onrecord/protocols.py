"""Shapes of the replaceable parts: hand in another that fits and the pipeline takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from onrecord.model import Encoding, Parse, Span


class Parser(Protocol):
    """Text in, sentences, tokens, tree and names out."""

    @property
    def identity(self) -> str:
        """Name and version, for the record of a run."""
        ...

    def parse(self, text: str, skip: Iterable[Span] = ()) -> Parse:
        """The parse of *text*; no token covers the words in *skip*."""
        ...


class Encoder(Protocol):
    """Scores for each token of a parse."""

    @property
    def identity(self) -> str:
        """Name and hash of the weights, for the record of a run."""
        ...

    def encode(self, parse: Parse) -> Encoding:
        """Head scores aligned with the tokens of *parse*."""
        ...
