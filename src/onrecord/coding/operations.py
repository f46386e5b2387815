"""Operations: who acts in a passive that names nobody, where it was done in an operation of theirs ("were arrested in
operations carried out by the army and the police"), or in a fight with them ("killed in clashes with police")."""

from __future__ import annotations

from onrecord.coding.arguments import Arguments
from onrecord.coding.parties import ARMED, Parties, distinct
from onrecord.lexicon.laid_to import load_laid_to
from onrecord.model import Actor

_WITHIN = ("in", "during", "through")
_STATE = ARMED | {"GOV"}


def operators(verb: int, arguments: Arguments, parties: Parties) -> tuple[Actor, ...]:
    """Who carried out the operation in which the passive at token *verb* was done, or was the other side of the fight,
    () where the words name none."""
    if not arguments.passive(verb):
        return ()
    held = arguments.obliques(verb)
    for word in _WITHIN:
        for noun in held.get(word, ()):
            if arguments.token(noun).lemma in load_laid_to().fights:
                if others := arguments.obliques(noun).get("with", ()):
                    return distinct(a for i in others for a in parties.parties(i))
                continue
            if not parties.classes.holds("operation", arguments.token(noun).lemma, arguments.modifier_lemmas(noun)):
                continue
            agents = arguments.obliques(noun).get("by", ()) or _agents(noun, arguments)
            if agents:
                return distinct(a for i in agents for a in parties.parties(i))
            if owners := tuple(a for a in parties.owners(noun) if set(a.sectors) & _STATE):
                return distinct(owners)
    return ()


def _agents(noun: int, arguments: Arguments) -> tuple[int, ...]:
    """Agents of a participle that tells who did what the noun names ("launched by", "carried out by")."""
    done = (c for c in arguments.children(noun, ("acl",)) if arguments.passive(c))
    return next((agents for c in done if (agents := arguments.subjects(c))), ())
