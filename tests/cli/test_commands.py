"""The command line as scripts use it: output, exit statuses, resuming, and messages instead of tracebacks."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "reports"
STRIKE = EXAMPLES / "01-levant-wire-market-strike.md"
DENIAL = EXAMPLES / "07-damascus-gazette-denial.md"


Done = subprocess.CompletedProcess[str]


def onrecord(*args: str | Path, input: bytes | None = None, cwd: Path | None = None) -> Done:
    done = subprocess.run(
        [sys.executable, "-c", "from onrecord.cli import main; main()", *map(str, args)],
        input=input,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "NO_COLOR": "1"},
        check=False,
    )
    out = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in out.stderr, out.stderr
    return out


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "examples.case"
    assert onrecord("code", STRIKE, DENIAL, "--into", path).returncode == 0
    return path


def lines(done: subprocess.CompletedProcess[str]) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_coding_again_adds_nothing(case: Path) -> None:
    before = lines(onrecord("claims", case, "--json"))
    again = onrecord("code", STRIKE, DENIAL, "--into", case)
    assert again.returncode == 0
    assert "2 already in the case" in again.stderr
    assert lines(onrecord("claims", case, "--json")) == before


def test_claims_are_one_json_object_a_line_with_the_fixed_keys(case: Path) -> None:
    claims = lines(onrecord("claims", case, "--json"))
    assert claims
    fixed = {"claim_id", "report_id", "kind", "status", "text", "span", "field", "chain", "modality", "links"}
    assert all(fixed <= claim.keys() for claim in claims)


def test_the_strike_is_told_with_its_toll_and_its_source(case: Path) -> None:
    claims = lines(onrecord("claims", case, "--json", "type:ASSAULT"))
    tolls = [f for c in claims for f in c["figures"] if f["measure"] == "killed" and f["low"] == 12]
    assert tolls
    sources = {x["text"] for c in claims for x in c["chain"] if x["role"] == "source"}
    assert "rescue workers" in sources


def test_the_denial_is_a_claim_of_the_army_that_it_did_not_happen(case: Path) -> None:
    claims = lines(onrecord("claims", case, "--json", "mood:denied"))
    assert claims
    denial = claims[0]
    assert denial["modality"]["factuality"] <= -2
    assert "army" in denial["chain"][-1]["text"].lower()


def test_events_are_accounts_merged_and_only_of_what_someone_says_happened(case: Path) -> None:
    events = lines(onrecord("events", case, "--json"))
    assert all(e["happened"] and e["accounts"] >= 1 for e in events)
    (denied,) = [e for e in lines(onrecord("events", case, "denied", "--json")) if e["event_type"] == "ASSAULT"]
    assert denied["denied"] == 1
    assert len(events) < len(lines(onrecord("claims", case, "--json", "kind:event", "mood:asserted")))


def test_quotes_give_speaker_cue_and_words(case: Path) -> None:
    quotes = lines(onrecord("quotes", case, "--json"))
    words = {q["text"] for q in quotes if q["speaker"] and "Mustafa Haj Omar" in q["speaker"]}
    assert any(w.startswith("“The planes came back") for w in words)


def test_show_marks_the_evidence_and_the_page_stands_alone(case: Path, tmp_path: Path) -> None:
    shown = onrecord("show", case, "lw-0908-1")
    assert "killed[" in shown.stdout
    page = tmp_path / "page.html"
    assert onrecord("show", case, "lw-0908-1", "--html", page).returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "<script src" not in html
    assert "http://" not in html.split("</style>")[1].replace("http://www.w3.org", "")


def test_verify_passes_and_finds_a_changed_text(case: Path, tmp_path: Path) -> None:
    assert onrecord("verify", case).returncode == 0
    broken = tmp_path / "broken.case"
    with sqlite3.connect(case) as source, sqlite3.connect(broken) as target:
        source.backup(target)
    data = broken.read_bytes()
    assert b"vegetable market" in data
    broken.write_bytes(data.replace(b"vegetable market", b"vegetaple market"))
    done = onrecord("verify", broken)
    assert done.returncode != 0
    assert done.stdout + done.stderr


def test_standard_input_without_a_case_prints_claims() -> None:
    text = b"Police arrested three men in Basra on Wednesday, a spokesman said."
    done = onrecord("code", "-", "--json", "--published", "2018-08-22", input=text)
    assert done.returncode == 0
    (claim,) = [c for c in lines(done) if c["event_type"] == "COERCE"]
    assert claim["time"]["start"] == "2018-08-22"


def test_one_bad_report_costs_only_itself_and_shows_in_the_status(tmp_path: Path) -> None:
    good, bad, case = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "c.case"
    good.write_text("Rebels released 18 villagers on Friday, the Red Crescent said.")
    bad.write_bytes(b"broken \x81 \xff")
    done = onrecord("code", good, bad, tmp_path / "missing.txt", "--into", case)
    assert done.returncode == 1
    assert str(bad) in done.stderr
    assert "1 coded" in done.stderr
    assert "2 rejected" in done.stderr
    inputs = lines(onrecord("claims", case, "--inputs", "--json"))
    assert {Path(i["origin"]).name for i in inputs} == {"bad.txt", "missing.txt"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["code", str(STRIKE)], "--into"),
        (["code", str(STRIKE), "--json", "--published", "soon"], "--published"),
        (["claims", str(STRIKE)], "not a case"),
        (["claims", "/no/such.case"], "/no/such.case"),
        (["code", str(STRIKE), "--into", str(STRIKE)], "not a case"),
    ],
)
def test_wrong_usage_says_what_is_wrong_and_exits_2(args: list[str], said: str) -> None:
    done = onrecord(*args)
    assert done.returncode == 2
    assert said in done.stderr


def test_unknown_filters_name_the_known_ones(case: Path) -> None:
    done = onrecord("claims", case, "tpye:ASSAULT")
    assert done.returncode in {2, 3}
    assert "type" in done.stderr


def test_a_full_disk_is_said_and_leaves_no_half_written_report(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("needs the right to mount a small tmpfs")
    try:
        done = onrecord("code", EXAMPLES, "--into", small / "c.case")
        assert done.returncode in {2, 3}
        assert "onrecord:" in done.stderr
    finally:
        subprocess.run(["umount", str(small)], check=False)


def test_doctor_names_versions_model_gazetteer_and_registry() -> None:
    done = onrecord("doctor")
    assert done.returncode == 0
    for what in ("onrecord", "parser", "registry entities", "triggers", "places.sqlite", "sha256"):
        assert what in done.stdout
