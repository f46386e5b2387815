"""How firmly an event is held, and by whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from layered import attribution, build

import onrecord
from onrecord.coding import token_factuality
from onrecord.lexicon.coding import CodingLexicon
from onrecord.model import EventClaim

Coder = Callable[..., list[EventClaim]]

ACTORS = {"soldiers": "XAA MIL", "protesters": "- CVL"}


@pytest.mark.parametrize(
    ("text", "mood", "polarity", "low", "high"),
    [
        ("On Monday soldiers attacked protesters.", "asserted", "positive", 2.5, 3),
        ("On Monday soldiers did not attack protesters.", "asserted", "negative", -3, 0),
        ("The soldiers may have attacked protesters.", "asserted", "positive", 0, 2),
        ("Next week soldiers will attack protesters.", "planned", "positive", 0, 2),
        ("If soldiers attack protesters, talks stop.", "conditional", "positive", -1, 2),
        ("The soldiers failed to attack protesters.", "asserted", "negative", -3, 0),
        ("Did soldiers attack protesters?", "questioned", "positive", -1, 1),
        ("The soldiers reportedly attacked protesters.", "asserted", "positive", 0, 2),
    ],
)
def test_mood_polarity_and_factuality(
    coded: Coder, text: str, mood: str, polarity: str, low: float, high: float
) -> None:
    claims = coded(text, actors=ACTORS)
    claim = next(c for c in claims if c.event_type == "ASSAULT")
    assert (claim.modality.mood, claim.modality.polarity) == (mood, polarity)
    assert low <= claim.modality.factuality <= high


def test_nothing_that_has_yet_to_happen_is_above_two(coded: Coder) -> None:
    text = "The rebels vowed to attack the port, demanded that soldiers leave and plan to seize the bridge."
    for claim in coded(text, actors={"The rebels": "XAA REB", "soldiers": "XAA MIL"}):
        if claim.modality.mood not in {"asserted", "denied"}:
            assert claim.modality.factuality <= 2


def test_a_denial_holds_against_what_others_claim(coded: Coder) -> None:
    text = "The army denied that its jets had killed 12 farmers, as rescuers had claimed."
    clause = "its jets had killed 12 farmers"
    claims = coded(
        text,
        actors={"The army": "XAA MIL", "rescuers": "- SOC"},
        references={"its": "The army"},
        attributions=(
            attribution(text, "The army", "denied", f"{clause}, as rescuers had claimed", "denies"),
            attribution(text, "rescuers", "had claimed", clause, "claims", parent=0),
        ),
    )
    by_source = {c.chain[-1].source.text: c for c in claims if c.chain[-1].source is not None}
    army, rescuers = by_source["The army"], by_source["rescuers"]
    assert (army.modality.mood, army.modality.polarity, army.modality.factuality) == (
        "denied",
        "positive",
        -3,
    )
    assert (rescuers.modality.mood, rescuers.modality.factuality) == ("asserted", 3)
    assert [len(c.chain) for c in (army, rescuers)] == [2, 2]
    assert [(k.claim_id, k.kind) for k in army.links] == [(rescuers.key, "denies")]
    assert army.outlet_factuality is None
    assert rescuers.outlet_factuality is None


def test_the_outlet_commits_to_what_is_confirmed(coded: Coder) -> None:
    text = "The ministry confirmed that soldiers had attacked protesters."
    content = "soldiers had attacked protesters"
    actors = {"The ministry": "XAA GOV", **ACTORS}
    told = coded(
        text,
        actors=actors,
        attributions=(attribution(text, "The ministry", "confirmed", content, "confirms"),),
    )
    said = coded(text, actors=actors, attributions=(attribution(text, "The ministry", "confirmed", content, "says"),))
    assert [c.outlet_factuality for c in told if c.event_type == "ASSAULT"] == [3]
    assert [c.outlet_factuality for c in said if c.event_type == "ASSAULT"] == [None]


def test_factuality_layer_has_a_number_for_each_predicate(lexicon: CodingLexicon) -> None:
    text = "Soldiers attacked the port but did not enter it."
    layers = build(text)
    values = token_factuality(layers, lexicon)
    assert len(values) == len(layers.parse.tokens)
    by_word = {t.text: v for t, v in zip(layers.parse.tokens, values, strict=True)}
    assert by_word["the"] is None
    assert (by_word["attacked"] or 0) > 2
    assert (by_word["enter"] or 0) < 0


def test_tense(coded: Coder) -> None:
    for text, tense in [
        ("On Monday soldiers attacked protesters.", "past"),
        ("In the north soldiers are attacking protesters.", "ongoing"),
        ("Next week soldiers will attack protesters.", "future"),
    ]:
        claim = next(c for c in coded(text, actors=ACTORS) if c.event_type == "ASSAULT")
        assert claim.modality.tense == tense


@pytest.mark.parametrize(
    ("text", "word", "mood", "polarity"),
    [
        ("Protesters gathered on Sunday to demand the release of two teachers.", "demand", "asserted", "positive"),
        ("The army deployed tanks to attack the rebels.", "attack", "planned", "positive"),
        ("The army shelled the port rather than attack the village.", "attack", "asserted", "negative"),
        ("The court decided against releasing the prisoners.", "releasing", "asserted", "negative"),
        ("The rebels were not able to attack the town.", "attack", "conditional", "negative"),
        ("The summit between Kenya and Somalia is unlikely to take place in May.", "summit", "forecast", "positive"),
        ("It was unlikely that Chad would attack Sudan.", "attack", "forecast", "positive"),
        ("Militants could attack the capital before the vote.", "attack", "forecast", "positive"),
        ("The soldiers could have killed the hostages.", "killed", "conditional", "positive"),
        (
            "Police offered a reward for information leading to the arrest of the bombers.",
            "arrest",
            "conditional",
            "positive",
        ),
        ("Why did the army shell the hospital?", "shell", "asserted", "positive"),
        ("Will the army shell the hospital?", "shell", "planned", "positive"),
        ("It is unclear whether the army shelled the hospital.", "shelled", "questioned", "positive"),
        ("The union ordered all workers arrested last week to be paid.", "arrested", "asserted", "positive"),
        ("Kenya to send troops to Haiti", "send", "planned", "positive"),
        ("If elected, she said, she would withdraw troops from Mali.", "withdraw", "conditional", "positive"),
        ("The minister favoured expelling the ambassador of Chad.", "expelling", "demanded", "positive"),
        ("Rebels are going to attack the port.", "attack", "planned", "positive"),
        ("The generals did not say how to attack the port.", "attack", "planned", "positive"),
        ("The committee recommended that Kenya withdraw its troops from Somalia.", "withdraw", "demanded", "positive"),
        ("Police would often beat protesters in the square.", "beat", "asserted", "positive"),
    ],
)
def test_kinds_of_telling_that_are_easily_taken_for_others(text: str, word: str, mood: str, polarity: str) -> None:
    config = onrecord.Config(encoder=False)
    found = onrecord.code(text, published="2024-05-04", config=config).claims
    claims = [c for c in found if isinstance(c, EventClaim) and c.trigger is not None and c.trigger.text == word]
    assert claims
    assert {(c.modality.mood, c.modality.polarity) for c in claims} == {(mood, polarity)}


def test_what_came_before_is_past_whatever_the_clause_tells(coded: Coder) -> None:
    claims = coded("Mayor speaks out after soldiers' attack on protesters", actors=ACTORS)
    assert [c.modality.tense for c in claims if c.event_type == "ASSAULT"] == ["past"]


def test_negated_claims_lie_below_zero_with_the_encoder_too() -> None:
    text = (
        "The court decided against releasing the prisoners. The army shelled the port rather than attack the village."
    )
    found = onrecord.code(text, published="2024-05-04").claims
    claims = [c for c in found if isinstance(c, EventClaim) and c.modality.polarity == "negative"]
    assert [c.trigger.text for c in claims if c.trigger is not None] == ["releasing", "attack"]
    assert all(c.modality.factuality < 0 for c in claims)


def test_adverbs_and_capitals_that_stand_for_verbs_have_a_number(lexicon: CodingLexicon) -> None:
    layers = build("Check the list and forward to me.")
    values = token_factuality(layers, lexicon)
    by_word = {t.text: v for t, v in zip(layers.parse.tokens, values, strict=True)}
    assert by_word["forward"] is not None
