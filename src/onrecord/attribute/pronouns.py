"""Pronouns: agreement, what grammar forbids, and who is nearest to mind."""

from __future__ import annotations

from onrecord.attribute.mentions import Mention
from onrecord.attribute.reading import WINDOW, One, Reading, tie


def resolve_pronoun(reading: Reading, mention: Mention) -> float | None:
    if _is_empty(reading, mention):
        return None
    ranked = []
    for one in reading.recent(mention):
        if _agrees(one, mention):
            score = _salience(reading, mention, one)
            if score is not None:
                ranked.append((score, max(m.head for m in one.mentions if m.head < mention.head), one))
    if not ranked:
        return None
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    score, _, one = ranked[0]
    if one.sort == "thing" or score < -0.9:
        return None
    if one.sort in ("person", None) and one.gender is None and mention.gender in ("m", "f"):
        one.gender = mention.gender
    gap = score - ranked[1][0] if len(ranked) > 1 else 1.0
    return tie(reading, mention, one, max(0.3, min(0.95, 0.6 + 0.25 * gap)))


def _is_empty(reading: Reading, mention: Mention) -> bool:
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


def _agrees(one: One, mention: Mention) -> bool:
    """Whether number, gender and kind allow the pronoun to stand for *one*."""
    if mention.gender in ("m", "f"):
        if one.plural or one.sort in ("body", "group", "place", "thing"):
            return False
        return one.gender in (None, mention.gender) and (one.sort == "person" or one.gender is not None)
    if mention.gender == "n":
        return not one.plural and one.sort in ("body", "place", "thing")
    return one.plural or one.sort in ("group", "body")


def _salience(reading: Reading, mention: Mention, one: One) -> float | None:
    """How ready *one* is to be meant at *mention*: near, subject, speaker; None when it is out of reach."""
    tokens = reading.parse.tokens
    token = tokens[mention.head]
    speaks = mention.head in reading.speakers
    quoted = reading.quoted(mention)
    best: float | None = None
    for m in reversed(one.mentions):
        far = token.sentence - tokens[m.head].sentence
        if m.head < mention.head and far > WINDOW:
            break
        if m.head >= mention.head or _bound(reading, mention, m):
            continue
        score = -0.35 * far + 0.6 * m.subject + (0.5 if m.head in reading.speakers and speaks else 0.0)
        score += 0.2 if m.kind != "noun" else 0.0
        if _governs(reading, m, mention):
            score += 0.7
        where = reading.quoted(m)
        if where != quoted:
            score -= 0.8 if where is not None else 0.0
        if m.sort == "place":
            score -= 0.5
        best = score if best is None else max(best, score)
    if best is None:
        return None
    if quoted is not None and mention.gender in ("m", "f", "p") and _speaks_here(reading, mention, one):
        best -= 1.5
    if one.sort == "body" and mention.gender == "p":
        best -= 0.7
    return best + 0.08 * min(4, len(one.mentions))


def _governs(reading: Reading, mention: Mention, pronoun: Mention) -> bool:
    """Whether *mention* is the subject of a verb of saying whose clause has the pronoun as its subject."""
    tokens = reading.parse.tokens
    verb = tokens[tokens[pronoun.head].head]
    return verb.dep == "ccomp" and mention.subject and tokens[mention.head].head == verb.head


def _speaks_here(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* is the speaker of the quotation that the pronoun stands in."""
    speaker = reading.said.get(mention.head)
    return speaker is not None and reading.of.get(speaker) is one


def _bound(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Whether grammar forbids the tie: object and subject of one verb, or a possessor of its own noun."""
    tokens = reading.parse.tokens
    token, rival = tokens[mention.head], tokens[other.head]
    if token.lower.endswith(("self", "selves")):
        return False
    if token.head == rival.head and {token.dep, rival.dep} & {"dobj", "dative", "pobj"} and token.dep != "poss":
        return True
    if token.dep == "pobj" and tokens[token.head].head == rival.head and rival.dep in ("nsubj", "nsubjpass"):
        return True
    return token.dep == "poss" and token.head == other.head
