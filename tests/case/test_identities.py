"""Who is who: provisional actors over a case, what people decide of them, and every earlier day as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from named_case import named
from small_case import LATER, RUN, Clock, coding

from onrecord.case.store import CaseStore
from onrecord.errors import BadReview, NotFound
from onrecord.ledger import Case

slow = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def case(tmp_path, clock):
    """Sami Darwish in five spellings and two countries, and others."""
    with CaseStore.open(tmp_path / "named.case", create=True, clock=clock) as found:
        with found.writer(RUN) as writer:
            writer.add(named("r1", "Sami Darwish", "SYR"))
            writer.add(named("r2", "Commander Sami al-Darwish"))
            writer.add(named("r3", "Omar Aziz", "SYR", pronoun=True))
            writer.add(named("r4", "Darwish", "SYR"))
            writer.add(coding("r5"))
        yield found


def ids(case, asked: str, **more) -> list[str]:
    return [row["report_id"] for row in case.all_claims(asked, **more)]


def row_of(case, actor_id: str, **more) -> dict:
    return next(row for row in case.actors(**more) if row["actor_id"] == actor_id)


def test_unknown_names_are_one_provisional_actor_over_reports(case):
    darwish = row_of(case, "p:sami-darwish:SYR")
    assert darwish["names"] == ["Sami al-Darwish", "Sami Darwish"]
    assert (darwish["did"], darwish["suffered"], darwish["said"]) == (4, 0, 2)
    assert (darwish["provisional"], darwish["status"], darwish["country"]) == (True, "provisional", "SYR")
    assert (darwish["first"], darwish["last"]) == ("2018-08-22", "2018-08-22")
    assert row_of(case, "SYR_MIL")["status"] == "registry"


def test_a_pronoun_counts_for_the_one_it_stands_for(case):
    aziz = row_of(case, "p:umar-aziz:SYR")
    assert (aziz["did"], aziz["said"]) == (2, 1)
    assert ids(case, "actor:Aziz") == ["r3", "r3"]
    assert [q["report_id"] for q in case.all_quotes('speaker:"Omar Aziz"')] == ["r3"]


def test_two_countries_keep_namesakes_apart_and_a_mention_without_one_stays_by_itself(case):
    with case.writer(RUN) as writer:
        writer.add(named("r6", "Sami Darwish", "IRQ"))
    found = {row["actor_id"]: row["did"] for row in case.actors() if row["provisional"]}
    assert found["p:sami-darwish:SYR"] == found["p:sami-darwish:IRQ"] == found["p:sami-darwish"] == 2
    assert ids(case, "actor.id:p:sami-darwish:IRQ") == ["r6", "r6"]


def test_an_actor_is_found_by_any_of_its_ids_and_names_those_who_may_be_the_same(case):
    found = case.actor("p:sami-darwish")
    assert found["actor_id"] == "p:sami-darwish:SYR"
    assert found["ids"] == ["p:sami-darwish:SYR", "p:sami-darwish"]
    assert {row["actor_id"] for row in found["similar"]} == {"p:darwish:SYR", "DARWISH"}
    with pytest.raises(NotFound, match="onrecord actors"):
        case.actor("p:nobody")


def test_questions_by_a_provisional_id_find_every_spelling(case):
    assert ids(case, "actor.id:p:sami-darwish:SYR") == ["r1", "r1", "r2", "r2"]
    assert ids(case, "actor:p:sami-darwish") == ["r1", "r1", "r2", "r2"]


def test_a_merge_is_seen_by_every_question_and_taken_back(case, clock):
    before = clock.moment
    made = case.curator("Ines").merge(["p:sami-darwish:SYR", "p:darwish:SYR", "DARWISH"], "same man, see r5")
    merged = row_of(case, "DARWISH")
    assert (merged["did"], merged["said"], merged["provisional"]) == (6, 3, False)
    assert set(merged["names"]) == {"Sami Darwish", "Sami al-Darwish", "Darwish"}
    everywhere = ["r1", "r1", "r2", "r2", "r4", "r5"]
    assert ids(case, "actor.id:DARWISH") == ids(case, "actor.id:p:darwish:SYR") == everywhere
    assert ids(case, "actor:al-Darwish") == everywhere
    assert ids(case, "-actor.id:DARWISH report:r1,r5")[:1] == ["r5"]
    assert [q["report_id"] for q in case.all_quotes("speaker.id:DARWISH")] == ["r1", "r2", "r5"]
    assert ids(case, "actor.id:DARWISH", as_of=before) == ["r5"]
    assert row_of(case, "p:darwish:SYR", as_of=before)["did"] == 1
    case.curator("Ines").undo(made, "another man after all")
    assert ids(case, "actor.id:DARWISH") == ["r5"]
    assert case.corrections(id_="p:umar-aziz:SYR") == []
    assert [(c["action"], c["holds"], c["reviewer"], c["why"]) for c in case.corrections()] == [
        ("merge", False, "Ines", "same man, see r5"),
        ("undo", True, "Ines", "another man after all"),
    ]


def test_a_confirmed_actor_has_the_values_that_it_was_given(case):
    case.curator("Ines").confirm("p:umar-aziz:SYR", "knows him", country="TUR", sectors=["MIL"], group="grp.x")
    aziz = row_of(case, "p:umar-aziz:SYR")
    assert (aziz["status"], aziz["country"], aziz["sectors"], aziz["group"]) == ("confirmed", "TUR", ["MIL"], "grp.x")
    assert ids(case, "actor.country:TUR") == ids(case, "actor:TUR actor:MIL") == ["r3", "r3"]
    assert "r3" not in ids(case, "actor.country:SYR")
    assert ids(case, "actor.group:grp.x actor.sector:MIL") == ["r3", "r3"]


def test_a_new_name_is_found_beside_the_old_one(case):
    case.curator("Ines").rename("p:umar-aziz:SYR", "Omar the Elder", "his nom de guerre")
    assert ids(case, "actor:Elder") == ids(case, "actor:Aziz") == ids(case, 'actor="Omar the Elder"') == ["r3", "r3"]
    assert row_of(case, "p:umar-aziz:SYR")["names"] == ["Omar the Elder", "Omar Aziz"]


def test_mentions_of_some_reports_are_split_off(case, clock):
    case.curator("Ines").split("p:sami-darwish:SYR", "a namesake", reports=["r2"])
    other = case.corrections()[-1]["split_id"]
    assert ids(case, "actor.id:p:sami-darwish:SYR") == ["r1", "r1"]
    assert ids(case, f"actor.id:{other}") == ["r2", "r2"]
    assert (row_of(case, "p:sami-darwish:SYR")["did"], row_of(case, other)["did"]) == (2, 2)
    assert [q["report_id"] for q in case.all_quotes(f"speaker.id:{other}")] == ["r2"]
    assert len(ids(case, "actor:Darwish")) == 6
    case.curator("Ines").merge([other, "p:umar-aziz:SYR"], "he is Aziz")
    assert row_of(case, other)["did"] == 4
    assert ids(case, "actor.id:p:umar-aziz:SYR") == ["r2", "r2", "r3", "r3"]


def test_mentions_under_some_names_are_split_off(case):
    case.curator("Ines").split("p:sami-darwish:SYR", "a namesake", names=["Sami al-Darwish"])
    other = case.corrections()[-1]["split_id"]
    assert ids(case, f"actor.id:{other}") == ["r2", "r2"]
    assert row_of(case, other)["names"] == ["Sami al-Darwish"]


def test_mentions_of_a_registered_actor_are_split_off(case):
    case.curator("Ines").split("SYR_MIL", "the army of another country", reports=["r5"])
    assert ids(case, "actor.id:SYR_MIL") == []
    assert row_of(case, case.corrections()[-1]["split_id"])["did"] == 2


def test_a_registered_actor_need_not_be_in_the_case_to_be_merged_with(case):
    case.curator("Ines").merge(["p:umar-aziz:SYR", "SYR.gov"], "he speaks for it")
    assert row_of(case, "SYR.gov")["provisional"] is False
    assert ids(case, "actor.id:SYR.gov") == ["r3", "r3"]


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda hand: hand.merge(["p:sami-darwish:SYR"], "x"), "two ids"),
        (lambda hand: hand.merge(["p:sami-darwish:SYR", "p:nobody"], "x"), "no such actor"),
        (lambda hand: hand.merge(["p:sami-darwish:SYR", "geonames:1"], "x"), "one kind"),
        (lambda hand: hand.confirm("p:sami-darwish:SYR", " "), "Say why"),
        (lambda hand: hand.confirm("p:sami-darwish:SYR", "x", colour="red"), "no value"),
        (lambda hand: hand.confirm("p:sami-darwish:SYR", "x", country="Syria"), "three capitals"),
        (lambda hand: hand.rename("p:sami-darwish:SYR", "", "x"), "empty"),
        (lambda hand: hand.split("p:sami-darwish:SYR", "x"), "either"),
        (lambda hand: hand.split("geonames:1", "x", reports=["r5"]), "actors only"),
        (lambda hand: hand.locate("p:sami-darwish:SYR", 1, 2, "x"), "places only"),
        (lambda hand: hand.locate("geonames:1", 91, 2, "x"), "no point"),
        (lambda hand: hand.undo("k0", "x"), "there is none"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_writes_nothing(case, act, error):
    with pytest.raises((BadReview, NotFound), match=error):
        act(case.curator("Ines"))
    assert case.corrections() == []


def test_a_place_that_was_not_found_is_found_by_a_person(case, clock):
    assert [(p["place_id"], p["claims"], p["provisional"]) for p in case.places()][:2] == [
        ("u:dar-qubba", 8, True),
        ("geonames:1", 2, False),
    ]
    before = clock.moment
    case.curator("Ines").merge(["u:dar-qubba", "geonames:1"], "the same town")
    assert next((p["place_id"], p["claims"]) for p in case.places()) == ("geonames:1", 10)
    assert len(ids(case, "within:35.93,36.63,5km")) == len(ids(case, "place.id:geonames:1")) == 10
    assert len(ids(case, "bbox:36,35,37,36")) == 10
    assert len(ids(case, "within:35.93,36.63,5km", as_of=before)) == 2
    assert len(ids(case, "place.admin1:Idlib place:SYR")) == 10
    case.curator("Ines").locate("u:the-old-quarter", 35.9, 36.6, "from the map", country="SYR")
    assert ids(case, "place.id:u:the-old-quarter") == ids(case, "within:35.9,36.6,100m place.country:SYR") == ["r5"]
    case.curator("Ines").locate("geonames:1", 10.0, 20.0, "another town of that name")
    assert ids(case, "within:35.93,36.63,1km") == []
    assert case.place("u:dar-qubba")["lat"] == 10.0


def test_a_place_tells_who_held_it_by_whose_word(case):
    held = case.place("u:dar-qubba")["control"]
    assert [(c["change"], c["holders"][0]["actor_id"], c["outlet"]) for c in held][:2] == [
        ("takes", "p:sami-darwish:SYR", "Northern Courier"),
        ("takes", "p:sami-darwish:SYR", "Northern Courier"),
    ]
    assert case.places(control=False)[0]["control"] == []


def test_corrections_are_told_verified_published_and_go_with_an_erased_report(case, clock, tmp_path):
    before = clock.moment
    case.curator("Ines").merge(["p:umar-aziz:SYR", "DARWISH"], "one man")
    assert [str(c).partition("Z ")[2] for c in case.diff(before)] == [
        "Ines: merge actor p:umar-aziz:SYR, DARWISH (one man)"
    ]
    assert case.verify().problems == []
    with CaseStore.open(case.publish(tmp_path / "public.case")) as public:
        assert public.verify().problems == []
        assert public.corrections()[0]["reviewer"] == "reviewer 1"
        assert [(a["actor_id"], a["did"]) for a in public.actors()] == [
            (a["actor_id"], a["did"]) for a in case.actors()
        ]
    case.erase("r3", reason="a person's request", who="Lead")
    assert case.verify().problems == []
    assert case.corrections()[0]["members"] == []
    assert "ziz" not in case.file.path.read_bytes().decode("latin-1")
    assert ids(case, "actor.id:DARWISH") == ["r5"]


NAMES = ("Sami Darwish", "Sami al-Darwish", "Col. Sami Darwish", "Omar Aziz", "Umar Aziz", "Darwish")
made = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from((None, "SYR", "IRQ"))), min_size=1, max_size=6)


@slow
@given(made, st.randoms())
def test_who_is_one_actor_does_not_depend_on_the_order_of_reports(tmp_path_factory, mentions, chance):
    folder = tmp_path_factory.mktemp("order")
    codings = [named(f"r{n}", *mention) for n, mention in enumerate(mentions)]
    shuffled = list(codings)
    chance.shuffle(shuffled)
    found = []
    for number, order in enumerate((codings, shuffled)):
        with CaseStore.open(folder / f"{number}.case", create=True, clock=Clock()) as store:
            with store.writer(RUN) as writer:
                for one in order:
                    writer.add(one)
            by_question = {a["actor_id"]: sorted(ids(store, f"actor.id:{a['actor_id']}")) for a in store.actors()}
            found.append((store.actors(), by_question))
            assert all(len(by_question[a["actor_id"]]) == a["did"] for a in store.actors())
    assert found[0] == found[1]


work = st.lists(
    st.tuples(
        st.sampled_from(["add", "again", "merge", "confirm", "rename", "split", "undo"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=2,
    max_size=10,
)


@slow
@given(work)
def test_every_earlier_day_has_the_actors_that_it_had(tmp_path_factory, steps):
    clock = Clock()
    with CaseStore.open(tmp_path_factory.mktemp("days") / "a.case", create=True, clock=clock) as store:
        states = []
        for step, one, other in [("add", 0, 0), *steps]:
            do(store, step, one, other)
            states.append((clock.moment, shown(store)))
        for moment, state in states:
            assert shown(store, as_of=moment) == state
        assert store.verify().problems == []


def do(store, step: str, one: int, other: int) -> None:
    """One step of work; those that fit nothing do nothing."""
    hand, actors = store.curator("Ines"), [a["actor_id"] for a in store.actors()]
    if step in ("add", "again"):
        run = RUN if step == "add" else LATER
        with store.writer(run) as writer:
            writer.add(replace(named(f"r{one}", NAMES[one], (None, "SYR", "IRQ")[one % 3], run=run)))
    elif step == "undo":
        held = [c for c in store.corrections() if c["holds"] and c["action"] != "undo"]
        if held:
            hand.undo(held[one % len(held)]["correction_id"], "after all")
    elif step == "merge":
        if len(actors) > 1 and actors[one % len(actors)] != actors[other % len(actors)]:
            hand.merge([actors[one % len(actors)], actors[other % len(actors)]], "same")
    elif step == "split":
        hand.split(
            actors[one % len(actors)], "another", reports=[store.reports()[other % len(store.reports())]["report_id"]]
        )
    elif step == "confirm":
        hand.confirm(actors[one % len(actors)], "known", country=("SYR", "TUR")[other % 2])
    else:
        hand.rename(actors[one % len(actors)], f"Name {other}", "so called")


def shown(store, as_of=None):
    """What is asked of actors."""
    actors = store.actors(as_of=as_of)
    return (
        actors,
        {a["actor_id"]: ids(store, f"actor.id:{a['actor_id']}", as_of=as_of) for a in actors},
        ids(store, "actor:Darwish", as_of=as_of),
        ids(store, "actor.country:SYR", as_of=as_of),
        [c["correction_id"] for c in store.corrections(as_of=as_of) if c["holds"]],
    )


def test_events_are_found_by_actors_and_places_as_people_said_they_are(case):
    with Case(case.file.path) as ledger:
        hand = ledger.curator("Ines")
        hand.merge(["p:umar-aziz:SYR", "DARWISH"], "one man")
        hand.locate("u:dar-qubba", 35.5, 36.5, "from the map")
        of_him = ledger.events("actor.id:DARWISH happened:yes,no")
        assert {row["event_type"] for row in of_him} >= {"COERCE"}
        assert len(ledger.events("within:35.5,36.5,1km")) == len(ledger.events("place.id:u:dar-qubba")) > 0
        assert len(ledger.events("-actor.id:p:umar-aziz:SYR")) < len(ledger.events())
