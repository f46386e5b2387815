"""What people did in office long ago they did as who they were then."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Bill Clinton visited Hanoi in November 2000.", ("GOV",)),
        ("Bill Clinton visited Hanoi on Monday.", ("ELI",)),
        (
            "Bill Clinton criticized a judge on Monday, after the house had been sold to the family in May 1996.",
            ("ELI",),
        ),
    ],
)
def test_the_day_of_the_deed_tells_the_office(text: str, sectors: tuple[str, ...]) -> None:
    claims = onrecord.code(text, published="2016-05-18", config=CONFIG).claims
    events = [c for c in claims if isinstance(c, EventClaim) and c.actor]
    assert events[0].actor[0].sectors == sectors
