"""Events in the terminal: the page of one strike with four tolls, why it is one event, and people's decisions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPORTS = Path(__file__).parents[2] / "examples" / "reports"


def onrecord(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("story") / "strike.case"
    done = onrecord("code", *sorted(REPORTS.glob("0[1-7]-*.md")), "--into", path)
    assert done.returncode == 0, done.stderr
    assert onrecord("vacuum", path).returncode == 0
    return path.read_bytes()


@pytest.fixture
def case(coded: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "strike.case"
    path.write_bytes(coded)
    return path


def strike(case: Path) -> str:
    done = onrecord("events", case, "type:ASSAULT", "accounts>=3", "--json")
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    return str(row["event_id"])


def test_the_page_of_the_strike_tells_accounts_range_denial_and_correction(case: Path) -> None:
    page = onrecord("events", case, strike(case)).stdout
    lines = page.splitlines()
    assert "Ma‘arrat an Nu‘mān" in lines[0]
    assert "2018-09-08" in lines[0]
    assert "asserted by 3 accounts, denied by 1; 7 reports, 5 texts" in lines[1]
    heads = next(line for line in lines if "together" in line)
    for name in ("Syria Civil Defence", "Syrian Observatory for Human Rights", "the director of the town’s main hosp"):
        assert name in heads
    killed = next(line for line in lines if line.startswith("killed")).split("  ")
    assert [cell.strip() for cell in killed if cell.strip()] == [
        "killed", "undecided, 9 to 14", "13 (before: 12)", "9", "14 (before: 15)"
    ]  # fmt: skip
    assert "(copied by Northern Courier" in page
    denied = page.split("\ndenied by\n")[1].split("\n\n")[0]
    assert "Syrian Arab Army" in denied
    assert "its jets had killed at least 12 civilians" in denied
    assert "Damascus Gazette 2018-09-09" in denied
    assert "Meridian Post 2018-09-09 corrects Meridian Post 2018-09-08: killed 15 → 14" in page
    assert "Northern Courier 2018-09-08 is a cut of Levant Wire 2018-09-08" in page


def test_show_gives_the_same_page_and_json_all_of_it(case: Path) -> None:
    event_id = strike(case)
    assert onrecord("show", case, event_id[:9]).stdout == onrecord("events", case, event_id).stdout
    event = json.loads(onrecord("events", case, event_id, "--json", "--aggregation", "conservative").stdout)
    assert event["values"]["killed"]["best"] == 9
    assert {a["stance"] for a in event["account_list"]} == {"asserts", "denies"}
    assert len(event["claim_list"]) == event["claims"]
    assert {"report_id", "outlet", "published"} <= set(event["report_list"][0])


def test_why_tells_what_joined_the_claims_and_what_is_left_open(case: Path) -> None:
    said = onrecord("why", case, strike(case)).stdout
    assert "joined by" in said
    assert "the same place +" in said
    assert "possibly the same" in said


def test_a_decision_holds_is_shown_and_can_be_taken_back(case: Path) -> None:
    event_id = strike(case)
    event = json.loads(onrecord("events", case, event_id, "--json").stdout)
    first, other = event["claim_list"][0]["claim_id"], event["possible_list"][0]["event_id"]
    refused = onrecord("merge", case, "--join", first, other)
    assert refused.returncode == 2
    assert "--who" in refused.stderr
    done = onrecord("merge", case, "--join", first, other, "--who", "ada", "--why", "the same raid", "--json")
    decided = json.loads(done.stdout)
    joined = json.loads(onrecord("events", case, event_id, "--json").stdout)
    assert joined["claims"] > event["claims"]
    assert "ada joined" in onrecord("events", case, event_id).stdout
    undone = onrecord("merge", case, "--undo", decided["merge_id"], "--who", "ada")
    assert undone.returncode == 0
    assert json.loads(onrecord("events", case, event_id, "--json").stdout) == event


def test_what_a_person_split_is_not_possibly_the_same(case: Path) -> None:
    event_id = strike(case)
    event = json.loads(onrecord("events", case, event_id, "--json").stdout)
    other = event["possible_list"][0]["event_id"]
    assert onrecord("merge", case, "--split", event_id, other, "--who", "ada").returncode == 0
    said = json.loads(onrecord("why", case, event_id, "--json").stdout)
    assert other not in {p["event_id"] for p in said["possible_list"]}
    assert other in {p["event_id"] for p in said["apart_list"]}
