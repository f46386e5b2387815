"""Parties of which the parser takes too much or too little, as local news writes them."""

from __future__ import annotations

import onrecord
from onrecord.model import EventClaim


def parties(text: str, word: str, role: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """Words and sectors of the parties in *role* of the first event told by *word*."""
    coded = onrecord.code(text, published="2018-03-05")
    told = [c for c in coded.claims if isinstance(c, EventClaim) and word in (c.trigger.text or "")]
    assert told
    return [(a.text, a.sectors) for a in getattr(told[0], role)]


HELD = "Police arrest suspected thief in Boston. Boston — A Boston man police labeled a serial thief has been arrested."


def test_the_police_of_a_clause_without_whom_are_not_the_man() -> None:
    assert parties(HELD, "labeled", "actor") == [("police", ("COP",))]


def test_a_dateline_behind_a_heading_is_nobody() -> None:
    coded = onrecord.code(HELD, published="2018-03-05")
    named = [a.text for c in coded.claims if isinstance(c, EventClaim) for a in (*c.actor, *c.recipient)]
    assert "Boston" not in named


def test_the_president_of_a_body_is_one_with_it_and_governs_nobody() -> None:
    text = "The mayor agreed on Monday to meet with Chamber of Commerce president Peter Novak for help."
    words = [t for t, _ in (*parties(text, "meet", "actor"), *parties(text, "meet", "recipient"))]
    assert "Chamber of Commerce" not in words
    assert any("Chamber of Commerce president Peter Novak" in (w or "") for w in words)
