"""What a migration fills in from the rows that an earlier version wrote, where SQL alone cannot."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator

from onrecord.case.codec import Json, expand, inflate, unpack_layers
from onrecord.case.keys import SlotKey, claim_keys, quote_keys
from onrecord.case.rows import Rows
from onrecord.model.wire import claim_from_json
from onrecord.model.wire_coding import attribution_from_json


def fill_names(connection: sqlite3.Connection) -> None:
    """Writes down who is named in each claim and attribution, and makes the names of actors searchable."""
    connection.execute("INSERT INTO actors_fts (actors_fts) VALUES ('rebuild')")
    dictionary: bytes = connection.execute("SELECT bytes FROM dictionaries WHERE dictionary = 1").fetchone()[0]
    rows = Rows(connection)
    for coding, report, layers in connection.execute("SELECT coding, report, layers FROM codings").fetchall():
        text, title = connection.execute("SELECT text, title FROM reports WHERE report = ?", (report,)).fetchone()
        texts = {"text": text, "title": title}
        sql = "SELECT claim, claim_id, body FROM claims WHERE coding = ?"
        for claim, claim_id, body in connection.execute(sql, (coding,)).fetchall():
            value = expand(json.loads(inflate(body, dictionary)), texts)
            keys = claim_keys(claim_from_json({**value, "report_id": "", "claim_id": claim_id}), texts)
            for key, named in _named(rows, keys.slots):
                where = (named, claim, rows.word("slot", key.slot), key.ord)
                connection.execute("UPDATE slots SET named = ? WHERE claim = ? AND slot = ? AND ord = ?", where)
        if layers is not None:
            _fill_quotes(
                connection, rows, coding, expand(unpack_layers(json.loads(inflate(layers, dictionary))), texts)
            )


def _fill_quotes(connection: sqlite3.Connection, rows: Rows, coding: int, layers: Json) -> None:
    texts = {"text": None, "title": None}  # only names are wanted, and those are in the layers
    for number, value in enumerate(layers.get("attributions", ())):
        sql = "SELECT quote FROM quotes WHERE coding = ? AND ord = ?"
        found = connection.execute(sql, (coding, number)).fetchone()
        for key, named in _named(rows, quote_keys(number, attribution_from_json(value), texts).sources):
            connection.execute(
                "UPDATE quote_sources SET named = ? WHERE quote = ? AND ord = ?", (named, found[0], key.ord)
            )


def _named(rows: Rows, keys: tuple[SlotKey, ...]) -> Iterator[tuple[SlotKey, int]]:
    for key in keys:
        named = rows.named(key.named)
        if named is not None:
            yield key, named


def name_referenced_columns(connection: sqlite3.Connection) -> None:
    """Names the column that each foreign key refers to, as tools that browse a case need; no row changes.

    The first tables left it to SQLite to take the primary key. Only their text is another from now on.
    """
    keys = {
        table: connection.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 1").fetchone()[0]
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
        )
    }

    def named(match: re.Match[str]) -> str:
        return f"REFERENCES {match[1]} ({keys[match[1]]})"

    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'")
    version = connection.execute("PRAGMA schema_version").fetchone()[0]
    connection.execute("PRAGMA writable_schema = ON")
    for name, sql in rows.fetchall():
        text = re.sub(r"REFERENCES (\w+)\b(?!\s*\()", named, sql)
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (text, name))
    connection.execute(f"PRAGMA schema_version = {version + 1}")
    connection.execute("PRAGMA writable_schema = OFF")


def _names_and_keys(connection: sqlite3.Connection) -> None:
    fill_names(connection)
    name_referenced_columns(connection)


# By migration: what is done after its SQL, in a case that has rows already. The triggers are off by then.
AFTER: dict[str, Callable[[sqlite3.Connection], None]] = {"0005_names.sql": _names_and_keys}
