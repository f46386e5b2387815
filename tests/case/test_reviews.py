"""Reviews change what is shown, never what was coded, and follow their claims to the next run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_case import LATER, RUN, TEXT, at, coding

from onrecord.errors import CaseError

STRIKE, DENIAL, REFUSAL, HOLDS, WEAK = (f"cr1-run1-{n}" for n in (0, 1, 2, 3, 5))


def one(store, claim_id: str, **more):
    """The claim as it is shown."""
    (claim,) = store.claims(f"claim:{claim_id} status:coded,rejected", **more).items
    return claim


def test_a_rejected_claim_is_hidden_and_an_undo_brings_it_back(store):
    hand = store.reviewer("Ines")
    before = store.file.clock.moment
    review = hand.reject(HOLDS, "The quarter is not held, it is besieged")
    assert store.count("kind:control") == 0
    assert one(store, HOLDS)["reason"] == "rejected in review: The quarter is not held, it is besieged"
    assert store.count("kind:control", as_of=before) == 1
    hand.undo(review)
    assert store.count("kind:control") == 1
    assert one(store, HOLDS)["review"] == "reopened"
    assert [r["holds"] for r in store.reviews()] == [False, True]
    assert store.verify().problems == []


def test_a_candidate_that_was_not_coded_can_be_accepted(store):
    store.reviewer("Ines").accept(WEAK)
    assert store.count("kind:control") == 2
    assert one(store, WEAK)["reason"] is None


def test_corrections_change_values_filters_and_keep_what_was_coded(store):
    hand = store.reviewer("Ines")
    hand.correct(STRIKE, "event_type", "COERCE", "wrong type")
    hand.correct(STRIKE, "actor[0].actor_id", "RUS_MIL")
    hand.correct(STRIKE, "recipient[+]", {"span": list(at("people")), "sectors": ["CVL"], "basis": "described"})
    hand.correct(STRIKE, "modality.mood", "questioned")
    hand.correct(STRIKE, "figures[0].best", 14)
    claim = one(store, STRIKE)
    assert claim["event_type"] == "COERCE"
    assert claim["recipient"][0]["text"] == "people"
    assert (claim["review"], claim["figures"][0]["best"]) == ("corrected", 14)
    assert store.count("type:ASSAULT") == 1
    assert store.count("type:COERCE actor:RUS_MIL recipient:CVL mood:questioned killed=14") == 1
    history = store.history(STRIKE)
    assert [step["state"] for step in history] == ["coded"] + ["corrected"] * 5
    assert history[1]["changes"] == [{"path": "event_type", "before": "ASSAULT", "after": "COERCE"}]
    assert store.coding("r1").claims[0].event_type == "ASSAULT"
    assert store.verify().problems == []


def test_undoing_one_correction_leaves_the_others(store):
    hand = store.reviewer("Ines")
    first = hand.correct(STRIKE, "event_type", "COERCE")
    hand.correct(STRIKE, "modes", ["seize"])
    hand.undo(first, "was right")
    claim = one(store, STRIKE)
    assert (claim["event_type"], claim["modes"]) == ("ASSAULT", ["seize"])
    hand.correct(STRIKE, "recipient", [])
    hand.correct(STRIKE, "instrument[0]", None)
    assert one(store, STRIKE)["instrument"] == []


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("modality.mood", "angry", "One of|one of"),
        ("event typ", 1, "no path"),
        ("claim_id", "x", "cannot be corrected"),
        ("nothing", 1, "has no 'nothing'"),
        ("actor[7]", None, "1 members"),
        ("actor[0].rank", "general", "has no 'rank'"),
        ("actor[+]", {"name": "X", "rank": "general"}, "keys that a claim does not have"),
        ("trigger", {"span": [5, 9000]}, "lies outside"),
        ("trigger", {"text": "killed", "span": [0, 4]}, "reads 'Resc'"),
        ("place.lat.deep", 1, "has nothing at|has no"),
        ("figures", "many", "does not fit"),
    ],
)
def test_corrections_that_do_not_fit_are_refused_and_leave_nothing(store, path, value, words):
    before = store.stats()["entries"]
    with pytest.raises(CaseError, match=words):
        store.reviewer("Ines").correct(STRIKE, path, value)
    assert store.stats()["entries"] == before


def test_who_and_why_are_needed(store):
    with pytest.raises(CaseError, match="name of its reviewer"):
        store.reviewer(" ")
    with pytest.raises(CaseError, match="say why"):
        store.reviewer("Ines").reject(STRIKE, " ")
    with pytest.raises(CaseError, match="there is none"):
        store.reviewer("Ines").accept("c0")
    review = store.reviewer("Ines").comment(STRIKE, "Check the toll")
    store.reviewer("Omar").undo(review)
    with pytest.raises(CaseError, match="cannot be undone"):
        store.reviewer("Omar").undo(review)


def test_comments_and_assignments_change_no_claim(store):
    hand = store.reviewer("Ines")
    hand.comment(STRIKE, "Check the toll")
    hand.assign(DENIAL, "Omar")
    hand.assign(STRIKE, "Omar")
    hand.assign(STRIKE, "")
    assert one(store, STRIKE)["review"] is None
    assert [c["claim_id"] for c in store.queue(assigned_to="Omar").items] == [DENIAL]
    assert store.queue(assigned_to="Nobody").items == []


def test_the_queue_gives_the_least_confident_first_and_forgets_the_reviewed(store):
    ids = [c["claim_id"] for c in store.queue("kind:event").items]
    assert ids == [REFUSAL, DENIAL, STRIKE]
    store.reviewer("Ines").accept(DENIAL)
    assert [c["claim_id"] for c in store.queue("kind:event").items] == [REFUSAL, STRIKE]


def test_reviews_follow_their_claims_to_the_next_run(store):
    hand = store.reviewer("Ines")
    hand.correct(DENIAL, "event_type", "COERCE", "wrong type")
    gone = hand.reject(HOLDS, "no")
    made = coding("r1", LATER)
    with store.writer(LATER) as writer:
        # The next run no longer finds the held quarter, and finds the rest in another order.
        writer.add(replace(made, claims=(*made.claims[:3][::-1], made.claims[4])))
    shown = {c["claim_id"]: c for c in store.all_claims()}
    assert shown["cr1-run2-1"]["event_type"] == "COERCE"
    assert shown["cr1-run2-1"]["review"] == "corrected"
    assert shown["cr1-run2-0"]["event_type"] == "ASSAULT"
    assert [(r["review_id"] == gone, r["matched"]) for r in store.reviews()] == [(False, True), (True, False)]
    assert store.verify().problems == []
    hand.undo(store.reviews()[0]["review_id"])
    assert one(store, "cr1-run2-1")["event_type"] == "ASSAULT"
    assert store.verify().problems == []


def test_a_review_of_an_earlier_run_holds_for_the_latest_too(store):
    with store.writer(LATER) as writer:
        writer.add(coding("r1", LATER))
    review = store.reviewer("Ines").reject(REFUSAL, "a joke")
    assert store.count("type:REJECT") == 0
    assert store.count("type:REJECT", run="run1") == 0
    store.reviewer("Ines").undo(review)
    assert store.count("type:REJECT") == 1
    assert store.verify().problems == []


def test_a_changed_review_is_named(store):
    store.reviewer("Ines").correct(STRIKE, "event_type", "COERCE")
    connection = store.file.connection
    connection.execute("INSERT INTO erasing VALUES (0)")
    connection.execute("UPDATE reviews SET reviewer = 'Omar'")
    assert any("review" in p.where and "was changed" in p.what for p in store.verify().problems)


def test_search_ranks_and_marks_the_words(store):
    with store.writer(RUN) as writer:
        writer.add(coding("r2", text=TEXT, title="Rifle amnesty", published="2018-09-01"))
    first, second = store.search("rifles")
    assert (first["report_id"], second["report_id"]) == ("r2", "r1")
    assert "[rifle]" in second["snippet"]
    assert [row["report_id"] for row in store.search("rifles published<2018-09-01")] == ["r1"]
    (quote, _) = store.search('"hand over" speaker:Darwish', within="quotes")
    assert (quote["ord"], "[hand over]" in quote["snippet"]) == (1, True)
    assert {row["claim_id"] for row in store.search("hand* rifle", within="claims")} == {REFUSAL, "cr2-run1-2"}
    with pytest.raises(CaseError, match="no words"):
        store.search("speaker:Darwish")
