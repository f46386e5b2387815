"""Rows back into values: claims as JSON with their words re-read, and whole codings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from onrecord.case.codec import Json, expand, inflate, unpack_layers, unpack_original
from onrecord.case.evidence import Texts
from onrecord.case.file import CaseFile
from onrecord.model import Coding, Report
from onrecord.model.wire import claim_from_json, claim_to_json
from onrecord.model.wire_coding import (
    attribution_from_json,
    attribution_to_json,
    coding_from_json,
    report_from_json,
)

_REPORT = (
    *(
        "report_id",
        "supplied_id",
        "published",
        "retrieved",
        "url",
        "byline",
        "language",
        "replaces",
        "origin",
    ),
    *("media_type", "meta", "text_state", "characters", "text_sha256", "original_sha256", "title"),
)
REPORT_COLUMNS = ", ".join(f"r.{column}" for column in _REPORT) + ", o.name AS outlet"


_ATTRIBUTIONS = '"attributions":'
_DECODER = json.JSONDecoder()


def read_texts(connection: sqlite3.Connection, report: int) -> Texts:
    """What the spans of report number *report* point into; None where the text is gone."""
    row = connection.execute("SELECT text, title FROM reports WHERE report = ?", (report,)).fetchone()
    return {"text": row[0], "title": row[1]}


class Reader:
    """Decodes rows of one case through *connection*, remembering the texts it read last."""

    def __init__(self, case: CaseFile, connection: sqlite3.Connection) -> None:
        self._dictionary = case.dictionary
        self.connection = connection
        self.texts = lru_cache(maxsize=64)(lambda report: read_texts(connection, report))
        self.layers = lru_cache(maxsize=16)(self._layers)
        self._attributions = lru_cache(maxsize=64)(self._read_attributions)

    def claim(self, body: bytes, report: int, own: Mapping[str, Any]) -> Json:
        """A claim as JSON with every fixed key; *own* are claim_id, report_id, run_id and version."""
        value = json.loads(inflate(body, self._dictionary))
        return claim_to_json(claim_from_json({**expand(value, self.texts(report)), **own}))

    def stored(self, body: bytes) -> str:
        """The compact JSON of a body or of layers, as it was hashed."""
        return inflate(body, self._dictionary)

    def _layers(self, coding: int) -> Json:
        """The layers of coding number *coding* as JSON; empty where they were erased."""
        row = self.connection.execute("SELECT layers, report FROM codings WHERE coding = ?", (coding,)).fetchone()
        if row[0] is None:
            return {}
        packed = json.loads(self.stored(row[0]))
        layers: Json = expand(unpack_layers(packed), self.texts(row[1]))
        return layers

    def attribution(self, coding: int, number: int) -> Json:
        """The *number*-th attribution of a coding, with every key."""
        report, attributions = self._attributions(coding)
        return attribution_to_json(attribution_from_json(expand(attributions[number], self.texts(report))))

    def _read_attributions(self, coding: int) -> tuple[int, list[Json]]:
        # The other layers are many times larger: they are not read for one attribution. No text looks like the key of
        # a layer, for quotation marks in it are escaped.
        row = self.connection.execute("SELECT layers, report FROM codings WHERE coding = ?", (coding,)).fetchone()
        layers = self.stored(row[0])
        found: list[Json] = _DECODER.raw_decode(layers, layers.index(_ATTRIBUTIONS) + len(_ATTRIBUTIONS))[0]
        return row[1], found

    def report_row(self, report: int) -> Json:
        """What is known of a report's publication, with its state; without text."""
        sql = f"SELECT {REPORT_COLUMNS}, e.recorded_at, x.reason FROM reports r JOIN entries e USING (entry) "
        sql += "LEFT JOIN outlets o USING (outlet) LEFT JOIN erasures x ON x.report = r.report "
        sql += "WHERE r.report = ?"
        return report_json(self.connection.execute(sql, (report,)).fetchone())

    def report(self, report: int) -> Report:
        """The report itself with its original bytes; the text is empty where it is gone."""
        row = self.connection.execute(
            "SELECT r.text, g.form, g.bytes FROM reports r LEFT JOIN originals g USING (report) WHERE report = ?",
            (report,),
        ).fetchone()
        original = unpack_original(row[1], row[2], row[0]) if row[1] else b""
        return report_from_json(self.report_row(report) | {"text": row[0] or ""}, original)

    def coding(self, coding: int) -> Coding:
        """The whole coding as it was written (without what reviews changed)."""
        report, run_id, version = self.connection.execute(
            "SELECT report, run_id, version FROM codings JOIN runs USING (run) WHERE coding = ?", (coding,)
        ).fetchone()
        known = self.report(report)
        own = {"report_id": known.report_id, "run_id": run_id, "version": version}
        rows = self.connection.execute(
            "SELECT body, claim_id FROM claims WHERE coding = ? AND root IS NULL ORDER BY ord", (coding,)
        )
        claims = [self.claim(body, report, own | {"claim_id": claim_id}) for body, claim_id in rows.fetchall()]
        parts = {"coded": "claims", "rejected": "rejected"}
        found = {key: [c for c in claims if c["status"] == status] for status, key in parts.items()}
        return coding_from_json({**self.layers(coding), **found, "run_id": run_id, "version": version}, known)


def report_json(row: tuple[Any, ...]) -> Json:
    """The row of REPORT_COLUMNS, recorded_at and the reason of erasure as JSON."""
    value: Json = dict(zip((*_REPORT, "outlet", "recorded_at", "erased_because"), row, strict=True))
    value["meta"] = json.loads(value["meta"])
    return value
