"""Control claims: who holds, takes, loses or contests a place, or what share of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from onrecord.coding.quantities import Quantity
from onrecord.coding.standing import Ground, as_power
from onrecord.lexicon.ties import ControlWord, Ties, load_ties
from onrecord.model import Actor, ControlClaim, Modality, Place, Share, Span

_GROUND = frozenset(
    {"territory", "area", "land", "ground", "town", "village", "position", "swathe", "region", "terrain"}
)

_BY_NOBODY = frozenset(
    {"capture", "seize", "recapture", "retake", "overrun", "liberate", "fall", "besiege", "encircle"}
)
"""Words that tell of control even where nobody is named ("the town was captured")."""


class ControlCoder:
    """Finds the control claims of one report."""

    def __init__(self, ground: Ground, quantities: tuple[Quantity, ...], ties: Ties | None = None) -> None:
        self.ground = ground
        self.ties = ties or load_ties()
        self.parse = ground.layers.parse
        self.quantities = [q for q in quantities if q.unit == "percent"]

    def code(self) -> list[ControlClaim]:
        """The claims in text order, one for each chain in which the words stand."""
        found: list[ControlClaim] = []
        seen: set[tuple[int | None, Span | None]] = set()
        for token in self.parse.tokens:
            if token.pos not in {"VERB", "NOUN", "ADJ", "PROPN"}:
                continue
            for claim in self._at(token.index):
                key = (token.sentence, claim.place.span if claim.place else None)
                if claim.holder and key in seen and claim.share is None:
                    continue
                seen.add(key)
                found.append(claim)
        return found

    def _at(self, index: int) -> Iterator[ControlClaim]:
        token = self.parse.tokens[index]
        pos = {"VERB": "verb", "ADJ": "adj"}.get(token.pos, "noun")
        words = self.ties.control.get((pos, token.lemma)) or ()
        if (pos == "verb" and not words) or token.dep == "amod":
            joined = self.ties.control.get(("adj", token.lower)) or ()
            words = joined if token.dep in {"amod", "acl"} else words
        for word in words:
            read = self._read(index, word)
            if read is None:
                continue
            holders, places, share, at = read
            if not holders and token.lemma not in _BY_NOBODY:
                continue
            for n, place in enumerate(places):
                key = "k" if n == 0 else f"k{n}-"
                yield from self._claims(index, word, holders, place, share, at, key)
            return

    def _read(
        self, index: int, word: ControlWord
    ) -> tuple[tuple[Actor, ...], tuple[Place, ...], Share | None, int] | None:
        """Holders, place, share and the token of what is held; None where the word does not fit."""
        if word.pos == "adj":
            return self._joined(index, word)
        roles = self.ground.arguments
        if word.particle and word.particle not in roles.particles(index):
            return None
        support = self._support(index, word)
        if word.object and support is None:
            return None
        held = self._held(index, word, support)
        if not held:
            return None
        place = self.ground.place_in(held[0])
        places: tuple[Place, ...] = (place,) if place is not None else ()
        if not places and self.parse.tokens[held[0]].lemma in _GROUND and word.pos == "verb":
            places = self.ground.places_of_clause(index)
        if not places or not self._territorial(held[0], places[0]):
            return None
        holders = self.ground.actors(self._holders(index, word))
        if word.pos == "noun" and (not holders or not self._told_as_fact(index)):
            return None
        return holders, places, self._share(held[0]), held[0]

    def _told_as_fact(self, index: int) -> bool:
        """Whether a noun ("the capture of") is what its clause tells or dates, not what someone aims at."""
        token = self.parse.tokens[index]
        if token.dep in {"nsubj", "nsubjpass"}:
            return True
        governor = self.parse.tokens[token.head]
        if token.dep == "dobj":
            return governor.lemma in {
                "complete",
                "announce",
                "celebrate",
                "claim",
                "confirm",
                "follow",
                "see",
                "mark",
            }
        return token.dep == "pobj" and governor.lower in {
            "after",
            "since",
            "following",
            "during",
            "with",
            "under",
        }

    def _support(self, index: int, word: ControlWord) -> int | None:
        """The object noun that the verb needs ("control" of "take control of")."""
        if not word.object:
            return None
        for child in self.ground.arguments.objects(index):
            if self.parse.tokens[child].lemma == word.object:
                return child
        return None

    def _held(self, index: int, word: ControlWord, support: int | None) -> tuple[int, ...]:
        roles = self.ground.arguments
        if word.place == "obj":
            return tuple(i for i in roles.objects(index) if i != support)
        if word.place == "subj":
            return roles.subjects(index)
        for at in (support, index):
            if at is not None:
                table = roles.obliques(at)
                for preposition in (word.place, "over") if word.place == "of" else (word.place,):
                    if preposition in table:
                        return table[preposition]
        return ()

    def _holders(self, index: int, word: ControlWord) -> tuple[int, ...]:
        roles = self.ground.arguments
        if word.holder == "subj":
            return roles.subjects(index)
        table = roles.obliques(index)
        if word.holder == "poss":
            return tuple(roles.possessors(index)) or table.get("by", ()) or self._modifying(index)
        if word.holder == "by":
            return table.get("by", ()) or tuple(roles.possessors(index)) or self._modifying(index)
        return table.get(word.holder, ())

    def _modifying(self, index: int) -> tuple[int, ...]:
        return tuple(c for c in self.parse.children[index] if self.parse.tokens[c].dep in {"compound", "amod", "nmod"})

    def _territorial(self, index: int, place: Place) -> bool:
        """Whether what is held is a place or a part of one, not a meeting or a minister's post."""
        token = self.parse.tokens[index]
        if token.lemma in self.ties.place_nouns or token.lower in self.ties.place_nouns:
            return True
        if place.span is not None and index in self.parse.tokens_in(place.span):
            return True
        return token.text == "%" or token.pos == "NUM"

    def _joined(
        self, index: int, word: ControlWord
    ) -> tuple[tuple[Actor, ...], tuple[Place, ...], Share | None, int] | None:
        """ "the rebel-held province": the holder is joined to the participle by a hyphen."""
        token = self.parse.tokens[index]
        noun = token.head
        if token.dep != "amod" or self.parse.tokens[noun].pos not in {"NOUN", "PROPN"}:
            return None
        place = self._beside(noun) or self.ground.place_in(noun)
        if place is None:
            return None
        if not word.holder:
            return (), (place,), None, noun
        joined = [c for c in self.parse.children[index] if self.parse.tokens[c].dep in {"npadvmod", "compound", "amod"}]
        if not joined and index >= 2 and self.parse.tokens[index - 1].text == "-":
            joined = [index - 2]
        holders = tuple(a for a in (self.ground.parties.party(i, loose=True) for i in joined[-1:]) if a is not None)
        holders = tuple(self._only(a, joined[-1]) for a in holders)
        return (holders, (place,), None, noun) if holders else None

    def _only(self, actor: Actor, index: int) -> Actor:
        """The actor with the span of the joined word alone."""
        span = self.parse.tokens[index].span
        return as_power(replace(actor, text=span.of(self.parse.text), span=span))

    def _beside(self, noun: int) -> Place | None:
        """The toponym that a described place stands in apposition to ("Idlib, the last rebel-held province")."""
        token = self.parse.tokens[noun]
        at = [token.head] if token.dep == "appos" else []
        at += [c for c in self.parse.children[noun] if self.parse.tokens[c].dep == "appos"]
        for index in at:
            span = self.parse.tokens[index].span
            for place in self.ground.layers.toponyms:
                if place.span is not None and place.span.overlaps(span) and place.usage != "demonym":
                    return place
        return None

    # -- shares ----------------------------------------------------------------------------------------------

    def _share(self, index: int) -> Share | None:
        """How much of the place: percent, a fraction word, "most of the rest"."""
        span = self.parse.subtree(index)
        percent = next((q for q in self.quantities if span.overlaps(q.span(self.parse))), None)
        remainder = any(self.parse.tokens[i].lemma in {"rest", "remainder"} for i in self.parse.tokens_in(span))
        of: Literal["whole", "remainder"] = "remainder" if remainder else "whole"
        if percent is not None:
            words = percent.span(self.parse)
            return Share(
                text=words.of(self.parse.text), span=words, low=percent.low, best=percent.best, high=percent.high,
                bound=percent.bound, of=of,
            )  # fmt: skip
        for at in (index, *self.parse.children[index]):
            token = self.parse.tokens[at]
            word = token.lemma if token.lemma in self.ties.shares else token.lower
            if word not in self.ties.shares:
                continue
            if word in {"rest", "remainder"} and at != index:
                continue
            low, high = self.ties.shares[word]
            phrase = self.ground.arguments.noun_phrase(index) if at == index else token.span
            return Share(
                text=phrase.of(self.parse.text), span=phrase, low=low, best=low if low == high else None, high=high,
                bound="exactly" if low is not None and low == high else "more_than" if low is not None else "about",
                of=of,
            )  # fmt: skip
        return None

    # -- claims ----------------------------------------------------------------------------------------------

    def _claims(
        self,
        index: int,
        word: ControlWord,
        holders: tuple[Actor, ...],
        place: Place | None,
        share: Share | None,
        at: int,
        key: str,
    ) -> Iterator[ControlClaim]:
        parse = self.parse
        rule = f"control.csv: {word.lemma} ({word.pos})"
        for told in self.ground.told(index, rule, 0.75 if holders else 0.5, key, aside=word.pos == "adj"):
            fields = dict(told.fields)
            if word.pos == "adj":
                span = self.ground.arguments.noun_phrase(at)
                fields |= {"text": span.of(parse.text), "span": span}
                fields["modality"] = Modality(tense="ongoing")
            elif word.change == "holds" and told.modality.tense == "past" and parse.tokens[index].tag in {"VBZ", "VBP"}:
                fields["modality"] = replace(told.modality, tense="ongoing")
            yield ControlClaim(
                **fields,
                holder=holders,
                place=place,
                change=word.change,  # type: ignore[arg-type]
                share=share,
                time=self.ground.time(index, told.standing),
                trigger=self.ground.slot(index, index),
            )
