"""Word class, tag, label and lemma of parsed words, reckoned once a word.

A parser's rules try some two hundred patterns at every token, though what they say of one follows from its letters,
tag and label, now and then from the word beside it. Asked once and kept, their answers are the same at a fraction of
the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

Key: TypeAlias = tuple[int, int, int]
"""Letters, tag and label of a token, as the parser numbers them."""
Wording: TypeAlias = tuple[str, str, str, str]
"""Lemma in lower case, Universal POS tag, Penn Treebank tag, dependency label."""
_KEPT = 60_000  # words; then all are forgotten


class Rules(Protocol):
    """Rules that say of a token what follows from it and from the tokens right beside it."""

    def tell(self, keys: Sequence[Key]) -> list[Wording]:
        """The wording of each of *keys*, standing side by side."""

    def ends(self, key: Key) -> tuple[bool, bool]:
        """Whether the token may be the first, and the second, of two that some rule sees together."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A word by itself, and whether it may be the first and the second of two that a rule sees together."""

    wording: Wording
    opens: bool
    closes: bool


class Wordings:
    """What *rules* say of tokens, from memory where they were asked before."""

    def __init__(self, rules: Rules, kept: int = _KEPT) -> None:
        self._rules = rules
        self._kept = kept
        self._known: dict[Key, _Known] = {}
        self._joined: dict[tuple[Key, ...], list[Wording]] = {}

    def of(self, keys: Sequence[Key]) -> list[Wording]:
        """The wording of each of *keys*, the tokens of one text in their order."""
        if len(self._known) + len(self._joined) > self._kept:
            self._known, self._joined = {}, {}
        found = [self._known.get(key) or self._alone(key) for key in keys]
        wordings = [entry.wording for entry in found]
        for first, end in _tied(found):
            wordings[first:end] = self._together(tuple(keys[first:end]))
        return wordings

    def _alone(self, key: Key) -> _Known:
        entry = self._known[key] = _Known(self._rules.tell([key])[0], *self._rules.ends(key))
        return entry

    def _together(self, keys: tuple[Key, ...]) -> list[Wording]:
        found = self._joined.get(keys)
        if found is None:
            found = self._joined[keys] = self._rules.tell(keys)
        return found


def _tied(found: Sequence[_Known]) -> Iterator[tuple[int, int]]:
    """Half-open runs of tokens of which some rule may see each two together."""
    first = end = 0
    for i, entry in enumerate(found):
        if entry.opens and i + 1 < len(found) and found[i + 1].closes:
            first, end = (first if end > i else i), i + 2
        elif end == i + 1:
            yield first, end
