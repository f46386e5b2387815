"""Words that may tell of an event, with the marks on them: what the head of events learns from and is measured on.

The marks are ours: ``training/events.jsonl`` (offsets into reports of the training parts) and the sentences of
``training/data/events-*.txt``. ``training/coding.py`` trains the head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.coding.encoded_events import TYPES, numbers
from training.marked import Mark, Marked

UNSURE = 0.75
"""The share of its type that a mark gets which not every coder would make; the rest is "no event"."""
BETTER = 0.7
"""The share of the better one of two types."""
LIMITS = {"keep": 0.6, "take": 0.85, "add": 0.82, "stays": 0.15}


@dataclass(frozen=True, slots=True)
class Word:
    """One candidate: its text, its signs and numbers, the mark on it (None: no event), and what the rules coded."""

    text: str
    signs: list[str]
    row: np.ndarray
    mark: Mark | None
    coded: tuple[str, ...] = ()


def words_of(text: Marked) -> Iterator[tuple[int, Word]]:
    """The candidates of one text before where it was read to, by token, each with the mark on it."""
    tokens, encoding = text.layers.parse.tokens, text.layers.encoding
    ruled: dict[int, tuple[str, ...]] = {}
    for claim in text.coded:
        ruled |= {i: (*ruled.get(i, ()), claim.event_type) for i in text.signs.words(claim)[:1]}
    at = [i for i in text.signs.candidates() if tokens[i].start < text.read_to]
    if encoding is None or not at:
        return
    for i, row in zip(at, numbers(encoding, at).astype(np.float16), strict=True):
        yield i, Word(text.name, text.signs.signs(i), row, text.marks.get(i), ruled.get(i, ()))


def target(mark: Mark | None) -> np.ndarray:
    """Shares of "no event" and of each type that the head is to give."""
    shares = np.zeros(1 + len(TYPES), dtype=np.float32)
    if mark is None:
        shares[0] = 1.0
        return shares
    sure = 1.0 if mark["sure"] else UNSURE
    shares[0] = 1.0 - sure
    kinds = mark["event_type"]
    for kind, weight in zip(kinds, (BETTER, 1 - BETTER) if len(kinds) > 1 else (1.0,), strict=False):
        shares[1 + TYPES.index(kind)] += sure * weight
    return np.asarray(shares / shares.sum())


def targets(words: Sequence[Word]) -> np.ndarray:
    """Float32 array (n, 17): the shares that the head is to give."""
    return np.stack([target(word.mark) for word in words])


def report(words: Sequence[Word], shares: np.ndarray) -> Iterator[str]:
    """Precision of what would be coded, and how many of the sure first tellings are found, by limit."""
    at = [i for i in range(len(words)) if not np.isnan(shares[i, 0])]
    sure = [i for i in at if (m := words[i].mark) is not None and m["sure"] and not m.get("again")]

    def line(name: str, kinds: Mapping[int, str]) -> str:
        right = sum((m := words[i].mark) is not None and kind in m["event_type"] for i, kind in kinds.items())
        found = sum((m := words[i].mark) is not None and kinds.get(i) in m["event_type"] for i in sure)
        return (
            f"{name}: {len(kinds)} coded, right {right / max(1, len(kinds)):.3f}, found {found / max(1, len(sure)):.3f}"
        )

    yield line("rules", {i: words[i].coded[0] for i in at if words[i].coded})
    for limit in (0.3, 0.4, 0.5, 0.6, 0.7):
        likely = {i: TYPES[int(shares[i, 1:].argmax())] for i in at if 1 - shares[i, 0] >= limit}
        yield line(f"head from {limit}", likely)
