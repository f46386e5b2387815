"""Pronouns, descriptions and short names to the fullest mention."""

from __future__ import annotations

import pytest

from onrecord.attribute.coreference import find_references
from onrecord.model import Actor, Span
from onrecord.parse.syntax import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def _ties(parser: SpacyParser, text: str, actors: tuple[Actor, ...] = ()) -> list[tuple[str, str]]:
    found = find_references(parser.parse(text), actors)
    return [(r.mention.of(text), r.antecedent.text) for r in found]


@pytest.mark.parametrize(
    ("text", "mention", "antecedent"),
    [
        ("Karim Saleh arrived. He smiled.", "He", "Karim Saleh"),
        ("Karim Saleh met Leila Haddad. She smiled.", "She", "Leila Haddad"),
        ("Karim Saleh met Leila Haddad. He smiled.", "He", "Karim Saleh"),
        ("Karim Saleh arrived. Saleh smiled.", "Saleh", "Karim Saleh"),
        ("Saleh arrived. Karim Saleh smiled.", "Saleh", "Karim Saleh"),
        ("Foreign Minister Samir Khoury arrived. The minister smiled.", "The minister", "Samir Khoury"),
        ("Samir Khoury, the group's leader, arrived. The leader smiled.", "The leader", "Samir Khoury"),
        ("The Tamra Relief Council met. Its trucks left.", "Its", "The Tamra Relief Council"),
        ("The Tamra Relief Council (TRC) met. The TRC left.", "TRC", "The Tamra Relief Council"),
        ("Villagers gathered. They waited.", "They", "Villagers"),
        ("“I will stay,” said Karim Saleh.", "I", "Karim Saleh"),
    ],
)
def test_a_mention_is_tied_to_its_fullest_form(parser: SpacyParser, text: str, mention: str, antecedent: str) -> None:
    assert (mention, antecedent) in _ties(parser, text)


def test_two_people_of_one_surname_stay_apart(parser: SpacyParser) -> None:
    text = "Farida Osman and Tarek Osman came. Osman smiled. Mr. Osman left. Mrs. Osman stayed."
    ties = find_references(parser.parse(text), ())
    by_start = {r.mention.start: r.antecedent.text for r in ties}
    assert by_start.get(text.index("Osman smiled")) is None
    assert by_start[text.index("Osman left")] == "Tarek Osman"
    assert by_start[text.index("Osman stayed")] == "Farida Osman"


def test_a_pronoun_with_nobody_to_stand_for_is_left_alone(parser: SpacyParser) -> None:
    assert _ties(parser, "He smiled. It rained.") == []


def test_an_empty_it_is_left_alone(parser: SpacyParser) -> None:
    assert all(m != "It" for m, _ in _ties(parser, "The council met. It is believed that they left."))


def test_the_registry_ties_names_that_share_no_word(parser: SpacyParser) -> None:
    text = "The Brigade of the Hills met in Tamra. Later Jabha left."
    spans = [Span(0, 24), Span(text.index("Jabha"), text.index("Jabha") + 5)]
    actors = tuple(Actor(text=s.of(text), span=s, actor_id="hills") for s in spans)
    assert ("Jabha", "The Brigade of the Hills") in _ties(parser, text, actors) or (
        "Jabha" in [m for m, _ in _ties(parser, text, actors)]
    )


def test_spans_read_back(parser: SpacyParser) -> None:
    text = "Karim Saleh met Leila Haddad. “We agree,” she said. He said they would meet again."
    for tie in find_references(parser.parse(text), ()):
        assert tie.antecedent.span.of(text) == tie.antecedent.text
        assert 0.0 <= tie.score <= 1.0
