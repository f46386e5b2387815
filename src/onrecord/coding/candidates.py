"""Candidates: a matched trigger with its roles filled, which may become an event claim."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.matched import Match
from onrecord.model import Actor, Slot


@dataclass(frozen=True, slots=True)
class Draft:
    """One possible event.

    ``heads`` are all trigger tokens that tell of it, its own first; ``acted`` the tokens that it is done to;
    ``closed_by`` the head of the word whose content it is (``told_by`` where it is no claim of its own).
    ``reason`` says why it is not coded, None where it is.
    """

    match: Match
    event_type: str
    modes: tuple[str, ...]
    actor: tuple[Actor, ...] = ()
    recipient: tuple[Actor, ...] = ()
    object: Slot | None = None
    instrument: tuple[Slot, ...] = ()
    heads: tuple[int, ...] = ()
    acted: tuple[int, ...] = ()
    measures: tuple[tuple[int, str], ...] = ()
    closed_by: int | None = None
    told_by: int | None = None
    reason: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def head(self) -> int:
        return self.match.head

    @property
    def parties(self) -> tuple[Actor, ...]:
        return (*self.actor, *self.recipient)
