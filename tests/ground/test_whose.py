"""Whose a party is, where its own words do not say: places, the report's country, what was told before."""

from __future__ import annotations

import onrecord
from onrecord.model import Actor, EventClaim

CONFIG = onrecord.Config(encoder=False)


def _parties(text: str) -> dict[str, Actor]:
    claims = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    return {a.text or "": a for c in claims for a in (*c.actor, *c.recipient)}


def test_people_of_a_nation_keep_it_abroad() -> None:
    assert _parties("Gunmen killed four Americans in Benghazi, Libya.")["four Americans"].country == "USA"


def test_an_ethnic_name_is_no_nationality() -> None:
    assert _parties("About 90 ethnic Albanians demonstrated in Serbia.")["About 90 ethnic Albanians"].country == "SRB"


def test_foreigners_are_not_of_the_place() -> None:
    found = _parties("Police in Lima, Peru, arrested seven foreigners and two foreign engineers on Monday.")
    assert found["seven foreigners"].country is None
    assert found["two foreign engineers"].country is None


def test_those_told_before_keep_their_country() -> None:
    text = (
        "Guerrillas in Colombia released two Brazilian engineers who were kidnapped in March. "
        "The hostages were released near Arauca, Colombia."
    )
    assert _parties(text)["The hostages"].country == "BRA"


def test_a_body_is_named_only_where_a_country_has_one() -> None:
    text = "Police in Lyon, France, arrested two men. The army attacked a camp near Lyon, France."
    found = _parties(text)
    assert found["Police"].country == "FRA"
    assert found["Police"].actor_id is None
    assert found["The army"].actor_id == "FRA.mil"


def test_crowds_of_a_state_are_not_its_ministry() -> None:
    diplomats = _parties("Belgium expelled ten Russian diplomats on Monday.")["ten Russian diplomats"]
    assert (diplomats.country, diplomats.sectors, diplomats.actor_id) == ("RUS", ("GOV",), None)


def test_a_town_in_passing_does_not_tell_whose_people_a_report_means() -> None:
    text = (
        "Members of the House panel spoke in Washington. The Republican-led committee of Congress looks at Benghazi. "
        "Republicans in Ohio, Texas and Florida want the report. Critics accused the panel over the Benghazi attack."
    )
    assert _parties(text)["Critics"].country != "LBY"


def test_the_place_of_talks_is_not_the_country_of_those_who_meet() -> None:
    found = _parties("Attorneys general from nine nations met in Mexico City, after attacks in Colombia and Bolivia.")
    assert all(a.country != "MEX" for a in found.values())


def test_a_hyphen_makes_one_party_of_two_demonyms() -> None:
    found = _parties("Turkish-backed Syrian militiamen attacked Afrin on Monday.")
    assert [a.country for a in found.values() if "militiamen" in (a.text or "")] == ["SYR"]


def test_a_word_in_a_line_of_capitals_is_no_acronym() -> None:
    text = "NINE DEAD IN TURKEY CAR BOMB ATTACK\n\nA bomb exploded in Cizre, Turkey, on Friday and killed nine people."
    assert all(a.country != "CAF" for a in onrecord.code(text, config=CONFIG).actors)


def test_a_capital_that_is_attacked_is_no_government() -> None:
    found = _parties("Rebels attacked Kabul on Monday.")
    assert (found["Kabul"].country, found["Kabul"].sectors, found["Kabul"].actor_id) == ("AFG", ("CVL",), None)


def test_the_seat_of_a_member_is_no_party() -> None:
    found = _parties("Critics accused House Chairwoman Jane Doe, D-Kanawha, of lying to the committee.")
    assert not any("Kanawha" in text for text in found if not text.startswith("House"))


def test_kin_are_of_the_country_of_whose_they_are() -> None:
    found = _parties("Gunmen killed a former Russian spy and his daughter in Britain on Sunday.")
    assert found["his daughter"].country == "RUS"


def test_migrants_are_not_of_the_country_that_they_came_to() -> None:
    found = _parties("The United States deported 300 families. Agents in Tucson, Arizona, arrested minors from Lotar.")
    assert found["300 families"].country is None
    assert all(a.country != "USA" for words, a in found.items() if words.startswith("minors"))


def test_a_presidency_is_of_the_country_of_its_holder() -> None:
    text = "In Lyon, France, a French minister criticized Barack Obama's presidency on Monday."
    assert next(a for words, a in _parties(text).items() if "presidency" in words).country == "USA"


def test_presidents_together_are_of_no_one_country() -> None:
    assert _parties("The presidents met in Managua, Nicaragua, on Monday.")["The presidents"].country is None


def test_diplomats_are_not_of_the_town_where_they_meet() -> None:
    assert _parties("Diplomats in Lyon, France, criticized the plan on Monday.")["Diplomats"].country is None


def test_local_words_do_not_outvote_the_places_of_another_country() -> None:
    text = "A man was shot in a neighborhood of Medellin, Colombia. She had worked for the district attorney in Cali."
    assert all(a.country != "USA" for a in _parties(text).values())


def test_terrorists_have_no_country_but_that_in_which_they_strike() -> None:
    about = "Republicans in Ohio, Texas and Florida met in Washington on Monday. "
    found = _parties(about + "The senator said it was a rebuke to the terrorists who attacked the office tower.")
    assert found["the terrorists"].country is None
    found = _parties("Terrorists attacked a market in Lima, Peru, on Monday.")
    assert found["Terrorists"].country == "PER"


def test_people_of_a_part_of_the_world_are_of_no_one_country() -> None:
    about = "Lawmakers met in Texas on Monday. "
    assert _parties(about + "Gunmen killed civilians in Western Europe.")["civilians"].country is None
    assert _parties(about + "Gunmen in Ohio killed civilians.")["civilians"].country == "USA"


def test_an_administration_told_of_abroad_is_not_of_the_place() -> None:
    text = (
        "Republicans in Ohio, Texas and Florida met in Washington on Monday. "
        "Protesters in Berlin, Germany, marched against his administration."
    )
    assert _parties(text)["his administration"].country is None
