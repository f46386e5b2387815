"""Whom an act of words is done to where the words of the verb do not say it outright: pronouns that cannot mean their
own subject, whose thing it is, for whom something is promised or dropped."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def recipients(text: str, trigger: str) -> list[str]:
    """Whom the recipients at a trigger stand for, of a claim or of a candidate that is left out."""
    coding = onrecord.code(text, config=CONFIG)
    found = [c for c in (*coding.claims, *coding.rejected) if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return [(a.text if a.via is None else a.via.text) or "" for a in fits[0].recipient]


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("The bishop spoke to Omar Hale and urged him to leave.", "urged", ["Omar Hale"]),
        (
            "Mr. Hale issued a statement after the minister Ana Silva denied his request for money.",
            "denied",
            ["Hale"],
        ),
        ("Omar Silva met the bishop. Karim Hale regretted his decision.", "regretted", []),
        (
            "Senator Ann Roe, the mayor Lea Dorn and the bishop met on Monday. Omar Silva denounced himself.",
            "denounced",
            [],
        ),
    ],
)
def test_a_pronoun_behind_a_verb_is_not_its_subject(text: str, trigger: str, whom: list[str]) -> None:
    assert recipients(text, trigger) == whom


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Senator Ann Roe called the BRC report a disaster.", ["BRC"]),
        ("Senator Ann Roe met them. She called the BRC a disaster.", ["the BRC"]),
        ("Senator Ann Roe called the price report a disaster.", []),
    ],
)
def test_a_name_given_to_a_thing_is_aimed_at_the_body_whose_it_is(text: str, whom: list[str]) -> None:
    assert recipients(text, "called") == whom


@pytest.mark.parametrize(
    ("before", "whom"),
    [("The army plans to close the border.", ["The army"]), ("Prices are rising fast.", [])],
)
def test_that_is_a_mistake_is_said_of_who_does_it_by_the_words_before(before: str, whom: list[str]) -> None:
    assert recipients(f'"{before} That is a big mistake," Senator Ann Roe said.', "mistake") == whom


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("The senators pledged to support the governor.", "pledged", ["the governor"]),
        ("The governor pledged to raise taxes.", "pledged", []),
        ("The governor promised not to help the rebels.", "promised", []),
        ("Minister Ana Silva apologized for calling the mayor a liar.", "apologized", ["the mayor"]),
        ("The union apologized for comments that offended Muslims.", "apologized", ["Muslims"]),
        ("Minister Ana Silva apologized for raising taxes.", "apologized", []),
        ("Police found heroin in Omar Hale's car.", "found", ["Omar Hale"]),
        ("Police found the girl in Omar Hale's car.", "found", []),
    ],
)
def test_for_whom_it_is_promised_or_made_good_and_in_whose_car_it_is_found(
    text: str, trigger: str, whom: list[str]
) -> None:
    assert recipients(text, trigger) == whom


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("Omar Hale was arrested in May. On Monday the court dropped all charges and freed him.", "drop", "Omar Hale"),
        ("Omar Hale was charged with fraud in May. On Monday a judge dismissed the charges.", "dismiss", "Omar Hale"),
    ],
)
def test_dropped_charges_were_against_who_was_charged_or_is_freed(text: str, trigger: str, whom: str) -> None:
    assert recipients(text, trigger) == [whom]


def test_dropped_charges_of_one_of_two_are_nobody_s() -> None:
    text = "Omar Hale and Lea Dorn were arrested in May. On Monday a judge dismissed the charges."
    assert recipients(text, "dismiss") == []


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("The council passed a tax. Mayor Lea Dorn vetoed the tax.", "vetoed", ["The council"]),
        ("The council debated a tax. Mayor Lea Dorn vetoed the tax.", "vetoed", []),
        (
            "Minister Omar Silva signed an amnesty. Senator Ann Roe condemned the shift.",
            "condemned",
            ["Minister Omar Silva"],
        ),
        ("The minister defended the bishops against accusations from the union.", "accusations", ["the bishops"]),
        ("The bishops are fighting the governor's threats.", "threats", ["The bishops"]),
        ("They began an investigation into the electronic trail of Ana Silva.", "began", ["Ana Silva"]),
    ],
)
def test_whose_it_is_by_what_was_told(text: str, trigger: str, whom: list[str]) -> None:
    assert recipients(text, trigger) == whom


def test_an_endorsement_takes_up_what_was_told() -> None:
    text = (
        "Governor Lea Dorn endorsed Senator Ann Roe on Friday. "
        "The endorsement, announced in Harden, is a blow to Mayor Jan Till."
    )
    found = [c for c in onrecord.code(text).claims if isinstance(c, EventClaim) and c.trigger.text == "endorsement"]
    assert [[a.via.text for a in (*c.actor, *c.recipient) if a.via] for c in found] == [
        ["Governor Lea Dorn", "Senator Ann Roe"]
    ]


def test_a_name_in_front_of_a_manager_s_lends_no_identity() -> None:
    text = (
        "Donald Trump spoke in Ohio on Monday. Trump campaign manager Corey Lewandowski grabbed a reporter. "
        "Thousands came out to support his campaign."
    )
    coding = onrecord.code(text, config=CONFIG)
    found = [c for c in (*coding.claims, *coding.rejected) if isinstance(c, EventClaim)]
    names = {a.name for c in found if c.trigger.text == "support" for a in c.recipient}
    assert names == {"Donald Trump"}
