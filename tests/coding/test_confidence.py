"""Confidence says how many claims like this one a reader found right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import onrecord
from onrecord.coding.confidence import FILE, load_confidence_weights, signs_of, with_confidence
from onrecord.errors import DataError
from onrecord.model import EventClaim

PLAIN = "Soldiers of the Kenyan army killed Musa Otieno on Monday."


def event(text: str) -> EventClaim:
    return next(c for c in onrecord.code(text, published="2023-05-10").claims if isinstance(c, EventClaim))


def test_what_is_found_by_a_guess_or_told_by_another_is_less_sure() -> None:
    plain = event(PLAIN)
    assert {"type ASSAULT", "recipient named"} <= set(signs_of(plain))
    unsure = replace(plain, modality=replace(plain.modality, certainty="possible"), actor=())
    assert {"not certain", "actor none"} <= set(signs_of(unsure))
    told, guessed = with_confidence([plain, unsure])
    assert told.confidence == plain.confidence
    assert guessed.confidence is not None
    assert told.confidence is not None
    assert 0 < guessed.confidence < told.confidence < 1


def test_what_another_says_has_the_sign_of_it() -> None:
    claim = event("Soldiers of the Kenyan army killed Musa Otieno on Monday, a priest said.")
    assert "source" in signs_of(claim)
    assert "source" not in signs_of(event(PLAIN))


def test_only_coded_event_claims_are_weighed() -> None:
    rejected = replace(event(PLAIN), status="rejected", reason="none", confidence=0.5)
    assert with_confidence([rejected]) == (rejected,)


def test_a_weight_that_is_no_number_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("sign,weight,claims\nsource,low,3\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"'low' is no number"):
        load_confidence_weights(tmp_path)
