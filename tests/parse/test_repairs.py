"""What a force does, read as a clause about the force, becomes the noun that it is."""

from __future__ import annotations

import pytest

from onrecord.parse.syntax import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.mark.parametrize(
    "text",
    [
        "Police firing claimed three lives in the town.",
        "Three men were killed in police firing and stone throwing.",
        "Four people were killed, two of them in police firing.",
        "The police resorted to firing in which two men died.",
    ],
)
def test_an_act_named_by_its_force_is_a_noun(parser: SpacyParser, text: str) -> None:
    firing = next(t for t in parser.parse(text).tokens if t.lower == "firing")
    assert (firing.pos, firing.lemma) == ("NOUN", "firing")


def test_a_force_that_fires_at_somebody_is_a_clause(parser: SpacyParser) -> None:
    tokens = parser.parse("They saw police firing at the crowd.").tokens
    assert next(t for t in tokens if t.lower == "firing").pos == "VERB"


def test_words_of_lower_case_text_keep_their_offsets(parser: SpacyParser) -> None:
    text = "rain fell all day on monday. inspector d r chauhan visited the town with 12 men."
    parse = parser.parse(text)
    assert [text[t.start : t.end].lower() for t in parse.tokens] == [t.lower for t in parse.tokens]
    assert "Chauhan" in [t.text for t in parse.tokens]
