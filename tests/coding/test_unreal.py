"""What has not happened is never held to have: generated sentences through the whole pipeline."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.model import EventClaim, Modality

CONFIG = onrecord.Config(encoder=False)
UNREAL = {"threatened", "demanded", "promised", "planned", "forecast", "conditional", "questioned"}

ACTORS = st.sampled_from(
    ["Rebels", "The army", "Turkish troops", "Hezbollah", "Police in Kenya", "The government", "Ethiopia", "Militants"]
)
OTHERS = st.sampled_from(["India", "the opposition", "their allies", "the governor"])
VERBS = st.sampled_from(
    [
        ("attack the port", "attacked the port", "attacking the port"),
        ("kill the hostages", "killed the hostages", "killing the hostages"),
        ("release the prisoners", "released the prisoners", "releasing the prisoners"),
        ("arrest the mayor", "arrested the mayor", "arresting the mayor"),
        ("shell two villages", "shelled two villages", "shelling two villages"),
        ("withdraw from the town", "withdrawn from the town", "withdrawing from the town"),
        ("expel the ambassador", "expelled the ambassador", "expelling the ambassador"),
    ]
)
NOT_DONE = [
    "{actor} did not {verb} on Monday.",
    "{actor} never {done}.",
    "{actor} failed to {verb}.",
    "{actor} stopped short of {doing}.",
    "{actor} refused to {verb}.",
    "{actor} decided against {doing}.",
    "{actor} denied on Friday that they had {done}.",
    "{actor} left without {doing}.",
    "{actor} were prevented from {doing}.",
    "{actor} are yet to {verb}.",
    "{actor} would have {done} had the talks failed.",
    "It is not true that {actor} have {done}.",
]
NOT_YET = [
    "{actor} threatened to {verb}.",
    "{actor} will {verb} next week.",
    "{actor} plan to {verb}.",
    "{actor} are expected to {verb}.",
    "{actor} promised to {verb}.",
    "{other} urged {actor} to {verb}.",
    "{other} called on {actor} to {verb}.",
    "{other} told {actor} to {verb}.",
    "If {actor} {verb}, the talks will end.",
    "Unless {actor} {verb}, the talks will end.",
    "{actor} would {verb} if the talks failed, a spokesman said.",
    "Will {actor} {verb}?",
    "{actor} should {verb}, {other} said.",
]


def _events(text: str) -> list[EventClaim]:
    return [c for c in onrecord.code(text, published="2021-05-04", config=CONFIG).claims if isinstance(c, EventClaim)]


def _within_bounds(claim: EventClaim) -> bool:
    modality = claim.modality
    if modality.mood in UNREAL and modality.factuality > 2:
        return False
    return not (modality.polarity == "negative" and modality.factuality > 0)


def _sentence(frame: str, actor: str, other: str, forms: tuple[str, str, str]) -> str:
    if "{actor}" in frame and not frame.startswith("{actor}"):
        actor = (
            actor[0].lower() + actor[1:]
            if actor.split(maxsplit=1)[0] in {"The", "Rebels", "Police", "Militants"}
            else actor
        )
    text = frame.format(actor=actor, other=other, verb=forms[0], done=forms[1], doing=forms[2])
    return text[0].upper() + text[1:]


@settings(max_examples=80, deadline=None)
@given(frame=st.sampled_from(NOT_DONE), actor=ACTORS, other=OTHERS, forms=VERBS)
def test_what_was_not_done_is_held_by_nobody(frame: str, actor: str, other: str, forms: tuple[str, str, str]) -> None:
    text = _sentence(frame, actor, other, forms)
    head = forms[0].split()[0]
    for claim in _events(text):
        assert _within_bounds(claim), text
        if (claim.trigger.text or "").startswith(head[:4]) and claim.event_type not in {"REJECT", "THREATEN"}:
            unheld = claim.modality.polarity == "negative" or claim.modality.mood != "asserted"
            assert unheld, f"{text}: {claim.event_type} {claim.modality}"


@settings(max_examples=80, deadline=None)
@given(frame=st.sampled_from(NOT_YET), actor=ACTORS, other=OTHERS, forms=VERBS)
def test_what_has_yet_to_happen_is_not_asserted(
    frame: str, actor: str, other: str, forms: tuple[str, str, str]
) -> None:
    text = _sentence(frame, actor, other, forms)
    head = forms[0].split()[0]
    for claim in _events(text):
        assert _within_bounds(claim), text
        spoken = claim.event_type in {"THREATEN", "REQUEST", "AGREE"}
        if (claim.trigger.text or "").startswith(head[:4]) and not spoken:
            assert claim.modality.mood in UNREAL, f"{text}: {claim.event_type} {claim.modality}"


@pytest.mark.parametrize("mood", sorted(UNREAL))
@given(value=st.floats(-10, 10))
def test_no_modality_can_be_made_that_holds_more_than_its_mood_admits(mood: str, value: float) -> None:
    assert Modality(mood=mood, factuality=value).factuality <= 2  # type: ignore[arg-type]
    assert Modality(polarity="negative", mood=mood, factuality=value).factuality <= 0  # type: ignore[arg-type]
    assert Modality(polarity="negative", factuality=value).factuality <= 0
    assert Modality(mood="denied", factuality=value).factuality <= 0
    assert -3 <= Modality(factuality=value).factuality <= 3
