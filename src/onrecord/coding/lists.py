"""Lists: members of an enumeration that the parser lost: set between commas or semicolons, counted one by one, with the
age behind each name, or cut off by a clause."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.coding.lists_before import before
from onrecord.model import Parse

_BEFORE_NOUN = frozenset({"det", "amod", "compound", "nummod", "nmod", "poss", "case", "predet", "quantmod", "cc"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PEOPLE_OR_NONE = frozenset({"PERSON", ""})
_NOUNS = frozenset({"NOUN", "PROPN"})
_OLDEST = 120
_FAR = 12


def further(parse: Parse, index: int) -> tuple[int, ...]:
    """Heads of what is listed with the noun at token *index* without being joined to it in the tree."""
    token = parse.tokens[index]
    if token.pos not in _NOUNS:
        return ()
    found = [
        *before(parse, index),
        *_counted_before(parse, index),
        *_counted_beside(parse, index),
        *_cut_off(parse, index),
    ]
    if token.pos == "PROPN":
        found += [*_apposed(parse, index), *_aged(parse, index)]
    return tuple(dict.fromkeys(i for i in found if i != index))


def _apposed(parse: Parse, index: int) -> Iterator[int]:
    """ "The Interior Guard, the Rangers and the Harbour Police": names that the parser takes for another name of the
    first, though "and" ends the list and no comma closes it."""
    tokens = parse.tokens
    first = tokens[index]
    for child in parse.children[index]:
        beside = tokens[child]
        if beside.dep != "appos" or beside.pos != "PROPN" or child < index or tokens[beside.left - 1].text != ",":
            continue
        if not ({first.entity, beside.entity} <= _NAMES | {""} and (first.entity or beside.entity)):
            continue
        joined = [c for c in parse.children[child] if tokens[c].dep == "conj" and tokens[c].pos == "PROPN"]
        if not joined or not any(tokens[c].dep == "cc" for c in parse.children[child]):
            continue
        people = first.entity == beside.entity == "PERSON"
        last = max(tokens[c].right if people else c for c in joined)
        closed = last + 1 < len(tokens) and tokens[last + 1].text == ","
        if people or not closed:
            yield child
            yield from joined


def _counted_before(parse: Parse, index: int) -> Iterator[int]:
    """ "24 civilians, 24 fighters, and 25 guards": a counted noun before a list of them that the parser left out."""
    tokens = parse.tokens
    if not _counted(parse, index) or tokens[index].dep == "conj":
        return
    if not any(tokens[c].dep == "conj" and _counted(parse, c) for c in parse.children[index]):
        return
    comma = min((c for c in parse.children[index] if tokens[c].dep == "nummod"), default=index) - 1
    if comma < 1 or tokens[comma].text != "," or tokens[comma - 1].sentence != tokens[index].sentence:
        return
    before = comma - 1
    if tokens[before].pos == "NOUN" and _counted(parse, before):
        yield before


def _counted_beside(parse: Parse, index: int) -> Iterator[int]:
    """ "12 villagers, 30 fighters and 14 guards": counted nouns that the parser takes for another name of the first."""
    tokens = parse.tokens
    if not _counted(parse, index):
        return
    for child in parse.children[index]:
        if tokens[child].dep != "appos" or tokens[child].pos != "NOUN" or not _counted(parse, child):
            continue
        joined = [c for c in parse.children[child] if tokens[c].dep == "conj" and _counted(parse, c)]
        yield from (child, *joined) if joined else ()


def _counted(parse: Parse, index: int) -> bool:
    return any(parse.tokens[c].dep == "nummod" and c < index for c in parse.children[index])


def _cut_off(parse: Parse, index: int) -> Iterator[int]:
    """What stands behind "and" at a noun whose partner the parser took for the subject of the verb that follows
    ("between the rebels and the army began", "the murder of 6 soldiers and 1 officer raised")."""
    tokens = parse.tokens
    preposition = tokens[tokens[index].head]
    if tokens[index].dep != "pobj" or any(tokens[c].dep == "conj" for c in parse.children[index]):
        return
    joint = index + 1
    if joint + 1 >= len(tokens) or tokens[joint].lower != "and" or tokens[joint].head == index:
        return
    partner = noun_from(parse, joint + 1)
    if partner is None or tokens[partner].dep not in {"nsubj", "nsubjpass"}:
        return
    if preposition.lower == "between":
        yield partner
        return
    upper = tokens[preposition.head]
    shared = upper.dep in {"nsubj", "nsubjpass"} and upper.head == tokens[partner].head
    if shared and tokens[joint].head == upper.index and _counted(parse, index) and _counted(parse, partner):
        yield partner


def _aged(parse: Parse, index: int) -> Iterator[int]:
    """ "Ana Reyes, 23, Luis Bravo, 20, and Eva Sol, 24"; "Ana Reyes, 42; Luis Bravo, 19; a guard; and a clerk"."""
    tokens = parse.tokens
    while (behind := _behind_age(parse, index)) is not None:
        mark, start = tokens[behind].text, behind + 1
        if start < len(tokens) and tokens[start].lower == "and":
            start += 1
        following = noun_from(parse, start)
        if following is None or tokens[following].sentence != tokens[index].sentence:
            return
        named = tokens[following].pos == "PROPN" and tokens[following].entity in _PEOPLE_OR_NONE
        if not (named and following > start) and mark != ";":
            return
        yield following
        index = following


def _behind_age(parse: Parse, index: int) -> int | None:
    """Index of the comma or semicolon behind the age that follows a name, or of the semicolon behind a longer item."""
    tokens = parse.tokens
    while index + 1 < len(tokens) and tokens[index].entity == tokens[index + 1].entity == "PERSON":
        index += 1
    if index + 3 < len(tokens) and tokens[index + 1].text == ",":
        age = tokens[index + 2].text
        if age.isascii() and age.isdigit() and int(age) <= _OLDEST and tokens[index + 3].text in {",", ";"}:
            return index + 3
    listed = any(tokens[i].text == ";" for i in range(max(0, index - 4), index))
    for i in range(index + 1, min(index + _FAR, len(tokens))) if listed else ():
        if tokens[i].text == ";":
            return i
        if tokens[i].sentence != tokens[index].sentence:
            return None
    return None


def noun_from(parse: Parse, start: int) -> int | None:
    """Head of the noun phrase that begins at token *start*, None where none does."""
    tokens = parse.tokens
    if start >= len(tokens):
        return None
    index = start
    for _ in range(_FAR):
        token = tokens[index]
        if token.dep not in _BEFORE_NOUN or not start <= token.head <= start + _FAR or token.head <= index:
            break
        index = token.head
    return index if tokens[index].pos in _NOUNS else None
