"""Deeds that are over, recur or lie ahead, whatever the tense of the clause that names them."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)
OPENING = "The report from the capital follows below in full. "


def at(text: str, trigger: str) -> EventClaim:
    """The claim whose trigger holds a word, told in the body of a report."""
    found = [c for c in onrecord.code(OPENING + text, config=CONFIG).claims if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return fits[0]


@pytest.mark.parametrize(
    ("text", "trigger", "tense"),
    [
        ("The attacks by rebels in Nairobi haunt Kenya, as the 2013 Nairobi attacks by rebels did.", "attacks", "past"),
        ("Kenya is investigating the killing of a judge by soldiers.", "killing", "past"),
        ("The minister's resignation will become a symbol in Chad.", "resignation", "past"),
        ("The rebels' attack on the town in Chad continues.", "attack", "ongoing"),
        ("Attacks by rebels on soldiers are spreading in Chad.", "Attacks", "ongoing"),
        ("Chad has a long history of kidnappings of teachers by rebels.", "kidnappings", "habitual"),
        ("The militia takes part in attacks on farmers in Chad.", "attacks", "habitual"),
        ("He said Chad and Sudan welcome and support the treaty with Kenya.", "support", "ongoing"),
        ("The party did not once mention meeting the rebels.", "meeting", "past"),
    ],
)
def test_tense_of_deeds(text: str, trigger: str, tense: str) -> None:
    claims = [c for c in onrecord.code(OPENING + text, config=CONFIG).claims if isinstance(c, EventClaim)]
    fits = [c for c in claims if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in claims]
    assert fits[-1].modality.tense == tense


@pytest.mark.parametrize(
    ("text", "trigger", "mood", "tense", "polarity"),
    [
        ("She was one of the earliest senators to endorse the president.", "endorse", "asserted", "past", "positive"),
        ("Troops from Chad were the last to withdraw from Mali.", "withdraw", "asserted", "past", "positive"),
        ("The bomb was strong enough to destroy the police station.", "destroy", "asserted", "past", "positive"),
        ("The rebels were not strong enough to attack the city.", "attack", "asserted", "past", "negative"),
        ("The senator is not ready to endorse the president.", "endorse", "asserted", "ongoing", "negative"),
        ("The dispute has set off arrests of teachers by police.", "arrests", "asserted", "past", "positive"),
        ("The army is gathering troops before attacking the rebels.", "attacking", "planned", "future", "positive"),
        ("Soldiers beat the teachers before arresting them.", "arresting", "asserted", "past", "positive"),
        ("They asked that all weapons be seized by the police.", "seized", "demanded", "future", "positive"),
        ("Are there any soldiers wounded by the rebels?", "wounded", "questioned", "past", "positive"),
        ("We do not know who killed the soldiers.", "killed", "asserted", "past", "positive"),
        ("The parties agreed to reject the treaty with Chad.", "reject", "asserted", "past", "positive"),
        (
            "Now that we have signed the treaty with Chad, rebels should leave.",
            "signed",
            "asserted",
            "past",
            "positive",
        ),
        ("Officials fear that rebels killed the hostages.", "killed", "asserted", "past", "positive"),
        ("The mayor urged those attacking the police to stop.", "attacking", "asserted", "past", "positive"),
    ],
)
def test_what_was_done_and_what_was_not(text: str, trigger: str, mood: str, tense: str, polarity: str) -> None:
    modality = at(text, trigger).modality
    assert (modality.mood, modality.tense, modality.polarity) == (mood, tense, polarity)
    assert polarity == "positive" or modality.factuality <= 0


@pytest.mark.parametrize(
    ("text", "trigger", "certainty", "most"),
    [
        ("The rebels could have carried out the attack on the bus, police said.", "attack", "possible", 1.5),
        ("The rebels could be involved in the killing of the mayor.", "killing", "possible", 1.5),
        ("The army does not rule out the possibility that rebels killed the mayor.", "killed", "possible", 1.5),
        ("Police suspect that rebels killed the mayor.", "killed", "probable", 2.0),
        ("The police did not say that rebels had killed the mayor.", "killed", "unknown", 0.5),
    ],
)
def test_who_only_may_have_done_it(text: str, trigger: str, certainty: str, most: float) -> None:
    modality = at(text, trigger).modality
    assert (modality.mood, modality.tense, modality.certainty) == ("asserted", "past", certainty)
    assert modality.factuality <= most


def test_what_a_speaker_does_not_know_of_is_not_held_to_have_happened() -> None:
    text = OPENING + '"We do not know of any soldiers being killed by rebels," the mayor of Nairobi said.'
    claims = [c for c in onrecord.code(text).claims if isinstance(c, EventClaim) and c.trigger.text == "killed"]
    assert all((c.modality.polarity, c.modality.factuality) == ("negative", -1.0) for c in claims)
    assert claims
