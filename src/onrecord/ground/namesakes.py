"""Namesakes: people of a report who share a name with something that the registry knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from onrecord.lexicon.cues import load_name_genders
from onrecord.model import Actor, Parse

_MR, _MRS = frozenset(("mr", "mr.", "sir", "lord")), frozenset(("mrs", "mrs.", "ms", "ms.", "miss", "lady"))


def without_seats(found: Sequence[Actor], parse: Parse) -> tuple[Actor, ...]:
    """*found* with a name that is a seat of government elsewhere left a person's where the report calls somebody so in
    full ("Douglas" after "Robert Douglas")."""
    people = {
        parse.tokens[e.last].text.casefold(): e for e in parse.entities if e.label == "PERSON" and e.last > e.first
    }
    return tuple(
        Actor(text=a.text, span=a.span, basis="named")
        if a.sectors == ("GOV",) and (a.actor_id or "").endswith(".gov") and (a.text or "").casefold() in people
        else a
        for a in found
    )


def by_title(found: Sequence[Actor], parse: Parse) -> tuple[Actor, ...]:
    """*found* with "Mr. Clinton" the Clinton whom the report names in full and who is a man, else a name that nobody
    knows, where the registry's best known bearer of the surname is a woman; and the reverse."""
    return tuple(_of_gender(a, found, parse) for a in found)


def by_full_name(found: Sequence[Actor], parse: Parse) -> tuple[Actor, ...]:
    """*found* with a surname alone the person of that name whom the report names in full most often before it, or at
    all where it names nobody so before; the first of several whom it names as often."""
    people = [a for a in found if (a.actor_id or "").startswith("per.") and a.basis == "named" and a.span]
    bare = {id(a) for a in people if _bare(a, parse)}
    told = {a.actor_id for a in people if id(a) not in bare and not _given(a)}
    full = [a for a in people if id(a) not in bare and _given(a)]
    return tuple(_in_full(a, told, full) if id(a) in bare else a for a in found)


def _in_full(actor: Actor, told: Collection[str | None], full: Sequence[Actor]) -> Actor:
    same = [a for a in full if _surname(a) == _surname(actor)]
    before = [a for a in same if a.span is not None and actor.span is not None and a.span.start < actor.span.start]
    often = Counter(a.actor_id for a in before or same).most_common()
    if (
        not often
        or often[0][0] == actor.actor_id
        or (actor.actor_id in told and dict(often).get(actor.actor_id) is None)
    ):
        return actor
    return replace(next(a for a in same if a.actor_id == often[0][0]), text=actor.text, span=actor.span)


def _bare(actor: Actor, parse: Parse) -> bool:
    """Whether a person is called by the surname alone, with no title or given name at it."""
    inside = parse.tokens_in(actor.span) if actor.span is not None else range(0)
    words = [parse.tokens[i].text for i in inside if parse.tokens[i].pos == "PROPN"]
    before = parse.tokens[inside[0] - 1] if inside and inside[0] else None
    if before is not None and before.sentence == parse.tokens[inside[0]].sentence and before.pos == "PROPN":
        return False
    return len(words) == 1 and words[0].lower() == _surname(actor)


def _given(actor: Actor) -> bool:
    """Whether the words of a person hold the given name and the surname."""
    names = (actor.name or "").lower().split()
    words = (actor.text or "").lower().split()
    return len(names) > 1 and names[0] in words and names[-1] in words


def _of_gender(actor: Actor, found: Sequence[Actor], parse: Parse) -> Actor:
    told = _title(actor, parse)
    known = _gender(actor)
    if told is None or known is None or told == known:
        return actor
    surname = _surname(actor)
    other = next((a for a in found if _surname(a) == surname and _gender(a) == told and a.basis == "named"), None)
    if other is None:
        return Actor(text=actor.text, span=actor.span, basis="named")
    return replace(other, text=actor.text, span=actor.span)


def _title(actor: Actor, parse: Parse) -> str | None:
    """ "m" or "f" where the word before a name, or its first one, tells so."""
    inside = parse.tokens_in(actor.span) if actor.span is not None else range(0)
    words = [parse.tokens[i].lower for i in (inside[0] - 1, inside[0]) if i >= 0] if inside else []
    if any(word in _MR for word in words):
        return "m"
    return "f" if any(word in _MRS for word in words) else None


def _gender(actor: Actor) -> str | None:
    person = (actor.actor_id or "").startswith("per.") and actor.name
    return load_name_genders().get(str(actor.name).lower().split()[0]) if person else None


def _surname(actor: Actor) -> str:
    return (actor.name or "").lower().split()[-1] if (actor.name or "").strip() else ""
