"""Trains the head that says which words tell of an event, and of which type, on the finished encoder.

    python -m training.events --data BENCH [--out FOLDER] [--cache FILE]

BENCH is the folder of the annotated files; of them only the texts of the training parts are read. The marks are ours:
``training/events.jsonl`` (620 reports, offsets only) and the sentences of ``training/data/events-*.txt``. Trained is a
small network over the states of a word and the signs of `onrecord.coding.encoded_events`, several times from different
seeds; the encoder stays as it is. Limits are chosen on reports that the networks of a fold have not seen.
FILE keeps states and signs between runs.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from onrecord.coding.encoded_events import FOLDER, TYPES, EventHead, numbers
from onrecord.config import Config
from onrecord.parse.encoder import OnnxEncoder
from onrecord.pipeline import load_parts
from training.marked import Mark, Marked, marked_texts
from training.sign_network import Shape, fit, write

UNSURE = 0.75
"""The share of its type that a mark gets which not every coder would make; the rest is "no event"."""
BETTER = 0.7
"""The share of the better one of two types."""
OURS = 0.3
"""How much a word of our own sentences counts beside one of a report, whose mixture of events is the real one."""
FOLDS, SEED = 5, 3
LIMITS = {"keep": 0.5, "take": 0.8, "add": 0.85, "stays": 0.15}


@dataclass(frozen=True, slots=True)
class Word:
    """One candidate: its text, its signs and numbers, the mark on it (None: no event), and what the rules coded."""

    text: str
    signs: list[str]
    row: np.ndarray
    mark: Mark | None
    coded: tuple[str, ...] = ()


def words_of(text: Marked) -> Iterator[Word]:
    """The candidates of one text before where it was read to, each with the mark on it."""
    tokens, encoding = text.layers.parse.tokens, text.layers.encoding
    ruled: dict[int, tuple[str, ...]] = {}
    for claim in text.coded:
        ruled |= {i: (*ruled.get(i, ()), claim.event_type) for i in text.signs.words(claim)[:1]}
    at = [i for i in text.signs.candidates() if tokens[i].start < text.read_to]
    if encoding is None or not at:
        return
    for i, row in zip(at, numbers(encoding, at).astype(np.float16), strict=True):
        yield Word(text.name, text.signs.signs(i), row, text.marks.get(i), ruled.get(i, ()))


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


def arrays(words: Sequence[Word]) -> tuple[np.ndarray, list[list[str]], np.ndarray]:
    """Rows (n, width), signs and targets (n, 17) of *words*, each as heavy as it counts."""
    rows = np.stack([word.row for word in words]).astype(np.float32)
    counted = [target(word.mark) * (OURS if word.text.startswith("events-") else 1.0) for word in words]
    return rows, [word.signs for word in words], np.stack(counted).astype(np.float32)


def held_out(words: Sequence[Word], seeds: Sequence[int], shape: Shape, work: Path, folds: int) -> np.ndarray:
    """Shares (n, 17) of the words of reports, each by networks that have not seen its report; NaN for other words."""
    names = sorted({word.text for word in words if not word.text.startswith("events-")})
    random.Random(SEED).shuffle(names)
    found = np.full((len(words), 1 + len(TYPES)), np.nan, dtype=np.float32)
    for fold in range(folds):
        away = set(names[fold::FOLDS])
        at = [i for i, word in enumerate(words) if word.text in away]
        write(fit(*arrays([word for word in words if word.text not in away]), seeds, shape), work, {"limits": LIMITS})
        rows, signs, _ = arrays([words[i] for i in at])
        found[at] = EventHead(work).shares(rows, signs)
    return found


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


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the annotated files")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the five folds are measured")
    parser.add_argument("--work", type=Path, default=Path("build/events"), help="folder for the trial heads")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    words = load(args.data, args.cache)
    shape = replace(Shape(), epochs=args.epochs)
    print(
        f"{len(words)} words in {len({w.text for w in words})} texts, {sum(w.mark is not None for w in words)} marked"
    )
    for line in report(words, held_out(words, args.seeds[:1], shape, args.work, args.folds)):
        print(line, flush=True)
    more = {"limits": LIMITS, "encoder": OnnxEncoder().identity}
    write(fit(*arrays(words), args.seeds, shape), args.out, more)


def load(data: Path, cache: Path | None) -> list[Word]:
    """All candidates of reports and sentences."""
    if cache is not None and cache.is_file():
        kept: list[Word] = pickle.loads(cache.read_bytes())
        return kept
    parts = load_parts(Config())
    words = [word for text in marked_texts(data, parts) for word in words_of(text)]
    if cache is not None:
        cache.write_bytes(pickle.dumps(words))
    return words


if __name__ == "__main__":
    main()
