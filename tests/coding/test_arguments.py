"""Who does what to whom, whatever the construction."""

from __future__ import annotations

import pytest

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.modality import load_modality
from onrecord.parse.syntax import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


CASES = [
    ("The army shelled the village.", "shelled", ["army"], ["village"]),
    ("The village was shelled by the army.", "shelled", ["army"], ["village"]),
    ("The rebels who shelled the village fled.", "shelled", ["rebels"], ["village"]),
    ("The village, which rebels shelled on Monday, is empty.", "shelled", ["rebels"], ["village"]),
    ("Villages shelled by the army are empty.", "shelled", ["army"], ["Villages"]),
    ("Soldiers entered the town and arrested two teachers.", "arrested", ["Soldiers"], ["teachers"]),
    ("Two teachers were arrested and beaten by soldiers.", "arrested", ["soldiers"], ["teachers"]),
    ("The court accused the colonel of killing a farmer.", "killing", ["colonel"], ["farmer"]),
    ("The colonel was accused of killing a farmer.", "killing", ["colonel"], ["farmer"]),
    ("The president ordered the army to attack the port.", "attack", ["army"], ["port"]),
    ("The president promised to attack the port.", "attack", ["president"], ["port"]),
    ("The clashes left ten people injured.", "injured", ["clashes"], ["people"]),
    ("Iran and Turkey attacked the camp and the road.", "attacked", ["Iran", "Turkey"], ["camp", "road"]),
    ("After attacking the port, the rebels withdrew.", "attacking", ["rebels"], ["port"]),
    ("Police attacked and wounded protesters.", "attacked", ["Police"], ["protesters"]),
]


@pytest.mark.parametrize(("text", "verb", "subjects", "objects"), CASES)
def test_deep_roles(parser: SpacyParser, text: str, verb: str, subjects: list[str], objects: list[str]) -> None:
    parse = parser.parse(text)
    roles = Arguments(parse, load_modality().control)
    head = next(t.index for t in parse.tokens if t.text == verb)
    assert [parse.tokens[i].text for i in roles.subjects(head)] == subjects
    assert [parse.tokens[i].text for i in roles.objects(head)] == objects


def test_counting_words_lead_to_what_they_count(parser: SpacyParser) -> None:
    parse = parser.parse("Dozens of protesters gathered.")
    roles = Arguments(parse, load_modality().control)
    assert parse.tokens[roles.kernel(0)].text == "protesters"


def test_noun_phrase_leaves_out_relative_clauses(parser: SpacyParser) -> None:
    text = "Two men who fled the town were killed."
    parse = parser.parse(text)
    roles = Arguments(parse, load_modality().control)
    assert roles.noun_phrase(1).of(text) == "Two men"


def test_prepositional_roles_and_double_prepositions(parser: SpacyParser) -> None:
    parse = parser.parse("Troops pulled out of the town with tanks.")
    roles = Arguments(parse, load_modality().control)
    held = roles.obliques(1)
    assert [parse.tokens[i].text for i in held["out of"]] == ["town"]
    assert [parse.tokens[i].text for i in held["with"]] == ["tanks"]
