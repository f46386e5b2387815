"""Who or what is told beside an act and is no party to it."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def claim(text: str, trigger: str, config: onrecord.Config = CONFIG) -> EventClaim:
    """The claim, or the candidate that is weighed and left out, at a trigger."""
    coding = onrecord.code(text, config=config)
    found = [c for c in (*coding.claims, *coding.rejected) if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return fits[0]


def recipients(text: str, trigger: str) -> list[str]:
    return [a.text or "" for a in claim(text, trigger).recipient]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The senator opposed the Iraq war from its first day.", "opposed"),
        ("Governor Lea Dorn rejected the Puerto Rico debt deal on Monday.", "rejected"),
        ("The union's refusal to support more gun control angered the mayor.", "refusal"),
    ],
)
def test_a_thing_is_no_party(text: str, trigger: str) -> None:
    assert recipients(text, trigger) == []


def test_whose_proposal_it_is_stays() -> None:
    assert recipients("The Greek government rejected the Turkish proposal.", "rejected") == ["the Turkish proposal"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister refused to condemn the Islamic State.",
        "The senator refused to discuss the threat to America on Monday.",
        "The spokesman refused to answer questions about President Ruto.",
    ],
)
def test_what_is_not_said_is_not_refused(text: str) -> None:
    assert recipients(text, "refused") == []


def test_with_whom_one_refuses_to_speak_is_refused() -> None:
    assert recipients("The rebels refused to discuss the truce with the Syrian government.", "refused") == [
        "the Syrian government"
    ]


def test_the_office_that_is_left_is_nobody() -> None:
    assert recipients("Silva stepped down as a member of Britain's Parliament.", "stepped down") == []
    assert recipients("Silva resigned from the Kenyan parliament on Monday.", "resigned") == ["the Kenyan parliament"]


@pytest.mark.parametrize(
    "text",
    [
        "The bishops demanded that the prisoners be released.",
        "The workers called for President Ruto's removal.",
    ],
)
def test_who_would_undergo_it_is_not_asked(text: str) -> None:
    assert recipients(text, "demanded" if "demanded" in text else "called") == []


def test_others_of_theirs_are_asked() -> None:
    assert recipients("The minister ordered the government's hospitals to close.", "ordered") == [
        "the government's hospitals"
    ]


def test_an_attempt_against_somebody_is_resisted_for_them() -> None:
    assert recipients("The party would resist any attempt to oust President Ruto.", "resist") == []


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The congressmen investigated the attack on the French consulate.", "investigated"),
        ("The senator supports a ban on Syrian refugees.", "supports"),
    ],
)
def test_whom_it_would_strike_is_no_party_to_the_words(text: str, trigger: str) -> None:
    assert recipients(text, trigger) == []


def test_a_word_for_what_a_thing_is_about_gives_way_to_its_owner() -> None:
    assert recipients("The lawmakers supported Governor Dorn's proposed business tax cuts.", "supported") == [
        "Governor Dorn"
    ]


def test_another_s_failings_are_not_apologised_to() -> None:
    assert "the police" not in recipients("The mayor apologised for the failures of the police.", "apologised")


def test_who_is_offended_is_not_blamed() -> None:
    assert "the bishops" not in recipients("The minister said the film was offensive to the bishops.", "offensive")


def test_a_device_stands_for_its_owner() -> None:
    assert recipients("Hackers hacked the minister's computer last week.", "hacked") == ["the minister"]


def test_a_thing_voted_down_is_the_object() -> None:
    found = claim("The ministers moved a motion. The Socialist Party voted against the motion.", "voted against")
    assert not found.recipient
    assert found.object is not None
