"""Collectives: which body, place or thing "it" is, and which people or bodies "they" are, or nothing the report names.

A choice by named signs, as for "he" and "she" (``salience``), with signs for kind and number.
"""

from __future__ import annotations

import math
from dataclasses import replace

from onrecord.attribute.headings import PAPERS
from onrecord.attribute.mention import Mention
from onrecord.attribute.pairs import is_people, pair
from onrecord.attribute.reading import One, Reading, tie
from onrecord.attribute.salience import SUBJECTS, signs, weigh
from onrecord.lexicon.speakers import load_speaker_weights

Option = tuple[One | None, dict[str, float]]
_AMOUNTS = frozenset("number majority minority group handful dozen score hundred thousand lot couple some many".split())
_MOST = 8  # bodies and things in mind at most
_PAIRED = 2  # sentences over which "they" are two persons named together


def resolve_collective(reading: Reading, mention: Mention) -> float | None:
    """Ties "it" or "they"; the score of the tie, None when nothing or a mere thing is likeliest."""
    if is_empty(reading, mention):
        return None
    weights = load_speaker_weights("it" if mention.gender == "n" else "they")
    ranked = [(weigh(found, weights), -i, one) for i, (one, found) in enumerate(options(reading, mention))]
    best, _, one = max(ranked, key=lambda r: r[:2])
    if one is None or (one.sort == "thing" and one.fullest.kind != "name" and not one.plural):
        return None
    share = 1 / sum(math.exp(score - best) for score, _, _ in ranked)
    return tie(reading, mention, one, max(0.3, min(0.95, share)))


def options(reading: Reading, mention: Mention) -> list[Option]:
    """Bodies, places, things and groups in mind at "it" or "they", the last first, with signs; last nothing (None)."""
    found: list[Option] = []
    agreeing = [one for one in reading.recent(mention) if _agrees(one, mention)]
    for one in agreeing[: _MOST if mention.head in reading.speakers else _MOST // 2]:
        sign = signs(reading, mention, one)
        if sign is not None and not _is_told_by(reading, mention, one):
            found.append((one, sign | _kinds(reading, mention, one)))
    if mention.gender == "p":
        found += _pairs(reading, mention)
    nothing = {"nothing": 1.0}
    if mention.head in reading.speakers:
        nothing["nothing, speaks"] = 1.0
    if reading.quoted(mention) is not None:
        nothing["nothing, quoted"] = 1.0
    found.append((None, nothing))
    return found


def _is_told_by(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* was introduced by the noun of which the pronoun's clause tells: "two children, whom they named"."""
    tokens = reading.parse.tokens
    verb = tokens[tokens[mention.head].head]
    if tokens[mention.head].dep not in SUBJECTS or verb.dep != "relcl" or reading.of.get(verb.head) is not one:
        return False
    return any(tokens[c].tag in ("WP", "WDT") for c in reading.parse.children[verb.index])


def _pairs(reading: Reading, mention: Mention) -> list[Option]:
    """Two persons as one: joined by "and" last, and the only two in mind."""
    found: list[Option] = []
    here = reading.parse.tokens[mention.head].sentence
    two = pair(reading, mention, _PAIRED)
    if two is not None:
        far = here - reading.parse.tokens[two.mentions[0].head].sentence
        sign = {"two joined": 1.0, "two joined, sentences": float(far)}
        if two.mentions[0].subject:
            sign["two joined, subject"] = 1.0
        found.append((two, sign))
        return found
    near = [m for m in reading.seen if 0 <= here - reading.parse.tokens[m.head].sentence <= 1 and m.head < mention.head]
    if reading.quoted(mention) is None:  # of the report's own words; "Thank God" in somebody's is no third person
        near = [m for m in near if reading.quoted(m) is None]
    ones = {id(one): one for m in near if (one := reading.of.get(m.head)) is not None and one.sort == "person"}
    named = [one for one in ones.values() if one.fullest.kind == "name" and not one.plural]
    if len(named) == 2 == len(ones):
        both = replace(named[0].fullest, sort="group", plural=True, gender=None)
        sign = {"two in mind": 1.0}
        if mention.head in reading.speakers and all(any(m.head in reading.telling for m in o.mentions) for o in named):
            sign["two in mind, both speak"] = 1.0
        found.append((One(mentions=[both], sort="group", plural=True), sign))
    return found


def _agrees(one: One, mention: Mention) -> bool:
    """Whether number and kind allow "it" or "they" to stand for *one*."""
    if mention.gender == "n":
        return not one.plural and one.sort not in ("person", "group")
    return one.plural or one.sort in ("group", "body")


def _kinds(reading: Reading, mention: Mention, one: One) -> dict[str, float]:
    """Signs of what *one* is and whether it can speak."""
    kind = one.sort or "unknown"
    if one.plural and one.sort != "group":
        kind = "bodies" if one.sort == "body" else "several"
    found = {f"kind: {kind}": 1.0}
    if mention.head in reading.speakers:
        found[f"speaks, kind: {kind}"] = 1.0
        read = kind == "bodies" and bool(one.offices & PAPERS)
        if read or (kind == "several" and not any(is_people(reading, m) for m in one.mentions)):
            found["speaks, a mere thing"] = 1.0
    tokens = reading.parse.tokens
    if mention.head in reading.speakers and tokens[tokens[mention.head].head].lemma == "read":
        found["reads"] = float(not one.offices & PAPERS)  # only what is written reads so
    if one.fullest.kind == "name":
        found["named"] = 1.0
    last = next(m for m in reversed(one.mentions) if m.head < mention.head)
    if last.kind == "noun" and not last.definite:
        found["just introduced"] = 1.0
    if mention.gender == "p" and last.kind == "name":
        found["a people or party by name"] = 1.0
    if _counts(reading, last):
        found["counted by a subject"] = 1.0
    if reading.parse.tokens[reading.parse.tokens[last.head].head].dep == "ROOT" and last.subject:
        found["subject of the sentence"] = 1.0
    return found


def is_empty(reading: Reading, mention: Mention) -> bool:
    """Whether "it" stands for nothing or for a clause: "it is believed that", "made it clear"."""
    tokens = reading.parse.tokens
    token = tokens[mention.head]
    if mention.gender != "n":
        return False
    if token.dep == "expl" or token.dep not in ("nsubj", "nsubjpass", "poss"):
        return True
    children = reading.parse.children[token.head]
    verb = tokens[token.head]
    clausal = any(tokens[c].dep in ("ccomp", "csubj", "xcomp") for c in children)
    return (
        token.dep != "poss"
        and clausal
        and (token.dep == "nsubjpass" or verb.lemma in ("be", "seem", "appear", "take", "happen", "turn", "remain"))
    )


def _counts(reading: Reading, m: Mention) -> bool:
    """Whether a mention is counted by the subject of a clause: "a small number of farmers said"."""
    tokens = reading.parse.tokens
    of = tokens[tokens[m.head].head]
    over = tokens[of.head]
    return tokens[m.head].dep == "pobj" and of.lower == "of" and over.lemma in _AMOUNTS and over.dep in SUBJECTS
