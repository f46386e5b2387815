"""Nouns that take up what was told, and passives beside them, have the parties that the report has told."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

DATELINE = "KAVASH, March 4 (Wire) - "


def claim(text: str, word: str) -> EventClaim:
    coded = onrecord.code(DATELINE + text, published="2018-03-05")
    return next(c for c in coded.claims if isinstance(c, EventClaim) and (c.trigger.text or "").endswith(word))


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        (
            "Tunisia rejected a grant of NATO on Monday. Analysts disagree about the reasons. "
            "The rejection of NATO's offer raises questions.",
            "rejection",
            "Tunisia",
        ),
        (
            "The Syrian army launched an offensive on the town of Douma on Monday. "
            "Hundreds of rebels were killed in the offensive.",
            "killed",
            "The Syrian army",
        ),
    ],
)
def test_who_did_it_is_told_before(text: str, word: str, actor: str) -> None:
    (found,) = claim(text, word).actor
    assert found.basis == "inferred"
    assert found.via is not None
    assert found.via.text == actor
    assert found.via.span.of(DATELINE + text) == actor
    assert found.why is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Syrian army attacked Douma on Monday. Attacks on hospitals are war crimes.", "Attacks"),
        ("Egypt rejected a grant of the World Bank. The rejection of NATO's offer raises questions.", "rejection"),
        (
            "The Syrian army attacked Douma on 2 March. Traders sold fruit. The attack on 5 May killed two men.",
            "attack",
        ),
    ],
)
def test_other_happenings_have_no_parties_from_before(text: str, word: str) -> None:
    coded = onrecord.code(DATELINE + text, published="2018-03-05")
    for found in coded.claims:
        if isinstance(found, EventClaim) and found.trigger.text == word:
            assert not any(a.why and "the report has told" in a.why for a in (*found.actor, *found.recipient))
