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
    if word == "who" and (person := described(roles, noun)) is not None:
        return person
    if token.lemma not in control.kin or not roles.passive(verb):
        return noun
    named = (i for i in roles.obliques(noun).get("of", ()) if roles.token(i).entity == "PERSON")
    return next((i for i in named if relative - i <= 2), noun)


def described(roles: Arguments, noun: int) -> int | None:
    """Whom a noun only describes that says what somebody is ("Mr Sol is a bully who has threatened the press", "a liar,
    bully and xenophobe who"); None where it stands for itself."""
    token = roles.token(noun)
    while token.dep in {"conj", "appos"} and token.head != token.index:
        token = roles.token(token.head)
    verb = roles.token(token.head)
    if token.dep != "attr" or verb.lemma != "be":
        return None
    articles = {roles.token(c).lower for c in roles.children(token.index, ("det",))}
    if not articles & {"a", "an"}:
        return None
    said_of = [c for c in roles.children(verb.index, ("nsubj",)) if c < token.index]
    if not said_of:  # "regularly incites violence and is a liar who"
        said_of = list(roles.surface_subjects(verb.index))
    return next((i for i in said_of if roles.token(i).entity == "PERSON"), None)
