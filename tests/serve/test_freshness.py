"""Answers on events say whether they are as new as the case, and what takes long is found beside them."""

from __future__ import annotations

import threading
import time

import pytest

from onrecord.serve.latest import Latest

ANSWERS = ["/events", "/events/map", "/events/timeline", "/events/facets", "/events/aggregations", "/overview"]


def corrected(me):
    claim = me.said("/claims", q="type:ASSAULT", limit=1)["items"][0]["claim_id"]
    done = me.write("POST", "/reviews", {"claim_id": claim, "action": "reject", "why": "not said"})
    assert done.status_code == 201, done.text
    return done.json()["entry"]


@pytest.mark.parametrize("address", ANSWERS)
def test_a_small_case_is_merged_at_once(me, address):
    assert me.said(address)["fresh"]
    entry = corrected(me)
    until = time.monotonic() + 30
    # Where the machine is busy even a small case takes a moment.
    while not (after := me.said(address))["fresh"] and time.monotonic() < until:
        time.sleep(0.05)
    assert (after["merged_entry"], after["fresh"]) == (entry, True)


def test_events_lag_behind_while_merging_is_at_work(me, app):
    before = me.said("/events")
    event = me.said("/events", q="-type:ASSAULT")["items"][0]["event_id"]
    kept = app.desk.latest._kept["events"]
    # As if merging took a minute, and had just been done.
    kept.took, kept.ended = 60.0, time.monotonic()
    entry = corrected(me)
    for address in (*ANSWERS, f"/events/{event}"):
        said = me.said(address)
        assert (said["merged_entry"], said["fresh"]) == (before["merged_entry"], False), address
    assert me.said("/events/merged") == {
        "merged_entry": before["merged_entry"], "newest_entry": entry, "fresh": False, "working": False,
    }  # fmt: skip
    stale = me.get("/api/v1/events")
    kept.took = kept.ended = 0.0
    fresh = me.get("/api/v1/events", headers={"If-None-Match": stale.headers["etag"]})
    assert (fresh.status_code, fresh.json()["fresh"]) == (200, True)
    assert me.said("/events/merged")["fresh"]


def test_a_comment_leaves_events_as_they_are(me):
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    me.said("/events")
    me.write("POST", "/views", {"name": "mine", "page": "events"})
    me.write("POST", "/reviews", {"claim_id": claim, "action": "comment", "why": "look"})
    assert me.said("/events")["fresh"]


def test_what_takes_long_is_found_beside_and_the_last_answer_given():
    latest, go = Latest(), threading.Event()
    assert latest.get("x", 1, lambda: "first") == "first"
    kept = latest._kept["x"]
    kept.took, kept.ended = 5.0, 0.0

    def slow():
        go.wait(10)
        return "second"

    assert latest.get("x", 2, slow) == "first"
    assert latest.busy()
    go.set()
    assert kept.done.wait(10)
    assert latest.get("x", 2, slow) == "second"
    latest.close()


def test_an_event_is_told_anew_when_one_of_its_claims_is_reviewed(me):
    event = me.said("/events", q="-possible accounts>=2")["items"][0]["event_id"]
    before = me.said(f"/events/{event}")
    claim = before["claim_list"][0]["claim_id"]
    done = me.write("POST", "/reviews", {"claim_id": claim, "action": "accept", "why": "as the words have it"})
    assert done.status_code == 201, done.text
    after = me.said(f"/events/{event}")
    until = time.monotonic() + 30
    while not after["fresh"] and time.monotonic() < until:
        after = me.said(f"/events/{event}")
    assert {c["claim_id"]: c["review"] for c in after["claim_list"]}[claim] == "accepted"
    assert after["entry"] == done.json()["entry"]
    apart = [c["claim_id"] for c in before["claim_list"]]
    assert me.write("POST", f"/events/{event}/split", {"members": apart, "why": "not one"}).status_code == 200
    until = time.monotonic() + 30
    while not me.said("/events")["fresh"] and time.monotonic() < until:
        time.sleep(0.05)
    assert len(me.said(f"/events/{event}")["claim_list"]) < len(apart)
