"""Sources of claims: whose words they are, and what is nobody's."""

from __future__ import annotations

import onrecord
from onrecord.model import EventClaim


def chain(text: str, word: str) -> list[str | None]:
    coded = onrecord.code(text, published="2018-03-05")
    found = next(c for c in coded.claims if isinstance(c, EventClaim) and c.trigger.text == word)
    return [link.source.text for link in found.chain if link.source is not None]


def test_what_a_thing_seems_to_tell_is_nobodys_word() -> None:
    text = "RASHT, March 4 (Wire) - Recent developments show that rebels attacked the town of Saraqib on Sunday."
    assert chain(text, "attacked") == []


def test_what_a_report_tells_is_its_word() -> None:
    text = "RASHT, March 4 (Wire) - A report by the United Nations shows that rebels attacked Saraqib on Sunday."
    assert len(chain(text, "attacked")) == 1
