"""Of which country a report is, by its courts, schools and offices."""

from __future__ import annotations

import onrecord
from onrecord.ground.local_words import local_country

CONFIG = onrecord.Config(encoder=False)

LOCAL = (
    "A Paris man was arrested on Sunday, the Henry County Sheriff's Department said. He is to appear in General "
    "Sessions Court on Tuesday, and the school district has been told."
)


def test_words_of_one_country_tell_it() -> None:
    assert local_country(LOCAL) == "USA"
    assert local_country("Two lakh people, a BJP leader and the panchayat of the taluk were there.") == "IND"


def test_one_or_two_words_tell_nothing() -> None:
    assert local_country("The school district in Paris closed its doors.") is None
    assert local_country("Ministers met in Paris.") is None


def test_a_town_is_where_the_report_is_at_home() -> None:
    towns = [p for p in onrecord.code(LOCAL, config=CONFIG).toponyms if p.text == "Paris"]
    assert [p.country for p in towns] == ["USA"]
    world = onrecord.code("The president of France spoke in Paris on Monday.", config=CONFIG).toponyms
    assert [p.country for p in world if p.text == "Paris"] == ["FRA"]


def test_money_roads_and_districts_of_a_country_tell_it() -> None:
    assert (
        local_country("Crash on I-95 near Harlan, Ky., leaves $4,000 of damage; the Bell County jail holds one.")
        == "USA"
    )
    assert local_country("He got £40 in the high street, the magistrates' court heard; a PCSO saw him.") == "GBR"
    assert local_country("Gardaí in Co. Meath said that the Taoiseach had left.") == "IRL"


def test_another_spelling_speaks_against_a_country() -> None:
    assert local_country("The mayor told lawmakers of the Republican that downtown costs $2 and ten miles.") == "USA"
    text = "The mayor told lawmakers that the centre downtown costs $2 per cent, three kilometres off."
    assert local_country(text) != "USA"


def test_words_of_national_politics_place_no_town() -> None:
    text = (
        "Republicans in the U.S. Senate and Democrats sparred over the attacks in Paris and San Bernardino, Calif., on "
        "Monday. Gov. A. Hill of Ohio, who leads the GOP field in Iowa and Texas, called for a super PAC ban."
    )
    assert local_country(text) == "USA"
    assert local_country(text, towns=True) is None
    assert local_country(LOCAL, towns=True) == "USA"
    towns = [p.country for p in onrecord.code(text, config=CONFIG).toponyms if p.text == "Paris"]
    assert towns == ["FRA"]
