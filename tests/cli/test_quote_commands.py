"""``onrecord quotes``: filters, order, timeline, the same words in two outlets, and CSV."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "case"))

from small_case import RUN, coding

from onrecord.case.store import CaseStore
from onrecord.cli import main
from onrecord.ledger import Case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "small.case"
    with CaseStore.open(path, create=True) as store, store.writer(RUN) as writer:
        writer.add(coding("r1", supplied_id="one"))
        writer.add(coding("r2", outlet="Gulf Ledger", title="Another strike"))
    return path


def quotes(case: Path, *args: str) -> str:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(out):
        patched.setattr(sys, "argv", ["onrecord", "quotes", str(case), *args])
        patched.setenv("NO_COLOR", "1")
        with contextlib.suppress(SystemExit):
            main()
    return out.getvalue()


def rows(case: Path, *args: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in quotes(case, *args, "--json").splitlines()]


def test_quotes_are_found_by_role_and_by_where_something_happened(case: Path) -> None:
    assert {r["speaker_text"] for r in rows(case, "role:rescuer")} == {"Rescuers"}
    assert {r["speaker_text"] for r in rows(case, "role:leader")} == {"the group’s leader"}
    assert {r["speaker_text"] for r in rows(case, 'place:"Dar Qubba"')} == {"Rescuers"}
    assert rows(case, "place:Aleppo") == []


def test_words_rank_and_the_sentence_around_is_given(case: Path) -> None:
    found = rows(case, "rifle", "--context")
    assert {r["report_id"] for r in found} == {"r1", "r2"}
    assert all("[rifle]" in r["snippet"] for r in found)
    assert "the group’s leader said" in found[0]["context"]["text"]
    assert "the group’s leader said" in quotes(case, "rifle", "--context")


def test_the_same_words_in_two_outlets_stand_together(case: Path) -> None:
    found = rows(case, "--same", "speaker:Darwish")
    assert [{v["outlet"] for v in one["versions"]} for one in found] == [{"Northern Courier", "Gulf Ledger"}]
    with Case(case) as ledger:
        assert ledger.same_quotes(speaker="Darwish") == found
    assert "in 2 outlets" in quotes(case, "--same", "speaker:Darwish")


def test_a_timeline_and_csv_tell_the_same_quotes(case: Path) -> None:
    days = rows(case, "--timeline")
    table = list(csv.DictReader(io.StringIO(quotes(case, "--csv"))))
    assert sum(d["quotes"] for d in days) == len(table)
    assert {r["role"] for r in table if r["speaker_text"] == "Rescuers"} <= {"rescuer", ""}
    assert days[0]["day"] in quotes(case, "--timeline")
