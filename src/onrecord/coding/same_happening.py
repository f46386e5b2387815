"""Same deed: whether what two claims tell of parties, day, place and manner allows them to be one happening."""

from __future__ import annotations

from typing import Literal

from onrecord.coding.parties import ARMED
from onrecord.coding.tellings import Telling, Tellings
from onrecord.model import Actor, EventClaim, Place

Answer = Literal["same", "maybe", "other", "unknown"]

_WIDE = frozenset({"country", "region", "province"})
_FORCES = frozenset({"COP", "MIL"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NOBODY = frozenset({"no", "none", "nobody", "who", "whoever", "which", "what", "neither"})
_ENDS = frozenset({"targeted", "destroy"})
_MEANS = frozenset({"firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "unconventional"})
"""Modes that say to what end a deed was done, and those that say with what: they go together."""
_BESIDE = frozenset({"after", "following", "before", "since", "until", "despite", "over", "for"})
_POINTING = frozenset({"those", "these", "this", "that", "they", "it", "he", "she", "we", "you", "someone", "somebody"})
_ARTICLES = frozenset({"the", "a", "an", "this", "these", "those"})


class SameHappening:
    """Compares the tellings of one report."""

    def __init__(self, reader: Tellings) -> None:
        self.reader = reader
        self.arguments = reader.arguments
        self.words = reader.words

    def clash(self, one: Telling, other: Telling, *, disputed: bool = False) -> bool:
        """Whether something told of the one, those who suffer apart, speaks against its being the other; who did it
        counts for nothing where that is *disputed*."""
        a, b = one.claim, other.claim
        if a.event_type != b.event_type or one.fight != other.fight or self._other_manner(one, other):
            return True
        if self._after(one, other) or self._after(other, one):
            return True
        if self._other_day(one, other) or (_other_place(a.place, b.place) and self.victims(a, b) != "same"):
            return True
        return not disputed and self.other_doers(_here(a.actor), _here(b.actor))

    def _other_day(self, one: Telling, other: Telling) -> bool:
        a, b = self._days(one), self._days(other)
        return a is not None and b is not None and (a[0] > b[1] or b[0] > a[1])

    def _days(self, telling: Telling) -> tuple[str, str] | None:
        """First and last day on which a telling says that it was, by its time or by the day it is called after."""
        before = {self.arguments.token(i).lower for i in range(max(0, telling.head - 3), telling.head)}
        for entry in sorted(self.words.days):
            word, day = entry.split()
            if telling.noun and word in before:
                return day, day
        time = telling.claim.time
        return None if time is None or not time.start else (time.start, time.end or time.start)

    def _after(self, noun: Telling, other: Telling) -> bool:
        """Whether a sentence tells of one deed as before or behind the other ("a raid following the attack")."""
        above = self.arguments.token(self.arguments.token(noun.head).head)
        if not noun.noun or noun.sentence != other.sentence or above.lower not in _BESIDE:
            return False
        return other.head in self.arguments.parse.ancestors(noun.head)

    def _other_manner(self, one: Telling, other: Telling) -> bool:
        words = [self.arguments.token(t.head).lemma for t in (one, other)]
        if len(self.words.not_done & set(words)) == 1:
            return not set(words) & self.words.any_force
        mine, theirs = set(one.claim.modes), set(other.claim.modes)
        if mine & theirs:
            return False
        either = mine | theirs
        if mine and theirs:
            ends = either & _ENDS
            return bool(either & self.words.apart) or not ends or not either - ends <= _MEANS
        return bool(either & self.words.apart) and words[bool(mine)] not in self.words.any_force

    def other_doers(self, mine: tuple[Actor, ...], theirs: tuple[Actor, ...]) -> bool:
        """Whether two tell of doers who cannot be the same."""
        return bool(mine and theirs) and not any(self.same_doer(a, b) for a in mine for b in theirs)

    def same_doer(self, one: Actor, other: Actor) -> bool:
        """Whether two doers may be the same: the same words, or both police or both soldiers of one country."""
        if self.may_be(one, other) == "same":
            return True
        force = set(one.sectors) & set(other.sectors) & _FORCES
        return bool(force) and (one.country == other.country or None in {one.country, other.country})

    def victims(self, a: EventClaim, b: EventClaim) -> Answer:
        """Whether those who suffer may be the same."""
        if not a.recipient or not b.recipient:
            return "unknown"
        found: set[Answer] = {self.may_be(x, y) for x in a.recipient for y in b.recipient}
        if len(a.recipient) != len(b.recipient):
            found = {"other" if answer == "maybe" else answer for answer in found}
        answers: tuple[Answer, ...] = ("same", "maybe", "unknown", "other")
        return next(answer for answer in answers if answer in found)

    def may_be(self, one: Actor, other: Actor) -> Answer:
        """Whether two parties may be the same; "unknown" of people and a place in which they were hit."""
        if _words(one) == _words(other) or (one.actor_id is not None and one.actor_id == other.actor_id):
            return "same"
        a, b = self._root(one), self._root(other)
        if a is None or b is None:
            return "other"
        x, y = self.arguments.token(a), self.arguments.token(b)
        if (x.entity in _PLACES) != (y.entity in _PLACES):
            return "unknown"
        if x.pos == y.pos == "PROPN":
            return "same" if x.lower == y.lower else "other"
        if "PROPN" in {x.pos, y.pos}:
            described, named = (y, x) if x.pos == "PROPN" else (x, y)
            single = described.tag == "NN" and named.tag == "NNP" and named.entity in {"PERSON", ""}
            if x.sentence == y.sentence or any(True for _ in self.arguments.children(described.index, ("poss",))):
                return "other"  # "Marten and his driver"
            apart = bool(one.sectors and other.sectors) and not set(one.sectors) & set(other.sectors)
            return "maybe" if single and not apart else "other"
        last = max(a, b)
        if x.lemma == y.lemma:
            return "same" if self.reader.marked(last) or self._part(one) or self._part(other) else "other"
        if bool(one.sectors) != bool(other.sectors) and not x.entity and not y.entity and "NUM" not in {x.pos, y.pos}:
            return "unknown"
        known = self.reader.marked(last) and self.arguments.token(last).lemma in self.words.anybody
        return "maybe" if known else "other"

    def _part(self, actor: Actor) -> bool:
        """Whether a party is told as some of a number ("two of three engineers")."""
        root = self._root(actor)
        counts = () if root is None else tuple(self.arguments.children(root, ("nummod",)))
        head = self._head(actor)
        if counts and head is not None and self.arguments.token(head).pos == "NUM" and head != root:
            return True
        return any(
            self.arguments.token(c).lower == "of" for i in counts for c in self.arguments.children(i, ("quantmod",))
        )

    def _root(self, actor: Actor) -> int | None:
        """The word that heads a party, that which is counted where it only counts."""
        head = self._head(actor)
        return None if head is None else self.arguments.kernel(head)

    def _head(self, actor: Actor) -> int | None:
        span = actor.via.span if actor.via is not None else actor.span
        outer = () if span is None else self.arguments.parse.heads_in(self.arguments.parse.tokens_in(span))
        return outer[0] if outer else None


def told(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those of *actors* who are somebody: no "who" of a question, no "no group", no "those" of whom nothing is told."""
    return tuple(a for a in actors if a.text is None or not _nobody(a))


def _nobody(actor: Actor) -> bool:
    words = (actor.text or "").casefold().split()
    return not words or words[0] in _NOBODY or (actor.via is None and words[0] in _POINTING and len(words) == 1)


def _here(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those of *actors* whom the clause itself tells."""
    return tuple(a for a in told(actors) if a.span is not None)


def captors(actors: tuple[Actor, ...]) -> bool:
    """Whether *actors* hold people against the law: armed, and no army or police."""
    sectors = {s for a in actors for s in a.sectors}
    return bool(sectors & ARMED) and not sectors & (_FORCES | {"GOV"})


def _words(actor: Actor) -> str:
    text = (actor.via.text if actor.via is not None else actor.text) or ""
    return " ".join(w for w in text.casefold().split() if w not in _ARTICLES)


def _other_place(a: Place | None, b: Place | None) -> bool:
    """Whether two places that the words name are not one, nor one within the other."""
    if a is None or b is None or "inferred" in {a.basis, b.basis} or a.place_id is None or b.place_id is None:
        return False
    if a.place_id == b.place_id:
        return False
    if a.country != b.country:
        return True
    wide = [p for p in (a, b) if p.precision in _WIDE]
    if not wide:
        return True
    return all(p.precision == "province" for p in wide) and a.admin1 != b.admin1
