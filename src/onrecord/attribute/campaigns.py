"""Campaigns: whose "the campaign", "his team" and "her camp" is."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.biographies import biography
from onrecord.attribute.body_kinds import possessor
from onrecord.attribute.fitting import stands
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading
from onrecord.attribute.salience import signs, weigh
from onrecord.lexicon.speakers import load_speaker_weights

CAMPAIGNS = frozenset(("campaign", "team", "camp"))
_NAMED_LAST = 1.5  # log odds for the one whose campaign was named last
_PLAIN = 0.5
_LEAST = -3.0


def find_campaign(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The campaign that the report names by its candidate elsewhere, of the candidate most in mind.

    "His team" is that of the one meant by "his"; None where the report never names it.
    """
    named = named_campaigns(reading)
    itself = named.pop(mention.head, None)
    if itself is not None:  # "Saleh's team" is "the Saleh campaign", and not the other way round
        named = {i: one for i, one in named.items() if reading.parse.tokens[i].lemma == "campaign"}
    owner = itself or possessor(reading, mention)
    told = "campaign" in mention.words and (mention.first >= mention.head - 1 or "based" in mention.words)
    told = told or {"campaign", "team"} <= mention.words
    if owner is None and not told:
        return None  # "the team", "a long campaign"
    if owner is not None and not any(one is owner for one in named.values()) and not _runs(reading, owner):
        gender = {"his": "m", "her": "f"}.get(reading.parse.tokens[mention.first].lower)
        named = {i: one for i, one in named.items() if gender is not None and one.gender in (gender, None)}
        owner = None  # a campaign is a candidate's: "his" is no adviser's there
    if any(not _is_part(reading, i) for i in named):
        named = {i: one for i, one in named.items() if not _is_part(reading, i)}
    ranked: list[tuple[float, int]] = []
    last = max((i for i in named if i < mention.head), default=None)
    for i, one in named.items():
        if owner is not None and one is not owner:
            continue
        found = signs(reading, mention, one) or {}
        mind = max(_LEAST, weigh(found, load_speaker_weights())) if found else _LEAST
        plain = reading.parse.tokens[i].lemma == "campaign"
        near = _NAMED_LAST * (last is not None and one is named[last])
        ranked.append((mind + near + _PLAIN * plain, -abs(mention.head - i)))
    if not ranked or (owner is None and _somebody_else(reading, mention, max(ranked)[0], named)):
        return None
    at = mention.head + max(ranked)[1]
    at = at if at in named else mention.head - max(ranked)[1]
    return campaign_at(reading, mention, at), 0.6


def _is_part(reading: Reading, head: int) -> bool:
    """Whether a campaign is only named in somebody's title: "the Saleh campaign manager"."""
    return reading.parse.tokens[head].dep == "compound"


def _runs(reading: Reading, one: One) -> bool:
    """Whether somebody may have a campaign: by the report, or by the registry at any time."""
    life = biography(one.actor_id, reading.day)
    return stands(reading, one) or "candidate" in life.offices | life.past_offices


def _somebody_else(reading: Reading, mention: Mention, best: float, named: dict[int, One]) -> bool:
    """Whether a candidate whose campaign the report does not name is far more in mind than those of the others."""
    theirs = {id(one) for one in named.values()}
    for one in reading.ones:
        if one.sort == "person" and "candidate" in one.offices and id(one) not in theirs:
            found = signs(reading, mention, one)
            if found and weigh(found, load_speaker_weights()) > best + _NAMED_LAST:
                return True
    return False


def named_campaigns(reading: Reading) -> dict[int, One]:
    """Heads of phrases that name a campaign by a person, with that person: "the Saleh campaign", "Saleh's team".

    One of another year ("her 2008 campaign") is not the one that speaks.
    """
    parse = reading.parse
    found: dict[int, One] = {}
    for token in parse.tokens:
        if token.lemma not in CAMPAIGNS or token.pos not in ("NOUN", "PROPN"):
            continue
        if any(parse.tokens[i].tag == "CD" for i in range(token.left, token.index)):
            continue
        beside = (token.index - 1,) if token.dep == "compound" and token.index else ()  # "the Saleh campaign manager"
        for c in (*parse.children[token.index], *beside):
            one = reading.of.get(c)
            if one is None or one.sort != "person" or one.fullest.kind != "name":
                continue
            name = parse.tokens[c].text[0].isupper() and parse.tokens[c].pos != "PRON"
            if name and parse.tokens[c].dep in ("poss", "compound", "nmod", "amod"):
                found[token.index] = one
    return found


def campaign_at(reading: Reading, mention: Mention, head: int) -> One:
    """The one of a campaign by the head of a phrase that names it, made anew where that comes later."""
    known = reading.of.get(head)
    if known is not None and known.sort != "person":
        return known
    first = reading.parse.tokens[head].left
    before = reading.of.get(head - 1)  # hung on "manager" in "the Saleh campaign manager"
    if before is not None and first == head:
        first = next((m.first for m in before.mentions if m.head == head - 1), first)
    inside = (reading.parse.tokens[i] for i in range(first, head + 1))
    name = tuple(t.lower for t in inside if t.pos not in ("DET", "PART", "PUNCT"))
    full = replace(mention, head=head, first=first, last=head, span=reading.parse.span(first, head), words=frozenset())
    full = replace(full, kind="name", name=name)
    return One(mentions=[full], sort="body")
