"""Clauses whose form tells whether something was done."""

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
    ("text", "trigger", "tense"),
    [
        ("The teacher should never have been arrested, the mayor said.", "arrested", "past"),
        ("The president will speak in Lima on Friday, having criticized the rebels last week.", "criticized", "past"),
        ("He said he'd asked the army to leave the town.", "asked", "past"),
        ("Reporters asked the senator why he had criticized the president.", "criticized", "past"),
        ("Kenya said it would fight the rebels' latest threats.", "threats", "past"),
        ("The president never speaks without attacking the press.", "attacking", "habitual"),
        ("The senator was pressed to rein in her supporters after they blocked a road, attacking policemen.",
         "attacking", "past"),
        ("The minister defended the ongoing attack by the army on Goma.", "attack", "ongoing"),
        ("Some leaders may be backing the president of Peru.", "backing", "ongoing"),
        ("Asked about the mayor calling the senator a bigot, the general left Lima.", "calling", "past"),
        ("Police worked with the army to make the arrests in Lima.", "make", "past"),
    ],
)  # fmt: skip
def test_what_is_known_to_be_done_is_asserted(text: str, trigger: str, tense: str) -> None:
    claim = at(text, trigger)
    assert (claim.modality.mood, claim.modality.polarity) == ("asserted", "positive")
    assert claim.modality.tense == tense


@pytest.mark.parametrize(
    ("text", "trigger", "mood", "polarity"),
    [
        ("If the senator had rejected the plan, the party would have split.", "rejected", "conditional", "positive"),
        ("Kenya's president has not promised to release the two journalists.", "release", "promised", "negative"),
        ("The minister has given no order to withdraw troops from Goma.", "withdraw", "demanded", "negative"),
        ("The general is not expected to meet the president of Peru.", "meet", "planned", "negative"),
        ("The senate's proposal to ban protests was published in Lima.", "ban", "demanded", "positive"),
        ("The minister is considering whether to expel the ambassador of Peru.", "expel", "planned", "positive"),
        ("Lawyers gave advice in case of mass arrests by police in Lima.", "arrests", "conditional", "positive"),
        ("The minister should have arrested the two rebels.", "arrested", "conditional", "positive"),
        ("The army sent troops to arrest the rebels in Goma.", "arrest", "planned", "positive"),
    ],
)
def test_what_has_not_been_done(text: str, trigger: str, mood: str, polarity: str) -> None:
    claim = at(text, trigger)
    assert (claim.modality.mood, claim.modality.polarity) == (mood, polarity)


def test_what_there_is_no_evidence_of_is_left_open() -> None:
    claim = at("The investigators found no evidence that the army attacked the village.", "attacked")
    assert (claim.modality.certainty, claim.modality.factuality) == ("unknown", 0.0)
    claim = at("The investigators failed to find any evidence that the army attacked the village.", "attacked")
    assert (claim.modality.certainty, claim.modality.factuality) == ("unknown", 0.0)
    claim = at("The investigators found evidence that the army attacked the village.", "attacked")
    assert claim.modality.factuality > 0.5


def test_who_seizes_a_chance_takes_it() -> None:
    claim = onrecord.code("The senator seized the opportunity to criticize the president of Kenya.").claims[0]
    assert claim.modality.mood == "asserted"
    assert claim.modality.polarity == "positive"
