"""Marked events, each read by itself: the pieces around its word, a mark before the word, and its parties in them.

A lesson for the encoder of coding (``training/coding.py``): a network over these readings tells parties a little better
than the head that ships, but to read each event again takes more time than coding may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from training.roles import Pair

_BESIDE, _LONGEST = 12, 160
MARK = "[MASK]"
"""The piece that stands before the word of an event."""
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


def stretch(head: int, others: Iterable[int], total: int) -> tuple[int, int]:
    """The half-open range of the pieces that are read about the one at *head*: from the first to the last of it and
    *others* and a little on both sides, 160 of *total* pieces at most."""
    places = [head, *others]
    begin, end = max(0, min(places) - _BESIDE), min(total, max(places) + 1 + _BESIDE)
    if end - begin > _LONGEST:
        begin = max(begin, min(head - _LONGEST // 2, end - _LONGEST))
        end = begin + _LONGEST
    return begin, end
