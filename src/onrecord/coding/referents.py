"""Referents: whether a claim lets a pronoun or a description be whom the report's references take it for.

References are made without a look at what happens in the clause. Here what the clause tells excludes some: those
arrested are not the police, who speaks is no "he" in his own quoted words, wines vote for nobody. The next one that
the clause allows takes the place of who is excluded; failing that the words stand as they are, without an identity.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties, without
from onrecord.coding.several_meant import SeveralMeant
from onrecord.coding.told_of import NO_PERSON, ToldOf, one_in_words
from onrecord.model import Actor, EventClaim, Layers, Reference, Span, Via
from onrecord.text.quotation import Quotation, find_quotations

_SINGULAR = frozenset("he she him her his hers".split())
_PLURAL = frozenset("they them their theirs".split())
_THIRD = _SINGULAR | _PLURAL
_FIRST = frozenset("i me my we us our".split())
_POSSESSIVE = frozenset("his her their its my our your".split())
_ASKED = frozenset({"who", "whom"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_WHEN = frozenset("when while as until before after".split())
_DOUBTFUL = {True: 0.4, False: 0.5}
"""Under which a tie of "they" and of "he" or "she", or one before it that it rests on, is as often wrong as right."""

_WEAK = 0.7
"""Under which the subject of the clause above goes before somebody from an earlier sentence."""

_SURE = 0.8
"""Under which "this man" may be anybody's."""

_ABOVE = 0.6
_REACH = 2
"""Sentences back in which those may be told of whom "they" takes up."""

_ANYBODY = frozenset("man woman person boy girl individual guy".split())
_OF_BODY = frozenset("member worker employee volunteer staffer aide follower supporter".split())
_SOME = frozenset("several few many some most dozen score hundred".split())
_MINDS = frozenset({"PTY", "LEG"})
"""Sectors of bodies for which a few of their people do not act; a few soldiers are of their army."""


class Referents:
    """Weighs the parties of the event claims of one report."""

    def __init__(self, layers: Layers, arguments: Arguments, parties: Parties) -> None:
        self.layers = layers
        self.arguments = arguments
        self.parties = parties
        self.told_of = ToldOf(layers, arguments, parties)
        self.several = SeveralMeant(arguments)
        self._ties = {r.mention: r for r in layers.references}
        self._of: dict[Span, list[Reference]] = {}
        for reference in layers.references:
            self._of.setdefault(reference.antecedent.span, []).append(reference)
        self._quotations: tuple[Quotation, ...] | None = None

    def weighed(self, claims: Sequence[EventClaim]) -> list[EventClaim]:
        """*claims* in their order, with the parties that their clauses allow."""
        found: list[EventClaim] = []
        changed: dict[Span, tuple[Actor, ...]] = {}
        for claim in claims:
            actor = self._parties(claim, claim.actor, "actor", found, changed)
            recipient = self._parties(claim, claim.recipient, "recipient", found, changed)
            if recipient and self._is_noun(claim):
                actor = tuple(a for a in actor if not any(one_in_words(a, r) for r in recipient if r.via is not None))
            if actor != claim.actor or recipient != claim.recipient:
                claim = replace(claim, actor=actor, recipient=recipient)
            found.append(claim)
        return [_lent_again(claim, changed) for claim in found] if changed else found

    def _parties(
        self,
        claim: EventClaim,
        actors: tuple[Actor, ...],
        role: str,
        before: Sequence[EventClaim],
        changed: dict[Span, tuple[Actor, ...]],
    ) -> tuple[Actor, ...]:
        found: list[Actor] = []
        for actor in actors:
            kept = self._weighed(claim, actor, role, before)
            if kept != (actor,) and kept and actor.span is not None:
                changed[actor.span] = kept
            found.extend(kept)
        return tuple(found)

    def _weighed(self, claim: EventClaim, actor: Actor, role: str, before: Sequence[EventClaim]) -> tuple[Actor, ...]:
        """*actor*, or who stands in the same words instead; () where the words are nobody's."""
        index = None if actor.span is None or actor.field != "text" else self._head(actor.span)
        if index is None:
            return (actor,)
        token = self.arguments.token(index)
        if token.lower in _ASKED and actor.basis == "unresolved" and self._asks(index):
            return ()
        if (group := self.several.of_whom(index)) is not None:
            return self._as(index, (group,)) or (actor,)
        if actor.basis != "coreference" or actor.via is None:
            return (_some_of(actor),) if self._counts_few(index, actor) else (actor,)
        if (several := self._several(index, actor)) is not None:
            return several
        if token.pos != "PRON" and token.lower not in _POSSESSIVE:
            if token.lemma in _ANYBODY and (actor.score or 1.0) < _SURE:
                return (Actor(text=actor.text, span=actor.span, basis="described"),)
            return (_some_of(actor),) if self._only_of_body(index, actor) else (self.told_of.of_its_size(index, actor),)
        if role == "recipient" and claim.event_type == "RETREAT" and token.lower in _POSSESSIVE:
            return ()  # "resigned his position", "said on its site that he had resigned"
        if above := self._above(index, actor) or self._before_semicolon(index, actor):
            return above
        why = self._excluded(claim, index, actor, role)
        if why is None:
            return (actor,)
        if (barred := self.told_of.barred(claim, index, actor, role)) is not None:
            other = self._as(index, self.told_of.instead(claim, index, actor, before))
            return other if len(other) == 1 else (_unresolved(actor, barred),)
        return self._next(claim, index, actor, before) or (_unresolved(actor, why),)

    def _several(self, index: int, actor: Actor) -> tuple[Actor, ...] | None:
        """All whom a plural takes up that was tied to one name; the words alone where one person is no several."""
        named = None if actor.via is None else self._head(actor.via.span)
        if named is None or actor.via is None or not self.several.plural(index):
            return None
        if len(found := self._as(index, self.several.together(index, named, actor.via.span))) > 1:
            return tuple(replace(a, text=actor.text, span=actor.span) for a in found)
        if not self.several.not_one(index, named, actor):
            return None
        pronoun = self.arguments.token(index).pos == "PRON"
        described = Actor(text=actor.text, span=actor.span, basis="described")
        return (_unresolved(actor, "one person, where several are told of") if pronoun else described,)

    # -- what excludes -----------------------------------------------------------------------------------

    def _excluded(self, claim: EventClaim, index: int, actor: Actor, role: str) -> str | None:
        """Why a pronoun cannot be whom it was taken for; None where nothing speaks against it."""
        word = self.arguments.token(index).lower
        if role == "recipient" and "arrest" in claim.modes and "COP" in actor.sectors and word in _PLURAL:
            return "police do not arrest themselves"
        if word in _FIRST:
            return "words within quoted words, of whom is not said" if self._of_another(index) else None
        if word not in _THIRD:
            return None
        if self._is_thing(actor) or (actor.via is not None and self._is_document(actor.via.span)):
            return "a thing, of which nobody says he or they"
        if self._speaks(claim, index, actor):
            return "who is quoted does not speak of himself so"
        if (barred := self.told_of.barred(claim, index, actor, role)) is not None:
            return barred
        if self._trust(actor) < _DOUBTFUL[word in _PLURAL]:
            return "who is meant is in doubt"
        return None

    def _is_thing(self, actor: Actor) -> bool:
        """Whether a common noun without codes, which is neither people nor a body, was taken up."""
        if actor.country or actor.sectors or actor.actor_id or actor.via is None:
            return False
        head = self._head(actor.via.span)
        token = None if head is None else self.arguments.token(head)
        if head is None or token is None or token.pos != "NOUN" or token.entity or self.parties.is_human(head):
            return False
        modifiers = self.arguments.modifier_lemmas(head)
        held = self.parties.classes.holds
        return not any(held(name, token.lemma, modifiers) for name in ("power", "person", "armed", "official", "crowd"))

    def _is_document(self, span: Span) -> bool:
        """Whether one thing written was taken up, though it has the codes of whose it is ("a police report")."""
        head = self._head(span)
        token = None if head is None else self.arguments.token(head)
        return token is not None and token.tag == "NN" and self.parties.classes.holds("document", token.lemma)

    def _speaks(self, claim: EventClaim, index: int, actor: Actor) -> bool:
        """Whether the one taken for "he" is the source of the quoted words in which the pronoun stands."""
        source = claim.chain[-1].source if claim.chain else None
        quoted = self._quoted(index)
        if source is None or source.span is None or quoted is None or quoted.span.contains(source.span):
            return False
        return one_in_words(actor, source)

    def _of_another(self, index: int) -> bool:
        """Whether "I" stands in a quotation within one and no attribution says whose it is."""
        quoted = self._quoted(index)
        if quoted is None or quoted.parent is None:
            return False
        told = (piece for a in self.layers.attributions for piece in a.content)
        return not any(quoted.span.contains(piece) for piece in told)

    def _quoted(self, index: int) -> Quotation | None:
        """The innermost quotation around the token at *index*."""
        if self._quotations is None:
            self._quotations = find_quotations(self.layers.parse.text, self.layers.parse.paragraphs)
        span = self.arguments.token(index).span
        held = [q for q in self._quotations if q.inner.contains(span)]
        return min(held, key=lambda q: q.inner.end - q.inner.start) if held else None

    def _trust(self, actor: Actor) -> float:
        """Score of the weakest tie on which a pronoun rests: its own, and of the pronouns before it since its one was
        last called by name."""
        tie = self._ties.get(actor.span) if actor.span is not None else None
        if tie is None or tie.kind != "pronoun":
            return 1.0
        chain = self._of[tie.antecedent.span]
        at = bisect_left(chain, tie.mention, key=lambda r: r.mention)
        least = tie.score
        for other in reversed(chain[:at]):
            if other.kind != "pronoun" or self._named_between(tie.antecedent, other.mention.start, tie.mention.start):
                break
            least = min(least, other.score)
        return least

    def _named_between(self, named: Via, first: int, last: int) -> bool:
        """Whether the full name itself stands again between two places."""
        return named.text in self.layers.parse.text[first:last] if named.text else False

    # -- who else ----------------------------------------------------------------------------------------

    def _above(self, index: int, actor: Actor) -> tuple[Actor, ...]:
        """Who is told of in the clause to which a clause of time belongs ("Sato was jailed when he was caught", "she
        was visiting her father when they were attacked"), where an earlier sentence was looked to; () elsewhere."""
        roles, token = self.arguments, self.arguments.token(index)
        verb = roles.token(token.head)
        if token.dep not in {"nsubj", "nsubjpass"} or verb.dep != "advcl" or token.lower not in {"he", "she", "they"}:
            return ()
        if not any(roles.token(c).lower in _WHEN for c in roles.children(verb.index, ("mark", "advmod"))):
            return ()
        if actor.via is None or (self._in_sentence(token.sentence, actor.via.span) and token.lower != "they"):
            return ()
        subjects = roles.surface_subjects(verb.head)
        if len(subjects) != 1 or not self._one_person(subjects[0]):
            return ()
        if token.lower != "they":
            return self._as(index, subjects) if self._trust(actor) < _WEAK else ()
        others = [i for i in roles.objects(verb.head) if i < index]
        if roles.passive(verb.head) or len(others) != 1 or not self._one_person(others[0]):
            return ()
        both = self._as(index, (*subjects, *others))
        alike = len(both) != 2 or (both[0].actor_id is not None and both[0].actor_id == both[1].actor_id)
        return (_unresolved(actor, "two are told of above"),) if alike else both

    def _before_semicolon(self, index: int, actor: Actor) -> tuple[Actor, ...]:
        """The subject of the clause before a semicolon, where "he" behind it was taken for one of an earlier sentence
        ("Sato was on the run; he had shot a guard"); () elsewhere."""
        roles, token = self.arguments, self.arguments.token(index)
        if token.dep not in {"nsubj", "nsubjpass"} or token.lower not in {"he", "she"} or index == 0:
            return ()
        if roles.token(index - 1).text != ";" or actor.via is None or self._in_sentence(token.sentence, actor.via.span):
            return ()
        verb = roles.token(token.head)
        before = [c for c in roles.children(verb.index, ("ccomp", "parataxis", "conj")) if c < index]
        before += [verb.head] if verb.dep in {"conj", "parataxis"} and verb.head < index else []
        subjects = roles.surface_subjects(before[-1]) if before else ()
        return self._as(index, subjects) if len(subjects) == 1 and self._one_person(subjects[0]) else ()

    def _as(self, index: int, people: Iterable[int]) -> tuple[Actor, ...]:
        """The words at *index* as each of the *people* at other tokens."""
        found = [a for i in people for a in self.parties.parties(i, loose=True)]
        return tuple(self._taken_up(index, a) for a in found if a.text is not None and a.span is not None)

    def _one_person(self, index: int) -> bool:
        token = self.arguments.token(index)
        if token.tag in {"NNS", "NNPS"} or any(self.arguments.children(index, ("conj",))):
            return False
        named = token.pos == "PROPN" and token.entity not in NO_PERSON
        return named or (token.pos == "NOUN" and self.parties.is_human(index))

    def _head(self, span: Span) -> int | None:
        """The token that the words of *span* hang on."""
        outer = self.layers.parse.heads_in(self.layers.parse.tokens_in(span))
        named = (i for i in outer if self.arguments.token(i).pos in _NOMINAL)
        return next(named, outer[0] if outer else None)

    def _in_sentence(self, number: int, span: Span) -> bool:
        inside = self.layers.parse.tokens_in(span)
        return bool(inside) and self.arguments.token(inside[0]).sentence == number

    def _next(self, claim: EventClaim, index: int, actor: Actor, before: Sequence[EventClaim]) -> tuple[Actor, ...]:
        """Those whom the police were told to have arrested lately, for "they" who were arrested; () for others."""
        token = self.arguments.token(index)
        if "arrest" not in claim.modes or token.lower not in _PLURAL:
            return ()
        for earlier in reversed(before):
            at = () if earlier.trigger.span is None else self.layers.parse.tokens_in(earlier.trigger.span)
            if token.sentence - max((self.arguments.token(i).sentence for i in at), default=-_REACH) > _REACH:
                return ()
            if "arrest" not in earlier.modes or earlier.modality.polarity != "positive":
                continue
            held = without((r for r in earlier.recipient if r.span is not None), (actor,))
            if held:
                return tuple(self._taken_up(index, a) for a in held)
        return ()

    def _taken_up(self, index: int, other: Actor) -> Actor:
        span = self.arguments.token(index).span
        via = other.via or (Via(text=other.text or "", span=other.span) if other.span is not None else None)
        words = span.of(self.layers.parse.text)
        return replace(other, text=words, span=span, spans=(), basis="coreference", via=via, score=_ABOVE)

    # -- words -------------------------------------------------------------------------------------------

    def _asks(self, index: int) -> bool:
        """Whether "who" asks ("did not say who did it") and takes up nobody before it."""
        return not any(self.arguments.token(i).dep in {"relcl", "acl"} for i in self._up(index))

    def _up(self, index: int) -> Iterator[int]:
        """Verbs above a word up to the clause that stands as a complement or by itself."""
        for i in self.arguments.parse.ancestors(index):
            yield i
            if self.arguments.token(i).dep in {"ccomp", "pcomp", "ROOT"}:
                return

    def _only_of_body(self, index: int, actor: Actor) -> bool:
        """Whether a description of people was tied to the body that they belong to ("members of the guild")."""
        token = self.arguments.token(index)
        person = (actor.actor_id or "").startswith("per.")
        return token.tag == "NNS" and token.lemma in _OF_BODY and not person

    def _counts_few(self, index: int, actor: Actor) -> bool:
        """Whether words count some of a party or house ("half a dozen Senate Democrats"), which is not the party."""
        token = self.arguments.token(index)
        if actor.actor_id is None or actor.span is None or actor.actor_id.startswith("per."):
            return False
        if not set(actor.sectors) & _MINDS or token.tag not in {"NNS", "NNPS", "CD", "NN"}:
            return False
        inside = [self.arguments.token(i) for i in self.layers.parse.tokens_in(actor.span)]
        plural = any(t.tag in {"NNS", "NNPS"} for t in inside)
        return plural and any(t.tag == "CD" or t.lemma in _SOME for t in inside)

    def _is_noun(self, claim: EventClaim) -> bool:
        span = claim.trigger.span
        words = range(0) if span is None else self.layers.parse.tokens_in(span)
        return bool(words) and self.arguments.token(words[-1]).pos == "NOUN"


def _some_of(actor: Actor) -> Actor:
    """*actor* as people who are not the body itself, of its codes."""
    return replace(actor, basis="described", actor_id=None, name=None, via=None, score=None)


def _unresolved(actor: Actor, why: str) -> Actor:
    return Actor(text=actor.text, span=actor.span, basis="unresolved", why=f"{why}: {_called(actor)}")


def _called(actor: Actor) -> str:
    return (actor.via.text if actor.via is not None else actor.text) or ""


def _lent_again(claim: EventClaim, changed: dict[Span, tuple[Actor, ...]]) -> EventClaim:
    """*claim* with what it was lent from words that turned out to be another's."""
    roles = {role: _again(getattr(claim, role), changed) for role in ("actor", "recipient")}
    return replace(claim, **roles) if any(roles[r] != getattr(claim, r) for r in roles) else claim  # type: ignore[arg-type]


def _again(actors: tuple[Actor, ...], changed: dict[Span, tuple[Actor, ...]]) -> tuple[Actor, ...]:
    found: list[Actor] = []
    for actor in actors:
        new = changed.get(actor.via.span, ()) if actor.basis == "inferred" and actor.via is not None else ()
        found.extend(_lent(actor, n) for n in new) if new else found.append(actor)
    return tuple(found)


def _lent(actor: Actor, new: Actor) -> Actor:
    """The inferred *actor* with the identity and codes of *new*."""
    return replace(
        actor, actor_id=new.actor_id, name=new.name, country=new.country, sectors=new.sectors, group=new.group
    )
