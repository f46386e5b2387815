"""Offices in bodies that the registry does not have are the body's; one of many bodies is not the one of a country."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim


def mention(text: str, words: str, published: str | None = "2018-03-05") -> Actor:
    found = onrecord.code(text, published=published).actors
    return next(a for a in found if (a.text or "").startswith(words))


@pytest.mark.parametrize(
    ("office", "sector"),
    [
        ("vice president of Marle Steel Inc.", "BUS"),
        ("president of Karnow College", "EDU"),
        ("chairwoman of the Dockers' Union", "LAB"),
    ],
)
def test_an_office_in_a_company_or_college_is_none_of_the_state(office: str, sector: str) -> None:
    assert mention(f"Maria Lopez, {office}, criticized the mayor on Monday.", "Maria Lopez").sectors == (sector,)


def test_an_office_of_the_state_stays_so() -> None:
    assert "GOV" in mention("Maria Lopez, vice president of Peru, criticized the mayor.", "Maria Lopez").sectors


def test_without_a_day_the_last_office_is_told_only_by_its_title() -> None:
    assert mention("Chief of Staff John Kelly criticized the senator.", "Chief", None).sectors[0] == "GOV"
    assert mention("John Kelly criticized the senator.", "John Kelly", None).sectors == ()


def test_one_of_many_is_not_the_government() -> None:
    found = mention("A US state has revoked the doctor's licence.", "A US state")
    assert found.actor_id is None
    assert found.country == "USA"


def test_who_has_left_the_police_is_not_of_it() -> None:
    assert "COP" not in mention("Former Epsom police chief Henry Farrin accused the mayor.", "Former Epsom").sectors


def test_a_former_ambassador_speaks_for_no_government() -> None:
    text = "Former US ambassador to Egypt Dan Kurtzer urged Israel to stop the strikes."
    assert mention(text, "Former US ambassador").sectors == ("ELI",)


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("The king of Jordan met the mayor of Amman.", "The king", {"King Abdullah II"}),
        ("The king of the United States met the mayor of Boston.", "The king", {None}),
        ("The president of Jordan met the mayor of Amman.", "The president", {None}),
        ("The president of the United States met the mayor of Boston.", "The president", {"Donald Trump"}),
    ],
)
def test_no_republic_has_a_king_and_no_kingdom_a_president(text: str, words: str, names: set[str | None]) -> None:
    assert {mention(text, words).name} == names


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "The group al-Qaeda grew. The Islamic State terrorist network killed Ann Roe.",
            "The Islamic",
            "Islamic State",
        ),
        ("Another Hezbollah militia killed Ann Roe.", "Another", None),
        ("Hezbollah's Aleppo militia killed Ann Roe.", "Hezbollah's Aleppo", None),
    ],
)
def test_a_noun_for_a_body_behind_its_name_is_the_body(text: str, words: str, name: str | None) -> None:
    found = [a for a in onrecord.code(text).actors if (a.text or "").startswith(words)]
    assert {a.name for a in found} <= {name}


def test_a_network_by_its_own_name_is_no_other_group() -> None:
    text = "The group al-Qaeda grew. The Islamic State terrorist network killed Ann Roe on Monday."
    claim = next(c for c in onrecord.code(text).claims if isinstance(c, EventClaim))
    assert [a.name for a in claim.actor] == ["Islamic State"]
