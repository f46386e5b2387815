"""Cues by which nobody gives his word for an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from layered import attribution

from onrecord.model import EventClaim

Coder = Callable[..., list[EventClaim]]
ACTORS = {"rebels": "- REB", "the mayor": "XAA GOV", "the general": "XAA MIL", "the senate": "XAA LEG"}


def sources(claim: EventClaim) -> list[str | None]:
    """Words of the sources behind a claim, outermost first; None for an unnamed one."""
    return [link.source.text if link.source else None for link in claim.chain if link.role == "source"]


def at(claims: list[EventClaim], trigger: str) -> EventClaim:
    return next(c for c in claims if trigger in (c.trigger.text or ""))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind", "trigger"),
    [
        ("Tal rescinded his endorsement of the general.", "Tal", "rescinded", "his endorsement of the general", "says",
         "endorsement"),
        ("The raids by rebels have alarmed her aides.", "her aides", "have alarmed", "The raids by rebels", "says",
         "raids"),
        ("Tal has not called for the general to resign.", "Tal", "has not called for", "the general to resign",
         "demands", "resign"),
        ("Tal never blamed the general for bombing the port.", "Tal", "never blamed",
         "the general for bombing the port", "accuses", "bombing"),
        ("No observer has confirmed that rebels bombed the port.", "No observer", "has confirmed",
         "that rebels bombed the port", "confirms", "bombed"),
        ("Despite the bombing of the port by rebels, Tal says that peace is near.", "Tal", "says",
         "Despite the bombing of the port by rebels", "says", "bombing"),
        ("While rebels bombed the port, Tal said that peace was near.", "Tal", "said", "While rebels bombed the port",
         "says", "bombed"),
        ("Tal is considering whether to arrest the general.", "Tal", "is considering",
         "whether to arrest the general", "believes", "arrest"),
        ("Tal is worried about the general's attacks on the senate.", "Tal", "is worried about",
         "the general's attacks on the senate", "predicts", "attacks"),
        ("The mayor charged Tal with murder in the attack by rebels on the port.", "The mayor", "charged",
         "Tal with murder in the attack by rebels on the port", "alleges", "attack"),
        ("Tal denied having left the port a day before the bombing by rebels.", "Tal", "denied",
         "having left the port a day before the bombing by rebels", "denies", "bombing"),
        ("Tal spoke of the general's attacks on the senate.", "Tal", "spoke of",
         "the general's attacks on the senate", "says", "attacks"),
        ("Asked about the general's attacks on the senate, Tal left.", None, "Asked about",
         "the general's attacks on the senate", "asks", "attacks"),
        ("Tal attacked the mayor by accusing the general of lies.", "Tal", "attacked",
         "the mayor by accusing the general of lies", "criticises", "accusing"),
        ("The senate ordered the release of a video of the attack by rebels on the port.", "The senate", "ordered",
         "the release of a video of the attack by rebels on the port", "orders", "attack"),
        ("The general appeared in court to face rebels who bombed the port.", "The general", "appeared",
         "to face rebels who bombed the port", "believes", "bombed"),
        ("Even as rebels bombed the port, Tal was told that help was near, according to a letter.", "a letter",
         "according to", "Even as rebels bombed the port, Tal was told that help was near", "says", "bombed"),
    ],
)  # fmt: skip
def test_the_outlet_knows_it(
    coded: Coder, text: str, source: str | None, cue: str, content: str, kind: str, trigger: str
) -> None:
    claims = coded(text, actors=ACTORS, attributions=(attribution(text, source, cue, content, kind),))
    assert sources(at(claims, trigger)) == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind", "trigger"),
    [
        ("Tal quipped that rebels had bombed the port.", "Tal", "quipped", "rebels had bombed the port", "says",
         "bombed"),
        ("Tal opened up about why rebels bombed the port.", "Tal", "opened up about", "why rebels bombed the port",
         "says", "bombed"),
        ("Tal has called for the general to resign.", "Tal", "has called for", "the general to resign", "demands",
         "resign"),
        ("One group has claimed that rebels bombed the port.", "One group", "has claimed", "rebels bombed the port",
         "claims", "bombed"),
        ("Tal said that rebels bombed the port despite the truce.", "Tal", "said",
         "rebels bombed the port despite the truce", "says", "bombed"),
        ("The man was arraigned on charges that rebels bombed the port.", None, "was arraigned",
         "that rebels bombed the port", "says", "bombed"),
    ],
)  # fmt: skip
def test_what_somebody_says_stays_on_his_word(
    coded: Coder, text: str, source: str | None, cue: str, content: str, kind: str, trigger: str
) -> None:
    claims = coded(text, actors=ACTORS, attributions=(attribution(text, source, cue, content, kind),))
    assert sources(at(claims, trigger)) == [source]


def test_accusations_that_somebody_faces_are_not_his(coded: Coder) -> None:
    text = "The senate faces accusations that rebels bombed the port."
    told = attribution(text, "The senate", "accusations", "that rebels bombed the port", "accuses")
    assert sources(at(coded(text, actors=ACTORS, attributions=(told,)), "bombed")) == [None]
    text = "The senate made accusations that rebels bombed the port."
    told = attribution(text, "The senate", "accusations", "that rebels bombed the port", "accuses")
    assert sources(at(coded(text, actors=ACTORS, attributions=(told,)), "bombed")) == ["The senate"]
    text = "Rebels repeated the general's claim that the senate bombed the port."
    told = attribution(text, "the general", "claim", "that the senate bombed the port", "claims")
    assert sources(at(coded(text, actors=ACTORS, attributions=(told,)), "bombed")) == ["the general"]


def test_who_makes_clear_says(coded: Coder) -> None:
    text = "The senate made it clear that rebels had bombed the port."
    told = attribution(text, "The senate", "made it clear", "that rebels had bombed the port")
    assert sources(at(coded(text, actors=ACTORS, attributions=(told,)), "bombed")) == ["The senate"]


def test_words_told_by_somebody_according_to_another_stand_on_both(coded: Coder) -> None:
    text = '"In May rebels bombed the port," the mayor told reporters, according to the Sun.'
    outer = attribution(text, "the Sun", "according to", "the mayor told reporters")
    inner = replace(attribution(text, "the mayor", "told", '"In May rebels bombed the port,"', parent=0), form="direct")
    claims = coded(text, actors=ACTORS, attributions=(outer, inner))
    assert sources(at(claims, "bombed")) == ["the Sun", "the mayor"]
