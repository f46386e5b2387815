"""Countries that the words of a noun phrase give: by a demonym, an owner, or the place it is of or in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.model import Actor, Layers, Span

_OF_PLACE = ("of", "in", "from")
_PLURAL = frozenset({"NNS", "NNPS"})
_HYPHENS = frozenset({"-", "–"})
_STATE_CODE = 3
_BODIES = frozenset("foundation association society chamber council institute union league club company bank".split())


class Countries:
    """Looks up which country single words of one report name; *heads* are its actor mentions by head token."""

    def __init__(self, layers: Layers, arguments: Arguments, heads: Mapping[int, Actor]) -> None:
        self.arguments = arguments
        self.heads = heads
        self._named: dict[int, str] = {}
        for place in layers.toponyms:
            if place.span is not None and place.country and place.field == "text" and place.basis != "coreference":
                for i in layers.parse.tokens_in(place.span):
                    self._named[i] = place.country

    def place_at(self, index: int) -> bool:
        """Whether the word at token *index* is part of a place's name."""
        return index in self._named

    def named_at(self, index: int) -> str | None:
        """Country (ISO 3166 alpha-3) that the word at token *index* names, None where it names none."""
        if index in self._named:
            return self._named[index]
        token = self.arguments.token(index)
        actor = self.heads.get(index)
        if actor is None or actor.country is None or len(actor.country) != _STATE_CODE or actor.country == "IGO":
            return None
        names = token.entity in {"GPE", "NORP"} or (actor.actor_id or "") == actor.country
        return actor.country if names else None

    def said_of(self, index: int) -> str | None:
        """Country of the thing or people at token *index*: by demonym, owner, or the place that it is of."""
        roles = self.arguments
        for modifier in reversed(roles.modifiers(index)):
            if country := self.named_at(modifier):
                return country
        for owner in roles.possessors(index):
            actor = self.heads.get(owner)
            if country := self.named_at(owner) or (actor.country if actor is not None else None):
                return country
        held = roles.obliques(index)
        theirs = any(roles.token(c).tag == "PRP$" for c in roles.children(index, ("poss",)))
        for word in _OF_PLACE[:1] if theirs else _OF_PLACE:  # "his daughter in Arda" is there on a visit
            for i in held.get(word, ()):
                if country := self.named_at(i):
                    return country
        return None

    def each(self, index: int, actor: Actor) -> tuple[Actor, ...]:
        """*actor*, whose words head at token *index*, once for each country where the words join several; () where
        they do not."""
        if actor.span is None or actor.basis == "coreference" or not actor.sectors:
            return ()
        kernel = self.arguments.kernel(index)
        for joined in (self._modifiers(kernel), *self._behind(kernel)):
            countries = {i: c for i in joined if (c := self.named_at(i)) is not None}
            if len(set(countries.values())) > 1:
                return tuple(self._one(actor, kernel, i, c) for i, c in countries.items())
        return ()

    def _modifiers(self, index: int) -> tuple[int, ...]:
        """Demonyms joined before a noun ("French and Spanish ministers", "Russian, Turkish and Iranian troops")."""
        found: list[int] = []
        for modifier in self.arguments.modifiers(index):
            if self._of_participle(modifier, index) or self._of_one_body(modifier, index):
                continue
            found.append(modifier)
            found.extend(self._joined(modifier))
        plural = self.arguments.token(index).tag in _PLURAL
        return tuple(sorted(i for i in set(found) if not self._compounded(i, plural)))

    def _compounded(self, index: int, plural: bool) -> bool:
        """Whether a hyphen makes one word of token *index* and the next ("Turkish-backed"), where the noun is one also
        of two demonyms ("the Ardan-Belmark chamber")."""
        tokens = self.arguments.parse.tokens
        if index + 2 >= len(tokens) or tokens[index + 1].text not in _HYPHENS:
            return False
        return self.named_at(index + 2) is None or not plural

    def _of_participle(self, modifier: int, noun: int) -> bool:
        """Whether a word belongs to a participle before the noun ("Turkish-backed Syrian militiamen")."""
        above = self.arguments.token(self.arguments.token(modifier).head)
        return above.index != noun and above.tag in {"VBN", "VBD"}

    def _of_one_body(self, modifier: int, noun: int) -> bool:
        """Whether a word is the first half of a body's double name ("the Salvadoran-American foundation")."""
        token = self.arguments.token(noun)
        behind = [self.arguments.token(i) for i in range(modifier + 1, min(modifier + 3, noun))]
        joined = len(behind) == 2 and behind[0].text == "-" and self.named_at(behind[1].index) is not None
        return joined and token.lemma in _BODIES and token.tag not in _PLURAL

    def _joined(self, index: int) -> Iterator[int]:
        for child in self.arguments.children(index, ("conj",)):
            yield child
            yield from self._joined(child)

    def _behind(self, index: int) -> Iterator[tuple[int, ...]]:
        """Countries joined behind a plural ("the leaders of Chad and Niger", "lawmakers in Chad and Niger")."""
        if self.arguments.token(index).tag not in _PLURAL:
            return
        held = self.arguments.obliques(index)
        for word in _OF_PLACE:
            yield held.get(word, ())

    def _one(self, actor: Actor, head: int, index: int, country: str) -> Actor:
        """*actor* for the country that token *index* names: the noun's own words and that one."""
        parse = self.arguments.parse
        pieces = sorted((parse.tokens[index].span, self._noun(head)))
        if parse.text[pieces[0].end : pieces[1].start].isspace():
            pieces = [Span(pieces[0].start, pieces[1].end)]
        kept = actor if actor.country == country else replace(actor, actor_id=None, name=None, group=None)
        return replace(
            kept,
            country=country,
            text=" ".join(p.of(parse.text) for p in pieces),
            span=Span(pieces[0].start, pieces[-1].end),
            spans=tuple(pieces) if len(pieces) > 1 else (),
        )

    def _noun(self, head: int) -> Span:
        """The noun with what modifies it, without the names of countries before it ("interior ministers")."""
        first = head
        for i in range(head - 1, self.arguments.token(head).left - 1, -1):
            token = self.arguments.token(i)
            if token.head != head or token.dep not in {"compound", "amod"} or self.named_at(i):
                break
            first = i
        return self.arguments.parse.span(first, head)
