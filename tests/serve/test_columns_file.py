"""The columns that are kept beside a large case are those of the case, and are believed only where they fit it."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.ledger import Case
from onrecord.serve import columns_file
from onrecord.serve.columns_file import keep_columns, load_columns
from onrecord.serve.merged import read_tables
from onrecord.serve.mirror import Mirror


@pytest.fixture
def small(monkeypatch):
    """Also small cases are kept."""
    monkeypatch.setattr(columns_file, "LEAST_CLAIMS", 0)


def case_id(case):
    return case.store.file.connection.execute("SELECT value FROM case_info WHERE key = 'case_id'").fetchone()[0]


def same(one, other):
    for name in ("claims", "codings", "reports", "places", "quotes"):
        a, b = getattr(one, name), getattr(other, name)
        assert a.size == b.size
        for columns, others in ((a.ints, b.ints), (a.floats, b.floats)):
            assert columns.keys() == others.keys()
            assert all(np.array_equal(columns[key], others[key]) for key in columns), name
    for name in ("codes", "figures", "slots", "speakers"):
        a, b = getattr(one, name), getattr(other, name)
        assert np.array_equal(a.row, b.row)
        assert np.array_equal(a.value, b.value)
        assert all(np.array_equal(a.more[key], b.more[key], equal_nan=True) for key in a.more)
    for name in ("words", "numbers", "outlets", "place_names", "actors", "names"):
        assert getattr(one, name) == getattr(other, name)


def tables_same(one, other):
    for name in ("events", "values", "figures"):
        a, b = getattr(one, name).columns, getattr(other, name).columns
        coded = {"type": "types", "precision": "precisions", "modes": "modes", "contexts": "contexts",
                 "measure": "measures"}  # fmt: skip
        for key in a:
            if key in coded:
                words = [[getattr(t, coded[key]).texts[i] for i in c[key]] for t, c in ((one, a), (other, b))]
                assert words[0] == words[1]
            else:
                assert a[key].tolist() == b[key].tolist() or np.array_equal(a[key], b[key], equal_nan=True), (name, key)
    assert np.array_equal(one.claim, other.claim)
    assert np.array_equal(one.event_of, other.event_of)
    assert one.bodies == other.bodies


def test_columns_come_back_as_they_were(path, tmp_path, small):
    with Case(path) as case:
        file, connection = case.store.file, case.store.file.connection
        now = Mirror(file).now()
        merged = read_tables(connection, "now", None)
        assert keep_columns(tmp_path / "kept", connection, case_id(case), now, merged)
        found = load_columns(tmp_path / "kept", connection, case_id(case))
        assert found is not None
        same(Mirror(file, lambda _: found[0]).now(), now)
        tables_same(read_tables(connection, "again", found[1]), merged)


def test_rows_that_came_later_are_read_from_the_case(me, path, tmp_path, small):
    with Case(path) as case:
        file, connection = case.store.file, case.store.file.connection
        before = read_tables(connection, "now", None)
        keep_columns(tmp_path / "kept", connection, case_id(case), Mirror(file).now(), before)
        claims = [c["claim_id"] for c in me.said("/claims", q="kind:event", limit=6)["items"]]
        for number, claim in enumerate(claims):
            body = {"claim_id": claim, "action": "reject" if number % 2 else "accept", "why": "as the words have it"}
            assert me.write("POST", "/reviews", body).status_code == 201
        two = [e["event_id"] for e in me.said("/events", limit=2)["items"]]
        me.write("POST", "/events/merge", {"members": two, "why": "the same"})
        case.merge()
        found = load_columns(tmp_path / "kept", connection, case_id(case))
        assert found is not None
        same(Mirror(file, lambda _: found[0]).now(), Mirror(file).now())
        whole = read_tables(connection, "then", None)
        tables_same(read_tables(connection, "then", found[1]), whole)
        tables_same(read_tables(connection, "then", before), whole)


def test_columns_of_another_case_or_time_are_not_believed(path, tmp_path, small):
    kept = tmp_path / "kept"
    with Case(path) as case:
        file, connection = case.store.file, case.store.file.connection
        keep_columns(kept, connection, case_id(case), Mirror(file).now(), None)
        assert load_columns(kept, connection, case_id(case)) is not None
        assert load_columns(kept, connection, "another") is None
        assert load_columns(tmp_path / "none", connection, case_id(case)) is None
        data = kept.read_bytes()
        for broken in (b"", data[: len(data) // 2], data[:5000] + b"\xff" * 40 + data[5040:], b"no columns"):
            kept.write_bytes(broken)
            assert load_columns(kept, connection, case_id(case)) is None
        kept.write_bytes(data)
        name = connection.execute("SELECT report_id FROM reports LIMIT 1").fetchone()[0]
        case.store.erase(name, reason="asked for", who="Ines")
        assert load_columns(kept, connection, case_id(case)) is None


def test_the_file_holds_no_words_of_reports(path, tmp_path, small):
    with Case(path) as case:
        connection = case.store.file.connection
        merged = read_tables(connection, "now", None)
        keep_columns(tmp_path / "kept", connection, case_id(case), Mirror(case.store.file).now(), merged)
        data = (tmp_path / "kept").read_bytes()
        for (name,) in connection.execute("SELECT name FROM actors WHERE length(name) > 4"):
            assert name.encode() not in data
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_small_cases_keep_nothing(path, tmp_path):
    with Case(path) as case:
        connection = case.store.file.connection
        assert not keep_columns(tmp_path / "kept", connection, case_id(case), Mirror(case.store.file).now(), None)
    assert not (tmp_path / "kept").exists()
