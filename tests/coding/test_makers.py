"""Who speaks through an advertisement, a letter or the money of a campaign, and that it is done with words."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def act(text: str, trigger: str) -> EventClaim:
    """The claim or candidate at a trigger."""
    coding = onrecord.code(text, config=CONFIG)
    found = [c for c in (*coding.claims, *coding.rejected) if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return fits[0]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        ("The union aired ads attacking Governor Lea Dorn.", "attacking", ["The union"]),
        ("The league spent $2 million on radio ads criticizing Senator Ann Roe.", "criticizing", ["The league"]),
        (
            "The senators spent $3 million. Most of the money was spent on phone calls opposing Governor Lea Dorn.",
            "opposing",
            ["The senators"],
        ),
        (
            "The group spent $5 million on the race, the bulk of it attacking Governor Lea Dorn.",
            "attacking",
            ["The group"],
        ),
        (
            "The ad, paid for by the teachers' union, criticizes Governor Lea Dorn.",
            "criticizes",
            ["the teachers' union"],
        ),
        (
            "The mayor's tweet followed another that criticized Governor Lea Dorn.",
            "criticized",
            ["The mayor"],
        ),
    ],
)
def test_who_pays_or_airs_it_says_it(text: str, trigger: str, who: list[str]) -> None:
    assert [a.text for a in act(text, trigger).actor] == who


def test_an_attack_by_advertisement_is_one_of_words() -> None:
    claim = act("The union aired ads attacking the mayor.", "attacking")
    assert claim.event_type == "ACCUSE"


def test_who_objects_to_an_advertisement_does_not_say_what_it_says() -> None:
    claim = act("The senator criticized an ad opposing Governor Lea Dorn.", "opposing")
    assert claim.actor == ()


def test_a_plural_of_committees_is_a_party() -> None:
    claim = act("Senator Ann Roe decries super PACs and other groups.", "decries")
    assert [a.text for a in claim.recipient] == ["super PACs", "other groups"]


@pytest.mark.parametrize(
    ("text", "trigger", "who"),
    [
        (
            "The union said nine of its members were arrested in Lyon, accusing the mayor of spite.",
            "accusing",
            ["The union"],
        ),
        (
            "The governor was criticized by teachers and by senators.",
            "criticized",
            ["teachers", "senators"],
        ),
        ("The governor called Senator Ann Roe to congratulate her.", "congratulate", ["The governor"]),
        (
            "Carl Ost, an official of the French government who has endorsed Senator Ann Roe, said so.",
            "endorsed",
            ["an official of the French government"],
        ),
        (
            "Carl Ost is the biggest donor to the union that endorsed Senator Ann Roe.",
            "endorsed",
            ["the union"],
        ),
    ],
)
def test_who_speaks_where_the_words_stand_apart(text: str, trigger: str, who: list[str]) -> None:
    assert [a.text for a in act(text, trigger).actor] == who
