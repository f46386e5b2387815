"""The derived tables that merging remembers reports and claims in; see ``0006_merging.sql``."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

_TIE = np.dtype([("other", "<i4"), ("score", "<f8"), ("apart", "i1")])
# What forbids a tie, as the last byte of it.
APART = (None, "days", "places", "types")
_SOME = 500


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie of a claim to the claim of row ``other``."""

    other: int
    score: float
    apart: str | None


@dataclass(frozen=True, slots=True)
class ClaimState:
    """One row of merge_claims."""

    claim: int
    claim_id: str
    report: int
    sketch: str
    keys: tuple[int, ...]
    ties: tuple[TieRow, ...] = ()

    def with_ties(self, ties: Iterable[TieRow]) -> ClaimState:
        """The same with other ties."""
        return replace(self, ties=tuple(ties))


@dataclass(frozen=True, slots=True)
class ReportState:
    """One row of merge_reports."""

    report: int
    agency: str | None
    voice: int
    copying: str | None
    copies: tuple[int, ...]
    signature: NDArray[np.uint32]
    sentences: NDArray[np.int64]


def in_parts(values: Iterable[int]) -> Iterator[tuple[str, Sequence[int]]]:
    """Some of *values* at a time, with the marks for them."""
    ordered = sorted(set(values))
    for at in range(0, len(ordered), _SOME):
        some = ordered[at : at + _SOME]
        yield ", ".join("?" * len(some)), some


def claim_states(
    connection: sqlite3.Connection, claims: Iterable[int] = (), reports: Iterable[int] = ()
) -> dict[int, ClaimState]:
    """The rows of *claims* and of the claims of *reports*, by row number; those that are there."""
    found: dict[int, ClaimState] = {}
    for column, values in (("claim", claims), ("report", reports)):
        for marks, some in in_parts(values):
            rows = connection.execute(f"SELECT * FROM merge_claims WHERE {column} IN ({marks})", some)
            found.update((row[0], _claim_state(row)) for row in rows)
    return found


def claim_rows(connection: sqlite3.Connection, claim_ids: Iterable[str]) -> dict[str, int]:
    """Row numbers of claims by their ids; those that are there."""
    found: dict[str, int] = {}
    ids = sorted(set(claim_ids))
    for at in range(0, len(ids), _SOME):
        some = ids[at : at + _SOME]
        marks = ", ".join("?" * len(some))
        found.update(connection.execute(f"SELECT claim_id, claim FROM merge_claims WHERE claim_id IN ({marks})", some))
    return found


def write_claims(connection: sqlite3.Connection, states: Iterable[ClaimState], *, blocks: bool) -> None:
    """Writes rows of merge_claims, in place of those that are there; with *blocks* their blocks too."""
    for state in states:
        keys = np.array(state.keys, dtype="<i8").tobytes()
        row = (state.claim, state.claim_id, state.report, state.sketch, keys, _packed(state.ties))
        connection.execute("INSERT OR REPLACE INTO merge_claims VALUES (?, ?, ?, ?, ?, ?)", row)
        if blocks:
            rows = [(key, state.claim) for key in state.keys]
            connection.executemany("INSERT OR IGNORE INTO merge_blocks VALUES (?, ?)", rows)


def write_ties(connection: sqlite3.Connection, ties: Iterable[tuple[int, Iterable[TieRow]]]) -> None:
    """Writes the ties of claims, by row number, that are there."""
    rows = ((_packed(some), claim) for claim, some in ties)
    connection.executemany("UPDATE merge_claims SET ties = ? WHERE claim = ?", rows)


def delete_claims(connection: sqlite3.Connection, states: Iterable[ClaimState]) -> None:
    """Takes rows of merge_claims away, with their blocks."""
    for state in states:
        connection.execute("DELETE FROM merge_claims WHERE claim = ?", (state.claim,))
        rows = [(key, state.claim) for key in state.keys]
        connection.executemany("DELETE FROM merge_blocks WHERE key = ? AND claim = ?", rows)


def write_all_blocks(connection: sqlite3.Connection, states: Sequence[ClaimState]) -> None:
    """Fills the empty table of blocks, in order of its key, which is far faster than as they come."""
    key = np.concatenate([np.array(s.keys, dtype=np.int64) for s in states] or [np.array([], dtype=np.int64)])
    claim = np.repeat([s.claim for s in states], [len(s.keys) for s in states])
    order = np.lexsort((claim, key))
    rows = zip(key[order].tolist(), claim[order].tolist(), strict=True)
    connection.executemany("INSERT INTO merge_blocks VALUES (?, ?)", rows)


def block(connection: sqlite3.Connection, key: int) -> set[int]:
    """The claims of a block, by row number."""
    return {row[0] for row in connection.execute("SELECT claim FROM merge_blocks WHERE key = ?", (key,))}


def report_states(connection: sqlite3.Connection) -> dict[int, ReportState]:
    """All rows of merge_reports."""
    return {row[0]: _report_state(row) for row in connection.execute("SELECT * FROM merge_reports")}


def voices_of(connection: sqlite3.Connection, reports: Iterable[int]) -> list[tuple[int, int, str | None, str | None]]:
    """Report, voice, copying and agency of every report that is in one voice with some of *reports*."""
    found: list[tuple[int, int, str | None, str | None]] = []
    for marks, some in in_parts(reports):
        sql = (
            "SELECT report, voice, copying, agency FROM merge_reports WHERE voice IN "
            f"(SELECT voice FROM merge_reports WHERE report IN ({marks}))"
        )
        found += connection.execute(sql, some)
    return list(dict.fromkeys(found))


def voices_stay(
    connection: sqlite3.Connection,
    there: Collection[int],
    erased: Collection[int],
    agencies: Mapping[int, str | None],
) -> bool:
    """Whether the reports *there* (rows) are known, credit whom they credited, and none of *erased* was known."""
    known: dict[int, str | None] = {}
    for marks, some in in_parts({*there, *erased}):
        known.update(connection.execute(f"SELECT report, agency FROM merge_reports WHERE report IN ({marks})", some))
    return known.keys().isdisjoint(erased) and all(r in known and agencies.get(r, known[r]) == known[r] for r in there)


def write_reports(connection: sqlite3.Connection, states: Iterable[ReportState]) -> None:
    """Writes rows of merge_reports, in place of those that are there."""
    rows = (
        (s.report, s.agency, s.voice, s.copying, json.dumps(s.copies), s.signature.tobytes(), s.sentences.tobytes())
        for s in states
    )
    connection.executemany("INSERT OR REPLACE INTO merge_reports VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def delete_reports(connection: sqlite3.Connection, reports: Iterable[int]) -> None:
    """Takes rows of merge_reports away."""
    connection.executemany("DELETE FROM merge_reports WHERE report = ?", [(r,) for r in reports])


def members_of_events(connection: sqlite3.Connection, claims: Iterable[int]) -> dict[int, tuple[int, list[int]]]:
    """For each of *claims* (row numbers) that is in an event: the event's number and all its claims."""
    found: dict[int, tuple[int, list[int]]] = {}
    wanted = set(claims)
    for marks, some in in_parts(wanted):
        sql = (
            "SELECT event, claim FROM event_claims WHERE event IN "
            f"(SELECT event FROM event_claims WHERE claim IN ({marks})) ORDER BY event, claim"
        )
        members: dict[int, list[int]] = {}
        for event, claim in connection.execute(sql, some):
            members.setdefault(event, []).append(claim)
        found.update((c, (event, rows)) for event, rows in members.items() for c in rows if c in wanted)
    return found


def _packed(ties: Iterable[TieRow]) -> bytes:
    return np.array([(t.other, t.score, APART.index(t.apart)) for t in ties], dtype=_TIE).tobytes()


def _claim_state(row: tuple[int, str, int, str, bytes, bytes]) -> ClaimState:
    ties = tuple(TieRow(other, score, APART[apart]) for other, score, apart in np.frombuffer(row[5], _TIE).tolist())
    return ClaimState(row[0], row[1], row[2], row[3], tuple(np.frombuffer(row[4], "<i8").tolist()), ties)


def _report_state(row: tuple[int, str | None, int, str | None, str, bytes, bytes]) -> ReportState:
    signature, sentences = np.frombuffer(row[5], "<u4"), np.frombuffer(row[6], "<i8")
    # Nearly all reports have no copies: an empty list is not worth reading.
    copies = () if row[4] == "[]" else tuple(json.loads(row[4]))
    return ReportState(row[0], row[1], row[2], row[3], copies, signature, sentences)
