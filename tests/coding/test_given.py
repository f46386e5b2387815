"""Clauses and nouns that are told for themselves, and such as only seem to be."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def at(text: str, trigger: str) -> EventClaim:
    """The claim whose trigger holds a word."""
    found = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return fits[0]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The opposition plans to sue the army for shelling the town.", "shelling"),
        ("Ministers denounce the Sudanese army; the president of Chad vows revenge.", "denounce"),
        ("The police used force on the crowd, whether by shooting protesters or by beating them.", "shooting"),
        ("His tweet was only to mock the Peruvian president.", "mock"),
    ],
)
def test_what_is_given_is_asserted(text: str, trigger: str) -> None:
    claim = at(text, trigger)
    assert (claim.modality.mood, claim.modality.polarity) == ("asserted", "positive")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Had the army attacked the town, hundreds of people would have fled.", "attacked"),
        ("Should the rebels attack the capital, the army will respond.", "attack"),
        ("If you had a militia that was killing people, you would call the police.", "killing"),
    ],
)
def test_what_is_supposed_is_conditional(text: str, trigger: str) -> None:
    claim = at(text, trigger)
    assert claim.modality.mood == "conditional"
    assert claim.modality.factuality <= 1


def test_what_shall_end_goes_on() -> None:
    claim = at("Will the army's attacks on the villages ever stop?", "attacks")
    assert (claim.modality.mood, claim.modality.tense) == ("asserted", "ongoing")


def test_what_took_a_moment_is_over() -> None:
    claim = at("The army's massacre of villagers raises fears in Sudan.", "massacre")
    assert claim.modality.tense == "past"


def test_what_has_a_year_of_its_own_is_past() -> None:
    claim = at("Senators will question the minister about the 2012 attack by rebels on the embassy in Mali.", "attack")
    assert claim.modality.tense == "past"


def test_what_somebody_is_charged_with_is_past() -> None:
    claim = at("The colonel is accused of shooting three protesters in Lima.", "shooting")
    assert claim.modality.tense == "past"


def test_a_deed_of_others_is_not_denied_by_who_takes_no_part() -> None:
    claim = at("The United States is not engaged in the Saudis' bombing campaign in Yemen.", "bombing")
    assert claim.modality.polarity == "positive"


def test_neither_of_two_did_it() -> None:
    claim = at("Neither the army nor the rebels attacked the village.", "attacked")
    assert claim.modality.polarity == "negative"


def test_a_title_in_the_present_tells_of_the_past() -> None:
    text = "Dock workers' union endorses the president of Ghana. The union endorsed him on Friday."
    assert at(text, "endorses").modality.tense == "past"


def test_an_office_alone_is_nobody() -> None:
    claim = at("The Democratic Party nominated Anna Brandt for president.", "nominated")
    assert [a.text for a in claim.recipient] == ["Anna Brandt"]
