"""Relation claims: standing facts between actors, told by verbs, by offices, or in a premodifier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.coding.standing import Ground, as_power
from onrecord.lexicon.ties import RelationWord, Ties, load_ties
from onrecord.model import Actor, ClaimLink, Place, RelationClaim, Span, Token

_FORMER = frozenset({"former", "ex", "onetime", "one-time", "erstwhile", "then", "ousted", "deposed", "late", "ex-"})
_OF_A_BODY = frozenset({"belongs_to", "commands", "speaks_for"})
_ORGANISATIONS = frozenset({"REB", "PTY", "MIL", "PRM", "COP", "SPY", "GOV", "LEG", "JUD", "IGO", "NGO", "OPP", "SOC"})


class RelationCoder:
    """Finds the relation claims of one report; each tie is told once for each chain."""

    def __init__(self, ground: Ground, ties: Ties | None = None) -> None:
        self.ground = ground
        self.ties = ties or load_ties()
        self.parse = ground.layers.parse

    def code(self) -> list[RelationClaim]:
        """The claims in text order; a tie told again in the same chain is linked to its first telling."""
        found: list[RelationClaim] = []
        first: dict[tuple[object, ...], RelationClaim] = {}
        for token in self.parse.tokens:
            for index, word, subject, other in self._at(token.index):
                for claim in self._claims(index, word, subject, other):
                    sources = tuple(link.name or link.span for link in claim.chain)
                    key = (claim.relation, _identity(claim.subject), _identity(claim.object), sources)
                    if key in first:
                        told = first[key]
                        if told.span == claim.span:
                            continue
                        claim = replace(claim, links=(*claim.links, ClaimLink(claim_id=told.key, kind="repeats")))
                    else:
                        first[key] = claim
                    found.append(claim)
        return found

    def _at(self, index: int) -> Iterator[tuple[int, RelationWord, tuple[Actor, ...], tuple[Actor, ...]]]:
        token = self.parse.tokens[index]
        if token.pos in {"NOUN", "PROPN"}:
            yield from self._of_noun(index)
        if token.pos == "VERB" and token.dep not in {"amod"}:
            yield from self._of_verb(index)
        if token.pos in {"VERB", "ADJ", "NOUN", "PROPN"} and token.dep in {"amod", "compound", "nmod", "acl"}:
            yield from self._joined(index)

    # -- verbs -----------------------------------------------------------------------------------------------

    def _of_verb(self, index: int) -> Iterator[tuple[int, RelationWord, tuple[Actor, ...], tuple[Actor, ...]]]:
        roles = self.ground.arguments
        for word in self.ties.relations.get(("verb", self.parse.tokens[index].lemma), ()):
            objects = roles.objects(index)
            if word.particle:
                objects = roles.obliques(index).get(word.particle, ())
            subject, other = self.ground.actors(roles.subjects(index)), self.ground.actors(objects)
            if self._tied(subject, other):
                yield index, word, subject, other
                return

    # -- nouns -----------------------------------------------------------------------------------------------

    def _of_noun(self, index: int) -> Iterator[tuple[int, RelationWord, tuple[Actor, ...], tuple[Actor, ...]]]:
        """ "the head of HTS", "HTS chief Abu Mohamed", "Jolani, leader of the group", "his group's spokesman"."""
        word = self._noun_word(index)
        if word is None:
            return
        holder = self._holder(index)
        whole = self._whole(index)
        if not holder or not whole:
            return
        holders = self.ground.actors(holder)
        wholes = tuple(a for a in (self._bare(i) for i in whole) if a is not None)
        if word.relation in _OF_A_BODY:
            wholes = tuple(a for a in wholes if _is_body(a))
        if self._tied(holders, wholes):
            yield index, word, holders, wholes

    def _noun_word(self, index: int) -> RelationWord | None:
        token = self.parse.tokens[index]
        before = self.parse.tokens[index - 1].lower if index else ""
        for lemma in (f"{before} {token.lemma}", token.lemma):
            found = self.ties.relations.get(("noun", lemma))
            if found:
                return found[0]
        return None

    def _holder(self, index: int) -> tuple[int, ...]:
        """Who holds the office or membership: the name that the noun modifies or stands in apposition to."""
        token = self.parse.tokens[index]
        if token.dep in {"compound", "nmod"} and self.parse.tokens[token.head].pos == "PROPN":
            return (token.head,)
        if token.dep == "appos":
            return (token.head,)
        apposed = tuple(
            c for c in self.parse.children[index]
            if self.parse.tokens[c].dep == "appos" and self.parse.tokens[c].pos == "PROPN"
        )  # fmt: skip
        if apposed:
            return apposed[:1]
        if token.dep == "attr":
            return self.ground.arguments.own_subjects(token.head)
        return (index,)

    def _whole(self, index: int) -> tuple[int, ...]:
        """Of whom: possessor, of-object, or a name in front ("HTS chief")."""
        token = self.parse.tokens[index]
        found: list[int] = []
        scope = [index]
        if token.dep in {"compound", "nmod"} and self.parse.tokens[token.head].pos == "PROPN":
            scope.append(token.head)
        for at in scope:
            for child in self.parse.children[at]:
                inner = self.parse.tokens[child]
                if child == index or (at != index and child > index):
                    continue
                if (inner.dep == "poss" and inner.pos != "PRON") or (
                    inner.dep == "poss" and self.ground.layers.reference_at(inner.span)
                ):
                    found.append(child)
                elif inner.dep == "prep" and inner.lower in {"of", "for"} and at == index:
                    found += [c for c in self.parse.children[child] if self.parse.tokens[c].dep == "pobj"]
                elif child < index and _names_body(inner):
                    found.append(child)
        return tuple(found[:2])

    def _bare(self, index: int) -> Actor | None:
        """The actor that token *index* alone names, without the words that it modifies."""
        phrase = self.ground.arguments.noun_phrase(index)
        for actor in self.ground.layers.actors:
            if actor.span == phrase:
                return actor
        found = self.ground.parties.party(index)
        return None if found is not None and found.span is not None and found.span.start < phrase.start else found

    # -- joined participles ------------------------------------------------------------------------------------

    def _joined(self, index: int) -> Iterator[tuple[int, RelationWord, tuple[Actor, ...], tuple[Actor, ...]]]:
        """ "Turkey-backed rebels": Turkey backs the rebels."""
        token = self.parse.tokens[index]
        words = self.ties.relations.get(("joined", token.lower), ())
        if not words or index < 2 or self.parse.tokens[index - 1].text not in {"-", "‑", "–"}:
            return
        first = index - 2
        noun = token.head
        if self.parse.tokens[noun].pos not in {"NOUN", "PROPN"} or noun < index:
            return
        backer = self._name_at(first)
        backed = self.ground.parties.party(noun, loose=True)
        if backer is None or backed is None:
            return
        word = words[0]
        yield index, word, (as_power(backer),), (backed,)

    def _name_at(self, index: int) -> Actor | None:
        """The actor or country whose name ends at token *index*."""
        span = self.parse.tokens[index].span
        for actor in self.ground.layers.actors:
            if actor.span is not None and actor.span.end == span.end and actor.span.overlaps(span):
                return actor
        for place in self.ground.layers.toponyms:
            if place.span is not None and place.span.end == span.end and place.country:
                return _of_place(place)
        return None

    # -- claims ------------------------------------------------------------------------------------------------

    @staticmethod
    def _tied(subject: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
        """Whether the two sides are different actors of which one at least is a power, group or body."""
        if not subject or not other or _identity(subject) & _identity(other):
            return False
        known = [a for a in (*subject, *other) if a.actor_id or a.group or set(a.sectors) & _ORGANISATIONS or a.country]
        named = [a for a in (*subject, *other) if a.basis in {"named", "coreference"} or a.actor_id]
        return len(known) >= 1 and bool(named) and all(a.span != b.span for a in subject for b in other)

    def _claims(
        self, index: int, word: RelationWord, subject: tuple[Actor, ...], other: tuple[Actor, ...]
    ) -> Iterator[RelationClaim]:
        relation = word.relation
        former = self._former(index)
        if former and relation in {"belongs_to", "allied_with", "leads", "commands", "speaks_for"}:
            relation = "formerly_part_of"
        if word.turned:
            subject, other = other, subject
        rule = f"relations.csv: {word.lemma} ({word.pos})"
        for told in self.ground.told(index, rule, 0.7, "r", aside=word.pos != "verb"):
            fields = dict(told.fields)
            if word.pos in {"noun", "joined"}:
                fields["modality"] = replace(
                    told.modality, polarity="positive", mood="asserted", certainty="certain", factuality=3.0,
                    tense="past" if former else "ongoing",
                )  # fmt: skip
                span = _hull(subject, other, self.parse.tokens[index].span)
                fields |= {"text": span.of(self.parse.text), "span": span}
            yield RelationClaim(
                **fields,
                subject=subject,
                relation=relation,
                object=other,
                time=self.ground.time(index, told.standing) if word.pos == "verb" else None,
                trigger=self.ground.slot(index, index),
            )

    def _former(self, index: int) -> bool:
        return any(self.parse.tokens[c].lower in _FORMER for c in self.parse.children[index]) or (
            index > 0 and self.parse.tokens[index - 1].lower in _FORMER
        )


def _is_body(actor: Actor) -> bool:
    """Whether an actor is an organisation that one can belong to or command, not a nation or a word for it."""
    if actor.actor_id is not None:
        return len(actor.actor_id) != 3  # not a state
    return actor.group is not None or (actor.basis == "named" and bool(set(actor.sectors) & _ORGANISATIONS))


def _names_body(token: Token) -> bool:
    """Whether a word in front of an office names the body ("HTS chief", "Iraqi police spokesman")."""
    return token.dep in {"compound", "nmod", "amod"} and (
        token.entity in {"ORG", "GPE", "NORP", "PERSON"} or token.pos == "PROPN"
    )


def _identity(actors: tuple[Actor, ...]) -> frozenset[object]:
    return frozenset(a.actor_id or a.name or a.span for a in actors)


def _hull(subject: tuple[Actor, ...], other: tuple[Actor, ...], trigger: Span) -> Span:
    spans = [a.span for a in (*subject, *other) if a.span is not None]
    near = [s for s in spans if abs(s.start - trigger.start) < 250] + [trigger]
    return Span(min(s.start for s in near), max(s.end for s in near))


def _of_place(place: Place) -> Actor:
    return Actor(text=place.text, span=place.span, actor_id=place.country, name=place.name, country=place.country)
