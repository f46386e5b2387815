"""A town before a deed says where it was; who somebody is said not to be does nothing."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim


def _claims(text: str, published: str = "2018-08-22") -> list[EventClaim]:
    return [c for c in onrecord.code(text, published=published).claims if isinstance(c, EventClaim)]


@pytest.mark.parametrize("text", ["France condemned the Kabul bombing.", "Moscow condemned the Kyiv strikes."])
def test_who_condemns_an_attack_does_not_condemn_the_town_it_was_in(text: str) -> None:
    blame = next(c for c in _claims(text) if c.event_type == "ACCUSE")
    assert blame.actor
    assert not blame.recipient


def test_an_attack_condemned_by_the_name_of_its_town_is_not_done_by_itself() -> None:
    attack = next(c for c in _claims("Officials condemned the Orlando massacre.") if c.event_type == "ASSAULT")
    assert not attack.actor


def test_who_it_is_said_not_to_be_does_nothing() -> None:
    claim = next(iter(_claims("The senator was attacked by students, not fellow Republicans.")))
    assert [a.text for a in claim.actor] == ["students"]


def test_a_name_in_a_headline_is_whom_the_report_takes_up_by_it() -> None:
    text = (
        "Donald Trump Finally Endorses House Speaker Paul Ryan\n\nRepublican presidential nominee Donald Trump on "
        "Friday endorsed House Speaker Paul Ryan. He also endorsed John McCain."
    )
    last = _claims(text, "2016-08-05")[-1]
    assert ([a.name for a in last.actor], [a.name for a in last.recipient]) == (["Donald Trump"], ["John McCain"])
