"""Whose deed the words around a noun of force say that it was, and whom it hit where only the place is told."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

DATELINE = "KAVASH, March 4 (Wire) - "


def claims(text: str, word: str) -> list[EventClaim]:
    coded = onrecord.code(DATELINE + text, published="2018-03-05")
    found = [c for c in coded.claims if isinstance(c, EventClaim) and (c.trigger.text or "").endswith(word)]
    assert found, [getattr(c, "trigger", None) for c in coded.claims]
    return found


def who(actors: tuple[Actor, ...]) -> list[str | None]:
    return [a.via.text if a.text is None and a.via is not None else a.text for a in actors]


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        (
            "The list covers the killing of a Saudi officer that was claimed by the Islamic State.",
            "killing",
            ["the Islamic State"],
        ),
        ("The debate sharpened after the attacks in Nice, which were claimed by Hamas.", "attacks", ["Hamas"]),
        (
            "He spoke of the Islamic State, which French officials said was responsible for the attacks.",
            "attacks",
            ["the Islamic State"],
        ),
        ("Residents recall the murder of teenager Luke Hill by police officer Jan Dyck.", "murder", ["Jan Dyck"]),
        ("Police blamed the deadly bombing in the town on Hamas.", "bombing", ["Hamas"]),
        ("The massacre in Nice was the work of Hamas.", "massacre", ["Hamas"]),
        (
            "Fifteen of the 19 hijackers were Saudis, and the kingdom denies any role in the attacks on New York.",
            "attacks",
            ["the 19 hijackers"],
        ),
        ("Dozens of people were killed in confrontations with police.", "killed", ["police"]),
    ],
)
def test_words_around_an_attack_tell_whose_it_was(text: str, word: str, actor: list[str]) -> None:
    found = [name or "" for name in who(claims(text, word)[0].actor)]
    assert len(found) == len(actor)
    assert all(name.endswith(wanted) for name, wanted in zip(found, actor, strict=True)), found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The minister publicly blamed the attack in Nice on a video.", "attack"),
        ("Nobody forgets the murderers of the priests, nor the massacre of the teachers.", "massacre"),
    ],
)
def test_what_is_denied_or_laid_to_a_thing_names_nobody(text: str, word: str) -> None:
    assert not claims(text, word)[0].actor


def test_a_thing_that_is_blamed_is_no_victim() -> None:
    text = "Gunmen stormed a market. After that day, the minister publicly blamed the terrorist attack on a video."
    assert "a video" not in who(claims(text, "attack")[0].recipient)


def test_who_claims_an_attack_did_it_in_other_sentences_too() -> None:
    first, *_ = claims("The attacks shocked Europe. Schools were shut. Hamas claimed the attacks.", "attacks")
    assert who(first.actor) == ["Hamas"]


def test_who_comments_after_an_attack_did_not_do_it() -> None:
    text = "Instead of reassuring Americans after a terrorist attack, the senator opted for a speech."
    coded = onrecord.code(text, published="2018-03-05").claims
    attacks = [c for c in coded if isinstance(c, EventClaim) and c.trigger.text == "terrorist attack"]
    assert not any(c.actor for c in attacks)


def test_an_attack_in_a_town_hits_those_who_are_there() -> None:
    (attack, *_) = claims("The terrorist attacks in Nice, France, stunned voters.", "attacks")
    assert [(a.basis, a.country, a.sectors) for a in attack.recipient] == [("inferred", "FRA", ("CVL",))]
    (strike, *_) = claims("The army's airstrikes in Yemen went on for days.", "airstrikes")
    assert not strike.recipient


def test_a_foreign_consulate_is_hit_and_not_the_town_around_it() -> None:
    text = "Gunmen attacked a U.S. consulate in Benghazi in May. The report on the Benghazi attack came late."
    assert [a.country for a in claims(text, "attack")[0].recipient] == ["USA"]


def test_attacks_of_different_days_lend_each_other_nobody() -> None:
    text = (
        "The list covers the April 5 killing of a Saudi security officer that was claimed by the Islamic State. "
        "Thousands of people died in the 9/11 attacks on New York."
    )
    assert not claims(text, "attacks")[0].actor
    assert "SAU" not in [a.country for a in claims(text, "attacks")[0].recipient]
