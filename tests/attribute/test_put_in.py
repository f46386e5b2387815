"""Words of saying within a sentence, and who says them."""

from __future__ import annotations

import onrecord


def test_what_goes_on_behind_the_cue_is_said_too() -> None:
    coding = onrecord.code(
        "Soldiers seized 40 rifles in a raid in Goma, Lima police said Thursday, and arrested 13 men."
    )
    told = next(a for a in coding.attributions if a.source is not None and a.source.text == "Lima police")
    assert [s.of(coding.report.text) for s in told.content][-1] == "and arrested 13 men"


def test_what_the_speaker_does_next_is_not_said() -> None:
    coding = onrecord.code('"Soldiers seized 40 rifles," the mayor said Thursday, and left the room.')
    assert all("left" not in s.of(coding.report.text) for a in coding.attributions for s in a.content)


def test_a_day_or_a_medium_does_not_speak() -> None:
    text = (
        "Kenya backs the rebels in the fight in many parts of the world, current House of Elders Majority Whip, "
        "Ana Lira, said Wednesday in Goma."
    )
    told = onrecord.code(text).attributions
    assert [a.source.text for a in told if a.source is not None and "Wednesday" in (a.source.text or "")] == []
