"""Pairs: two persons named together, or the two most in mind, as one."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading
from onrecord.attribute.salience import signs, weigh
from onrecord.lexicon.speakers import load_person_words, load_speaker_weights

PEOPLE = ("er", "or", "ist", "ian", "ant", "man", "woman", "eer", "ee", "people", "folk")
_TOGETHER = 5  # words between two persons and what joins them
_TAKEN_UP = 6  # sentences over which a pair is taken up again


def two_in_mind(reading: Reading, mention: Mention) -> One | None:
    """The pair told of last, else the person most in mind where another one is too, for both of them."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    for m in reversed(reading.seen):
        if here - tokens[m.head].sentence > _TAKEN_UP:
            break
        one = reading.of.get(m.head)
        if one is not None and one.of_two and m.head < mention.head:
            return one
    weights = load_speaker_weights("personal")
    ranked = []
    for i, one in enumerate(reading.recent(mention)):
        if one.sort == "person" and one.fullest.kind == "name" and not one.plural:
            found = signs(reading, mention, one)
            if found is not None:
                ranked.append((weigh(found, weights), -i, one))
    return None if len(ranked) < 2 else together(max(ranked, key=lambda r: r[:2])[2].fullest)


def together(first: Mention, last: Mention | None = None, reading: Reading | None = None) -> One:
    """Two as one, by the name of the first, or by both names where they stand side by side."""
    both = replace(first, sort="group", plural=True, gender=None)
    if last is not None and reading is not None:
        both = replace(both, last=last.last, span=reading.parse.span(first.first, last.last))
    return One(mentions=[both], sort="group", plural=True, of_two=True)


def pair(reading: Reading, mention: Mention, reach: int) -> One | None:
    """The persons named last, within *reach* sentences, as one: "Karim Saleh and Leila Haddad"."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    beside = [m for m in reading.seen if tokens[m.head].sentence == here and m.head < mention.head]
    beside = [m for m in beside if m.kind == "name" and m.sort == "person" and not m.plural]
    if len({id(reading.of[m.head]) for m in beside}) == 2 and mention.gender != "p":
        return together(beside[0])
    for m in reversed(reading.seen):
        if here - tokens[m.head].sentence > reach:
            break
        one = reading.of.get(m.head)
        if one is None or one.sort != "person" or one.fullest.kind != "name" or m.head >= mention.head or m.plural:
            continue
        joined = [c for c in reading.parse.children[m.head] if tokens[c].dep == "conj" and m.last < c < mention.head]
        joined += _along(reading, m)
        others = [x for x in reading.seen if x.head in joined and _may_join(reading, x, mention)]
        named = [x for x in others if x.kind == "name"]
        if m.kind == "name" and named:
            return together(m, named[-1], reading)
        if others:  # "he and his partner" are told by his name
            return together(replace(one.fullest_for(m), head=m.head))
    return None


def _may_join(reading: Reading, other: Mention, mention: Mention) -> bool:
    """Whether what is joined to a person makes two or more of them: "Leila Haddad", for "they" also "her aides"."""
    if other.plural:
        owned = reading.parse.tokens[other.first].lower in ("his", "her")
        return mention.gender == "p" and owned and is_people(reading, other)
    return other.sort == "person"


def is_people(reading: Reading, mention: Mention) -> bool:
    """Whether a noun may mean people: "backers", "officials" and not "efforts"."""
    lemma = reading.parse.tokens[mention.head].lemma
    return lemma in load_person_words() or lemma.endswith(PEOPLE) or mention.sort == "group"


def _along(reading: Reading, mention: Mention) -> list[int]:
    """Heads of those who come "along with" a person: "Karim, along with Leila Haddad"."""
    tokens = reading.parse.tokens
    found = []
    for i in range(mention.last + 1, min(mention.last + 1 + _TOGETHER, len(tokens) - 1)):
        if tokens[i].lower == "with" and tokens[i - 1].lower in ("along", "together"):
            found += [c for c in reading.parse.children[i] if tokens[c].dep == "pobj"]
    return found
