"""Who acts and to whom, as one value an account: names where they are known, else descriptions without their counts.

"At least 12 people" and "nine people" are the same people told twice, not two parties: how many they are is a figure.
Descriptions of one country and sector are taken for one party unless a name says otherwise.
"""

from __future__ import annotations

from onrecord.model import Actor, EventClaim

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions dozen dozens score scores several some many few"
)
_COUNTING = frozenset(
    f"the a an its his her their our these those at least most more fewer less than about around some up to over "
    f"nearly almost of another other {_NUMBERS}".split()
)


class Parties:
    """Reads the party that a claim names first in a role; one reader an event, so that labels agree within it."""

    def __init__(self, role: str) -> None:
        self._role = role
        self._labels: dict[tuple[str | None, tuple[str, ...]], str] = {}

    def __call__(self, claim: EventClaim) -> str | None:
        """Its name, else its description; None where the claim names nobody."""
        found = known_parties(claim, self._role)
        if not found:
            return None
        first = next((a for a in found if a.name), found[0])
        if first.name:
            return first.name
        words = plain_description(first.text or "")
        if not words or not (first.country or first.sectors):
            return words or None
        return self._labels.setdefault((first.country, first.sectors), words)


def known_parties(claim: EventClaim, role: str) -> tuple[Actor, ...]:
    """The parties of a role of which more is known than words; for recipients, things where there are none.

    A bare pronoun is nobody.
    """
    actors = claim.actor if role == "actor" else claim.recipient
    found = tuple(a for a in actors if a.actor_id or a.name or a.country or a.sectors)
    if found or role == "actor":
        return found
    return tuple(a for a in actors if plain_description(a.text or ""))


def plain_description(text: str) -> str:
    """*text* without the determiners and numbers that it begins with: "at least 12 people" is "people"."""
    words = text.split()
    while words and (words[0].casefold() in _COUNTING or words[0][0].isdigit()):
        words.pop(0)
    rest = " ".join(words)
    return "" if rest.casefold() in _PRONOUNS else rest


_PRONOUNS = frozenset("he she it they we i him her them us you this that who himself themselves".split())
