"""Worked examples by hand. Three events of report-level data, missing as None, ties included:

A: 12, 12, 15      B: 9, None      C: 4, 4, 6, 6
"""

from __future__ import annotations

import math

import pytest

from onrecord.merge.divergence import (
    deviation,
    disagreement,
    divergence,
    dscore,
    mean_dscore,
    mean_dscore_normalised,
    mean_range,
    mean_sd,
    modal_confidence,
    modal_share,
    share_disagreement,
    value_range,
)

A, B, C = [12, 12, 15], [9, None], [4, 4, 6, 6]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (A, 1),
        (B, 1),
        (C, 1),
        ([7], 0),
        ([None], 0),
        ([None, None], 0),
        (["x", "y", "z"], 2),
        (["x", None, "y", "x"], 2),
    ],
)
def test_dscore_counts_distinct_values_less_one_and_missing_as_one(values, expected):
    assert dscore(values) == expected


def test_an_event_without_reports_has_no_dscore():
    with pytest.raises(ValueError, match="Leave it out"):
        dscore([])


@pytest.mark.parametrize(
    ("events", "expected"),
    [([A, B, C], 1.0), ([A, [7]], 0.5), ([["x", "y", "z"], ["x"]], 1.0), ([[7], []], 0.0), ([], None)],
)
def test_mean_dscore(events, expected):
    assert mean_dscore(events) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # 12, 15, 9, missing, 4, 6: six distinct values in the whole set.
        ([A, B, C], 1 / 6),
        # 12, 15, 7: three.
        ([A, [7]], 0.5 / 3),
        # All agree: one value, no divergence.
        ([[5, 5], [5]], 0.0),
        # x, missing: each event has one more value than needed.
        ([["x", None], [None, "x"]], 0.5),
        ([], None),
    ],
)
def test_mean_dscore_normalised_divides_by_the_values_of_the_whole_set(events, expected):
    assert mean_dscore_normalised(events) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(("values", "expected"), [(A, 3), (B, 0), (C, 2), ([None], None), ([1.5, 4.0, None], 2.5)])
def test_range_is_zero_for_one_value_and_missing_for_none(values, expected):
    assert value_range(values) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [([A, B, C], 5 / 3), ([A, [None]], 3.0), ([[None], [None, None]], None)],
)
def test_mean_range_leaves_missing_out(events, expected):
    assert mean_range(events) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # mean 13, squares 1 + 1 + 4 = 6, over n - 1 = 2
        (A, math.sqrt(3)),
        (B, None),
        # mean 5, squares 4, over 3
        (C, math.sqrt(4 / 3)),
        ([8, 8], 0.0),
        ([2, 4, None], math.sqrt(2)),
    ],
)
def test_sample_standard_deviation_is_missing_for_one_value(values, expected):
    assert deviation(values) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("events", "expected"),
    [([A, B, C], (math.sqrt(3) + math.sqrt(4 / 3)) / 2), ([B, [1]], None), ([[8, 8], [2, 4]], math.sqrt(2) / 2)],
)
def test_mean_sd_leaves_missing_out(events, expected):
    assert mean_sd(events) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("values", "expected"),
    [(A, 2 / 3), (B, 1.0), (C, 0.5), ([1, 2, 3], 1 / 3), ([None], None), (["x", None, "x", "y"], 2 / 3)],
)
def test_modal_share_of_a_tie_is_that_of_each_tied_value(values, expected):
    assert modal_share(values) == (None if expected is None else pytest.approx(expected))
    assert disagreement(values) == (None if expected is None else pytest.approx(1 - expected))


@pytest.mark.parametrize(
    ("events", "expected"),
    [([A, B, C], (2 / 3 + 1 + 0.5) / 3), ([[None], C], 0.5), ([[None]], None)],
)
def test_modal_confidence(events, expected):
    assert modal_confidence(events) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("events", "expected"),
    [([A, B, C], 2 / 3), ([B], 0.0), ([["x", "y"], ["x"], ["y"], ["z", "y"]], 0.5), ([], None)],
)
def test_share_of_disagreement_counts_events_with_two_values_or_more(events, expected):
    assert share_disagreement(events) == (None if expected is None else pytest.approx(expected))


def test_words_have_no_range_and_no_deviation():
    found = divergence([["aerial", "aerial", "ground"], ["ground", None]])
    assert (found.mean_range, found.mean_sd) == (None, None)
    assert found.events == 2
    assert found.modal_confidence == pytest.approx((2 / 3 + 1) / 2)


def test_all_measures_of_one_field_together():
    found = divergence([A, B, C, []])
    assert found.events == 3
    assert found.mean_range == pytest.approx(5 / 3)
    assert found.share_disagreement == pytest.approx(2 / 3)
