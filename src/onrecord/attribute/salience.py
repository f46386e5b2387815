"""Salience: what speaks for and against somebody as the one meant by "he" or "she", as named signs.

The weights of the signs are fitted by ``training/speakers.py`` and shipped as ``data/speakers.csv``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from onrecord.attribute.clauses import child
from onrecord.attribute.law import only_tells
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import ASKING, One, Reading

SUBJECTS = ("nsubj", "nsubjpass")
_NEAR = 2  # sentences within which mentions are counted as near
_LOOKED = 8  # mentions of one that are looked at before and behind a pronoun
_OWN = 4  # sentences over which the report's own words outweigh nearer ones of somebody quoted


def signs(reading: Reading, mention: Mention, one: One) -> dict[str, float] | None:
    """Signs of *one* as the antecedent of the personal pronoun *mention*; None where it cannot be meant.

    They say where the nearest mention stands and in which role, who spoke last, and how often the report named
    the candidate so far. That the genders agree is for the caller to see to.
    """
    tokens = reading.parse.tokens
    here = tokens[mention.head]
    found: dict[str, float] = {}
    at = bisect_left(one.mentions, mention.head, key=_head)
    if not at and tokens[one.mentions[0].head].sentence != here.sentence:
        return None
    for m in one.mentions[at:]:
        if tokens[m.head].sentence != here.sentence:
            break
        if m.kind == "name" and below(reading, mention, m):
            if mention.kind == "pronoun":
                return None
            found["named below"] = 1.0  # reports do so where a pronoun could not
    free = _free(reading, mention, one, at)
    origin = tokens[reading.origin(mention)].sentence
    if follows(reading, mention, one.mentions[at : at + _LOOKED]):
        found["follows"] = 1.0  # wherever he was named before
        found["mentions"] = math.log1p(at)
    elif free:
        near = sum(origin - tokens[m.head].sentence <= _NEAR for m in one.mentions[max(0, at - 4) : at])
        found["mentions"] = math.log1p(at)
        found["mentions near"] = float(min(near, 4))
        if mention.head in reading.speakers:
            found["mentions, speaks"] = math.log1p(at)
        nearest = _nearest(reading, mention, free, found)
        _place(reading, mention, nearest, free, found)
        _spoken(reading, mention, one, nearest, at, found)
        if _leads(reading, mention, one):
            found["main subject of the sentence before"] = 1.0
    else:
        return None
    if only_tells(reading, mention, one):
        found["only tells, of the law"] = 1.0
    if not one.parts and one.fullest.kind != "name":
        found["without a name"] = 1.0
    if one.gender is None:
        found["gender unknown"] = 1.0
    elif mention.gender in ("m", "f") and one.gender != mention.gender:
        found["given name of the other gender"] = 1.0
    if one.sort != "person":
        found["kind unknown"] = 1.0
    return found


def _head(mention: Mention) -> int:
    return mention.head


def _free(reading: Reading, mention: Mention, one: One, at: int) -> list[Mention]:
    """The last of the mentions before the *at*-th that the pronoun can stand for, in text order.

    Grammar forbids some, and nobody names himself in what he is said to say.
    """
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    last = one.mentions[max(0, at - _LOOKED) : at]
    last = [m for m in last if not _is_told(reading, mention, m)]
    return [m for m in last if tokens[m.head].sentence != here or not bound(reading, mention, m)]


def _is_told(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Whether *other* stands in words that *mention* is quoted with, as somebody else then."""
    return reading.said.get(other.head) == mention.head and reading.quoted(other) is not None


def _nearest(reading: Reading, mention: Mention, free: Sequence[Mention], found: dict[str, float]) -> Mention:
    """The last mention in the report's own words, where the pronoun is in these too; else the last one."""
    last = free[-1]
    if reading.quoted(mention) is not None or reading.quoted(last) is None:
        return last
    own = next((m for m in reversed(free) if reading.quoted(m) is None), None)
    here = reading.parse.tokens[mention.head].sentence
    if own is None or here - reading.parse.tokens[own.head].sentence > _OWN:
        return last
    found["quoted since"] = 1.0
    return own


def _place(
    reading: Reading, mention: Mention, nearest: Mention, free: Sequence[Mention], found: dict[str, float]
) -> None:
    """Signs of where the nearest mention stands and what it is there; those beside it in its sentence count too."""
    tokens = reading.parse.tokens
    here, there = tokens[mention.head], tokens[nearest.head]
    origin = tokens[reading.origin(mention)]
    far = max(0, origin.sentence - there.sentence)
    between = reading.parse.paragraph_of(origin.start) - reading.parse.paragraph_of(nearest.span.start)
    found["sentences"] = float(min(far, 7))
    found["paragraphs"] = float(min(max(0, between), 4))
    if far == 0:
        found["same sentence"] = 1.0
    beside = [nearest] if len(free) == 1 else _beside(reading, nearest, free)
    subject = next((m for m in reversed(beside) if m.subject), None)
    if subject is not None:
        found["subject"] = 1.0
        if mention.subject:
            found["both subjects"] = 1.0
        if tokens[tokens[subject.head].head].dep in ("advcl", "relcl", "acl", "ccomp", "pcomp"):
            found["subject of a clause below"] = 1.0
    elif there.dep == "poss":
        found["owner"] = 1.0
    elif there.dep in ("compound", "amod", "nmod"):
        found["modifier"] = 1.0
    if far == 0 and _clause_subject(reading, mention) in [m.head for m in beside]:
        found["subject of the owner's clause" if here.dep == "poss" else "subject of the clause above"] = 1.0
    if any(governs(reading, m, mention) for m in beside):
        found["subject of the verb of saying"] = 1.0


def _beside(reading: Reading, nearest: Mention, free: Sequence[Mention]) -> list[Mention]:
    """The mentions in the sentence of the nearest one, up to it."""
    tokens = reading.parse.tokens
    here = tokens[nearest.head].sentence
    return [m for m in free if m.head <= nearest.head and tokens[m.head].sentence == here]


def _spoken(reading: Reading, mention: Mention, one: One, nearest: Mention, at: int, found: dict[str, float]) -> None:
    """Signs of quotations and speakers."""
    quoted, other = reading.quoted(mention), reading.quoted(nearest)
    if other is not None and other != quoted:
        found["quoted by another"] = 1.0
    speaker = reading.said.get(mention.head)
    if speaker is not None and reading.of.get(speaker) is one:
        found["speaker of the words around" if quoted is not None else "source of the clause around"] = 1.0
    speaks = mention.head in reading.speakers
    around = one.mentions[max(0, at - _LOOKED) : at + _LOOKED] if speaks else ()
    if any(m.kind == "name" and reading.said.get(m.head) == mention.head for m in around):
        found["named in what is told"] = 1.0
    last = reading.spoke_before(mention)
    if speaks and last is not None and reading.of.get(last) is one:
        there = reading.parse.paragraph_of(reading.parse.tokens[last].start)
        origin = reading.parse.tokens[reading.origin(mention)]
        if reading.parse.paragraph_of(origin.start) - there <= 1:
            found["was asked last" if last in reading.asked else "spoke last"] = 1.0
            if reading.parse.paragraph_of(origin.start) == there:
                found["spoke last, same paragraph"] = 1.0
    tokens = reading.parse.tokens
    here = tokens[reading.origin(mention)].sentence
    before = one.mentions[max(0, at - _LOOKED) : at]
    near = (m.head for m in before if here - tokens[m.head].sentence <= 1)
    if any(head in reading.telling for head in near):
        found["speaks there and here" if speaks else "speaks there"] = 1.0


def _leads(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* is the main subject of the sentence before."""
    tokens = reading.parse.tokens
    here = tokens[reading.origin(mention)].sentence
    for m in reversed(one.mentions):
        far = here - tokens[m.head].sentence
        if far > 1:
            return False
        if far == 1 and m.subject and tokens[tokens[m.head].head].dep == "ROOT":
            return True
    return False


def _clause_subject(reading: Reading, mention: Mention) -> int | None:
    """Head of the subject of the nearest verb above the pronoun that is not its own subject."""
    for up in reading.parse.ancestors(mention.head):
        if reading.parse.tokens[up].pos in ("VERB", "AUX"):
            subject = child(reading.parse, up, *SUBJECTS)
            if subject is not None and subject != mention.head:
                return subject
    return None


def weigh(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of the signs by their weights; signs without a weight count nothing."""
    total = 0.0
    for sign, value in found.items():
        total += weights.get(sign, 0.0) * value
    return total


def below(reading: Reading, mention: Mention, name: Mention) -> bool:
    """Whether a later name stands under the verb whose subject the pronoun is: "he argued with Karim" is not Karim."""
    tokens = reading.parse.tokens
    here = tokens[mention.head]
    if here.dep not in SUBJECTS or tokens[name.head].sentence != here.sentence:
        return False
    if reading.quoted(name) != reading.quoted(mention):
        return False
    for up in (name.head, *reading.parse.ancestors(name.head)):
        if tokens[up].lower == "according":
            return False  # "he told aides, according to Karim" may be Karim
        if up == here.head:
            return True
        if tokens[up].dep == "conj" and child(reading.parse, up, *SUBJECTS) is not None:
            return False  # "he hesitated, but Karim went" may be Karim
    return False


def follows(reading: Reading, mention: Mention, later: Sequence[Mention]) -> bool:
    """Whether one of *later* names somebody as the subject of the clause that the pronoun's leads up to."""
    tokens = reading.parse.tokens
    here = tokens[mention.head]
    first, end = reading.parse.sentences[here.sentence]
    if here.index - first > 12 or mention.kind != "pronoun" or reading.quoted(mention) is not None:
        return False
    for m in later:
        if not mention.head < m.head < end or m.kind != "name" or not m.subject:
            continue
        verb = tokens[m.head].head
        for up in reading.parse.ancestors(here.index):
            if tokens[up].head == verb and up != verb and tokens[up].dep in ("advcl", "prep") and up < m.head:
                return True
    return False


def governs(reading: Reading, mention: Mention, pronoun: Mention) -> bool:
    """Whether *mention* is the subject of a verb of saying whose clause has the pronoun as its subject."""
    tokens = reading.parse.tokens
    verb = tokens[tokens[pronoun.head].head]
    if tokens[verb.head].lemma in ASKING and child(reading.parse, verb.head, "dobj", "dative") is not None:
        return False  # "Karim asked Samir whether he would"
    return verb.dep == "ccomp" and mention.subject and tokens[mention.head].head == verb.head


def bound(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Whether grammar forbids the tie: object and subject of one verb, or a possessor of its own noun."""
    tokens = reading.parse.tokens
    token, rival = tokens[mention.head], tokens[other.head]
    if token.lower.endswith(("self", "selves")):
        return False
    if token.head == rival.head and {token.dep, rival.dep} & {"dobj", "dative", "pobj"} and token.dep != "poss":
        return True
    if token.dep == "pobj" and tokens[token.head].head == rival.head and rival.dep in SUBJECTS:
        return True
    return token.dep == "poss" and token.head == other.head
