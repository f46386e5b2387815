"""Merging in a process of its own gives the events that merging here gives, and never leaves anybody without them."""

from __future__ import annotations

import time

from onrecord.ledger import Case
from onrecord.serve import happenings
from onrecord.serve.merger import Merger


def rejected(case):
    claim = next(iter(case.claims("type:ASSAULT")))["claim_id"]
    case.reviewer("Ines").reject(claim, "not said")
    return claim


def test_another_process_merges_what_is_out_of_date(path):
    merger = Merger(path)
    try:
        with Case(path) as case:
            rejected(case)
            assert merger.merge()
            assert case.merge()["changed"] == 0
            rejected(case)
            assert merger.merge()
            assert case.merge()["changed"] == 0
    finally:
        merger.close()
    assert merger._process.poll() is not None


def test_a_process_that_was_lost_is_started_again(path):
    merger = Merger(path)
    try:
        assert merger.merge()
        merger._process.kill()
        merger._process.wait()
        assert merger.merge()
    finally:
        merger.close()
    assert not merger.merge()


def test_what_cannot_be_done_there_is_done_here(me, app, monkeypatch):
    monkeypatch.setattr(happenings, "LEAST_CLAIMS", 0)
    monkeypatch.setattr(app.desk.merger, "merge", lambda: False)
    before = me.said("/events", q="type:ASSAULT")["total"]
    claim = me.said("/claims", q="type:ASSAULT", limit=1)["items"][0]["claim_id"]
    me.write("POST", "/reviews", {"claim_id": claim, "action": "reject", "why": "not said"})
    # Merging found to be slow is done beside the answers, and after a rest that grows with what it took: not at once.
    until = time.monotonic() + 120
    while not (after := me.said("/events", q="type:ASSAULT"))["fresh"] and time.monotonic() < until:
        time.sleep(0.05)
    assert after["fresh"]
    assert after["total"] <= before


def test_large_cases_are_merged_beside(me, app, monkeypatch):
    monkeypatch.setattr(happenings, "LEAST_CLAIMS", 0)
    claim = me.said("/claims", q="type:ASSAULT", limit=1)["items"][0]["claim_id"]
    me.write("POST", "/reviews", {"claim_id": claim, "action": "reject", "why": "not said"})
    app.desk.latest._kept.clear()
    assert me.said("/events")["fresh"]
    assert app.desk.merger._process is not None
