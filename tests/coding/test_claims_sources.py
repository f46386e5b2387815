"""Sources of claims: whose words they are, and what is nobody's."""

from __future__ import annotations

import onrecord
from onrecord.model import EventClaim


def claim(text: str, word: str) -> EventClaim:
    coded = onrecord.code(text, published="2018-03-05")
    return next(c for c in coded.claims if isinstance(c, EventClaim) and c.trigger.text == word)


def chain(text: str, word: str) -> list[str | None]:
    return [link.source.text for link in claim(text, word).chain if link.source is not None]


def test_what_a_thing_seems_to_tell_is_nobodys_word() -> None:
    text = "RASHT, March 4 (Wire) - Recent developments show that rebels attacked the town of Saraqib on Sunday."
    assert chain(text, "attacked") == []


def test_what_a_report_tells_is_its_word() -> None:
    text = "RASHT, March 4 (Wire) - A report by the United Nations shows that rebels attacked Saraqib on Sunday."
    assert len(chain(text, "attacked")) == 1


def test_reports_that_are_denied_are_denied() -> None:
    told = claim("Georgian officials denied reports that the rebels had attacked a village.", "attacked").modality
    assert told.mood == "denied"
    assert told.factuality < 0


def test_what_is_not_intended_is_negative() -> None:
    told = claim(
        "Karim said Friday that he does not intend to ask lawmakers to push back the deadline.", "ask"
    ).modality
    assert told.polarity == "negative"
    assert told.factuality <= 0


def test_what_a_sentence_is_served_for_is_past() -> None:
    assert claim("Karim is serving a long sentence for killing two guards.", "killing").modality.tense == "past"


def test_two_people_under_whom_one_body_was_are_two_parties() -> None:
    told = claim("The Bush administration started by blaming the Clinton administration for its errors.", "blaming")
    assert [a.text for a in told.recipient] == ["the Clinton administration"]


def test_whoever_is_met_takes_part_in_the_meeting() -> None:
    told = claim("Hillary Clinton met Russian Foreign Minister Sergei Lavrov in Brussels.", "met")
    assert [a.text for a in told.actor] == ["Hillary Clinton", "Russian Foreign Minister Sergei Lavrov"]


def test_what_somebody_did_not_say_is_left_open() -> None:
    told = claim("The Peruvian president did not say that the army had attacked the village.", "attacked").modality
    assert (told.certainty, told.factuality) == ("unknown", 0.0)
    told = claim("The army did not say who had attacked the village.", "attacked").modality
    assert told.certainty == "certain"


def test_who_is_told_is_no_part_of_who_speaks() -> None:
    assert chain("The women told police Larsen threatened to kill them.", "kill") == ["The women", "Larsen"]


def test_who_asks_gives_the_grounds() -> None:
    text = "The Peruvian minister asked why the women stayed silent, arguing that the army had killed two of them."
    assert chain(text, "killed") == ["The Peruvian minister"]
