"""Counts under other choices, worked out by hand, and their plots."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from onrecord.errors import ConfigError
from onrecord.view.figures import sensitivity_figure
from onrecord.view.sensitivity import GROUPS, every_combination, label, one_at_a_time, sensitivity


def event(name, accounts, reports, factuality=3.0, killed=None, start="2018-09-08", voices=None):
    place = {"name": name, "admin1": "Idlib", "country": "SYR", "lat": 35.0, "lon": 36.0, "precision": "town"}
    best, low, high = killed or (None, None, None)
    figures = {"killed": {"best": best, "low": low, "high": high}} if killed else {}
    return {
        "event_type": "ASSAULT", "accounts": accounts, "voices": voices or accounts, "reports": reports,
        "factuality": factuality, "place": place if name else None, "start": start, "figures": figures,
    }  # fmt: skip


ROWS = [
    event("Saraqib", 3, 7, killed=(None, 9.0, 15.0)),
    event("Saraqib", 1, 4, factuality=1.0, killed=(4.0, 4.0, 4.0), voices=1),
    event("Idlib", 2, 2, killed=(2.0, 1.0, 3.0), start="2018-09-10"),
    event(None, 1, 1, factuality=2.0, start=None),
]
CONSERVATIVE = [ROWS[0] | {"figures": {"killed": {"best": 9.0, "low": 9.0, "high": 15.0}}}, *ROWS[1:]]
EVENTS = {"representative": ROWS, "conservative": CONSERVATIVE, "informative": ROWS[:3]}


def by_label(by="all"):
    return {(label(row), row["group"]): row for row in sensitivity(EVENTS, by)}


def test_totals_under_each_choice():
    found = by_label()
    base = found["baseline", "all"]
    assert (base["events"], base["share"], base["located"]) == (4, 1.0, 3)
    assert (base["killed_best"], base["killed_low"], base["killed_high"]) == (6.0, 14.0, 22.0)
    assert (base["undecided"], base["without_toll"]) == (1, 1)
    assert found["conservative", "all"]["killed_best"] == 15.0
    assert found["conservative", "all"]["undecided"] == 0
    assert (found["informative", "all"]["events"], found["informative", "all"]["share"]) == (3, 0.75)
    assert [found[f"{n}+ accounts", "all"]["events"] for n in (2, 3)] == [2, 1]
    assert [found[f"{n}+ voices", "all"]["events"] for n in (2, 3)] == [2, 1]
    assert [found[f"{n}+ reports", "all"]["events"] for n in (2, 3)] == [3, 2]
    assert [found[f"factuality {f}+", "all"]["events"] for f in (1, 2, 3)] == [4, 3, 2]


def test_groups_have_their_own_shares_and_what_is_not_known_stands_last():
    found = by_label("place")
    assert found["baseline", "Saraqib, SYR"]["events"] == 2
    assert found["2+ accounts", "Saraqib, SYR"]["share"] == 0.5
    assert found["baseline", "Saraqib, SYR"]["latitude"] == 35.0
    assert [row["group"] for row in sensitivity(EVENTS, "place")][:3] == ["Saraqib, SYR", "Idlib, SYR", None]
    assert [row["group"] for row in sensitivity(EVENTS, "week")][:3] == ["2018-W36", "2018-W37", None]
    assert by_label("month")["3+ accounts", "2018-09"]["events"] == 1


def test_a_toll_without_numbers_is_missing_and_not_zero():
    (row, *_) = sensitivity(dict.fromkeys(EVENTS, ROWS[3:]))
    assert (row["killed_best"], row["killed_low"], row["killed_high"]) == (None, None, None)


def test_the_grid_combines_all_and_has_one_baseline():
    settings = every_combination()
    assert len(settings) == 3 * 3 * 3 * 4
    assert [name for name, _ in settings].count("baseline") == 1
    assert len(one_at_a_time()) == 12


def test_an_unknown_grouping_is_named():
    with pytest.raises(ConfigError, match="admin1"):
        sensitivity(EVENTS, "planet")


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("rows", [ROWS, []], ids=["events", "none"])
def test_plots_are_well_formed_and_say_what_they_show(by, rows):
    found = sensitivity(dict.fromkeys(EVENTS, rows), by)
    root = ElementTree.fromstring(sensitivity_figure(found, "a <case> & a filter"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(text and "a <case> & a filter" in text for text in texts)
    if rows and by in {"all", "week", "month", "place"}:
        assert "2+ accounts" in texts
    if rows and by == "type":
        assert "ASSAULT" in texts


def test_a_case_tells_how_its_strike_depends_on_choices(case):
    rows = {label(r): r for r in case.sensitivity("type:ASSAULT")}
    assert rows["3+ accounts"]["events"] == 1
    assert rows["baseline"]["events"] > rows["2+ accounts"]["events"] >= 1
    assert rows["conservative"]["killed_best"] <= rows["informative"]["killed_best"]
    assert case.sensitivity(by="week", grid=True).arrow().num_columns == 17
    killed = next(r for r in case.divergence("type:ASSAULT denied") if r["field"] == "killed")
    assert killed["events"] == 1
    assert killed["share_disagreement"] == 1.0
    assert killed["mean_range"] > 0
    fields = case.divergence(per="accounts", at_least=2).pandas()
    assert set(fields.columns) >= {"field", "mean_dscore", "modal_confidence"}
