"""Cases that earlier versions wrote answer in this one as they did, and as one written anew."""

from __future__ import annotations

import gzip
import json
import runpy
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.case import schema
from onrecord.case.store import CaseStore
from onrecord.errors import CaseError

STORED = Path(__file__).with_name("stored")
NAMES = sorted(path.name.partition(".")[0] for path in STORED.glob("*.case.gz"))
WRITE = runpy.run_path(str(STORED / "write.py"))
TERMS = ("actor:army", 'speaker:"white helmets"', "-mood:denied", "type:ASSAULT", "place:Qubba", "killed>=5", "rifle")
TERMS += ("kind:control", "review:accepted,corrected", "within:36.1,36.6,400km", "actor.country:SYR", "has:figures")


def unpacked(name: str, folder: Path) -> Path:
    path = folder / f"{name}.case"
    path.write_bytes(gzip.decompress((STORED / f"{name}.case.gz").read_bytes()))
    return path


def answers(name: str) -> dict:
    return json.loads(gzip.decompress((STORED / f"{name}.answers.json.gz").read_bytes()))


def within(said, now) -> bool:
    """Whether all that was *said* is still said; a later version may say more."""
    if isinstance(said, dict):
        return isinstance(now, dict) and all(key in now and within(value, now[key]) for key, value in said.items())
    if isinstance(said, list):
        return isinstance(now, list) and len(said) == len(now) and all(map(within, said, now))
    return said == now


def tables(connection: sqlite3.Connection) -> dict[str, object]:
    """Columns of each table, and what each index is over."""
    names = connection.execute("SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name").fetchall()
    columns = {
        name: connection.execute(f'SELECT * FROM pragma_table_info("{name}")').fetchall()
        for kind, name, _ in names
        if kind in ("table", "view")
    }
    indexes = {
        name: connection.execute(f'SELECT * FROM pragma_index_info("{name}")').fetchall()
        for kind, name, _ in names
        if kind == "index"
    }
    keys = {
        name: sorted(
            connection.execute(f'SELECT "from", "table", "to" FROM pragma_foreign_key_list("{name}")').fetchall()
        )
        for kind, name, _ in names
        if kind == "table"
    }
    # Tools that browse a case need the column that a key refers to.
    assert all(to is not None for found in keys.values() for _, _, to in found)
    return {"names": names, "columns": columns, "indexes": indexes, "keys": keys}


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_case_is_brought_up_and_answers_as_it_did_on_every_day(name, tmp_path):
    path = unpacked(name, tmp_path)
    before = sqlite3.connect(path).execute("SELECT entry, chain FROM entries ORDER BY entry").fetchall()
    with CaseStore.open(path) as store:
        assert store.verify().problems == []
        assert store.file.connection.execute("SELECT entry, chain FROM entries ORDER BY entry").fetchall() == before
        last = list(answers(name))[-1]
        for moment, said in answers(name).items():
            now = WRITE["shown"](store, moment)
            if moment != last:
                # An erasure takes away what earlier days would have shown of its report.
                said, now = (without_erased(store, value) for value in (said, now))
            assert within(said, json.loads(json.dumps(now))), moment


def without_erased(store, value: dict) -> dict:
    gone = {row["report_id"] for row in store.reports() if row["text_state"] == "erased"}
    kept = {}
    for key in ("claims", "quotes", "runs", "inputs"):
        kept[key] = [row for row in value[key] if row.get("report_id") not in gone]
    return kept


@pytest.mark.parametrize("name", NAMES)
def test_a_stored_case_becomes_the_same_tables_as_a_new_one(name, tmp_path):
    with CaseStore.open(unpacked(name, tmp_path)) as old, CaseStore.open(tmp_path / "new.case", create=True) as new:
        assert tables(old.file.connection) == tables(new.file.connection)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Each stored case beside one that this version writes by the same steps."""
    folder = tmp_path_factory.mktemp("pairs")
    WRITE["work"](folder / "new.case")
    fresh = CaseStore.open(folder / "new.case")
    stored = [CaseStore.open(unpacked(name, folder)) for name in NAMES if len(answers(name)) == 3]
    yield fresh, stored
    for store in (fresh, *stored):
        store.close()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(TERMS), max_size=3), st.integers(0, 40))
def test_a_stored_case_answers_any_question_of_any_moment_as_a_new_one(pairs, terms, minutes):
    fresh, stored = pairs
    moment = f"2026-03-01T12:{minutes:02}:30+00:00"
    asked = " ".join(terms)
    for store in stored:
        assert list(store.all_claims(asked, as_of=moment)) == list(fresh.all_claims(asked, as_of=moment))
        assert store.actors(as_of=moment) == fresh.actors(as_of=moment)
        assert store.places(as_of=moment) == fresh.places(as_of=moment)


def test_a_stored_case_that_may_not_be_written_says_what_to_do(tmp_path):
    with pytest.raises(CaseError, match="earlier version"):
        CaseStore.open(unpacked(NAMES[0], tmp_path), read_only=True)


def test_every_version_of_the_tables_that_was_released_is_stored():
    known = {int(name.split("-")[1]) for name in NAMES}
    # Versions 1 and 2 were never written by a program; those after 3 are stored when they are released.
    assert 3 in known
    assert max(known) <= schema.version()
