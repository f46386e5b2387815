"""Filling: in which order the phrases around a noun are tried for a role, where one phrase may mean either side.

"The siege of the town" names who is besieged, "the demand of the unions" who demands; "her arrest" is hers to suffer,
"the army's arrest of the mayor" the army's deed.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.coding.arguments import Arguments
from onrecord.coding.matched import Match
from onrecord.lexicon.frames import RolePath
from onrecord.model import Actor

_OWN_OF = frozenset({"REQUEST", "THREATEN", "SUPPORT", "REJECT", "AGREE", "ASSAULT"})
"""Types whose nouns take who does it behind "of" as often as whom it is done to."""

_OF = RolePath("of")
_POSS = RolePath("poss")
_BY = RolePath("by")
_AGAINST = ("of", "against", "on")


def addressed(found: Sequence[Actor], path: RolePath, before: int) -> list[Actor]:
    """*found* behind "on" without the station or paper, named before the word at code point *before*, on which
    something is said ("On CNN, he called for a vote")."""
    if path.step != "on":
        return list(found)
    return [a for a in found if not ("JRN" in a.sectors and a.span is not None and a.span.start < before)]


def actor_paths(match: Match, arguments: Arguments) -> tuple[RolePath, ...]:
    """The actor's paths of *match* in the order in which they are tried, light verb included."""
    row, head = match.trigger, match.head
    paths: Sequence[RolePath] = row.actor
    if match.light is not None:
        paths = (*match.light.actor, *(p for p in paths if p not in match.light.actor))
        owned = any(arguments.token(i).pos in {"NOUN", "PROPN"} for i in arguments.possessors(head))
        if owned and _POSS in paths:
            paths = (_POSS, *(p for p in paths if p != _POSS))  # "dismissed the minister's accusations"
    if not match.nominal:
        return tuple(paths)
    held = arguments.obliques(head)
    if _BY in paths and held.get("by"):
        paths = (_BY, *(p for p in paths if p != _BY))  # "granted a request by the unions"
    if _OF in row.recipient and row.event_type not in _OWN_OF:
        paths = [p for p in paths if p != _OF]
    if _POSS in row.recipient and not any(held.get(word) for word in _AGAINST):
        paths = [p for p in paths if p != _POSS]
    return tuple(paths)
