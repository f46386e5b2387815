"""Whose words, plans and deeds they are, where the nearest noun is not who acts."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def actors(text: str, event_type: str) -> list[str]:
    """Words of the actors of the first claim of a type."""
    found = onrecord.code(text, config=CONFIG).claims
    told = [c for c in found if isinstance(c, EventClaim) and c.event_type == event_type]
    assert told, f"no {event_type}"
    return [a.text or "" for a in told[0].actor]


@pytest.mark.parametrize(
    ("text", "event_type", "who"),
    [
        ("The mayor of Lima sent a letter to Congress urging it to delay the vote.", "REQUEST", "The mayor of Lima"),
        ("Peruvian senators praised the decision by the army to arrest the general.", "COERCE", "the army"),
        ("Three officers shouted at the driver to surrender the gun.", "RETREAT", "the driver"),
        ("The Chilean minister said the union was lazy and accused it of sabotage.", "ACCUSE", "The Chilean minister"),
    ],
)
def test_the_actor_is_whose_act_it_is(text: str, event_type: str, who: str) -> None:
    assert actors(text, event_type) == [who]


def test_a_town_before_a_noun_is_where_it_was() -> None:
    assert "Tulsa" not in " ".join(actors("The Tulsa protest shook the governor of Oklahoma.", "PROTEST"))
    assert actors("The Brussels bombing killed dozens of commuters.", "ASSAULT") == []


def test_an_order_shouted_has_no_subject() -> None:
    found = onrecord.code('"Don\'t shoot him," the Kenyan minister said.', config=CONFIG).claims
    shots = [c for c in found if isinstance(c, EventClaim) and c.event_type == "ASSAULT"]
    assert all(not c.actor and c.modality.mood == "demanded" for c in shots)
    assert shots
