"""Tolls told beside an event: "the number of people killed in the strikes rose to 13" is a figure of the strikes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from onrecord.model import Claim, EventClaim, FigureClaim

_FATES = frozenset(
    "killed injured casualties arrested abducted missing displaced detained released surrendered".split()
)


def with_tolls(claims: Iterable[Claim]) -> list[EventClaim]:
    """The coded event claims, each with the figures that its report tells of it in a claim of their own.

    Such a figure claim overlaps the event's clause, has the same speakers, counts people, and is no cumulative toll.
    """
    coded = [c for c in claims if c.status == "coded"]
    figures: dict[str, list[FigureClaim]] = defaultdict(list)
    for claim in coded:
        if isinstance(claim, FigureClaim) and not claim.cumulative and claim.figure.measure in _FATES:
            figures[claim.report_id].append(claim)
    return [_with(c, figures.get(c.report_id, ())) for c in coded if isinstance(c, EventClaim)]


def _with(claim: EventClaim, figures: Iterable[FigureClaim]) -> EventClaim:
    known = {f.measure for f in claim.figures}
    more = tuple(f.figure for f in figures if f.figure.measure not in known and _of(f, claim))
    return replace(claim, figures=(*claim.figures, *more)) if more else claim


def _of(figure: FigureClaim, claim: EventClaim) -> bool:
    return figure.field == claim.field and figure.span.overlaps(claim.span) and _speakers(figure) == _speakers(claim)


def _speakers(claim: Claim) -> list[tuple[str | None, str | None]]:
    return [(x.text, x.source.actor_id if x.source else None) for x in claim.chain if x.role == "source"]
