"""Where a text is cut into the windows that the encoder reads one at a time.

The cut looks at the text alone, so that training and coding cut alike whatever found the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

LIMIT = 222
"""Most word pieces in one window, the two marks at its ends not counted."""

_CLOSERS = "\"'”’»)]"
_STOPS = ".!?…"
_PARAGRAPH, _SENTENCE, _WORD, _INSIDE = 0.0, 0.3, 0.9, 3.0


def _break_cost(text: str, left: tuple[int, int], right: tuple[int, int]) -> float:
    """How much a cut between two neighbouring pieces hurts: least between paragraphs."""
    gap = text[left[1] : right[0]]
    if not gap or not gap[-1].isspace():
        return _INSIDE
    if "\n" in gap or len(gap) >= 3:
        return _PARAGRAPH
    before = text[max(0, left[1] - 4) : left[1]].rstrip(_CLOSERS)
    return _SENTENCE if before[-1:] in _STOPS and before else _WORD


def cut(text: str, offsets: Sequence[tuple[int, int]], limit: int = LIMIT) -> list[tuple[int, int]]:
    """Half-open ranges over the pieces at *offsets*, in order, without gaps, none longer than *limit*.

    Windows end between paragraphs where that is near, else between sentences, else between words,
    and are of about one length, so that no window holds a few left-over words without context.
    """
    windows: list[tuple[int, int]] = []
    start, total = 0, len(offsets)
    while total - start > limit:
        rest = total - start
        target = -(-rest // -(-rest // limit))
        best, best_cost = start + limit, float("inf")
        for end in range(start + max(1, target // 2), start + limit + 1):
            cost = _break_cost(text, offsets[end - 1], offsets[end]) + abs(end - start - target) / limit
            if cost < best_cost:
                best, best_cost = end, cost
        windows.append((start, best))
        start = best
    if start < total:
        windows.append((start, total))
    return windows
