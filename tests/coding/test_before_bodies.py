"""Requests made before a body, and people whom a court deals with by their trade."""

from __future__ import annotations

import onrecord
from onrecord.model import EventClaim

ASKED = (
    "Union president David Novak attended Monday's city council meeting to ask for aid. Novak said the union needs no "
    "money, but asked for help with the strike."
)


def recipients(text: str, event_type: str) -> list[list[str | None]]:
    """By what the recipients of each event of *event_type* are called."""
    coded = onrecord.code(text, published="2018-03-05")
    told = [c for c in coded.claims if isinstance(c, EventClaim) and c.event_type == event_type]
    return [[a.via.text if a.via is not None else a.text for a in c.recipient] for c in told]


def test_who_comes_to_a_councils_meeting_asks_the_council() -> None:
    assert recipients(ASKED, "REQUEST") == [["city council"], ["city council"]]


def test_whom_a_request_names_is_asked_and_not_the_council() -> None:
    text = "Mayor David Novak attended the city council meeting on Monday to ask residents for help with the garden."
    assert recipients(text, "REQUEST") == [["residents"]]


def test_others_who_ask_later_do_not_ask_the_council() -> None:
    text = ASKED + " Senator Mary Bello called for an end of the strike on Sunday."
    assert "city council" not in recipients(text, "REQUEST")[-1]


def test_somebody_with_a_trade_is_arraigned() -> None:
    text = "A Boston stonework mason was arraigned in Superior Court on Tuesday on charges of theft."
    assert recipients(text, "ACCUSE") == [["A Boston stonework mason"]]
