"""Writes the case that is stored here for each version of the tables, and what it answers.

``python tests/case/stored/write.py NAME`` with the program of that version; the files are never written again.
The report is the small one of ``tests/case/small_case.py`` as that version has it.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))


def main(name: str) -> None:
    """Writes NAME.case.gz and NAME.answers.json.gz beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stored.case"
        answers = work(path)
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("VACUUM")
        data = path.read_bytes()
    (HERE / f"{name}.case.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    (HERE / f"{name}.answers.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def work(path: Path) -> dict[str, dict]:
    """Makes the case at *path*; gives what it answered at some moments of its making."""
    from small_case import Clock, coding

    from onrecord.case.store import CaseStore
    from onrecord.case.writer import Run
    from onrecord.model import Rejected

    first, second = Run(run_id="run1", version="0.1.0"), Run(run_id="run2", version="0.1.1", details={"weights": "w2"})
    clock, answers = Clock(), {}
    with CaseStore.open(path, create=True, clock=clock) as store:
        with store.writer(first) as writer:
            for number in (1, 2, 3):
                writer.add(coding(f"r{number}", first))
            writer.reject(Rejected(origin="scan.pdf", reason="no text in it", remedy="Recognise its letters first"))
        answers[clock.moment.isoformat()] = shown(store)
        if hasattr(store, "reviewer"):
            review(store)
            answers[clock.moment.isoformat()] = shown(store)
        with store.writer(second) as writer:
            writer.add(coding("r1", second))
        if hasattr(store, "erase"):
            store.erase("r3", reason="a person's request", who="Lead")
        answers[clock.moment.isoformat()] = shown(store)
    return answers


def review(store) -> None:
    """A review of each kind."""
    ids = [claim["claim_id"] for claim in store.claims("report:r1").items]
    hand = store.reviewer("Ines")
    hand.accept(ids[0])
    hand.correct(ids[1], "modality.factuality", 1.0, "hedged")
    hand.reject(ids[2], "no offer was made")
    hand.comment(ids[3], "look again")
    hand.undo(hand.accept(ids[4]))


def shown(store, as_of: str | None = None) -> dict:
    """What the case answers."""
    at = {"as_of": as_of}
    found = {"claims": list(store.all_claims("status:coded,rejected", **at)), "quotes": list(store.all_quotes(**at))}
    found |= {"reports": store.reports(**at), "runs": store.runs(**at), "inputs": store.rejected_inputs(**at)}
    found |= {"of SYR": [c["claim_id"] for c in store.all_claims("actor:SYR", **at)]}
    found |= {"killed": store.count("killed>=5", **at), "words": store.count("rifle", **at)}
    if hasattr(store, "reviews"):
        found["reviews"] = store.reviews(**at)
    return found


if __name__ == "__main__":
    main(sys.argv[1])
