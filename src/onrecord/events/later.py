"""Writes put off until everything is worked out, so that nobody who wants to write waits for the working out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.case import merge_state
from onrecord.case.events_state import state_of
from onrecord.case.merge_state import ClaimState

Step = Callable[[Any], object]


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

    def block(self, connection: Any, key: int) -> set[int]:
        """The claims of a block, by row number."""
        return (merge_state.block(connection, key) - self._gone.get(key, set())) | self._new.get(key, set())

    def holds(self, connection: Any) -> bool:
        """Whether the tables are still those that this was worked out from."""
        return self.state == state_of(connection)

    def write(self, connection: Any) -> int:
        """Writes all of it; returns how many events were computed."""
        for step in self.steps:
            step(connection)
        return self.changed
