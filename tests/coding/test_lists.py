"""Every member of a list is told, wherever the parser loses the thread."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def roles(text: str, trigger: str) -> tuple[list[str], list[str]]:
    """Words of actors and recipients of the claim at a trigger."""
    found = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return [a.text or "" for a in fits[0].actor], [a.text or "" for a in fits[0].recipient]


@pytest.mark.parametrize(
    ("text", "trigger", "recipients"),
    [
        (
            "Police arrested Ana Reyes, 23, Luis Bravo, 20, and Eva Solis, 24, on Friday.",
            "arrested",
            ["Ana Reyes", "Luis Bravo", "Eva Solis"],
        ),
        (
            "The army killed Ana Reyes, 42; Luis Bravo, 19; and a night guard.",
            "killed",
            ["Ana Reyes", "Luis Bravo", "a night guard"],
        ),
        (
            "At least 12 villagers, 30 Kurdish fighters and 14 guards were killed in Afrin.",
            "killed",
            ["At least 12 villagers", "30 Kurdish fighters", "14 guards"],
        ),
        ("The murder of 6 soldiers and 1 policeman raised the toll to 36.", "murder", ["6 soldiers", "1 policeman"]),
        ("Ana Reyes, 23, a student, was arrested by police.", "arrested", ["Ana Reyes"]),
        ("Police arrested Ana Reyes, 23, and charged her with murder.", "arrested", ["Ana Reyes"]),
    ],
)
def test_all_who_are_listed_are_recipients(text: str, trigger: str, recipients: list[str]) -> None:
    assert roles(text, trigger)[1] == recipients


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        (
            "The Coast Guard, the FBI and the Boston Police Department are investigating the mayor.",
            "investigating",
            ["The Coast Guard", "the FBI", "the Boston Police Department"],
        ),
        (
            "Dozens have fled since the fighting between the rebels and the army began in the capital.",
            "fighting",
            ["the rebels", "the army"],
        ),
        (
            "Jane Okoro, the Minister of Health and Deputy Prime Minister, criticised the army.",
            "criticised",
            ["Jane Okoro"],
        ),
    ],
)
def test_all_who_are_listed_are_actors(text: str, trigger: str, actors: list[str]) -> None:
    assert roles(text, trigger)[0] == actors


def test_a_town_is_shelled_though_the_parser_takes_it_for_an_adverbial() -> None:
    assert roles("The army shelled Aleppo on Friday.", "shelled") == (["The army"], ["Aleppo"])
