"""The tables of events are the same whether they were filled at once or kept up to date, whatever came when."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from onrecord.case import events_state
from onrecord.case.writer import Run
from onrecord.config import Config
from onrecord.errors import CaseError
from onrecord.events import rules_hash
from onrecord.events.refresh import Refresh
from onrecord.ledger import Case
from onrecord.lexicon.merging import MergingLexicon, load_merging
from onrecord.merge import block_keys, sketch, with_tolls
from onrecord.model import Coding, Rejected
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.case.stories import Stories  # noqa: E402

RULES = ("conservative", "informative", "representative")


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    parts = load_parts(Config(encoder=False))
    paths = [str(p) for p in sorted((ROOT / "examples" / "reports").glob("0*.md"))]
    return [code_report(r, parts) for r in read_inputs(paths, Defaults()) if not isinstance(r, Rejected)]


def stories(codings: list[Coding], seed: int, count: int) -> list[Coding]:
    """Reports of some stories, close to one another in time and place so that many of them touch."""
    made = Stories(codings, seed, towns=3, days=12)
    return list(islice(made, count))


def told(case: Case) -> list[object]:
    rows = [dict(row) for rule in RULES for row in case.events("happened:yes,no", aggregation=rule)]
    details = [case.event(row["event_id"]) for row in case.events("happened:yes,no")]
    return [rows, details]


def tables(case: Case) -> list[object]:
    """What merging remembers, without the numbers of events, which tell only when they were made."""
    connection = case.store.file.connection
    found: list[object] = [
        connection.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall()
        for t in ("merge_reports", "merge_claims", "merge_blocks")
    ]
    sql = "SELECT event_id, claim FROM event_claims JOIN events USING (event) ORDER BY 1, 2"
    return [*found, connection.execute(sql).fetchall()]


def from_nothing(case: Case) -> None:
    with case.store.file.transaction() as connection:
        events_state.clear_events(connection)
    case.merge()


def same_as_from_nothing(case: Case) -> None:
    case.merge()
    kept, remembered = told(case), tables(case)
    from_nothing(case)
    assert remembered == tables(case)
    assert kept == told(case)


@pytest.fixture(params=[None, 4], ids=["as installed", "blocks that are cut"])
def small_blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param is None:
        return
    plain = load_merging()
    limits = {**plain.limits, "block": request.param, "window": 2}
    cut = MergingLexicon(**{f: getattr(plain, f) for f in plain.__slots__} | {"limits": limits})
    for module in ("onrecord.events.refresh", "onrecord.events.asked"):
        monkeypatch.setattr(f"{module}.load_merging", lambda: cut)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reports_in_any_parts_and_order_give_the_tables_of_all_at_once(codings, tmp_path, seed):
    made = stories(codings, seed, 36)
    chance = random.Random(seed)
    chance.shuffle(made)
    run = Run(run_id=codings[0].run_id, version="1")
    with Case(tmp_path / "parts.case", create=True) as case:
        while made:
            some = [made.pop() for _ in range(min(len(made), chance.choice((1, 2, 9))))]
            with case.writer(run) as writer:
                for coding in some:
                    writer.add(coding)
            case.merge()
        same_as_from_nothing(case)


@pytest.mark.usefixtures("small_blocks")
def test_decisions_reviews_new_codings_and_erasures_are_followed(codings, tmp_path):
    made = stories(codings, 7, 24)
    chance = random.Random(7)
    run, later = Run(run_id=codings[0].run_id, version="1"), Run(run_id="another run", version="2")
    with Case(tmp_path / "lived.case", create=True) as case:
        with case.writer(run) as writer:
            for coding in made:
                writer.add(coding)
        case.merge()
        ids = [c["claim_id"] for c in case.claims("kind:event")]
        joined = case.decide_merge("merge", chance.sample(ids, 3), who="ada")
        events = [e["event_id"] for e in case.events("happened:yes,no")]
        case.decide_merge("split", chance.sample(events, 2), who="ada")
        same_as_from_nothing(case)
        hand = case.reviewer("ada")
        hand.reject(ids[0], why="no event")
        hand.correct(ids[5], "event_type", "PROTEST", why="a march")
        case.undo_merge(joined, who="ada")
        same_as_from_nothing(case)
        curator = case.curator("ada")
        places, actors = (list(found) for found in (case.places(), case.actors()))
        curator.merge([places[0]["place_id"], places[1]["place_id"]], "one town")
        split = curator.split(actors[0]["actor_id"], "another", reports=[made[5].report.report_id])
        same_as_from_nothing(case)
        curator.undo(split, "one after all")
        curator.locate(places[2]["place_id"], 1.5, 2.5, "found", country="SYR")
        same_as_from_nothing(case)
        case.erase(case.reports()[3]["report_id"], reason="a court order", who="ada")
        same_as_from_nothing(case)
        with case.writer(later) as writer:
            kept = tuple(c for c in made[9].claims if c.kind != "event")
            writer.add(replace(made[9], run_id="another run", claims=kept))
        same_as_from_nothing(case)


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> list[object]:
    """Lets something happen once while a merge is being worked out; what it gave."""
    planned, given = Refresh.planned, []

    def whole(self: Refresh, rules: str) -> object:
        found = planned(self, rules)
        if not given:
            given.append(None)
            given.append(happens())
        return found

    monkeypatch.setattr(Refresh, "planned", whole)
    return given


@pytest.fixture
def lived(codings, tmp_path) -> Iterator[Case]:
    with Case(tmp_path / "lived.case", create=True) as case:
        with case.writer(Run(run_id=codings[0].run_id, version="1")) as writer:
            for coding in stories(codings, 11, 24):
                writer.add(coding)
        case.merge()
        yield case


def test_who_writes_does_not_wait_for_a_merge_that_is_being_worked_out(lived, monkeypatch):
    ids = [c["claim_id"] for c in lived.claims("kind:event")]

    def review() -> int:
        # Another connection; it would wait for its turn were the merge holding it.
        with Case(lived.path) as other:
            other.store.file.connection.execute("PRAGMA busy_timeout = 0")
            return len(other.reviewer("ben").reject(ids[1], why="no event"))

    given = meanwhile(monkeypatch, review)
    lived.reviewer("ada").reject(ids[0], why="no event")
    lived.merge()
    assert given[1]
    with lived.store.file.snapshot() as connection:
        until = events_state.merged_until(connection, rules_hash())
        assert until is not None
        assert events_state.moved_since(connection, until, until + 1), "the review made meanwhile is still to be merged"
    assert ids[1] not in {i for row in lived.events("happened:yes,no") for i in claims_of(lived, row)}
    same_as_from_nothing(lived)


def claims_of(case: Case, row: Mapping[str, object]) -> list[str]:
    return [claim["claim_id"] for claim in case.event(str(row["event_id"]))["claim_list"]]


@pytest.mark.parametrize("what", ["a merge", "an erasure"])
def test_what_was_worked_out_is_not_written_over_newer_tables(lived, monkeypatch, what):
    ids = [c["claim_id"] for c in lived.claims("kind:event")]
    report = next(c for c in lived.claims("kind:event"))["report_id"]

    def happens() -> None:
        with Case(lived.path) as other:
            if what == "a merge":
                other.reviewer("ben").reject(ids[1], why="no event")
                other.merge()
            else:
                # The erasure itself stands, though its log cannot be emptied while somebody reads.
                with suppress(CaseError):
                    other.erase(report, reason="a court order", who="ben")

    meanwhile(monkeypatch, happens)
    lived.reviewer("ada").correct(ids[0], "event_type", "PROTEST", why="a march")
    lived.merge()
    same_as_from_nothing(lived)


def test_blocks_are_few_and_the_same_everywhere(codings):
    keys = {k for s in _sketches(codings) for k in block_keys(s, load_merging())}
    assert all(0 <= k < 2**63 for k in keys)


def _sketches(codings: list[Coding]):
    for coding in codings:
        yield from (sketch(c, coding.report, load_merging()) for c in with_tolls(coding.claims))
