"""What the clause around an event makes of it."""

from __future__ import annotations

import pytest

import onrecord


def _modality(text: str, trigger: str) -> tuple[str, str, str]:
    claims = onrecord.code(text, published="2018-08-22").claims
    found = next(c for c in claims if c.kind == "event" and c.trigger is not None and c.trigger.text == trigger)
    assert found.modality is not None
    return found.modality.polarity, found.modality.mood, found.modality.tense


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("One of the steps being considered is a pardon for rebels.", "pardon", ("positive", "planned", "future")),
        (
            "The police couldn't put together a case to arrest anyone.",
            "arrest",
            ("negative", "asserted", "past"),
        ),
        (
            "Officers tried to persuade the gunman to surrender.",
            "persuade",
            ("positive", "asserted", "past"),
        ),
        (
            "Officers tried to persuade the gunman to surrender.",
            "surrender",
            ("positive", "demanded", "future"),
        ),
        ("Next time we might have to kill him.", "kill", ("positive", "forecast", "future")),
        ("The police had to arrest the driver.", "arrest", ("positive", "asserted", "past")),
        (
            "These are the tactics of soldiers: to label the partisans as terrorists.",
            "label",
            ("positive", "asserted", "habitual"),
        ),
        ("Neither Moss nor Weld is inclined to attack the minister.", "attack", ("negative", "asserted", "ongoing")),
        (
            "Some are determined to shame the mayor publicly, even if it means arrest.",
            "shame",
            ("positive", "planned", "future"),
        ),
        (
            "The court ruled that the agents were entitled to detain people.",
            "detain",
            ("positive", "conditional", "future"),
        ),
        ('"I apologize to nobody for that," the senator said.', "apologize", ("negative", "asserted", "past")),
        (
            "The Ardans of Belmark protested the government for selling arms to Corland.",
            "selling",
            ("positive", "asserted", "past"),
        ),
        (
            "The minister denied any politics behind the arrest of these persons.",
            "arrest",
            ("positive", "asserted", "past"),
        ),
        (
            "The mayor will answer Adler's Tuesday speech denouncing his policies.",
            "denouncing",
            ("positive", "asserted", "past"),
        ),
        (
            "He was accused of planning violence during opposition protests next month.",
            "protests",
            ("positive", "forecast", "future"),
        ),
    ],
)
def test_frames(text: str, trigger: str, modality: tuple[str, str, str]) -> None:
    assert _modality(text, trigger) == modality
