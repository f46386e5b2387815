"""Claims and events as the server tells them, read from the case itself: what the process beside it can do as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from onrecord.case.file import CaseFile
from onrecord.case.query import claim_row, quote_row
from onrecord.case.quotes import same_quotes
from onrecord.case.reading import Reader
from onrecord.ledger import Case
from onrecord.model import Aggregation
from onrecord.view import describe

# Of an event with more pairs of claims than this the weakest are told: they are what may be wrong with it.
MOST_PAIRS = 300
# Quotes of fewer words are not looked for in other reports.
LEAST_WORDS = 4
_SOME = 500
_CLAIM = (
    "SELECT c.claim, c.coding, c.ord, c.body, c.claim_id, r.report, r.report_id, run.run_id, run.version, "
    "c.review, e.recorded_at, r.supplied_id, o.name, r.published, r.title, r.url "
    "FROM claims c JOIN codings k ON k.coding = c.coding JOIN reports r ON r.report = k.report "
    "JOIN runs run ON run.run = k.run JOIN entries e ON e.entry = c.entry "
    "LEFT JOIN outlets o ON o.outlet = r.outlet WHERE c.claim IN ({marks}) ORDER BY r.report"
)

_QUOTE = (
    "SELECT q.quote, q.coding, q.ord, r.report, r.report_id, run.run_id, e.recorded_at, "
    "r.supplied_id, o.name, r.published, r.title, r.url, q.excerpt "
    "FROM quotes q JOIN codings k ON k.coding = q.coding JOIN reports r ON r.report = k.report "
    "JOIN runs run ON run.run = k.run JOIN entries e ON e.entry = k.entry "
    "LEFT JOIN outlets o ON o.outlet = r.outlet WHERE q.quote IN ({marks})"
)


@dataclass(frozen=True, slots=True)
class Same:
    """Quotes that are one utterance: their ids, the longest text, and JSON of the versions."""

    ids: list[str]
    text: str
    versions: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """An event as merged: its claims by row number (of then), its place, and JSON of all else."""

    rows: list[int]
    place: dict[str, Any] | None
    rest: bytes


def claims_told(file: CaseFile, numbers: Sequence[int]) -> dict[int, bytes]:
    """Claims of these row numbers as JSON with ``report``, ``review`` and ``head``; those that are there."""
    found = {}
    with file.snapshot() as connection:
        reader = Reader(file, connection)
        for at in range(0, len(numbers), _SOME):
            some = numbers[at : at + _SOME]
            for row in connection.execute(_CLAIM.format(marks=",".join("?" * len(some))), some).fetchall():
                value = claim_row(reader, row)
                found[row[0]] = orjson.dumps(value | {"head": describe.head(value)})
    return found


def quotes_told(file: CaseFile, numbers: Sequence[int]) -> dict[int, bytes]:
    """Attributions of these row numbers as JSON; those that are there."""
    found = {}
    with file.snapshot() as connection:
        reader = Reader(file, connection)
        for at in range(0, len(numbers), _SOME):
            some = numbers[at : at + _SOME]
            sql = _QUOTE.format(marks=",".join("?" * len(some))) + " ORDER BY q.coding"
            for row in connection.execute(sql, some).fetchall():
                found[row[0]] = orjson.dumps(quote_row(reader, row) | {"supplied_id": row[7]})
    return found


def same_told(rows: Sequence[bytes]) -> list[Same]:
    """What is the same among quotes of which these are the rows."""
    return [
        Same(
            [id_ for version in found["versions"] for id_ in version["attributions"]],
            found["text"],
            orjson.dumps(found["versions"]),
        )
        for found in same_quotes((orjson.loads(row) for row in rows), least_words=LEAST_WORDS, least_outlets=1)
    ]


def event_told(case: Case, event_id: str, aggregation: Aggregation, as_of: str | None) -> Told:
    """An event as merged at *as_of*, without its claims; NotFound where there is none."""
    event = case.merging.one(event_id, aggregation, as_of, most_pairs=MOST_PAIRS, bare=True)
    claims = event.pop("claim_list")
    event["outlets"] = outlet_columns(event, claims)
    return Told([claim["row"] for claim in claims], event.pop("place"), orjson.dumps(event))


def outlet_columns(event: dict[str, Any], claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One column an outlet: its reports and claims, in order of publication; whole copies name their origin."""
    stance = {claim: a["stance"] for a in event["account_list"] for claim in a["claim_ids"]}
    origin = {m[0]: v["origin"] for v in event["voice_list"] for m in v["members"] if m[1] == "copy"}
    reports = {report["report_id"]: report for report in event["report_list"]}
    columns: dict[str | None, dict[str, Any]] = {}
    seen: set[str] = set()
    for claim in sorted(claims, key=lambda c: (reports[c["report_id"]]["published"] or "~", c["claim_id"])):
        about = {
            key: reports[claim["report_id"]][key] for key in ("supplied_id", "outlet", "published", "title", "url")
        }
        column = columns.setdefault(
            about["outlet"],
            {"outlet": about["outlet"], "reports": [], "claim_ids": [], "stances": [], "copy_of": None},
        )
        if claim["report_id"] not in seen:
            seen.add(claim["report_id"])
            copy_of = origin.get(claim["report_id"])
            column["reports"].append({"report_id": claim["report_id"], **about, "copy_of": copy_of})
        column["claim_ids"].append(claim["claim_id"])
        said = stance.get(claim["claim_id"])
        if said and said not in column["stances"]:
            column["stances"].append(said)
    for column in columns.values():
        origins = {r["copy_of"] for r in column["reports"]}
        column["copy_of"] = origins.pop() if len(origins) == 1 else None
    return list(columns.values())
