"""Opening: what is no case is said to be none and left as it was; what cannot be done says what to do."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from small_case import RUN, coding

from onrecord.case import schema
from onrecord.case.file import CaseFile
from onrecord.case.store import CaseStore
from onrecord.errors import CaseDamaged, CaseError, CaseTooNew, NotACase


def test_a_path_without_a_case_says_how_to_start_one(tmp_path):
    with pytest.raises(CaseError, match="onrecord code"):
        CaseStore.open(tmp_path / "none.case")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(CaseError, match="does not exist"):
        CaseStore.open(tmp_path / "nowhere" / "a.case", create=True)


@pytest.mark.parametrize("content", [b"", b"just text", b"%PDF-1.7" + b"\0" * 200])
def test_another_file_is_not_a_case_and_is_not_touched(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(NotACase, match="not a case"):
            CaseStore.open(path, create=create)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_another_database_is_not_a_case(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(NotACase, match="but not a case"):
        CaseStore.open(path)
    with pytest.raises(NotACase, match="folder"):
        CaseStore.open(tmp_path)


def test_a_case_of_a_later_program_is_refused(store):
    path = store.file.path
    store.file.connection.execute("PRAGMA user_version = 999")
    store.close()
    with pytest.raises(CaseTooNew, match="999"):
        CaseStore.open(path)


def test_a_case_of_an_earlier_program_is_brought_up(store, monkeypatch):
    path = store.file.path
    store.close()
    later = (*schema.migrations(), ("9999_more.sql", "CREATE TABLE more (a INTEGER) STRICT;"))
    monkeypatch.setattr(schema, "migrations", lambda: later)
    with pytest.raises(CaseError, match="earlier version"):
        CaseStore.open(path, read_only=True)
    with CaseStore.open(path) as found:
        assert found.count() == 5
        assert found.file.connection.execute("SELECT count(*) FROM more").fetchone() == (0,)
        assert found.verify().ok


def test_a_new_case_is_there_whole_however_many_start_it_at_once(tmp_path):
    path = tmp_path / "new.case"
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: CaseStore.open(path, create=True), range(8)))
    assert len({store.stats()["case_id"] for store in stores}) == 1
    for store in stores:
        store.close()
    assert [p.name for p in tmp_path.iterdir()] == ["new.case"]


def test_a_case_says_what_it_is_to_other_tools(store):
    path = store.file.path
    header = path.read_bytes()[:100]
    assert header[68:72] == b"onrc"
    row = sqlite3.connect(path).execute("SELECT type, actor, place, first_day, text FROM v_claims").fetchone()
    assert row == (
        "ASSAULT",
        "army",
        "Dar Qubba",
        "2018-08-21",
        "army jets had killed at least 12 people in Dar Qubba",
    )
    assert sqlite3.connect(path).execute("SELECT speaker, channel FROM v_quotes WHERE ord = 1").fetchone() == (
        "Sami Darwish",
        "video",
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims SET factuality = 3",
        "DELETE FROM claims",
        "UPDATE reports SET text = 'x'",
        "DELETE FROM entries WHERE entry = 2",
        "INSERT OR REPLACE INTO words VALUES (1, 'kind', 'other')",
    ],
)
def test_rows_cannot_be_changed_or_deleted(store, statement):
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        store.file.connection.execute(statement)


def test_a_case_without_write_permission_can_be_read(tmp_path, store):
    store.close()
    path = store.file.path
    path.chmod(stat.S_IRUSR)
    with CaseStore.open(path, read_only=True) as found:
        assert found.count() == 5
        with pytest.raises(CaseError, match="write permission"), found.writer(RUN):
            pass


def test_a_full_disk_writes_nothing_of_the_report_and_says_what_to_do(store):
    connection = store.file.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with store.writer(RUN) as writer:
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(CaseError, match=r"disk is full.*run the same command again"):
            writer.add(coding("full", original=os.urandom(100_000)))
        connection.execute("PRAGMA max_page_count = 1000000")
    assert store.verify().ok
    with store.writer(RUN) as writer:
        writer.add(coding("full"))
    assert len(store.reports()) == 2


def test_a_damaged_file_is_called_damaged(store):
    path = store.file.path
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(CaseDamaged, match="backup"):
        CaseStore.open(path).claims()


def test_a_new_process_sees_what_another_wrote(store):
    code = "import sys; from onrecord.case.store import CaseStore; print(CaseStore.open(sys.argv[1]).count())"
    done = subprocess.run([sys.executable, "-c", code, str(store.file.path)], capture_output=True, check=True)
    assert done.stdout.strip() == b"5"


def test_closing_waits_for_a_thread_that_reads(store):
    reading, results = threading.Event(), []

    def read() -> None:
        try:
            with store.file.snapshot() as connection:
                reading.set()
                # Hours of work, unless it is interrupted.
                results.append(connection.execute(_ENDLESS).fetchall())
        except CaseError as error:
            results.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    reading.wait()
    time.sleep(0.05)
    store.file.close()
    thread.join()
    assert isinstance(results[0], CaseError)
    with pytest.raises(CaseError, match="closed"), store.file.snapshot():
        pass


def test_closing_lets_a_thread_finish_what_it_writes(store):
    writing = threading.Event()

    def write() -> None:
        with store.file.transaction() as connection:
            writing.set()
            time.sleep(0.3)
            connection.execute("INSERT INTO outlets (name, folded) VALUES ('The End', 'the end')")

    thread = threading.Thread(target=write)
    thread.start()
    writing.wait()
    store.file.close()
    thread.join()
    with CaseFile.open(store.file.path) as again, again.snapshot() as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM outlets")]
    assert "The End" in names


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
