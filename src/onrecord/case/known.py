"""What a filter's actor or place means beside what the rows themselves say: see ``identities``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions by rows of actors, names or places; ``only`` in some reports, or in all ``but`` some."""

    actors: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    only: tuple[int, ...] | None = None
    but: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Mentions that are meant whatever their rows say, and ones whose rows no longer say who is meant."""

    meant: tuple[Mentions, ...] = ()
    set_aside: tuple[Mentions, ...] = ()
