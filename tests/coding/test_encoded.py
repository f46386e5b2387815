"""Incidents: the head's fillers stand in the claims with words that re-read, and leave other news alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from layered import build

from onrecord.coding import code_claims
from onrecord.coding.encoded import Filler, choose, find_fillers
from onrecord.coding.encoded_signs import Candidate
from onrecord.lexicon.coding import load_coding
from onrecord.lexicon.incidents import load_incidents
from onrecord.model import Encoding, EventClaim, Layers
from onrecord.parse.encoder import OnnxEncoder

BOMBING = (
    "Guerrillas of the Red Dawn Front (RDF) dynamited the home of Judge Carlos Ruiz on Monday night, killing his "
    "driver, Pedro Lima. Two bombs also destroyed an electricity pylon near the town. The guerrillas fled in a truck."
)
COUNCIL = (
    "The council agreed on Tuesday to meet the mayor next week. Members praised the new library, and the treasurer "
    "said that the budget for roads would grow. The minister will visit the town in May to open the bridge."
)


@cache
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


def encoded(text: str) -> Layers:
    layers = build(text)
    return replace(layers, encoding=encoder().encode(layers.parse))


def events(layers: Layers) -> list[EventClaim]:
    return [c for c in code_claims(layers, load_coding())[0] if isinstance(c, EventClaim)]


def parts(claims: list[EventClaim]) -> list[tuple[str, str]]:
    return [(p.role, p.text or "") for c in claims if c.incident for p in c.incident.parts]


def test_what_was_hit_who_suffered_and_by_whom_is_told_with_words_that_re_read() -> None:
    claims = events(encoded(BOMBING))
    found = parts(claims)
    assert ("target", "home of Judge Carlos Ruiz") in found
    assert any(role == "victim" and "Pedro Lima" in text for role, text in found)
    assert any(role == "organisation" for role, _ in found)
    for claim in claims:
        for part in claim.incident.parts if claim.incident else ():
            assert part.span is not None
            assert part.span.of(BOMBING) == part.text
            assert part.score is not None
            assert 0 < part.score <= 1


def test_the_rationale_names_the_head_and_its_score() -> None:
    told = [c for c in events(encoded(BOMBING)) if c.incident]
    assert told
    for claim in told:
        assert claim.rationale is not None
        assert any(re.match(r"incident head: \w+ 0\.\d\d", note) for note in claim.rationale.notes)


def test_a_filler_named_twice_stands_once() -> None:
    found = [text.lower() for role, text in parts(events(encoded(BOMBING))) if role == "perpetrator"]
    assert len(found) == len(set(found))


def test_a_report_without_an_incident_has_none() -> None:
    layers = encoded(COUNCIL)
    assert find_fillers(layers.parse, layers.encoding, load_incidents()) == []
    assert parts(events(layers)) == []


def test_the_claims_of_other_news_are_the_same_with_and_without_the_head() -> None:
    layers = encoded(COUNCIL)
    assert layers.encoding is not None
    quiet = layers.encoding.heads["incident"].copy()
    quiet[:, 0], quiet[:, 1:] = 1.0, 0.0
    bare = replace(layers, encoding=replace(layers.encoding, heads={**layers.encoding.heads, "incident": quiet}))
    assert [(c.event_type, c.trigger) for c in events(layers)] == [(c.event_type, c.trigger) for c in events(bare)]


def test_the_same_report_gives_the_same_fillers() -> None:
    one, other = encoded(BOMBING), encoded(BOMBING)
    tables = load_incidents()
    assert find_fillers(one.parse, one.encoding, tables) == find_fillers(other.parse, other.encoding, tables)


def test_without_the_encoder_there_are_no_fillers() -> None:
    layers = build(BOMBING)
    assert find_fillers(layers.parse, None, load_incidents()) == []
    assert find_fillers(layers.parse, Encoding({}, {}), load_incidents()) == []
    assert parts(events(layers)) == []


def candidate(role: int, words: str, share: float = 0.8) -> Candidate:
    shares = np.full((1, 5), 0.01)
    shares[0, role] = share
    return Candidate(role, words, ((0, 0),), shares)


@pytest.mark.parametrize(
    ("role", "one", "other", "kept"),
    [
        (1, "red dawn front", "rdf", 1),
        (3, "carlos ruiz", "ruiz", 1),
        (0, "armed men", "men", 1),
        (0, "armed men", "men in hoods", 2),
        (2, "town hall", "hall of justice", 2),
        (4, "car bomb", "bomb", 1),
    ],
)
def test_two_strings_for_one_filler_are_one(role: int, one: str, other: str, kept: int) -> None:
    weighed = [(0.9, candidate(role, one)), (0.7, candidate(role, other))]
    assert len(choose(weighed, 0.3)) == kept


def test_a_string_has_one_role() -> None:
    weighed = [(0.9, candidate(0, "soldiers")), (0.6, candidate(3, "soldiers"))]
    assert [c.role for _, c in choose(weighed, 0.3)] == [0]


def test_a_lone_death_makes_no_attack() -> None:
    text = "Maria Sol, a painter known for her landscapes, died at home in the village on Friday at the age of 91."
    assert parts(events(encoded(text))) == []


def test_fillers_stand_in_text_order() -> None:
    layers = encoded(BOMBING)
    found = find_fillers(layers.parse, layers.encoding, load_incidents())
    assert found == sorted(found, key=lambda f: (f.first, f.role))
    assert all(isinstance(f, Filler) and f.first <= f.head <= f.last for f in found)


def test_coding_keeps_incidents_through_json() -> None:
    from onrecord.model.wire import claim_from_json, claim_to_json

    for claim in events(encoded(BOMBING)):
        assert claim_from_json(claim_to_json(claim)) == claim
