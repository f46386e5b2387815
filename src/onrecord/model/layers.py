"""Layers: everything known of one report before it is coded, handed from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model.attribution import Attribution, Caveat, Reference
from onrecord.model.parse import Encoding, Parse
from onrecord.model.report import Credit, Report
from onrecord.model.spans import Actor, Place, Span, Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The layers of one report, each in text order; later stages fill what earlier ones leave empty.

    ``times`` and ``toponyms`` are already resolved. ``actors`` holds every mention that may be an
    actor, with what the registry says of it: names, and descriptions whose head is a sector word;
    their spans are noun phrases without relative clauses. ``references`` tie pronouns,
    descriptions and short names to the mention that they stand for.
    """

    report: Report
    parse: Parse
    encoding: Encoding | None = None
    credits: tuple[Credit, ...] = ()
    times: tuple[Time, ...] = ()
    toponyms: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    references: tuple[Reference, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    def reference_at(self, span: Span) -> Reference | None:
        """The reference whose mention is *span* or shares its last word, None if there is none."""
        for reference in self.references:
            if reference.mention.end == span.end and reference.mention.overlaps(span):
                return reference
        return None

    def actor_at(self, span: Span) -> Actor | None:
        """The actor mention that overlaps *span* most (ties: the one of these very words, else the longest), None if
        none does."""
        best, most = None, (0, False, 0)
        start, end = span
        for actor in self.actors:  # asked for thousands of spans a report: no call for those that lie apart
            own = actor.span
            if own is None or own[0] >= end or own[1] <= start:
                continue
            rank = (min(own[1], end) - max(own[0], start), own == span, own[1] - own[0])
            if rank > most:
                best, most = actor, rank
        return best
