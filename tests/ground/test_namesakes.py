"""People, parties and courts that only look like something the registry knows."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

CONFIG = onrecord.Config(encoder=False)


def actor(text: str, words: str, published: str | None = None) -> Actor:
    """The mention of these words."""
    found = onrecord.code(text, published=published, config=CONFIG).actors
    return next(a for a in found if (a.text or "").removeprefix("the ") == words)


def test_a_surname_is_no_seat_of_government() -> None:
    text = "Robert Douglas, the police chief of Tampa, spoke on Monday. Douglas said that a man was arrested."
    assert actor(text, "Douglas").sectors != ("GOV",)


@pytest.mark.parametrize("words", ["Republican leaders", "Democratic leaders"])
def test_leaders_of_a_party_are_not_the_state(words: str) -> None:
    found = actor(f"{words} criticized the bill, unlike lawmakers in Iran.", words)
    assert (found.country, found.sectors[:1]) == ("USA", ("PTY",))


def test_a_middle_initial_hides_nobody() -> None:
    found = actor("Secretary of State John F. Kerry visited Cairo.", "Secretary of State John F. Kerry", "2014-06-22")
    assert found.name == "John Kerry"


def test_a_lower_court_is_not_the_highest() -> None:
    found = onrecord.code("He appeared in the Belfast Magistrate's Court in Britain on Tuesday.", config=CONFIG).actors
    assert all("Supreme" not in (a.name or "") for a in found)


def test_nobody_in_office_is_of_the_opposition() -> None:
    text = "Aung San Suu Kyi visited Washington."
    assert actor(text, "Aung San Suu Kyi", "2016-09-15").sectors == ("GOV",)
    assert "GOV" not in actor(text, "Aung San Suu Kyi", "2009-09-15").sectors


def test_leaders_anywhere_have_no_country_of_their_own() -> None:
    text = "Pyongyang tested a missile in North Korea. Other leaders denounced North Korea's test."
    claims = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    denounced = next(c for c in claims if c.trigger.text == "denounced")
    assert [a.country for a in denounced.actor] == [None]


def test_a_foreign_power_is_not_the_report_s_own() -> None:
    text = "LIMA - The union accused a foreign government of fraud on Monday, police in Peru said."
    claims = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    accused = next(c for c in claims if c.trigger.text == "accused")
    assert [a.country for a in accused.recipient] == [None]


def test_a_foreign_ministry_is_the_report_s_own() -> None:
    text = "CAIRO - The foreign ministry accused the unions of fraud on Monday, and Egypt's police arrested two men."
    claims = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    accused = next(c for c in claims if c.trigger.text == "accused")
    assert [a.country for a in accused.actor] == ["EGY"]


def test_a_spokesman_is_not_the_one_the_registry_knows() -> None:
    text = "WASHINGTON - The spokesman accused the union of fraud on Monday in the United States."
    claims = [c for c in onrecord.code(text, published="2015-06-01", config=CONFIG).claims if isinstance(c, EventClaim)]
    accused = next(c for c in claims if c.trigger.text == "accused")
    assert [a.name for a in accused.actor] == [None]


def test_a_title_tells_whose_surname_it_is() -> None:
    text = "Hillary Clinton spoke on Monday. Bill Clinton was there. Mr. Clinton praised the mayor."
    found = onrecord.code(text, published="2016-06-22", config=CONFIG).actors
    assert [a.name for a in found if (a.text or "").endswith("Clinton")] == [
        "Hillary Clinton", "Bill Clinton", "Bill Clinton",
    ]  # fmt: skip


def test_a_surname_alone_is_whom_the_report_names_in_full() -> None:
    text = "Jeb Bush spoke in Ames, Iowa. A union criticized Bush on Monday."
    assert actor(text, "Bush", "2016-01-20").name == "Jeb Bush"


def test_a_surname_alone_stays_with_whom_the_report_tells_of_by_office() -> None:
    text = "Jeb Bush spoke in Miami. President Bush praised the troops. A union criticized Bush on Monday."
    assert actor(text, "Bush", "2005-01-20").name == "George W. Bush"


def test_presidents_of_a_part_of_the_world_are_nobody_known() -> None:
    found = actor("central american presidents met on monday.", "central american presidents", "1989-12-12")
    assert (found.name, found.country) == (None, None)


def test_a_common_name_is_of_no_other_country_than_the_one_before_it() -> None:
    found = actor("A union said the Colombian Communist Party met.", "Colombian Communist Party", "2009-03-25")
    assert found.country in {None, "COL"}


def test_a_common_name_is_of_no_country_that_the_report_is_silent_about() -> None:
    found = actor("In Fargo, North Dakota, the National Guard sent troops.", "National Guard", "2009-03-25")
    assert found.country in {None, "USA"}


def test_a_common_name_is_known_where_its_country_is_told() -> None:
    found = actor("In Shanghai, China, the Communist Party met.", "Communist Party", "2009-03-25")
    assert found.country == "CHN"


def _named(text: str, published: str, words: str) -> list[str | None]:
    found = onrecord.code(text, published=published).actors
    return [a.name for a in found if a.text == words]


def test_a_surname_is_whom_the_report_has_named_most_before_it() -> None:
    text = (
        "Jeb Bush gave up on Saturday. Bush, a brother of George W. Bush, thanked the voters. Donald Trump had "
        "attacked Bush for months."
    )
    assert _named(text, "2016-02-20", "Bush") == ["Jeb Bush", "Jeb Bush"]


def test_a_given_name_and_the_name_of_a_firm_are_nobody_with_that_surname() -> None:
    assert "John Kerry" not in _named("Kerry Washington criticized the law on Tuesday.", "2016-01-05", "Kerry")
    found = onrecord.code("The Podesta Group lobbied Congress for years.", published="2016-08-17").actors
    assert "John Podesta" not in {a.name for a in found}


def test_a_name_that_groups_of_several_countries_have_is_that_of_the_country_told_of() -> None:
    libya = _named("Ansar al-Sharia attacked the consulate in Benghazi, Libya.", "2013-09-12", "Ansar al-Sharia")
    yemen = _named("In Yemen, Ansar al-Sharia seized Zinjibar.", "2013-09-12", "Ansar al-Sharia")
    assert (libya, yemen) == (["Ansar al-Sharia in Libya"], ["Ansar al-Sharia (Yemen)"])
