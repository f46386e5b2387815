"""The golden story: one strike, told by four outlets with four tolls, a copy, a correction and a denial."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.config import Config
from onrecord.merge import merge_case
from onrecord.model import Claim, Event, EventClaim, Report
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def coded() -> tuple[list[Report], list[Claim]]:
    parts = load_parts(Config(encoder=False))
    paths = [str(p) for p in sorted(EXAMPLES.glob("0[1-7]-*.md"))]
    codings = [code_report(r, parts) for r in read_inputs(paths, Defaults()) if isinstance(r, Report)]
    return [c.report for c in codings], [claim for c in codings for claim in c.claims]


@pytest.fixture(scope="module")
def strike(coded) -> Event:
    (found,) = [e for e in merge_case(*coded) if len(e.report_ids) == 7]
    return found


def names(reports: list[Report], ids) -> list[str]:
    known = {r.report_id: r.supplied_id for r in reports}
    return sorted(known[i] for i in ids)


def test_seven_reports_tell_one_event_that_happened(coded, strike):
    assert names(coded[0], strike.report_ids) == sorted(
        ["lw-0908-1", "nc-0908-3", "mp-0908-7", "mp-0909-1", "gl-0908-2", "rr-0909-1", "dg-0909-4"]
    )
    assert strike.happened
    assert strike.value("place").best == "Ma‘arrat an Nu‘mān"
    assert (strike.value("start").best, strike.value("end").best) == ("2018-09-08", "2018-09-08")


def test_three_independent_accounts_and_a_denial(coded, strike):
    accounts = {a.speaker: names(coded[0], a.report_ids) for a in strike.of_stance("asserts")}
    assert len(accounts) == 3
    assert set(accounts["ngo.whitehelmets"]) >= {"lw-0908-1", "nc-0908-3", "rr-0909-1"}
    assert accounts["ngo.sohr"] == ["gl-0908-2"]
    assert ["mp-0908-7", "mp-0909-1"] in accounts.values()
    assert {"SYR.mil"} <= {a.speaker for a in strike.of_stance("denies")}


def test_the_range_and_who_gives_which(strike):
    killed = strike.value("killed")
    assert (killed.low, killed.high) == (9, 14)
    given = {g.account: (g.best, [v for _, v in g.superseded]) for g in killed.given}
    assert given["ngo.sohr"] == (9, [])
    assert given["ngo.whitehelmets"] == (13, [12])
    assert (14, [15]) in given.values()


def test_the_correction_is_named(coded, strike):
    (correction,) = strike.corrections
    assert (correction.field, correction.before, correction.after) == ("killed", 15, 14)
    assert names(coded[0], [correction.report_id, correction.replaces]) == ["mp-0908-7", "mp-0909-1"]


def test_the_copy_is_no_voice_of_its_own(coded, strike):
    voices = {tuple(names(coded[0], v.report_ids)): [k for _, k in v.members] for v in strike.voices}
    assert voices["lw-0908-1", "nc-0908-3"] == ["cut"]
    assert voices["mp-0908-7", "mp-0909-1"] == ["version"]


def test_the_depot_of_the_day_before_is_another_event(coded, strike):
    _, claims = coded
    (depot,) = [c for c in claims if isinstance(c, EventClaim) and "Friday" in c.text]
    assert depot.claim_id not in strike.claim_ids
