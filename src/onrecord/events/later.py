"""Writes put off until everything is worked out, so that nobody who wants to write waits for the working out."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.case import merge_state
from onrecord.case.merge_state import ClaimState

Step = Callable[[sqlite3.Connection], object]


class NotAhead(Exception):
    """What changed cannot be worked out before the tables may be written."""


@dataclass(slots=True)
class Later:
    """What is to be written, in order; and the blocks of claims as they will be once it is.

    ``state`` names the derived tables and erasures that it was worked out from.
    """

    state: Hashable
    steps: list[Step] = field(default_factory=list)
    changed: int = 0
    _gone: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _new: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def replace(self, gone: Iterable[ClaimState], new: Iterable[ClaimState]) -> None:
        """Notes that claims leave their blocks, and that others enter theirs."""
        for state in gone:
            for key in state.keys:
                self._gone[key].add(state.claim)
        for state in new:
            for key in state.keys:
                self._new[key].add(state.claim)

    def block(self, connection: sqlite3.Connection, key: int) -> set[int]:
        """The claims of a block, by row number."""
        return (merge_state.block(connection, key) - self._gone.get(key, set())) | self._new.get(key, set())

    def holds(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are still those that this was worked out from."""
        return self.state == state_of(connection)

    def write(self, connection: sqlite3.Connection) -> int:
        """Writes all of it; returns how many events were computed."""
        for step in self.steps:
            step(connection)
        return self.changed


def state_of(connection: sqlite3.Connection) -> Hashable:
    """Names the state of the derived tables, and whether anything was erased of what they are made from."""
    said = tuple(connection.execute("SELECT key, value FROM events_state ORDER BY key").fetchall())
    return said, connection.execute("SELECT count(*) FROM erasures").fetchone()[0]


def voices_stay(
    connection: sqlite3.Connection,
    there: Collection[int],
    erased: Collection[int],
    agencies: Mapping[int, str | None],
) -> bool:
    """Whether the reports *there* (rows) are known, credit whom they credited, and none of *erased* was known."""
    known: dict[int, str | None] = {}
    for marks, some in merge_state.in_parts({*there, *erased}):
        known.update(connection.execute(f"SELECT report, agency FROM merge_reports WHERE report IN ({marks})", some))
    return known.keys().isdisjoint(erased) and all(r in known and agencies.get(r, known[r]) == known[r] for r in there)
