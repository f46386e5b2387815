"""A text may end with the very word that the parser takes for the beginning of a phrase."""

from __future__ import annotations

import onrecord


def test_a_heading_that_ends_with_its_source() -> None:
    text = "Horses taken from N.B. barn may starve if not found: RCMP"
    coded = onrecord.code(text)
    assert coded.report.text == text
    assert [a.source.text for a in coded.attributions if a.source is not None] == ["RCMP"]
