"""The law: officers and prosecutors whom a report of a crime cites, and who are neither victims nor suspects in it."""

from __future__ import annotations

from onrecord.attribute.mention import Mention
from onrecord.attribute.reading import One, Reading

_OFFICES = frozenset("police officer deputy prosecutor judge lawyer spokesman".split())
_CONCERNED = frozenset({"victim", "suspect", "defendant"})
"""Offices of ``roles.csv`` that tell what part somebody has in a crime."""


def is_another(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether "the victim" or "the suspect" meets an officer who tells of it."""
    return bool(mention.offices & _CONCERNED) and bool(one.offices & _OFFICES) and tells(reading, one)


def tells(reading: Reading, one: One) -> bool:
    """Whether somebody is cited by name or office."""
    return any(m.head in reading.telling for m in one.mentions if m.kind != "pronoun")


def only_tells(reading: Reading, mention: Mention, one: One) -> bool:
    """Whether *one* is an officer whom the report names for nothing but what he says, and *mention* stands apart from
    that: "Police Capt. Jane Roe said. As he ran, he was shot"."""
    if not one.offices & _OFFICES or mention.head in reading.speakers:
        return False
    teller = reading.said.get(mention.head)
    if teller is not None and reading.of.get(teller) is one:
        return False
    named = [m for m in one.mentions if m.kind != "pronoun"]
    return bool(named) and all(m.head in reading.telling or not m.name for m in named)
