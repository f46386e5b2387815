"""Peoples of no one country, states called by their people, and world cities: whose a party is not."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

CONFIG = onrecord.Config(encoder=False)


def parties(text: str) -> dict[str, Actor]:
    found = onrecord.code(text, published="2016-04-18", config=CONFIG).claims
    claims = [c for c in found if isinstance(c, EventClaim)]
    return {a.text or "": a for c in claims for a in (*c.actor, *c.recipient)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The United States pledged to ban all Muslims from entering.", "all Muslims"),
        ("Senators in Ohio and Iowa condemned extremists.", "extremists"),
        ("Senators in Ohio and Iowa condemned today's refugees.", "today's refugees"),
        ("Officials in Lahore condemned bishops in the Middle East.", "bishops"),
        ("The two defence ministries signed a pact in Hanoi, Vietnam.", "The two defence ministries"),
        ("Ministers in Ankara accused Kurds of treason.", "Kurds"),
        ("Senators in Ohio and Iowa condemned terrorist groups.", "terrorist groups"),
        ("Senators in Ohio criticized the release of Guantanamo Bay detainees.", "Guantanamo Bay detainees"),
    ],
)
def test_who_lives_all_over_the_world_is_not_of_the_country_of_the_report(text: str, words: str) -> None:
    assert parties(text)[words].country is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gunmen killed 20 Muslims in Lahore, Pakistan.", "20 Muslims"),
        ("Officials in Lahore condemned bishops in Karachi.", "bishops"),
        ("The defence ministry signed a pact in Hanoi, Vietnam, with two ministries.", "The defence ministry"),
    ],
)
def test_where_something_is_done_to_them_or_where_they_live_tells(text: str, words: str) -> None:
    assert parties(text)[words].country in {"PAK", "VNM"}


def test_our_soldiers_are_of_the_speaker_wherever_they_fight() -> None:
    text = "Sen. Jane Doe of Ohio met reporters in Dayton, Ohio. Our soldiers were wounded in Iraq, she said in Toledo."
    assert parties(text)["Our soldiers"].country == "USA"
    text = "Officials met in Baghdad. The soldiers were wounded in Iraq, they said in Baghdad."
    assert parties(text)["The soldiers"].country == "IRQ"


def test_the_pontiff_is_the_pope_of_the_day() -> None:
    told = parties("The pontiff met Mr. Sanders at a guest house, officials in Ohio said.")["The pontiff"]
    assert (told.country, told.actor_id) == ("VAT", "per.pope-francis")


def test_a_people_that_deals_with_another_is_its_state() -> None:
    told = parties("The Saudis rejected the plan of the French.")["The Saudis"]
    assert (told.country, told.actor_id, told.sectors) == ("SAU", "SAU", ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gunmen killed the Saudis in Lahore.", "the Saudis"),
        ("The Saudis who were held in Lahore rejected the plan.", "The Saudis"),
        ("The Palestinians rejected the plan.", "The Palestinians"),
        ("President Vladimir Putin urged the Russians to wait.", "the Russians"),
    ],
)
def test_people_who_suffer_or_hear_their_own_president_stay_people(text: str, words: str) -> None:
    assert (parties(text)[words].sectors, parties(text)[words].actor_id) == (("CVL",), None)


def test_a_part_of_a_people_is_no_state() -> None:
    told = parties("The governor praised rural America.")["rural America"]
    assert (told.country, told.sectors, told.actor_id) == ("USA", ("CVL",), None)
    assert parties("The governor praised America.")["America"].actor_id == "USA"


def test_a_bare_name_that_fits_every_namesake_means_the_world_city() -> None:
    text = (
        "Paris attacks test a strategy. Voters in Iowa, New Hampshire, Nevada, South Carolina, Florida, Ohio and Texas "
        "worry. Republicans met in Des Moines, Manchester, Charleston and Miami on Friday."
    )
    told = next(p for p in onrecord.code(text, config=CONFIG).toponyms if p.text == "Paris")
    assert (told.country, told.candidates[0].place_id) == ("FRA", told.place_id)


def test_a_town_told_with_its_state_stays_that_town() -> None:
    text = "The attack in Paris, Texas, worries voters in Iowa, Nevada, Florida and Ohio, the sheriff said."
    assert next(p for p in onrecord.code(text, config=CONFIG).toponyms if p.text == "Paris").country == "USA"
