from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from made_claims import TOWNS, claim, figure, report, source

from onrecord.lexicon.merging import load_merging
from onrecord.merge import merge_case
from onrecord.merge.screen import likely_pairs
from onrecord.merge.sketch import sketch
from onrecord.model import ClaimLink, Decision

REPORTS = [report(f"r{n}", f"2018-09-{8 + n:02d}", f"Outlet {n}") for n in range(5)]


@st.composite
def claim_sets(draw):
    return [
        claim(
            f"c{n:02d}",
            f"r{draw(st.integers(0, 4))}",
            event_type=draw(st.sampled_from(["ASSAULT", "ASSAULT", "PROTEST"])),
            modes=draw(st.sampled_from([("aerial",), (), ("explosives",)])),
            day=draw(st.sampled_from(["2018-09-07", "2018-09-08", "2018-09-08", "2018-09-12", None])),
            where=draw(st.sampled_from([*TOWNS, None])),
            by=draw(st.sampled_from([None, source("Alpha", "a.alpha"), source("rescuers", naming="unnamed")])),
            mood=draw(st.sampled_from(["asserted", "asserted", "denied", "threatened"])),
            figures=draw(st.sampled_from([(), (figure("killed", 9),), (figure("killed", 14),)])),
            at=20 * n,
        )
        for n in range(draw(st.integers(1, 14)))
    ]


@settings(max_examples=60, deadline=None)
@given(claim_sets(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(claims, chance):
    expected = merge_case(REPORTS, claims)
    shuffled, reports = list(claims), list(REPORTS)
    chance.shuffle(shuffled)
    chance.shuffle(reports)
    assert merge_case(reports, shuffled) == expected


@settings(max_examples=40, deadline=None)
@given(claim_sets(), st.integers(1, 5))
def test_the_input_may_come_in_parts(claims, parts):
    expected = merge_case(REPORTS, claims)
    pieces = [claims[n::parts] for n in range(parts)]
    assert merge_case(iter(REPORTS), (c for piece in pieces for c in piece)) == expected
    assert sorted(i for e in expected for i in e.claim_ids) == sorted(c.claim_id for c in claims)


@settings(max_examples=40, deadline=None)
@given(claim_sets(), st.randoms(use_true_random=False))
def test_split_and_join_undo(claims, chance):
    plain = merge_case(REPORTS, claims)
    members = tuple(c.claim_id for c in chance.sample(claims, min(3, len(claims))))
    for action in ("split", "merge"):
        decided = merge_case(REPORTS, claims, [Decision(action=action, members=members, merge_id="m1")])
        homes = {i: e.event_id for e in decided for i in e.claim_ids}
        assert len({homes[m] for m in members}) == (len(members) if action == "split" else 1)
        assert merge_case(REPORTS, claims, []) == plain


def test_the_later_of_two_decisions_holds():
    claims = [claim("c1", "r0"), claim("c2", "r1")]
    split = Decision(action="split", members=("c1", "c2"), merge_id="m1")
    join = Decision(action="merge", members=("c1", "c2"), merge_id="m2")
    assert len(merge_case(REPORTS, claims, [join, split])) == 2
    (event,) = merge_case(REPORTS, claims, [split, join])
    assert event.decisions == ("m2",)


def test_days_and_places_that_contradict_keep_claims_apart():
    claims = [
        claim("c1", "r0"),
        claim("c2", "r1"),
        claim("c3", "r2", day="2018-09-12"),
        claim("c4", "r3", where="Tell Rihan"),
    ]
    assert [e.claim_ids for e in merge_case(REPORTS, claims)] == [("c1", "c2"), ("c3",), ("c4",)]


def test_a_denial_hangs_on_the_event_and_makes_none_happen():
    told = claim("c1", "r0", by=source("rescuers", naming="unnamed", office="rescuer"))
    denied = claim(
        "c2", "r0", by=source("army", "SYR.mil"), mood="denied", links=(ClaimLink(claim_id="c1", kind="denies"),)
    )
    (event,) = merge_case(REPORTS, [told, denied])
    assert event.happened
    assert [a.speaker for a in event.of_stance("denies")] == ["SYR.mil"]
    (alone,) = merge_case(REPORTS, [denied])
    assert not alone.happened


def test_a_threat_is_no_happening():
    (event,) = merge_case(REPORTS, [claim("c1", "r0", mood="threatened")])
    assert not event.happened
    assert [a.stance for a in event.accounts] == ["announces"]


def test_possibly_the_same_is_a_state_on_both_events():
    first = claim("c1", "r0")
    second = claim("c2", "r0", where=None, day=None, modes=("firearms",), text="several houses burned", at=100)
    events = merge_case(REPORTS, [first, second])
    assert [[p.event_id for p in e.possible] for e in events] == [[events[1].event_id], [events[0].event_id]]
    split = [Decision(action="split", members=("c1", "c2"), merge_id="m1")]
    assert all(not e.possible for e in merge_case(REPORTS, [first, second], split))


def test_the_same_speaker_in_two_papers_is_one_account_and_another_a_second():
    claims = [
        claim("c1", "r0", by=source("White Helmets", "ngo.whitehelmets")),
        claim("c2", "r1", by=source("rescue workers", naming="unnamed", office="rescuer")),
        claim("c3", "r2", by=source("Observatory", "ngo.sohr")),
    ]
    (event,) = merge_case(REPORTS, claims)
    assert [(a.speaker, a.report_ids) for a in event.accounts] == [
        ("ngo.whitehelmets", ("r0", "r1")),
        ("ngo.sohr", ("r2",)),
    ]


def test_two_named_rescue_groups_stay_two_accounts():
    claims = [
        claim("c1", "r0", by=source("White Helmets", "ngo.whitehelmets")),
        claim("c2", "r1", by=source("Violet Rescue", "ngo.violet")),
    ]
    (event,) = merge_case(REPORTS, claims)
    assert len(event.accounts) == 2


def test_an_events_name_survives_later_reports():
    claims = [claim("c1", "r0"), claim("c2", "r1")]
    (before,), (after,) = merge_case(REPORTS, claims[:1]), merge_case(REPORTS, claims)
    assert before.event_id == after.event_id


def test_reasons_tell_why_claims_were_joined():
    (event,) = merge_case(REPORTS, [claim("c1", "r0"), claim("c2", "r1")])
    (pair,) = event.pairs
    assert {"type_same", "place_same", "time_same"} <= {r.sign for r in pair.reasons}


def test_cost_grows_with_claims_and_not_with_their_square():
    chance = random.Random(0)
    counts = []
    for n in (500, 1000, 2000):
        claims = [
            claim(f"c{i:05d}", f"r{i}", where=chance.choice(list(TOWNS)), day=f"2018-09-{chance.randint(1, 28):02d}")
            for i in range(n)
        ]
        sketches = [sketch(c, None, load_merging()) for c in claims]
        counts.append(sum(1 for _ in likely_pairs(sketches, load_merging())) / n)
    assert counts[2] < 1.5 * counts[1]
