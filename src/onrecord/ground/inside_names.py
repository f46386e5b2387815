"""Names inside longer ones: "Clinton" in "Chelsea Clinton", "Kerry" in "Kerry Washington", "Stark" in "Stark Group"."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.speakers import load_body_words
from onrecord.model import Parse

TITLES = frozenset(
    "mr mrs ms dr president premier prime minister senator sen rep gov governor general gen colonel col secretary "
    "chancellor king queen prince sheikh sheik ayatollah mullah imam pope chairman justice judge lt sgt capt captain "
    "major maj admiral adm commander chief director spokesman spokeswoman ambassador deputy vice former sir".split()
)
_FOUNDED = ("company", "university", "institute", "hospital")
"""Kinds of bodies that are called after people who are not the ones that act."""


def inside_longer_name(parse: Parse, first: int, last: int) -> bool:
    """Whether tokens [first, last] are part of a longer personal name: "Clinton" in "Chelsea Clinton"."""
    number = parse.tokens[last].entity_id
    if number < 0 or parse.entities[number].label != "PERSON":
        return False
    entity = parse.entities[number]
    above = parse.tokens[parse.tokens[last].head]
    if parse.tokens[last].dep == "compound" and last < above.index <= entity.last and not above.text.isupper():
        return True  # a given name, and not "the Clinton PAC"
    outside = [i for i in range(entity.first, entity.last + 1) if i < first or i > last]
    return any(
        parse.tokens[i].pos == "PROPN"
        and parse.tokens[i].dep
        in {"compound", "flat", "nmod", "dep"} | ({parse.tokens[last].dep} if i > last else set())
        and parse.tokens[i].lower.rstrip(".") not in TITLES
        for i in outside
    )


def called_after(parse: Parse, last: int) -> bool:
    """Whether the name that ends with token *last* stands before the noun of a body that is only called after somebody
    ("the Stark Group")."""
    token = parse.tokens[last]
    above = parse.tokens[token.head]
    if token.dep not in {"compound", "nmod"} or not last < above.index <= last + 2:
        return False
    return above.text[0].isupper() and above.lower.rstrip(".") in _nouns()


@cache
def _nouns() -> frozenset[str]:
    named = load_body_words().named
    return frozenset(word for kind in _FOUNDED for word in named[kind][0])
