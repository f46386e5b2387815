"""One happening: claims of a report that plainly tell of one happening lend each other the parties that they leave out.

"Two gunmen shot a teacher … The teacher was killed on Monday … the shooting": the report tells once, before or after,
who did it and to whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.coding.same_happening import SameHappening, captors, told
from onrecord.coding.tellings import Telling, accusing, called, innermost, own_words, voice
from onrecord.coding.tolls import as_inferred
from onrecord.model import Actor, EventClaim

_NEAR = 3
"""Sentences back within which "the attack" is the last one, where the report tells of several."""
_CLOSE = 6
"""Sentences within which a description and a name may be of one person."""
_OUTSIDE = frozenset({"REB", "UAF"})
_LEAD = 2
"""Sentences within which a report tells what it is about."""


@dataclass(slots=True)
class _Group:
    """Tellings of one deed, in text order."""

    tellings: list[Telling] = field(default_factory=list)

    @property
    def has_actor(self) -> bool:
        return any(told(t.claim.actor) for t in self.tellings)

    @property
    def bare(self) -> bool:
        return all(t.bare for t in self.tellings)

    @property
    def kind(self) -> tuple[str, bool]:
        return self.tellings[0].claim.event_type, self.tellings[0].fight

    @property
    def leads(self) -> bool:
        return self.tellings[0].sentence < _LEAD


def lend_within_happenings(claims: Sequence[EventClaim], same: SameHappening) -> list[EventClaim]:
    """*claims* in their order; parties that a clause leaves out are those of the same deed elsewhere, as inferred."""
    tellings = same.reader.read(claims)
    groups = _merged(_grouped(tellings, same), same)
    denials = [c for c in claims if c.modality.mood == "denied" or c.modality.polarity == "negative"]
    lender = _Lender(same, denials, tellings, groups)
    lent = {id(t.claim): lender.completed(t, group) for group in groups for t in group.tellings}
    return [lent.get(id(c), c) for c in claims]


def _grouped(tellings: Sequence[Telling], same: SameHappening) -> list[_Group]:
    groups: list[_Group] = []
    for telling in tellings:
        group = _home(telling, groups, same)
        if group is None:
            group = _Group()
            groups.append(group)
        group.tellings.append(telling)
    return groups


def _home(telling: Telling, groups: Sequence[_Group], same: SameHappening) -> _Group | None:
    """The group of what was told before that *telling* takes up."""
    claim = telling.claim
    for group in groups:
        for before in group.tellings:
            of_it = before.claim.event_type == claim.event_type and _tells_on(telling, before)
            if of_it and not same.other_doers(told(claim.actor), told(before.claim.actor)):
                return group
    fits = [g for g in groups if _fits(telling, g, same)]
    if claim.recipient and not telling.fight:
        alike = [g for g in fits if any(same.victims(claim, t.claim) == "same" for t in g.tellings)]
        if alike:
            return alike[-1]
        fits = [g for g in fits if g.bare and telling.taking_up]
    if not fits or not (telling.taking_up or telling.going_on):
        return None
    return _referred_to(telling, fits, same)


def _tells_on(telling: Telling, before: Telling) -> bool:
    """Whether *telling* is a clause about *before*, or goes on with it ("raided the house, killing a guard")."""
    if before.head == telling.above:
        return True
    by_same = {a.span for a in telling.claim.actor} & {a.span for a in before.claim.actor} - {None}
    return telling.participle and before.sentence == telling.sentence and bool(by_same)


def _fits(telling: Telling, group: _Group, same: SameHappening) -> bool:
    """Whether nothing speaks against it that *telling* is one of *group*."""
    disputed = telling.taking_up and accusing(innermost(telling.claim)) and _named_alike(telling, group, same)
    if any(same.clash(telling, t, disputed=disputed) for t in group.tellings):
        return False
    found = {same.victims(telling.claim, t.claim) for t in group.tellings}
    return "other" not in found or bool(found & {"same", "maybe"})


def _all_take_up(group: _Group, other: _Group, same: SameHappening) -> bool:
    return group.bare and all(_may_take_up(t, other, same) for t in group.tellings)


def _may_take_up(telling: Telling, group: _Group, same: SameHappening) -> bool:
    """Whether "the attack" may be of *group*: where it says how or by whom it was done ("the bombing", "the army's
    attack"), of the same manner, and of the same doer or so called."""
    modes = set(telling.claim.modes)
    if modes and not any(modes & set(t.claim.modes) for t in group.tellings):
        return False
    mine = told(telling.claim.actor)
    theirs = [told(t.claim.actor) for t in group.tellings if told(t.claim.actor)]
    agreed = any(not same.other_doers(mine, others) for others in theirs)
    return not mine or agreed or _named_alike(telling, group, same)


def _named_alike(telling: Telling, group: _Group, same: SameHappening) -> bool:
    """Whether a deed is called by a word that *group* calls it by ("attacked", "the attack"), or by one of no kind."""
    word = same.arguments.token(telling.head).lemma
    return any(same.arguments.token(t.head).lemma == word for t in group.tellings)


def _referred_to(telling: Telling, fits: list[_Group], same: SameHappening) -> _Group | None:
    """The one of *fits* that "the attack" or "the bomb" takes up, None where it might be several."""
    fits = [g for g in fits if _may_take_up(telling, g, same)]
    if len(fits) == 1:
        return fits[0]
    near = [g for g in fits if g.leads or telling.sentence - g.tellings[-1].sentence <= _NEAR]

    def rank(group: _Group) -> tuple[bool, int]:
        return _named_alike(telling, group, same), group.tellings[-1].head

    return max(near, key=rank, default=None)


def _merged(groups: list[_Group], same: SameHappening) -> list[_Group]:
    """*groups* with those of which nobody is told to be the doer joined to the one other that they may be part of."""
    kept = list(groups)
    for group in groups:
        if group.has_actor:
            continue
        doers = [g for g in kept if g is not group and g.has_actor and g.kind == group.kind]
        fits = [g for g in doers if all(_fits(t, g, same) for t in group.tellings)]
        linked = [g for g in fits if _all_take_up(group, g, same) or _victims_may_be(group, g, same)]
        if len(doers) > 1 and not _agree(doers, same):
            linked = [g for g in linked if g.leads and g is groups[0]] if group.bare else []
        if linked:
            home = linked[0]
            home.tellings = sorted([*home.tellings, *group.tellings], key=lambda t: t.head)
            kept.remove(group)
    return kept


def _agree(groups: Sequence[_Group], same: SameHappening) -> bool:
    actors = [told(t.claim.actor) for g in groups for t in g.tellings if told(t.claim.actor)]
    return not any(same.other_doers(actors[0], other) for other in actors[1:])


def _victims_may_be(one: _Group, other: _Group, same: SameHappening) -> bool:
    """Whether those who suffer may be the same, and the two are told close by or the report's news."""
    found = {same.victims(a.claim, b.claim) for a in one.tellings for b in other.tellings}
    if "same" in found:
        return True
    apart = min(abs(a.sentence - b.sentence) for a in one.tellings for b in other.tellings)
    return "maybe" in found and "other" not in found and (apart <= _CLOSE or other.leads)


class _Lender:
    """Fills the claims of one report; *denials* are what its sources deny."""

    def __init__(
        self, same: SameHappening, denials: Sequence[EventClaim], tellings: Sequence[Telling], groups: Sequence[_Group]
    ) -> None:
        self.same = same
        self.denials = denials
        self.acting = {t.head: {a.span for a in t.claim.actor} - {None} for t in tellings if not t.noun}
        self.home = {t.head: n for n, group in enumerate(groups) for t in group.tellings}
        self.freed = [t for t in tellings if "release" in t.claim.modes and captors(t.claim.actor)]

    def completed(self, telling: Telling, group: _Group) -> EventClaim:
        """The claim of *telling* with what the rest of *group* tells of the parties that it leaves out."""
        claim = telling.claim
        if not claim.actor and telling.open_actor:
            lender = self._doer(telling, group) or self._freeing(telling)
            if lender is not None:
                claim = self._with(claim, lender.claim, "actor")
        if not claim.recipient and telling.open_recipient and not telling.fight:
            first = next((t for t in group.tellings if self._suffered(t, telling)), None)
            if first is not None:
                claim = self._with(claim, first.claim, "recipient")
        return claim

    def _suffered(self, lender: Telling, telling: Telling) -> bool:
        """Whether those who suffer by *lender* are told well enough to be lent."""
        if lender is telling or not lender.claim.recipient or lender.fight:
            return False
        return not telling.going_on or bool(lender.claim.actor)

    def _doer(self, telling: Telling, group: _Group) -> Telling | None:
        """The telling whose actor *telling* may borrow: of the same source first, then the report's own, then the word
        of another source, if it names nobody in particular and nobody denies it."""
        source = voice(innermost(telling.claim))
        able = [t for t in group.tellings if t is not telling and self._tells_doer(t)]
        able = [t for t in able if source is None or not any(called(a) == source for a in t.claim.actor)]
        tiers = (
            [t for t in able if voice(innermost(t.claim)) == source],
            [t for t in able if own_words(innermost(t.claim))],
            [t for t in able if t.fight or not self._alleged(t.claim, telling.claim)],
        )
        tier = next((t for t in tiers if t), [])
        return min(tier, key=lambda t: abs(t.head - telling.head), default=None)

    def _tells_doer(self, telling: Telling) -> bool:
        """Whether a telling says who did it; of a fight, who both sides are."""
        claim = telling.claim
        if not told(claim.actor) or (telling.fight and len(claim.actor) < 2) or self._of_another(telling):
            return False
        return _takes_credit(claim) or not any(voice(innermost(claim)) == called(a) for a in claim.actor)

    def _of_another(self, telling: Telling) -> bool:
        """Whether the doer of a noun is the subject of another deed ("news of the raid came as a man blew up …")."""
        spans = {a.span if a.via is None else a.via.span for a in telling.claim.actor}
        mine = self.home[telling.head]
        others = (head for head, acting in self.acting.items() if acting & spans)
        return telling.noun and not telling.fight and any(self.home.get(head) != mine for head in others)

    def _alleged(self, claim: EventClaim, borrower: EventClaim) -> bool:
        """Whether a source accuses somebody, or names a state or a person, or one who denies it; not where attackers
        take the credit, nor where others tell of the armed group that did it."""
        source = innermost(claim)
        if _takes_credit(claim):
            return False
        open_to = _OUTSIDE if _certain(claim) and _certain(borrower) else frozenset()
        if accusing(source) or any(a.actor_id is not None and not open_to & set(a.sectors) for a in claim.actor):
            return True
        sectors = {s for a in claim.actor for s in a.sectors}
        denied = (d for d in self.denials if d.event_type == claim.event_type)
        return any(sectors.intersection(s for a in d.actor for s in a.sectors) for d in denied)

    def _freeing(self, telling: Telling) -> Telling | None:
        """Who let captives go, for the claim that they were taken: those who held them."""
        if "abduct" not in telling.claim.modes:
            return None
        fits = (t for t in self.freed if self.same.victims(t.claim, telling.claim) in {"same", "maybe"})
        return next(fits, None)

    def _with(self, claim: EventClaim, lender: EventClaim, role: str) -> EventClaim:
        """*claim* with the parties of *role* that *lender* tells, but for those that it has already."""
        words = lender.trigger.text or ""
        why = f"left out here; the report tells it elsewhere of the same deed: {words}"
        own = (*claim.actor, *claim.recipient)
        given: tuple[Actor, ...] = getattr(lender, role)
        given = told(given)
        lent = tuple(as_inferred(a, why) for a in given if not any(self.same.may_be(a, o) == "same" for o in own))
        if not lent:
            return claim
        rationale = claim.rationale
        if rationale is not None:
            rationale = replace(rationale, notes=(*rationale.notes, f"one happening ({words!r}): {role}"))
        return replace(claim, rationale=rationale, **{role: lent})  # type: ignore[arg-type]


def _certain(claim: EventClaim) -> bool:
    return claim.modality.certainty == "certain" and claim.modality.mood == "asserted"


def _takes_credit(claim: EventClaim) -> bool:
    """Whether the armed group that did it says so ("claimed responsibility for the attacks")."""
    source = innermost(claim)
    if source is None or source.cue is None or source.cue.kind != "claims":
        return False
    return all(_OUTSIDE & set(a.sectors) and called(a) == voice(source) for a in claim.actor)
