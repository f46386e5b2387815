"""Questions: each filter finds what it says, pages agree, and the past can be asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from small_case import LATER, RUN, coding

from onrecord.errors import CaseError

STRIKE, DENIAL, REFUSAL, HOLDS, TOLL, WEAK = range(6)


def found(store, line: str, **more) -> set[int]:
    """Numbers of the claims that *line* finds."""
    return {int(claim["claim_id"].rsplit("-", 1)[1]) for claim in store.all_claims(line, **more)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {STRIKE, DENIAL, REFUSAL, HOLDS, TOLL}),
        ("kind:event", {STRIKE, DENIAL, REFUSAL}),
        ("type:assault", {STRIKE, DENIAL}),
        ("type:ASSAULT,REJECT -mood:denied", {STRIKE, REFUSAL}),
        ("mode:aerial", {STRIKE, DENIAL}),
        ("context:military mood:asserted", {STRIKE}),
        ("measure:killed", {TOLL}),
        ("change:holds", {HOLDS}),
        ("status:rejected", {WEAK}),
        ("status:coded,rejected kind:control", {HOLDS, WEAK}),
        ("factuality>1", {STRIKE, REFUSAL, HOLDS, TOLL}),
        ("factuality=-3", {DENIAL}),
        ("confidence<0.5", {DENIAL}),
        ("actor:SYR_MIL", {STRIKE, DENIAL}),
        ("actor:SYR", {STRIKE, DENIAL}),
        ("actor:MIL", {STRIKE, DENIAL}),
        ('actor:"army of syria"', {STRIKE, DENIAL}),
        ("actor:army", {STRIKE, DENIAL}),
        ("actor=army", set()),
        ("actor:fighters", {HOLDS}),
        ("actor.sector:reb", {REFUSAL, HOLDS}),
        ("actor.country:syr", {STRIKE, DENIAL}),
        ("actor.id:DARWISH", {REFUSAL}),
        ("speaker:rescuers", {STRIKE}),
        ("speaker:Darwish", {REFUSAL}),
        ("speaker.group:FRONT", {REFUSAL}),
        ("-speaker:Darwish", {STRIKE, DENIAL, HOLDS, TOLL}),
        ("attributed:no", {HOLDS, TOLL}),
        ("cue:denies", {DENIAL}),
        ("channel:video", {REFUSAL}),
        ("caveat:unverified mood:asserted", {STRIKE}),
        ("place:idlib", {STRIKE, DENIAL}),
        ('place="dar qubba"', {STRIKE, DENIAL}),
        ("place=qubba", set()),
        ("place:qubba", {STRIKE, DENIAL}),
        ("place:SYR", {STRIKE, DENIAL}),
        ("place.admin1:Idlib", {STRIKE, DENIAL}),
        ("place.id:geonames:1", {STRIKE, DENIAL}),
        ("place:quarter", {HOLDS}),
        ("precision:town", {STRIKE, DENIAL}),
        ("within:35.9,36.6,10km", {STRIKE, DENIAL}),
        ("within:35.9,36.6,3km", set()),
        ("within:35.9,36.6,4310m", {STRIKE, DENIAL}),
        ("bbox:36.5,35.5,37,36", {STRIKE, DENIAL}),
        ("bbox:37,35.5,36.7,36", {STRIKE, DENIAL}),
        ("bbox:170,35.5,-170,36", set()),
        ("from:2018-08-21 to:2018-08-21", {STRIKE, DENIAL}),
        ("from:2018-08-22", set()),
        ("killed>=12 kind:event", {STRIKE, DENIAL}),
        ("killed>12 kind:event", set()),
        ("killed=20 kind:event", {STRIKE, DENIAL}),
        ("killed<=50", set()),
        ("killed>100000", {TOLL}),
        ("has:coordinates", {STRIKE, DENIAL}),
        ("has:place -has:coordinates", {HOLDS}),
        ("has:figures", {STRIKE, DENIAL, TOLL}),
        ("has:speaker", {STRIKE, DENIAL, REFUSAL}),
        ("outlet:courier", {STRIKE, DENIAL, REFUSAL, HOLDS, TOLL}),
        ("outlet:post", set()),
        ("published>=2018-08-22 kind:figure", {TOLL}),
        ("published<2018-08-22", set()),
        ("report:r1 claim:cr1-run1-2", {REFUSAL}),
        ("rifles", {REFUSAL}),
        ('"hand over"', {REFUSAL}),
        ('"over hand"', set()),
        ("rif*", {REFUSAL}),
        ("report.words:rescuers kind:control", {HOLDS}),
        ("title:strike kind:control", {HOLDS}),
        ("AND OR NOT", set()),
        ("“…”", {STRIKE, DENIAL, REFUSAL, HOLDS, TOLL}),
    ],
)
def test_filters_find_what_they_say(store, line, expected):
    assert found(store, line) == expected
    assert store.count(line) == len(expected)


def test_rejected_candidates_are_hidden_unless_asked_for(store):
    assert found(store, "", rejected=True) == {WEAK}
    (claim,) = store.claims(rejected=True).items
    assert (claim["status"], claim["reason"]) == ("rejected", "no verb of holding")


def test_a_slip_in_a_type_is_told_and_a_type_without_claims_is_not_a_slip(store):
    with pytest.raises(CaseError, match=r"no type is called 'ASSUALT'. There are: .*ASSAULT"):
        store.claims("type:ASSUALT")
    assert found(store, "type:PROTEST mode:riot context:economic") == set()


def test_words_of_a_filter_are_never_sql(store):
    for line in ('actor:"x\' OR 1=1 --"', 'outlet:"\') OR (1"', "\"a' OR 'b\"", "report:%", "claim:_"):
        assert found(store, line) == set()


def test_a_claim_comes_with_its_words_and_its_report(store):
    claim = store.claims("type:REJECT").items[0]
    assert claim["object"]["text"] == "a single rifle"
    assert claim["chain"][1]["cue"] == {
        "text": "said",
        "span": claim["chain"][1]["cue"]["span"],
        "class": "says",
    }
    assert claim["report"]["outlet"] == "Northern Courier"
    assert claim["recorded_at"].startswith("2026-03-01T12:")
    assert claim["review"] is None


def test_pages_hold_everything_once_in_any_order_while_others_write(store):
    with store.writer(RUN) as writer:
        for number in range(2, 9):
            writer.add(coding(f"r{number}", published=f"2018-08-{30 - number}"))
        for order in ("recorded", "time", "-time", "published", "-published", "confidence", "-confidence"):
            every = [c["claim_id"] for c in store.claims(order=order, limit=10_000).items]
            paged, cursor, more = [], None, 0
            while True:
                page = store.claims(order=order, limit=23, after=cursor)
                paged += [c["claim_id"] for c in page.items]
                writer.add(coding(f"{order}{more}"))
                more += 1
                cursor = page.next
                if cursor is None:
                    break
            assert paged == every
            assert len(set(paged)) == len(paged)


def test_a_cursor_of_another_question_is_refused(store):
    cursor = store.claims(limit=1).next
    with pytest.raises(CaseError, match="another question"):
        store.claims("kind:event", after=cursor)
    with pytest.raises(CaseError, match="not one of ours"):
        store.claims(after="abc")


def test_the_latest_run_of_each_report_is_shown_and_earlier_ones_can_be_asked_for(store):
    with store.writer(RUN) as writer:
        writer.add(coding("r2"))
    before = store.file.clock.moment
    with store.writer(LATER) as writer:
        writer.add(coding("r1", LATER))
    assert {c["run_id"] for c in store.all_claims("report:r1")} == {"run2"}
    assert {c["run_id"] for c in store.all_claims("report:r2")} == {"run1"}
    assert {c["run_id"] for c in store.all_claims("report:r1", as_of=before)} == {"run1"}
    assert store.count(run="run1") == 10
    assert store.count("run:run1") == 10
    assert store.count(run="all") == 15
    assert store.coding("r1").run_id == "run2"
    assert store.coding("r1", run="run1").run_id == "run1"


def test_the_past_is_as_it_was(store):
    moments = [store.file.clock.moment]
    with store.writer(RUN) as writer:
        for number in range(2, 6):
            writer.add(coding(f"r{number}"))
            moments.append(store.file.clock.moment)
    assert [store.count(as_of=moment) for moment in moments] == [5, 10, 15, 20, 25]
    assert [len(store.reports(as_of=moment)) for moment in moments] == [1, 2, 3, 4, 5]
    assert store.count(as_of=datetime.now(UTC)) == store.count()
    assert store.count(as_of="2026-03-01") == 25
    assert store.count(as_of="2026-02-28") == 0
    assert store.count(as_of=moments[1].isoformat().replace("+00:00", "Z")) == 10
    with pytest.raises(CaseError, match="no moment"):
        store.count(as_of="last week")


def test_quotes_say_who_in_which_words_through_which_channel(store):
    (quote,) = store.quotes("speaker:Darwish").items
    assert (quote["speaker"], quote["speaker_id"], quote["cue"], quote["cue_class"]) == (
        "Sami Darwish",
        "DARWISH",
        "said",
        "says",
    )
    assert (quote["text"], quote["channel"]) == ("Nobody will hand over a single rifle", "video")
    assert (quote["form"], quote["outlet"], quote["published"]) == (
        "direct",
        "Northern Courier",
        "2018-08-22",
    )
    assert [q["speaker"] for q in store.all_quotes("killed")] == ["Rescuers"]
    assert [q["speaker"] for q in store.all_quotes("-form:direct")] == ["Rescuers"]
    assert list(store.all_quotes("from:2018-08-23")) == []
    with pytest.raises(CaseError, match="ask of claims"):
        store.quotes("type:ASSAULT")


def test_reports_know_which_one_corrects_them(store):
    with store.writer(RUN) as writer:
        writer.add(coding("r2", replaces="r1", supplied_id="desk-7"))
    first, second = store.reports()
    assert (first["replaced_by"], second["replaced_by"], first["claims"], first["runs"]) == ("r2", None, 5, 1)
    assert store.report("desk-7")["report_id"] == "r2"
    assert store.report("r2")["text"].startswith("Rescuers said")
    assert [row["report_id"] for row in store.reports("report:desk-7")] == ["r2"]
    with pytest.raises(CaseError, match="several reports"):
        store.report("r")
    with pytest.raises(CaseError, match="no such report"):
        store.report("x")


def test_actors_and_places_are_counted(store):
    army = store.actors()[0]
    assert (army["actor_id"], army["did"], army["suffered"], army["said"]) == ("SYR_MIL", 2, 0, 0)
    assert [(p["name"], p["claims"]) for p in store.places()] == [
        ("Dar Qubba", 2),
        ("the old quarter", 1),
    ]
