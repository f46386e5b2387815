"""What the words around the head of a mention say of it: its country, its organisation, its sector."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.ground.before_names import before_name
from onrecord.ground.mentions import Name
from onrecord.ground.offices_in import office_word
from onrecord.ground.owners import apposed, gathered
from onrecord.ground.party_words import party_of
from onrecord.ground.registry import Registry
from onrecord.lexicon.actors import Entity, SectorWord
from onrecord.lexicon.whose import whose
from onrecord.model import Parse, Place
from onrecord.text.phrases import modifiers

_BACKING = frozenset(
    "backed led supported sponsored funded financed trained armed equipped held linked aligned allied affiliated "
    "inspired friendly based brokered mediated imposed made built occupied controlled run born listed "
    "designated".split()
)
_PARTY_OFFICES = frozenset({"leader", "official", "strategist", "operative", "activist", "establishment"})
"""Words that mean the state's power, where a party's adjective does not stand before them."""

_CIVILIAN = ("CVL",)
_REGIONS = frozenset({"central", "latin", "south", "meso"})


@dataclass(frozen=True, slots=True)
class Signs:
    """What the words around a head say of it: countries, organisations and sectors, nearest first.

    ``part`` is the province or town that gave the first country, "" where a country's own name did.
    """

    countries: tuple[str, ...] = ()
    groups: tuple[Entity, ...] = ()
    people: tuple[Entity, ...] = ()
    words: tuple[SectorWord, ...] = ()
    part: str = ""


def signs_of(parse: Parse, head: int, names: dict[int, Name], registry: Registry) -> Signs:
    """What the words around the head at token *head* say of it."""
    countries: list[str] = []
    groups: list[Entity] = []
    people: list[Entity] = []
    words: list[SectorWord] = []
    part = ""
    theirs = any(parse.tokens[c].tag == "PRP$" for c in parse.children[head])
    around = list(modifiers(parse, head))
    beside = [c for c in parse.children[head] if parse.tokens[c].dep == "appos"]
    around += beside
    for i in around:
        if _only_backs(parse, i, head) or (theirs and parse.tokens[parse.tokens[i].head].lower == "in"):
            continue  # "his daughter in Arda" is there on a visit
        if parse.tokens[head].lemma in whose("from_abroad") and _prep(parse, i, head) == "in":
            continue  # "diplomats in Arda" are of other countries
        if _of_a_region(parse, i) or _of_a_thing(parse, i, head) or _only_holds(parse, i, head):
            continue
        name = names.get(i)
        if name is None:
            word = office_word(parse, i, names, registry)
            if word is not None and head in names and names[head].label == "PERSON":
                word = before_name(parse, i, head, names[head].first, word)
            if word is not None and i in beside:
                inner = (office_word(parse, m, names, registry) for m in modifiers(parse, i) if m not in names)
                words.extend(apposed(word, [w for w in inner if w is not None]))
            elif word is not None and not _only_owns(parse, i, head, names, registry):
                words.append(word)
            code = registry.demonym(parse.tokens[i].text)
            if code:
                countries.append(code)
        elif name.entity is not None and name.entity.kind == "person":
            people.append(name.entity)
        elif name.entity is not None:
            if name.entity.kind != "state":
                groups.append(name.entity)
            if name.entity.country and len(name.entity.country) == 3:
                countries.append(name.entity.country)
        elif name.place is not None and name.place.country:
            part = part or (_part(name.place, registry) if not countries else "")
            countries.append(name.place.country)
        elif name.label in {"NORP", "ORG"} and name.first == name.last:
            code = registry.demonym(parse.tokens[i].text)
            if code:
                countries.append(code)
            elif (party := party_of(parse.tokens[i].text, registry)) is not None and not countries:
                countries.append(party.country or "")
                if parse.tokens[head].lemma in _PARTY_OFFICES:
                    groups.append(party)
            elif name.label == "ORG" and (body := registry.sector_word(parse, i)) is not None:
                words.append(body)  # "members of Congress"
    return Signs(tuple(dict.fromkeys(countries)), tuple(groups), tuple(people), tuple(words), part)


def _of_a_region(parse: Parse, index: int) -> bool:
    """Whether a demonym stands for a part of the world: "american" of "central american presidents"."""
    return index > 0 and parse.tokens[index].lower == "american" and parse.tokens[index - 1].lower in _REGIONS


def _only_owns(parse: Parse, index: int, head: int, names: dict[int, Name], registry: Registry) -> bool:
    """Whether token *index* only tells whose people *head* are: "pastor" of "the pastor's wife", "a candidate's
    supporters"."""
    word = registry.sector_word(parse, head) if head not in names else None
    if word is None or gathered(parse, head, word).sectors != _CIVILIAN:
        return False
    top = index
    while parse.tokens[top].head != head and parse.tokens[top].head != top:
        top = parse.tokens[top].head
    return parse.tokens[top].dep in {"poss", "prep"}


def _only_holds(parse: Parse, index: int, head: int) -> bool:
    """Whether token *index* names where one country holds people of others: "Guantanamo detainees"."""
    if parse.tokens[head].lemma not in whose("held"):
        return False
    return any(parse.tokens[i].lower in whose("held_abroad") for i in parse.tokens_in(parse.subtree(index)))


def _prep(parse: Parse, index: int, head: int) -> str:
    """The preposition by which token *index* hangs on *head*, "" where it hangs on it otherwise."""
    prep = parse.tokens[parse.tokens[index].head]
    return prep.lower if prep.dep == "prep" and prep.head == head else ""


def _of_a_thing(parse: Parse, index: int, head: int) -> bool:
    """Whether a noun only tells of what kind the thing is that people are at: "press" of "critics at press events"."""
    token = parse.tokens[index]
    above = parse.tokens[token.head]
    if token.dep != "compound" or token.pos != "NOUN" or above.dep != "pobj" or above.tag != "NNS":
        return False
    held = parse.tokens[above.head]
    return held.head == head and held.lower in {"in", "at"}


def _part(place: Place, registry: Registry) -> str:
    """The name of *place* where it is a part of its country, not the country nor a seat of its government."""
    text = place.text or ""
    whole = place.precision in {None, "country"} or registry.is_capital(place.country or "", text)
    return "" if whole else place.name or text


def _only_backs(parse: Parse, index: int, head: int) -> bool:
    """Whether token *index* stands in a compound such as "Turkey-backed": it does not say whose *head* is."""
    for i in (index, *parse.ancestors(index)):
        if i == head:
            return False
        if parse.tokens[i].lower in _BACKING:
            return True
    return False
