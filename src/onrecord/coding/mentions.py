"""Mentions: at which words of a report actors stand, and the police whom the layers know only by a force or rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.frames import WordClass
from onrecord.model import Actor, Layers, Span


@dataclass(frozen=True, slots=True)
class Weapons:
    """Word classes that tell weapons and armed vehicles, people and buildings."""

    classes: Mapping[str, WordClass]

    def holds(self, name: str, lemma: str, modifiers: Iterable[str] = (), entity: str = "") -> bool:
        known = self.classes.get(name)
        return known is not None and known.holds(lemma, tuple(modifiers), entity)


class Mentions:
    """The actor mentions of one report: ``heads`` by the token that heads them, ``inside`` by each of their tokens."""

    def __init__(self, layers: Layers, arguments: Arguments, classes: Weapons) -> None:
        self.layers = layers
        self.arguments = arguments
        self.classes = classes
        self.heads: dict[int, Actor] = {}
        self.inside: dict[int, Actor] = {}
        for actor in self._own_names(layers.actors):
            if actor.span is None or actor.field != "text":
                continue
            covered = layers.parse.tokens_in(actor.span)
            for i in covered:
                self.inside.setdefault(i, actor)
            head = self.head(covered)
            if head is not None:
                before = self.heads.get(head)
                if before is None or before.span is None or _length(before.span) < _length(actor.span):
                    self.heads[head] = actor
        self._add_forces()
        self._add_ranks()

    def _own_names(self, actors: Iterable[Actor]) -> list[Actor]:
        """*actors* with a surname that the registry knows of somebody else given to the one whom the report calls by it
        in full ("Machado" after "Alicia Machado")."""
        known = list(actors)
        full: dict[str, Actor] = {}
        for actor in known:
            words = (actor.text or "").split()
            if len(words) > 1 and actor.actor_id is None and self._given_name(actor):
                full.setdefault(words[-1], actor)
        told = {(a.text or "").split()[-1] for a in known if _person(a) and len((a.text or "").split()) > 1}
        return [
            replace(full[a.text or ""], text=a.text, span=a.span, spans=(), basis="named")
            if _person(a) and (a.text or "") in full and (a.text or "") not in told and _other(a, full[a.text or ""])
            else a
            for a in known
        ]

    def _given_name(self, actor: Actor) -> bool:
        """Whether the word before the last of a mention is part of a person's name, not of a title."""
        covered = () if actor.span is None else self.arguments.parse.tokens_in(actor.span)
        before = [self.arguments.token(i) for i in covered][-2:]
        return len(before) == 2 and all(t.entity == "PERSON" and t.pos == "PROPN" for t in before)

    def _add_forces(self) -> None:
        """Mentions of police by the name or rank of a force that the layers know no codes of ("the crime branch")."""
        forces = self.classes.classes.get("constabulary")
        if forces is None:
            return
        ends = forces.lemmas | {phrase[-1] for phrase in forces.phrases}
        for token in self.arguments.parse.tokens:
            if token.lemma.lower() not in ends or token.pos not in {"NOUN", "PROPN"}:
                continue
            known = self.heads.get(token.index) or self.inside.get(token.index)
            if known is not None and (known.sectors or known.country):
                continue
            if not forces.holds(token.lemma, self.arguments.modifier_lemmas(token.index)):
                continue
            if known is not None and known.span is not None:
                head = self.head(self.arguments.parse.tokens_in(known.span))
                self.heads[token.index if head is None else head] = replace(known, sectors=("COP",))
                continue
            span = self.arguments.noun_phrase(token.index)
            text = span.of(self.arguments.parse.text)
            self.heads[token.index] = Actor(text=text, span=span, basis="described", sectors=("COP",))

    def _add_ranks(self) -> None:
        """Officers named by their force ("the deputy commissioner of police"), where only the force is a mention."""
        tokens = self.arguments.parse.tokens
        for index, force in list(self.heads.items()):
            above = tokens[tokens[index].head]
            if tokens[index].dep != "pobj" or above.lower != "of" or "COP" not in force.sectors:
                continue
            rank = tokens[above.head]
            known = self.heads.get(rank.index)
            if not self.classes.holds("policerank", rank.lemma) or (known is not None and known.sectors):
                continue
            span = self.arguments.noun_phrase(rank.index)
            text = span.of(self.arguments.parse.text)
            officer = Actor(text=text, span=span, basis="described", country=force.country, sectors=("COP",))
            self.heads[rank.index] = officer

    def head(self, covered: range) -> int | None:
        """The token of a mention that its other words hang on."""
        tokens = self.arguments.parse.tokens
        outer = self.arguments.parse.heads_in(covered)
        nouns = [i for i in outer if tokens[i].pos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}]
        return next(iter(nouns or outer), None)

    def meant(self, antecedent: Span) -> Actor | None:
        """The mention that the words of an antecedent are, or that heads them; of one in which they only stand ("the
        Stark campaign" before "manager Ada Wells") no more than its codes."""
        target = self.layers.actor_at(antecedent)
        parse = self.arguments.parse
        if target is None or target.span is None or target.field != "text":
            return target
        head = self.head(parse.tokens_in(target.span))
        if head is None or antecedent.contains(parse.tokens[head].span):
            return target
        own = self.head(parse.tokens_in(antecedent))
        held = None if own is None else self.heads.get(own)
        return held or replace(target, actor_id=None, name=None, group=None)


def only_names(target: Actor, antecedent: Span) -> bool:
    """Whether a mention is only the place in a longer name ("Georgia" in "the Georgia Public Service Commission")."""
    inside = target.span is not None and antecedent.contains(target.span)
    return inside and target.span is not None and target.span.end < antecedent.end and target.sectors == ("CVL",)


def _length(span: Span) -> int:
    return span.end - span.start


def _person(actor: Actor) -> bool:
    return (actor.actor_id or "").startswith("per.")


def _other(known: Actor, named: Actor) -> bool:
    """Whether the registry's person has none of the given names in the report's words ("Alicia Machado"), as far as
    their first letters tell, since spellings differ."""
    given, words = ({w[:2].lower() for w in (t or "").split()[:-1]} for t in (known.name, named.text))
    return bool(given) and not given & words
