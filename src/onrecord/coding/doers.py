"""Doers whom other words tell: the accused of what they are accused of, the second side of a fight, the force that has
just acted where its spoils are told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from onrecord.coding.parties import Parties
from onrecord.coding.tellings import Telling, Tellings
from onrecord.coding.tolls import as_inferred
from onrecord.model import Actor, EventClaim

_OF_PART = frozenset({"of", "in", "for", "behind", "be"})
_FORCES = frozenset({"COP", "MIL"})
_FORCE = frozenset({"ASSAULT", "COERCE"})


def with_doers(
    claims: Sequence[EventClaim], reader: Tellings, parties: Parties, parts: Collection[str]
) -> list[EventClaim]:
    """*claims* in their order, those that leave out who did it with whom the words beside them tell; *parts* are nouns
    of having a part in something."""
    tellings = {id(t.claim): t for t in reader.read(claims)}
    accusing = _accusing(claims, reader)
    found: list[EventClaim] = []
    for claim in claims:
        telling = tellings.get(id(claim))
        if telling is None:
            found.append(claim)
        elif telling.fight:
            found.append(_with_both_sides(telling, reader, parties))
        elif claim.actor or not telling.open_actor:
            found.append(claim)
        else:
            charge = _charge(telling, accusing, reader, parts)
            found.append(_charged(claim, charge) if charge is not None else _with_takers(telling, found, reader))
    return found


def _accusing(claims: Sequence[EventClaim], reader: Tellings) -> dict[int, EventClaim]:
    charges = (c for c in claims if c.event_type == "ACCUSE" and c.recipient and c.trigger.span is not None)
    return {i: c for c in charges for i in reader.arguments.parse.tokens_in(c.trigger.span)}  # type: ignore[arg-type]


def _charge(
    telling: Telling, accusing: dict[int, EventClaim], reader: Tellings, parts: Collection[str]
) -> EventClaim | None:
    """The accusation of which a noun tells the content ("accuses them of involvement in the raid")."""
    if not telling.noun:
        return None
    for above in reader.arguments.parse.ancestors(telling.head):
        if above in accusing:
            return accusing[above]
        if reader.arguments.token(above).lemma not in _OF_PART and reader.arguments.token(above).lemma not in parts:
            return None
    return None


def _charged(claim: EventClaim, charge: EventClaim) -> EventClaim:
    sufferers = {a.span for a in claim.recipient}
    accused = tuple(a for a in charge.recipient if a.span not in sufferers)
    return _noted(replace(claim, actor=accused), f"accused of it: {charge.trigger.text}") if accused else claim


def _with_both_sides(telling: Telling, reader: Tellings, parties: Parties) -> EventClaim:
    """The claim of a fight with the second party behind "between", where the parser began a new clause with it."""
    arguments, claim = reader.arguments, telling.claim
    held = arguments.obliques(telling.head).get("between", ())
    if len(held) != 1 or len(claim.actor) > 1:
        return claim
    tokens = arguments.parse.tokens
    joint = held[0] + 1
    if joint + 1 >= len(tokens) or tokens[joint].lower != "and":
        return claim
    other = next((t for t in tokens[joint + 1 : joint + 6] if t.left == joint + 1 and t.pos in {"NOUN", "PROPN"}), None)
    sides = (*parties.parties(held[0]), *parties.parties(other.index)) if other is not None else ()
    if len(sides) < 2:
        return claim
    return _noted(replace(claim, actor=tuple(sides), recipient=()), "both sides behind between")


def _with_takers(telling: Telling, before: Sequence[EventClaim], reader: Tellings) -> EventClaim:
    """The claim of a passive seizure with the police or soldiers of whose raid or killing it has just been told."""
    claim = telling.claim
    if claim.modes != ("seize",) or telling.noun or not reader.arguments.passive(telling.head):
        return claim
    lately = [t for t in reader.read(before) if 0 <= telling.sentence - t.sentence <= 1]
    last = lately[-1] if lately else None
    if last is None or last.claim.event_type not in _FORCE:
        return claim
    takers = tuple(a for a in last.claim.actor if _FORCES & set(a.sectors))
    if not takers or len(takers) < len(last.claim.actor):
        return claim
    words = last.claim.trigger.text or ""
    lent: tuple[Actor, ...] = tuple(as_inferred(a, f"nobody is named; who has just acted: {words}") for a in takers)
    return _noted(replace(claim, actor=lent), f"spoils of: {words}")


def _noted(claim: EventClaim, note: str) -> EventClaim:
    rationale = claim.rationale
    return claim if rationale is None else replace(claim, rationale=replace(rationale, notes=(*rationale.notes, note)))
