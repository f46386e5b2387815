"""Who acts and who suffers where the words name it beside the verb: in an operation, a raid, a direction, a passive."""

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
    ("text", "event_type", "actors"),
    [
        (
            "More than 300 people have been arrested in operations carried out by the army and the police.",
            "COERCE",
            ["the army", "the police"],
        ),
        ("Hundreds of diplomats were expelled from Russia.", "SANCTION", ["Russia"]),
        ("The defector was poisoned in Paris by a nerve agent.", "ASSAULT", []),
        ("Investigators want to find out who placed the car bomb near the barracks.", "ASSAULT", []),
        ("The Peruvian-American foundation sent tents to Chile.", "AID", ["The Peruvian-American foundation"]),
    ],
)
def test_who_acts(text: str, event_type: str, actors: list[str]) -> None:
    assert [a.text for a in claim(text, event_type).actor] == actors


@pytest.mark.parametrize(
    ("text", "event_type", "recipients"),
    [
        ("Three nightclubs were subject to police raids in Sochi.", "COERCE", ["Three nightclubs"]),
        ("Harbor task force arrests 14.", "COERCE", ["14"]),
        ("Juvenile arrested in Ohio bar had a gun.", "COERCE", ["Juvenile"]),
        ("Shots were fired in the direction of the guards.", "ASSAULT", ["the guards"]),
        ("30 Turkish-backed Syrian militiamen were killed.", "ASSAULT", ["30 Turkish-backed Syrian militiamen"]),
        ("The border with Sudan is guarded by Kenyan troops.", "MOBILIZE", []),
        ("The Kenyan army attacked the prison.", "ASSAULT", ["the prison"]),
        (
            "Protesters met Ana Sol, the mother of Luis Sol, who was shot by a police officer.",
            "ASSAULT",
            ["Luis Sol"],
        ),
    ],
)
def test_who_is_acted_on(text: str, event_type: str, recipients: list[str]) -> None:
    assert [a.text for a in claim(text, event_type).recipient] == recipients


def test_a_march_against_hatred_is_not_against_the_government() -> None:
    assert claim("Activists joined a march against hatred in Moscow.", "PROTEST").recipient == ()
    assert claim("Thousands joined a march against the president in Moscow.", "PROTEST").recipient


def test_two_countries_of_one_noun_are_still_two() -> None:
    told = claim("The French and Spanish ministers criticised Russia.", "ACCUSE").actor
    assert [a.country for a in told] == ["FRA", "ESP"]
