"""Damages a case in 200 seeded ways and says how many of them are noticed.

``python -m benchmarks.case.corrupt [--count 200] [--seed 1] [--texts FOLDER]``

Half of the damages flip one byte of the file where a text, a claim's body or a coding's layers lie (two of ten
anywhere in the file); the other half goes through SQL, past the triggers: a byte or number of a row is changed, or a
row is taken away, in any table of the ledger (but the two that say how and when the file was made). Each must be
named by ``verify`` or refused by SQLite.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.load import EXAMPLES
from onrecord.case import merges, schema
from onrecord.case.store import CaseStore
from onrecord.config import Config
from onrecord.errors import CaseError
from onrecord.ledger import Case
from onrecord.model import Rejected
from onrecord.read import Defaults
from onrecord.run.local import code_into

_SKIPPED = {"dictionaries", "case_info"}


def main(argv: list[str] | None = None) -> int:
    """Runs the proof; 0 when everything was noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    args = parser.parse_args(argv)
    choose = random.Random(args.seed)
    found: Counter[str] = Counter()
    missed: list[str] = []
    unused = 0
    with tempfile.TemporaryDirectory(prefix="corrupt-") as folder:
        sound = _sound(Path(folder) / "sound.case", args.texts)
        for number in range(args.count):
            damaged = Path(folder) / "damaged.case"
            for left in Path(folder).glob("damaged.case*"):
                left.unlink()
            shutil.copy(sound, damaged)
            what = _flip(damaged, choose) if number % 2 else _change(damaged, choose)
            verdict = _verdict(damaged)
            while verdict == "missed" and _dump(damaged) == _dump(sound):
                unused += 1  # the byte lies between the rows of a page: no value of any row is another
                shutil.copy(sound, damaged)
                what = _flip(damaged, choose)
                verdict = _verdict(damaged)
            found[verdict] += 1
            if verdict == "missed":
                missed.append(what)
    print(f"{args.count} corruptions: " + ", ".join(f"{n} {verdict}" for verdict, n in found.most_common()))
    print(f"{unused} more flips fell on bytes that no row uses, and were drawn again")
    for what in missed:
        print(f"missed: {what}")
    return 1 if missed else 0


def _sound(path: Path, texts: Path) -> Path:
    """A case with reports, claims, reviews, corrections, merges, a rejected input and an erased report."""
    with Case(path, create=True) as case:
        code_into([str(texts)], case, Config(encoder=False), Defaults())
        ids = [claim["claim_id"] for claim in case.claims()]
        hand = case.reviewer("Ines")
        hand.reject(ids[0], "told as a rumour")
        hand.undo(hand.accept(ids[1]))
        hand.correct(ids[2], "modality.factuality", 1.0, "hedged")
        hand.comment(ids[3], "look again")
        hand_of_actors = case.curator("Ines")
        unknown = [actor["actor_id"] for actor in case.actors() if actor["provisional"]]
        hand_of_actors.merge(unknown[:2], "one and the same")
        hand_of_actors.undo(hand_of_actors.rename(unknown[2], "Another Name", "so called"), "not so")
        hand_of_actors.split(unknown[3], "a namesake", reports=[case.reports()[0]["report_id"]])
        merges.undo(case.store.file, "Ines", merges.decide(case.store.file, "Ines", "merge", ids[4:6], "one event"))
        run = case.runs()[0]
        with case.writer(_run(run)) as writer:
            writer.reject(Rejected(origin="scan.pdf", reason="no text in it", remedy="Recognise its letters first"))
        case.erase(case.reports()[-1]["report_id"], reason="a person's request", who="Lead")
        assert case.verify().ok
        case.vacuum()
    return path


def _run(run: Any) -> Any:
    from onrecord.case.writer import Run

    return Run(run_id=run["run_id"], version=run["version"], details=run["details"])


def _flip(path: Path, choose: random.Random) -> str:
    """Flips one bit of one byte of the file."""
    data = bytearray(path.read_bytes())
    where = choose.choice(("text", "text", "text", "body", "body", "body", "layers", "layers", "file", "file"))
    sql = {
        "text": "SELECT CAST(text AS BLOB) FROM reports WHERE text IS NOT NULL",
        "body": "SELECT body FROM claims",
        "layers": "SELECT layers FROM codings WHERE layers IS NOT NULL",
    }
    at = choose.randrange(len(data))
    if where in sql:
        with sqlite3.connect(path) as connection:
            values = [row[0] for row in connection.execute(sql[where]).fetchall()]
        while True:
            value = choose.choice(values)
            start = choose.randrange(max(len(value) - 12, 1))
            at = data.find(value[start : start + 12])
            if at >= 0:
                at += choose.randrange(min(12, len(value)))
                break
    bit = 1 << choose.randrange(8)
    data[at] ^= bit
    path.write_bytes(data)
    return f"bit {bit} of byte {at} of the file ({where})"


def _change(path: Path, choose: random.Random) -> str:
    """Changes one value of a row, or takes a row away."""
    connection = sqlite3.connect(path, isolation_level=None)
    for kind, name in schema.made_anew(connection):
        connection.execute(f'DROP {kind} "{name}"')
    connection.execute("PRAGMA foreign_keys = OFF")
    while True:
        table = choose.choice([name for name in schema.LEDGER if name not in _SKIPPED])
        rows = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in rows.description]
        found = rows.fetchall()
        if not found:
            continue
        row = dict(zip(names, choose.choice(found), strict=True))
        key = " AND ".join(f'"{name}" IS ?' for name in names)
        if choose.random() < 0.35:
            connection.execute(f"DELETE FROM {table} WHERE {key}", tuple(row.values()))
            return f"row {_named(row)} of {table} taken away"
        column = choose.choice(names)
        value = _other(row[column], choose)
        try:
            connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {key}', (value, *row.values()))
        except sqlite3.Error:
            continue  # SQLite itself refused the value: no corruption was made
        connection.close()
        return f"{table}.{column} of {_named(row)} changed to {str(value)[:40]!r}"


def _dump(path: Path) -> list[Any]:
    """Every row of every table, those of the search indexes too."""
    with sqlite3.connect(path) as connection:
        connection.text_factory = bytes
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        names = [row[0].decode() for row in connection.execute(sql).fetchall()]
        return [connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names]


def _other(value: Any, choose: random.Random) -> Any:
    if value is None:
        return 1
    if isinstance(value, (int, float)):
        return value + choose.choice((-1, 1))
    at = choose.randrange(max(len(value), 1))
    if isinstance(value, bytes):
        return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :] if value else b"\x00"
    return value[:at] + ("x" if value[at : at + 1] != "x" else "y") + value[at + 1 :]


def _named(row: dict[str, Any]) -> str:
    first = list(row.items())[:2]
    return ", ".join(f"{name} {str(value)[:24]}" for name, value in first)


def _verdict(path: Path) -> str:
    try:
        with CaseStore.open(path) as store:
            return "missed" if store.verify().ok else "named by verify"
    except CaseError:
        return "refused when opened or read"


if __name__ == "__main__":
    sys.exit(main())
