"""Who did it, where a sentence names nobody: police of whom the report has just spoken, and the act before its toll."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def claims(text: str) -> list[EventClaim]:
    return [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Police rushed to the mill. Twelve workers were interrogated.", "ACCUSE"),
        ("Police reached the market. Three vehicles were intercepted near the bridge.", "COERCE"),
    ],
)
def test_acts_of_police_just_spoken_of_are_theirs(text: str, event_type: str) -> None:
    told = [c for c in claims(text) if c.event_type == event_type and c.span.start > text.index(".")]
    assert [[a.sectors for a in c.actor] for c in told] == [[("COP",)]]
    actor = told[0].actor[0]
    assert actor.basis == "inferred"
    assert "police" in (actor.why or "")


def test_without_police_before_it_nobody_is_inferred() -> None:
    told = [c for c in claims("The minister left. Twelve workers were interrogated.") if c.event_type == "ACCUSE"]
    assert all(not c.actor for c in told)


def test_a_toll_belongs_to_the_act_told_before_it() -> None:
    told = claims("Police fired on the march. Three people were killed and a dozen were injured.")
    toll = next(c for c in told if c.trigger is not None and c.trigger.text == "killed")
    assert [a.sectors for a in toll.actor] == [("COP",)]
    assert toll.actor[0].basis == "inferred"


@pytest.mark.parametrize(
    "text",
    [
        "Police met elders in the town hall. Three people were killed in a landslide.",
        "Police fired on the march. Gunmen attacked a bus in the north. Three people were killed.",
    ],
)
def test_a_toll_of_something_else_is_left_alone(text: str) -> None:
    tolls = [c for c in claims(text) if c.trigger is not None and c.trigger.text == "killed"]
    assert all("COP" not in a.sectors for c in tolls for a in c.actor)


@pytest.mark.parametrize(
    "text",
    [
        "Police opened fire on the march, leaving four dead.",
        "Two people died as police fired at rioters in the old town.",
        "Police opened fire on the march, resulting in the death of two students.",
    ],
)
def test_an_act_is_deadly_where_its_clause_tells_of_deaths(text: str) -> None:
    told = [c for c in claims(text) if c.event_type == "ASSAULT"]
    assert ("measure", "killed") in {code for c in told for code in c.codes}


def test_an_act_without_deaths_is_not_deadly() -> None:
    told = claims("Police opened fire on the march, but nobody died. The mayor said the dead were mourned elsewhere.")
    assert ("measure", "killed") not in {code for c in told if c.event_type == "ASSAULT" for code in c.codes}
