"""What may not be kept can go, and a case can be given away without its texts."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace

import pytest
from small_case import LATER, RUN, TEXT, coding

from onrecord.case.store import CaseStore
from onrecord.errors import CaseError
from onrecord.model import Slot, Span

SECRET = TEXT.replace("rifle", "zwetschgenrifle").replace("His fighters", "His quittenmen")


def bytes_of(store) -> bytes:
    """All bytes of the case and of what lies beside it."""
    path = store.file.path
    return b"".join(p.read_bytes() for p in path.parent.glob(path.name + "*"))


def secret_coding(report_id: str, run=RUN):
    """A coding whose report has words that no other one has."""
    made = coding(report_id, run)

    def far(words: str) -> Span:
        start = SECRET.index(words)
        return Span(start, start + len(words))

    words = "Nobody will hand over a single zwetschgenrifle"
    refusal = replace(
        made.claims[2],
        text=words,
        span=far(words),
        chain=made.claims[2].chain[:1],
        actor=(),
        object=Slot(text="a single zwetschgenrifle", span=far("a single zwetschgenrifle")),
    )
    about = {"title": "Marillenstrike", "byline": "Petra Holunder", "url": "https://example.org/holunder"}
    original = os.urandom(10) + SECRET.encode()
    report = replace(made.report, text=SECRET, original=original, origin="/home/x/holunder.txt", **about)
    kept = {"rejected": (), "attributions": made.attributions[:1], "actors": made.actors[:2]}
    return replace(made, report=report, claims=(made.claims[0], refusal), **kept)


def test_an_erased_report_leaves_a_tombstone_and_no_word_of_it(store):
    with store.writer(RUN) as writer:
        writer.add(secret_coding("r2"))
        writer.add(coding("r3"))
    hand = store.reviewer("Ines")
    hand.correct("cr2-run1-2", "object", None, "zwetschgen are no weapons")
    hand.comment("cr2-run1-0", "holunder")
    before, earlier = store.stats(), store.file.clock.moment
    row = store.report("r2")
    assert b"zwetschgen" in bytes_of(store).lower()
    assert store.erase("r2", reason="court order 7/26", who="Lead") == 2
    for word in (b"zwetschgen", b"quitten", b"holunder", b"marillen"):
        assert word not in bytes_of(store).lower()
    after = store.stats()
    assert (after["erased"], after["reports"]) == (1, before["reports"])
    assert sum(after["claims"].values()) == sum(before["claims"].values()) - 2
    tomb = store.report("r2")
    assert (tomb["text"], tomb["title"], tomb["text_state"]) == (None, None, "erased")
    assert tomb["erased_because"] == "court order 7/26"
    assert (tomb["text_sha256"], tomb["original_sha256"]) == (row["text_sha256"], row["original_sha256"])
    assert store.claims().erased == 1
    assert store.claims(as_of=earlier).erased == 1
    assert store.count("zwetschgen*") == 0
    assert store.search("strike") != []
    assert store.verify().problems == []
    assert store.file.connection.execute("SELECT count(*) FROM erasing").fetchone() == (0,)


def test_what_others_also_said_stays(store):
    with store.writer(RUN) as writer:
        writer.add(coding("r2"))
    actors, places = store.actors(), store.places()
    store.erase("r2", reason="court order", who="Lead")
    assert [a["name"] for a in store.actors()] == [a["name"] for a in actors]
    assert [p["place_id"] for p in store.places()] == [p["place_id"] for p in places]
    assert store.count("within:35.9,36.6,10km") == 2
    store.erase("r1", reason="court order", who="Lead")
    assert (store.actors(), store.places(), store.count()) == ([], [], 0)
    assert store.verify().problems == []


def test_an_erased_report_does_not_come_back(store):
    store.erase("r1", reason="court order", who="Lead")
    with store.writer(LATER) as writer:
        with pytest.raises(CaseError, match="was erased"):
            writer.add(coding("r1", LATER))
        assert store.has_coding("r1", "run2")
    with pytest.raises(CaseError, match="erased already"):
        store.erase("r1", reason="again", who="Lead")
    with pytest.raises(CaseError, match="was erased"):
        store.coding("r1")
    with pytest.raises(CaseError, match="Say both"):
        store.erase("r1", reason=" ", who="Lead")


def test_rows_are_safe_again_after_an_erasure(store):
    store.erase("r1", reason="court order", who="Lead")
    with pytest.raises(sqlite3.IntegrityError, match="append only"):
        store.file.connection.execute("DELETE FROM erasures")


def test_a_published_copy_has_claims_but_no_texts(store, tmp_path):
    with store.writer(RUN) as writer:
        writer.add(secret_coding("r2"))
        writer.add(coding("r3"))
    hand = store.reviewer("Ines Secretname")
    hand.correct("cr1-run1-0", "event_type", "COERCE", "wrong type")
    hand.assign("cr1-run1-1", "Omar Secretname")
    store.erase("r3", reason="court order", who="Lead")
    path = store.publish(tmp_path / "public.case", quote_characters=20)
    with CaseStore.open(path, read_only=True) as public:
        assert public.count() == store.count()
        assert [c["claim_id"] for c in public.all_claims()] == [c["claim_id"] for c in store.all_claims()]
        (claim,) = public.claims("type:COERCE actor:SYR_MIL place:Idlib").items
        assert claim["text"] == "army jets had kille…"
        assert claim["actor"][0]["text"] == "army"
        assert claim["span"] == [30, 82]
        report = public.report("r1")
        assert (report["text"], report["text_state"], report["origin"]) == (None, "withheld", None)
        assert report["text_sha256"] == store.report("r1")["text_sha256"]
        assert [q["text"] for q in public.quotes("speaker:Darwish").items] == ["Nobody will hand ov…"]
        assert public.search("jets", within="claims") != []
        assert [r["reviewer"] for r in public.reviews()] == ["reviewer 1", "reviewer 1"]
        assert public.stats()["published_from"] == store.stats()["head"]
        assert public.stats()["withheld"] == 2
        assert public.verify().problems == []
        moment = store.runs()[0]["marks"][0]["at"]
        assert public.count(as_of=moment) == store.count(as_of=moment)
        for word in (b"quittenmen", b"Secretname", b"hold the old quarter"):
            assert word not in bytes_of(public)
    assert [p.name for p in tmp_path.iterdir() if "publishing" in p.name] == []
    with pytest.raises(CaseError, match="there already"):
        store.publish(path)


def test_a_backup_is_the_case_while_others_write(store, tmp_path):
    with store.writer(RUN) as writer:
        path = store.backup(tmp_path / "copy.case")
        writer.add(coding("r2"))
    with CaseStore.open(path) as copy:
        assert copy.count() == 5
        assert copy.verify().ok
    with pytest.raises(CaseError, match="there already"):
        store.backup(path)


def test_packing_keeps_everything(store):
    with store.writer(RUN) as writer:
        for number in range(2, 30):
            writer.add(coding(f"r{number}"))
    for number in range(2, 29):
        store.erase(f"r{number}", reason="test", who="Lead")
    claims = list(store.all_claims())
    assert store.vacuum() > 0
    assert list(store.all_claims()) == claims
    assert store.search("rifle") != []
    assert store.verify().ok
