"""Verification names what was changed or taken away."""

from __future__ import annotations

import re

import pytest
from small_case import RUN, coding

from onrecord.case import schema
from onrecord.model import Rejected

SLIPS = {
    "text": ("UPDATE reports SET text = replace(text, '12', '21')", "report r1: its text is not the text"),
    "title": ("UPDATE reports SET title = 'Other'", "what it recorded was changed"),
    "original": ("UPDATE originals SET form = 'plain', bytes = x'00'", "original bytes"),
    "body": (
        "UPDATE claims SET body = (SELECT body FROM claims WHERE claim = 2) WHERE claim = 1",
        "coding, .*was changed",
    ),
    "flipped": (
        "UPDATE claims SET body = CAST(x'ff' || substr(body, 2) AS BLOB) WHERE claim = 3",
        "claim cr1-run1-2: it cannot be read",
    ),
    "column": (
        "UPDATE claims SET factuality = -3 WHERE claim = 1",
        "column factuality says -3.0, .* says 3.0",
    ),
    "slot": ("UPDATE slots SET start = start + 1 WHERE claim = 1", "column slots"),
    "figure": ("UPDATE figures SET low = 2 WHERE claim = 1", "column figures"),
    "code": ("DELETE FROM claim_codes WHERE claim = 1", "column codes"),
    "quote": ("UPDATE quotes SET start = 0 WHERE ord = 0", "attribution 0: column start"),
    "source": ("DELETE FROM quote_sources", "sources"),
    "layers": ("UPDATE codings SET layers = x'00'", "coding cannot be read"),
    "claim gone": ("DELETE FROM claims WHERE claim = 6", "5 claims are there, 6 were written"),
    "moment": ("UPDATE entries SET recorded_at = '2020' WHERE entry = 3", "does not follow"),
    "entry gone": ("DELETE FROM entries WHERE entry = 2", "entries 2 to 2 were taken away"),
    "search": (
        "INSERT INTO claims_fts (claims_fts, rowid, words) VALUES ('delete', 4, 'His fighters hold the old quarter')",
        "claims_fts: the search index does not agree.*rebuild",
    ),
    "run": ("UPDATE runs SET version = '9'", "run, .*was changed"),
    "rejected": ("DELETE FROM rejected_inputs", "rejected, .*no longer there"),
    "names": ("UPDATE words SET word = 'REJECT', list = 'x' WHERE word = 'ASSAULT'", "column type"),
    "actor": ("UPDATE actors SET name = 'Army of Nowhere' WHERE name = 'Army of Syria'", "actor .*its columns do not"),
    "place": ("UPDATE places SET lat = lat + 1", "place .*its columns do not"),
    "box": ("DELETE FROM places_at", "place .*index of coordinates"),
    "outlet": ("UPDATE outlets SET folded = 'x'", "outlet .*compared as 'x'"),
    "original gone": ("DELETE FROM originals", "report r1: the original bytes .* are gone"),
    "entry of a claim": ("UPDATE claims SET entry = entry - 1 WHERE claim = 1", "it says entry"),
    "moment of a report": ("UPDATE reports SET entry = 999", "cannot be read|no longer there"),
    "emptied": ("UPDATE reports SET text_state = 'erased', text = NULL", "without a tombstone"),
}


def disarm(connection) -> None:
    for _, name in schema.made_anew(connection):
        if "_no_" in name:
            connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA foreign_keys = OFF")


@pytest.mark.parametrize("slip", SLIPS)
def test_every_change_behind_the_back_is_named(store, slip):
    with store.writer(RUN) as writer:
        writer.reject(Rejected(origin="a", reason="b", remedy="c"))
    assert store.verify().ok
    statement, words = SLIPS[slip]
    disarm(store.file.connection)
    store.file.connection.execute(statement)
    found = store.verify()
    assert not found.ok
    assert any(re.search(words, str(problem)) for problem in found.problems), found.problems


def test_a_report_taken_away_with_all_its_rows_is_missed(store):
    with store.writer(RUN) as writer:
        writer.add(coding("r2"))
    connection = store.file.connection
    disarm(connection)
    for table in ("slots", "claim_codes", "figures", "claims"):
        connection.execute(f"DELETE FROM {table} WHERE claim IN (SELECT claim FROM claims WHERE coding = 1)")
    connection.execute("DELETE FROM quote_sources")
    connection.execute("DELETE FROM quotes WHERE coding = 1")
    connection.execute("DELETE FROM codings WHERE coding = 1")
    connection.execute("DELETE FROM originals WHERE report = 1")
    connection.execute("DELETE FROM reports WHERE report = 1")
    missing = [p for p in store.verify().problems if "no longer there" in p.what]
    assert {p.where.split("(")[1].split(",")[0] for p in missing} == {"report", "coding"}


def test_a_whole_case_says_what_was_read_and_how_much_has_no_words(store):
    found = store.verify()
    assert found.ok
    assert found.counts["claims"] == 6
    assert found.share_without_words == 0.0
    assert found.head == store.stats()["head"]
    assert "6 claims" in found.summary()
    assert "no problems" in found.summary()
