"""Acts: what saying a clause does, where it does more than tell: a refusal behind "will not", a threat behind "if"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.concern import Concern
from onrecord.coding.modality import ModalityReader, State
from onrecord.coding.parties import without
from onrecord.lexicon.ontology import Ontology
from onrecord.model import Actor, Attribution, ClaimLink, EventClaim, Modality, Rationale

YIELDING = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
"""Types of which a "will not" is a refusal."""

_WILL = frozenset({"will", "would", "wo", "'ll", "’ll", "shall"})
_RESOLVING = frozenset({"decision", "decide", "decided", "agree", "agreed", "opt", "opted", "choose", "chose"})
"""Words of resolve: to decide on a refusal is to refuse."""

_SPEAKING = frozenset({"we", "i"})
_LOOSE_CUES = frozenset({"threatens", "warns"})


REFUSAL = "will not {} is a refusal"
"""Note on a refusal, with the type of what is refused."""


@dataclass(frozen=True, slots=True)
class Act:
    """A draft as what it does: type, modes, parties and modality, and why it was read so (None: as it stands)."""

    event_type: str
    modes: tuple[str, ...]
    modality: Modality
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    why: str | None = None


class Acts:
    """Reads acts off the drafts of one report."""

    def __init__(self, arguments: Arguments, ontology: Ontology, concern: Concern, modality: ModalityReader) -> None:
        self.arguments = arguments
        self.ontology = ontology
        self.concern = concern
        self.modality = modality

    def act(self, draft: Draft, modality: Modality, state: State, attribution: Attribution | None) -> Act:
        """What *draft* does, told so and by whom."""
        refusal = self._refusal(draft, modality, state)
        if refusal is not None:
            return refusal
        actor = draft.actor
        refuses = draft.event_type == "REJECT" or "boycott" in draft.modes
        if refuses and self._resolved(modality, state):
            modality = replace(modality, mood="asserted", certainty="certain", tense="past", factuality=2.5)
        if draft.event_type == "THREATEN" and not actor and attribution is not None and attribution.source is not None:
            actor = without((attribution.source,), draft.recipient)  # "the minister said they would pay a heavy price"
            modality = Modality(tense="ongoing") if modality.polarity == "positive" else modality
        return Act(draft.event_type, draft.modes, modality, actor, draft.recipient)

    @staticmethod
    def _resolved(modality: Modality, state: State) -> bool:
        """Whether a refusal is decided or agreed on: that is to refuse ("her decision to boycott the vote")."""
        if modality.polarity != "positive" or modality.mood not in {"planned", "promised"}:
            return False
        words = {why.removeprefix("cue ").split(":")[0] for why in state.why}
        return bool(words & _RESOLVING) and not words & _WILL

    def _refusal(self, draft: Draft, modality: Modality, state: State) -> Act | None:
        """ "Will not hand over" is REJECT, by who would have done it."""
        if modality.polarity != "negative" or not draft.actor or draft.event_type not in YIELDING:
            return None
        if modality.mood not in {"planned", "promised", "conditional"} or not _WILL & set(state.why):
            return None
        mode = self.ontology.content_mode("REJECT", draft.event_type, draft.modes)
        told = Modality(tense="ongoing" if modality.tense == "future" else modality.tense)
        actor, recipient = draft.actor, draft.recipient
        if draft.match.trigger.reciprocal and len(actor) > 1 and not draft.match.nominal:
            actor = tuple(a for a in draft.actor if self._subject(a, draft)) or draft.actor[:1]
            recipient = without(draft.actor, actor)
        why = REFUSAL.format(draft.event_type)
        return Act("REJECT", (mode,) if mode else (), told, actor, recipient, why)

    def _subject(self, actor: Actor, draft: Draft) -> bool:
        subjects = self.arguments.subjects(draft.match.clause_head)
        return actor.span is not None and any(actor.span.overlaps(self.arguments.token(i).span) for i in subjects)

    def says_no_itself(self, named: Collection[int], negatives: Collection[str]) -> bool:
        """Whether a negation is part of the trigger ("did nothing"): one of the words that its row names."""
        return any(self.arguments.token(i).lower in negatives for i in named)

    @staticmethod
    def also(claim: EventClaim, draft: Draft) -> list[EventClaim]:
        """What the same words are besides (a sentence to prison is SANCTION/convict and COERCE/arrest)."""
        found = []
        for n, (event_type, mode) in enumerate(draft.match.trigger.also):
            if claim.event_type != draft.event_type or claim.status != "coded":
                break
            modes = (mode,) if mode else ()
            found.append(
                replace(
                    claim,
                    key=f"{claim.key}a{n}",
                    event_type=event_type,
                    modes=modes,
                    rationale=_because(claim, f"the same words are {event_type} as well"),
                )
            )
        return found

    def with_threat(self, claim: EventClaim, draft: Draft, attribution: Attribution | None) -> list[EventClaim]:
        """*claim*, and before it the threat that it is the content of where its speaker makes it hang on what
        another does ("we will attack if they come")."""
        if not self._threatens(claim, draft, attribution):
            return [claim]
        clause = draft.match.clause_head
        mode = self.ontology.content_mode("THREATEN", claim.event_type, claim.modes)
        recipient = without(self.concern.pressed(clause), claim.actor) or claim.recipient
        threat = replace(
            claim,
            key=f"{claim.key}t",
            event_type="THREATEN",
            modes=(mode,) if mode else (),
            modality=Modality(tense="ongoing"),
            outlet_factuality=None,
            recipient=recipient,
            object=None,
            instrument=(),
            place=None,
            time=None,
            codes=(),
            links=(),
            rationale=_because(claim, "what a speaker will do if another acts is a threat"),
        )
        content = replace(claim, links=(*claim.links, ClaimLink(claim_id=threat.key, kind="content_of")))
        return [threat, content]

    def _threatens(self, claim: EventClaim, draft: Draft, attribution: Attribution | None) -> bool:
        if attribution is None or draft.closed_by is not None or not claim.actor or claim.status != "coded":
            return False
        if self.ontology.future(claim.event_type) != "THREATEN" or claim.event_type == "THREATEN":
            return False
        if claim.modality.mood not in {"conditional", "planned", "promised"} or claim.modality.polarity == "negative":
            return False
        clause = draft.match.clause_head
        if self.arguments.token(clause).dep == "advcl" or not self.modality.has_condition(clause):
            return False
        loose = attribution.cue is not None and attribution.cue.kind in _LOOSE_CUES
        return loose or self._speaks(claim, clause, attribution)

    def _speaks(self, claim: EventClaim, clause: int, attribution: Attribution) -> bool:
        """Whether who would act is who speaks."""
        if any(self.arguments.token(i).lower in _SPEAKING for i in self.arguments.surface_subjects(clause)):
            return True
        source = attribution.source
        if source is None:
            return False
        return any(
            (a.actor_id is not None and a.actor_id == source.actor_id)
            or (a.country is not None and a.country == source.country)
            or (a.via is not None and source.span is not None and a.via.span.overlaps(source.span))
            for a in claim.actor
        )


def _because(claim: EventClaim, why: str) -> Rationale | None:
    return None if claim.rationale is None else replace(claim.rationale, notes=(why, *claim.rationale.notes))


def turned_round(modality: Modality) -> Modality:
    """*modality* of an event that consists in the negation itself ("did nothing"): what is denied is affirmed."""
    if modality.polarity != "negative":
        return modality
    return replace(modality, polarity="positive", factuality=abs(modality.factuality))
