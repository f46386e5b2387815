"""Which phrase around a word names who acts and which whom it befalls."""

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
    ("text", "trigger", "actors", "recipients"),
    [
        (
            "The decree ended the government's persecution of women and journalists.",
            "persecution",
            ["the government"],
            ["women", "journalists"],
        ),
        ("The minister's speech mocked the president of Peru.", "mocked", ["The minister"], ["the president of Peru"]),
        (
            "Kenya, Uganda's oldest ally and its only outlet to the sea, accused Sudan of fraud.",
            "accused",
            ["Kenya"],
            ["Sudan"],
        ),
        (
            "Residents accused the mayor of withholding facts surrounding the murder of Chicago teenager Leo Mann by "
            "Chicago police officer Tom Daro.",
            "murder",
            ["Chicago police officer Tom Daro"],
            ["Chicago teenager Leo Mann"],
        ),
        ("The senator's denunciation of the rich angered the party.", "denunciation", ["The senator"], ["the rich"]),
    ],
)
def test_each_side_is_where_the_words_put_it(text: str, trigger: str, actors: list[str], recipients: list[str]) -> None:
    assert roles(text, trigger) == (actors, recipients)


def test_whose_a_thing_is_may_have_been_told_before() -> None:
    text = (
        "The council met after Togo's missile test. The president of Ghana condemned the test as a threat. "
        "The council imposed sanctions on Togo in May. It has now imposed new sanctions."
    )
    found = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    condemned = next(c for c in found if c.trigger.text == "condemned")
    assert [(a.text, a.country, a.basis) for a in condemned.recipient] == [("the test", "TGO", "coreference")]
    assert condemned.recipient[0].via is not None
    assert condemned.recipient[0].via.text == "Togo"


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        (
            "The Ghanaian government announced that it had arrested the union leaders.",
            "arrested",
            ["it"],
            ["the union leaders"],
        ),
        (
            "Idris Bello, the Chadian leader who led the revolt before being assassinated, is still revered.",
            "assassinated",
            [],
            ["Idris Bello"],
        ),
    ],
)
def test_words_stand_for_who_is_named_beside_them(
    text: str, trigger: str, actors: list[str], recipients: list[str]
) -> None:
    assert roles(text, trigger) == (actors, recipients)


def test_who_is_told_is_no_part_of_a_name() -> None:
    actors, _ = roles("Two nurses told police Okafor attacked them with a knife.", "attacked")
    assert actors == ["Okafor"]


def test_a_station_is_not_asked() -> None:
    _, recipients = roles("On CNN, the senator called for a vote by the government of Ghana.", "called for")
    assert "CNN" not in recipients


def test_a_faith_is_nobody() -> None:
    _, recipients = roles("The Hungarian president condemned the ideology of radical Islam.", "condemned")
    assert recipients == []


def test_who_meets_whom_is_not_who_tells_of_it() -> None:
    text = "After her meeting with President Obama, the White House announced an end of the sanctions on Sudan."
    actors, _ = roles(text, "meeting")
    assert "the White House" not in actors


def test_the_dead_of_a_battle_fell_to_those_who_fought_it() -> None:
    text = "Two villagers were killed as gunmen of rival clans battled in the camp."
    assert roles(text, "killed") == (["gunmen of rival clans"], ["Two villagers"])
