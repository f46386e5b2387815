"""``onrecord actors`` and ``onrecord places``: lists, and corrections that every later question sees."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from test_ledger_commands import ROOT, run

sys.path.insert(0, str(ROOT / "case"))

from named_case import named
from small_case import RUN, coding

from onrecord.case.store import CaseStore


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "named.case"
    with CaseStore.open(path, create=True) as store, store.writer(RUN) as writer:
        writer.add(named("r1", "Sami Darwish", "SYR"))
        writer.add(named("r2", "Omar Aziz"))
        writer.add(coding("r5"))
    return path


def rows(*args: str | Path) -> list[dict]:
    status, out, error = run(*args, "--json")
    assert (status, error) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_the_list_tells_who_did_suffered_and_said_what(case):
    status, out, _ = run("actors", case)
    assert status == 0
    assert "p:sami-darwish:SYR" in out
    assert "4 actors" in out
    assert rows("actors", case, "--provisional") == rows("actors", case, "all", "--provisional")
    found = rows("actors", case, "--provisional")
    assert [(row["actor_id"], row["did"], row["said"]) for row in found] == [
        ("p:umar-aziz", 2, 1),
        ("p:sami-darwish:SYR", 2, 1),
    ]
    assert any(row["text"] == "two men" for row in rows("actors", case, "all", "--described"))


def test_a_merge_is_seen_by_claims_and_taken_back_and_both_stay(case):
    made = rows("actors", case, "merge", "p:umar-aziz", "p:sami-darwish:SYR", "--why", "one man", "--who", "Ines")[0]
    ask = ("claims", case, "actor:p:umar-aziz")
    assert {row["report_id"] for row in rows(*ask)} == {"r1", "r2"}
    assert rows(*ask, "--as-of", "2001-01-01") == []
    assert "may be the same: DARWISH" in run("actors", case, "show", "p:umar-aziz")[1]
    assert run("actors", case, "undo", made["correction_id"], "--why", "no")[0] == 0
    assert {row["report_id"] for row in rows(*ask)} == {"r2"}
    said = [(row["action"], row["reviewer"], row["holds"]) for row in rows("actors", case, "list")]
    assert said == [("merge", "Ines", False), ("undo", "Ines", True)]


def test_an_actor_is_confirmed_renamed_and_split(case):
    assert (
        run("actors", case, "confirm", "p:umar-aziz", "--country", "TUR", "--sectors", "MIL,GOV", "--why", "known")[0]
        == 0
    )
    assert run("actors", case, "rename", "p:umar-aziz", "Omar the Elder", "--why", "so called")[0] == 0
    shown = rows("actors", case, "show", "p:umar-aziz")[0]
    assert (shown["name"], shown["country"], shown["sectors"], shown["status"]) == (
        "Omar the Elder",
        "TUR",
        ["MIL", "GOV"],
        "confirmed",
    )
    other = rows("actors", case, "split", "p:sami-darwish:SYR", "--report", "r1", "--why", "another")[0]["split_id"]
    assert [row["report_id"] for row in rows("claims", case, f"actor.id:{other}")] == ["r1", "r1"]


def test_a_place_is_located_and_shown_with_who_took_it(case):
    status, _, error = run("places", case, "locate", "u:dar-qubba", "-3.5", "36.6", "--why", "from the map")
    assert (status, error) == (0, "")
    assert len(rows("claims", case, "within:-3.5,36.6,1km")) == 4
    shown = rows("places", case, "show", "u:dar-qubba")[0]
    assert [row["change"] for row in shown["control"]] == ["takes", "takes"]
    assert rows("places", case, "list")[0]["action"] == "locate"
    assert run("places", case, "confirm", "geonames:1", "--why", "right")[0] == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("actors", "merge", "p:umar-aziz", "--why", "x"), "two ids"),
        (("actors", "show", "p:nobody"), "onrecord actors"),
        (("actors", "confirm", "p:nobody", "--why", "x"), "no such actor"),
        (("places", "locate", "u:dar-qubba", "99", "0", "--why", "x"), "no point"),
        (("actors", "undo", "k1", "--why", "x"), "there is none"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(case, args, said):
    status, _, error = run(args[0], case, *args[1:])
    assert status != 0
    assert said in error
