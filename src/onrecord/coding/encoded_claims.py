"""Claims from the incident head, merged with the rule coder's: one event where both tell of one thing.

A filler joins the coder's claim of its type in its sentence; failing that, a candidate that the coder dropped
there for want of a party is let in; failing that, it joins the nearest claim of its type in the report ("The
attackers fled"). Where the report has none, a claim is made at a verb on which both who or what did it and whom or
what it was done to hang; other fillers are left: a death alone is no attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.coding.encoded import Filler, find_fillers
from onrecord.coding.standing import Ground, Told
from onrecord.lexicon.incidents import IncidentTables
from onrecord.model import Actor, EventClaim, Rationale, Slot
from onrecord.model.incident import INCIDENT_ROLES, Incident, Part

HEAD = "incident head"
_ACTING = frozenset({"perpetrator", "organisation"})
_SUFFERING = frozenset({"target", "victim"})
LET_IN = 0.5
"""Least probability of a filler that lets in a candidate which the coder dropped."""

_NEVER = ("no event", "only reports")
"""How the reasons begin for which a dropped candidate stays dropped, whatever the head says."""


class IncidentCoder:
    """Codes the incidents of one report."""

    def __init__(self, ground: Ground, tables: IncidentTables) -> None:
        self.ground = ground
        self.tables = tables
        self.parse = ground.layers.parse

    def code(
        self, claims: Sequence[EventClaim], dropped: Sequence[EventClaim]
    ) -> tuple[list[EventClaim], list[EventClaim]]:
        """*claims* and *dropped* candidates once the head's fillers are in, new claims after the others."""
        fillers = find_fillers(self.parse, self.ground.layers.encoding, self.tables)
        back = [c for c in dropped if _may_return(c)]
        hosts: dict[str, list[Filler]] = {}
        loose: dict[int, list[Filler]] = {}
        for filler in fillers:
            near = self._host(filler, claims, 0) or (self._host(filler, back, 0) if filler.score >= LET_IN else None)
            host = near or self._host(filler, claims, None)
            if host is not None:
                hosts.setdefault(host.key, []).append(filler)
            else:
                loose.setdefault(self._trigger(filler), []).append(filler)
        kept = [self._joined(c, hosts[c.key]) if c.key in hosts else c for c in claims]
        let_in = [self._let_in(c, hosts[c.key]) for c in dropped if c.key in hosts]
        made = [claim for head, own in loose.items() if _two_sided(own) for claim in self._made(head, own)]
        return [*kept, *let_in, *made], [c for c in dropped if c.key not in hosts]

    # -- hosts -------------------------------------------------------------------------------------------

    def _host(self, filler: Filler, claims: Iterable[EventClaim], reach: int | None) -> EventClaim | None:
        """The claim of the filler's type whose trigger stands nearest, at most *reach* sentences away; what is
        asserted goes before what is denied, planned or told as background."""
        sentence = self.parse.tokens[filler.head].sentence
        wanted = self._type(filler)[0]
        best: tuple[tuple[int, bool, int, str], EventClaim] | None = None
        for claim in claims:
            at = self._at(claim)
            if at is None or claim.event_type != wanted:
                continue
            away = abs(self.parse.tokens[at].sentence - sentence)
            if reach is not None and away > reach:
                continue
            aside = claim.modality.mood != "asserted" or claim.modality.polarity == "negative" or claim.background
            rank = (away, aside, abs(at - filler.head), claim.key)
            if best is None or rank < best[0]:
                best = (rank, claim)
        return best[1] if best is not None else None

    def _at(self, claim: EventClaim) -> int | None:
        """The first token of a claim's trigger."""
        span = claim.trigger.span
        if span is None or claim.field != "text":
            return None
        inside = self.parse.tokens_in(span)
        return inside[0] if inside else None

    def _type(self, filler: Filler) -> tuple[str, tuple[str, ...]]:
        return self.tables.types.get(filler.kind, ("ASSAULT", ()))

    def _joined(self, claim: EventClaim, fillers: Sequence[Filler]) -> EventClaim:
        """The coder's claim with what the head says of it; slots that the coder left empty take the fillers that
        the head is sure of and that stand in the claim's own sentence."""
        incident = self._incident(fillers)
        why = claim.rationale
        rationale = replace(why, notes=(*why.notes, *_notes(incident))) if why is not None else None
        at = self._at(claim)
        sentence = self.parse.tokens[at].sentence if at is not None else -1
        near = [f for f in fillers if f.score >= LET_IN and self.parse.tokens[f.head].sentence == sentence]
        taken = [a.span for a in (*claim.actor, *claim.recipient) if a.span is not None]
        free = [f for f in near if not any(self.parse.tokens[f.head].span.overlaps(span) for span in taken)]
        return replace(
            claim,
            incident=incident,
            rationale=rationale,
            actor=claim.actor or self._actors(free, _ACTING),
            recipient=claim.recipient or self._actors(free, _SUFFERING),
            instrument=claim.instrument or self._weapons(free),
        )

    def _let_in(self, claim: EventClaim, fillers: Sequence[Filler]) -> EventClaim:
        """A dropped candidate as a claim: the parties that it lacked are the head's."""
        joined = self._joined(claim, fillers)
        why = joined.rationale or Rationale(rule=HEAD)
        notes = (*why.notes, f"{HEAD}: let in though {claim.reason}")
        return replace(
            joined,
            status="coded",
            reason=None,
            confidence=_confidence(fillers),
            rationale=replace(why, score=max(f.score for f in fillers), notes=notes),
            actor=claim.actor or self._actors(fillers, _ACTING),
            recipient=claim.recipient or self._actors(fillers, _SUFFERING),
            instrument=claim.instrument or self._weapons(fillers),
        )

    # -- claims of the head's own ------------------------------------------------------------------------

    def _trigger(self, filler: Filler) -> int:
        """The verb that a filler hangs on, or the root of its sentence."""
        return self.ground.arguments.clause_of(filler.head)

    def _made(self, head: int, fillers: Sequence[Filler]) -> list[EventClaim]:
        """A claim at the verb *head*, one for each way in which its clause is told."""
        surest = max(fillers, key=lambda f: f.score)
        incident = self._incident(fillers)
        told = self.ground.told(head, HEAD, _confidence(fillers), "i", _notes(incident))
        return [self._claim(head, surest, fillers, incident, way) for way in told]

    def _claim(
        self, head: int, surest: Filler, fillers: Sequence[Filler], incident: Incident, told: Told
    ) -> EventClaim:
        event_type, modes = self._type(surest)
        ground, token = self.ground, self.parse.tokens[head]
        actor, recipient = self._actors(fillers, _ACTING), self._actors(fillers, _SUFFERING)
        spans = [a.span for a in (*actor, *recipient) if a.span is not None]
        place = ground.circumstances.place((head,), spans, ())
        time = ground.time(head, told.standing)
        fields = told.fields | {"rationale": replace(told.fields["rationale"], score=incident.score)}
        return EventClaim(
            **fields,
            background=ground.scene.background(time),
            event_type=event_type,
            modes=modes,
            contexts=ground.scene.contexts(head, ground.lexicon.ontology),
            trigger=Slot(text=token.span.of(self.parse.text), span=token.span, score=surest.score),
            actor=actor,
            recipient=recipient,
            instrument=self._weapons(fillers),
            place=place[0] if place is not None else None,
            time=time,
            incident=incident,
        )

    # -- slots -------------------------------------------------------------------------------------------

    def _incident(self, fillers: Sequence[Filler]) -> Incident:
        surest = max(fillers, key=lambda f: f.score)
        return Incident(type=surest.kind, score=surest.score, parts=tuple(self._part(f) for f in fillers))

    def _part(self, filler: Filler) -> Part:
        slot = self._slot(filler)
        return Part(text=slot.text, span=slot.span, score=filler.score, role=INCIDENT_ROLES[filler.role])

    def _slot(self, filler: Filler) -> Slot:
        span = self.parse.span(filler.first, filler.last)
        return Slot(text=span.of(self.parse.text), span=span, score=filler.score)

    def _actors(self, fillers: Sequence[Filler], roles: frozenset[str]) -> tuple[Actor, ...]:
        found: list[Actor] = []
        for filler in fillers:
            if INCIDENT_ROLES[filler.role] not in roles:
                continue
            slot = self._slot(filler)
            actor = self.ground.parties.party(filler.head, loose=True)
            if actor is None or actor.span is None:
                actor = Actor(text=slot.text, span=slot.span, basis="described")
            if all(actor.span != other.span for other in found):
                found.append(replace(actor, score=filler.score if actor.score is None else actor.score))
        return tuple(found)

    def _weapons(self, fillers: Sequence[Filler]) -> tuple[Slot, ...]:
        return tuple(self._slot(f) for f in fillers if INCIDENT_ROLES[f.role] == "weapon")


def _may_return(claim: EventClaim) -> bool:
    return not (claim.reason or "").startswith(_NEVER)


def _two_sided(fillers: Sequence[Filler]) -> bool:
    roles = {INCIDENT_ROLES[f.role] for f in fillers}
    return bool(roles & _SUFFERING) and bool(roles - _SUFFERING) and max(f.score for f in fillers) >= LET_IN


def _confidence(fillers: Sequence[Filler]) -> float:
    return round(0.85 * max(f.score for f in fillers), 2)


def _notes(incident: Incident) -> tuple[str, ...]:
    return (
        f"{HEAD}: {incident.type} {incident.score:.2f}",
        *(f"{HEAD}: {part.role} {part.text!r} {part.score:.2f}" for part in incident.parts),
    )
