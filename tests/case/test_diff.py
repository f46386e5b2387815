"""The difference between two dates explains each change."""

from __future__ import annotations

from dataclasses import replace

from small_case import LATER, RUN, coding

from onrecord.model import Modality, Rejected


def kinds(changes) -> list[str]:
    return [change.kind for change in changes]


def test_nothing_changed_is_nothing(store):
    assert store.diff(store.file.clock.moment) == []


def test_new_reports_and_their_claims_are_told(store):
    since = store.file.clock.moment
    with store.writer(RUN) as writer:
        writer.add(coding("r2", replaces="r1"))
        writer.reject(Rejected(origin="scan.pdf", reason="no text", remedy="OCR"))
    changes = store.diff(since)
    assert kinds(changes) == ["report"] + ["claim_added"] * 5 + ["rejected_input"]
    assert "report r2 of Northern Courier (Strike in Dar Qubba) was added; it corrects r1" in str(changes[0])
    assert "by run run1, version 0.1.0" in changes[1].words


def test_a_new_run_is_compared_claim_by_claim(store):
    since = store.file.clock.moment
    made = coding("r1", LATER)
    strike, denial, refusal, _, toll = made.claims
    softer = replace(strike, modality=Modality(certainty="probable", factuality=2.0))
    with store.writer(LATER) as writer:
        writer.add(replace(made, claims=(softer, denial, refusal, toll)))
    changes = store.diff(since)
    assert kinds(changes) == ["run", "claim_dropped", "claim_changed"] or sorted(kinds(changes)) == [
        "claim_changed",
        "claim_dropped",
        "run",
    ]
    (changed,) = [c for c in changes if c.kind == "claim_changed"]
    assert [f["path"] for f in changed.fields] == ["modality.certainty", "modality.factuality"]
    assert "modality.certainty was certain, is probable" in changed.words
    assert "by run run2, version 0.2.0" in changed.words
    (dropped,) = [c for c in changes if c.kind == "claim_dropped"]
    assert "was not found again by run run2" in dropped.words
    assert "holds" in dropped.words


def test_reviews_and_erasures_are_told_with_their_reasons(store):
    with store.writer(RUN) as writer:
        writer.add(coding("r2"))
    since = store.file.clock.moment
    hand = store.reviewer("Ines")
    hand.correct("cr1-run1-0", "event_type", "COERCE", "wrong type")
    hand.reject("cr1-run1-3", "besieged")
    middle = store.file.clock.moment
    store.erase("r2", reason="court order 7/26", who="Lead")
    changes = store.diff(since)
    assert sorted(kinds(changes)) == sorted(
        ["review", "claim_changed", "review", "claim_dropped", "erasure"] + ["claim_dropped"] * 0
    )
    words = " | ".join(map(str, changes))
    assert "Ines, on claim cr1-run1-0: corrected event_type to COERCE (wrong type)" in words
    assert "was rejected in review" in words
    assert "Lead erased report r2 and its 6 claims: court order 7/26" in words
    assert kinds(store.diff(since, middle)) == [c.kind for c in changes if c.kind != "erasure"]
    assert all(change.to_json()["words"] for change in changes)
