"""Offices in bodies that the registry does not have: the vice president of a company is none of a government's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from onrecord.ground.by_subject import by_subject
from onrecord.ground.chambers import names_committee, of_chamber
from onrecord.ground.mentions import Name
from onrecord.ground.offices import FORMER
from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import SectorWord
from onrecord.lexicon.tables import data_folder, read_rows
from onrecord.lexicon.whose import whose
from onrecord.model import Parse

_OF = frozenset({"of", "for", "at", "with"})
_POWER = frozenset({"GOV", "LEG", "JUD", "UNK"})
_BODIES = frozenset({"BUS", "EDU", "LAB", "REL", "MED", "SOC", "JRN", "AGR"})
_ELITE, _SERVING = frozenset({"GOV", "LEG", "JUD"}), frozenset({"MIL", "COP", "SPY"})
_PLACES = frozenset({"GPE", "LOC", "NORP"})
_HELD = frozenset({"poss", "compound", "nmod"})


def office_word(parse: Parse, index: int, names: Mapping[int, Name], registry: Registry) -> SectorWord | None:
    """The sector word at token *index*; that of an office in a body unknown to the registry has the body's sectors
    ("president of Marle Steel Inc."), UNK where the name tells none."""
    word = registry.sector_word(parse, index)
    if word is not None:
        word = by_subject(_of_body(_as_left(word, parse, index), parse, index, registry), parse, index)
    if word is not None and of_chamber(parse, index):
        return replace(word, sectors=("LEG",), office=None, kind="person")
    if word is not None and names_committee(parse, index):
        return None
    if word is None or word.kind not in {"office", "person"} or not word.sectors or not set(word.sectors) <= _POWER:
        return word
    body = _unknown_body(parse, index, names)
    if body is None or {parse.tokens[i].lower for i in range(body.first, body.last + 1)} <= set(word.lemma.split()):
        return word  # "Defence" of "Defence Minister" is no body
    told = _endings()
    ending = next((told[w] for i in reversed(range(body.first, body.last + 1)) if (w := _bare(parse, i)) in told), None)
    if ending is None and (body.label in _PLACES or registry.sector_word(parse, body.last) is not None):
        return word
    return replace(word, sectors=ending or ("UNK",), office=None, kind="person")


def _as_left(word: SectorWord, parse: Parse, index: int) -> SectorWord:
    """*word* for somebody who has left what it tells: "a retired naval officer" is of no navy."""
    said = {parse.tokens[c].lower.removesuffix("-") for c in parse.children[index]}
    if word.kind != "person" or not said & (FORMER | {"retired"}) or FORMER & set(word.lemma.replace("-", " ").split()):
        return word
    if set(word.sectors) & _ELITE:
        return replace(word, sectors=("UNK",) if word.lemma in whose("of_person") else ("ELI",))
    return replace(word, sectors=("CVL",)) if set(word.sectors) & _SERVING else word


def _of_body(word: SectorWord, parse: Parse, index: int, registry: Registry) -> SectorWord:
    """*word*, an office that unions, schools and firms have too, with the sector of such a body beside it."""
    if word.lemma not in whose("in_any_body"):
        return word
    of = (c for p in parse.children[index] if parse.tokens[p].lower == "of" for c in parse.children[p])
    for child in (*(c for c in parse.children[index] if parse.tokens[c].dep in _HELD and c < index), *of):
        body = registry.sector_word(parse, child) if parse.tokens[child].pos == "NOUN" else None
        if body is not None and body.kind == "institution" and set(body.sectors) <= _BODIES:
            return replace(word, sectors=body.sectors, office=None, kind="person")
    return word


def _unknown_body(parse: Parse, index: int, names: Mapping[int, Name]) -> Name | None:
    """The organisation behind or before the office at *index*, where the registry does not have it."""
    for name in _held_by(parse, index, names):
        unknown = name.entity is None and (name.place is None or name.place.place_id is None)
        return name if unknown else None
    return None


def _held_by(parse: Parse, index: int, names: Mapping[int, Name]) -> Iterable[Name]:
    for child in parse.children[index]:
        token = parse.tokens[child]
        if token.dep == "prep" and token.lower in _OF:
            yield from (names[c] for c in parse.children[child] if parse.tokens[c].dep == "pobj" and c in names)
        elif token.dep in _HELD and child < index and child in names and names[child].label not in _PLACES:
            yield names[child]


def _bare(parse: Parse, index: int) -> str:
    return parse.tokens[index].lower.replace(".", "")


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    rows = read_rows(data_folder() / "actors" / "body_endings.csv", ("word", "sectors", "origin"))
    return {row["word"]: tuple(row["sectors"].split()) for row in rows}
