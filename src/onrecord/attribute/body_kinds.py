"""Kinds of bodies: whether an organisation, newspaper or court is what "the agency" or "the paper" calls it."""

from __future__ import annotations

from onrecord.attribute.clauses import child
from onrecord.attribute.fitting import owners
from onrecord.attribute.mention import Mention, core
from onrecord.attribute.reading import One, Reading
from onrecord.lexicon.speakers import load_body_words

_AS_GROUP = frozenset(("group", "movement", "organization", "organisation", "agency"))  # no newspaper is one
_NOT_NAME = frozenset(("new", "former", "whole", "entire"))


def kind_fit(one: One, lemma: str, narrowing: frozenset[str], speaks: bool = False) -> float | None:
    """How well a body fits a noun for its kind (0.4 to 1.2); None when it is a body of another kind.

    Of names that the registry does not know and the parser took for places, those that *speak* count as bodies.
    """
    known = load_body_words()
    words = one.parts
    body = one.sort == "body" or (speaks and one.actor_id is None and one.sort in ("place", None))
    if narrowing & known.armed and one.actor_id is not None:
        return 1.0 if one.actor is not None and known.fighting & set(one.actor.sectors) else None
    if lemma in words:
        return 1.2
    if lemma in one.words and not is_no_place(one, lemma, speaks):
        return 0.5 if narrowing and not narrowing & one.words else 1.0
    if lemma in _AS_GROUP and (one.actor_id or "").startswith("media."):
        return None
    wanted = known.named.get(lemma)
    if wanted is None:
        if words & known.named["newspaper"][0]:
            return None
        return 0.5 if lemma in known.generic and (body or one.sort == "group") else None
    if words & wanted[0]:
        return 1.0
    actor = one.actor
    if actor is not None and actor.actor_id is not None:
        if actor.actor_id.startswith(wanted[1]) or set(actor.sectors) & set(wanted[1]):
            return 0.9
        return None
    if lemma in known.telling:
        return None
    other = any(words & names for kind, (names, _) in known.named.items() if kind != lemma and names != wanted[0])
    return None if other or not body else 0.4


def is_no_place(one: One, lemma: str, speaks: bool) -> bool:
    """Whether a noun is for bodies and *one* a place, known or one that never *speaks*: no newspaper is Harma."""
    if one.sort != "place" or (one.actor_id is None and speaks):
        return False
    known = load_body_words()
    return (lemma in known.named or lemma in known.generic) and lemma not in known.places


def is_named_alike(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether the name of a body holds all words of the description: "the budget office"."""
    lemma = reading.parse.tokens[mention.head].lemma
    if lemma not in one.parts:
        return False
    own = (mention.words - _NOT_NAME) | {lemma}
    return any(own <= set(m.name) and len(m.name) > 1 for m in one.mentions)


def own_body(reading: Reading, mention: Mention) -> One | None:
    """What "his group" is: the body in the title of the one meant by "his", or the one called after that person."""
    owner = possessor(reading, mention)
    if owner is None or owner.sort != "person":
        return None
    lemma = reading.parse.tokens[mention.head].lemma
    known = load_body_words()
    kind = lemma in known.named or lemma in known.generic
    names = set(owners(reading, owner)) if is_bare(mention) and kind else set()
    parts = {core(m.name)[-1] for m in owner.mentions if m.name}
    for one in reading.named:
        if names and one.sort == "body" and any(m.name in names for m in one.mentions if m.name):
            return one
        if lemma not in one.parts or not parts & one.parts:
            continue
        if one.fullest.kind == "name" and any(lemma in m.name and parts & set(m.name) for m in one.mentions):
            return one
    for one in reading.nouns.get(lemma, []):
        full = one.mentions[0]
        if full.head < mention.head and (parts & full.words or possessor(reading, full) is owner):
            return one
    return None


def is_of_name(reading: Reading, mention: Mention) -> bool:
    """Whether a name behind "for" tells a body apart that is not named: "the trade group for the Harma dealers"."""
    tokens = reading.parse.tokens
    for c in reading.parse.children[mention.head]:
        if c > mention.head and tokens[c].dep == "prep" and tokens[c].lower == "for":
            return any(t.pos == "PROPN" for t in tokens[c : tokens[c].right + 1])
    return False


def possessor(reading: Reading, mention: Mention) -> One | None:
    """The one whose the noun is said to be: Karim for "Karim's brother"."""
    owner = child(reading.parse, mention.head, "poss")
    return None if owner is None else reading.of.get(owner)


def takes_article(reading: Reading, mention: Mention) -> bool:
    """Whether the description begins with "the", "this" or "that"."""
    return reading.parse.tokens[mention.first].lower in ("the", "that", "this")


def is_bare(mention: Mention) -> bool:
    """Whether nothing but an article or pronoun stands with the noun."""
    return mention.first >= mention.head - 1 and mention.last == mention.head
