"""Claims that tell of one deed lend each other the parties that they leave out, before and after."""

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
    return [a.via.text if a.via is not None else a.text for a in actors]


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        (
            "A teacher was killed in Oruz on Monday. Schools stayed closed. "
            "Samir Haddad was shot by two masked gunmen as he left home.",
            "killed",
            ["two masked gunmen"],
        ),
        (
            "Rebels abducted engineer Paul Marten in Syria on Monday. His firm builds dams. Marten was travelling to a "
            "dam when he was abducted.",
            "abducted",
            ["Rebels"],
        ),
        (
            "Gunmen on a motorcycle threw a grenade at a police post on Monday. Nobody was inside. "
            "The post was destroyed by the explosion.",
            "destroyed",
            ["Gunmen"],
        ),
        (
            "Rebels freed three nurses in Mali on Monday. The three nurses were kidnapped in May.",
            "kidnapped",
            ["Rebels"],
        ),
        (
            "Fighting was heard in Oruz last night. Residents fled. "
            "The fighting between the rebels and the army began on Sunday.",
            "Fighting",
            ["the rebels", "the army"],
        ),
        (
            "Britain accused Russia of involvement in the poisoning of a former spy.",
            "poisoning",
            ["Russia"],
        ),
    ],
)
def test_who_did_it_is_told_elsewhere(text: str, word: str, actor: list[str]) -> None:
    assert who(claims(text, word)[-1].actor) == actor


@pytest.mark.parametrize(
    ("text", "word", "recipient"),
    [
        (
            "President Omar apologized to Kenya on Monday. The speech was short. Omar's apology came late.",
            "apology",
            ["Kenya"],
        ),
        (
            "Rebels attacked the home of a judge on Monday. Nobody was hurt. The attack lasted an hour.",
            "attack",
            ["the home of a judge"],
        ),
        (
            "Two opposition leaders were convicted of treason and sentenced to five years in prison.",
            "sentenced",
            ["Two opposition leaders"],
        ),
    ],
)
def test_whom_it_hit_is_told_elsewhere(text: str, word: str, recipient: list[str]) -> None:
    assert who(claims(text, word)[-1].recipient) == recipient


def test_what_was_lent_says_from_where() -> None:
    text = "A teacher was killed in Oruz on Monday. Samir Haddad was shot by two masked gunmen as he left home."
    (actor,) = claims(text, "killed")[0].actor
    assert actor.basis == "inferred"
    assert actor.span is None
    assert actor.via is not None
    assert actor.via.span.of(DATELINE + text) == "two masked gunmen"
    assert actor.why is not None
    assert "shot" in actor.why


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (  # another victim
            "Rebels killed mayor Ali Nasser in Oruz on Monday. Traders sold fruit. Karim Saleh was killed in June.",
            "killed",
        ),
        (  # what a source alleges of somebody named is the source's
            "A former spy was poisoned in Leeds on Monday. Britain accused Russia of the poisoning of the spy. "
            "Trade goes on. The poisoning of the spy alarmed Leeds.",
            "poisoning",
        ),
        (  # further deeds
            "Rebels attacked the town of Oruz on Monday. Schools were closed. The many recent attacks alarm investors.",
            "attacks",
        ),
        (  # two deeds of one sentence
            "Police killed two smugglers in a raid following the bombing of a market.",
            "bombing",
        ),
    ],
)
def test_another_deed_or_another_voice_lends_nothing(text: str, word: str) -> None:
    assert not claims(text, word)[-1].actor
