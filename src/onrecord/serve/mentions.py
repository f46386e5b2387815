"""Mentions of actors among the claims and quotes that stand, counted in columns by who is mentioned in which slot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.case.keys import day_of
from onrecord.serve.mirror import NO_DAY, Ints, Many, Mask, Snapshot

ACTING = ("actor", "holder", "subject", "recipient", "object")
_MIX = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
        0xE7037ED1A0B428DB)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Groups:
    """Mentions that are alike: rows of actors and names (0: no name), slot, in how many rows, days of publication."""

    actor: Ints
    named: Ints
    slot: Ints
    count: Ints
    first: Ints
    last: Ints
    words: dict[int, str]

    def columns(self) -> tuple[Ints, ...]:
        """The columns, in their order."""
        return self.actor, self.named, self.slot, self.count, self.first, self.last

    def of(self, chosen: Mask) -> Groups:
        """The groups *chosen*."""
        actor, named, slot, count, first, last = (column[chosen] for column in self.columns())
        return Groups(actor, named, slot, count, first, last, self.words)

    def rows(self) -> list[tuple[int, int | None, str, int, int, str | None, str | None]]:
        """As the ledger counts them: actor, name, slot in words, 0, count, first and last day."""
        columns = (column.tolist() for column in self.columns())
        return [
            (actor, named or None, self.words[slot], 0, count, _day(first), _day(last))
            for actor, named, slot, count, first, last in zip(*columns, strict=True)
        ]

    def marks(self, person: Ints, persons: int) -> Ints:
        """A number for each person that changes when one of its groups does; 0 for one who has none."""
        mixed: NDArray[np.uint64] = np.zeros(len(person), dtype=np.uint64)
        for column, factor in zip(self.columns(), _MIX, strict=True):
            mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(factor)
            mixed ^= mixed >> np.uint64(29)
        found = np.zeros(persons, dtype=np.uint64)
        np.add.at(found, person, mixed | np.uint64(1))
        there = np.bincount(person, minlength=persons) > 0
        return np.where(there, np.maximum(found >> np.uint64(2), np.uint64(1)), np.uint64(0)).astype(np.int64)


def groups_of(s: Snapshot, standing: Mask, shown: Mask) -> Groups:
    """Mentions in coded claims of those *standing*, and as sources of the attributions *shown*."""
    coded = standing & (s.claims["status"] == s.number("status", "coded"))
    slots = np.array([s.number("slot", slot) for slot in ACTING])
    chosen = coded[s.slots.row] & np.isin(s.slots.more["slot"], slots)
    told = _grouped(s, s.slots, chosen, s.slots.more["slot"].astype(np.int64), s.claims["coding"])
    nothing = np.zeros(len(s.speakers.row), dtype=np.int64)
    said = _grouped(s, s.speakers, shown[s.speakers.row], nothing, s.quotes["coding"])
    words = {int(n): str(s.word(n)) for n in np.unique(told[2])} | {0: "speaker"}
    actor, named, slot, count, first, last = (np.concatenate([a, b]) for a, b in zip(told, said, strict=True))
    return Groups(actor, named, slot, count, first, last, words)


def _grouped(s: Snapshot, of: Many, chosen: Mask, slot: Ints, coding: Ints) -> tuple[Ints, ...]:
    """Actor, name, slot, in how many rows, and the first and last day of publication, of the mentions chosen."""
    named = of.more["named"].astype(np.int64)[chosen]
    rows, actor, slot = of.row[chosen], of.value[chosen], slot[chosen]
    if not len(rows):
        return tuple(np.zeros(0, dtype=np.int64) for _ in range(6))
    key = (actor * (named.max() + 1) + named) * (slot.max() + 1) + slot
    order = np.lexsort((rows, key))
    key, rows = key[order], rows[order]
    begins = np.ones(len(key), dtype=bool)
    begins[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(begins)
    # Whoever is named twice in one claim is named in one.
    once = begins.copy()
    once[1:] |= rows[1:] != rows[:-1]
    days = s.reports["day"][s.codings["report"][coding[rows]]]
    first = np.minimum.reduceat(days, starts)
    last = np.maximum.reduceat(np.where(days == NO_DAY, -1, days), starts)
    at = order[starts]
    return actor[at], named[at], slot[at], np.add.reduceat(once.astype(np.int64), starts), first, last


def _day(number: int) -> str | None:
    return None if number in (NO_DAY, -1) else day_of(number)
