"""Tables of reports: one report a row, JSON lines or CSV; a broken row is that row's problem."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import ReadError
from onrecord.model import Rejected, Report
from onrecord.read.build import FIELDS, Defaults, make_report, sha256
from onrecord.read.documents import decode

_CELL_LIMIT = 10_000_000


def read_jsonl(data: bytes, origin: str, defaults: Defaults) -> Iterator[Report | Rejected]:
    """A report for each line that holds one, a rejection for each that does not."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"{origin}:{number}"
        try:
            text = decode(line, where, defaults)
            try:
                record = json.loads(text)
            except ValueError as error:
                raise ReadError(where, f"not JSON: {error}", "Mend the line") from error
            if not isinstance(record, dict):
                raise ReadError(where, "not a JSON object", 'Write {"text": "…"} on each line')
            yield _from_record(record, where, defaults, line)
        except ReadError as error:
            yield rejected(error, line)


def read_csv(data: bytes, origin: str, defaults: Defaults) -> Iterator[Report | Rejected]:
    """A report for each row of a CSV with a ``text`` column.

    Raises ReadError when the file is not text or has no such column.
    """
    csv.field_size_limit(min(sys.maxsize, _CELL_LIMIT))
    text = decode(data, origin, defaults)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise ReadError(f"{origin}:1", f"not CSV: {error}", "Mend the header") from error
    if "text" not in header:
        raise ReadError(
            origin,
            f"no column 'text' (columns: {', '.join(header) or 'none'})",
            "Name the column that holds the text of each report 'text'",
        )
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            line = reader.line_num
            yield rejected(ReadError(f"{origin}:{line}", f"broken row: {error}", "Mend its quoting"), b"")
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        where = f"{origin}:{reader.line_num}"
        original = json.dumps(dict(zip(header, cells, strict=False)), ensure_ascii=False).encode()
        try:
            if len(cells) != len(header):
                raise ReadError(
                    where,
                    f"{len(cells)} cells where the header has {len(header)}",
                    "Quote cells that hold commas, or add the missing ones",
                )
            yield _from_record(dict(zip(header, cells, strict=True)), where, defaults, original)
        except ReadError as error:
            yield rejected(error, original)


def _from_record(record: Mapping[str, Any], where: str, defaults: Defaults, original: bytes) -> Report:
    text = record.get("text")
    if not isinstance(text, str):
        raise ReadError(where, "no text in it", "Give the text of the report under the key 'text'")
    values = {k: str(record[k]) for k in FIELDS if record.get(k) not in (None, "")}
    meta = tuple(
        (str(k), v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, sort_keys=True))
        for k, v in record.items()
        if k not in FIELDS and v not in (None, "")
    )
    return make_report(
        values, origin=where, defaults=defaults, original=original, media_type="application/json", meta=meta
    )


def rejected(error: ReadError, original: bytes) -> Rejected:
    """The rejection that *error* amounts to; *original* are the bytes that could not be read."""
    return Rejected(
        origin=error.origin,
        reason=error.reason,
        remedy=error.remedy,
        original=original,
        original_sha256=sha256(original),
    )
