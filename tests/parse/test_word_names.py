"""Names that are words are read as names where they are names, and nowhere else."""

from __future__ import annotations

import pytest

from onrecord.model import Token
from onrecord.parse.syntax import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


def _at(parser: SpacyParser, text: str, word: str) -> list[Token]:
    return [t for t in parser.parse(text).tokens if t.text == word]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The columnist George Will reignited his feud with the mayor. Will described the mayor as a clown.", "Will"),
        ("Speaking in Belmark, Will urged the voters to stay away.", "Will"),
        ("Theresa May has blamed the rebels. On Sunday, May condemned the raid.", "May"),
        ("Eric Holder argued for the raid. The strikers met Holder on Monday.", "Holder"),
        ('"Nobody came," said Grant Miller of the union. Later Grant accused the mayor of theft.', "Grant"),
    ],
)
def test_a_name_that_is_a_word_is_somebody_who_acts(parser: SpacyParser, text: str, name: str) -> None:
    tokens = _at(parser, text, name)
    assert tokens
    assert all(t.tag == "NNP" and t.entity == "PERSON" and t.lemma == name.lower() for t in tokens)
    assert all(text[t.start : t.end] == name for t in tokens)


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("George Will has left. Will the army attack the rebels?", "Will", "MD"),
        ("Why Belmark Will Attack The Rebels", "Will", "MD"),
    ],
)
def test_a_word_that_is_no_name_stays_a_word(parser: SpacyParser, text: str, word: str, tag: str) -> None:
    assert _at(parser, text, word)[-1].tag == tag


def test_a_month_is_no_minister(parser: SpacyParser) -> None:
    text = "Theresa May resigned. The army attacked the town in May and again on May 9."
    assert [t.entity for t in _at(parser, text, "May")] == ["PERSON", "DATE", "DATE"]
