"""The network of actors on a day: relations told, dealings around the day, ties of the registry."""

from __future__ import annotations

import pytest


def test_links_join_the_nodes_shown_and_name_their_claims(me):
    network = me.said("/actors/network")
    keys = {node["key"] for node in network["nodes"]}
    assert network["links"]
    for link in network["links"]:
        assert {link["from"], link["to"]} <= keys
        assert bool(link["claim_ids"]) == (link["basis"] != "registry")
        for claim_id in link["claim_ids"][:2]:
            kind = me.said(f"/claims/{claim_id}")["kind"]
            assert kind == ("relation" if link["basis"] == "claims" else "event")


@pytest.mark.parametrize("basis", ["claims", "dealings", "registry", "claims,dealings"])
def test_only_what_was_asked_for_is_gone_by(me, basis):
    links = me.said("/actors/network", basis=basis)["links"]
    assert {link["basis"] for link in links} <= set(basis.split(","))


def test_dealings_are_those_of_claims_with_actor_and_recipient(me):
    for link in me.said("/actors/network", basis="dealings", actors=200)["links"]:
        q = f'kind:event actor.id:"{link["from"]}" recipient.id:"{link["to"]}"'
        claims = me.said("/claims", q=q, limit=500)["items"]
        assert set(link["claim_ids"]) <= {c["claim_id"] for c in claims}
        assert sum(link["by"].values()) == link["claims"] <= len(claims)
        assert (link["kind"] == "conflict") == ("ASSAULT" in link["by"] or link["relation"] == "conflict")


def test_dealings_far_from_the_day_are_left_out(me):
    whole = me.said("/actors/network", basis="dealings")
    assert whole["first"] <= whole["last"]
    assert sum(b["count"] for b in whole["bins"]) > 0
    around = me.said("/actors/network", basis="dealings", at=whole["last"], window=3660)
    assert sum(link["claims"] for link in around["links"]) > 0
    before = me.said("/actors/network", basis="dealings", at="1950-01-01", window=10)
    assert before["links"] == []
    # The slider keeps its range wherever it stands.
    assert (before["first"], before["last"], before["bins"]) == (whole["first"], whole["last"], whole["bins"])


def test_ties_of_the_registry_have_their_days(me):
    ever = [x for x in me.said("/actors/network", actor="TUR", basis="registry")["links"] if x["start"] and x["end"]]
    link = next(x for x in ever if len(x["end"]) == 10)
    during = me.said("/actors/network", actor="TUR", basis="registry", at=link["end"])["links"]
    after = me.said("/actors/network", actor="TUR", basis="registry", at=f"{int(link['end'][:4]) + 1}-12-31")["links"]
    same = {key: link[key] for key in ("from", "to", "relation", "start")}
    assert any(same.items() <= x.items() for x in during)
    assert not any(same.items() <= x.items() for x in after)


def test_one_actor_has_only_its_own_links(me):
    for link in me.said("/actors/network", actor="SYR.mil")["links"]:
        assert "SYR.mil" in (link["from"], link["to"])


def test_actors_joined_by_people_are_one_node(me):
    link = next(x for x in me.said("/actors/network", basis="dealings")["links"])
    one, other = link["from"], link["to"]
    done = me.write("POST", f"/actors/{one}/merge", {"members": [other], "why": "the same"})
    assert done.status_code == 200, done.text
    joined = me.said("/actors/network", basis="dealings")
    assert len({one, other} & {node["key"] for node in joined["nodes"]}) <= 1
    assert not any({link["from"], link["to"]} == {one, other} for link in joined["links"])
    me.write("POST", f"/corrections/{done.json()['decision_id']}/undo", {"why": "a slip"})
    assert any((x["from"], x["to"]) == (one, other) for x in me.said("/actors/network", basis="dealings")["links"])


def test_mentions_split_off_are_another_node(me):
    link = next(x for x in me.said("/actors/network", basis="dealings")["links"] if not x["from"].startswith("p:"))
    claim = me.said(f"/claims/{link['claim_ids'][0]}")
    body = {"reports": [claim["report_id"]], "why": "another one"}
    done = me.write("POST", f"/actors/{link['from']}/split", body)
    assert done.status_code == 200, done.text
    (made,) = [c["split_id"] for c in me.said("/corrections", about="actor")["items"] if c["action"] == "split"]
    links = me.said("/actors/network", basis="dealings", actor=made)["links"]
    assert link["claim_ids"][0] in {claim_id for x in links for claim_id in x["claim_ids"]}


def test_an_actor_nobody_knows_is_not_found(me):
    assert me.get("/api/v1/actors/network?actor=nobody").status_code == 404
    assert me.get("/api/v1/actors/network?at=someday").status_code == 400
    assert me.get("/api/v1/actors/network?basis=rumour").status_code == 422


def test_what_came_later_is_no_part_of_an_earlier_network(me):
    assert me.said("/actors/network", as_of="2001-01-01", basis="claims,dealings")["links"] == []
