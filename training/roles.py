"""Parties beside marked events: what the head of roles learns from and is measured on.

The same marked texts as in ``training/events.py``; ``training/coding.py`` trains the head.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.coding.encoded_roles import ROLES, RoleSigns, pairs
from onrecord.model import EventClaim, Parse
from training.marked import Mark, Marked, head_of

LIMITS = {"fill": 0.4, "over": 0.5, "under": 0.3, "sure": 0.6}


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


def pairs_of(text: Marked) -> Iterator[tuple[int, int, Pair]]:
    """The parties of each marked event of one text, by the tokens of event and party."""
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
            yield (
                head,
                i,
                Pair(text.name, head, signs, row, right.get(i, 0), ("told actor" in signs, "told recipient" in signs)),
            )


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
