"""Peoples of no one country: who is told of all over the world is not of the country that a report is about.

Muslims, refugees and terrorists live and strike in many countries, two armies are of two, and "our soldiers" are of the
speaker's country wherever they fight.
"""

from __future__ import annotations

import re

from onrecord.ground.registry import Registry
from onrecord.lexicon.whose import whose
from onrecord.model import Actor, EventClaim, Layers, Parse

_STATE_CODE = 3
_OF_SEVERAL = frozenset({"ethnic", "continental"})
_IN_IT = re.compile(r" (?:in|across|throughout|around|of|from) (?:the )?")
_SPREAD = frozenset({"in", "across", "around", "throughout", "of", "from", "all"})
_ARTICLES = frozenset({"the", "this", "that", "its", "his", "her", "their"})


def is_worldwide(actor: Actor, head: str, registry: Registry) -> bool:
    """Whether *actor*, whose words the noun *head* heads, are refugees, people of a faith or of several countries,
    or those who strike anywhere."""
    known = registry.tables.demonyms(head)
    if known and all(d.state is None and d.kind in _OF_SEVERAL for d in known):
        return True
    words = (actor.text or "").lower().split()
    if any(word.removesuffix("s") in whose("striking") for word in (head, *words)):
        return True  # "terrorist groups" and "the families of terrorists" too
    if head in whose("fled") or f"{head.removesuffix('s')}s" in whose("faith"):
        return True
    return head == "minority" and not whose("minorities").isdisjoint(words)


def is_several(actor: Actor) -> bool:
    """Whether the words mean what each of several countries has of its own ("the two armies", "both governments")."""
    words = (actor.text or "").lower().split()
    first = any(" ".join(words[:n]) in whose("several") for n in (1, 2))
    return first and words[-1] in whose("each_has")


def of_us(actor: Actor, head: str) -> bool:
    """Whether the words mean what a speaker's own country has: "our troops", "the administration"."""
    words = (actor.text or "").lower().split()
    if words and words[0] in whose("own"):
        return True
    return head in whose("own_rule") and len(words) <= 2 and words[0] in _ARTICLES | {head}


def held_abroad(actor: Actor, layers: Layers) -> bool:
    """Whether the words mean people whom a country holds outside its borders, and who are of others yet."""
    parse = layers.parse
    own = parse.tokens_in(actor.span) if actor.span is not None and actor.field == "text" else ()
    heads = [i for i in parse.heads_in(own) if parse.tokens[i].lemma in whose("held")]
    around = (t for i in heads for t in parse.tokens_in(parse.subtree(i)))
    return any(parse.tokens[i].lower in whose("held_abroad") for i in around)


def of_a_region(actor: Actor, layers: Layers) -> bool:
    """Whether the words say that people are of a part of the world, or of all of it ("Christians in the Sahel")."""
    if actor.span is None or actor.field != "text":
        return False
    parse = layers.parse
    own = parse.tokens_in(actor.span)
    wide = {p.span.start for p in layers.toponyms if p.span is not None and p.country is None and _a_region(p.place_id)}
    for head in parse.heads_in(own):
        for prep in parse.children[head]:
            if parse.tokens[prep].dep != "prep" or parse.tokens[prep].lower not in _SPREAD:
                continue
            for i in parse.children[prep]:
                first = parse.tokens[parse.tokens[i].left]
                if parse.tokens[i].lemma in whose("wide") or any(
                    first.start <= at <= parse.tokens[i].start for at in wide
                ):
                    return True
    # The parser may hang the region on the verb: "killed civilians in Western Europe".
    behind = (parse.text[actor.span.end : at] for at in wide if at > actor.span.end)
    return any(_IN_IT.fullmatch(words) for words in behind)


def _a_region(place_id: str | None) -> bool:
    return (place_id or "").startswith("region:")


def keeps_out(event: EventClaim, parse: Parse) -> bool:
    """Whether *event* is that people of other countries are kept from coming to its place."""
    held = parse.tokens_in(event.trigger.span) if event.trigger.span is not None else ()
    if any(parse.tokens[i].lemma.lower() in whose("keeping_out") for i in held):
        return True
    within = parse.tokens_in(event.span) if event.span is not None and event.field == "text" else ()
    return any(parse.tokens[i].lemma.lower() in whose("entering") for i in within)
