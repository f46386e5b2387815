"""A second look at what the rules coded and rejected: the learned event head drops, retypes, takes back and adds.

The rules propose and fill the roles; the head (`onrecord.coding.encoded_events`) has seen which of such words readers
call an event, and of which type. What it changes says so in the rationale, with the head's share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from onrecord.coding.acts import REFUSAL
from onrecord.coding.aimed import WORDS
from onrecord.coding.encoded_events import TYPES, EventHead, EventSigns, kind_of, load_head, numbers
from onrecord.coding.encoded_factuality import FIRST
from onrecord.coding.events import EventCoder
from onrecord.coding.no_happening import NO_HAPPENING
from onrecord.coding.parties import without
from onrecord.coding.second_roles import SecondRoles
from onrecord.lexicon.spoken import FILE as SPOKEN_ACTS
from onrecord.model import EventClaim, Layers, Modality, Rationale

_REFUSED = Modality(polarity="negative", certainty="probable", mood="planned", tense="future", factuality=-1.6)
"""What somebody will not do, where that is coded as the deed and not as a refusal."""

_FAIR, _PLAIN = 0.6, 0.5
"""A word that is an event by less than the one, and of no type by as much as the other, is taken for none."""

_DENIED = 0.4
"""From which share on what is denied stays: readers pass over denials, a case needs them beside what they deny."""

_ROUTINE = 0.3
"""Below which what police do in reports of no public order is routine: they "found two teenagers"."""

_SAFE = 0.85
"""Less than which a protest that names nobody is none ("a gardening demonstration")."""

_TELLING = 4
"""Sentences from which on a report says what it is about."""

Claims = tuple[list[EventClaim], list[EventClaim]]

_NEEDED = frozenset({"source", "cue", "content", "incident", "time", "toponym", FIRST})
_STANDS = frozenset(
    {"no event", "completes", "gives a name", "what a protest asks for", "accident or disaster", NO_HAPPENING}
)
"""Reasons that the head does not overrule: the words belong to another claim of the same clause, or nobody did it."""
_OMISSION, _POLICING = "triggers/omission.csv", "triggers/policing.csv"
"""Rows of what is left undone and of daily police work: the readers whose marks the head learned from were not asked
for the one and passed over most of the other, which are events where riots and protests are told."""

_ONE_SIDED = frozenset({"CONSULT", "PROTEST"})
"""Types that tell of their parties as no other type does."""

_SETTLED = frozenset({"REJECT", "COERCE"})
"""Types that the head gives to words of blame, of which no word refuses or forces anybody."""

_DUTIES = frozenset({"COERCE", "ASSAULT", "ACCUSE", "AID"})
"""What police do in the reports of their work, of which the readers saw few: what they sent, seized, asked, used."""


def second_look(
    layers: Layers, coder: EventCoder, coded: Sequence[EventClaim], dropped: Sequence[EventClaim]
) -> Claims:
    """Coded and rejected claims after the head has weighed them, each in text order; as they were without an encoder
    that gives states."""
    encoding = layers.encoding
    if encoding is None or encoding.second is None or not encoding.heads.keys() >= _NEEDED:
        return list(coded), list(dropped)
    head = load_head()
    signs = EventSigns(layers, coder, coded, dropped)
    at = signs.candidates()
    if not at:
        return list(coded), list(dropped)
    shares = head.shares(numbers(encoding, at), [signs.signs(i) for i in at])
    kept, gone = SecondLook(coder, signs, head, dict(zip(at, shares, strict=True))).decide(coded, dropped)
    return list(SecondRoles(layers, signs, encoding).peopled(kept)), gone


class SecondLook:
    """Decides by the head's shares for the words of one report (token index to an array as of `EventHead.shares`)."""

    def __init__(self, coder: EventCoder, signs: EventSigns, head: EventHead, shares: dict[int, np.ndarray]) -> None:
        self.coder = coder
        self.signs = signs
        self.limits = head.limits
        self.shares = shares

    def decide(self, coded: Iterable[EventClaim], dropped: Iterable[EventClaim]) -> Claims:
        """Claims to keep and claims to reject, each in text order."""
        kept: list[EventClaim] = []
        gone: list[EventClaim] = []
        for claim in coded:
            claim = self._weighed(claim)
            (kept if claim.status == "coded" else gone).append(claim)
        taken = {i for claim in kept for i in self.signs.words(claim)}
        for claim in dropped:
            claim = self._taken_back(claim, taken)
            (kept if claim.status == "coded" else gone).append(claim)
        taken |= {i for claim in (*kept, *gone) for i in self.signs.words(claim)}
        kept += self._added(taken)
        there = {claim.key for claim in kept}
        kept = list({_told(claim): claim for claim in reversed(kept)}.values())
        return sorted((_linked(claim, there) for claim in kept), key=_place), sorted(gone, key=_place)

    def _share(self, claim: EventClaim) -> np.ndarray | None:
        """The shares at the trigger word that most likely tells of an event."""
        rows = [self.shares[i] for i in self.signs.words(claim) if i in self.shares]
        return min(rows, key=lambda row: float(row[0])) if rows else None

    def _weighed(self, claim: EventClaim) -> EventClaim:
        row = self._share(claim)
        if row is None or (claim.rationale is not None and self._is_unread(claim.rationale.rule)):
            return claim
        event = 1.0 - float(row[0])
        denied = claim.modality.mood == "denied"
        unsure = event < _FAIR and float(row[1:].max()) < _PLAIN and not denied
        least = min(_DENIED, self.limits["keep"]) if denied else self.limits["keep"]
        unlikely = event < least or unsure or self._of_nobody(claim, event)
        if unlikely and not (_of_police(claim) and (event >= _ROUTINE or self._of_order())):
            reason = f"no event by the learned head ({event:.2f} that it is one)"
            return replace(claim, status="rejected", reason=reason, rationale=_noted(claim.rationale, row, reason))
        return self._retyped(claim, row)

    def _is_unread(self, rule: str) -> bool:
        """Whether the rows of *rule* are for the rules to judge; those of police work where public order is told of."""
        return rule.startswith(_OMISSION) or (rule.startswith(_POLICING) and self._of_order())

    def _of_order(self) -> bool:
        """Whether the report is of public order or fighting, or too short to tell."""
        about = self.coder.relevance
        return about.public or about.conflict or len(about.layers.parse.sentences) < _TELLING

    def _of_nobody(self, claim: EventClaim, event: float) -> bool:
        """Whether a protest names nobody in a report that tells of neither conflict nor politics, and is not sure to be
        one; demonstrations there are of gardening or cooking."""
        about = self.coder.relevance
        named = any(a.span is not None for a in (*claim.actor, *claim.recipient))
        little = (
            len(about.layers.parse.sentences) < _TELLING
        )  # a sentence or two tell nothing of what a report is about
        if claim.event_type != "PROTEST" or named or little or about.conflict or about.politics:
            return False
        return event < _SAFE or "demonstration" in (claim.trigger.text or "").lower()

    def _retyped(self, claim: EventClaim, row: np.ndarray) -> EventClaim:
        if claim.rationale is not None and claim.rationale.rule.startswith(SPOKEN_ACTS):
            return replace(claim, rationale=_noted(claim.rationale, row))  # what is asked, not the asking
        best = int(row[1:].argmax())
        own = float(row[1 + TYPES.index(claim.event_type)]) if claim.event_type in TYPES else 1.0
        event = 1.0 - float(row[0])
        if TYPES[best] == claim.event_type or own > self.limits["stays"] * event or self._settled(claim, TYPES[best]):
            return replace(claim, rationale=_noted(claim.rationale, row))
        why = f"learned head: {TYPES[best]}, not {claim.event_type}"
        modes = self.coder.modes_of(self.signs.words(claim), TYPES[best])
        claim = self._reassigned(claim, TYPES[best])
        modality = _REFUSED if _refused(claim, TYPES[best]) else claim.modality
        rationale = _noted(claim.rationale, row, why)
        return replace(claim, event_type=TYPES[best], modes=modes, modality=modality, rationale=rationale)

    def _settled(self, claim: EventClaim, other: str) -> bool:
        """Whether the verb alone tells its type: who opposes a war reproaches, who smears a rival spreads no news."""
        words = self.coder.relevance.substance.words.settled
        return other in _SETTLED and any(self.coder.arguments.token(i).lemma in words for i in self.signs.words(claim))

    def _reassigned(self, claim: EventClaim, event_type: str) -> EventClaim:
        """*claim* with its parties as an event of *event_type* has them: those of a meeting stand on one side, and at
        whom a protest is aimed by its country alone is not whom a demand is made to."""
        if claim.event_type not in _ONE_SIDED:
            return self._aimed(claim, event_type)
        read = (c for i in self.signs.words(claim)[:1] for c in self.coder.at_word(i, event_type))
        again = next(read, None)
        if again is None or (claim.actor and not again.actor):
            return claim
        return replace(claim, actor=again.actor, recipient=again.recipient)

    def _aimed(self, claim: EventClaim, event_type: str) -> EventClaim:
        """*claim* with whom it is aimed at as an act of words, where its own type knows nobody ("attacked a plan")."""
        if claim.recipient or event_type not in WORDS:
            return claim
        read = (c for i in self.signs.words(claim)[:1] for c in self.coder.at_word(i, event_type))
        again = next(read, None)
        found = () if again is None else without(again.recipient, claim.actor)
        return replace(claim, recipient=found) if found else claim

    def _taken_back(self, claim: EventClaim, taken: set[int]) -> EventClaim:
        """*claim* coded after all, where the head is sure and its words tell of nothing else."""
        row = self._share(claim)
        if row is None or taken.intersection(self.signs.words(claim)):
            return claim
        if any(kind_of(claim.reason).startswith(reason) for reason in _STANDS):
            return claim
        event = 1.0 - float(row[0])
        if event < self.limits["take"]:
            return claim
        taken.update(self.signs.words(claim))
        back = replace(claim, status="coded", reason=None, confidence=_sure(event))
        return self._retyped(
            replace(back, rationale=_noted(back.rationale, None, f"learned head over: {claim.reason}")), row
        )

    def _added(self, taken: set[int]) -> list[EventClaim]:
        """Claims at words of which the rules made nothing."""
        found: list[EventClaim] = []
        for index, row in sorted(self.shares.items()):
            event = 1.0 - float(row[0])
            if index in taken or event < self.limits["add"]:
                continue
            found.extend(
                replace(claim, confidence=_sure(event), rationale=_noted(claim.rationale, row))
                for claim in self.coder.at_word(index, TYPES[int(row[1:].argmax())])
            )
        return found


def _of_police(claim: EventClaim) -> bool:
    """Whether a claim is of the work of police."""
    return claim.event_type in _DUTIES and any("COP" in actor.sectors for actor in claim.actor)


def _refused(claim: EventClaim, event_type: str) -> bool:
    """Whether a claim is of the refusal to do what *event_type* is ("will not be supporting him")."""
    return claim.rationale is not None and REFUSAL.format(event_type) in claim.rationale.notes


def _noted(rationale: Rationale | None, row: np.ndarray | None, why: str | None = None) -> Rationale | None:
    """*rationale* with what the head says, and why it changed something."""
    if rationale is None:
        return None
    notes = [*rationale.notes]
    if why is not None:
        notes.append(why)
    if row is not None:
        likely = sorted(range(len(TYPES)), key=lambda k: -float(row[1 + k]))[:2]
        told = ", ".join(f"{TYPES[k]} {float(row[1 + k]):.2f}" for k in likely)
        notes.append(f"learned head: no event {float(row[0]):.2f}, {told}")
    score = rationale.score if row is None else round(1.0 - float(row[0]), 3)
    return replace(rationale, score=score, notes=tuple(notes))


def _linked(claim: EventClaim, there: set[str]) -> EventClaim:
    """*claim* without links to claims that are none any more: what was demanded stands, though the demand does not."""
    links = tuple(link for link in claim.links if link.claim_id in there)
    return claim if links == claim.links else replace(claim, links=links)


def _told(claim: EventClaim) -> tuple[object, ...]:
    """What makes two claims of one trigger the same: a second reading may have been retyped into the first."""
    return claim.event_type, claim.trigger.span, claim.chain, claim.modality.mood


def _sure(event: float) -> float:
    return round(min(0.99, max(0.01, event)), 2)


def _place(claim: EventClaim) -> tuple[int, int, str]:
    start = claim.trigger.span.start if claim.trigger.span is not None else claim.span.start
    return claim.span.start, start, claim.key
