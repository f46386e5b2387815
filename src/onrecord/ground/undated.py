"""Offices in reports of no known day: who was a senator once and governs now is neither, as far as is known.

The registry knows what people are by the day. Where the day is not known, what changed over their lives is left off,
unless the report itself calls them by an office or says for what they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from onrecord.ground.mentions import Name
from onrecord.ground.offices import FORMER
from onrecord.ground.offices_in import office_word
from onrecord.ground.owners import is_general
from onrecord.ground.registry import Registry
from onrecord.ground.signs import signs_of
from onrecord.lexicon.actors import fold
from onrecord.model import Actor, Parse

_OF_ONE = frozenset({"office", "person"})
_BY_DAY = frozenset({"GOV", "LEG", "JUD", "PTY", "OPP", "ELI", "MIL", "COP", "SPY"})
"""Sectors that come and go with offices."""
_FIRST = "-01-01"


def as_far_as_told(
    found: Sequence[Actor], parse: Parse, names: dict[int, Name], registry: Registry
) -> tuple[Actor, ...]:
    """*found* in a report of unknown day: people by the roles that the report gives them, without those that hang on
    the day; offices as those of nobody whom the report does not name."""
    told: dict[str, Counter[tuple[str, ...]]] = {}
    named = [a for a in found if _of_person(a) and a.basis == "named"]
    for actor in named:
        role = _role(actor, parse, names, registry) or _beside(actor, found, parse)
        if role:
            told.setdefault(actor.actor_id or "", Counter())[role] += 1
    roles = {person: counts.most_common(1)[0][0] for person, counts in told.items()}
    words = {fold(token.text) for token in parse.tokens if token.pos == "PROPN"}
    return tuple(_as_told(a, roles, words, registry) if _of_person(a) else a for a in found)


def _of_person(actor: Actor) -> bool:
    return (actor.actor_id or "").startswith("per.")


def _as_told(actor: Actor, roles: Mapping[str, tuple[str, ...]], words: Collection[str], registry: Registry) -> Actor:
    person = actor.actor_id or ""
    if actor.basis != "named":
        named = fold((actor.name or "-").split()[-1]) in words
        return actor if named else replace(actor, actor_id=None, name=None)
    if person in roles:
        return replace(actor, sectors=roles[person], group=None)
    if _changed(person, registry):
        return replace(actor, sectors=tuple(s for s in actor.sectors if s not in _BY_DAY), group=None)
    return actor


def _changed(person: str, registry: Registry) -> bool:
    """Whether *person* had other sectors at some time of what the registry knows of offices and of after them."""
    entity = registry.tables.entity(person)
    if entity is None:
        return False
    dates = {d for t in registry.tables.terms_of(person) for d in (t.start, t.end) if d is not None}
    days = {(d + (_FIRST if len(d) == 4 else "-01"))[:10] for d in dates}
    days |= {_day_after(t.end) for t in registry.tables.terms_of(person) if t.end is not None}
    alive = {d for d in days if entity.end is None or d < entity.end}
    return len({registry.codes(entity, d)[1] for d in alive} - {()}) > 1


def _day_after(end: str) -> str:
    """A day on which what ended in *end* (a year, month or day) has ended for sure."""
    return f"{int(end[:4]) + 1}{_FIRST}"


def _role(actor: Actor, parse: Parse, names: dict[int, Name], registry: Registry) -> tuple[str, ...]:
    """The sectors that the words at a name give its bearer: "candidate Ruiz", "Ruiz, the mayor", "Ruiz is a
    candidate"."""
    inside = parse.tokens_in(actor.span) if actor.span is not None else range(0)
    head = _heads(actor, parse)
    if head is None:
        return ()
    signs = signs_of(parse, head, names, registry)
    offices = [e.sectors for e in signs.groups if e.kind == "office"]
    words = [w for w in signs.words if w.kind in _OF_ONE and not is_general(w)]
    words += [w for i in inside if i != head and i in names and (w := registry.sector_word(parse, i)) is not None]
    words += [w for i in _titles(parse, inside, head) if (w := office_word(parse, i, names, registry)) is not None]
    phrases = (" ".join(parse.tokens[k].lower for k in (i, i + 1, i + 2)) for i in inside[:-2])
    words += [w for phrase in phrases if (w := registry.tables.sector_word(phrase)) is not None]  # "secretary of state"
    if not (words or offices):
        return ()
    said = {parse.tokens[i].lower.removesuffix("-") for i in range(max(0, inside[0] - 2), head)}
    held = (*offices, *(w.sectors for w in words if set(w.sectors) & _BY_DAY))
    return ("ELI",) if said & FORMER else tuple(dict.fromkeys(s for sectors in held for s in sectors))


def _heads(actor: Actor, parse: Parse) -> int | None:
    """The token of a mention whose head lies outside it."""
    return next(iter(parse.heads_in(parse.tokens_in(actor.span))), None) if actor.span is not None else None


def _beside(actor: Actor, found: Sequence[Actor], parse: Parse) -> tuple[str, ...]:
    """The sectors of the title that a name stands behind: "the president of the Dawn Party, Lena Ruiz"."""
    head = _heads(actor, parse)
    if head is None or parse.tokens[head].dep != "appos":
        return ()
    title = parse.tokens[parse.tokens[head].head]
    near = (a for a in found if a.basis == "described" and _heads(a, parse) == title.index)
    return next((a.sectors for a in near if set(a.sectors) & _BY_DAY), ())


def _titles(parse: Parse, inside: range, head: int) -> list[int]:
    """The nouns that a clause or a title gives the name at token *head*: "candidate" of "Ruiz is a candidate",
    "president" of "the president of Arda Lena Ruiz"."""
    before = inside[0] - 1
    if (
        before > 0
        and parse.tokens[before].lower == "of"
        and parse.tokens[before].sentence == parse.tokens[head].sentence
    ):
        return [before - 1]
    verb = parse.tokens[parse.tokens[head].head]
    if parse.tokens[head].dep != "nsubj" or verb.lemma != "be":
        return []
    return [c for c in parse.children[verb.index] if parse.tokens[c].dep == "attr"]
