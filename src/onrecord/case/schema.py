"""The tables of a case, and how a case of an earlier version becomes one of this version.

``sql/NNNN_name.sql`` are the migrations; a case of user_version N holds the first N of them.
``sql/views.sql`` is dropped and made anew with each migration, and so are the triggers that keep the ledger
append only.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
from functools import cache
from importlib.resources import files
from pathlib import Path

from onrecord.case.codec import DICTIONARY
from onrecord.case.migrate import AFTER
from onrecord.errors import CaseError, CaseTooNew, NotACase

# "onrc" in ASCII, where `file` and other tools look for it (offset 68 of the header).
APPLICATION_ID = 0x6F6E7263
MAGIC = b"SQLite format 3\x00"

LEDGER = (
    *(
        "entries",
        "runs",
        "run_marks",
        "reports",
        "originals",
        "rejected_inputs",
        "codings",
        "claims",
        "slots",
    ),
    *(
        "claim_codes",
        "figures",
        "quotes",
        "quote_sources",
        "reviews",
        "carried",
        "merges",
        "merge_members",
        "erasures",
    ),
    *("outlets", "actors", "places", "words", "dictionaries", "case_info"),
    *("names", "corrections"),
)
# Full text; the contents lie in the tables and views of the same rows.
SEARCH = ("reports_fts", "quotes_fts", "claims_fts", "actors_fts")

_KEEP = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
WHEN NOT EXISTS (SELECT 1 FROM erasing)
BEGIN SELECT RAISE(ABORT, 'a case is append only: {table} cannot be changed'); END;
"""


@cache
def migrations() -> tuple[tuple[str, str], ...]:
    """Name and SQL of each migration, in order."""
    folder = files("onrecord.case") / "sql"
    found = sorted(entry.name for entry in folder.iterdir() if re.match(r"\d{4}_", entry.name))
    return tuple((name, (folder / name).read_text(encoding="utf-8")) for name in found)


def version() -> int:
    """The version of the tables that this program writes."""
    return len(migrations())


def views_sql() -> str:
    """SQL of the views that put codes into words."""
    return (files("onrecord.case") / "sql" / "views.sql").read_text(encoding="utf-8")


def triggers_sql() -> str:
    """SQL of the triggers that forbid changing and deleting rows of the ledger."""
    verbs = ("update", "delete")
    return "".join(_KEEP.format(table=t, verb=v, VERB=v.upper()) for t in LEDGER for v in verbs)


def statements(sql: str) -> list[str]:
    """The statements of *sql*, one by one (executescript would commit the transaction around them)."""
    found, rest = [], ""
    for line in sql.splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            found.append(rest.strip())
            rest = ""
    return found


def check_header(path: Path) -> None:
    """Raises NotACase unless the file at *path* begins as a case does; reads 100 bytes, changes nothing."""
    remedy = "Give the path of a case, or a path that does not exist yet to start one"
    if path.is_dir():
        raise NotACase(f"{path} is a folder. {remedy}")
    try:
        with path.open("rb") as stream:
            header = stream.read(100)
    except PermissionError as error:
        raise CaseError(f"{path}: no permission to read it. Change its owner or mode") from error
    if not header.startswith(MAGIC):
        raise NotACase(f"{path} is not a case (nor any SQLite file). {remedy}")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotACase(f"{path} is an SQLite file, but not a case. {remedy}")


def install(connection: sqlite3.Connection, created_at: str, created_by: str) -> None:
    """Makes the tables in the empty database of *connection*; commits."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    upgrade(connection, 0)
    connection.execute("INSERT INTO dictionaries VALUES (1, ?)", (DICTIONARY,))
    facts = {"case_id": secrets.token_hex(16), "created_at": created_at, "created_by": created_by}
    connection.executemany("INSERT INTO case_info VALUES (?, ?)", facts.items())
    connection.execute("COMMIT")


def upgrade(connection: sqlite3.Connection, since: int) -> None:
    """Applies the migrations after *since* inside the transaction that is open."""
    for kind, name in made_anew(connection):
        connection.execute(f'DROP {kind} "{name}"')
    for name, sql in migrations()[since:]:
        for statement in statements(sql):
            connection.execute(statement)
        if since and name in AFTER:
            AFTER[name](connection)
    for statement in statements(views_sql()) + statements(triggers_sql()):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version()}")


def made_anew(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT upper(type), name FROM sqlite_master "
        "WHERE (type = 'view' AND name LIKE 'v\\_%' ESCAPE '\\') "
        "OR (type = 'trigger' AND name LIKE '%\\_no\\_%' ESCAPE '\\')"
    )
    return [(kind, name) for kind, name in rows]


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the tables; CaseTooNew when a later program wrote them."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > version():
        raise CaseTooNew(
            f"{path} has tables of version {found}, this program knows version {version()}. "
            "Install the version of onrecord that wrote it, or a later one"
        )
    return found
