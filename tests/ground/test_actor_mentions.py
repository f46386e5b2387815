"""Actor mentions: sentences of ours, each with one mention and what grounding must say of it on that day."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.model import Actor

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "actors.jsonl").read_text(encoding="utf-8").splitlines()
]


@cache
def actors_of(text: str, published: str | None) -> tuple[Actor, ...]:
    return onrecord.code(text, published=published).actors


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['words']}" for i, c in enumerate(CASES, 1)])
def test_mention(case: dict[str, Any]) -> None:
    """``any_id``: which entity it is does not matter, country and sector do."""
    found = {a.text: a for a in actors_of(case["text"], case["published"])}
    assert case["words"] in found
    actor = found[case["words"]]
    if "not_id" in case:
        assert actor.actor_id != case["not_id"]
        return
    assert actor.country == case["country"]
    if not case.get("any_id"):
        assert actor.actor_id == case["actor_id"]
    if case["sector"] is not None:
        assert actor.sectors[:1] == (case["sector"],)
    for field in ("basis", "group"):
        if field in case:
            assert getattr(actor, field) == case[field]


def test_surname_of_two_takes_who_is_in_office() -> None:
    """One surname, two presidents, told apart by the day."""
    elder = actors_of("President Bush addressed the nation.", "1991-01-16")[0]
    younger = actors_of("President Bush addressed the nation.", "2003-03-19")[0]
    assert (elder.actor_id, younger.actor_id) == ("per.george-h-w-bush", "per.george-w-bush")


def test_same_office_two_days() -> None:
    """The holder changes with the day of publication, the words do not."""
    holders = [actors_of("The British prime minister spoke.", day)[0].actor_id for day in ("1985-05-01", "1999-05-01")]
    assert holders == ["per.margaret-thatcher", "per.tony-blair"]


def test_country_of_police_is_inferred_from_the_place_and_says_so() -> None:
    coding = onrecord.code("Police arrested 12 protesters in Nairobi on Monday.", published="2018-08-22")
    event = next(c for c in coding.claims if c.kind == "event" and c.actor and c.actor[0].text == "Police")
    assert event.actor[0].country == "KEN"
    assert event.actor[0].basis == "inferred"
    assert "Nairobi" in (event.actor[0].why or "")


def test_country_that_nothing_gives_stays_empty() -> None:
    actor = actors_of("Police arrested 12 protesters on Monday.", "2018-08-22")[0]
    assert actor.text == "Police"
    assert actor.country is None


def _named(text: str) -> dict[str | None, str | None]:
    return {actor.text: actor.actor_id for actor in actors_of(text, "2016-05-04")}


def test_an_acronym_of_another_country_is_nobody_known() -> None:
    """One acronym is another body in each country that has one."""
    assert _named("The UGTT called a strike in Tunis on Monday.")["The UGTT"] == "grp.ugtt"
    assert _named("The UGTT called a strike in Dallas on Monday.")["The UGTT"] is None


def test_an_acronym_known_everywhere_needs_no_country() -> None:
    assert _named("The PKK claimed the bombing on Monday.")["The PKK"] == "grp.pkk"


def test_an_acronym_means_what_the_report_spells_out() -> None:
    text = "The Uplands Gravel Transport Trust, UGTT, opened in Tunis. On Monday the UGTT sued the ministry."
    assert "grp.ugtt" not in _named(text).values()


def test_an_acronym_given_with_its_name_is_that_body() -> None:
    text = "The Tunisian General Labour Union called a strike. The UGTT wants higher wages."
    assert _named(text)["The UGTT"] == "grp.ugtt"


def _countries(text: str, event_type: str) -> list[str | None]:
    coding = onrecord.code(text, published="2016-05-04")
    return [a.country for c in coding.claims if c.kind == "event" and c.event_type == event_type for a in c.actor]


def test_lawmakers_who_reproach_a_state_by_its_name_are_not_of_that_state() -> None:
    assert "RUS" not in _countries("Lawmakers denounced Russia.", "ACCUSE")


def test_officials_who_speak_of_another_country_are_of_the_one_that_the_report_is_about() -> None:
    text = "PARIS - France votes in May. In Paris and Lyon rallies are planned, and Marseille expects more. "
    assert _countries(text + "Lawmakers accused the rebels in Mali of fraud.", "ACCUSE") == ["FRA"]
