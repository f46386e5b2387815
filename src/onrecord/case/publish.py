"""Publishing: a copy of a case without the texts, with short quotes and hashes only.

The copy is a case like any other and verifies: it has the same claims, runs, reviews, moments and tombstones,
with a journal of its own over what it holds. Left out are texts, original bytes, origins and other columns of
reports; words of claims and attributions are cut to a length; reviewers are numbered.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from onrecord.case.chain import START, head, link
from onrecord.case.codec import compact, deflate, dumps, expand
from onrecord.case.evidence import Texts
from onrecord.case.file import CaseFile
from onrecord.case.keys import claim_keys, quote_keys
from onrecord.case.reading import Reader
from onrecord.case.rows import Rows, insert
from onrecord.case.schema import SEARCH
from onrecord.case.verify import Check, Verification
from onrecord.errors import CaseUsage
from onrecord.model.wire import claim_from_json
from onrecord.model.wire_coding import attribution_from_json

# Copied as they are; reports, codings, claims and reviews are copied with changes.
_AS_THEY_ARE = ("entries", "words", "outlets", "runs", "run_marks", "merge_members", "merge_reports")
_CHANGED: dict[str, dict[str, Callable[[Any], Any]]] = {
    "rejected_inputs": {"origin": lambda value: PurePath(value).name or value},
    "reports": {
        "text": lambda _: None,
        "origin": lambda _: None,
        "meta": lambda _: "{}",
        "text_state": lambda value: "withheld" if value == "kept" else value,
    },
    "codings": {"layers": lambda _: None},
}


def publish(case: CaseFile, path: str | os.PathLike[str], *, quote_characters: int = 120) -> Path:
    """Writes a copy of *case* without texts to *path*, words cut to *quote_characters* each; returns the path.

    Raises CaseError when something lies at *path* already. The copy appears whole or not at all.
    """
    target = Path(path)
    if target.exists():
        raise CaseUsage(f"{target}: something is there already. Name a path that is free")
    draft = target.with_name(f".{target.name}.{os.getpid()}.publishing")
    try:
        with CaseFile.open(draft, create=True, clock=case.clock) as copy, case.snapshot():
            _Copy(case, copy, quote_characters).all()
            copy.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        draft.rename(target)
    finally:
        for left in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return target


def shorten(value: Any, characters: int) -> Any:
    """*value* with each ``text`` in it cut to *characters*, an ellipsis where something was cut."""
    if isinstance(value, list):
        return [shorten(item, characters) if isinstance(item, dict) else item for item in value]
    if not isinstance(value, dict):
        return value
    return {k: cut(v, characters) if k == "text" else shorten(v, characters) for k, v in value.items()}


def cut(text: str | None, characters: int) -> str | None:
    """*text*, cut to *characters* with an ellipsis."""
    return text if text is None or len(text) <= characters else text[: max(characters - 1, 0)] + "…"


class _Copy:
    """One copy in the making: from *source*, in a snapshot, to *copy*, in one transaction."""

    def __init__(self, source: CaseFile, copy: CaseFile, characters: int) -> None:
        self._source, self._copy, self._characters = source, copy, characters
        self._from = source.connection
        self._reader = Reader(source, source.connection)
        self._reviewers: dict[str, str] = {}

    def all(self) -> None:
        """Copies everything and writes the journal anew."""
        with self._copy.transaction() as to:
            self._rows = Rows(to)
            to.execute("INSERT INTO erasing VALUES (0)")
            # Rows come table by table; what they point to may come after them.
            to.execute("PRAGMA defer_foreign_keys = ON")
            for table in _AS_THEY_ARE:
                self._table(table, {})
            for table, changes in _CHANGED.items():
                self._table(table, changes)
            for coding, report in self._from.execute("SELECT coding, report FROM codings").fetchall():
                self._coding(coding, report)
            self._reviews()
            for table, column in (("merges", "reviewer"), ("corrections", "reviewer"), ("erasures", "eraser")):
                self._table(table, {column: self._reviewer})
            self._table("carried", {})
            for table in SEARCH:
                to.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
            said = {"published_from": head(self._from)[1], "quote_characters": str(self._characters)}
            for key, value in said.items():
                insert(to, "case_info", key=key, value=value)
        with self._copy.transaction() as to:
            self._journal()
            to.execute("DELETE FROM erasing")

    def _table(self, table: str, changes: dict[str, Callable[[Any], Any]]) -> None:
        rows = self._from.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in rows.description]
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f'"{name}"' for name in names)
        changed = ([changes[n](v) if n in changes else v for n, v in zip(names, row, strict=True)] for row in rows)
        self._copy.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", changed)

    def _coding(self, coding: int, report: int) -> None:
        row = self._from.execute("SELECT layers FROM codings WHERE coding = ?", (coding,)).fetchone()
        if row[0] is None:
            return
        texts = self._reader.texts(report)
        gone: Texts = {"text": None, "title": texts["title"]}
        layers = shorten(expand(json.loads(self._reader.stored(row[0])), texts), self._characters)
        to = self._copy.connection
        packed = deflate(dumps(compact(layers, gone)), self._copy.dictionary)
        to.execute("UPDATE codings SET layers = ? WHERE coding = ?", (packed, coding))
        quotes = []
        for i, value in enumerate(layers.get("attributions", ())):
            attribution = attribution_from_json(value)
            keys = quote_keys(i, attribution, gone)
            words = cut((texts["text"] or "")[keys.start : keys.end], self._characters) or ""
            known = self._from.execute(
                "SELECT excerpt FROM quotes WHERE coding = ? AND ord = ?", (coding, i)
            ).fetchone()
            words = words if texts["text"] is not None else cut(known[0], self._characters) or ""
            quotes.append((quote_keys(i, attribution, gone, words), words))
        self._rows.quotes(coding, quotes)
        self._claims(coding, texts, gone)

    def _claims(self, coding: int, texts: Texts, gone: Texts) -> None:
        rows = self._from.execute(
            "SELECT claim, claim_id, ord, root, entry, review, body FROM claims WHERE coding = ? ORDER BY claim",
            (coding,),
        ).fetchall()
        for claim, claim_id, number, root, entry, review, body in rows:
            whole = expand(json.loads(self._reader.stored(body)), texts)
            value = shorten(whole, self._characters)
            keys = claim_keys(claim_from_json({**value, "report_id": "", "claim_id": claim_id}), gone)
            self._rows.claim(
                keys,
                deflate(dumps(compact(value, gone)), self._copy.dictionary),
                claim_id=claim_id,
                coding=coding,
                number=number,
                entry=entry,
                words=value["text"] or "",
                root=root,
                review=review,
                claim=claim,
            )

    def _reviews(self) -> None:
        rows = self._from.execute("SELECT * FROM reviews ORDER BY review")
        names = [column[0] for column in rows.description]
        for row in rows.fetchall():
            value = dict(zip(names, row, strict=True))
            value["reviewer"] = self._reviewer(value["reviewer"])
            if value["value"] is not None:
                said = json.loads(value["value"])
                assigned = value["action"] == "assign" and said is not None
                value["value"] = dumps(self._reviewer(said) if assigned else shorten(said, self._characters))
            insert(self._copy.connection, "reviews", **value)

    def _reviewer(self, name: str) -> str:
        return self._reviewers.setdefault(name, f"reviewer {len(self._reviewers) + 1}")

    def _journal(self) -> None:
        """Hashes what the copy holds; entries of what was erased keep the hash that they have."""
        to = self._copy.connection
        contents = Check(self._copy, to, Verification()).contents()
        before = START
        for entry, recorded_at, kind, content in to.execute(
            "SELECT entry, recorded_at, kind, content FROM entries ORDER BY entry"
        ).fetchall():
            content = contents.get(entry, content)
            before = link(before, entry, recorded_at, kind, content)
            to.execute("UPDATE entries SET content = ?, chain = ? WHERE entry = ?", (content, before, entry))
