"""Substance: whether a draft tells of an act between parties at all, or only uses its words.

Debate borrows the words of war ("attacked the plan", "fights for reform"), campaigns hold rallies and meetings of
their own, and nouns refer back to what was told before ("the deal").
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.candidates import Draft
from onrecord.coding.makers import says
from onrecord.coding.parties import ARMED, political
from onrecord.lexicon.no_act import load_no_act
from onrecord.lexicon.relevance import RelevanceLexicon
from onrecord.model import Actor
from onrecord.text.phrases import DEFINITE

_TALKERS = frozenset({"GOV", "LEG", "PTY", "ELI", "OPP", "JRN", "BUS", "SOC", "JUD", "EDU", "REL"})
_ARMED_MODES = frozenset(
    {"firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "sexual", "abduct"}
)
_BACKWARDS = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})
_LIKING = frozenset({"SUPPORT", "AGREE"})
_TWO_SIDED = frozenset({"CONSULT", "COOPERATE"})
_NEEDS_OTHER = frozenset({"SUPPORT", "ACCUSE", "AID", "COOPERATE"})
_POLITICIANS = frozenset({"PTY", "ELI", "GOV", "LEG"})
_DEFINITE = DEFINITE | {"such", "any"}
_PLURAL = frozenset({"NNS", "NNPS"})
_BODY = frozenset({"IGO", "NGO"})
_ANYBODY = frozenset({"anyone", "anybody", "someone", "somebody", "nobody"})
_CAMPAIGN_WORDS = 4


class Substance:
    """Weighs the drafts of one report by what they say besides the trigger."""

    def __init__(
        self,
        arguments: Arguments,
        lexicon: RelevanceLexicon,
        words: Collection[str],
        conflict: bool,
        sectors_of: Callable[[int], tuple[str, ...]],
    ) -> None:
        self.arguments = arguments
        self.sectors_of = sectors_of
        self.words = load_no_act()
        self.conflict = conflict
        self.campaign = sum(w in lexicon.campaign for w in words) >= _CAMPAIGN_WORDS

    def objection(self, draft: Draft, contents: Collection[int]) -> str | None:
        """Why a draft tells of no act, None when it does; *contents* are the heads of drafts that have a content."""
        return (
            self._borrowed(draft)
            or self._backwards(draft)
            or self._one_sided(draft)
            or self._of_campaign(draft)
            or self._empty(draft, contents)
        )

    def as_said(self, draft: Draft) -> Draft:
        """*draft* as what it is: blows that people who only talk deal each other are words ("attacked his rival")."""
        lemma = self.arguments.token(draft.head).lemma
        if (
            draft.event_type != "ASSAULT"
            or lemma not in self.words.blows
            or draft.instrument
            or set(draft.modes) & _ARMED_MODES
            or self._bodily(draft)
        ):
            return draft
        if any(self.arguments.token(h).pos == "NOUN" and h != draft.head for h in draft.heads):
            return draft
        if not draft.match.nominal and says(self.arguments, draft.head):
            return self._in_words(draft, "who attacks through an advertisement or a letter attacks with words")
        if not all(self._unarmed(a) for a in draft.recipient) or not (draft.recipient or self._at_somebody(draft)):
            return draft
        talkers = all(_talks(a) or (self.campaign and self._unarmed(a)) for a in draft.actor)
        if (self.conflict and not self.campaign) or not talkers:
            return draft
        if not draft.actor and not (self.campaign and all(_talks(a) for a in draft.recipient)):
            return draft
        return self._in_words(draft, "those who only talk attack with words")

    @staticmethod
    def _in_words(draft: Draft, note: str) -> Draft:
        return replace(
            draft, event_type="ACCUSE", modes=("disapprove",), instrument=(), measures=(), notes=(*draft.notes, note)
        )

    def _bodily(self, draft: Draft) -> bool:
        """Whether a blow lands on a body ("punched in the face"), or its word is never said of mere words."""
        if draft.match.nominal:
            return False
        landed = (i for word in ("in", "on") for i in self.arguments.obliques(draft.head).get(word, ()))
        if any(self.arguments.token(i).lemma in self.words.body for i in landed):
            return True
        people = bool(draft.actor and draft.recipient) and not any(
            set(a.sectors) & _POLITICIANS for a in draft.recipient
        )
        return people and self.arguments.token(draft.head).lemma in self.words.bodily

    def _at_somebody(self, draft: Draft) -> bool:
        """Whether a campaign's quarrel names at least at whom it is aimed ("his attacks on moderators")."""
        held = self.arguments.obliques(draft.head)
        return self.campaign and bool(draft.actor) and any(held.get(word) for word in ("on", "at", "against", "with"))

    @staticmethod
    def _unarmed(actor: Actor) -> bool:
        return not set(actor.sectors) & ARMED

    def _borrowed(self, draft: Draft) -> str | None:
        """Words of war for a quarrel of words."""
        lemma = self.arguments.token(draft.head).lemma
        if draft.event_type != "ASSAULT" or draft.instrument or draft.modes == ("destroy",) or self._bodily(draft):
            return None
        if any(self.arguments.token(h).pos == "NOUN" and h != draft.head for h in draft.heads):
            return None
        if not draft.match.nominal and not draft.parties:
            return "figurative: nobody acts or suffers"
        subjects = () if draft.match.nominal else self.arguments.subjects(draft.head)
        if subjects and draft.match.trigger.strength != "strong" and not any(self._acts(a) for a in draft.actor):
            return "figurative: what is said to do it is no party"
        if lemma not in self.words.borrowed or (self.conflict and not self.campaign):
            return None
        if draft.actor and all(_talks(a) for a in draft.actor):
            return "figurative: nobody armed on the acting side"
        if not draft.actor and draft.recipient and self.campaign and all(_talks(a) for a in draft.recipient):
            return "figurative: between politicians"
        return None

    @staticmethod
    def _acts(actor: Actor) -> bool:
        return bool(actor.country or actor.sectors or actor.basis not in {"unresolved"}) and (actor.text or "") != "it"

    def _backwards(self, draft: Draft) -> str | None:
        """Definite nouns of what was told before, and nouns of a state of things."""
        token = self.arguments.token(draft.head)
        if not draft.match.nominal or token.pos == "ADJ" or len(draft.heads) > 1:
            return None
        if draft.match.carrier is not None and self.arguments.token(draft.match.carrier).lemma not in self.words.naming:
            return None
        if draft.event_type == "REQUEST" and self.arguments.token(token.head).lower == "under":
            return "whose orders one stands under, not an order given"
        told = token.dep in {"ROOT", "nsubj", "nsubjpass"}
        determiners = {
            self.arguments.token(c).lower for c in self.arguments.children(draft.head, ("det", "amod", "predet"))
        }
        if draft.event_type in _BACKWARDS and determiners & _DEFINITE and not told:
            return "refers back"
        if token.lemma in self.words.mass and not told and not draft.actor:
            return "a state of things, not an event"
        if draft.event_type in _NEEDS_OTHER and not draft.recipient and not draft.match.trigger.reciprocal:
            return "no other side named"
        return None

    def _one_sided(self, draft: Draft) -> str | None:
        """Meetings and works of a single person."""
        if draft.event_type not in _TWO_SIDED or not draft.match.trigger.reciprocal or len(draft.parties) > 1:
            return None
        others = () if draft.match.nominal else self.arguments.objects(draft.head)
        if any(self.arguments.token(i).lower in _ANYBODY for i in others):
            return None  # "denied that it had met anyone"
        for actor in draft.parties:
            if actor.country in _BODY or (actor.actor_id is not None and not self._person(actor)):
                return None
            if self._several(actor):
                return None
        return "no other side named"

    def _person(self, actor: Actor) -> bool:
        if (actor.actor_id or "").startswith("per."):
            return True
        covered = () if actor.span is None else self.arguments.parse.tokens_in(actor.span)
        return any(self.arguments.token(i).entity == "PERSON" for i in covered)

    def _several(self, actor: Actor) -> bool:
        """Whether an actor's words are a plural of officials or states, who may meet each other."""
        covered = range(0) if actor.span is None else self.arguments.parse.tokens_in(actor.span)
        heads = [i for i in covered if self.arguments.token(i).head not in covered]
        leaders = any(self.arguments.token(i).lemma in self.words.leaders for i in heads)
        if not leaders and (not political(actor) or set(actor.sectors) & {"SOC", "CVL"}):
            return False
        return any(self.arguments.token(i).tag in _PLURAL or self.arguments.token(i).lower == "they" for i in heads)

    def _of_campaign(self, draft: Draft) -> str | None:
        """A candidate's rally is no protest."""
        words = (draft.head, *(() if draft.match.nominal else self.arguments.objects(draft.head)))
        if draft.event_type != "PROTEST" or not any(self.arguments.token(i).lemma == "rally" for i in words):
            return None
        owned = bool(draft.actor) and all(set(a.sectors) & _POLITICIANS for a in draft.actor)
        owned = owned or self._attended(draft)
        if not self.campaign and not owned:
            return None
        named = [a for a in draft.recipient if a.span is not None and not (owned and set(a.sectors) <= {"EDU", "CVL"})]
        return None if named else "campaign rally"

    def _attended(self, draft: Draft) -> bool:
        """Whether a politician speaks at it ("at a rally, the senator mocked …")."""
        token = self.arguments.token(draft.head)
        above = self.arguments.token(token.head)
        if token.dep != "pobj" or above.lower not in {"at", "in", "during"}:
            return False
        verb = self.arguments.token(above.head)
        subjects = self.arguments.surface_subjects(verb.index) if verb.pos in {"VERB", "AUX"} else ()
        return any(set(self.sectors_of(i)) & _POLITICIANS for i in subjects)

    def _empty(self, draft: Draft, contents: Collection[int]) -> str | None:
        """Plans, readiness and appeals for nothing that is an event, and likings of things that like nobody."""
        unliked = draft.event_type in _LIKING and not draft.actor and not draft.match.nominal
        if unliked and (self.arguments.subjects(draft.head) or draft.event_type == "AGREE"):
            return "what is said to do it is no party"
        if self.campaign and self._vague_appeal(draft) and draft.head not in contents:
            return "no request is told"
        if draft.event_type != "AGREE" or draft.head in contents or draft.recipient:
            return None
        return "no cooperative act is told" if self.arguments.token(draft.head).lemma in self.words.intent else None

    def _vague_appeal(self, draft: Draft) -> bool:
        """ "Appealed to younger voters": liked by them, or meant to be."""
        told = self.arguments.complements(draft.head)
        return draft.event_type == "REQUEST" and self.arguments.token(draft.head).lemma == "appeal" and not told


def _talks(actor: Actor) -> bool:
    """Whether an actor is a politician, editor or the like, not a state, an armed body or a crowd."""
    if set(actor.sectors) & ARMED:
        return False
    return bool(set(actor.sectors) & _TALKERS)
