"""Described places stand for a place that the report named, and say through which words."""

from __future__ import annotations

from functools import cache

import pytest

import onrecord
from onrecord.model import Place


@cache
def places_of(text: str) -> tuple[Place, ...]:
    return onrecord.code(text, published="2018-08-22").toponyms


@pytest.mark.parametrize(
    ("text", "words", "via"),
    [
        ("Rebels hold Idlib province. The army wants the province back.", "the province", "Idlib"),
        ("Shells fell on Homs on Monday. Residents of the city fled.", "the city", "Homs"),
        ("Floods hit Kenya. The country has asked for help.", "The country", "Kenya"),
    ],
)
def test_description_stands_for_the_place_named_before(text: str, words: str, via: str) -> None:
    place = next(p for p in places_of(text) if p.text == words)
    assert place.basis == "coreference"
    assert place.via is not None
    assert via in place.via.text
    assert place.via.span.of(text) == place.via.text
    named = next(p for p in places_of(text) if p.span == place.via.span)
    assert place.place_id == named.place_id


def test_description_without_antecedent_is_left_out() -> None:
    assert not [p for p in places_of("The army wants the province back.") if p.text == "the province"]


def test_new_place_is_no_description() -> None:
    text = "Troops left Homs. They entered the town of Saraqib."
    assert not [p for p in places_of(text) if p.basis == "coreference" and "the town" in (p.text or "")]


def test_direction_is_a_part_of_what_it_hangs_on() -> None:
    text = "Fighting goes on in Syria. Rebels hold pockets in the north of Syria."
    part = next(p for p in places_of(text) if p.basis == "coreference")
    assert part.country == "SYR"
    assert part.name is not None
    assert part.name.startswith("northern")
    assert part.precision == "region"
