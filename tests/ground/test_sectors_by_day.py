"""Movements and people are coded as what they were on the day of the report."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor


def mention(text: str, words: str, published: str) -> Actor:
    found = onrecord.code(text, published=published, config=onrecord.Config(encoder=False)).actors
    return next(a for a in found if (a.text or "").endswith(words))


@pytest.mark.parametrize(
    ("words", "day", "sectors"),
    [
        ("Taliban", "2016-08-25", ("REB",)),
        ("Taliban", "2023-02-03", ("GOV",)),
        ("Farabundo Martí National Liberation Front", "1989-11-20", ("REB",)),
        ("Farabundo Martí National Liberation Front", "2004-03-22", ("PTY",)),
    ],
)
def test_a_movement_in_arms_may_become_something_else(words: str, day: str, sectors: tuple[str, ...]) -> None:
    assert mention(f"The envoy met the {words} on Monday.", words, day).sectors == sectors


def test_the_office_of_the_day_counts() -> None:
    text = "Senators met Merrick Garland on Monday."
    assert mention(text, "Garland", "2016-03-18").sectors == ("JUD",)
    assert mention(text, "Garland", "2022-03-18").sectors[0] in {"GOV", "JUD"}
    assert mention("Voters met Mitt Romney on Monday.", "Romney", "2016-03-07").sectors == ("ELI",)
