"""Trains the head that says who is actor and who recipient of an event, on the finished encoder.

    python -m training.roles --data BENCH [--out FOLDER] [--cache FILE]

As in ``training/events.py``: the same marked texts, the same kind of small networks, over the states of the event's
word and the party's and the signs of `onrecord.coding.encoded_roles`. FILE keeps states and signs between runs.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from onrecord.coding.encoded_roles import FOLDER, ROLES, RoleHead, RoleSigns, pairs
from onrecord.config import Config
from onrecord.model import EventClaim, Parse
from onrecord.parse.encoder import OnnxEncoder
from onrecord.pipeline import load_parts
from training.marked import Mark, Marked, head_of, marked_texts
from training.sign_network import Shape, fit, write

FOLDS, SEED = 5, 3
LIMITS = {"fill": 0.6}


@dataclass(frozen=True, slots=True)
class Pair:
    """A party beside a marked event: the text, the event's number, signs, states, what it is (0 neither, 1 actor,
    2 recipient), and whether the rules made it actor or recipient."""

    text: str
    event: int
    signs: list[str]
    row: np.ndarray
    role: int
    told: tuple[bool, bool]


def pairs_of(text: Marked) -> Iterator[Pair]:
    """The parties of each marked event of one text."""
    reader = RoleSigns(text.layers, text.signs)
    encoding = text.layers.encoding
    for head, mark in sorted(text.marks.items()):
        claim = claim_at(text, head, mark)
        if claim is None or encoding is None:
            continue
        at = reader.candidates(head, text.signs.words(claim))
        if not at:
            continue
        right = roles_of(text.layers.parse, mark)
        rows = pairs(encoding, [head] * len(at), at).astype(np.float16)
        for i, row in zip(at, rows, strict=True):
            signs = reader.signs(claim, head, i)
            yield Pair(text.name, head, signs, row, right.get(i, 0), ("told actor" in signs, "told recipient" in signs))


def claim_at(text: Marked, head: int, mark: Mark) -> EventClaim | None:
    """The claim at the word of a mark, of the mark's type: the rules' own, one that they rejected, or a new one."""
    kind = mark["event_type"][0]
    here = [c for c in (*text.coded, *text.dropped) if head in text.signs.words(c)]
    found = next((c for c in here if c.event_type in mark["event_type"]), next(iter(here), None))
    if found is not None:
        return found if found.event_type in mark["event_type"] else replace(found, event_type=kind)
    return next(iter(text.coder.at_word(head, kind)), None)


def roles_of(parse: Parse, mark: Mark) -> dict[int, int]:
    """Role (1 actor, 2 recipient) by the token that heads each marked party."""
    found: dict[int, int] = {}
    for number, role in enumerate(ROLES, 1):
        for span in mark[role]:
            head = head_of(parse, span)
            if head is not None:
                found.setdefault(head, number)
    return found


def arrays(found: Sequence[Pair]) -> tuple[np.ndarray, list[list[str]], np.ndarray]:
    """Rows (n, width), signs and targets (n, 3)."""
    targets = np.zeros((len(found), 1 + len(ROLES)), dtype=np.float32)
    targets[np.arange(len(found)), [pair.role for pair in found]] = 1.0
    return np.stack([pair.row for pair in found]).astype(np.float32), [pair.signs for pair in found], targets


def held_out(found: Sequence[Pair], seeds: Sequence[int], shape: Shape, work: Path, folds: int) -> np.ndarray:
    """Shares (n, 3) of the pairs of reports, each by networks that have not seen its report; NaN for others."""
    names = sorted({pair.text for pair in found if not pair.text.startswith("events-")})
    random.Random(SEED).shuffle(names)
    shares = np.full((len(found), 1 + len(ROLES)), np.nan, dtype=np.float32)
    for fold in range(folds):
        away = set(names[fold::FOLDS])
        at = [i for i, pair in enumerate(found) if pair.text in away]
        write(fit(*arrays([pair for pair in found if pair.text not in away]), seeds, shape), work, {"limits": LIMITS})
        rows, signs, _ = arrays([found[i] for i in at])
        shares[at] = RoleHead(work).shares(rows, signs)
    return shares


def report(found: Sequence[Pair], shares: np.ndarray) -> Iterator[str]:
    """Precision and recall of each role, by the rules and by the head."""
    at = [i for i in range(len(found)) if not np.isnan(shares[i, 0])]
    for number, role in enumerate(ROLES, 1):
        gold = {i for i in at if found[i].role == number}
        for name, chosen in (
            ("rules", {i for i in at if found[i].told[number - 1]}),
            *((f"head from {limit}", {i for i in at if shares[i, number] >= limit}) for limit in (0.3, 0.4, 0.5, 0.6)),
        ):
            hit = len(chosen & gold)
            yield (
                f"{role}, {name}: precision {hit / max(1, len(chosen)):.3f}, recall {hit / max(1, len(gold)):.3f}, "
                f"events with all right {whole(found, at, chosen, number):.3f}"
            )


def whole(found: Sequence[Pair], at: Sequence[int], chosen: set[int], number: int) -> float:
    """Share of events whose parties of one role are exactly those marked in the sentence, or share one with them."""
    marked, given = defaultdict(set), defaultdict(set)
    events = {(found[i].text, found[i].event) for i in at}
    for i in at:
        key = (found[i].text, found[i].event)
        if found[i].role == number:
            marked[key].add(i)
        if i in chosen:
            given[key].add(i)
    right = sum(bool(marked[k] & given[k]) if marked[k] else not given[k] for k in events)
    return right / max(1, len(events))


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the annotated files")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--cache", type=Path, default=None)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the five folds are measured")
    parser.add_argument("--work", type=Path, default=Path("build/roles"), help="folder for the trial heads")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    found = load(args.data, args.cache)
    shape = replace(Shape(), epochs=args.epochs)
    print(f"{len(found)} parties beside {len({(p.text, p.event) for p in found})} events")
    for line in report(found, held_out(found, args.seeds[:1], shape, args.work, args.folds)):
        print(line, flush=True)
    write(fit(*arrays(found), args.seeds, shape), args.out, {"limits": LIMITS, "encoder": OnnxEncoder().identity})


def load(data: Path, cache: Path | None) -> list[Pair]:
    """All parties beside marked events."""
    if cache is not None and cache.is_file():
        kept: list[Pair] = pickle.loads(cache.read_bytes())
        return kept
    parts = load_parts(Config())
    found = [pair for text in marked_texts(data, parts) for pair in pairs_of(text)]
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


if __name__ == "__main__":
    main()
