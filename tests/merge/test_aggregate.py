from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import claim, figure, place, report, source

from onrecord.merge import merge_case
from onrecord.merge.aggregate import mode, number_value
from onrecord.model import Given

REPORTS = [report(f"r{n}", f"2018-09-{8 + n:02d}", f"Outlet {n}") for n in range(4)]


def event(rule, *claims):
    (found,) = merge_case(REPORTS, claims, aggregation=rule)
    return found


@pytest.mark.parametrize(
    ("values", "scores", "expected"),
    [
        (["x", "x", "y"], (), "x"),
        (["x", "y"], (), None),
        ([], (), None),
        (["x", "y"], [(1.0,), (2.0,)], "y"),
        # The first tie-break leaves two, the second decides.
        (["x", "y", "z"], [(2.0, 1.0), (2.0, 3.0), (1.0, 9.0)], "y"),
        (["x", "y"], [(2.0, 3.0), (2.0, 3.0)], None),
        # A tie-break never lifts a rarer value over a more frequent one.
        (["x", "x", "y"], [(0.0,), (0.0,), (9.0,)], "x"),
        ([12.0, 12.0, 9.0, 9.0, 14.0], (), None),
    ],
)
def test_mode_with_tie_breaks(values, scores, expected):
    assert mode(values, scores) == expected


def tolls():
    return (
        claim("c1", "r0", by=source("Alpha", "a.alpha"), figures=(figure("killed", 9),)),
        claim("c2", "r1", by=source("Beta", "a.beta"), figures=(figure("killed", 14),)),
        claim("c3", "r2", by=source("Gamma", "a.gamma"), figures=(figure("killed", 12, "at_least"),)),
    )


@pytest.mark.parametrize(
    ("rule", "best", "state"),
    [("conservative", 9, "known"), ("informative", 14, "known"), ("representative", None, "indeterminate")],
)
def test_three_tolls_by_three_rules(rule, best, state):
    value = event(rule, *tolls()).value("killed")
    assert (value.best, value.state, value.low, value.high, value.open_high) == (best, state, 9, 14, True)
    assert [(g.account, g.best, g.low) for g in value.given] == [
        ("a.alpha", 9, 9), ("a.beta", 14, 14), ("a.gamma", None, 12)
    ]  # fmt: skip


def test_a_tie_goes_to_the_speaker_with_a_name():
    found = event(
        "representative",
        claim("c1", "r0", by=source("a monitor", naming="unnamed"), figures=(figure("killed", 9),)),
        claim("c2", "r1", by=source("Beta", "a.beta"), figures=(figure("killed", 14),)),
    )
    assert found.value("killed").best == 14


def test_what_no_account_gives_is_missing_and_not_zero():
    found = event("conservative", claim("c1", "r0", by=source("Alpha", "a.alpha"), where=None, modes=()))
    assert found.value("killed") is None
    assert [(found.value(f).state, found.value(f).best) for f in ("place", "mode")] == [("missing", None)] * 2


def test_the_last_toll_of_a_speaker_counts_and_the_earlier_is_kept():
    found = event(
        "representative",
        claim("c1", "r0", by=source("Alpha", "a.alpha"), figures=(figure("killed", 12),)),
        claim("c2", "r1", by=source("Alpha", "a.alpha"), figures=(figure("killed", 13),)),
    )
    (given_,) = found.value("killed").given
    assert (given_.best, given_.superseded) == (13, (("c1", 12),))


def test_up_to_is_no_lower_bound_of_zero():
    found = event("conservative", claim("c1", "r0", by=source("Alpha"), figures=(figure("killed", 20, "up_to"),)))
    assert found.value("killed").best == 20


def test_places_by_precision():
    wide = claim("c1", "r0", by=source("Alpha", "a.alpha"))
    province = place("Dar Qubba")
    wide = replace(
        wide, place=replace(province, place_id="geonames:9", name="Idlib", precision="province", text="Idlib")
    )
    narrow = claim("c2", "r1", by=source("Beta", "a.beta"))
    assert event("informative", wide, narrow).value("place").best == "Dar Qubba"
    assert event("conservative", wide, narrow).value("place").best == "Idlib"
    assert event("representative", wide, narrow).value("place").state == "indeterminate"


numbers = st.integers(0, 500).map(float)
givens = st.lists(
    st.tuples(numbers, numbers, st.sampled_from(["exactly", "at_least", "up_to", "between"])), min_size=1, max_size=6
)


def to_given(n, low, high, bound):
    low, high = sorted((low, high))
    best = low if bound == "exactly" else None
    return Given(
        account=f"a{n}",
        claim_id=f"c{n}",
        best=best,
        low=None if bound == "up_to" else low,
        high={"exactly": low, "at_least": None}.get(bound, high),
    )


@given(givens, st.sampled_from(["conservative", "informative", "representative"]))
def test_no_rule_leaves_the_range_of_the_accounts(rows, rule):
    told = [to_given(n, *row) for n, row in enumerate(rows)]
    value = number_value("killed", told, (), rule)
    said = [v for g in told for v in (g.best, g.low, g.high) if v is not None]
    assert min(said) <= value.low <= value.high <= max(said)
    if value.state == "known":
        assert value.low <= value.best <= value.high
    else:
        assert rule == "representative"
