"""Who only judges, documents or tells of an event does not do it."""

from __future__ import annotations

import pytest

from onrecord.coding.arguments import Arguments
from onrecord.coding.not_actors import beside, tied
from onrecord.lexicon.modality import load_modality
from onrecord.model import Actor, Span
from onrecord.parse.syntax import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.mark.parametrize(
    ("text", "event", "other", "apart"),
    [
        ("The high court reversed the conviction of a journalist.", "conviction", "court", True),
        ("She spoke of arrests documented by the newspaper.", "arrests", "newspaper", True),
        ("Silva: Endorsements prove the party wrong.", "Endorsements", "Silva", True),
        ("Ruiz said that the idea of asking the senator amounted to an insult.", "asking", "Ruiz", True),
        ("The court announced the conviction of a journalist.", "conviction", "court", False),
        ("She spoke of arrests made by the army.", "arrests", "army", False),
        ("Ruiz said that he would keep asking the senator.", "asking", "Ruiz", False),
    ],
)
def test_who_only_tells_of_it_is_apart(parser: SpacyParser, text: str, event: str, other: str, apart: bool) -> None:
    parse = parser.parse(text)
    at = {t.text: t.index for t in parse.tokens}
    assert beside(Arguments(parse, load_modality().control), at[event], at[other]) is apart


def test_owners_of_a_noun_are_tied_to_it(parser: SpacyParser) -> None:
    text = "He thanked the elders for the tribe's support."
    parse = parser.parse(text)
    roles = Arguments(parse, load_modality().control)
    at = {t.text: t.index for t in parse.tokens}
    tribe, elders = (Actor(text=w, span=Span(text.index(w), text.index(w) + len(w))) for w in ("tribe", "elders"))
    assert tied(roles, at["support"], (tribe,))
    assert not tied(roles, at["support"], (elders,))
