"""Processes beside the server tell what the server would tell, and nobody goes without an answer where one is lost."""

from __future__ import annotations

import subprocess
import sys
import time

import orjson
import pytest

from onrecord.errors import NotFound
from onrecord.ledger import Case
from onrecord.serve import decode, desk, same_words, teller, whole_event
from onrecord.serve.beside import Beside
from onrecord.serve.teller import Teller
from onrecord.serve.telling import claims_told, event_told, quotes_told, same_told


@pytest.fixture
def large(monkeypatch):
    """Every case is large enough for what takes long to be done beside, and every answer long enough."""
    monkeypatch.setattr(desk, "LEAST_CLAIMS", 0)
    for module in (decode, whole_event):
        monkeypatch.setattr(module, "MANY", 0)
    monkeypatch.setattr(teller, "MANY", 0)


@pytest.fixture
def beside(path):
    process = Teller(path)
    yield process
    process.close()


def numbers(case, table):
    return [n for (n,) in case.store.file.look(f"SELECT rowid FROM {table} ORDER BY 1 LIMIT 80")]


def test_it_tells_what_is_told_here(path, beside):
    with Case(path) as case:
        claims = numbers(case, "claims")
        assert beside.claims(claims) == claims_told(case.store.file, claims)
        event = next(iter(case.events("accounts>=2")))["event_id"]
        told = beside.event(event, "conservative", None)
        here = event_told(case, event, "conservative", None)
        assert (told.rows, told.place, orjson.loads(told.rest)) == (here.rows, here.place, orjson.loads(here.rest))
        quotes = numbers(case, "quotes")
        rows = quotes_told(case.store.file, quotes)
        expected = same_told([rows[n] for n in quotes])
        assert [(s.ids, s.text, s.versions) for s in beside.same(quotes)] == [
            (s.ids, s.text, s.versions) for s in expected
        ]


def test_what_is_not_there_is_left_to_who_asks(path, beside):
    assert beside.event("e0000", "conservative", None) is None
    with Case(path) as case, pytest.raises(NotFound):
        event_told(case, "e0000", "conservative", None)


def test_one_that_was_lost_is_started_again(path, beside):
    assert beside.claims([1])
    beside._process.kill()
    beside._process.wait()
    assert beside.claims([1])


@pytest.mark.parametrize("says", ['{"done":true,"sizes":[10],"about":[1]}\\nhalf', "no answer at all\\n", ""])
def test_one_that_ends_in_the_midst_of_an_answer_gives_none(path, monkeypatch, says):
    def broken(self):
        command = [sys.executable, "-c", f"import sys; sys.stdin.readline(); sys.stdout.write('{says}')"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    process = Teller(path)
    with monkeypatch.context() as patch:
        patch.setattr(Beside, "_started", broken)
        assert process.claims([1]) is None
        process._process.wait(10)
    assert process.claims([1]), "the next one is a new process"
    process.close()


def test_one_that_is_busy_is_not_waited_for_long(path, beside):
    beside._lock.acquire()
    began = time.monotonic()
    assert beside.claims([1]) is None
    assert time.monotonic() - began < 30
    beside._lock.release()
    assert beside.claims([1])


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("lost", [False, True])
def test_answers_are_the_same_with_it_and_without(path, me, app, monkeypatch, lost):
    if lost:
        monkeypatch.setattr(Beside, "ask", lambda *_, **__: None)
    event = me.said("/events", q="accounts>=2")["items"][0]["event_id"]
    quote = me.said("/quotes")["items"][0]["quote_id"]
    with Case(path) as case:
        expected = case.event(event)
        said = me.said(f"/events/{event}")
        for key in ("values", "account_list", "pairs", "report_list", "voice_list", "corrections"):
            assert said[key] == orjson.loads(orjson.dumps(expected[key])), key
        assert [c["claim_id"] for c in said["claim_list"]] == [c["claim_id"] for c in expected["claim_list"]]
        columns = [c for column in said["outlets"] for c in column["claim_ids"]]
        assert sorted(columns) == sorted(c["claim_id"] for c in expected["claim_list"])
    assert me.said(f"/quotes/{quote}/same")["quote"]["quote_id"] == quote
    assert me.get("/api/v1/events/e0000").status_code == 404
    assert lost or app.desk.teller._process is not None
    assert same_words.MANY > 0


def test_of_many_pairs_the_weakest_are_told(path):
    with Case(path) as case:
        event = max(case.events(), key=lambda e: e["claims"])["event_id"]
        whole = case.event(event)
        few = case.merging.one(event, "representative", most_pairs=1)
    assert len(whole["pairs"]) == whole["pairs_weighed"] == few["pairs_weighed"] > 1
    assert few["pairs"] == whole["pairs"][-1:]
    assert few["pairs"][0]["score"] == min(pair["score"] for pair in whole["pairs"])
