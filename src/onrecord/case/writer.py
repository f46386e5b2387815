"""Writing codings into a case: one transaction a report, so that each is wholly there or wholly absent."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeVar

from onrecord.case import carry
from onrecord.case.chain import content_of_row, record
from onrecord.case.codec import dumps
from onrecord.case.draft import CodingDraft, ReportDraft, draft_coding, draft_report, writable
from onrecord.case.file import CaseFile
from onrecord.case.rows import Rows, insert
from onrecord.errors import CaseError, ReportRefused
from onrecord.model import Coding, Rejected, Report
from onrecord.model.wire_coding import rejected_to_json

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What reports are coded with; ``details`` are hashes of weights, data files and user registries."""

    run_id: str
    version: str
    config_sha256: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What one call wrote: whether the report and the coding were new, and how many claims."""

    report: bool
    coding: bool
    claims: int = 0
    rejected: int = 0


class Writer:
    """Adds codings of one run to a case. Use it in a ``with`` block, which marks the run's start and end.

    Adding what is there already does nothing, so that a run that was broken off can simply be run again.
    Any number of writers, in any processes, may write to one case.
    """

    def __init__(self, case: CaseFile, run: Run) -> None:
        self._case, self._run = case, run
        self._rows = Rows(case.connection)
        self._number: int | None = None
        self._batch: sqlite3.Connection | None = None
        self.counts = {"reports": 0, "codings": 0, "claims": 0, "rejected_inputs": 0, "already": 0}

    def __enter__(self) -> Writer:
        self._mark("started")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._mark("ended" if kind is None else "interrupted")
        except CaseError:
            # The first error is the one to show; without it, this one is.
            if kind is None:
                raise

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Everything added in the block is one transaction: faster for imports, all or nothing for a crash.

        A report that is refused is left out by itself, as without a batch. Other writers wait until the block
        ends, so keep batches to some hundred reports.
        """
        try:
            with self._case.transaction() as connection:
                self._batch = connection
                yield
        except BaseException:
            self._forget()
            raise
        finally:
            self._batch = None

    def done(self) -> frozenset[str]:
        """Ids of the reports that this run has coded already, in this process or before."""
        sql = "SELECT r.report_id FROM codings k JOIN reports r USING (report) JOIN runs USING (run) WHERE run_id = ?"
        with self._case.snapshot() as connection:
            return frozenset(row[0] for row in connection.execute(sql, (self._run.run_id,)))

    def add(self, coding: Coding) -> Added:
        """Writes *coding* and its report where they are new.

        Raises, with nothing written, ReportRefused when a span does not re-read, the text cannot be stored, a
        report of that id has another text, or the report was erased; CaseError when the disk is full.
        """
        if coding.run_id != self._run.run_id:
            raise CaseError(
                f"report {coding.report.report_id}: coded by run {coding.run_id!r}, this writer is for "
                f"{self._run.run_id!r}. Use one writer a run"
            )
        with writable(coding.report.report_id):
            draft = draft_coding(coding, self._case.dictionary)
        added = self._write(lambda connection: self._add(connection, draft))
        self.counts["reports"] += added.report
        self.counts["codings"] += added.coding
        self.counts["claims"] += added.claims
        self.counts["already"] += not added.coding
        return added

    def add_report(self, report: Report) -> bool:
        """Writes *report* without a coding; whether it was new."""
        with writable(report.report_id):
            draft = draft_report(report)
        new = self._write(lambda connection: self._report(connection, draft)[1])
        self.counts["reports"] += new
        return new

    def reject(self, rejected: Rejected) -> bool:
        """Writes down an input that could not become a report; whether this run had not done so before.

        The bytes themselves are not kept, only their hash and size.
        """
        data = rejected.original
        sha256 = rejected.original_sha256 or (hashlib.sha256(data).hexdigest() if data else "")
        row = {**rejected_to_json(rejected), "original_sha256": sha256, "bytes": len(data)}
        new = self._write(lambda connection: self._reject(connection, row))
        self.counts["rejected_inputs"] += new
        return new

    def _write(self, step: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if self._batch is not None:
                return self._in_batch(self._batch, step)
            with self._case.transaction() as connection:
                self._rows = self._rows if connection is self._rows.connection else Rows(connection)
                return step(connection)
        except BaseException:
            self._forget()
            raise

    def _in_batch(self, connection: sqlite3.Connection, step: Callable[[sqlite3.Connection], T]) -> T:
        self._rows = self._rows if connection is self._rows.connection else Rows(connection)
        connection.execute("SAVEPOINT one_report")
        try:
            done = step(connection)
        except BaseException:
            # A full disk has rolled everything back already, savepoint and all.
            if connection.in_transaction:
                connection.execute("ROLLBACK TO one_report")
                connection.execute("RELEASE one_report")
            raise
        connection.execute("RELEASE one_report")
        return done

    def _forget(self) -> None:
        self._rows.forget()
        self._number = None

    def _run_number(self, connection: sqlite3.Connection) -> int:
        if self._number is None:
            run = self._run
            row = connection.execute("SELECT run FROM runs WHERE run_id = ?", (run.run_id,)).fetchone()
            if row is None:
                details = dumps(dict(run.details))
                said = {"version": run.version, "config_sha256": run.config_sha256, "details": details}
                entry = record(connection, "run", content_of_row({"run_id": run.run_id, **said}), self._case.clock)
                row = (insert(connection, "runs", run_id=run.run_id, entry=entry, **said),)
            self._number = int(row[0])
        return self._number

    def _mark(self, word: str) -> None:
        details = dumps({} if word == "started" else self.counts)

        def step(connection: sqlite3.Connection) -> None:
            run = self._run_number(connection)
            content = content_of_row({"run_id": self._run.run_id, "word": word, "details": details})
            entry = record(connection, "mark", content, self._case.clock)
            insert(connection, "run_marks", run=run, word=word, details=details, entry=entry)

        self._write(step)

    def _report(self, connection: sqlite3.Connection, draft: ReportDraft) -> tuple[int, bool]:
        """The number of the report, and whether it is new."""
        report = draft.report
        sql = "SELECT report, text_state, text_sha256 FROM reports WHERE report_id = ?"
        row = connection.execute(sql, (report.report_id,)).fetchone()
        if row is None:
            return insert_report(connection, self._rows, draft, self._case), True
        number, state, sha256 = row
        if state == "erased":
            raise ReportRefused(f"report {report.report_id} was erased from this case. Leave it out of the input")
        if sha256 != report.text_sha256:
            raise ReportRefused(
                f"report {report.report_id}: the case holds another text under this id ({sha256[:12]}…, here "
                f"{report.text_sha256[:12]}…). Give the corrected text as a new report that replaces it"
            )
        return int(number), False

    def _add(self, connection: sqlite3.Connection, draft: CodingDraft) -> Added:
        run = self._run_number(connection)
        report, new = self._report(connection, draft.report)
        sql = "SELECT 1 FROM codings WHERE report = ? AND run = ?"
        if connection.execute(sql, (report, run)).fetchone():
            return Added(new, coding=False)
        rejected = len(draft.claims) - draft.coded
        entry = record(connection, "coding", draft.content, self._case.clock)
        counts = {"claims": draft.coded, "rejected": rejected}
        coding = insert(connection, "codings", report=report, run=run, **counts, entry=entry, layers=draft.layers)
        for number, claim in enumerate(draft.claims):
            self._rows.claim(
                claim.keys,
                claim.body,
                claim_id=claim.claim_id,
                coding=coding,
                number=number,
                entry=entry,
                words=claim.words,
            )
        self._rows.quotes(coding, draft.quotes)
        carry.follow(self._case, connection, self._rows, report, coding)
        return Added(new, coding=True, claims=draft.coded, rejected=rejected)

    def _reject(self, connection: sqlite3.Connection, row: dict[str, Any]) -> bool:
        run = self._run_number(connection)
        sql = "SELECT 1 FROM rejected_inputs WHERE run = ? AND origin = ? AND reason = ? "
        sql += "AND original_sha256 = ?"
        if connection.execute(sql, (run, row["origin"], row["reason"], row["original_sha256"])).fetchone():
            return False
        content = content_of_row({"run_id": self._run.run_id, **row})
        entry = record(connection, "rejected", content, self._case.clock)
        insert(connection, "rejected_inputs", run=run, entry=entry, **row)
        return True


def insert_report(connection: sqlite3.Connection, rows: Rows, draft: ReportDraft, case: CaseFile) -> int:
    """Adds the report of *draft* with its entry, original bytes and words for search; returns its number."""
    report = draft.report
    plain = (
        "report_id",
        "supplied_id",
        "published",
        "retrieved",
        "url",
        "byline",
        "language",
        "replaces",
        "origin",
    )
    number = insert(
        connection,
        "reports",
        outlet=rows.outlet(report.outlet),
        media_type=report.media_type,
        meta=dumps(dict(report.meta)),
        text_state="kept",
        characters=len(report.text),
        text_sha256=report.text_sha256,
        original_sha256=report.original_sha256 or None,
        entry=record(connection, "report", draft.content, case.clock),
        title=report.title,
        text=report.text,
        **{column: getattr(report, column) for column in plain},
    )
    if draft.original is not None:
        form, data = draft.original
        insert(connection, "originals", report=number, form=form, bytes=data)
    words = (number, report.title, report.text)
    connection.execute("INSERT INTO reports_fts (rowid, title, text) VALUES (?, ?, ?)", words)
    return number
