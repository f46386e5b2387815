"""Relatives: which of the nouns before a relative pronoun it stands for, where the grammar allows several."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.coding.arguments import Arguments


def meant(roles: Arguments, verb: int, noun: int, relative: int) -> int:
    """Whom *relative*, hung on *noun*, stands for in the clause of *verb*: somebody named to whom something was done
    ("the mother of Ana Sol, who was shot"), the person, not the body ("an official of the ministry who has resigned"),
    but the body behind "that" ("a donor to the group that backed it"); else *noun*."""
    token, control, word = roles.token(noun), roles.control, roles.token(relative).lower
    if word == "who" and token.tag in {"NN", "NNP"} and token.dep == "pobj" and token.lemma.lower() in control.bodies:
        above = roles.token(roles.token(token.head).head)
        if above.pos == "NOUN":
            return above.index
    if word in {"that", "which"} and token.lemma in control.agents:
        inner = roles.token(relative - 1)
        if inner.dep == "pobj" and inner.lemma.lower() in control.bodies:
            return inner.index
    if token.lemma not in control.kin or not roles.passive(verb):
        return noun
    named = (i for i in roles.obliques(noun).get("of", ()) if roles.token(i).entity == "PERSON")
    return next((i for i in named if relative - i <= 2), noun)
