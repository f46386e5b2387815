"""Descriptions: who "the former minister", "the group" and "the HTS leader" are."""

from __future__ import annotations

from onrecord.attribute.mentions import Mention
from onrecord.attribute.reading import WINDOW, One, Reading, start, tie

_LEAD = 3  # sentences at the start from which a description may look ahead for its name
_GENERIC = frozenset(
    "group movement organization organisation alliance coalition party militia company firm agency network faction"
    " body outfit charity institute newspaper magazine".split()
)


def resolve_noun(reading: Reading, mention: Mention) -> float | None:
    token = reading.parse.tokens[mention.head]
    for c in reading.parse.children[mention.head]:
        if reading.parse.tokens[c].dep == "appos" and c in reading.of and reading.of[c].sort == "person":
            tie(reading, mention, reading.of[c], 1.0)
            return None
    if token.dep == "appos" and token.head in reading.of:
        tie(reading, mention, reading.of[token.head], 1.0)
        return None
    if mention.definite and mention.sort != "thing" and not _is_label(reading, mention):
        if mention.sort == "person" and not mention.plural:
            found = _holder(reading, mention)
        elif token.lemma in _GENERIC and not mention.plural and _is_bare(mention):
            found = _own_body(reading, mention) or _nearest(reading, mention, ("body", "group"))
        else:
            found = _same_head(reading, mention)
        if found is not None:
            return tie(reading, mention, *found)
    start(reading, mention)
    return None


def _is_label(reading: Reading, mention: Mention) -> bool:
    """Whether the noun is an apposition, predicate or title of something else and no mention of its own."""
    return reading.parse.tokens[mention.head].dep in ("appos", "attr", "oprd")


def _is_bare(mention: Mention) -> bool:
    """Whether nothing but an article or pronoun stands with the noun."""
    return mention.first >= mention.head - 1 and mention.last == mention.head


def _described_by(reading: Reading, mention: Mention) -> set[str]:
    """Words that narrow a description, with the name behind "the group's"."""
    tokens = reading.parse.tokens
    head = tokens[mention.head]
    words = {w for w in mention.words if w not in (head.lemma, head.lower)}
    for i in range(mention.first, mention.last + 1):
        one = reading.of.get(i)
        if one is not None and i != mention.head:
            words |= {p for m in one.mentions for p in m.name}
    return words


def _holder(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """The person whose title, apposition or earlier description names the same office."""
    tokens = reading.parse.tokens
    narrowing = _described_by(reading, mention)
    named = {w for w in narrowing if w in reading.name_parts}
    lemma = tokens[mention.head].lemma
    ranked: list[tuple[float, int, One]] = []
    holders = {id(one): one for office in sorted(mention.offices) for one in reading.offices.get(office, ())}
    for one in holders.values():
        if one.sort not in ("person", None) or one.plural:
            continue
        if mention.gender and one.gender and mention.gender != one.gender:
            continue
        last = max((m.head for m in one.mentions if m.head < mention.head), default=None)
        if last is None and not (
            one.fullest.kind == "name" and tokens[mention.head].sentence < _LEAD and "former" not in mention.words
        ):
            continue
        known = one.words | {p for i in _owners(reading, one) for p in i}
        strange = named - known
        places = {w for w in strange if "place" in reading.name_parts[w]}
        score = 1.0 + (lemma in one.words) + len(narrowing & known)
        score -= 0.7 * len(strange - places) + 0.3 * len(places) + 0.3 * (last is None)
        ranked.append((score, last if last is not None else -1, one))
    ranked.sort(key=lambda r: (-r[0], -r[1]))
    if not ranked or ranked[0][0] < 0.4:
        return None
    if ranked[0][1] < 0 and len(ranked) > 1 and ranked[1][0] >= ranked[0][0] - 0.5:
        return None
    return ranked[0][2], min(0.95, 0.5 + 0.15 * ranked[0][0])


def _owners(reading: Reading, one: One) -> list[tuple[str, ...]]:
    """Names inside the titles of a person: (hts,) for "HTS chief Karim" and "Karim, head of HTS"."""
    found = []
    for mention in one.mentions:
        token = reading.parse.tokens[mention.head]
        for i in range(max(0, token.left), min(token.right + 1, len(reading.parse.tokens))):
            other = reading.of.get(i)
            if other is not None and other is not one and i != mention.head:
                found += [m.name for m in other.mentions if m.name]
    return found


def _own_body(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """What "his group" is: the body that stands in the title of the one meant by "his"."""
    if mention.first == mention.head:
        return None
    owner = reading.of.get(mention.first)
    if owner is None or owner.sort != "person":
        return None
    names = _owners(reading, owner)
    for one in reading.ones:
        if one.sort == "body" and any(m.name in names for m in one.mentions if m.name):
            return one, 0.8
    return None


def _nearest(reading: Reading, mention: Mention, sorts: tuple[str, ...]) -> tuple[One, float] | None:
    """The body or group named last, subjects first, within reach."""
    here = reading.parse.tokens[mention.head].sentence
    best: tuple[float, One] | None = None
    for one in reversed(reading.recent(mention)):
        if one.sort not in sorts or one.fullest.kind != "name":
            continue
        for m in one.mentions:
            far = here - reading.parse.tokens[m.head].sentence
            if m.head >= mention.head or far > WINDOW:
                continue
            score = 1.0 - 0.2 * far + 0.3 * m.subject + 0.3 * (reading.parse.tokens[mention.head].lemma in one.words)
            score += 0.1 * min(3, len(one.mentions))
            if one.mentions[0].sort == "group" and one.mentions[0].plural:
                score -= 0.5
            if best is None or score >= best[0]:
                best = (score, one)
    return None if best is None or best[0] < 0.3 else (best[1], min(0.9, 0.4 + 0.3 * best[0]))


def _same_head(reading: Reading, mention: Mention) -> tuple[One, float] | None:
    """An earlier, fuller mention with the same head noun whose modifiers these do not contradict."""
    lemma = reading.parse.tokens[mention.head].lemma
    own = {w for w in mention.words if w not in (lemma, reading.parse.tokens[mention.head].lower)}
    for one in reversed(reading.nouns.get(lemma, [])):
        full = one.mentions[0]
        if full.head >= mention.head or full.plural != mention.plural:
            continue
        if own <= full.words and full.last - full.first >= 1:
            return one, 0.7
    return None
