"""Answers on events say whether they are as new as the case, and what takes long is found beside them."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from served import TOKEN, Visitor, local_app

from onrecord.serve.latest import Latest
from onrecord.serve.people_file import PeopleFile

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


def test_nobody_waits_for_what_is_known_to_take_long_though_the_last_time_it_did_not():
    latest, go = Latest(), threading.Event()
    assert latest.get("x", 1, lambda: "first") == "first"

    def long():
        go.wait(10)
        return "second"

    assert latest.get("x", 2, long, slow=lambda: True) == "first"
    go.set()
    assert latest._kept["x"].done.wait(10)
    assert latest.get("x", 2, long, slow=lambda: True) == "second"
    assert latest.get("x", 3, lambda: "third", slow=lambda: False) == "third"
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


def test_who_has_reviewed_sees_it_in_the_event_while_merging_lags(me, app):
    event = me.said("/events", q="accounts>=2")["items"][0]["event_id"]
    before = me.get(f"/api/v1/events/{event}")
    kept = app.desk.latest._kept["events"]
    kept.took, kept.ended = 60.0, time.monotonic()
    claim = before.json()["claim_list"][0]["claim_id"]
    me.write("POST", "/reviews", {"claim_id": claim, "action": "accept", "why": "as the words have it"})
    after = me.get(f"/api/v1/events/{event}", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200, "the browser's copy is told to be out of date"
    said = after.json()
    assert {c["claim_id"]: c["review"] for c in said["claim_list"]}[claim] == "accepted"
    assert not said["fresh"]
    then = me.said(f"/events/{event}", as_of=before.json()["claim_list"][0]["recorded_at"])
    assert {c["claim_id"]: c["review"] for c in then["claim_list"]}[claim] is None


LISTS = ["/actors", "/places", "/actors/network", "/overview", "/claims/facets", "/events/facets"]


def without_state(said):
    told = {key: value for key, value in said.items() if key not in ("entry", "merged_entry", "fresh", "new")}
    return told | {"timeline": None, "history": None}


def test_lists_after_any_reviews_are_those_of_a_server_that_starts_anew(me, path):
    chance = random.Random(4)
    claims = [c["claim_id"] for c in me.said("/claims", limit=200)["items"]]
    given = []
    for step in range(24):
        body = {"claim_id": chance.choice(claims), "why": "so"}
        what = chance.choice(("accept", "correct", "reject", "comment", "actor", "undo"))
        if what == "undo" and given:
            done = me.write("POST", f"/reviews/{given.pop()}/undo", {"why": "a slip"})
        elif what == "correct":
            more = {"action": "correct", "path": "modality.factuality", "value": -1.0}
            done = me.write("POST", "/reviews", {**body, **more})
        elif what == "actor":
            more = {"action": "correct", "path": "actor[0].name", "value": f"Somebody {step}"}
            done = me.write("POST", "/reviews", {**body, **more})
        else:
            action = what if what in ("accept", "reject", "comment") else "accept"
            done = me.write("POST", "/reviews", {**body, "action": action})
        if done.status_code == 201:
            given.append(done.json()["review_id"])
        if step % 3 == 0:
            for address in LISTS:
                me.said(address)
    assert len(given) > 8
    with Visitor(local_app(path)) as other:
        other.enter(TOKEN)
        until = time.monotonic() + 30
        while not (me.said("/events")["fresh"] and other.said("/events")["fresh"]) and time.monotonic() < until:
            time.sleep(0.05)
        for address in LISTS:
            assert without_state(me.said(address)) == without_state(other.said(address)), address


def test_two_who_review_at_once_are_both_heard(team):
    names = ("coder", "editor")
    people = [team(role) for role in names]
    claims = [c["claim_id"] for c in people[0].said("/claims", limit=12)["items"]]
    start = threading.Barrier(len(people))

    def review(number):
        start.wait(30)
        done = []
        for claim in claims[number::2]:
            body = {"claim_id": claim, "action": "accept", "why": names[number]}
            answer = people[number].write("POST", "/reviews", body)
            assert answer.status_code == 201, answer.text
            seen = {r["review_id"] for r in people[number].said("/reviews", claim=claim)["items"]}
            assert answer.json()["review_id"] in seen, "who has just reviewed sees it"
            done.append(answer.json()["review_id"])
        return done

    with ThreadPoolExecutor(2) as pool:
        made = [review_id for done in pool.map(review, (0, 1)) for review_id in done]
    assert set(made) <= {r["review_id"] for r in team("editor").said("/reviews", limit=100)["items"]}


def test_what_fails_for_one_who_asks_is_tried_again_for_the_next(app):
    begun, go, calls = threading.Event(), threading.Event(), []

    def make():
        calls.append(None)
        if len(calls) == 1:
            begun.set()
            go.wait(10)
            raise ValueError("the first time")
        return "found"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(app.desk.once, "key", make)
        begun.wait(10)
        second = pool.submit(app.desk.once, "key", make)
        go.set()
        with pytest.raises(ValueError, match="the first time"):
            first.result(10)
        assert second.result(10) == "found"
    assert app.desk.once("key", make) == "found"
    assert len(calls) == 2


def test_an_account_that_another_process_closes_is_closed_at_once(team, path):
    reader = team("reader")
    assert reader.get("/api/v1/events").status_code == 200
    assert reader.get("/api/v1/events").status_code == 200
    file = PeopleFile(path.with_name(path.name + ".people"))
    file.do("UPDATE people SET active = 0 WHERE name = ?", "reader")
    file.close()
    assert reader.get("/api/v1/events").status_code == 401
