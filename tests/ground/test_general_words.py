"""General words take the sector of whose they are; chairs of committees sit in a parliament."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

CONFIG = onrecord.Config(encoder=False)


def mention(text: str, words: str) -> Actor:
    found = onrecord.code(text, published="2018-03-05", config=CONFIG).actors
    return next(a for a in found if (a.text or "").endswith(words))


@pytest.mark.parametrize(
    ("text", "words", "sectors"),
    [
        ("A guerrilla delegation met the envoy on Monday.", "delegation", ("REB",)),
        ("Mafia warlords threatened the judges.", "warlords", ("CRM",)),
        ("Her campaign's leadership criticized the senator.", "leadership", ("PTY",)),
        ("Task force officers arrested six men.", "officers", ("COP",)),
        ("Two members of Congress praised the envoy.", "Congress", ("LEG",)),
        ("Judiciary Committee Chairman Tom Hale met the judge.", "Hale", ("LEG",)),
        ("House Judiciary Chairwoman Ana Moss criticized the bill.", "Moss", ("LEG",)),
        ("Senate Republicans met the judge on Monday.", "Republicans", ("LEG",)),
        ("A navy petty officer met the judge on Monday.", "officer", ("MIL",)),
        ("The drug lord's deputies threatened the judge.", "deputies", ("CRM",)),
        ("A family of insurers supported the bill.", "insurers", ("BUS",)),
        ("The leftist leader criticized the army.", "leader", ("OPP",)),
    ],
)
def test_a_general_word_is_of_whose_it_is(text: str, words: str, sectors: tuple[str, ...]) -> None:
    assert mention(text, words).sectors == sectors


def test_a_finance_committee_may_be_anybodys() -> None:
    assert "LEG" not in mention("Finance Committee Chairman Tom Hale left the club.", "Hale").sectors


def test_a_delegation_of_a_government_stays_one() -> None:
    assert mention("A government delegation met the rebels on Monday.", "delegation").sectors == ("GOV",)


def test_father_before_a_name_is_a_priest_and_a_relation_is_none() -> None:
    assert mention("On Monday Father Diego Lopez urged the army to leave.", "Lopez").sectors == ("REL",)
    assert "REL" not in mention("His father urged the army to leave.", "father").sectors


def test_police_who_were_told_lend_no_code_to_whom_they_were_told_of() -> None:
    text = "The women told police Harker threatened to stab them. Harker was arrested on Monday."
    assert all("COP" not in a.sectors for a in onrecord.code(text, config=CONFIG).actors if "Harker" in (a.text or ""))


def test_a_seat_behind_a_legislators_name_is_no_party() -> None:
    found = onrecord.code("The group criticized Senator Ana Moss, D-Ohio, on Monday.", config=CONFIG).actors
    assert all("Ohio" not in (a.text or "") or "Moss" in (a.text or "") for a in found)


def test_staff_and_executives_are_of_no_sector_by_themselves() -> None:
    text = "The mayor met her staff in Lima. Police arrested an executive in Lima."
    claims = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    assert all(
        not a.sectors
        for c in claims
        for a in c.actor + c.recipient
        if "mayor" not in (a.text or "") and a.span and "olice" not in (a.text or "")
    )
