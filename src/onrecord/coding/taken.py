"""Taken: from whom something is seized; the thing itself is no party."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.coding.arguments import Arguments
from onrecord.coding.matched import Match
from onrecord.coding.parties import ARMED, Parties
from onrecord.model import Actor

_PEOPLE = ARMED | {"PTY", "OPP", "GOV"}
_TAKING = frozenset({"confiscate", "impound", "seize", "recover"})


def takes(match: Match) -> bool:
    """Whether the verb of *match* takes things away; raids and searches are done to a place or house."""
    return not match.nominal and match.trigger.modes == ("seize",) and match.trigger.words[0] in _TAKING


def robbed(tokens: Sequence[int], arguments: Arguments, parties: Parties) -> tuple[Actor, ...]:
    """Who is or owns what stands at *tokens*; () for cocaine, rifles and houses of nobody who is named."""
    found: list[Actor] = []
    for index in tokens:
        counted = next(iter(arguments.children(index, ("nummod",))), None)
        owners = [a for i in arguments.possessors(index) if (a := parties.party(i)) is not None]
        before = [i for i in arguments.children(index, ("compound", "nmod")) if counted is not None and i < counted]
        if owners:
            found.extend(owners)
        elif before:  # "seized from the rebels 25 missiles"
            named = (parties.party(i, loose=arguments.token(i).pos == "PROPN") for i in before)
            found.extend(
                a
                for a in named
                if a is not None and (arguments.token(before[0]).pos == "PROPN" or _PEOPLE & set(a.sectors))
            )
        elif not parties.is_weapon(index):
            found.extend(parties.parties(index))
    return tuple(found)
