"""Sums over a year are figures and no event; one happening told with its year is an event."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim, FigureClaim


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("More than 1,500 people were killed in Libya last year.", 0),
        ("In 2004, 190 people were killed in Madrid.", 1),
        ("Soldiers killed 14 protesters last year.", 1),
    ],
)
def test_a_sum_over_a_year_is_no_event(text: str, events: int) -> None:
    coding = onrecord.code(text, published="2020-05-05")
    told = [c for c in coding.claims if isinstance(c, EventClaim)]
    assert sum(c.event_type == "ASSAULT" for c in told) == events
    if not events:
        figure = next(c for c in coding.claims if isinstance(c, FigureClaim))
        assert (figure.figure.measure, figure.figure.low) == ("killed", 1500)
        assert any(c.reason == "a cumulative toll, kept as a figure" for c in coding.rejected)
