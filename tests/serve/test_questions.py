"""Every kind of question gives what the ledger holds."""

from __future__ import annotations

import pytest

from onrecord.ledger import Case

FILTERS = [
    "",
    "type:ASSAULT",
    "type:assault,coerce -mode:aerial",
    "place:Idlib",
    "place.country:SYR has:coordinates",
    "actor:SYR",
    "party:TUR from:2018-08-01 to:2018-12-31",
    "speaker:spokesman",
    "killed>=5",
    "killed<20 killed>1",
    "killed:12",
    "accounts>=2",
    "disputed",
    "-disputed",
    "denied",
    "happened:yes,no",
    "happened:no",
    "-happened:yes happened:yes,no",
    "factuality>1",
    "outlet:levant market",
    "has:figures,speaker",
    "has:time -has:place",
    "within:35.6,36.5,60km",
    "bbox:35,34,38,37",
    "precision:town,district",
    'mood:asserted "air strikes"',
    "-mood:denied",
    "published>=2018-09-08",
    "context:military",
    "review:unreviewed",
    "disagreement>0",
    "possible",
    "reports>=2 voices>=2",
    "event:e",
]


@pytest.mark.parametrize("line", FILTERS)
def test_events_are_those_of_the_ledger(me, path, line):
    with Case(path) as case:
        expected = {row["event_id"] for row in case.events(line)}
    page = me.said("/events", q=line, limit=500)
    assert {row["event_id"] for row in page["items"]} == expected
    assert page["total"] == len(expected)


CLAIMS = [
    "",
    "kind:figure",
    "type:ASSAULT -place:Idlib",
    "status:coded,rejected",
    "speaker:army",
    "outlet:levant",
    "title:market",
    "attributed:no",
    "cue:says,claims -mood:denied",
    "market",
    "strik*",
    "has:review",
    "confidence<0.9",
    "report.words:vegetable",
]


@pytest.mark.parametrize("line", CLAIMS)
def test_claims_are_those_of_the_ledger_in_its_order(me, path, line):
    with Case(path) as case:
        expected = [row["claim_id"] for row in case.claims(line)]
    assert [row["claim_id"] for row in me.said("/claims", q=line, limit=500)["items"]] == expected


@pytest.mark.parametrize("order", ["time", "published", "confidence", "factuality"])
def test_orders_are_those_of_the_ledger(me, path, order):
    with Case(path) as case:
        expected = [row["modality"]["factuality"] for row in case.claims("", order=order)]
    rows = me.said("/claims", order=order, limit=500)["items"]
    assert [row["modality"]["factuality"] for row in rows] == expected or order != "factuality"
    if order == "published":
        days = [row["report"]["published"][:10] for row in rows]
        assert days == sorted(days)


@pytest.mark.parametrize("line", ["", "speaker:spokesman", "cue:says", "channel:video", "outlet:levant", "market"])
def test_quotes_are_those_of_the_ledger(me, path, line):
    with Case(path) as case:
        expected = [row["quote_id"] for row in case.quotes(line)]
    rows = me.said("/quotes", q=line, limit=500, order="recorded")["items"]
    assert [row["quote_id"] for row in rows] == expected


def test_pages_join_to_the_whole(me):
    whole = [row["claim_id"] for row in me.said("/claims", limit=500)["items"]]
    found, cursor = [], None
    while True:
        page = me.said("/claims", limit=7, **({"cursor": cursor} if cursor else {}))
        found += [row["claim_id"] for row in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == whole


def test_pages_of_one_question_agree_while_others_write(me):
    first = me.said("/claims", limit=5)
    done = me.write("POST", "/reviews", {"claim_id": first["items"][0]["claim_id"], "action": "reject", "why": "no"})
    assert done.status_code == 201
    second = me.said("/claims", limit=5, cursor=first["next"])
    assert second["total"] == first["total"]
    assert second["entry"] == first["entry"]
    assert me.said("/claims")["total"] == first["total"] - 1


def test_a_cursor_of_another_question_is_refused(me):
    cursor = me.said("/claims", limit=5)["next"]
    answer = me.get("/api/v1/claims", params={"q": "market", "cursor": cursor})
    assert answer.status_code == 400
    assert "another question" in answer.json()["detail"]


def test_as_known_on_an_earlier_moment(me):
    claim = me.said("/claims", limit=1)["items"][0]
    before = me.said("/session") and me.said("/overview")["history"]["last"]
    me.write("POST", "/reviews", {"claim_id": claim["claim_id"], "action": "reject", "why": "not said"})
    assert claim["claim_id"] not in {c["claim_id"] for c in me.said("/claims", limit=500)["items"]}
    then = me.said("/claims", limit=500, as_of=before)
    assert claim["claim_id"] in {c["claim_id"] for c in then["items"]}
    assert me.said(f"/claims/{claim['claim_id']}", as_of=before)["review"] is None
    assert me.said(f"/claims/{claim['claim_id']}")["review"] == "rejected"
    assert me.said("/events", limit=500, as_of=before)["total"] >= me.said("/events", limit=500)["total"]


def test_events_as_known_before_anything_was_read(me):
    assert me.said("/events", as_of="2001-01-01")["total"] == 0
    assert me.said("/overview", as_of="2001-01-01")["counts"]["claims"] == 0


def test_the_same_question_is_not_answered_twice(me):
    first = me.get("/api/v1/events?q=type:ASSAULT")
    again = me.get("/api/v1/events?q=type:ASSAULT", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    me.write("POST", "/reviews", {"claim_id": claim, "action": "comment", "why": "look again"})
    changed = me.get("/api/v1/events?q=type:ASSAULT", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


def test_counts_of_the_overview_agree_with_the_lists(me):
    counts = me.said("/overview")["counts"]
    for name in ("claims", "events", "quotes", "reports", "actors", "places"):
        assert me.said(f"/{name}", limit=1)["total"] == counts[name], name


def test_what_is_new_since_a_moment(me):
    history = me.said("/overview")["history"]
    assert me.said("/overview", since="2001-01-01")["new"]["claims"] > 0
    assert me.said("/overview", since=history["last"])["new"]["claims"] == 0


def test_facets_count_what_their_terms_give(me):
    facets = me.said("/claims/facets", q="kind:event")["facets"]
    for key in ("type", "mode", "outlet", "actor", "place", "country", "cue", "mood", "caveat", "admin1"):
        for facet in facets[key][:4]:
            line = f"kind:event {facet['term']}"
            assert me.said("/claims", q=line, limit=1)["total"] == facet["count"], line


def test_the_map_counts_every_placed_event(me):
    drawn = me.said("/events/map", zoom=2)
    points = sum(c["count"] for c in drawn["clusters"])
    assert 0 < points <= drawn["placed"]
    assert drawn["placed"] + drawn["unplaced"] == drawn["total"] == me.said("/events", limit=1)["total"]
    assert sum(area["count"] for area in drawn["areas"]) >= points
    near = me.said("/events/map", zoom=16)
    assert sum(c["count"] for c in near["clusters"]) == points
    single = next(c for c in near["clusters"] if c["count"] == 1)
    event = me.said(f"/events/{single['event_id']}")
    assert event["place"]["lat"] == pytest.approx(single["lat"])


def test_a_box_leaves_out_what_lies_beyond(me):
    assert me.said("/events/map", bbox="-60,-60,-50,-50")["clusters"] == []
    # Over the date line: west lies beyond east.
    assert me.said("/events/map", bbox="20,-90,10,90", zoom=2)["clusters"]


@pytest.mark.parametrize("unit", [None, "day", "week", "month", "year"])
def test_the_time_line_holds_every_dated_event(me, unit):
    line = me.said("/events/timeline", **({"unit": unit} if unit else {}))
    assert sum(b["count"] for b in line["bins"]) + line["undated"] == line["total"]
    assert all(sum(b["by"].values()) == b["count"] for b in line["bins"])
    starts = [b["start"] for b in line["bins"]]
    assert starts == sorted(starts)
    assert all(a["end"] < b["start"] for a, b in zip(line["bins"], line["bins"][1:], strict=False))


def test_another_aggregation_says_what_changes(me):
    changes = me.said("/events/aggregations", before="conservative", after="informative")
    for item in changes["items"]:
        assert item["fields"]
        one = me.said(f"/events/{item['event_id']}", aggregation="informative")
        assert one["aggregation"] == "informative"
    assert changes["changed"] >= len(changes["items"]) > 0


def test_an_event_has_a_column_for_each_outlet(me):
    event = me.said("/events", q="accounts>=2", order="-accounts")["items"][0]
    full = me.said(f"/events/{event['event_id']}")
    told = [claim for column in full["outlets"] for claim in column["claim_ids"]]
    assert sorted(told) == sorted(c["claim_id"] for c in full["claim_list"])
    assert len({column["outlet"] for column in full["outlets"]}) == len(full["outlets"])


def test_a_report_comes_with_text_claims_and_layers(me):
    row = me.said("/reports", q="title:market", limit=1)["items"][0]
    report = me.said(f"/reports/{row['report_id']}")
    for claim in report["claim_list"]:
        source = report["title"] if claim["field"] == "title" else report["text"]
        assert source[claim["span"][0] : claim["span"][1]] == claim["text"]
    assert report["layers"]["attributions"]
    assert report["coded_by"][-1]["run_id"] == report["shown_run"]
    original = me.get(report["original"]["href"])
    assert original.headers["content-disposition"].startswith("attachment")
    assert me.said(f"/reports/{row['supplied_id']}")["report_id"] == row["report_id"]


def test_why_gives_rule_history_and_what_lies_beside(me):
    claim = me.said("/claims", q="type:ASSAULT", limit=1)["items"][0]
    why = me.said(f"/claims/{claim['claim_id']}/why")
    assert why["claim"]["claim_id"] == claim["claim_id"]
    assert why["history"][0]["state"] == "coded"
    assert why["rule"]
    assert all(other["claim_id"] != claim["claim_id"] for other in why["beside"])


def test_one_actor_and_one_place(me):
    actor = me.said("/actors")["items"][0]
    full = me.said(f"/actors/{actor['actor_id']}")
    assert full["deeds"]["did"]["total"] + full["deeds"]["suffered"]["total"] + full["deeds"]["said"]["total"] > 0
    assert me.said("/actors", words=actor["name"])["items"][0]["actor_id"] == actor["actor_id"]
    held = me.said("/places", order="-control")["items"][0]
    place = me.said(f"/places/{held['place_id']}")
    assert bool(place["bands"]) == (held["control"] > 0)


def test_relations_at_a_date(me):
    network = me.said("/actors/network")
    keys = {node["key"] for node in network["nodes"]}
    assert network["links"]
    assert all({link["from"], link["to"]} <= keys for link in network["links"])


def test_two_outlets_compared(me):
    compared = me.said("/compare", left='outlet="Levant Wire"', right='-outlet="Levant Wire"')
    left = compared["counts"]["only_left"] + compared["counts"]["both"]
    assert left == compared["left"]["claims"] == me.said("/claims", q='outlet="Levant Wire"')["total"]
    assert compared["counts"]["both"] + compared["counts"]["only_right"] == compared["right"]["claims"]


def test_two_moments_compared(me):
    claim = me.said("/claims", limit=1)["items"][0]["claim_id"]
    before = me.said("/overview")["history"]["last"]
    me.write("POST", "/reviews", {"claim_id": claim, "action": "reject", "why": "not said"})
    diff = me.said("/diff", since=before)
    assert {item["kind"] for item in diff["items"]} == {"claim_dropped", "review"}
    assert sum(diff["before"]["claims"].values()) == sum(diff["after"]["claims"].values()) + 1


def test_search_marks_what_it_found(me):
    for within in ("reports", "claims", "quotes"):
        hits = me.said("/search", q="market", within=within)["items"]
        assert hits
        assert "‹" in hits[0]["snippet"]


@pytest.mark.parametrize("profile", ["events-csv", "claims-jsonl", "quotes-csv", "events-geojson", "claims-parquet"])
def test_exports_say_what_was_asked(me, profile, tmp_path):
    answer = me.get(f"/api/v1/exports/{profile}", params={"q": "market"})
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    bundle = me.get(f"/api/v1/exports/{profile}", params={"q": "market", "bundle": True})
    import io
    import json
    import zipfile

    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        (manifest,) = [name for name in archive.namelist() if name.endswith("manifest.json")]
        assert json.loads(archive.read(manifest))["filter"] == "market"
    if profile.endswith("geojson"):
        assert answer.json()["onrecord"]["filter"] == "market"


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/events?q=foo:bar", 400, "bad-filter"),
        ("/events?q=type:NONESUCH", 400, "bad-filter"),
        ("/events?as_of=yesterday", 400, "bad-filter"),
        ("/events?limit=0", 422, "bad-value"),
        ("/events?cursor=abc", 400, "bad-filter"),
        ("/events/map?bbox=1,2,3", 400, "bad-filter"),
        ("/events/e-none", 404, "not-found"),
        ("/claims/c0", 404, "not-found"),
        ("/claims/c0/why", 404, "not-found"),
        ("/quotes/qx", 404, "not-found"),
        ("/reports/r-none", 404, "not-found"),
        ("/actors/none", 404, "not-found"),
        ("/places/none", 404, "not-found"),
        ("/rounds/none", 404, "not-found"),
        ("/views/none", 404, "not-found"),
        ("/exports/none", 400, "bad-setting"),
        ("/diff?since=2018-01-02&until=2018-01-01", 400, "bad-filter"),
        ("/search?q=type:ASSAULT", 400, "bad-filter"),
        ("/nothing", 404, "no-such-address"),
    ],
)
def test_errors_are_problems_with_a_remedy(me, address, status, kind):
    answer = me.get(f"/api/v1{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:onrecord:problem:{kind}"
    assert problem["status"] == status
    assert problem["remedy"]


def test_actors_are_those_of_the_ledger(me, path):
    with Case(path) as case:
        expected = case.actors()
        places = [(p["place_id"], p["claims"]) for p in case.places()]
    rows = me.said("/actors", limit=500)["items"]
    assert rows == expected
    assert [(p["place_id"], p["claims"]) for p in me.said("/places", limit=500)["items"]] == places


def test_actors_joined_are_one_at_once(me):
    one, other = [a for a in me.said("/actors")["items"] if a["did"]][:2]
    done = me.write("POST", f"/actors/{one['actor_id']}/merge", {"members": [other["actor_id"]], "why": "the same"})
    assert done.status_code == 200, done.text
    rows = {a["actor_id"]: a for a in me.said("/actors", limit=500)["items"]}
    assert len({one["actor_id"], other["actor_id"]} & rows.keys()) == 1
    (joined,) = {one["actor_id"], other["actor_id"]} & rows.keys()
    assert rows[joined]["did"] >= one["did"] + other["did"] - 1
    me.write("POST", f"/corrections/{done.json()['decision_id']}/undo", {"why": "a slip"})
    assert {one["actor_id"], other["actor_id"]} <= {a["actor_id"] for a in me.said("/actors", limit=500)["items"]}


def test_the_same_words_in_several_outlets(me, path):
    with Case(path) as case:
        expected = case.same_quotes()
    found = me.said("/quotes/same")
    assert found["items"] == expected
    for utterance in expected:
        for version in utterance["versions"]:
            same = me.said(f"/quotes/{version['attributions'][0]}/same")
            assert {v["report_id"] for v in same["same"]} >= {v["report_id"] for v in utterance["versions"]}
            assert same["text"] == utterance["text"]


def test_one_speaker_over_time(me):
    line = me.said("/quotes/timeline", q="speaker:spokesman", unit="day")
    assert sum(b["count"] for b in line["bins"]) + line["undated"] == me.said("/quotes", q="speaker:spokesman")["total"]
    assert all(sum(b["by"].values()) == b["count"] for b in line["bins"])


def test_events_are_joined_and_taken_apart_again(me):
    before = me.said("/events", limit=500)
    one, other = [e["event_id"] for e in before["items"]][:2]
    done = me.write("POST", "/events/merge", {"members": [one, other], "why": "the same strike"})
    assert done.status_code == 200, done.text
    assert me.said("/events")["total"] == before["total"] - 1
    joined = [e for e in (one, other) if me.get(f"/api/v1/events/{e}").status_code == 200]
    event = me.said(f"/events/{joined[0]}")
    assert event["claims"] >= 2
    assert event["decisions"][0]["who"] == "Ines"
    me.write("POST", f"/merges/{done.json()['decision_id']}/undo", {"why": "it was not"})
    assert {e["event_id"] for e in me.said("/events", limit=500)["items"]} >= {one, other}


def test_a_corrected_actor_changes_the_count_and_undoing_it_changes_it_back(me):
    claim = next(c for c in me.said("/claims", q="type:ASSAULT", limit=100)["items"] if len(c["actor"]) == 1)
    who = claim["actor"][0]["actor_id"] or claim["actor"][0]["text"]
    q = f'actor:"{who}"'
    before = me.said("/claims", q=q)["total"], me.said("/events", q=q)["total"]
    report = me.said(f"/reports/{claim['report_id']}")
    words = report["text"][:5]
    body = {
        "claim_id": claim["claim_id"],
        "action": "correct",
        "path": "actor[0]",
        "value": {"span": [0, 5]},
        "why": "so",
    }
    done = me.write("POST", "/reviews", body)
    assert done.status_code == 201, done.text
    assert done.json()["claim"]["actor"][0]["text"] == words
    assert me.said("/claims", q=q)["total"] == before[0] - 1
    me.write("POST", f"/reviews/{done.json()['review_id']}/undo", {})
    assert (me.said("/claims", q=q)["total"], me.said("/events", q=q)["total"]) == before
