"""Writing: a report with its coding is wholly there or wholly absent, once, whoever writes and whatever "
"happens."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from small_case import LATER, RUN, TEXT, coding
from strategies import codings

from onrecord.case.store import CaseStore
from onrecord.case.writer import Run
from onrecord.errors import CaseError, ReportRefused
from onrecord.model import Rejected, Slot, Span

slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(codings())
def test_a_coding_comes_back_as_it_was_written(tmp_path_factory, made):
    with CaseStore.open(tmp_path_factory.mktemp("trip") / "a.case", create=True) as store:
        with store.writer(Run(run_id="run1", version="0.1.0")) as writer:
            writer.add(made)
        found = store.coding(made.report.report_id)
        assert replace(found, report=made.report) == made
        assert replace(found.report, text_sha256="") == made.report
        assert [c["claim_id"] for c in store.all_claims()] == [c.claim_id for c in made.claims]
        assert store.verify().problems == []


def test_original_bytes_come_back(store):
    page = b"<html>" + TEXT.encode("utf-16") * 3
    with store.writer(RUN) as writer:
        writer.add(coding("r2", original=page, media_type="text/html"))
    assert store.coding("r2").report.original == page
    assert store.coding("r1").report.original == TEXT.encode()


def test_writing_again_does_nothing(store):
    before = store.stats()
    with store.writer(RUN) as writer:
        added = writer.add(coding())
        assert (added.report, added.coding) == (False, False)
        assert writer.done() == {"r1"}
    after = store.stats()
    assert (after["claims"], after["reports"]) == (before["claims"], before["reports"])
    assert store.has_coding("r1", "run1")
    assert not store.has_coding("r1", "run2")


def test_a_run_knows_when_it_was_started_ended_and_broken_off(store):
    writer = store.writer(LATER)
    writer.__enter__()
    writer.add(coding("r2", LATER))
    writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    first, second = store.runs()
    assert [mark["word"] for mark in first["marks"]] == ["started", "ended"]
    assert [mark["word"] for mark in second["marks"]] == ["started", "interrupted"]
    assert second["marks"][1]["codings"] == 1
    assert first["details"] == {"weights": "cd" * 32}


def test_input_that_is_no_report_is_kept_with_its_reason_once(store):
    bad = Rejected(origin="scan.pdf", reason="no text layer", remedy="Run OCR", original=b"%PDF")
    with store.writer(RUN) as writer:
        assert writer.reject(bad)
        assert not writer.reject(bad)
    (row,) = store.rejected_inputs()
    assert (row["origin"], row["reason"], row["bytes"], row["run_id"]) == (
        "scan.pdf",
        "no text layer",
        4,
        "run1",
    )


def broken(change) -> object:
    made = coding("r9")
    return replace(made, claims=(replace(made.claims[0], **change), *made.claims[1:]))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (
            broken({"trigger": Slot(text="killed", span=Span(0, 6))}),
            "is said to be 'killed' and reads 'Rescue",
        ),
        (broken({"text": "jets had killed"}), "army jets"),
        (broken({"object": Slot(text="x", span=Span(900, 901))}), "lies outside"),
        (broken({"confidence": float("nan")}), "float values"),
        (coding("r9", text="a \ud800 b"), "no character, at 2"),
        (coding("r9", text=TEXT + "\0"), "NUL"),
        (coding("r9", text_sha256="00"), "text_sha256"),
        (coding("r1", text=TEXT + " More."), "another text"),
    ],
)
def test_what_does_not_hold_is_refused_and_leaves_nothing(store, made, words):
    before = store.stats()
    with store.writer(RUN) as writer:
        with pytest.raises(CaseError, match=words):
            writer.add(made)
        writer.add(coding("r2"))
    after = store.stats()
    assert after["reports"] == before["reports"] + 1
    assert store.verify().ok


def test_the_coding_of_another_run_is_refused(store):
    with store.writer(LATER) as writer, pytest.raises(CaseError, match="one writer a run"):
        writer.add(coding("r2"))


WRITE = """
import sys
sys.path[:0] = [{tests!r}, {here!r}]
from small_case import RUN, coding
from onrecord.case.store import CaseStore
with CaseStore.open(sys.argv[1], create=True) as store, store.writer(RUN) as writer:
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        writer.add(coding(f"r{{number}}", outlet=f"Outlet {{number % 7}}"))
        print(number, flush=True)
"""


def start(path, first: int, end: int) -> subprocess.Popen:
    here = os.path.dirname(__file__)
    code = WRITE.format(tests=os.path.dirname(here), here=here)
    return subprocess.Popen([sys.executable, "-c", code, str(path), str(first), str(end)], stdout=subprocess.PIPE)


def test_a_writer_that_is_killed_leaves_whole_reports_only(tmp_path):
    path = tmp_path / "killed.case"
    choose = random.Random(7)
    told = -1
    for _ in range(20):
        process = start(path, 0, 10_000)
        for _ in range(choose.randrange(1, 4)):
            process.stdout.readline()
        # Somewhere in the middle of what comes next.
        time.sleep(choose.random() * 0.01)
        process.send_signal(signal.SIGKILL)
        told = max(told, *(int(line) for line in process.stdout.read().split()), -1)
        process.wait()
        if path.exists():
            with CaseStore.open(path) as store:
                assert store.verify().problems == []
    with CaseStore.open(path) as store:
        reports = store.reports()
        # All that a writer said was written is there: one transaction a report.
        assert len(reports) >= told + 1 > 0
        assert {row["claims"] for row in reports} == {5}
        assert store.count() == 5 * len(reports)


def test_two_writers_and_a_reader_at_once(tmp_path):
    path = tmp_path / "two.case"
    writers = [start(path, 0, 60), start(path, 30, 90)]
    seen = 0
    while any(process.poll() is None for process in writers):
        if path.exists():
            with CaseStore.open(path) as store:
                count = store.count()
                assert count >= seen
                assert count % 5 == 0
                seen = count
    assert [process.wait() for process in writers] == [0, 0]
    with CaseStore.open(path) as store:
        assert len(store.reports()) == 90
        assert store.count() == 450
        assert store.verify().problems == []


def test_a_batch_keeps_all_but_the_refused_report(tmp_path):
    with CaseStore.open(tmp_path / "batch.case", create=True) as store:
        with store.writer(RUN) as writer, writer.batch():
            writer.add(coding("r1"))
            with pytest.raises(ReportRefused, match="holds a NUL"):
                writer.add(coding("r2", text=TEXT + "\x00"))
            writer.add(coding("r3"))
        assert [row["report_id"] for row in store.reports()] == ["r1", "r3"]
        with store.writer(RUN) as writer, suppress(RuntimeError), writer.batch():
            writer.add(coding("r4"))
            raise RuntimeError
        assert len(store.reports()) == 2
        assert store.verify().problems == []
