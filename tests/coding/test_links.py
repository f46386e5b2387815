"""What repeats or denies another claim of the report."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.model import EventClaim

Coder = Callable[..., list[EventClaim]]


def test_a_later_sentence_about_the_same_happening_repeats(coded: Coder) -> None:
    text = "Arda bombed a camp in Belor on Sunday. Arda bombed the camp at dawn, witnesses said."
    claims = coded(text, actors={"Arda": "XAA", "Belor": "XBB"}, times={"Sunday": "2021-03-07"})
    bombs = [c for c in claims if c.trigger.text == "bombed"]
    assert bombs[0].links == ()
    assert [(k.claim_id, k.kind) for k in bombs[1].links] == [(bombs[0].key, "repeats")]


def test_events_of_other_places_do_not_repeat(coded: Coder) -> None:
    text = "Police detained two men in Tolva. Police detained three men in Karsk."
    claims = coded(text, actors={"Police": "XAA COP"}, places={"Tolva": "town", "Karsk": "town"})
    assert [c.links for c in claims] == [(), ()]
