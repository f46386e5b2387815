"""Tellings: what one claim of a report tells of a deed, and by which words it takes up what is told elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.happenings import HappeningWords, load_happenings
from onrecord.lexicon.triggers import TriggerLexicon
from onrecord.model import Actor, EventClaim, Link
from onrecord.text.phrases import DEFINITE

DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "PROTEST", "CONCEDE"})
"""Types whose parties a report tells once and leaves out afterwards; words of speech have a speaker at hand."""

_TAKES_UP = DEFINITE | {"such", "all", "both"}
_ACCUSING = frozenset({"accuses", "alleges", "claims", "suggests", "believes"})
_HITTING = ("of", "on", "against", "upon")
_AIMS = ("at", "on", "into", "toward", "towards", "against")


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of a deed and how its words tell it.

    ``taking_up`` is true of nouns that take up what is known ("the attack", "his apology"), ``going_on`` of verbs that
    tell how a deed went on ("the device exploded", "shots were fired"), ``fight`` of deeds with two sides;
    ``open_actor`` and ``open_recipient`` say that the words leave that party out altogether. ``above`` is the word that
    it tells more of ("the attack in which four were killed", "it was an attack"); a ``participle`` may go on with the
    sentence ("raided the house, killing one").
    """

    claim: EventClaim
    head: int
    sentence: int
    noun: bool
    taking_up: bool
    going_on: bool
    fight: bool
    open_actor: bool
    open_recipient: bool
    above: int | None
    participle: bool

    @property
    def bare(self) -> bool:
        """Whether it only takes up a deed and tells nobody who suffers."""
        return (self.taking_up or self.going_on) and not self.claim.recipient


class Tellings:
    """Reads the claims of one report; *lexicon* tells the nouns of deeds with two sides."""

    def __init__(self, arguments: Arguments, lexicon: TriggerLexicon) -> None:
        self.arguments = arguments
        self.lexicon = lexicon
        self.words: HappeningWords = load_happenings()

    def read(self, claims: Iterable[EventClaim]) -> list[Telling]:
        """The tellings of deeds that have taken place, in text order."""
        found = (self._telling(c) for c in claims if c.event_type in DEEDS and c.status == "coded")
        return sorted((t for t in found if t is not None), key=lambda t: t.head)

    def _telling(self, claim: EventClaim) -> Telling | None:
        inside = () if claim.trigger.span is None else self.arguments.parse.tokens_in(claim.trigger.span)
        if not inside or claim.field != "text":
            return None
        words = [self.arguments.token(i) for i in inside]
        nouns = [w.index for w in words if w.pos in {"NOUN", "PROPN"}]
        verbs = [w.index for w in words if w.pos in {"VERB", "AUX"}]
        noun = not verbs and bool(nouns)
        head = nouns[-1] if noun else (verbs or inside)[0]
        taking_up = noun and self._takes_up(head)
        if not _has_been(claim, presupposed=taking_up):
            return None
        going_on = not noun and (self._goes_off(head) or self._fires(head, claim))
        return Telling(
            claim=claim,
            head=head,
            sentence=self.arguments.token(head).sentence,
            noun=noun,
            taking_up=taking_up,
            going_on=going_on,
            fight=self.fight(head),
            open_actor=going_on or not self._names_doer(head, noun=noun),
            open_recipient=going_on or (self._hits_nobody(head) if noun else self._shares_subject(head)),
            above=self._said_of(head) if noun else self._within(head),
            participle=self.arguments.token(head).tag == "VBG",
        )

    def fight(self, head: int) -> bool:
        """Whether a word is a noun of a deed with two sides ("the clash")."""
        rows = self.lexicon.candidates("noun", self.arguments.token(head).lemma)
        return any(r.reciprocal and r.event_type == "ASSAULT" for r in rows)

    def marked(self, noun: int) -> bool:
        """Whether an article or the like says that a noun is known."""
        return any(self.arguments.token(c).lower in _TAKES_UP for c in self.arguments.children(noun, ("det", "predet")))

    def _takes_up(self, noun: int) -> bool:
        arguments = self.arguments
        which = [arguments.token(c) for c in arguments.children(noun, ("amod",))]
        most = any(arguments.token(c).tag == "RBS" for w in which for c in arguments.parse.children[w.index])
        if most or any(w.tag == "JJS" or w.lemma in self.words.others for w in which):
            return False  # "the largest offensive"
        if self.marked(noun) or any(True for _ in arguments.children(noun, ("poss",))):
            return True
        return self._said_of(noun) is not None

    def _said_of(self, noun: int) -> int | None:
        """Of which known thing a predicate noun says what it was ("it was a terrorist attack"), else None."""
        token = self.arguments.token(noun)
        while token.dep == "conj":
            token = self.arguments.token(token.head)
        verb = self.arguments.token(token.head)
        if token.dep != "attr" or verb.lemma != "be":
            return None
        return next(iter(self.arguments.own_subjects(verb.index)), None)

    def _within(self, verb: int) -> int | None:
        """The noun or verb that a verb's clause tells more of."""
        token = self.arguments.token(verb)
        while token.dep == "conj" and not self.arguments.own_subjects(token.index):
            token = self.arguments.token(token.head)
            if token.pos == "VERB" and token.dep not in {"conj", "relcl", "advcl"}:
                return token.index
        if token.dep == "advcl":
            return token.head if token.tag == "VBG" else self._told_when(token.index)
        if token.dep != "relcl":
            return token.index if token.index != verb else None
        above = self.arguments.token(token.head)
        if above.dep == "pobj" and above.entity in {"DATE", "TIME"}:  # "an attack on Monday when …"
            above = self.arguments.token(self.arguments.token(above.head).head)
        return above.index

    def _told_when(self, verb: int) -> int | None:
        """The predicate noun of whose day a clause with "when" tells more ("it was an attack on Monday when …")."""
        above = self.arguments.token(self.arguments.token(verb).head)
        when = any(self.arguments.token(c).lower == "when" for c in self.arguments.children(verb, ("advmod",)))
        if above.lemma != "be" or not when:
            return None
        return next(self.arguments.children(above.index, ("attr",)), None)

    def _names_doer(self, head: int, *, noun: bool) -> bool:
        """Whether the words have a doer of their own, though it may not have been understood."""
        if noun:
            if any(self.arguments.token(c).tag == "PRP$" for c in self.arguments.children(head, ("poss",))):
                return True  # "his attack"
            carried = (c for c in self.arguments.children(head, ("acl", "relcl")))
            return any(self._by_somebody(i) for i in (head, *carried))
        return not self.arguments.passive(head) or self._by_somebody(head)

    def _by_somebody(self, head: int) -> bool:
        """Whether a phrase with "by" says who did it, not by what it was brought about."""
        held = self.arguments.obliques(head).get("by", ())
        return any(self.arguments.token(i).lemma not in self.words.effects for i in held)

    def _hits_nobody(self, noun: int) -> bool:
        """Whether no phrase of a noun says whom or what it hit, understood or not."""
        held = self.arguments.obliques(noun)
        hit = (i for word in _HITTING for i in held.get(word, ()))
        return all(self.arguments.token(i).entity in {"DATE", "TIME"} for i in hit)

    def _goes_off(self, verb: int) -> bool:
        """Whether a verb tells only what a weapon did that the report has spoken of ("the device exploded")."""
        subjects = self.arguments.surface_subjects(verb)
        if not subjects or (self.arguments.objects(verb) and not self.arguments.passive(verb)):
            return False
        return all(self.marked(i) and self.arguments.token(i).lemma in self.words.weapons for i in subjects)

    def _fires(self, verb: int, claim: EventClaim) -> bool:
        """Whether a verb tells of shots and not of whom they were to hit ("the officers fired ten rounds")."""
        held = self.arguments.obliques(verb)
        if "firearms" not in claim.modes or claim.recipient or any(word in held for word in _AIMS):
            return False
        passive = self.arguments.passive(verb)
        shots = self.arguments.surface_subjects(verb) if passive else self.arguments.objects(verb)
        if passive and "by" in held:
            return False
        return bool(shots) and all(self.arguments.token(i).lemma in self.words.rounds for i in shots)

    def _shares_subject(self, verb: int) -> bool:
        """Whether a passive has its subject from the verb that it is joined to ("was convicted and jailed")."""
        token = self.arguments.token(verb)
        joined = token.dep == "conj" and self.arguments.token(token.head).pos == "VERB"
        return joined and not self.arguments.own_subjects(verb) and self.arguments.passive(verb)


def _has_been(claim: EventClaim, *, presupposed: bool) -> bool:
    """Whether a claim tells of what took place once; *presupposed* even where it is asked about ("how long did the
    clash last?")."""
    modality = claim.modality
    told = modality.mood == "asserted" or (presupposed and modality.mood == "questioned")
    return told and modality.polarity == "positive" and modality.tense in {"past", "ongoing"}


def innermost(claim: EventClaim) -> Link | None:
    """The last source on whose word a claim is told, None where it is the report's own."""
    last = claim.chain[-1] if claim.chain else None
    return last if last is not None and last.role == "source" else None


def voice(link: Link | None) -> str | None:
    """By what a source is told from others, None for the report itself."""
    if link is None:
        return None
    return called(link.source) if link.source is not None else link.name or link.text or ""


def called(actor: Actor) -> str:
    """By what a party is told from others: its entry of the registry, else the words that name it."""
    return actor.actor_id or (actor.via.text if actor.via is not None else actor.text) or ""


def accusing(link: Link | None) -> bool:
    """Whether a source lays a deed at somebody's door rather than reports it."""
    return link is not None and (link.cue is None or link.cue.kind in _ACCUSING)


def own_words(link: Link | None) -> bool:
    """Whether a report says something itself, "it was reported" included."""
    return link is None or (link.source is None and not accusing(link))
