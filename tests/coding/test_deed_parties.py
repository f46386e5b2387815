"""Parties of deeds that the tree or the word order hides: lost members of lists, victims before a noun, mere places."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def claim(text: str, event_type: str) -> EventClaim:
    """The first claim of a type."""
    found = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    fits = [c for c in found if c.event_type == event_type]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return fits[0]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Comrades Mensah, Sarpong and Tetteh were murdered in Ghana.", ["Comrades Mensah", "Sarpong", "Tetteh"]),
        ("April 24 marked 101 years since the start of the Armenian genocide.", ["Armenian"]),
        ("Ten terrorists have died during fighting in the north.", ["Ten terrorists"]),
        ("Santa Clara murder still haunts family.", []),
    ],
)
def test_who_suffers(text: str, recipients: list[str]) -> None:
    found = claim(text, "ASSAULT")
    assert [a.text for a in found.recipient] == recipients
    assert not found.actor


def test_both_sides_of_a_fight_are_its_parties() -> None:
    text = "There was fierce fighting between the army and several FARC fronts during the first few weeks."
    assert [a.text for a in claim(text, "ASSAULT").actor] == ["the army", "several FARC fronts"]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Police confiscated 110 kg of cocaine, 30 boats and 42 houses on Friday.", []),
        ("Arms and ammunition were confiscated from the guerrillas.", ["the guerrillas"]),
        ("Two rifles were confiscated from the residence by police.", []),
        ("Kenyan troops seized the rebels' weapons.", ["the rebels"]),
    ],
)
def test_what_is_seized_is_no_party(text: str, recipients: list[str]) -> None:
    assert [a.text for a in claim(text, "COERCE").recipient] == recipients


def test_whose_murder_it_is_stands_behind_it() -> None:
    text = "The party leadership met the president after the murder of Comrade Mensah."
    assert [a.text for a in claim(text, "ASSAULT").recipient] == ["Comrade Mensah"]


def test_an_explosion_in_a_village_hits_no_village() -> None:
    found = onrecord.code("Two servicemen were hurt in an explosion in the village of Achguara.", config=CONFIG).claims
    parties = [a.text for c in found if isinstance(c, EventClaim) for a in c.recipient]
    assert set(parties) <= {"Two servicemen"}
