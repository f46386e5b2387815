"""Coreference within one report: names to their fullest form, descriptions and pronouns to a name.

Rules, in the order in which a reader would use them: the same name; an office that only one person holds; the
subject and speaker nearest before. What fits nobody, or several alike, stays unresolved.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attribute.announcements import resolve_heading
from onrecord.attribute.descriptions import resolve_noun
from onrecord.attribute.first_person import resolve_first_person
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.mentions import find_mentions
from onrecord.attribute.pronouns import resolve_both, resolve_pronoun
from onrecord.attribute.reading import One, Reading, read
from onrecord.attribute.relatives import resolve_relative
from onrecord.attribute.same_names import join_names
from onrecord.attribute.statements import Told, rule_statements
from onrecord.lexicon.cues import CueLexicon, load_cues
from onrecord.model import Actor, Parse, Reference, Via
from onrecord.text.quotation import find_quotations


def find_references(
    parse: Parse,
    actors: Sequence[Actor],
    lexicon: CueLexicon | None = None,
    told: Told | None = None,
    day: str | None = None,
) -> tuple[Reference, ...]:
    """Pronouns, descriptions and short names of *parse* with what they stand for, in text order.

    *told* says who speaks where; without it the rules are asked. *day* of publication (ISO 8601) tells who is in
    office.
    """
    reading, mentions = begin(parse, actors, lexicon or load_cues(), told, day)
    found: list[tuple[Mention, One, float]] = []
    for mention in mentions:
        score = resolve(reading, mention)
        reading.seen.append(mention)
        if score is not None:
            found.append((mention, reading.of[mention.head], score))
    found += resolve_first_person(reading)
    found += resolve_heading(reading)
    references = [r for m, one, score in found if (r := _reference(parse, m, one, score)) is not None]
    return tuple(sorted(references, key=lambda r: r.mention))


def begin(
    parse: Parse, actors: Sequence[Actor], lexicon: CueLexicon, told: Told | None = None, day: str | None = None
) -> tuple[Reading, tuple[Mention, ...]]:
    """A reading that knows names and speakers, and the mentions that are still to be resolved in their order."""
    if told is None:
        quotations = find_quotations(parse.text, parse.paragraphs)
        told = Told(quotations, tuple(rule_statements(parse, lexicon, quotations)))
    reading = read(parse, told.quotations, told.statements, day)
    mentions = find_mentions(parse, lexicon, actors, reading.speakers)
    join_names(reading, [m for m in mentions if m.kind == "name"])
    return reading, mentions


def _reference(parse: Parse, mention: Mention, one: One, score: float) -> Reference | None:
    full = _beside(mention, one) or one.fullest_for(mention)
    if full is mention or full.kind == "pronoun" or full.span.overlaps(mention.span):
        return None
    if mention.kind == "name":
        if core(mention.name) == core(full.name) or full.kind != "name":
            return None
        kind = "short_name"
    else:
        if mention.span.of(parse.text).lower() == full.span.of(parse.text).lower():
            return None
        kind = "pronoun" if mention.kind == "pronoun" else "description"
    via = Via(text=full.span.of(parse.text), span=full.span)
    return Reference(mention=mention.span, antecedent=via, kind=kind, score=round(score, 3))  # type: ignore[arg-type]


def _beside(mention: Mention, one: One) -> Mention | None:
    """What a relative pronoun of people or of something without a name stands beside: "the voters who left"."""
    if mention.gender != "r" or (one.sort != "group" and one.fullest.kind == "name"):
        return None
    before = (m for m in reversed(one.mentions) if m.head < mention.head and m.kind != "pronoun")
    return next((m for m in before if one.sort != "group" or m.sort in ("group", "person")), None)


def resolve(reading: Reading, mention: Mention) -> float | None:
    """Puts *mention* with the one it stands for; the score of the tie, None when it starts its own."""
    if mention.kind == "name":
        one = reading.of[mention.head]
        return 0.9 if len(one.mentions) > 1 else None
    if mention.kind == "noun":
        return resolve_noun(reading, mention)
    if mention.gender in ("1", "y"):
        return None
    if mention.gender == "2":
        return resolve_both(reading, mention)
    if mention.gender == "r":
        return resolve_relative(reading, mention)
    return resolve_pronoun(reading, mention)
