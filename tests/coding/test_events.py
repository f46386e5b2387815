"""What is coded as which event, with whom, where and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from layered import attribution, build, words

from onrecord.coding import code_claims
from onrecord.lexicon.coding import CodingLexicon
from onrecord.model import Credit, EventClaim, Span

Coder = Callable[..., list[EventClaim]]


def only(claims: list[EventClaim]) -> EventClaim:
    assert len(claims) == 1, [(c.event_type, c.trigger.text) for c in claims]
    return claims[0]


def test_an_active_and_its_passive_are_the_same_event(coded: Coder) -> None:
    actors = {"The army": "XAA MIL", "the village": "XAA CVL"}
    active = only(coded("The army shelled the village.", actors=actors))
    passive = only(
        coded("The village was shelled by the army.", actors={"The village": "XAA CVL", "the army": "XAA MIL"})
    )
    for claim in (active, passive):
        assert claim.event_type == "ASSAULT"
        assert "heavy-weapons" in claim.modes
        assert [w and w.casefold() for w in words(claim.actor)] == ["the army"]
        assert [w and w.casefold() for w in words(claim.recipient)] == ["the village"]


def test_a_strike_and_its_toll_are_one_event(coded: Coder) -> None:
    text = "Warplanes carried out air strikes on the town, killing five people and wounding 20."
    claim = only(coded(text, actors={"Warplanes": "XAA MIL", "five people": "- CVL"}))
    assert claim.event_type == "ASSAULT"
    assert "aerial" in claim.modes
    assert "five people" in words(claim.recipient)


def test_people_killed_in_clashes_are_one_event(coded: Coder) -> None:
    text = "Six soldiers were killed in clashes with rebels near Tolva."
    claim = only(coded(text, actors={"Six soldiers": "XAA MIL", "rebels": "- REB"}, places={"Tolva": "town"}))
    assert words(claim.actor) == ["rebels"]
    assert words(claim.recipient) == ["Six soldiers"]
    assert claim.place is not None
    assert claim.place.text == "Tolva"


def test_owned_weapons_are_the_instrument_and_their_owner_the_actor(coded: Coder) -> None:
    text = "The army said nothing, but its jets bombed a clinic in Tolva."
    claims = coded(text, actors={"The army": "XAA MIL"}, references={"its": "The army"})
    claim = next(c for c in claims if c.trigger.text == "bombed")
    assert [a.actor_id for a in claim.actor] == ["x.the army"]
    assert claim.actor[0].basis == "coreference"
    assert claim.actor[0].via is not None
    assert [s.text for s in claim.instrument] == ["its jets"]


def test_parties_of_a_meeting_are_all_actors(coded: Coder) -> None:
    text = "The foreign ministers of Arda and Belor met in Tolva on Monday."
    claim = only(coded(text, actors={"Arda": "XAA", "Belor": "XBB"} | {"The foreign ministers": "XAA GOV"}))
    assert claim.event_type == "CONSULT"
    claim = only(coded("Arda held talks with Belor.", actors={"Arda": "XAA", "Belor": "XBB"}))
    assert sorted(filter(None, words(claim.actor))) == ["Arda", "Belor"]
    assert claim.recipient == ()


def test_the_name_beside_a_description_is_the_actor(coded: Coder) -> None:
    text = "Police arrested the opposition leader, Ana Torv, on Monday."
    claim = only(coded(text, actors={"Police": "- COP", "Ana Torv": "XAA OPP"}))
    assert claim.event_type == "COERCE"
    assert words(claim.recipient) == ["Ana Torv"]


def test_a_subordinate_verb_is_no_second_happening(coded: Coder) -> None:
    text = "Arda threatened to bomb Belor."
    claims = coded(text, actors={"Arda": "XAA", "Belor": "XBB"})
    threat = next(c for c in claims if c.event_type == "THREATEN")
    assert threat.modality.mood == "asserted"
    assert words(threat.recipient) == ["Belor"]
    for claim in claims:
        if claim is threat:
            continue
        assert claim.modality.mood == "threatened"
        assert claim.modality.factuality <= 2
        assert [(k.claim_id, k.kind) for k in claim.links] == [(threat.key, "content_of")]


def test_a_refusal_is_one_claim(coded: Coder) -> None:
    text = "The rebels refused to hand over their weapons."
    claim = only(coded(text, actors={"The rebels": "XAA REB"}))
    assert claim.event_type == "REJECT"
    assert claim.modality.polarity == "positive"


def test_will_not_is_a_refusal(coded: Coder) -> None:
    text = "We will not withdraw our troops from the valley."
    claim = only(coded(text, references={}, actors={"We": "XAA REB", "our troops": "XAA MIL"}))
    assert (claim.event_type, claim.modality.polarity, claim.modality.mood) == (
        "REJECT",
        "positive",
        "asserted",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Arda beat Belor 3-1 in the semi-final on Saturday after a late goal by the striker.",
        "A storm hit the coast on Monday.",
        "Shares in the bank tumbled after an attack of nerves.",
        "The chef killed the lights and served dessert.",
        "The singer will launch a new album.",
    ],
)
def test_sport_weather_and_business_are_no_events(coded: Coder, text: str) -> None:
    assert coded(text) == []


def test_a_candidate_not_coded_says_why(rejected: Coder) -> None:
    dropped = rejected("The columnist attacked the new opera.")
    assert dropped
    assert all(c.status == "rejected" and c.reason for c in dropped)


def test_rationale_names_the_row_of_the_lexicon(coded: Coder) -> None:
    claim = only(coded("Police arrested two students.", actors={"Police": "- COP", "two students": "- CVL"}))
    assert claim.rationale is not None
    assert claim.rationale.rule.startswith("triggers/coerce.csv:")
    assert claim.confidence is not None
    assert 0 < claim.confidence < 1


def test_time_of_the_event_not_of_the_saying(coded: Coder) -> None:
    text = "The ministry said on Tuesday that rebels had attacked the base on Sunday."
    claims = coded(
        text,
        actors={"The ministry": "XAA GOV", "rebels": "- REB", "the base": "XAA MIL"},
        times={"Tuesday": "2021-03-09", "Sunday": "2021-03-07"},
        attributions=(attribution(text, "The ministry", "said", "that rebels had attacked the base on Sunday"),),
    )
    claim = only(claims)
    assert claim.time is not None
    assert claim.time.text == "Sunday"


def test_history_is_marked_as_background(coded: Coder) -> None:
    text = "Troops attacked the port on Sunday. Rebels attacked the same port in 2011."
    claims = coded(
        text,
        actors={"Troops": "XAA MIL", "Rebels": "XAA REB"},
        times={"Sunday": "2021-03-07", "2011": "2011-01-01/2011-12-31"},
        published="2021-03-09",
    )
    assert [c.background for c in claims] == [False, True]


def test_dateline_place_is_inferred_and_says_so(coded: Coder) -> None:
    text = "TOLVA — Gunmen killed two teachers."
    credit = Credit(kind="dateline", text="TOLVA — ", span=Span(0, 8), place=Span(0, 5))
    claim = only(coded(text, actors={"Gunmen": "- UAF"}, places={"TOLVA": "town"}, credits=(credit,)))
    assert claim.place is not None
    assert (claim.place.basis, claim.place.span) == ("inferred", None)
    assert claim.place.why


def test_every_slot_re_reads(lexicon: CodingLexicon) -> None:
    text = (
        "Soldiers stormed the university in Tolva on Monday and beat students with batons. "
        "The rector, who had called for calm, was detained. He denied the charges."
    )
    layers = build(
        text,
        actors={"Soldiers": "XAA MIL", "students": "- CVL", "The rector": "- EDU"},
        places={"Tolva": "town"},
        times={"Monday": "2021-03-08"},
        references={"He": "The rector"},
    )
    claims, dropped = code_claims(layers, lexicon)
    assert claims
    for claim in (*claims, *dropped):
        assert isinstance(claim, EventClaim)
        slots = [claim.trigger, *claim.actor, *claim.recipient, *claim.instrument]
        slots += [s for s in (claim.object, claim.place, claim.time) if s is not None]
        assert claim.span.of(text) == claim.text
        for slot in slots:
            if slot.span is not None and not slot.spans:
                assert slot.span.of(text) == slot.text


def test_coding_is_the_same_every_time(lexicon: CodingLexicon) -> None:
    layers = build("Gunmen attacked a bus and killed four soldiers.", actors={"Gunmen": "- UAF"})
    assert code_claims(layers, lexicon) == code_claims(layers, lexicon)


def test_failing_to_act_is_a_refusal_to_assist(coded: Coder) -> None:
    text = "Police did nothing to stop the arsonists."
    claims = coded(text, actors={"Police": "- COP"})
    claim = next(c for c in claims if c.trigger.text == "did")
    assert (claim.event_type, claim.modes, claim.modality.polarity) == ("REJECT", ("assist",), "positive")


def test_force_used_and_what_it_was_used_for_are_one_event(coded: Coder) -> None:
    text = "Police used tear gas to disperse protesters."
    claim = only(coded(text, actors={"Police": "- COP", "protesters": "- OPP"}))
    assert claim.event_type == "ASSAULT"
    assert words(claim.recipient) == ["protesters"]
    assert [s.text for s in claim.instrument] == ["tear gas"]


def test_deaths_in_accidents_are_no_attack(coded: Coder) -> None:
    assert coded("Two people were killed when a driver lost control and the truck overturned.") == []


def test_recipients_that_only_the_content_names(coded: Coder) -> None:
    text = "Arda demanded the withdrawal of Beloran troops from the coast."
    claims = coded(text, actors={"Arda": "XAA", "Beloran troops": "XBB MIL"})
    demand = next(c for c in claims if c.event_type == "REQUEST")
    assert words(demand.recipient) == ["Beloran troops"]


def test_police_sentries_are_police(coded: Coder) -> None:
    claim = only(coded("Police sentries killed two raiders.", actors={"Police": "- COP"}))
    assert [a.sectors for a in claim.actor] == [("COP",)]
    assert words(claim.actor) == ["Police sentries"]


def test_places_of_other_clauses_are_left_alone(coded: Coder) -> None:
    text = "Rebels attacked a convoy near Tolva, two days after a summit in Karsk."
    claim = next(
        c
        for c in coded(text, actors={"Rebels": "- REB"}, places={"Tolva": "town", "Karsk": "town"})
        if c.event_type == "ASSAULT"
    )
    assert claim.place is not None
    assert claim.place.text == "Tolva"
