"""Beside deeds: who is only told of beside a deed, and has no part in it ("the senator opted for a speech after the
attack", "authorities were treating it as an attack")."""

from __future__ import annotations

import re

from onrecord.coding.arguments import Arguments
from onrecord.model import Actor

_BESIDE = frozenset({"after", "before", "since", "until", "following", "as"})
_SPEAKING = frozenset({"GOV", "LEG", "ELI", "PTY", "JUD", "JRN", "EDU"})
"""Who comments on the attacks that reports tell of."""

_ARMED = frozenset({"REB", "UAF", "MIL", "COP"})
_DAY = re.compile(r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? ?\d")


def only_beside(arguments: Arguments, noun: int, index: int, actor: Actor) -> bool:
    """Whether *actor*, at token *index*, speaks or decides in the clause beside whose time a *noun* of force tells."""
    sectors = set(actor.sectors)
    if not sectors & _SPEAKING or sectors & _ARMED or arguments.token(noun).pos not in {"NOUN", "PROPN"}:
        return False
    token = arguments.token(noun)
    if token.left <= index <= token.right:
        return False  # told in the phrase of the noun itself
    for above in (noun, *arguments.parse.ancestors(noun)):
        word = arguments.token(above)
        if word.pos in {"VERB", "AUX"}:
            return False
        if word.lower in _BESIDE and word.dep in {"prep", "mark"}:
            return not word.left <= index <= word.right
    return False


def names_day(actor: Actor) -> bool:
    """Whether words taken for a party name a day ("the attacks of Sept.11")."""
    return bool(_DAY.match(actor.text or "")) and actor.actor_id is None
