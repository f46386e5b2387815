"""Parties told before: a noun that takes up what the report has just told ("the offensive", "the rejection of the
offer") and a passive beside one ("hundreds were killed in the offensive") leave out who did it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.encoded_roles import ROLES
from onrecord.coding.links import same_party
from onrecord.coding.tellings import accusing, innermost, voice
from onrecord.coding.tolls import as_inferred
from onrecord.model import Actor, EventClaim
from onrecord.text.phrases import DEFINITE

_REACH = 3
"""How many sentences back the happening may have been told: about two paragraphs of a wire report."""
_DEFINITE = DEFINITE | {"such"}
_TAKES_UP = frozenset(
    "ASSAULT COERCE REJECT CONSULT AGREE SANCTION PROTEST MOBILIZE SUPPORT REQUEST ACCUSE CONCEDE".split()
)
_FIGHTS = frozenset({"fighting", "fight", "clash", "battle", "skirmish", "gunfight", "firefight"})
_ANY = ""
_SEVERAL = frozenset("many several recent other further more numerous repeated previous past".split())
_CAUSE = ("in", "during", "by", "from")
_TOLD = frozenset({"asserted", "denied"})


def lend_told_before(claims: Sequence[EventClaim], arguments: Arguments) -> list[EventClaim]:
    """*claims* in their order; those that take up what was told lately have the parties told there, as inferred."""
    found: list[EventClaim] = []
    for claim in claims:
        before = _taken_up(claim, found, arguments)
        found.append(claim if before is None else _lent(claim, before, _missing(claim, before)))
    doers = {head: claim for claim in found if claim.actor and (head := _word(claim, arguments)) is not None}
    return [_of_its_cause(claim, doers, arguments) for claim in found]


def _of_its_cause(claim: EventClaim, doers: Mapping[int, EventClaim], arguments: Arguments) -> EventClaim:
    """*claim* with the actor of the event in which a passive says it was done ("killed in the offensive")."""
    head = _word(claim, arguments)
    if head is None or claim.actor or claim.event_type != "ASSAULT" or not arguments.passive(head):
        return claim
    held = arguments.obliques(head)
    causes = (doers[i] for word in _CAUSE for i in held.get(word, ()) if i in doers)
    cause = next((c for c in causes if c.event_type == claim.event_type), None)
    return claim if cause is None else _lent(claim, cause, [ROLES[0]])


def _taken_up(claim: EventClaim, earlier: Sequence[EventClaim], arguments: Arguments) -> EventClaim | None:
    """The last of *earlier* that *claim* takes up and that tells a party which it leaves out."""
    if claim.event_type not in _TAKES_UP or claim.modality.mood not in _TOLD or all(getattr(claim, r) for r in ROLES):
        return None
    head = _word(claim, arguments)
    if head is None or _of_many(head, arguments):
        return None
    words = _words_taken_up(head, arguments)
    if not words:
        return None
    first = arguments.token(head).sentence - _REACH
    for before in reversed(earlier):
        at = _word(before, arguments)
        if at is None or arguments.token(at).sentence < first:
            return None
        if _fight(at, arguments) and not _fight(head, arguments):
            return None  # "the army fought the rebels … this offensive": of one of them
        if words & {_ANY, arguments.token(at).lemma} and _same(claim, before, whom=_ANY in words):
            return before if _missing(claim, before) else None
    return None


def _of_many(index: int, arguments: Arguments) -> bool:
    """Whether a noun tells of deeds among which the one told before is one at most ("the many recent attacks")."""
    token = arguments.token(index)
    told = (arguments.token(c).lower for c in arguments.children(index, ("amod", "nummod")))
    return token.tag == "NNS" and not _SEVERAL.isdisjoint(told)


def _fight(index: int, arguments: Arguments) -> bool:
    return arguments.token(index).lemma in _FIGHTS


def _word(claim: EventClaim, arguments: Arguments) -> int | None:
    inside = () if claim.trigger.span is None else arguments.parse.tokens_in(claim.trigger.span)
    return inside[-1] if inside else None


def _words_taken_up(head: int, arguments: Arguments) -> frozenset[str]:
    """Lemmas by which what the word at token *head* takes up may have been told: any for a noun with a definite
    article, those of such nouns in which a passive says it was done; none for other words."""
    if arguments.token(head).pos in {"NOUN", "PROPN"}:
        return frozenset({_ANY}) if _definite(head, arguments) else frozenset()
    if not arguments.passive(head):
        return frozenset()
    held = arguments.obliques(head)
    nouns = (i for word in _CAUSE for i in held.get(word, ()) if _definite(i, arguments))
    return frozenset(arguments.token(i).lemma for i in nouns)


def _definite(index: int, arguments: Arguments) -> bool:
    return any(arguments.token(c).lower in _DEFINITE for c in arguments.children(index, ("det",)))


def _same(claim: EventClaim, before: EventClaim, *, whom: bool) -> bool:
    """Whether both may tell one happening: of one type and polarity, and nothing told of one speaks against it,
    of those who suffer only where *whom* (an offensive on a town kills rebels)."""
    if claim.event_type != before.event_type or before.modality.mood not in _TOLD:
        return False
    if claim.modality.polarity != before.modality.polarity or (
        claim.modes and before.modes and not set(claim.modes) & set(before.modes)
    ):
        return False
    days = [c.time.start for c in (claim, before) if c.time is not None and c.time.start]
    roles = ROLES if whom else ROLES[:1]
    return len(set(days)) < 2 and all(_agree(getattr(claim, role), getattr(before, role)) for role in roles)


def _agree(mine: Sequence[Actor], theirs: Sequence[Actor]) -> bool:
    return not mine or not theirs or any(same_party(a, b) for a in mine for b in theirs)


def _missing(claim: EventClaim, before: EventClaim) -> list[str]:
    """The roles to lend: who did it, and to whom only where no party is told ("the clashes" have no more sides)."""
    roles = ROLES[:1] if claim.actor or claim.recipient else ROLES
    found = [role for role in roles if not getattr(claim, role) and getattr(before, role)]
    return [role for role in found if role != "actor" or not _alleged(claim, before)]


def _alleged(claim: EventClaim, before: EventClaim) -> bool:
    """Whether it is another source's accusation that names who did it."""
    source = innermost(before)
    named = any(actor.actor_id is not None for actor in before.actor)
    return named and accusing(source) and voice(source) != voice(innermost(claim))


def _lent(claim: EventClaim, before: EventClaim, roles: Sequence[str]) -> EventClaim:
    told = before.trigger.text or ""
    why = f"not told here; the report has told whose it is: {told}"
    own = (*claim.actor, *claim.recipient)
    lent = {
        role: tuple(as_inferred(a, why) for a in getattr(before, role) if not any(same_party(a, o) for o in own))
        for role in roles
    }
    if not any(lent.values()):
        return claim
    rationale = claim.rationale
    if rationale is not None:
        notes = (f"told before ({told!r}): {role}" for role, parties in lent.items() if parties)
        rationale = replace(rationale, notes=(*rationale.notes, *notes))
    return replace(claim, rationale=rationale, **lent)  # type: ignore[arg-type]
