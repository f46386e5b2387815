"""Marked events, each read by itself: the pieces around its word, a mark before the word, and its parties in them.

What the head of roles reads in `onrecord.coding.second_roles`; ``training/coding.py`` trains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from onrecord.parse.windows import stretch
from training.roles import Pair

Place = tuple[int, int]
"""Window, and piece in it behind the mark at its beginning, which is 0."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One event: the ids of its pieces with all marks, where its own piece stands and where its parties do."""

    ids: list[int]
    head: int
    parties: list[tuple[int, Pair]]
    weight: float


def asked_of(
    windows: Sequence[list[int]], pairs: Sequence[tuple[Place, Place, Pair]], weight: float, mark: int
) -> Iterator[Asked]:
    """Each event among *pairs* of a text in *windows*, whose ends are marks; *mark* is the id that points at it."""
    if not windows:
        return
    first, last = windows[0][0], windows[0][-1]
    ids = [piece for window in windows for piece in window[1:-1]]
    begins = [0, *accumulate(len(window) - 2 for window in windows)]
    for (window, piece), group in groupby(pairs, key=lambda pair: pair[0]):
        head = begins[window] + piece - 1
        told = {begins[w] + p - 1: pair for _, (w, p), pair in group}
        yield from asked(ids, head, told, (first, mark, last), weight)


def asked(
    ids: Sequence[int], head: int, told: Mapping[int, Pair], marks: tuple[int, int, int], weight: float
) -> Iterator[Asked]:
    """The event at piece *head* with the parties *told* by piece; none where no party is near."""
    begin, end = stretch(head, told, len(ids))
    first, mark, last = marks
    fed = [first, *ids[begin:head], mark, *ids[head:end], last]
    places = [(piece - begin + 1 + (piece >= head), pair) for piece, pair in told.items() if begin <= piece < end]
    if places:
        yield Asked(fed, head - begin + 2, places, weight)
