"""Chairs of committees of a parliament: the "House Judiciary Chairwoman" is a legislator, not a judge."""

from __future__ import annotations

from functools import cache

from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.model import Parse

_CHAIRS = frozenset({"chair", "chairman", "chairwoman", "chairperson", "member", "leader", "whip"})
_COMMITTEES = frozenset({"committee", "subcommittee", "panel"})
_CHAMBERS = frozenset({"house", "senate", "congressional", "parliamentary", "assembly"})
_LONGEST = 6
_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ"})


def of_chamber(parse: Parse, index: int) -> bool:
    """Whether the chair or member at token *index* is one of a parliament's committee by the words before it."""
    if parse.tokens[index].lemma.lower() not in _CHAIRS:
        return False
    before = _before(parse, index)
    if before and before[0] in _COMMITTEES:
        del before[0]
        if any(" ".join(reversed(before[:n])) in _subjects() for n in (1, 2, 3) if len(before) >= n):
            return True
    chamber = next((n for n, word in enumerate(before) if word in _CHAMBERS), None)
    return chamber is not None and before[chamber + 1 : chamber + 2] != ["white"]


def names_committee(parse: Parse, index: int) -> bool:
    """Whether the word at token *index* only tells what a committee or its chair deals with ("Judiciary Chairman")."""
    after = parse.tokens[index + 1 : index + 2]
    if not after or parse.tokens[index].lower not in _subjects():
        return False
    return after[0].lemma.lower() in _CHAIRS | _COMMITTEES


def _before(parse: Parse, index: int) -> list[str]:
    """The words before token *index* in its noun phrase, the nearest first, in lower case."""
    found = []
    for i in range(index - 1, max(-1, index - 1 - _LONGEST), -1):
        token = parse.tokens[i]
        if token.sentence != parse.tokens[index].sentence or token.pos not in _PHRASE:
            break
        found.append(token.lower)
    return found


@cache
def _subjects() -> frozenset[str]:
    rows = read_rows(data_folder() / "actors" / "committees.csv", ("subject", "origin"))
    return frozenset(row["subject"] for row in rows)
