"""Subjects that the parser hangs on the wrong verb, or takes for a part of the words before theirs."""

from __future__ import annotations

import pytest

from onrecord.coding.arguments import Arguments
from onrecord.lexicon.modality import load_modality
from onrecord.parse.syntax import SpacyParser


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


FOUND = [
    ("Police dispersed protesting teachers in Arda.", "protesting", ["teachers"]),
    ("Gunmen attacked a village in the north, police said, killing 12 people.", "killing", ["Gunmen"]),
    ("The governor is cutting funds, officials said Monday, abandoning plans for a port.", "abandoning", ["governor"]),
    ("He was serving a sentence in Arda for hacking the accounts of a minister.", "hacking", ["He"]),
    ("Mr. Daro is a former senator who backed the war.", "backed", ["Daro"]),
    ("The minister told critics who say he is weak and accused them of lying.", "accused", ["minister"]),
    ("Officials suggested the manager be fired and defended the mayor as a friend.", "defended", ["Officials"]),
    ("Newspapers were flooded with calls to boycott the film.", "boycott", []),
    ("It came after a U.S. move this week to slap tariffs on steel.", "slap", ["U.S."]),
    ("He's also instructed his secretary to write a plan.", "instructed", ["He"]),
    ("The union released a statement that, while mild, accused the council of waste.", "accused", ["statement"]),
    ("Speaking in Harlem, Silva, without naming him, accused the mayor of fraud.", "accused", ["Silva"]),
    (
        "The deal came on the weekend that Arda fulfilled the terms of last year's accord and the United States "
        "lifted sanctions.",
        "lifted",
        ["States"],
    ),
    ("According to the summary, Mills and another Clinton aide asked the clerk for it.", "asked", ["Mills", "aide"]),
    ("Nor does Mrs. Silva have any plans, advisers say, to attack the mayor.", "attack", ["Silva"]),
    (
        "The partners should use this moment, when the government is seeking approval, to insist on releases.",
        "insist",
        ["partners"],
    ),
]


@pytest.mark.parametrize(("text", "verb", "subjects"), FOUND)
def test_lost_subjects_are_found(parser: SpacyParser, text: str, verb: str, subjects: list[str]) -> None:
    assert _subjects(parser, text, verb) == subjects


LEFT = [
    ("The union said nine men were arrested, accusing the mayor of fraud.", "accusing", ["union"]),
    ('"The bill is a disgrace," the senator said, attacking the mayor.', "attacking", ["senator"]),
    ("The council bought a bus to carry the voters.", "carry", ["council"]),
    ("She thanked the lawyer for defending the refugees.", "defending", ["lawyer"]),
    ("It was the senator who backed the war.", "backed", ["senator"]),
    ("The council praised the troops who held the town and saved the port.", "saved", ["troops"]),
    ("The rebels attacked the army and the police and fled.", "fled", ["rebels"]),
]


@pytest.mark.parametrize(("text", "verb", "subjects"), LEFT)
def test_other_clauses_keep_theirs(parser: SpacyParser, text: str, verb: str, subjects: list[str]) -> None:
    assert _subjects(parser, text, verb) == subjects


def test_the_body_behind_the_name_of_its_county_acts(parser: SpacyParser) -> None:
    text = "Vanderburgh, Ind., County prosecutors last week charged George R. Daro with robbing a bank."
    assert _subjects(parser, text, "charged") == ["prosecutors"]
    assert _subjects(parser, "Arda, the capital, rejected the offer.", "rejected") == ["Arda"]


def _subjects(parser: SpacyParser, text: str, verb: str) -> list[str]:
    parse = parser.parse(text)
    roles = Arguments(parse, load_modality().control)
    head = next(t.index for t in parse.tokens if t.text == verb)
    return [parse.tokens[i].text for i in roles.subjects(head)]
