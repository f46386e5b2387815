"""Lists whose first member the parser lost: it stands before the subject, hung on something else or left alone."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Parse

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PARKED = frozenset({"npadvmod", "dep", "nmod", "dobj", "ROOT", "compound", "amod"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_TITLES = frozenset({"sgt", "sgt.", "lt", "lt.", "capt", "capt.", "officer", "deputy", "cpl", "cpl.", "dr", "dr.", "."})


def before(parse: Parse, index: int) -> Iterator[int]:
    """Heads of what is listed before the subject at token *index* without being joined to it in the tree."""
    token = parse.tokens[index]
    if token.dep not in _SUBJECTS or token.pos not in _NOUNS or token.left < 2:
        return
    if any(parse.tokens[c].dep == "conj" for c in parse.children[index]):
        yield from _named(parse, index)
    else:
        yield from _beside_title(parse, index)


def _named(parse: Parse, index: int) -> Iterator[int]:
    """ "Comrades Mensah, Sarpong and Tetteh were murdered": a name and a comma before the names that are joined."""
    tokens = parse.tokens
    comma = tokens[index].left - 1
    if tokens[comma].text != "," or tokens[index].pos != "PROPN":
        return
    name = tokens[comma - 1]
    same = name.sentence == tokens[index].sentence and name.pos == "PROPN" and name.entity in {"PERSON", ""}
    if same and name.dep in _PARKED and tokens[index].entity in {"PERSON", ""}:
        yield name.index


def _beside_title(parse: Parse, index: int) -> Iterator[int]:
    """ "Mensah and a partner, Sgt. Ama Tetteh, were shot": whom the parser takes for a clause of its own, where the
    name tells who the partner is."""
    tokens = parse.tokens
    start = tokens[index].left
    while start > 1 and tokens[start - 1].lower in _TITLES:
        start -= 1
    behind = index + 1 < len(tokens) and tokens[index + 1].text == ","
    if tokens[start - 1].text != "," or not behind or tokens[index].entity != "PERSON":
        return
    partner = tokens[start - 2]
    first = tokens[partner.head]
    joined = partner.dep == "conj" and first.index < partner.index and first.pos in _NOUNS
    if joined and partner.index - first.index <= 4 and tokens[partner.index].sentence == first.sentence:
        yield first.index
