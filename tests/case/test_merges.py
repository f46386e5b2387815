"""Decisions on events are rows that can be taken back and asked for as of a moment."""

from __future__ import annotations

import pytest

from onrecord.case.merges import decide, decisions, undo
from onrecord.errors import CaseError

STRIKE, DENIAL, REFUSAL = (f"cr1-run1-{n}" for n in range(3))


def test_decisions_hold_until_they_are_taken_back(store):
    first = decide(store.file, "Ines", "merge", [DENIAL, STRIKE], "one raid")
    decide(store.file, "Ines", "split", [STRIKE, REFUSAL])
    before = store.file.clock.moment
    undo(store.file, "Omar", first, "two raids")
    (held,) = decisions(store.file)
    assert (held["action"], held["claim_ids"], held["reviewer"]) == ("split", [STRIKE, REFUSAL], "Ines")
    assert [d["why"] for d in decisions(store.file, as_of=before)] == ["one raid", None]
    assert store.verify().problems == []
    with pytest.raises(CaseError, match="cannot be undone"):
        undo(store.file, "Omar", first)


def test_decisions_need_two_claims_that_are_there(store):
    with pytest.raises(CaseError, match="two claims"):
        decide(store.file, "Ines", "merge", [STRIKE, STRIKE])
    with pytest.raises(CaseError, match="there is none"):
        decide(store.file, "Ines", "merge", [STRIKE, "c0"])
