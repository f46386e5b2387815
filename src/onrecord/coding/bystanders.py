"""Bystanders: who or what is told beside an act and is no party to it: a motion that is voted down, the words that are
not said, the office that somebody leaves, those who act in a clause beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.coding.aimed import WORDS
from onrecord.coding.arguments import Arguments
from onrecord.coding.concern import Concern
from onrecord.coding.parties import Parties, distinct
from onrecord.lexicon.aimed import load_aimed
from onrecord.lexicon.bystanders import load_bystanders
from onrecord.lexicon.spoken import FILE as SPOKEN_ACTS
from onrecord.model import Actor, EventClaim, Slot

_ADDRESSED = frozenset({"to", "with"})
_TOPICS = frozenset({"on", "about", "regarding", "concerning", "over"})
_CONDITIONS = frozenset({"if", "unless"})
_HALVES = frozenset({"relcl", "acl", "ccomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_TRADES = frozenset({"BUS", "EDU", "JRN", "MED", "AGR"})
"""Sectors whose word before a noun says what a thing is about ("business taxes", "media ownership")."""

_STEPS = frozenset({"RETREAT", "PROTEST", "COOPERATE", "SANCTION"})


class Bystanders:
    """Looks for those of the recipients of one report who are no party to what they were coded with."""

    def __init__(self, arguments: Arguments, parties: Parties, concern: Concern) -> None:
        self.arguments = arguments
        self.parties = parties
        self.concern = concern
        self.words = load_bystanders()

    def cleared(self, claims: Iterable[EventClaim]) -> list[EventClaim]:
        """*claims* in their order, without recipients who are no party; a thing becomes the object if none is told."""
        found: list[EventClaim] = []
        for claim in claims:
            head = self._head(claim)
            found.append(claim if head is None or not claim.recipient else self._without(claim, head))
        return found

    def _head(self, claim: EventClaim) -> int | None:
        spans = claim.trigger.spans or ((claim.trigger.span,) if claim.trigger.span is not None else ())
        words = [i for span in spans for i in self.arguments.parse.tokens_in(span)]
        return next(iter(self.arguments.parse.heads_in(words)), None)

    def _without(self, claim: EventClaim, head: int) -> EventClaim:
        kept: list[Actor] = []
        notes: list[str] = []
        thing: Slot | None = claim.object
        for actor in claim.recipient:
            at = self._at(actor)
            why = None if at is None else self._why_not(claim, head, actor, at)
            if why is None or at is None:
                kept.append(actor)
                continue
            notes.append(f"not recipient: {actor.text!r}, {why}")
            if why == _THING and thing is None and actor.span is not None:
                thing = Slot(text=actor.text, span=actor.span)
            if why == _DEVICE:
                kept.extend(self._owners(at, head))
            elif why == _ABOUT:
                kept.extend(self._whose(at))
            elif why == _OWNER and (asked := self.parties.party(self.arguments.token(at).head, loose=True)):
                kept.append(asked)
        if not notes:
            return claim
        rationale = claim.rationale
        if rationale is not None:
            rationale = replace(rationale, notes=(*rationale.notes, *notes))
        return replace(claim, recipient=distinct(kept), object=thing, rationale=rationale)

    def _at(self, actor: Actor) -> int | None:
        """The token at which the words of *actor* stand."""
        if actor.span is None:
            return None
        return next(iter(self.arguments.parse.heads_in(self.arguments.parse.tokens_in(actor.span))), None)

    def _why_not(self, claim: EventClaim, head: int, actor: Actor, at: int) -> str | None:
        """Why the party at token *at* is none of what *claim*, told at *head*, is done to; None where it may be."""
        token = self.arguments.token(at)
        chain = self._chain(at, head)
        kind = claim.event_type
        if token.dep == "poss" and self.arguments.token(token.head).lower == "part":
            return "for one's own part"
        if kind in WORDS and self._thing(actor, at):
            return _THING
        if (kind in WORDS or kind in _STEPS) and _learned(actor) and self._apart(chain, head, kind):
            return "in a clause beside it"
        if kind in WORDS and _learned(actor) and self._partner(head, at):
            return "who does it too"
        if kind == "PROTEST" and (self._venue(at) or self._done_besides(chain)):
            return "where it is, or what else is done there"
        if kind == "RETREAT" and self._as_office(at):
            return "the office that is left"
        if kind == "REJECT" and self._unsaid(head, chain):
            return "what is not said or done against somebody"
        if kind in {"REJECT", "ACCUSE"} and self._defended(head, chain):
            return "whom an attempt is made against"
        if kind in {"SUPPORT", "ACCUSE", "REJECT", "REQUEST", "AGREE"} and self._struck(head, at):
            return "whom what is judged or asked for would strike"
        if kind == "REQUEST" and self._only_owner(head, at):
            return _OWNER
        if kind == "REQUEST" and self._not_asked(claim, head, at, chain):
            return "to whom it would be done"
        if kind == "AGREE" and self._in_promise(head, at):
            return "part of what is promised or agreed"
        if kind in WORDS and self._modifier(actor, at, head):
            return _ABOUT
        if kind == "CONCEDE" and self._failing(head, at):
            return "whose failing is regretted"
        if kind == "ACCUSE" and self._to_whom(head, at):
            return "by whose feelings it is so"
        if kind == "COERCE" and "cyber" in claim.modes and self._device(actor, at):
            return _DEVICE
        return None

    # -- where a word stands -------------------------------------------------------------------------------

    def _chain(self, at: int, head: int) -> tuple[int, ...]:
        """Tokens from *at* up to the first that *head* hangs on too, that one left out."""
        above = {head, *self.arguments.parse.ancestors(head)}
        found: list[int] = []
        for i in (at, *self.arguments.parse.ancestors(at)):
            if i in above:
                return tuple(found)
            found.append(i)
        return tuple(found)

    def _thing(self, actor: Actor, at: int) -> bool:
        """Whether the words are a thing that somebody proposes, makes or fights over, and not its maker."""
        roles = self.arguments
        if actor.basis == "named" and (actor.actor_id is not None or actor.sectors):
            return False
        if actor.basis == "inferred" and actor.sectors and self.parties.is_human(at):
            return False
        kernel = roles.kernel(at)
        token = roles.token(kernel)
        lemma = token.lemma.lower()
        if token.pos not in {"NOUN", "PROPN"} or self.parties.is_human(kernel):
            return False
        before = tuple(i for i in roles.modifiers(kernel) if self.parties.mention(i) is not None)
        if actor.basis == "coreference" and (actor.sectors or actor.country):
            return lemma in self.words.topics and not actor.sectors  # the country that it is about
        if self._made_by(actor):
            return False
        if lemma in self.words.topics:
            return True
        return lemma in self.words.things and not before

    def _made_by(self, actor: Actor) -> bool:
        """Whether the words stand for somebody whose doing the thing is ("the council closed it. The move was …")."""
        if actor.via is None:
            return False
        heads = self.arguments.parse.heads_in(self.arguments.parse.tokens_in(actor.via.span))
        held, lemma = self.parties.classes.holds, self.arguments.token
        things = self.words.things | self.words.topics
        people = (i for i in heads[:1] if lemma(i).lemma.lower() not in things)
        return any(self.parties.is_human(i) or held("power", lemma(i).lemma) for i in people)

    def _apart(self, chain: tuple[int, ...], head: int, kind: str) -> bool:
        """Whether a clause that tells of something else lies between ("called for the ban after Silva killed")."""
        roles = self.arguments
        for n, i in enumerate(chain):
            token = roles.token(i)
            above = roles.token(token.head)
            if token.dep in _HALVES and above.index != head and above.pos in {"NOUN", "PROPN"} and above.index in chain:
                return True
            if token.dep != "advcl":
                continue
            marks = [roles.token(c) for c in roles.children(i, ("mark", "advmod"))]
            marks += [roles.token(c) for c in roles.children(above.index, ("prep",)) if i in roles.parse.children[c]]
            opens = {m.lower for m in marks if m.dep == "mark" or m.tag == "WRB"}
            if opens == {"for"} and n < 2:
                continue  # "it is shameful for the council to say so"
            if opens and not (kind == "THREATEN" and opens & _CONDITIONS):
                return True
        return False

    def _partner(self, head: int, at: int) -> bool:
        """Whether it is done together with them ("joined the bishops in denouncing", "stand with us to demand")."""
        roles = self.arguments
        token = roles.token(at)
        verb = roles.token(token.head)
        if token.dep == "pobj" and verb.lower == "with":
            verb = roles.token(verb.head)
        elif token.dep != "dobj":
            return False
        return verb.lemma in self.words.joining and verb.index != head and verb.index in roles.parse.ancestors(head)

    def _venue(self, at: int) -> bool:
        """Whether words behind "at" say where people gather, not what they are angry at ("rallied at Arda College")."""
        token = self.arguments.token(at)
        above = self.arguments.token(token.head)
        place = token.lemma.lower() in self.words.venues
        return place and token.dep == "pobj" and above.lower in {"at", "in", "near"}

    def _done_besides(self, chain: tuple[int, ...]) -> bool:
        """Whether a clause tells what else the protesters do to them ("protested at the gate, turning guests away")."""
        clauses = (self.arguments.token(i) for i in chain[1:] if self.arguments.token(i).dep == "advcl")
        aimed = load_aimed()
        return any(c.tag == "VBG" and c.lemma not in aimed.demanded | aimed.voicing for c in clauses)

    def _as_office(self, at: int) -> bool:
        token = self.arguments.token(at)
        while token.dep in {"conj", "appos"}:
            token = self.arguments.token(token.head)
        return token.dep == "pobj" and self.arguments.token(token.head).lower == "as"

    def _unsaid(self, head: int, chain: tuple[int, ...]) -> bool:
        """Whether it is told in what a refusal leaves unsaid ("refused to condemn the raid on the village")."""
        roles = self.arguments
        if roles.token(head).lemma not in self.words.refusing or len(chain) < 2:
            return False
        if any(roles.token(i).lower in _TOPICS and roles.token(i).pos == "ADP" for i in chain):
            return True  # "refused to answer questions about the mayor"
        clause = roles.token(chain[-1])
        if clause.head != head or clause.lemma not in self.words.unsaid:
            return False
        return roles.token(chain[-2]).lower not in _ADDRESSED and roles.token(chain[-2]).dep != "dative"

    def _struck(self, head: int, at: int) -> bool:
        """Whether they stand behind a blow that the act only speaks of ("condemned the attack on the embassy", "backed
        the ban on the party")."""
        roles = self.arguments
        token = roles.token(at)
        above = roles.token(token.head)
        blow = roles.token(above.head)
        struck = token.dep == "pobj" and above.lower in {"on", "against"} and blow.lemma in self.words.blows
        return struck and blow.pos == "NOUN" and blow.index != head

    def _defended(self, head: int, chain: tuple[int, ...]) -> bool:
        """Whether it is against them that is tried what is resisted ("opposed the move to oust the mayor")."""
        roles = self.arguments
        for inner, verb in zip(chain, chain[1:], strict=False):
            token = roles.token(verb)
            noun = roles.token(token.head)
            if token.lemma not in self.words.harming or roles.token(inner).dep not in {"dobj", "nsubjpass"}:
                continue
            if token.dep in {"acl", "pcomp"} and noun.pos == "ADP":
                noun = roles.token(noun.head)
            if noun.lemma in self.words.tries and noun.index != head:
                return True
        return False

    def _not_asked(self, claim: EventClaim, head: int, at: int, chain: tuple[int, ...]) -> bool:
        """Whether somebody is only to undergo what is asked for ("called for the mayor's removal", "demanded that they
        be released")."""
        roles = self.arguments
        token = roles.token(at)
        if token.dep == "poss":
            case = max(roles.children(at, ("case",)), default=at)  # "called for Silva's firing and carrying signs"
            if {roles.token(token.head).lemma, roles.token(case + 1).lemma} & load_aimed().not_asked:
                return True
        if token.dep == "nsubjpass":
            spoken = claim.rationale is not None and claim.rationale.rule.startswith(SPOKEN_ACTS)
            return token.head in chain or (spoken and token.head == head)
        if roles.token(head).lemma != "insist" or not chain:
            return False
        return any(roles.token(i).dep == "pcomp" for i in chain[1:]) and token.dep not in _SUBJECTS

    def _only_owner(self, head: int, at: int) -> bool:
        """Whether others of theirs are told to do it ("ordered the county's hospitals to close")."""
        roles = self.arguments
        token = roles.token(at)
        asked = roles.token(token.head)
        told = any(roles.token(c).tag == "VB" for c in roles.children(head, ("xcomp", "ccomp")))
        return token.dep == "poss" and asked.dep == "dobj" and asked.head == head and asked.tag == "NNS" and told

    def _in_promise(self, head: int, at: int) -> bool:
        """Whether they are told in what is promised or agreed, which they neither hear nor receive ("promised central
        bank independence", "agreed that the mayor needs help")."""
        roles = self.arguments
        token = roles.token(at)
        if token.dep in {"compound", "nmod", "npadvmod"} and token.head != head and token.pos == "NOUN":
            return True
        above = roles.token(token.head)
        said = token.dep in {*_SUBJECTS, "compound"} and above.dep == "ccomp" and above.head == head
        return said and roles.token(head).lemma == "agree"

    def _modifier(self, actor: Actor, at: int, head: int) -> bool:
        """Whether a trade's word before a noun only says what it is about ("supported business tax cuts")."""
        token = self.arguments.token(at)
        if token.dep not in {"compound", "nmod"} or token.pos != "NOUN" or token.head == head:
            return False
        return bool(actor.sectors) and set(actor.sectors) <= _TRADES

    def _failing(self, head: int, at: int) -> bool:
        """Whether somebody apologises for what another failed in ("apologised for the failings of the service")."""
        roles = self.arguments
        token = roles.token(at)
        of = token.dep == "pobj" and roles.token(token.head).lower == "of"
        noun = roles.token(roles.token(token.head).head if of else token.head)
        if not (of or token.dep == "poss") or noun.lemma in load_aimed().undergone:
            return False
        ground = roles.token(noun.head)
        return noun.dep == "pobj" and ground.lower in {"for", "over"} and ground.head == head

    def _to_whom(self, head: int, at: int) -> bool:
        """ "It was offensive to the bishops"."""
        roles = self.arguments
        token = roles.token(at)
        above = roles.token(token.head)
        return roles.token(head).pos == "ADJ" and token.dep == "pobj" and above.lower == "to" and above.head == head

    def _device(self, actor: Actor, at: int) -> bool:
        known = actor.country or actor.sectors or actor.actor_id
        return not known and self.arguments.token(self.arguments.kernel(at)).lemma in self.words.devices

    def _whose(self, at: int) -> tuple[Actor, ...]:
        """Whose the thing is that a word only describes ("the governor's business tax cuts")."""
        roles = self.arguments
        while roles.token(at).dep in {"compound", "nmod"}:
            at = roles.token(at).head
        return distinct(a for i in roles.possessors(at) for a in self.parties.parties(i) if a.basis != "unresolved")

    def _owners(self, at: int, head: int) -> tuple[Actor, ...]:
        """Whose a thing that was broken into is, or where it stood."""
        roles = self.arguments
        held = (roles.obliques(roles.kernel(at)), roles.obliques(head))
        where = (i for phrases in held for word in ("at", "of") for i in phrases.get(word, ()))
        owners = (*roles.possessors(roles.kernel(at)), *where)
        return distinct(a for i in owners for a in self.parties.parties(i)) or self.concern.of_thing(at)


_THING = "a thing"
_OWNER = "whose the others are who are asked"
_ABOUT = "what a thing is about"
_DEVICE = "a thing that others own"


def _learned(actor: Actor) -> bool:
    return (actor.why or "").startswith("learned head")
