"""Pronouns: agreement, what grammar forbids, and who is nearest to mind."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace

from onrecord.attribute.clauses import child
from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import WINDOW, One, Reading, tie
from onrecord.attribute.salience import SUBJECTS, bound, governs, signs, weigh
from onrecord.lexicon.speakers import load_speaker_weights

_REACH = 14  # sentences over which "he" may mean the person that a report is about
_SURE = 0.6  # share from which a pronoun tells the gender of whom nothing surer does
_AMOUNTS = frozenset("number majority minority group handful dozen score hundred thousand lot couple some many".split())
_FLOOR = -0.9  # salience of something out of reach


def resolve_pronoun(reading: Reading, mention: Mention) -> float | None:
    """Ties a personal or possessive pronoun; the score of the tie, None when it stays alone."""
    if mention.gender in ("m", "f"):
        return _personal(reading, mention)
    if _is_empty(reading, mention):
        return None
    ranked = []
    for one in reading.recent(mention):
        if _agrees(one, mention):
            score = _salience(reading, mention, one)
            if score is not None:
                ranked.append((score, max((m.head for m in one.mentions if m.head < mention.head), default=-1), one))
    if mention.gender == "p" and (two := pair(reading, mention, 2)) is not None:
        far = reading.parse.tokens[mention.head].sentence - reading.parse.tokens[two.mentions[0].head].sentence
        ranked.append((_weight(reading, mention, two.mentions[0], far), two.mentions[0].head, two))
    if not ranked:
        return None
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    score, _, one = ranked[0]
    if one.sort == "thing" or score < _FLOOR:
        return None
    gap = score - ranked[1][0] if len(ranked) > 1 else 1.0
    return tie(reading, mention, one, max(0.3, min(0.95, 0.6 + 0.25 * gap)))


def candidates(reading: Reading, mention: Mention) -> list[tuple[One, dict[str, float]]]:
    """Persons within reach of "he" or "she" who can be meant, with the signs that each is."""
    tokens = reading.parse.tokens
    here = tokens[mention.head].sentence
    found = []
    for one in reading.ones:
        if one.plural or (one.sort not in ("person", None) and not may_be_person(reading, one)):
            continue
        if one.gender not in (None, mention.gender) and (one.sure or not one.fullest.name):
            continue
        if one.sort is None and one.gender is None and len(one.fullest.name) < 2 and not may_be_person(reading, one):
            continue
        at = bisect_left(one.mentions, mention.head, key=lambda m: m.head)
        if at and here - tokens[one.mentions[at - 1].head].sentence > _REACH:
            continue
        sign = signs(reading, mention, one)
        if sign is not None:
            found.append((one, sign))
    return found


def may_be_person(reading: Reading, one: One) -> bool:
    """Whether a name that the registry does not know speaks without an article: perhaps a person of a rare name."""
    if one.actor_id is not None or one.fullest.kind != "name" or len(one.fullest.name) > 3:
        return False
    tokens = reading.parse.tokens
    named = [m for m in one.mentions if m.kind == "name" and not m.plural]
    bare = all(tokens[max(0, m.first - 1)].lower not in ("the", "a", "an") for m in named)
    cased = all(tokens[m.head].text.istitle() for m in named)
    return bare and cased and any(m.head in reading.speakers for m in named)


def _personal(reading: Reading, mention: Mention) -> float | None:
    """Ties "he" or "she" to the likeliest person of that gender; the score is its probability among them."""
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
    if not one.sure and share > _SURE:
        one.gender = mention.gender
    return tie(reading, mention, one, max(0.3, min(0.95, share)))


def resolve_both(reading: Reading, mention: Mention) -> float | None:
    """Ties "both" and "the two" to the two persons named together last, else to the two named last."""
    two = pair(reading, mention, 4)
    if two is None:
        persons = [one for one in reading.recent(mention) if one.sort == "person" and one.fullest.kind == "name"]
        if len(persons) < 2:
            return None
        two = One(mentions=[replace(persons[0].fullest, plural=True)], sort="group", plural=True)
    return tie(reading, mention, two, 0.5)


def pair(reading: Reading, mention: Mention, reach: int) -> One | None:
    """The persons named last, within *reach* sentences, as one: "Karim Saleh and Leila Haddad"."""
    tokens = reading.parse.tokens
    for m in reversed(reading.seen):
        if tokens[mention.head].sentence - tokens[m.head].sentence > reach:
            break
        if m.kind != "name" or m.sort != "person" or m.head >= mention.head:
            continue
        joined = [c for c in reading.parse.children[m.head] if tokens[c].dep == "conj" and m.last < c < mention.head]
        joined += _along(reading, m)
        others = [x for x in reading.seen if x.head in joined and x.kind == "name" and x.sort == "person"]
        if others:
            last = others[-1].last
            both = replace(m, last=last, span=reading.parse.span(m.first, last), sort="group", plural=True, gender=None)
            return One(mentions=[both], sort="group", plural=True)
    return None


def _along(reading: Reading, mention: Mention) -> list[int]:
    """Heads of those who come "along with" a person: "Karim, along with Leila Haddad"."""
    tokens = reading.parse.tokens
    found = []
    for i in range(mention.last + 1, min(mention.last + 6, len(tokens) - 1)):
        if tokens[i].lower == "with" and tokens[i - 1].lower in ("along", "together"):
            found += [c for c in reading.parse.children[i] if tokens[c].dep == "pobj"]
    return found


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
    """Whether number and kind allow "it" or "they" to stand for *one*."""
    if mention.gender == "n":
        return not one.plural and one.sort in ("body", "place", "thing")
    return one.plural or one.sort in ("group", "body")


def _salience(reading: Reading, mention: Mention, one: One) -> float | None:
    """How ready *one* is to be meant at *mention*: near, subject, speaker; None when it is out of reach."""
    token = reading.parse.tokens[mention.head]
    quoted = reading.quoted(mention)
    best: float | None = None
    count = 0
    for m in reversed(one.mentions):
        if m.head >= mention.head:
            continue
        count += 1
        far = token.sentence - reading.parse.tokens[m.head].sentence
        if far > WINDOW:
            break
        if bound(reading, mention, m) or (mention.gender == "p" and _is_modifier(reading, m)):
            continue
        score = _weight(reading, mention, m, far)
        if reading.quoted(m) != quoted and reading.quoted(m) is not None:
            score -= 1.0
        best = score if best is None else max(best, score)
    if best is None:
        return None
    if quoted is not None and mention.gender == "p" and _speaks_here(reading, mention, one):
        best -= 1.5
    if one.sort == "body" and mention.gender == "p":
        best -= 0.7
    if mention.gender == "n" and one.sort == "body":
        best += 0.5 * (mention.head in reading.speakers) + 0.4 * (one.fullest.kind == "name")
    last = reading.spoke_before(mention)
    if mention.gender == "n" and mention.head in reading.speakers and last is not None and reading.of.get(last) is one:
        best += 0.6
    return best + 0.08 * min(6, count)


def _is_modifier(reading: Reading, m: Mention) -> bool:
    """Whether a name of a people or party only says of what kind something is: "Democrat Jane Roe"."""
    return m.kind != "pronoun" and reading.parse.tokens[m.head].dep in ("compound", "amod", "nmod")


def _counts(reading: Reading, m: Mention) -> bool:
    """Whether a mention is counted by the subject of a clause: "a small number of farmers said"."""
    tokens = reading.parse.tokens
    of = tokens[tokens[m.head].head]
    over = tokens[of.head]
    return tokens[m.head].dep == "pobj" and of.lower == "of" and over.lemma in _AMOUNTS and over.dep in SUBJECTS


def _weight(reading: Reading, mention: Mention, m: Mention, far: int) -> float:
    """How strongly the earlier mention *m*, *far* sentences back, is in mind at *mention*."""
    tokens = reading.parse.tokens
    speaks = mention.head in reading.speakers
    between = reading.parse.paragraph_of(mention.span.start) - reading.parse.paragraph_of(m.span.start)
    subject = m.subject or _counts(reading, m)
    score = -0.3 * far + 0.2 * (far == 0) - 0.1 * min(between, 4) + 0.6 * subject
    if m.head in reading.speakers:
        score += 0.5 + 0.3 * (speaks and between <= 1)
    score += 0.2 if m.kind != "noun" else 0.0
    if m.kind != "pronoun" and tokens[m.head].dep in ("compound", "amod", "nmod"):
        score -= 0.6
    elif m.kind != "pronoun" and tokens[m.head].dep == "poss":
        score -= 0.2
    if m.subject and tokens[tokens[m.head].head].dep == "ROOT":
        score += 0.2
    if m.sort == "place":
        score -= 0.5
    return score + (0.7 if governs(reading, m, mention) else 0.0)


def _speaks_here(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* is the speaker of the quotation that the pronoun stands in."""
    speaker = reading.said.get(mention.head)
    return speaker is not None and reading.of.get(speaker) is one


def resolve_relative(reading: Reading, mention: Mention) -> float | None:
    """Ties "who", "which" and "that" to the noun that their clause hangs on."""
    tokens = reading.parse.tokens
    clause = next((i for i in reading.parse.ancestors(mention.head) if tokens[i].dep == "relcl"), None)
    head = tokens[clause].head if clause is not None else None
    beside = _named_beside(reading, mention, head)
    if beside is not None:
        return tie(reading, mention, beside, 0.7)
    if head is not None and head < mention.head:
        chain = [head, *(i for i in (child(reading.parse, head, "appos"),) if i is not None and i < mention.head)]
        for i in reversed(chain):
            one = reading.of.get(i)
            if one is not None and _may_be(one, tokens[mention.head].lower):
                return tie(reading, mention, one, 0.9)
    return _just_before(reading, mention, head)


def _named_beside(reading: Reading, mention: Mention, head: int | None) -> One | None:
    """The body named right before ", which", where the parser hung the clause on a thing further back."""
    tokens = reading.parse.tokens
    if tokens[mention.head].lower != "which" or tokens[mention.head - 1].text != ",":
        return None
    over = reading.of.get(head) if head is not None else None
    if over is not None and over.sort != "thing":
        return None
    near = next((m for m in reversed(reading.seen) if m.last == mention.head - 2), None)
    one = reading.of.get(near.head) if near is not None and near.kind == "name" else None
    return one if one is not None and one.sort == "body" else None


def _just_before(reading: Reading, mention: Mention, head: int | None) -> float | None:
    """The mention right before the relative pronoun, or within the phrase that it was hung on."""
    tokens = reading.parse.tokens
    for m in reversed(reading.seen):
        far = tokens[m.head].sentence != tokens[mention.head].sentence or mention.head - m.last > 3
        if far and (head is None or m.head < head - 8):
            return None
        one = reading.of.get(m.head)
        if one is not None and m.kind != "pronoun" and _may_be(one, tokens[mention.head].lower):
            return tie(reading, mention, one, 0.6)
    return None


def _may_be(one: One, word: str) -> bool:
    if word in ("who", "whom"):
        return one.sort in ("person", "group", None) or (one.plural and one.sort != "body")
    return word == "whose" or one.sort != "person"
