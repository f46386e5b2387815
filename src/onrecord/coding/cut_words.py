"""Cut words: parties of which the parser took too much or too little, mended in the claims of a report.

Local news writes what parsers misread: datelines behind a heading on one line ("HARMA - A man"), clauses without their
"whom" ("a man police called a thief was held"), and titles behind a body of several words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.coding.arguments import Arguments
from onrecord.model import Actor, EventClaim, Span

_DASHES = frozenset({"-", "–", "—", "--"})
_OPENING = 4
"""Sentences at the start, headings included, in which a dateline may stand."""

_OFFICIALS = frozenset("police authorities prosecutors investigators detectives deputies officials troopers".split())
_SOMEBODY = frozenset("man woman boy girl person suspect teenager teen couple driver student resident".split())
_TITLES = frozenset("president spokesman spokeswoman director chairman chairwoman chief manager secretary head".split())


def with_whole_words(claims: Sequence[EventClaim], arguments: Arguments) -> list[EventClaim]:
    """*claims* in their order, their parties without datelines and misread clauses, titles with whose they are."""
    reader = _Reader(arguments)
    return [reader.mended(c) for c in claims]


class _Reader:
    def __init__(self, arguments: Arguments) -> None:
        self.parse = arguments.parse

    def mended(self, claim: EventClaim) -> EventClaim:
        roles = {r: self._mended(getattr(claim, r), r, claim) for r in ("actor", "recipient")}
        changed = any(roles[r] != getattr(claim, r) for r in roles)
        return replace(claim, **roles) if changed else claim  # type: ignore[arg-type]

    def _mended(self, parties: tuple[Actor, ...], role: str, claim: EventClaim) -> tuple[Actor, ...]:
        found: list[Actor] = []
        for actor in parties:
            inside = self._inside(actor)
            if not inside or self._is_dateline(inside):
                found.extend(() if inside else (actor,))
                continue
            if found and (whole := self._titled(found[-1], actor, inside)) is not None:
                found[-1] = whole
                continue
            found.append(self._apart(actor, inside, role, claim))
        return tuple(found)

    def _inside(self, actor: Actor) -> range:
        plain = actor.span is not None and actor.field == "text" and not actor.spans
        return self.parse.tokens_in(actor.span) if plain and actor.span is not None else range(0)

    def _is_dateline(self, inside: range) -> bool:
        """Whether a name stands at the start of a sentence before a dash, with which a report opens."""
        tokens = self.parse.tokens
        sentence = tokens[inside[0]].sentence
        end = inside[-1] + 1
        if sentence >= _OPENING or inside[0] != self.parse.sentences[sentence][0] or end + 1 >= len(tokens):
            return False
        named = all(tokens[i].pos == "PROPN" or tokens[i].text == "," for i in inside)
        apart = tokens[end].text in _DASHES and tokens[end].start > tokens[end - 1].end < tokens[end + 1].start
        return named and apart and tokens[end + 1].text[0].isupper() and tokens[end + 1].pos != "PROPN"

    def _titled(self, body: Actor, holder: Actor, inside: range) -> Actor | None:
        """The holder of a title with the body before it ("Guild of Bakers president Karim Saleh"), None for others."""
        before = self._inside(body)
        first = self.parse.tokens[inside[0]]
        if not before or before[-1] + 1 != inside[0] or first.text not in _TITLES or len(inside) < 2:
            return None
        if self.parse.tokens[inside[-1]].pos != "PROPN" or body.span is None or holder.span is None:
            return None
        span = Span(body.span.start, holder.span.end)
        sectors = () if holder.actor_id is None else holder.sectors  # a body's president governs nobody
        return replace(holder, text=span.of(self.parse.text), span=span, sectors=sectors)

    def _apart(self, actor: Actor, inside: range, role: str, claim: EventClaim) -> Actor:
        """*actor* without what a clause tells of it ("a man police" in "a man police called a thief was held")."""
        tokens = self.parse.tokens
        last = tokens[inside[-1]]
        who = [i for i in inside[:-1] if tokens[i].lower in _SOMEBODY and tokens[i].tag == "NN"]
        if last.text not in _OFFICIALS or not who or actor.actor_id is not None or last.index + 1 >= len(tokens):
            return actor
        if tokens[inside[0]].lower not in {"a", "an", "the"} or tokens[last.index + 1].tag not in {"VBD", "VBP", "VBZ"}:
            return actor
        start = claim.trigger.span.start if claim.trigger.span is not None else 0
        acts = role == "actor" and last.end <= start <= tokens[last.index + 1].end
        part = range(who[-1] + 1, last.index + 1) if acts else range(inside[0], who[-1] + 1)
        span = self.parse.span(part[0], part[-1])
        sectors = tuple(s for s in actor.sectors if (s == "COP") == acts)
        return replace(actor, text=span.of(self.parse.text), span=span, sectors=sectors)
