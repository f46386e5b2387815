"""Whoever holds another office on the day is not "the president"."""

from __future__ import annotations

import onrecord
from onrecord.model import EventClaim


def test_an_adviser_is_not_the_president() -> None:
    text = (
        "WASHINGTON, April 7 (Wire) - John Kelly criticized the president on Monday. "
        "H.R. McMaster, the national security adviser, accused Moscow of meddling."
    )
    coded = onrecord.code(text, published="2018-04-07")
    found = next(c for c in coded.claims if isinstance(c, EventClaim) and c.trigger.text == "criticized")
    assert [a.name for a in found.recipient] != ["H. R. McMaster"]
