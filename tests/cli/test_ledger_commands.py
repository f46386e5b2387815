"""Commands on a case: why, review, double coding, diff, copies, erasure and export, as scripts use them."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "case"))

from small_case import RUN, TEXT, coding  # noqa: E402

from onrecord.case.store import CaseStore  # noqa: E402
from onrecord.cli import main  # noqa: E402

STRIKE, DENIAL, REFUSAL, HOLDS, WEAK = (f"cr1-run1-{n}" for n in (0, 1, 2, 3, 5))
LATER = "2999-01-01"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("case") / "small.case"
    with CaseStore.open(path, create=True) as store, store.writer(RUN) as writer:
        writer.add(coding("r1", supplied_id="one"))
        writer.add(coding("r2", outlet="Gulf Ledger", title="Another strike"))
    return path


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    with CaseStore.open(made) as store:
        return store.backup(tmp_path / "own.case")


def run(*args: str | Path) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command, run in this process."""
    out, error, status = io.StringIO(), io.StringIO(), 0
    with (
        pytest.MonkeyPatch.context() as patched,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(error),
    ):
        patched.setattr(sys, "argv", ["onrecord", *map(str, args)])
        patched.setenv("ONRECORD_REVIEWER", "Ines")
        patched.setenv("NO_COLOR", "1")
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
    return status, out.getvalue(), error.getvalue()


def onrecord(*args: str | Path, code: int = 0) -> str:
    """Standard output of a command that must end with *code*; standard error of one that must fail."""
    status, out, error = run(*args)
    assert status == code, out + error
    return error if code else out


def rows(*args: str | Path) -> list[Any]:
    return [json.loads(line) for line in onrecord(*args, "--json").splitlines()]


def test_why_tells_words_roles_modality_and_who_says_so(case: Path) -> None:
    told = onrecord("why", case, DENIAL)
    for words in ("denied, factuality -3.0", "killed” [", "Army of Syria", "SYR_MIL", "“denied” (denies)", "Tuesday"):
        assert words in told
    (found,) = rows("why", case, STRIKE)
    assert found["claim"]["claim_id"] == STRIKE
    assert DENIAL in {other["claim_id"] for other in found["beside"]}
    assert "no verb of holding" in onrecord("why", case, WEAK)


def test_why_keeps_what_people_made_of_a_claim_and_forgets_it_as_of_before(case: Path) -> None:
    before = rows("stats", case)[0]
    onrecord("review", case, "correct", STRIKE, "event_type", "COERCE", "--why", "no shot was fired")
    assert "Ines: correct event_type COERCE – no shot was fired" in onrecord("why", case, STRIKE)
    (past,) = rows("why", case, STRIKE, "--as-of", _moment(case, before))
    assert past["claim"]["event_type"] == "ASSAULT"
    assert past["reviews"] == []
    assert len(past["history"]) == 1


def _moment(case: Path, stats: dict[str, Any]) -> str:
    """The moment of the last entry that *stats* knew."""
    with CaseStore.open(case) as store:
        sql = "SELECT recorded_at FROM entries WHERE entry = ?"
        return str(store.file.connection.execute(sql, (stats["entries"],)).fetchone()[0])


def test_reviews_change_what_is_shown_and_can_be_taken_back(case: Path) -> None:
    start = _moment(case, rows("stats", case)[0])
    (said,) = rows("review", case, "reject", HOLDS, "--why", "besieged, not held")
    after = _moment(case, rows("stats", case)[0])
    assert HOLDS not in {c["claim_id"] for c in rows("claims", case)}
    assert HOLDS in {c["claim_id"] for c in rows("claims", case, "--as-of", start)}
    onrecord("review", case, "undo", said["review_id"])
    assert HOLDS in {c["claim_id"] for c in rows("claims", case)}
    assert HOLDS not in {c["claim_id"] for c in rows("claims", case, "--as-of", after)}
    assert [(r["action"], r["holds"]) for r in rows("review", case, "list")] == [("reject", False), ("undo", True)]
    assert "taken back" in onrecord("review", case)


def test_a_correction_takes_text_json_or_a_span(case: Path) -> None:
    at = TEXT.index("people")
    onrecord("review", case, "correct", STRIKE, "modality.factuality", "-2")
    onrecord("review", case, "correct", STRIKE, "actor[0].name", "Northern Army")
    onrecord(
        "review", case, "correct", STRIKE, "recipient[+]", '{"basis": "described"}', "--span", str(at), str(at + 6)
    )
    (claim,) = rows("claims", case, f"claim:{STRIKE}")
    assert claim["modality"]["factuality"] == -2
    assert claim["actor"][0]["name"] == "Northern Army"
    assert claim["recipient"][-1]["text"] == "people"
    onrecord("verify", case)


def test_the_queue_gives_the_least_sure_first_and_assigned_claims_by_name(case: Path) -> None:
    queue = [c["claim_id"] for c in rows("review", case, "queue", "kind:event", "report:one")]
    assert queue == [REFUSAL, DENIAL, STRIKE]
    onrecord("review", case, "accept", DENIAL)
    onrecord("review", case, "assign", STRIKE, "Omar")
    onrecord("review", case, "comment", STRIKE, "Check the toll")
    assert DENIAL not in {c["claim_id"] for c in rows("review", case, "queue")}
    assert [c["claim_id"] for c in rows("review", case, "queue", "--assigned", "Omar")] == [STRIKE]


def test_three_coders_are_blind_measured_and_settled(case: Path) -> None:
    (drawn,) = rows("review", case, "round", "pilot", "report:r1", "kind:event", "--size", "3", "--coders", "A,B,C")
    first, second, third = sorted(drawn["claims"])
    judged = {"A": ("ASSAULT", "ASSAULT", "REJECT"), "B": ("ASSAULT", "COERCE", "REJECT"), "C": ("ASSAULT", "COERCE")}
    for coder, types in judged.items():
        for claim, event_type in zip((first, second, third), types, strict=False):
            onrecord("review", case, "judge", "pilot", claim, "event_type", event_type, "--who", coder)
    assert {json.dumps(t["judged"]) for t in rows("review", case, "tasks", "pilot", "--who", "C")} == {
        '{"event_type": "ASSAULT"}',
        '{"event_type": "COERCE"}',
        "{}",
    }
    (field,) = rows("review", case, "agreement", "pilot")
    # Pairs alike: 3 of 3, 1 of 3 (two said COERCE), 1 of 1: 5 of 7.
    assert field["percent"] == pytest.approx(5 / 7)
    # Observed: the second claim has 4 of 6 ordered pairs unlike, over 3 - 1, over 8 judgements: 2/8.
    # Expected: 4 ASSAULT, 2 COERCE, 2 REJECT among 8: (64 - 16 - 4 - 4) / (8 * 7) = 40/56. 1 - (1/4)(56/40) = 0.65.
    assert field["nominal"] == pytest.approx(0.65)
    assert field["disputed"] == [second]
    args = ("adjudicate", "pilot", second, "event_type", "COERCE", "--why", "troops only detained", "--who", "Lead")
    (settled,) = rows("review", case, *args)
    assert rows("claims", case, f"claim:{second}")[0]["event_type"] == "COERCE"
    onrecord("review", case, "undo", settled["review_id"])
    assert rows("claims", case, f"claim:{second}")[0]["event_type"] == "ASSAULT"
    assert "was not given" in onrecord("review", case, "judge", "pilot", HOLDS, "change", "loses", "--who", "A", code=2)


def test_diff_says_what_changed_by_whom_and_why(case: Path) -> None:
    start = _moment(case, rows("stats", case)[0])
    onrecord("review", case, "correct", STRIKE, "event_type", "COERCE", "--why", "no shot was fired")
    words = onrecord("diff", case, "--from", start)
    assert "Ines, on claim cr1-run1-0: corrected event_type to COERCE (no shot was fired)" in words
    changed = [c for c in rows("diff", case, "--from", start) if c["kind"] == "claim_changed"]
    assert changed[0]["fields"] == [{"path": "event_type", "before": "ASSAULT", "after": "COERCE"}]
    assert rows("diff", case, "--from", LATER) == []
    assert "lies after" in onrecord("diff", case, "--from", LATER, "--to", "2000-01-01", code=2)


def test_backup_publish_and_vacuum_keep_the_case(case: Path, tmp_path: Path) -> None:
    for command, name in (("backup", "copy.case"), ("publish", "open.case")):
        onrecord(command, case, tmp_path / name)
        onrecord("verify", tmp_path / name)
        assert "there already" in onrecord(command, case, tmp_path / name, code=2)
    assert rows("claims", tmp_path / "copy.case") == rows("claims", case)
    assert b"handed over" not in (tmp_path / "open.case").read_bytes()
    assert rows("stats", tmp_path / "open.case")[0]["withheld"] == 2
    onrecord("vacuum", case)
    onrecord("verify", case)


def test_an_erased_report_leaves_no_word_and_every_count_says_so(case: Path) -> None:
    onrecord("erase", case, "one", "--reason", "a court order")
    assert "1 report erased" in run("claims", case)[2]
    assert {c["report_id"] for c in rows("claims", case)} == {"r2"}
    assert rows("stats", case)[0]["erased"] == 1
    onrecord("verify", case)
    assert "erased already" in onrecord("erase", case, "r1", "--reason", "again", code=2)


def test_exports_say_what_was_asked_and_spreadsheets_run_nothing(case: Path, tmp_path: Path) -> None:
    onrecord("review", case, "correct", STRIKE, "actor[0].name", '"=HYPERLINK(1)"')
    out = tmp_path / "claims.csv"
    onrecord("export", case, "--profile", "claims-csv", "--out", out, "type:ASSAULT", "outlet:Northern Courier")
    with out.open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [row["claim_id"] for row in table] == [STRIKE, DENIAL]
    assert table[0]["actor_name"] == "'=HYPERLINK(1)"
    manifest = json.loads((tmp_path / "claims.csv.manifest.json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert (manifest["rows"], manifest["filter"]) == (2, 'type:ASSAULT outlet:"Northern Courier"')
    assert manifest["coded_by"][0]["version"]
    lines = tmp_path / "claims.jsonl"
    onrecord("export", case, "--profile", "claims-jsonl", "--out", lines)
    assert [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] == rows("claims", case)
    packed = tmp_path / "claims.parquet"
    onrecord("export", case, "--profile", "claims-parquet", "--out", packed, "--as-of", "2000-01-01")
    assert pyarrow.parquet.read_table(packed).num_rows == 0
    assert "claims-csv" in onrecord("export", case, "--profile", "axled", "--out", out, code=2)


def test_search_marks_the_words(case: Path) -> None:
    assert "[rifle]" in rows("search", case, "rifles")[0]["snippet"]
    assert rows("search", case, "rifles", "--as-of", "2000-01-01") == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["claims", "CASE", "tpye:ASSAULT"], "no key"),
        (["claims", "CASE", "type:FOO"], "ASSAULT"),
        (["claims", "CASE", "--as-of", "soon"], "no moment"),
        (["why", "CASE", "c0"], "there is none"),
        (["show", "CASE", "nothing"], "no such report"),
        (["review", "CASE", "accept", "c0"], "there is none"),
        (["review", "CASE", "correct", STRIKE, "modality.mood", "angry"], "not known"),
        (["review", "CASE", "correct", STRIKE, "trigger"], "--span"),
        (["review", "CASE", "undo", "v0"], "there is none"),
        (["review", "CASE", "agreement", "nothing"], "there is none"),
        (["stats", "/no/such.case"], "no case"),
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(made: Path, args: list[str], said: str) -> None:
    assert said in onrecord(*[str(made) if a == "CASE" else a for a in args], code=2)


def test_words_with_spaces_need_no_quotation_marks_of_ours(made: Path) -> None:
    assert {c["report_id"] for c in rows("claims", made, "outlet:Gulf Ledger")} == {"r2"}


def test_a_damaged_case_is_a_failure_and_no_usage(made: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.case"
    with sqlite3.connect(made) as source, sqlite3.connect(broken) as target:
        source.backup(target)
        pages = target.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('claims', 'codings')").fetchall()
    data = bytearray(broken.read_bytes())
    for (page,) in pages:
        data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    broken.write_bytes(data)
    assert "damaged" in onrecord("claims", broken, code=3)
