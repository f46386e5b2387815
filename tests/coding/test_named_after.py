"""What names before and behind nouns of violence say: who was hit, or only where it was."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def assaults(text: str) -> list[tuple[list[str], list[str]]]:
    """Words of actors and recipients of each assault that a text tells of."""
    found = onrecord.code(text, config=CONFIG).claims
    told = [c for c in found if isinstance(c, EventClaim) and c.event_type == "ASSAULT"]
    return [([a.text or "" for a in c.actor], [a.text or "" for a in c.recipient]) for c in told]


@pytest.mark.parametrize(
    "text",
    [
        "Three policemen were hurt by a car bomb explosion in Bogota.",
        "The police blamed the rebels for a powerful explosion in Sirnak province.",
        "A suicide bombing outside Kabul shook the Afghan army.",
    ],
)
def test_where_a_bomb_went_off_is_no_recipient(text: str) -> None:
    places = {"Bogota", "Sirnak province", "Kabul"}
    assert all(not places & set(recipients) for _, recipients in assaults(text))


def test_a_town_that_is_shelled_is_the_recipient() -> None:
    assert assaults("Rebels shelled Aleppo for hours.") == [(["Rebels"], ["Aleppo"])]


def test_the_building_that_a_massacre_is_named_after_was_hit() -> None:
    assert assaults("The Lima church massacre shocked the country.") == [([], ["Lima church"])]


def test_a_likeness_hits_nobody() -> None:
    told = assaults("The rebels carried out a Paris-style attack on the barracks of Homs.")
    assert told
    assert all("Paris" not in recipients for _, recipients in told)


def test_for_whom_an_operation_is_made_is_not_whom_it_hits() -> None:
    assert assaults("The bomber blew himself up in an operation for al-Qaeda.") == [(["The bomber"], [])]
