"""Aggregation worked out by hand: what three rules make of the accounts of one event, ties included.

Each account is (named or not, factuality of 1 to 3, toll as it is told, place, day). Expected are best values under
the conservative, informative and representative rule; "?" stands for undecided, None for missing.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_claims import claim, figure, place, report, source

from onrecord.merge import merge_case
from onrecord.model import Figure, Modality, Span

REPORTS = [report(f"r{n}", f"2018-09-{9 + n:02d}", f"Outlet {n}") for n in range(6)]
RULES = ("conservative", "informative", "representative")
WHERE = {
    "town": place("Dar Qubba"),
    "district": replace(place("Dar Qubba"), place_id="geonames:8", name="Qubba", precision="district"),
    "province": replace(place("Dar Qubba"), place_id="geonames:9", name="Idlib", precision="province"),
}


def between(low: float, high: float) -> Figure:
    span = Span(0, 1)
    return Figure(measure="killed", low=low, best=None, high=high, bound="between", text=f"{low}-{high}", span=span)


def event(rule, accounts):
    claims = []
    for n, (named, certainty, toll, where, day) in enumerate(accounts):
        by = source(f"Body {n}", f"a.{n}") if named else source(f"a watcher of hill {n}", naming="unnamed")
        told = claim(f"c{n}", f"r{n}", by=by, day=day, figures=(toll,) if toll else ())
        claims.append(replace(told, place=WHERE[where], modality=Modality(factuality=float(certainty))))
    (found,) = merge_case(REPORTS, claims, aggregation=rule)
    assert len(found.accounts) == len(accounts)
    return found


def best(found, field):
    value = found.value(field)
    if value is None or value.state == "missing":
        return None
    return "?" if value.state == "indeterminate" else value.best


def exactly(number):
    return figure("killed", number)


DAY, NEXT = "2018-09-08", "2018-09-09"


@pytest.mark.parametrize(
    ("tolls", "expected"),
    [
        # One account: every rule gives its number.
        ([(True, 3, exactly(9))], (9, 9, 9)),
        # Two agree, one does not: the mode is what two say.
        ([(True, 3, exactly(9)), (True, 3, exactly(9)), (True, 3, exactly(14))], (9, 14, 9)),
        # A tie of equals is undecided, never a mean.
        ([(True, 3, exactly(9)), (True, 3, exactly(14))], (9, 14, "?")),
        # A tie goes to who has a name.
        ([(False, 3, exactly(9)), (True, 3, exactly(14))], (9, 14, 14)),
        # Of two with names, to who is surer.
        ([(True, 2, exactly(9)), (True, 3, exactly(14))], (9, 14, 14)),
        # A name comes before certainty.
        ([(True, 1, exactly(9)), (False, 3, exactly(14))], (9, 14, 9)),
        # Three values, two of them of equal standing and certainty: undecided.
        ([(True, 3, exactly(9)), (True, 3, exactly(12)), (False, 3, exactly(14))], (9, 14, "?")),
        # Two and two: undecided.
        ([(True, 3, exactly(n)) for n in (9, 9, 14, 14)], (9, 14, "?")),
        # Two unnamed outweigh one with a name: the mode comes first.
        ([(False, 3, exactly(9)), (False, 3, exactly(9)), (True, 3, exactly(14))], (9, 14, 9)),
        # "At least 12" names 12; nothing above it is told.
        ([(True, 3, figure("killed", 12, "at_least"))], (12, 12, 12)),
        # "At least 12" and 12 are one number.
        ([(True, 3, figure("killed", 12, "at_least")), (True, 3, exactly(12))], (12, 12, 12)),
        # "Up to 20" names 20 and no zero.
        ([(True, 3, figure("killed", 20, "up_to")), (True, 3, exactly(15))], (15, 20, "?")),
        # A range has its ends: the smallest and the largest number told.
        ([(True, 3, between(10, 30)), (True, 3, exactly(12))], (10, 30, "?")),
        # Who gives no number has no say in it.
        ([(True, 3, None), (False, 3, exactly(7))], (7, 7, 7)),
        # Nobody gives one: missing, and not zero.
        ([(True, 3, None), (True, 3, None)], (None, None, None)),
        # Nought is a number.
        ([(True, 3, exactly(0)), (True, 3, exactly(3))], (0, 3, "?")),
    ],
)
def test_tolls(tolls, expected):
    accounts = [(named, sure, toll, "town", DAY) for named, sure, toll in tolls]
    assert tuple(best(event(rule, accounts), "killed") for rule in RULES) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["town"], ("Dar Qubba", "Dar Qubba", "Dar Qubba")),
        # Least precise, most precise, most frequent.
        (["town", "province", "province"], ("Idlib", "Dar Qubba", "Idlib")),
        (["town", "town", "province"], ("Idlib", "Dar Qubba", "Dar Qubba")),
        (["town", "province"], ("Idlib", "Dar Qubba", "?")),
        (["town", "district", "province"], ("Idlib", "Dar Qubba", "?")),
        (["district", "district", "town"], ("Qubba", "Dar Qubba", "Qubba")),
    ],
)
def test_places(places, expected):
    accounts = [(True, 3, exactly(9), where, DAY) for where in places]
    assert tuple(best(event(rule, accounts), "place") for rule in RULES) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([DAY], ((DAY, DAY), (DAY, DAY), (DAY, DAY))),
        # Earliest start and latest end; no day in common, so none is narrowest; two of three.
        ([DAY, DAY, NEXT], ((DAY, NEXT), ("?", "?"), (DAY, DAY))),
        ([DAY, NEXT], ((DAY, NEXT), ("?", "?"), ("?", "?"))),
        ([DAY, None], ((DAY, DAY), (DAY, DAY), (DAY, DAY))),
    ],
)
def test_days(days, expected):
    accounts = [(True, 3, exactly(9), "town", day) for day in days]
    found = [event(rule, accounts) for rule in RULES]
    assert tuple((best(e, "start"), best(e, "end")) for e in found) == expected
