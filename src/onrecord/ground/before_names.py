"""What a noun before a person's name says: "father Lopez" is a priest, "told police Lopez" says nothing of Lopez."""

from __future__ import annotations

from dataclasses import replace

from onrecord.lexicon.actors import SectorWord
from onrecord.model import Parse

_BODIES = frozenset({"force", "institution", "crowd"})
_CLERGY = frozenset({"father"})
_POINTING = frozenset({"det", "poss"})


def before_name(parse: Parse, index: int, head: int, first: int, word: SectorWord) -> SectorWord | None:
    """*word* at token *index* as it is meant of the person whose name begins at *first*; None where it says nothing.

    *head* is the head of the name. A body is no title; "father" is one where nobody's father is spoken of.
    """
    if index != first - 1 or parse.tokens[index].head != head:
        return word
    if word.kind in _BODIES and parse.tokens[index].pos == "NOUN":
        return None
    if word.lemma in _CLERGY and not any(parse.tokens[c].dep in _POINTING for c in parse.children[head]):
        return replace(word, sectors=("REL",))
    return word
