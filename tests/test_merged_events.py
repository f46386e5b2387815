"""Events of a case: merged when asked for, kept up to date, filtered, decided on by people."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.config import Config
from onrecord.errors import BadFilter, NotFound
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

REPORTS = Path(__file__).parent.parent / "examples" / "reports"


@pytest.fixture(scope="module")
def coded(tmp_path_factory) -> bytes:
    """The bytes of a case of the reports of one strike and one other."""
    path = tmp_path_factory.mktemp("events") / "strike.case"
    paths = [str(p) for p in sorted(REPORTS.glob("0[1-8]-*.md"))]
    with Case(path, create=True) as case:
        code_into(paths, case, Config(encoder=False), Defaults())
        case.vacuum()
    return path.read_bytes()


@pytest.fixture
def case(coded, tmp_path):
    path = tmp_path / "own.case"
    path.write_bytes(coded)
    with Case(path) as found:
        yield found


def strike(case: Case):
    (found,) = case.events("type:ASSAULT denied")
    return found


def test_a_row_tells_what_where_when_and_on_whose_word(case):
    row = strike(case)
    assert (row["event_type"], row["happened"], row["accounts"], row["denied"]) == ("ASSAULT", True, 3, 1)
    assert row["place"]["country"] == "SYR"
    assert (row["start"], row["end"]) == ("2018-09-08", "2018-09-08")
    assert row["reports"] == 7
    assert "denied by" in row["summary"]


def test_events_are_computed_once_and_again_when_a_person_decides(case):
    first = case.merge()
    assert first["changed"] == first["events"] > 5
    assert case.merge() == {"events": first["events"], "changed": 0}
    row = strike(case)
    told = [c["claim_id"] for c in case.event(row["event_id"])["claim_list"]]
    before = list(case.events("happened:yes,no"))
    merge_id = case.decide_merge("split", told[:2], who="ada", why="two raids")
    homes = {case.event(claim_id)["event_id"] for claim_id in told[:2]}
    assert len(homes) == 2
    case.undo_merge(merge_id, who="ada", why="one after all")
    assert list(case.events("happened:yes,no")) == before


def test_events_can_be_joined_by_their_ids_and_the_decision_is_told(case):
    first, second = [e["event_id"] for e in case.events(limit=2)]
    case.decide_merge("merge", [first, second], who="ada", why="the same day")
    joined = case.event(first)
    assert joined["claims"] >= 2
    (decision,) = joined["decisions"]
    assert (decision["who"], decision["why"], decision["action"]) == ("ada", "the same day", "merge")


def test_as_of_gives_the_events_of_that_moment(case):
    now = list(case.events())
    moment = case.runs()[0]["recorded_at"]
    told = [c["claim_id"] for c in case.event(strike(case)["event_id"])["claim_list"]]
    assert list(case.events(as_of=moment)) == []
    last = max(r["recorded_at"] for r in case.reports())
    case.decide_merge("split", told, who="ada")
    assert list(case.events()) != now
    assert list(case.events(as_of=last)) == list(case.events(as_of=last))
    assert strike_at(case, last) == [e["event_id"] for e in now if e["denied"] and e["event_type"] == "ASSAULT"]


def strike_at(case: Case, moment: str) -> list[str]:
    return [e["event_id"] for e in case.events("type:ASSAULT denied", as_of=moment)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("accounts>=3", 1),
        ("disputed type:ASSAULT accounts>=2", 1),
        ("denied:yes type:ASSAULT", 1),
        ("type:ASSAULT killed>=9 within:35.64,36.67,20km", 1),
        ("type:ASSAULT killed>=99", 0),
        ("type:ASSAULT mode:aerial from:2018-09-08 to:2018-09-08 outlet:Gulf", 1),
        ("type:ASSAULT speaker:Observatory denied -outlet:Nobody", 1),
        ("has:figures type:ASSAULT measure:killed -denied", 0),
    ],
)
def test_filters_ask_the_event_or_one_of_its_claims(case, line, expected):
    assert case.count_events(line) == len(case.events(line)) == expected


def test_rules_differ_where_accounts_do(case):
    by_rule = {rule: strike_under(case, rule) for rule in ("conservative", "informative", "representative")}
    killed = {rule: row["figures"]["killed"] for rule, row in by_rule.items()}
    assert killed["conservative"]["best"] == 9
    assert killed["informative"]["best"] == 14
    assert {row["aggregation"] for row in by_rule.values()} == set(by_rule)


def strike_under(case: Case, rule):
    (row,) = case.events("type:ASSAULT denied", aggregation=rule)
    return row


def test_what_cannot_be_asked_is_said(case):
    with pytest.raises(BadFilter, match="claims or events"):
        case.claims("accounts>=2")
    with pytest.raises(NotFound, match="onrecord events"):
        case.event("e000")


def test_the_tables_stand_outside_what_is_verified(case):
    case.merge()
    assert case.verify().ok
    case.erase("lw-0908-1", reason="a court order", who="ada")
    assert case.verify().ok
    assert strike(case)["reports"] == 6


def test_a_published_copy_without_texts_still_knows_its_copies(case, tmp_path):
    with Case(case.publish(tmp_path / "published.case", quote_characters=400)) as copy:
        assert copy.report("lw-0908-1")["text"] is None
        assert [dict(r) for r in copy.events()] == [dict(r) for r in case.events()]
        assert copy.verify().ok


def test_an_erased_report_leaves_no_words_in_what_was_computed_from_it(case):
    case.merge()
    case.erase("gl-0908-2", reason="a court order", who="ada")
    connection = case.store.file.connection
    sketches = connection.execute("SELECT sketch FROM merge_claims JOIN reports USING (report) WHERE text IS NULL")
    assert {row[0] for row in sketches} == {""}
    left = "SELECT count(*) FROM events e WHERE NOT EXISTS (SELECT 1 FROM event_values v WHERE v.event = e.event)"
    assert connection.execute(left).fetchone()[0] > 0
    assert strike(case)["reports"] == 6
    assert connection.execute(left).fetchone()[0] == 0


def test_events_follow_what_is_corrected_of_places_and_actors_and_back(case):
    before = list(case.events("happened:yes,no"))
    place_id = strike(case)["place"]["place_id"]
    hand = case.curator("ada")
    hand.confirm(place_id, "so it is")
    (moment,) = (c["recorded_at"] for c in case.corrections())
    moved = hand.locate(place_id, 36.2, 37.16, "the market of another town", name="Aleppo market")
    named = hand.rename("SYR.mil", "Army of Syria", "as it calls itself")
    assert (strike(case)["place"]["name"], strike(case)["place"]["lat"]) == ("Aleppo market", 36.2)
    attackers = {a["name"] for row in case.events("happened:yes,no") for a in row["actor"]}
    assert "Army of Syria" in attackers
    assert "Syrian Arab Army" not in attackers
    # The accounts say what they said; an earlier moment does not know of it.
    accounts = case.event(strike(case)["event_id"])["claim_list"]
    assert all(c["place"] is None or c["place"]["name"] != "Aleppo market" for c in accounts)
    assert list(case.events("happened:yes,no", as_of=moment)) == before
    hand.undo(moved, "it was right")
    hand.undo(named, "it was right")
    assert list(case.events("happened:yes,no")) == before


def test_claims_of_two_names_meet_once_they_are_one_actor(case):
    first, second = "SYR.mfa", "SYR.gov"
    accused = {a["actor_id"] for row in case.events("type:ACCUSE happened:yes,no") for a in row["actor"]}
    assert {first, second} <= accused
    case.curator("ada").merge([second, first], "the ministry speaks for it")
    after = {a["actor_id"] for row in case.events("type:ACCUSE happened:yes,no") for a in row["actor"]}
    assert second in after
    assert first not in after
