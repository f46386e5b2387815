"""What the encoder of coding is fed: sentences of the factuality files beside marked texts, batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tokenizers import Tokenizer

from training.factuality import CORPORA
from training.tasks import Gold

BATCH = 1300  # word pieces
T = TypeVar("T")


def marks_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the marks at the ends of a window."""
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    assert first is not None
    assert last is not None
    return first, last


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the factuality files: its corpus, its pieces, and the places and values of its predicates."""

    corpus: int
    ids: list[int]
    values: list[tuple[int, float]]


def sentences_of(golds: Iterable[Gold], tokenizer: Tokenizer, limit: int = 128) -> list[Sentence]:
    """The sentences that have predicates within the first *limit* pieces."""
    first, last = marks_of(tokenizer)
    found = []
    for gold in golds:
        pieces = tokenizer.encode(gold.text, add_special_tokens=False)
        offsets, values = pieces.offsets[:limit], []
        for start, value, _ in gold.values["factuality"]:
            at = next((i for i, (_, end) in enumerate(offsets) if end > start), None)
            values += [(at + 1, value)] if at is not None else []
        if values:
            found.append(Sentence(CORPORA.index(gold.group), [first, *pieces.ids[:limit], last], values))
    return found


def by_length(items: Sequence[T], lengths: Sequence[int], rng: random.Random) -> list[list[T]]:
    """*items* in batches of about `BATCH` pieces, those of like length together, in random order."""
    order = list(range(len(items)))
    rng.shuffle(order)
    batches: list[list[T]] = []
    for begin in range(0, len(order), 400):
        batch: list[T] = []
        size = 0
        for i in sorted(order[begin : begin + 400], key=lambda i: lengths[i]):
            if batch and size + lengths[i] > BATCH:
                batches.append(batch)
                batch, size = [], 0
            batch.append(items[i])
            size += lengths[i]
        batches.append(batch)
    rng.shuffle(batches)
    return batches
