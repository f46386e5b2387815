"""What a source does by what it says, where the report names no act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from layered import attribution, words

from onrecord.model import EventClaim

Coder = Callable[..., list[EventClaim]]
ACTORS = {"the senator": "XAA LEG", "The governor": "XAA GOV"}


def told(coded: Coder, said: str, kind: str = "says") -> list[EventClaim]:
    text = f"{said}, the senator said."
    return coded(text, actors=ACTORS, attributions=[attribution(text, "the senator", "said", said, kind)])


def test_blame_of_another_is_an_accusation_by_who_says_it(coded: Coder) -> None:
    claims = [c for c in told(coded, "The governor is a fraud") if c.event_type == "ACCUSE"]
    assert [words(c.actor) for c in claims] == [["the senator"]]
    assert [words(c.recipient) for c in claims] == [["The governor"]]
    assert claims[0].modality.mood == "asserted"
    assert [link.role for link in claims[0].chain] == ["outlet"]  # the report tells of the act, it is not quoted


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("The governor is a fraud", "denies"),
        ("The governor is not a fraud", "says"),
        ("The governor is tall", "says"),
        ("The governor has left", "says"),
    ],
)
def test_what_does_not_blame_is_no_accusation(coded: Coder, said: str, kind: str) -> None:
    assert not [c for c in told(coded, said, kind) if c.event_type == "ACCUSE"]


def test_what_another_should_do_is_asked_of_it_and_stays_its_content(coded: Coder) -> None:
    claims = told(coded, "The governor should release the prisoners")
    request = next(c for c in claims if c.event_type == "REQUEST")
    release = next(c for c in claims if c.event_type == "RETREAT")
    assert words(request.recipient) == ["The governor"]
    assert [(link.claim_id, link.kind) for link in release.links] == [(request.key, "content_of")]


def test_will_not_of_the_speaker_is_a_refusal(coded: Coder) -> None:
    claim = next(c for c in told(coded, "We will not follow that order") if c.event_type == "REJECT")
    assert words(claim.actor) == ["the senator"]
