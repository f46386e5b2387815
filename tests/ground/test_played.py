"""Codes that hang on the part played: whoever robs, shoots or is held for a crime is not coded as a civilian."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

CONFIG = onrecord.Config(encoder=False)


def claims(text: str) -> list[EventClaim]:
    found = onrecord.code(text, published="2018-03-05", config=CONFIG).claims
    return [c for c in found if isinstance(c, EventClaim)]


def party(text: str, event_type: str, role: str, words: str) -> Actor:
    slots = (a for c in claims(text) if c.event_type == event_type for a in getattr(c, role))
    return next(a for a in slots if a.text == words)


def test_men_with_bombs_are_an_unidentified_armed_party() -> None:
    told = party("Two men threw a grenade at a bank in Lima on Monday.", "ASSAULT", "actor", "Two men")
    assert (told.country, told.sectors) == ("PER", ("UAF",))


def test_a_man_who_kills_is_no_civilian_and_keeps_his_country() -> None:
    told = party("A man killed two shopkeepers in Lima on Monday.", "ASSAULT", "actor", "A man")
    assert (told.country, told.sectors) == ("PER", ())


def test_whom_he_kills_stays_one() -> None:
    told = party("A man killed two women in Lima on Monday.", "ASSAULT", "recipient", "two women")
    assert told.sectors == ("CVL",)


def test_the_man_who_killed_is_no_civilian_when_he_is_caught() -> None:
    text = "A man walked into a bank in Lima. The man shot two guards. Police arrested the man near the port."
    assert party(text, "COERCE", "recipient", "the man").sectors == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police arrested a suspect in Lima on Monday.", "a suspect"),
        ("Police arrested twelve people linked to the cartel in Lima on Monday.", "twelve people"),
        ("Police arrested a man wanted for murder in Lima on Monday.", "a man"),
    ],
)
def test_who_is_held_for_a_crime_is_neither_civilian_nor_criminal(text: str, words: str) -> None:
    assert party(text, "COERCE", "recipient", words).sectors == ()


def test_villagers_who_fight_stay_civilians() -> None:
    assert party("Villagers killed three soldiers near Cusco.", "ASSAULT", "actor", "Villagers").sectors == ("CVL",)


def test_what_says_nothing_is_no_code() -> None:
    assert party("Police in Lima arrested two lawyers.", "COERCE", "recipient", "two lawyers").sectors == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The candidate criticized his opponent in Ames, Iowa.", "his opponent"),
        ("The candidate criticized security guards in Ames, Iowa.", "security guards"),
        ("The chairman criticized his deputies in Ames, Iowa.", "his deputies"),
    ],
)
def test_followers_and_rivals_of_somebody_have_no_sector_of_a_state(text: str, words: str) -> None:
    assert party(text, "ACCUSE", "recipient", words).sectors == ()
