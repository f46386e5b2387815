"""Verification: everything in a case is read again and compared with what it was.

Four promises are checked: the file is whole (SQLite's own checks); the journal is one chain without gaps and
each entry's rows still hash to its content; each text and original hashes to its SHA-256, and each span of
each claim and attribution re-reads; the columns that queries use say what the bodies say.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from onrecord.case.chain import START, content_of_coding, content_of_row, link
from onrecord.case.codec import Json, expand, unpack_layers, unpack_original
from onrecord.case.contents import CONTENTS, content_of_carried
from onrecord.case.draft import content_of_report
from onrecord.case.evidence import Texts, misreads, unworded
from onrecord.case.file import CaseFile, explained
from onrecord.case.keys import claim_keys, quote_keys
from onrecord.case.names import name_problems, number_problems
from onrecord.case.reading import Reader
from onrecord.case.schema import SEARCH
from onrecord.case.stored import ClaimRow, Stored
from onrecord.errors import CaseDamaged
from onrecord.model.wire import claim_from_json
from onrecord.model.wire_coding import attribution_from_json, report_from_json

_RESTORE = "Restore the case from a backup"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not what it was: where, what, and what to do."""

    where: str
    what: str
    remedy: str = _RESTORE

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}"

    def to_json(self) -> Json:
        """Where, what and remedy."""
        return {"where": self.where, "what": self.what, "remedy": self.remedy}


@dataclass(slots=True)
class Verification:
    """What was checked, and the problems found; ``head`` names the state that was checked."""

    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    head: str = START.hex()

    @property
    def ok(self) -> bool:
        """Whether everything re-reads."""
        return not self.problems

    @property
    def share_without_words(self) -> float | None:
        """Share (0 to 1) of values whose words the report does not have; None without values."""
        values = self.counts["values"]
        return self.counts["values without words"] / values if values else None

    def summary(self) -> str:
        """One sentence: what was read again, what is gone, how many problems."""
        c = self.counts
        share = self.share_without_words
        said = f"{c['reports']} reports, {c['codings']} codings, {c['claims']} claims, {c['spans']} spans re-read"
        gone = f"; {c['erased']} erased, {c['withheld']} withheld" if c["erased"] or c["withheld"] else ""
        without = f"; {share:.1%} of values without words of their own" if share is not None else ""
        found = "no problems" if self.ok else f"{len(self.problems)} problems"
        return f"{said}{gone}{without}; {found}. Head {self.head[:16]}"


def verify(case: CaseFile, progress: Callable[[int, int], None] | None = None) -> Verification:
    """Reads all of *case* again. *progress* gets the number of reports done, and of all.

    A damaged case gives problems, not exceptions, as far as it can be read at all.
    """
    found = Verification()
    try:
        _structure(case, found)
        with case.snapshot() as connection:
            Check(case, connection, found).all(progress)
    except CaseDamaged as error:
        found.problems.append(Problem(str(case.path), str(error)))
    return found


def _structure(case: CaseFile, found: Verification) -> None:
    connection = case.connection
    with explained(case.path):
        for (said,) in connection.execute("PRAGMA integrity_check(20)"):
            if said != "ok":
                found.problems.append(Problem("file", str(said)))
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            found.problems.append(Problem(f"{table} row {row}", f"points to a row of {parent} that is not there"))
        if case.read_only:
            return
        # Also empties the log of what an erasure could not (a reader was in the way).
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    for table in SEARCH:
        try:
            # The check counts as a write, though it writes nothing.
            with case.transaction() as connection:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except CaseDamaged:
            remedy = f"Rebuild it: INSERT INTO {table} ({table}) VALUES ('rebuild')"
            found.problems.append(Problem(table, "the search index does not agree with the texts", remedy))


# What reading values that are not as they were written may raise.
_BROKEN = (CaseDamaged, KeyError, IndexError, TypeError, ValueError, AttributeError)


class Check:
    """One pass over a case inside one snapshot."""

    def __init__(self, case: CaseFile, connection: sqlite3.Connection, found: Verification) -> None:
        self._case, self._connection, self._found = case, connection, found
        self._reader = Reader(case, connection)
        self._stored = Stored(connection)
        self._contents: dict[int, bytes] = {}
        # Entries whose content cannot be hashed again, since a report was erased.
        self._gone: set[int] = set()

    def all(self, progress: Callable[[int, int], None] | None) -> None:
        """Checks everything."""
        self.contents(progress)
        with self._named("journal"):
            self._journal()

    def contents(self, progress: Callable[[int, int], None] | None = None) -> dict[int, bytes]:
        """Checks all but the journal; gives the content hash of each entry, as its rows are now."""
        reports = self._connection.execute("SELECT report, report_id FROM reports ORDER BY report").fetchall()
        for done, (report, report_id) in enumerate(reports, 1):
            with self._named(f"report {report_id}"):
                self._report(report, report_id)
            if progress is not None:
                progress(done, len(reports))
        with self._named("rows beside reports and claims"):
            self._rows()
        with self._named("outlets, actors and places"):
            for where, what in (*name_problems(self._connection), *number_problems(self._connection)):
                self._problem(where, what)
        return self._contents

    @contextmanager
    def _named(self, where: str) -> Iterator[None]:
        """Names what breaks the reading of *where* as a problem, so that the rest is still looked at."""
        try:
            yield
        except _BROKEN as error:
            self._problem(where, f"it cannot be read ({type(error).__name__}: {error})")

    def _problem(self, where: str, what: str, remedy: str = _RESTORE) -> None:
        self._found.problems.append(Problem(where, what, remedy))

    def _report(self, report: int, report_id: str) -> None:
        where, count = f"report {report_id}", self._found.counts
        row = self._connection.execute(
            "SELECT r.entry, r.text, r.text_state, r.characters, r.text_sha256, r.original_sha256, "
            "g.form, g.bytes "
            "FROM reports r LEFT JOIN originals g USING (report) WHERE report = ?",
            (report,),
        ).fetchone()
        entry, text, state, characters, text_sha256, original_sha256, form, data = row
        count["reports"] += 1
        count[state] += 1
        if state == "erased":
            self._gone.add(entry)
            self._erased(report, where)
            return
        known = report_from_json(self._reader.report_row(report) | {"text": text})
        self._contents[entry] = content_of_report(known, characters)
        if state == "kept":
            if text is None or hashlib.sha256(text.encode()).hexdigest() != text_sha256:
                self._problem(where, "its text is not the text that was read (the SHA-256 differs)")
            elif len(text) != characters:
                self._problem(where, f"its text has {len(text)} characters, {characters} were read")
            if form is None and original_sha256 is not None:
                self._problem(where, "the original bytes that it was read from are gone")
            if form is not None and not _hashes_to(form, data, text, original_sha256):
                self._problem(where, "its original bytes are not those that were read (the SHA-256 differs)")
        for coding, run_id, coded in self._connection.execute(
            "SELECT coding, run_id, k.entry FROM codings k JOIN runs USING (run) WHERE report = ?", (report,)
        ).fetchall():
            try:
                self._coding(coding, report, report_id, run_id, coded)
            except _BROKEN as error:
                self._problem(f"{where}, run {run_id}", f"its coding cannot be read ({error})")

    def _erased(self, report: int, where: str) -> None:
        tomb = self._connection.execute("SELECT 1 FROM erasures WHERE report = ?", (report,)).fetchone()
        if tomb is None:
            self._problem(where, "its text is gone without a tombstone")
        for table, column in (("codings", "report"), ("reviews", "report")):
            rows = self._connection.execute(f"SELECT entry FROM {table} WHERE {column} = ?", (report,))
            self._gone |= {row[0] for row in rows}

    def _coding(self, coding: int, report: int, report_id: str, run_id: str, entry: int) -> None:
        where = f"report {report_id}, run {run_id}"
        self._found.counts["codings"] += 1
        texts = self._reader.texts(report)
        (data, claims, rejected) = self._connection.execute(
            "SELECT layers, claims, rejected FROM codings WHERE coding = ?", (coding,)
        ).fetchone()
        stored = self._reader.stored(data)
        layers = expand(unpack_layers(json.loads(stored)), texts)
        self._spans(layers, texts, where)
        texts_of_claims, counted = [], Counter[str]()
        for row in self._stored.claims(coding):
            try:
                text = self._claim(row, report, where)
            except _BROKEN as error:
                self._problem(f"{where}, claim {row.claim_id}", f"it cannot be read ({error})")
                text = ""
            if row.root is None:
                if row.entry != entry:
                    self._problem(f"{where}, claim {row.claim_id}", f"it says entry {row.entry}, its coding {entry}")
                texts_of_claims.append((row.claim_id, text))
                counted["rejected" if row.ord >= claims else "coded"] += 1
        if (counted["coded"], counted["rejected"]) != (claims, rejected):
            self._problem(where, f"{sum(counted.values())} claims are there, {claims + rejected} were written")
        self._contents[entry] = content_of_coding(report_id, run_id, stored, texts_of_claims)
        self._quotes(coding, layers, report, where)

    def _claim(self, row: ClaimRow, report: int, where: str) -> str:
        """Checks one claim, gives back its compact JSON."""
        where = f"{where}, claim {row.claim_id}"
        self._found.counts["claims" if row.root is None else "revisions"] += 1
        texts = self._reader.texts(report)
        stored = self._reader.stored(row.body)
        self._stored.revised(row, stored)
        value = expand(json.loads(stored), texts) | {"report_id": "", "claim_id": row.claim_id}
        self._spans(value, texts, where)
        for has_words, _ in unworded(value):
            self._found.counts["values"] += 1
            self._found.counts["values without words"] += not has_words
        expected = claim_keys(claim_from_json(value), texts)
        for column, said, there in self._stored.differences(row, expected):
            self._problem(where, f"column {column} says {there!r}, the claim itself says {said!r}")
        return stored

    def _spans(self, value: Json, texts: Texts, where: str) -> None:
        for misread in misreads(value, texts):
            self._problem(where, f"{misread}: it does not re-read")
        self._found.counts["spans"] += _count_spans(value)

    def _quotes(self, coding: int, layers: Json, report: int, where: str) -> None:
        texts = self._reader.texts(report)
        expected = {
            i: quote_keys(i, attribution_from_json(value), texts)
            for i, value in enumerate(layers.get("attributions", ()))
        }
        for what in self._stored.quote_differences(coding, expected):
            self._problem(where, what)

    def _rows(self) -> None:
        """Hashes again what is neither a report nor a coding."""
        for kind, (sql, names) in CONTENTS.items():
            for entry, report, *values in self._connection.execute(sql).fetchall():
                row = dict(zip(names, values, strict=True))
                if kind == "correction" and row["members"] == "[]" and row["action"] != "undo" and self._gone:
                    # What was decided of those who were named in erased reports alone went with these.
                    self._gone.add(entry)
                elif entry in self._gone or (report is not None and self._is_erased(report)):
                    self._gone.add(entry)
                elif kind == "review":
                    self._contents[entry] = content_of_carried(
                        self._connection, entry, row, self._stored.revisions.get(entry, [])
                    )
                else:
                    self._contents[entry] = content_of_row(row)
        held = self._connection.execute(
            "SELECT DISTINCT x.entry, k.report FROM carried x JOIN claims USING (claim) JOIN codings k USING (coding)"
        ).fetchall()
        for entry, _ in held:
            if entry not in self._contents and entry not in self._gone:
                revisions = self._stored.revisions.get(entry, [])
                self._contents[entry] = content_of_carried(self._connection, entry, None, revisions)

    def _is_erased(self, report: int) -> bool:
        sql = "SELECT 1 FROM erasures WHERE report = ?"
        return self._connection.execute(sql, (report,)).fetchone() is not None

    def _journal(self) -> None:
        before, latest, number = START, "", 0
        for entry, recorded_at, kind, content, chain in self._connection.execute(
            "SELECT entry, recorded_at, kind, content, chain FROM entries ORDER BY entry"
        ):
            number += 1
            where = f"journal entry {entry} ({kind}, {recorded_at})"
            if entry != number:
                self._problem(where, f"entries {number} to {entry - 1} were taken away")
                number = entry
            if recorded_at <= latest:
                self._problem(where, f"recorded no later than the entry before ({latest})")
            if link(before, entry, recorded_at, kind, content) != chain:
                self._problem(where, "it does not follow from the entry before: one of the two was changed")
            self._content(entry, kind, content, where)
            before, latest = chain, recorded_at
        self._found.head = bytes(before).hex()
        for entry in sorted(self._contents):
            if entry > number:
                self._problem(f"journal entry {entry}", "it was taken away, its rows are there")

    def _content(self, entry: int, kind: str, content: bytes, where: str) -> None:
        if entry in self._gone or (kind == "carried" and entry not in self._contents and self._gone):
            return
        if entry not in self._contents:
            self._problem(where, "what it recorded is no longer there")
        elif self._contents[entry] != content:
            self._problem(where, "what it recorded was changed")


def _hashes_to(form: str, data: bytes | None, text: str | None, sha256: str | None) -> bool:
    try:
        return hashlib.sha256(unpack_original(form, data, text)).hexdigest() == sha256
    except (ValueError, CaseDamaged):
        return False


def _count_spans(value: object) -> int:
    if isinstance(value, list):
        return sum(_count_spans(item) for item in value if isinstance(item, dict))
    if not isinstance(value, dict):
        return 0
    here = (value.get("span") is not None) + len(value.get("spans", ())) + len(value.get("content", ()))
    below = (v for k, v in value.items() if isinstance(v, (dict, list)) and k not in ("span", "spans", "content"))
    return here + sum(map(_count_spans, below))
