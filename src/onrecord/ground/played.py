"""Codes that hang on the part played: whoever throws a bomb and is only "a man" is no civilian.

Grounding gives a code to each mention by its own words; what a party does or suffers in an event may speak against it.
Where it does the code goes, and nothing takes its place but what is sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.lexicon.whose import whose
from onrecord.model import Actor, Claim, ControlClaim, EventClaim, Layers, Parse, Place, RelationClaim, Span
from onrecord.text.phrases import DEFINITE

_CIVILIAN, _UNKNOWN, _UNIDENTIFIED = "CVL", "UNK", "UAF"
_ARMED = frozenset({"firearms", "explosives", "suicide-attack", "heavy-weapons", "abduct", "targeted"})
_BY_FORCE = frozenset({"seize", "restrict", "withhold"})
_OF_CROWDS = frozenset({"crowd-control"})
_TIED = frozenset("relate link connect tie suspect accuse charge wanted want belong associate affiliate".split())
"""What an arrested person is to a crime or its doers: "people linked to the cartel", "a man wanted for murder"."""
_CLAUSES = frozenset({"acl", "relcl", "amod"})
_NOBODY = frozenset("HLSRUV")
"""GeoNames classes of waters, areas, buildings, roads, the sea's floor and woods."""
_REPORT = "the country that the report is about"
_SIDES = "sides"
_DOUBTFUL = frozenset({"doubtful", _SIDES})
_THEIRS, _HIS = "theirs", "his"
_MEASURE = "measure"
_UNCODED = _DOUBTFUL | {_THEIRS, _HIS, _MEASURE}
_PLACES = frozenset({"GPE", "LOC", "NORP", "ORG"})


def as_played(claims: Iterable[Claim], layers: Layers) -> tuple[Claim, ...]:
    """*claims* without codes that the part played speaks against, and without UNK, which says nothing."""
    parse = layers.parse
    empty = tuple(p.span for p in layers.toponyms if p.span is not None and _unpeopled(p))
    listed = tuple(_without_places(claim, empty) for claim in claims)
    violent = {key for c in listed if isinstance(c, EventClaim) for a in _doers(c) for key in _keys(a, parse)}
    return tuple(_played(claim, parse, violent) for claim in listed)


def _played(claim: Claim, parse: Parse, violent: Collection[str]) -> Claim:
    if isinstance(claim, EventClaim):
        doers = _doers(claim)
        actor = tuple(_attacking(a, claim, parse) if a in doers else _known(a, parse) for a in claim.actor)
        recipient = tuple(_suffering(a, claim, parse, violent) for a in claim.recipient)
        return replace(claim, actor=actor, recipient=recipient)
    if isinstance(claim, ControlClaim):
        return replace(claim, holder=tuple(_known(a, parse) for a in claim.holder))
    if isinstance(claim, RelationClaim):
        subject, object_ = (tuple(_known(a, parse) for a in slots) for slots in (claim.subject, claim.object))
        return replace(claim, subject=subject, object=object_)
    return claim


def _unpeopled(place: Place) -> bool:
    """Whether a place stands for no people of its own: a building, a strait, a peninsula."""
    return place.feature_class in _NOBODY or (place.text or "").lower().endswith("peninsula")


def _without_places(claim: Claim, empty: Collection[Span]) -> Claim:
    """*claim* without the code of civilians for the places *empty*."""
    if not isinstance(claim, EventClaim) or not empty:
        return claim

    def bare(actor: Actor) -> Actor:
        place = actor.sectors == (_CIVILIAN,) and actor.basis == "named" and actor.actor_id is None
        at = actor.span is not None and any(actor.span.contains(span) for span in empty)
        return _without(actor, _CIVILIAN) if place and at and actor.via is None else actor

    return replace(claim, actor=tuple(map(bare, claim.actor)), recipient=tuple(map(bare, claim.recipient)))


def _doers(event: EventClaim) -> tuple[Actor, ...]:
    """Civilians by their codes who do violence in *event*, or take by force."""
    violent = event.event_type == "ASSAULT" and not _OF_CROWDS & set(event.modes)
    forced = event.event_type == "COERCE" and bool(_BY_FORCE & set(event.modes))
    if not (violent or forced) or event.modality.polarity == "negative":
        return ()
    return tuple(a for a in event.actor if _CIVILIAN in a.sectors[:1])


def _attacking(actor: Actor, event: EventClaim, parse: Parse) -> Actor:
    word = _word(actor, parse)
    armed = bool(_ARMED & set(event.modes))
    if word in _parts() and armed and _several(actor, word) and event.modality.certainty == "certain":
        return replace(actor, sectors=(_UNIDENTIFIED,))  # "two men threw a grenade"
    if word in _parts() or (armed and actor.basis == "named"):
        return _without(actor, _CIVILIAN)
    return _known(actor, parse)


def _suffering(actor: Actor, event: EventClaim, parse: Parse, violent: Collection[str]) -> Actor:
    if _CIVILIAN not in actor.sectors:
        return _known(actor, parse)
    if _parts().get(_word(actor, parse)) == "suspected" or any(key in violent for key in _keys(actor, parse)):
        return _without(actor, _CIVILIAN)
    if "arrest" in event.modes and _tied(actor, parse):
        return _without(actor, _CIVILIAN)
    return _known(actor, parse)


def _known(actor: Actor, parse: Parse) -> Actor:
    actor = _without(actor, _UNKNOWN) if _UNKNOWN in actor.sectors else actor
    if actor.actor_id is not None or actor.basis == "named" or len(actor.sectors) != 1:
        return actor
    parts = {part for word, part, code in _rows() if word in _forms(actor, parse) and code == actor.sectors[0]}
    if _SIDES in parts and whose("of_politics") & set((actor.text or "").lower().split()):
        parts.discard(_SIDES)
    foreign = _foreign(actor, parse)
    if not (foreign or parts & _DOUBTFUL or _of_somebody(actor, parse) or (_MEASURE in parts and _for(actor, parse))):
        return actor
    # The country of the whole report was lent to the code, and goes with it.
    lent = actor.basis == "inferred" and actor.span is not None and (actor.why or "").startswith(_REPORT)
    told = (
        replace(actor, country=None, basis="described", why=None)
        if foreign or (lent and _SIDES not in parts)
        else actor
    )
    return replace(told, sectors=())


def _of_somebody(actor: Actor, parse: Parse) -> bool:
    """Whether a word is a state's or a country's only where nobody has them: "his opponents", "Smith's deputies"."""
    span = actor.via.span if actor.via is not None else actor.span
    words = {word: part for word, part, code in _rows() if part in {_THEIRS, _HIS} and code == actor.sectors[0]}
    for i in parse.tokens_in(span) if span is not None and words else ():
        part = words.get(parse.tokens[i].lemma.lower())
        owners = [parse.tokens[c] for c in parse.children[i] if parse.tokens[c].dep == "poss"] if part else []
        if any(t.tag == "PRP$" or (part == _THEIRS and t.pos == "PROPN" and t.entity not in _PLACES) for t in owners):
            return True
    return False


def _for(actor: Actor, parse: Parse) -> bool:
    """Whether people are told of as for or against a law, as legislators are and citizens."""
    head = _head(actor.span, parse) if actor.span is not None and actor.via is None else None
    of = [p for p in parse.children[head] if parse.tokens[p].lower == "of"] if head is not None else []
    return any(parse.tokens[c].lemma.lower() in whose("measure") for p in of for c in parse.children[p])


def _foreign(actor: Actor, parse: Parse) -> bool:
    """Whether a delegation is of a body that nobody knows, and so of no government as far as is known."""
    head = _head(actor.span, parse) if actor.span is not None and actor.via is None else None
    if head is None or actor.basis != "inferred" or parse.tokens[head].lemma.lower() != "delegation":
        return False
    return any(parse.tokens[c].dep in {"compound", "nmod"} for c in parse.children[head])


def _without(actor: Actor, *codes: str) -> Actor:
    return replace(actor, sectors=tuple(s for s in actor.sectors if s not in (*codes, _UNKNOWN)))


def _keys(actor: Actor, parse: Parse) -> tuple[str, ...]:
    """Words by which *actor* would be known again in the report: what it stands for, and "the man" with its article."""
    if _word(actor, parse) not in _parts() and actor.basis != "named":
        return ()
    told = [actor.via.text] if actor.via is not None else []
    if actor.text and (actor.basis == "named" or actor.text.split()[0].lower() in DEFINITE):
        told.append(actor.text)
    return tuple(" ".join(t.lower().split()) for t in told if t)


def _head(span: Span, parse: Parse) -> int | None:
    """The token of *span* whose head lies outside it."""
    return next(iter(parse.heads_in(parse.tokens_in(span))), None)


def _word(actor: Actor, parse: Parse) -> str:
    """The head word of *actor*, or of what it stands for: its lemma in lower case, "" where it has no words."""
    return next(iter(_forms(actor, parse)), "")


def _forms(actor: Actor, parse: Parse) -> tuple[str, ...]:
    """The head word of *actor* or of what it stands for, as lemma and as written, in lower case."""
    span = actor.via.span if actor.via is not None else actor.span
    head = _head(span, parse) if span is not None else None
    return () if head is None else (parse.tokens[head].lemma.lower(), parse.tokens[head].lower)


def _several(actor: Actor, word: str) -> bool:
    text = actor.via.text if actor.via is not None else actor.text
    return bool(text) and (text or "").split()[-1].lower() not in {word, "person", "people"}


def _tied(actor: Actor, parse: Parse) -> bool:
    """Whether a clause at the words of *actor* ties it to a crime or to its doers."""
    head = _head(actor.span, parse) if actor.span is not None and actor.via is None else None
    if head is None:
        return False
    clauses = (c for c in parse.children[head] if parse.tokens[c].dep in _CLAUSES)
    return any(parse.tokens[c].lemma.lower() in _TIED for c in clauses)


@cache
def _rows() -> tuple[tuple[str, str, str], ...]:
    rows = read_rows(data_folder() / "actors" / "anybody.csv", ("word", "part", "code", "origin"))
    return tuple((row["word"], row["part"], row["code"]) for row in rows)


@cache
def _parts() -> dict[str, str]:
    return {word: part for word, part, _ in _rows() if part not in _UNCODED}
