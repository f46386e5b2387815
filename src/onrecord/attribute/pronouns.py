"""Pronouns: agreement, what grammar forbids, and who is nearest to mind."""

from __future__ import annotations

import math
from bisect import bisect_left

from onrecord.attribute.binding import disjoint, owner_near
from onrecord.attribute.collectives import resolve_collective
from onrecord.attribute.mention import Mention
from onrecord.attribute.pairs import pair, two_in_mind
from onrecord.attribute.reading import One, Reading, tie
from onrecord.attribute.salience import signs, weigh
from onrecord.lexicon.speakers import load_speaker_weights

_PAIRED = 4  # sentences over which "both" are two persons named together
_REACH = 14  # sentences over which "he" may mean the person that a report is about
_SURE = 0.6  # share from which a pronoun tells the gender of whom nothing surer does
_OWNED = 0.9  # that "he" is the owner of what is told
_SURER = 0.9  # the same where the given name says otherwise


def resolve_pronoun(reading: Reading, mention: Mention) -> float | None:
    """Ties a personal or possessive pronoun; the score of the tie, None when it stays alone."""
    return _personal(reading, mention) if mention.gender in ("m", "f") else resolve_collective(reading, mention)


def candidates(reading: Reading, mention: Mention) -> list[tuple[One, dict[str, float]]]:
    """Persons within reach of "he" or "she" who can be meant, with the signs that each is."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    found = []
    for one in reading.persons:
        if one.mentions[0].head > mention.head and tokens[one.mentions[0].head].sentence != here:
            continue  # named later only
        if one.plural or (one.sort not in ("person", None) and not may_be_person(reading, one)):
            continue
        if one.gender not in (None, mention.gender) and (one.sure or not one.fullest.name):
            continue
        if one.sort is None and one.gender is None and len(one.fullest.name) < 2 and not may_be_person(reading, one):
            continue
        at = bisect_left(one.mentions, mention.head, key=_head)
        if at and here - tokens[one.mentions[at - 1].head].sentence > _REACH:
            continue
        if disjoint(reading, mention, one) or _is_speaker(reading, mention, one):
            continue
        sign = signs(reading, mention, one)
        if sign is not None:
            found.append((one, sign))
    return found


def _head(mention: Mention) -> int:
    return mention.head


def _is_speaker(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* speaks the words of his own in which the pronoun stands, where he would be "I"."""
    speaker = reading.said.get(mention.head)
    if speaker is None or reading.quoted(mention) not in reading.own:
        return False
    if speaker in reading.of:
        return reading.of[speaker] is one
    told = reading.parse.tokens[speaker]  # behind the words: "the pope" who was called so before
    return told.pos == "NOUN" and any(reading.parse.tokens[m.head].lower == told.lower for m in one.mentions)


def may_be_person(reading: Reading, one: One) -> bool:
    """Whether a name that the registry does not know speaks without an article: perhaps a person of a rare name."""
    if one.rare is None:
        one.rare = _is_rare(reading, one)
    return one.rare


def _is_rare(reading: Reading, one: One) -> bool:
    if one.actor_id is not None or one.fullest.kind != "name" or len(one.fullest.name) > 3:
        return False
    tokens = reading.parse.tokens
    named = [m for m in one.mentions if m.kind == "name" and not m.plural]
    bare = all(tokens[max(0, m.first - 1)].lower not in ("the", "a", "an") for m in named)
    cased = all(tokens[m.head].text.istitle() for m in named)
    return bare and cased and any(m.head in reading.speakers for m in named)


def _personal(reading: Reading, mention: Mention) -> float | None:
    """Ties "he" or "she" to the likeliest person of that gender; the score is its probability among them."""
    owner = owner_near(reading, mention)
    if owner is not None:
        return tie(reading, mention, owner, _OWNED)
    weights = load_speaker_weights()
    ranked: list[tuple[float, int, One]] = []
    for one, found in candidates(reading, mention):
        score = weigh(found, weights)
        ranked.append((score, max((m.head for m in one.mentions if m.head < mention.head), default=-1), one))
    if not ranked:
        return None
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    best, _, one = ranked[0]
    share = 1 / sum(math.exp(score - best) for score, _, _ in ranked)
    if not one.sure and share > (_SURE if one.gender is None else _SURER):
        one.gender = mention.gender
    return tie(reading, mention, one, max(0.3, min(0.95, share)))


def resolve_both(reading: Reading, mention: Mention) -> float | None:
    """Ties "both" and "the two" to the two persons named together last, else to those most in mind."""
    two = pair(reading, mention, _PAIRED) or two_in_mind(reading, mention)
    return None if two is None else tie(reading, mention, two, 0.5)
