"""Agreement: numbers worked out by hand, and rounds in which nobody sees the others."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.case.agreement import (
    adjudicate,
    agreement,
    krippendorff_alpha,
    percent_agreement,
    start_round,
    tasks,
)
from onrecord.errors import BadReview, CaseError, NotFound


def test_alpha_for_two_coders_by_hand():
    # Five things, two coders, four agreements. Pooled: a a a a a b b b b b with one split.
    units = [("a", "a"), ("a", "a"), ("b", "b"), ("b", "b"), ("a", "b")]
    # Observed: one unit disagrees in both orders: 2/10. Expected: 2*5*5/(10*9).
    assert krippendorff_alpha(units) == pytest.approx(float(1 - Fraction(2, 10) / Fraction(50, 90)))
    assert percent_agreement(units) == pytest.approx(0.8)


def test_alpha_with_gaps_and_three_coders_by_hand():
    # The third thing was judged once and does not count; the second has a pair of three that agree.
    units = [(1, 1, None), (1, 2, 2), (None, 3, None), (2, 2, 2)]
    # Observed: unit 2 has 4 of 6 ordered pairs unlike, weighed by 1/(3-1): 2, over 8 values.
    # Expected: 3 ones and 5 twos: 2*3*5/(8*7).
    assert krippendorff_alpha(units) == pytest.approx(float(1 - Fraction(2, 8) / Fraction(30, 56)))
    # As numbers every difference is 1, so that the two levels agree.
    assert krippendorff_alpha(units, "interval") == pytest.approx(krippendorff_alpha(units))


def test_interval_alpha_weighs_by_distance_by_hand():
    units = [(10, 12), (20, 20), (30, 40)]
    # Observed: (2*4 + 0 + 2*100)/6. Expected: over all ordered pairs of the six values, over 6*5.
    values = [10, 12, 20, 20, 30, 40]
    expected = Fraction(sum((a - b) ** 2 for a in values for b in values), 30)
    assert krippendorff_alpha(units, "interval") == pytest.approx(float(1 - Fraction(208, 6) / expected))


@given(st.lists(st.lists(st.none() | st.integers(0, 3), min_size=2, max_size=4), max_size=8))
def test_alpha_is_at_most_one_and_one_when_all_agree(units):
    for level in ("nominal", "interval"):
        alpha = krippendorff_alpha(units, level)
        assert alpha is None or alpha <= 1
    agreeing = [[unit[0]] * 2 for unit in units if unit[0] is not None]
    assert krippendorff_alpha(agreeing) in (None, 1.0)


def test_without_pairs_or_variation_alpha_is_not_defined():
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([("a", None)]) is None
    assert krippendorff_alpha([("a", "a"), ("a", "a")]) is None
    assert percent_agreement([("a", None)]) is None


def test_a_round_is_drawn_the_same_again_and_coders_are_blind(store):
    ids = start_round(store.file, "Lead", "pilot", ["Ines", "Omar"], 3, seed=7)
    drawn = sorted(store.claims().items, key=lambda c: c["claim_id"])
    assert len(set(ids)) == 3 <= len(drawn)
    store.reviewer("Omar").judge(ids[0], "pilot", "modality.mood", "denied")
    (task, *_) = [t for t in tasks(store.file, "pilot", "Ines") if t["claim_id"] == ids[0]]
    assert task["judged"] == {}
    assert "modality" not in task
    assert store.reviews() == []
    assert [t["judged"] for t in tasks(store.file, "pilot", "Omar") if t["claim_id"] == ids[0]] == [
        {"modality.mood": "denied"}
    ]
    assert tasks(store.file, "pilot", "Stranger") == []
    with pytest.raises(CaseError, match="exists already"):
        start_round(store.file, "Lead", "pilot", ["Ines", "Omar"], 3, seed=7)
    with pytest.raises(CaseError, match="Ask for fewer"):
        start_round(store.file, "Lead", "big", ["Ines", "Omar"], 30, seed=7)
    with pytest.raises(CaseError, match="two coders"):
        start_round(store.file, "Lead", "one", ["Ines"], 3, seed=7)


def test_judgements_give_agreement_by_value_and_change_nothing_until_settled(store):
    ids = start_round(store.file, "Lead", "pilot", ["Ines", "Omar"], 3, seed=1, asked="kind:event")
    judged = {"Ines": ("ASSAULT", "ASSAULT", "REJECT"), "Omar": ("ASSAULT", "COERCE", "REJECT")}
    for coder, types in judged.items():
        for claim_id, event_type in zip(sorted(ids), types, strict=True):
            store.reviewer(coder).judge(claim_id, "pilot", "event_type", event_type)
            store.reviewer(coder).judge(claim_id, "pilot", "modality.factuality", 3.0)
    factuality, event_type = sorted(agreement(store.file, "pilot"), key=lambda f: f.path, reverse=True)
    # Two of three agree: observed 2/6; pooled 3 A, 1 C, 2 R: expected (36-9-1-4)/30.
    assert event_type.nominal == pytest.approx(float(1 - Fraction(2, 6) / Fraction(22, 30)))
    assert (event_type.claims, event_type.coders) == (3, ("Ines", "Omar"))
    assert event_type.percent == pytest.approx(2 / 3)
    assert event_type.with_machine == pytest.approx(5 / 6)
    assert event_type.disputed == (sorted(ids)[1],)
    assert (factuality.interval, factuality.percent) == (None, 1.0)
    assert store.count("type:COERCE") == 0
    adjudicate(store.file, "Lead", "pilot", sorted(ids)[1], "event_type", "COERCE", "it is an arrest")
    assert store.count("type:COERCE") == 1
    with pytest.raises(CaseError, match="nobody judged"):
        adjudicate(store.file, "Lead", "pilot", ids[0], "place", None, "x")
    assert store.verify().problems == []


def test_a_judgement_that_does_not_fit_is_refused(store):
    ids = start_round(store.file, "Lead", "pilot", ["Ines", "Omar"], 1, seed=1)
    with pytest.raises(CaseError, match="not known"):
        store.reviewer("Ines").judge(ids[0], "pilot", "modality.mood", "angry")


def test_three_coders_worked_by_hand_settled_taken_back_and_seen_as_of_each_moment(store):
    ids = sorted(start_round(store.file, "Lead", "main", ["Ines", "Omar", "Zoya"], 5, seed=3))
    # One line a claim: what Ines, Omar and Zoya say of its mood; None where one of them did not judge.
    judged = [
        ("asserted", "asserted", "asserted"),
        ("denied", "denied", "asserted"),
        ("asserted", "asserted", None),
        ("threatened", "threatened", "threatened"),
        ("asserted", None, None),
    ]
    for claim_id, unit in zip(ids, judged, strict=True):
        for coder, mood in zip(("Ines", "Omar", "Zoya"), unit, strict=True):
            if mood is not None:
                store.reviewer(coder).judge(claim_id, "main", "modality.mood", mood)
    (mood,) = agreement(store.file, "main")
    # Pairs: 3 of 3, 1 of 3, 1 of 1, 3 of 3, none: 8 of 10 are alike.
    assert mood.percent == pytest.approx(8 / 10)
    # Eleven judgements are paired: 6 asserted, 2 denied, 3 threatened. Observed: in the second claim 4 of 6 ordered
    # pairs differ, over 3 - 1: 2, over 11. Expected: (121 - 36 - 4 - 9) / (11 * 10) = 72/110.
    assert mood.nominal == pytest.approx(float(1 - Fraction(2, 11) / Fraction(72, 110)))
    assert mood.nominal == pytest.approx(13 / 18)
    assert (mood.claims, mood.disputed) == (4, (ids[1],))

    def shown(moment):
        (claim,) = store.claims(f"claim:{ids[1]} status:coded", as_of=moment).items
        return claim["modality"]["mood"]

    coded, begun = shown(None), store.file.clock.moment
    settled = adjudicate(store.file, "Lead", "main", ids[1], "modality.mood", "questioned", "the words ask")
    after = store.file.clock.moment
    store.reviewer("Lead").undo(settled, "on second thought")
    undone = store.file.clock.moment
    store.reviewer("Lead").correct(ids[1], "modality.mood", "conditional")
    assert [shown(m) for m in (begun, after, undone, None)] == [coded, "questioned", coded, "conditional"]
    assert store.verify().problems == []


def test_nobody_judges_what_was_not_given_to_them(store):
    ids = start_round(store.file, "Lead", "pilot", ["Ines", "Omar"], 1, seed=1)
    with pytest.raises(BadReview, match="not given to Zoya"):
        store.reviewer("Zoya").judge(ids[0], "pilot", "modality.mood", "denied")
    with pytest.raises(NotFound, match="there is none"):
        agreement(store.file, "other")
