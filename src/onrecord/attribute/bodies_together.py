"""Bodies together: which "the departments", "both campaigns" and "each side" are, told by the name of the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.attribute.body_kinds import kind_fit
from onrecord.attribute.campaigns import CAMPAIGNS, campaign_at, named_campaigns
from onrecord.attribute.clauses import child
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading
from onrecord.lexicon.speakers import load_body_words

_OPENED = frozenset("the those these both neither either each".split())
_SIDES = frozenset(("side", "party"))
_REACH = 3  # sentences


def find_bodies(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The two or more bodies of its kind that a plural takes up: named together last, or the only ones near."""
    tokens = reading.parse.tokens
    lemma = tokens[mention.head].lemma
    known = load_body_words()
    if tokens[mention.first].lower not in _OPENED or child(reading.parse, mention.head, "poss") is not None:
        return None
    bare = all(tokens[i].tag in ("DT", "CD", "PDT") for i in range(mention.first, mention.head))
    if not bare or mention.last > mention.head:
        return None
    if lemma in CAMPAIGNS:
        return _campaigns(reading, mention)
    if lemma in _SIDES:
        return _first(_near(reading, mention, _is_partisan))
    if lemma in known.places or not (lemma in known.named or lemma in known.generic):
        return None
    return _first(_joined(reading, _near(reading, mention, lambda one: _is_kind(one, lemma))))


def _near(reading: Reading, mention: Mention, fits: Callable[[One], bool]) -> list[Mention]:
    """The names near before a mention that stand for somebody who *fits*, in text order."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    found = []
    for m in reversed(reading.seen):
        if here - tokens[m.head].sentence > _REACH:
            break
        one = reading.of.get(m.head)
        if m.head < mention.head and m.kind == "name" and one is not None and fits(one):
            found.append(m)
    return found[::-1]


def _is_partisan(one: One) -> bool:
    """Whether a name is of the people of a party, or of a people: "the Republicans"."""
    return one.sort == "group" and one.plural


def _is_kind(one: One, lemma: str) -> bool:
    return one.sort == "body" and (kind_fit(one, lemma, frozenset()) or 0.0) >= 0.4


def _joined(reading: Reading, near: Sequence[Mention]) -> list[Mention]:
    """Of names near before, those joined by "and" last; else all of the last sentence that has one."""
    tokens = reading.parse.tokens
    heads = {m.head: m for m in near}
    for m in reversed(near):
        others = [heads[c] for c in reading.parse.children[m.head] if tokens[c].dep == "conj" and c in heads]
        if others:
            return [m, *others]
    last = tokens[near[-1].head].sentence if near else 0
    return [m for m in near if tokens[m.head].sentence == last]


def _first(named: Sequence[Mention]) -> tuple[One, float] | None:
    """Several as one by the name of the first; None for fewer than two."""
    if len({m.name for m in named}) < 2:
        return None
    return One(mentions=[replace(named[0], plural=True)], sort="body", plural=True, of_two=True), 0.5


def _campaigns(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The campaigns of two whose campaigns the report has named near before."""
    here = reading.parse.tokens[mention.head].sentence
    near = {
        id(one): i
        for i, one in sorted(named_campaigns(reading).items(), reverse=True)
        if i < mention.head and here - reading.parse.tokens[i].sentence <= _REACH
    }
    if len(near) < 2:
        return None
    full = campaign_at(reading, mention, min(near.values())).fullest
    return One(mentions=[replace(full, plural=True)], sort="body", plural=True, of_two=True), 0.5
