"""The adjective of a country before what is done names the state as the one who does it."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim


def events(text: str) -> list[EventClaim]:
    return [c for c in onrecord.code(text, published="2018-08-22").claims if isinstance(c, EventClaim)]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Israeli strikes killed five people in Gaza on Monday.", "ISR"),
        ("Russian shelling destroyed the hospital in Idlib.", "RUS"),
    ],
)
def test_strikes_are_the_states(text: str, state: str) -> None:
    actors = [a for c in events(text) if c.event_type == "ASSAULT" for a in c.actor]
    assert {(a.actor_id, a.country, a.sectors) for a in actors} == {(state, state, ())}


def test_protests_are_the_peoples() -> None:
    actors = [a for c in events("Russian protests against the war spread on Sunday.") for a in c.actor]
    assert all(a.actor_id != "RUS" for a in actors)
