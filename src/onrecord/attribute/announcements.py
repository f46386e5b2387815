"""Announcements: polls and papers that a report tells of before it says whose they are."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.headings import PAPERS, heading_end
from onrecord.attribute.mention import Mention
from onrecord.attribute.mentions import role_of
from onrecord.attribute.reading import One, Reading
from onrecord.lexicon.cues import load_cues

_BELOW = 5  # sentences below in which the noun of a heading is taken up
_AHEAD = 12  # sentences in which the name may follow


def named_ahead(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """What "a new poll" is that says something: the first of its kind behind that a name tells apart."""
    parse, here = reading.parse, reading.parse.tokens[mention.head]
    own = any(_is_name(reading, i) for i in range(mention.first, mention.head))
    if not mention.offices & PAPERS or own:
        return None
    for token in parse.tokens[mention.last + 1 :]:
        if token.sentence - here.sentence > _AHEAD:
            return None
        first = token.left
        if token.pos not in ("NOUN", "PROPN") or token.tag == "NNS" or token.dep == "compound" or first == token.index:
            continue
        role = role_of(parse, load_cues(), token.index, first)
        if role is None or role.office not in mention.offices:
            continue
        if any(_is_name(reading, i) for i in range(first, token.index)):
            return _one(reading, mention, first, token.index), 0.5
    return None


def resolve_heading(reading: Reading) -> list[tuple[Mention, One, float]]:
    """Nouns of the heading that stayed open, with whom the same noun turned out to mean in the lines below."""
    end = heading_end(reading.parse)
    found = []
    for mention in reading.seen:
        if mention.head >= end:
            break
        one = reading.of.get(mention.head)
        open_yet = one is not None and one.fullest.kind != "name" and mention.head in reading.speakers
        if mention.kind != "noun" or mention.plural or mention.definite or not open_yet:
            continue
        meant = _meant_below(reading, mention)
        if meant is not None:
            found.append((mention, meant, 0.5))
    return found


def _meant_below(reading: Reading, mention: Mention) -> One | None:
    tokens = reading.parse.tokens
    for m in reading.seen:
        if tokens[m.head].sentence - tokens[mention.head].sentence > _BELOW:
            return None
        one = reading.of.get(m.head)
        same = m.kind == "noun" and not m.plural and tokens[m.head].lemma == tokens[mention.head].lemma
        if same and m.head > mention.head and one is not None and one.fullest.kind == "name":
            return one
    return None


def _is_name(reading: Reading, index: int) -> bool:
    """Whether a token before a noun names whose it is: "a CBS poll", not "Monday's poll"."""
    token = reading.parse.tokens[index]
    one = reading.of.get(index)
    body = token.entity == "ORG" or (one is not None and one.sort in ("body", None) and one.fullest.kind == "name")
    return token.pos == "PROPN" and token.entity not in ("DATE", "GPE", "LOC", "NORP", "PERSON") and body


def _one(reading: Reading, mention: Mention, first: int, head: int) -> One:
    known = reading.of.get(head)
    if known is not None:
        return known
    full = replace(mention, head=head, first=first, last=head, span=reading.parse.span(first, head))
    words = frozenset(t.lower for t in reading.parse.tokens[first : head + 1])
    one = One(mentions=[replace(full, definite=False, words=words)], sort="body")
    reading.nouns.setdefault(reading.parse.tokens[mention.head].lemma, []).append(one)
    return one
