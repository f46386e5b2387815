"""Places corrected by people: moved, named, joined, taken apart, and taken back."""

from __future__ import annotations

import pytest


@pytest.fixture
def town(me):
    """A place with events on the map."""
    drawn = me.said("/events/map", zoom=16)["clusters"]
    events = [me.said(f"/events/{c['event_id']}") for c in drawn if c["event_id"]]
    place = next(e["place"] for e in events if e["place"]["place_id"])
    return me.said(f"/places/{place['place_id']}")


def decide(me, place, action, **body):
    done = me.write("POST", f"/places/{place['place_id']}/{action}", {"why": "as the map has it", **body})
    assert done.status_code == 200, done.text
    return done.json()["decision_id"]


def marks(me, lat, lon):
    box = f"{lon - 0.01},{lat - 0.01},{lon + 0.01},{lat + 0.01}"
    return sum(c["count"] for c in me.said("/events/map", bbox=box, zoom=16)["clusters"])


def test_a_moved_place_is_drawn_and_found_where_it_was_put(me, town):
    before = marks(me, town["lat"], town["lon"])
    assert before > 0
    done = decide(me, town, "locate", lat=-41.3, lon=174.8, name="Wellington", country="NZL")
    assert (marks(me, town["lat"], town["lon"]), marks(me, -41.3, 174.8)) == (0, before)
    near = me.said("/events", q="within:-41.3,174.8,5km", limit=500)
    assert near["total"] >= before
    assert {(e["place"]["name"], e["place"]["lat"]) for e in near["items"]} == {("Wellington", -41.3)}
    assert me.said(f"/events/{near['items'][0]['event_id']}")["place"]["name"] == "Wellington"
    countries = {f["value"]: f["count"] for f in me.said("/events/facets")["facets"]["country"]}
    assert countries["NZL"] > 0
    moved = me.said(f"/places/{town['place_id']}")
    assert (moved["name"], moved["lat"], moved["country"]) == ("Wellington", -41.3, "NZL")
    assert (moved["original"]["name"], moved["original"]["lat"]) == (town["name"], town["lat"])
    me.write("POST", f"/corrections/{done}/undo", {"why": "a slip"})
    assert (marks(me, town["lat"], town["lon"]), marks(me, -41.3, 174.8)) == (before, 0)
    assert me.said(f"/places/{town['place_id']}")["name"] == town["name"]


def test_an_earlier_moment_has_the_place_where_it_was(me, town):
    then = me.said("/overview")["history"]["last"]
    decide(me, town, "locate", lat=-41.3, lon=174.8)
    assert me.said(f"/places/{town['place_id']}", as_of=then)["lat"] == town["lat"]
    box = "174,-42,175,-41"
    assert me.said("/events/map", bbox=box, zoom=16)["clusters"]
    assert me.said("/events/map", bbox=box, zoom=16, as_of=then)["clusters"] == []


def test_places_joined_are_one_and_are_taken_apart_again(me, town):
    rows = me.said("/places", limit=500)["items"]
    other, third = [p for p in rows if p["place_id"] != town["place_id"] and not p["provisional"]][:2]
    decide(me, town, "merge", members=[other["place_id"]])
    decide(me, town, "merge", members=[third["place_id"]])
    decide(me, town, "rename", name="The three towns")
    joined = me.said(f"/places/{other['place_id']}")
    assert set(joined["ids"]) == {town["place_id"], other["place_id"], third["place_id"]}
    assert joined["claims"] == town["claims"] + other["claims"] + third["claims"]
    decide(me, joined, "split", members=[other["place_id"]])
    apart, rest = me.said(f"/places/{other['place_id']}"), me.said(f"/places/{town['place_id']}")
    assert apart["ids"] == [other["place_id"]]
    assert apart["name"] == other["name"]
    assert set(rest["ids"]) == {town["place_id"], third["place_id"]}
    assert rest["name"] == "The three towns"


def test_what_cannot_be_taken_apart_is_refused(me, town):
    for members in (["geonames:1"], [town["place_id"]]):
        body = {"why": "so", "members": members}
        answer = me.write("POST", f"/places/{town['place_id']}/split", body)
        assert answer.status_code in (404, 422), answer.text


def test_a_provisional_place_is_confirmed(me):
    rows = me.said("/places", limit=500)["items"]
    place = next((p for p in rows if p["provisional"]), rows[0])
    decide(me, place, "confirm", name="Known now", country="SYR")
    listed = me.said("/places", status="confirmed")["items"]
    assert [(p["place_id"], p["name"], p["country"]) for p in listed] == [(place["place_id"], "Known now", "SYR")]
    assert me.said("/places", words="known now")["total"] == 1
    assert me.said("/corrections", about="place")["items"][0]["reviewer"] == "Ines"


def test_similar_places_have_the_name_or_lie_near(me, town):
    other = next(p for p in me.said("/places", limit=500)["items"]
                 if p["place_id"] != town["place_id"] and p["lat"] is not None)  # fmt: skip
    decide(me, other, "locate", lat=town["lat"] + 0.005, lon=town["lon"])
    found = {p["place_id"]: p for p in me.said(f"/places/{town['place_id']}")["similar"]}
    assert 500 < found[other["place_id"]]["metres"] < 600


@pytest.mark.parametrize("action", ["confirm", "rename", "locate", "merge", "split"])
def test_only_those_who_decide_may_correct_places(team, action):
    coder = team("coder")
    place = coder.said("/places", limit=1)["items"][0]["place_id"]
    body = {"why": "so", "name": "New", "lat": 1.0, "lon": 1.0, "members": [place]}
    assert coder.write("POST", f"/places/{place}/{action}", body).status_code == 403
    editor = team("editor")
    token, editor.csrf = editor.csrf, "x"
    assert editor.write("POST", f"/places/{place}/{action}", body).status_code == 403
    editor.csrf = token
    assert editor.said("/corrections")["items"] == []
    done = editor.write("POST", f"/places/{place}/rename", {"why": "so", "name": "New"})
    assert done.status_code == 200
    assert editor.said("/corrections")["items"][0]["reviewer"] == "editor"
