"""Titles: what a headline tells that the text below it does not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from onrecord.model import Actor, Claim, EventClaim, Place, Slot, Span, Time

AnySlot = TypeVar("AnySlot", Slot, Actor, Place, Time)

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHARE = 0.6
_SHORTEST = 3
_STEM = 5
_FUNCTION_WORDS = frozenset(
    "a an and after against amid as at before between by for from in into is near of off on or out over the to under "
    "up with".split()
)


def plain_case(title: str, body: str) -> str:
    """*title* without the capitals that only headlines have, offset for offset.

    Where most words of the title have a capital, each that the body writes small, in this form or another ("Arrest",
    "arrested"), is written small, but for the first; else *title* itself.
    """
    words = list(_WORD.finditer(title))
    long = [w for w in words if len(w.group()) > _SHORTEST]
    if not long or sum(w.group()[0].isupper() for w in long) < _SHARE * len(long):
        return title
    small = {w.group() for w in _WORD.finditer(body) if w.group()[0].islower()} | _FUNCTION_WORDS
    stems = {w[:_STEM] for w in small if len(w) >= _STEM}
    chars = list(title)
    for word in words[1:]:
        lower = word.group().lower()
        if len(lower) != len(word.group()):
            continue  # a letter whose small form is two
        if lower in small or (len(lower) >= _STEM and lower[:_STEM] in stems):
            chars[word.start() : word.end()] = lower
    return "".join(chars)


def from_title(found: Iterable[Claim], told: Iterable[Claim], title: str) -> tuple[Claim, ...]:
    """The event claims of *found*, coded from a title, of which *told*, the body's claims, has none of that type.

    Their spans point into *title*. What a headline attributes to somebody is left to the body.
    """
    types = {c.event_type for c in told if isinstance(c, EventClaim)}
    kept: list[Claim] = []
    for claim in found:
        if not isinstance(claim, EventClaim) or claim.event_type in types or not (claim.actor or claim.recipient):
            continue
        if any(link.role == "source" for link in claim.chain) or claim.links or claim.modality.mood != "asserted":
            continue
        kept.append(_moved(claim, title))
    return tuple(kept)


def _moved(claim: EventClaim, title: str) -> EventClaim:
    """*claim* with its words and spans in the title."""
    return replace(
        claim,
        field="title",
        key=f"t{claim.key}",
        text=claim.span.of(title),
        chain=tuple(link for link in claim.chain if link.span is None),
        caveats=(),
        figures=(),
        trigger=_slot(claim.trigger, title),
        actor=tuple(_slot(a, title) for a in claim.actor),
        recipient=tuple(_slot(a, title) for a in claim.recipient),
        object=None if claim.object is None else _slot(claim.object, title),
        instrument=tuple(_slot(i, title) for i in claim.instrument),
        place=None if claim.place is None else _slot(claim.place, title),
        time=None if claim.time is None else _slot(claim.time, title),
    )


def _slot(slot: AnySlot, title: str) -> AnySlot:
    """*slot* in the title; one whose words stand nowhere stays as it is."""
    if slot.span is None:
        return replace(slot, via=None)
    pieces: tuple[Span, ...] = slot.spans or (slot.span,)
    text = " ".join(piece.of(title) for piece in pieces)
    return replace(slot, text=text, field="title", via=None)
