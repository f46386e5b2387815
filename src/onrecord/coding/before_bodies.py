"""Requests made before a body: who attends a council's meeting to ask for something asks the council for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import Parties
from onrecord.coding.tellings import called
from onrecord.coding.tolls import as_inferred
from onrecord.lexicon.aimed import load_aimed
from onrecord.model import Actor, EventClaim

_BEFORE = ("before", "at", "to", "in", "during")
_REACH = 2
"""Sentences behind the first request in which the same person goes on asking."""


def with_bodies_asked(claims: Sequence[EventClaim], arguments: Arguments, parties: Parties) -> list[EventClaim]:
    """*claims* in their order; requests without a recipient are made of the body at whose meeting they are made."""
    found: list[EventClaim] = []
    asked: tuple[int, str, Actor] | None = None
    for claim in claims:
        head = _head(claim, arguments) if claim.event_type == "REQUEST" and claim.actor else None
        if head is None or any(_is_somebody(r, arguments, parties) for r in claim.recipient):
            found.append(claim)
            continue
        here, who = arguments.token(head).sentence, called(claim.actor[0])
        body = _attended(head, arguments, parties)
        if body is not None:
            asked = (here, who, body)
        elif asked is not None and (here - asked[0] > _REACH or not _same(who, asked[1])):
            asked = None
        goes_on = arguments.token(head).lemma in load_aimed().requesting and not claim.recipient
        if asked is None or (body is None and not goes_on):
            found.append(claim)
            continue
        found.append(replace(claim, recipient=(as_inferred(asked[2], "asked at its meeting"),)))
    return found


def _head(claim: EventClaim, arguments: Arguments) -> int | None:
    inside = (
        () if claim.trigger.span is None or claim.field != "text" else arguments.parse.tokens_in(claim.trigger.span)
    )
    return next((i for i in inside if arguments.token(i).pos == "VERB"), None)


def _is_somebody(actor: Actor, arguments: Arguments, parties: Parties) -> bool:
    """Whether a recipient is people or a body, not the thing for which help is asked."""
    if actor.country or actor.sectors or actor.actor_id or actor.span is None:
        return True
    inside = arguments.parse.tokens_in(actor.span)
    return not inside or arguments.token(inside[-1]).pos != "NOUN" or parties.is_human(inside[-1])


def _attended(verb: int, arguments: Arguments, parties: Parties) -> Actor | None:
    """The body before which somebody comes to ask ("attended the council's meeting to ask"), None for others."""
    above = arguments.token(arguments.token(verb).head)
    purpose = arguments.token(verb).dep in {"advcl", "xcomp", "relcl", "acl"} and arguments.token(verb).tag == "VB"
    if purpose and above.pos == "NOUN" and above.lemma in load_aimed().sittings:  # the purpose hung on the meeting
        return _body(above.index, arguments, parties)
    if above.lemma not in load_aimed().attending and not (purpose and above.pos == "VERB"):
        return None
    return next((b for i in _places(above.index, arguments) if (b := _body(i, arguments, parties)) is not None), None)


def _places(verb: int, arguments: Arguments) -> Iterator[int]:
    if arguments.token(verb).lemma not in load_aimed().attending:
        return
    yield from arguments.objects(verb)
    held = arguments.obliques(verb)
    for word in _BEFORE:
        yield from held.get(word, ())


def _body(index: int, arguments: Arguments, parties: Parties) -> Actor | None:
    """The council of "a council", "the council's meeting" or "Monday's city council meeting"."""
    token = arguments.token(index)
    if token.lemma in load_aimed().sittings:
        inner = (c for c in arguments.children(index, ("compound", "poss", "nmod")) if _is_body(c, arguments))
        index = next(inner, -1)
    if index < 0 or not _is_body(index, arguments):
        return None
    if (known := parties.party(index)) is not None:
        return known
    first = index
    while (
        first and arguments.token(first - 1).pos in {"PROPN", "NOUN"} and arguments.token(first - 1).dep == "compound"
    ):
        first -= 1
    span = arguments.parse.span(first, index)
    return Actor(text=span.of(arguments.parse.text), span=span, basis="described")


def _is_body(index: int, arguments: Arguments) -> bool:
    token = arguments.token(index)
    return token.lower in load_aimed().councils or token.lemma.lower() in load_aimed().councils


def _same(one: str, other: str) -> bool:
    """Whether two calls are of one person, as far as surnames tell."""
    return bool(one) and bool(other) and one.rsplit(maxsplit=1)[-1] == other.rsplit(maxsplit=1)[-1]
