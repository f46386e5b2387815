"""Wording: what spaCy's ruler and lemmatizer say of each token, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import spacy

from onrecord.parse.syntax import DEFAULT_MODEL, SpacyParser
from onrecord.parse.wording import Key, Wording, Wordings

TEXTS = (
    "There's gonna be trouble, he said, and they've gotta leave: y'all ain't safe. Let's go.",
    "There are two camps; there were three. C'm on, the guards weren't paid.",
    "All of this was known to both, which some of those wounded in the raid would deny.",
    "The soldiers' vehicles   were burning and 1,200 people fled to the better-lit parts of Ardena.",
    "Fighting went on; the rebels fought, fell back, and left the leaves lying where they lay.",
)


def test_is_what_the_whole_pipeline_says() -> None:
    whole, parser = spacy.load(DEFAULT_MODEL), SpacyParser()
    for text in (*TEXTS, *reversed(TEXTS)):  # the second time from memory
        tokens = [t for t in whole(text) if not t.is_space]
        told = [(t.lemma, t.pos, t.tag, t.dep) for t in parser.parse(text).tokens]
        assert told == [(t.lemma_.lower(), t.pos_, t.tag_, t.dep_) for t in tokens]


def test_a_pipeline_with_wider_patterns_keeps_its_own_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    pattern = [{"LOWER": "all"}, {"LOWER": "of"}, {"LOWER": "this"}]
    nlp.get_pipe("attribute_ruler").add([pattern], {"LEMMA": "everything"})  # type: ignore[attr-defined]
    monkeypatch.setattr("onrecord.parse.syntax.spacy.load", lambda _: nlp)
    assert SpacyParser().parse(TEXTS[2]).tokens[0].lemma == "everything"


class Counted:
    """Rules by which a token of tag 1 before one of tag 2 is told otherwise; they count how often they are asked."""

    def __init__(self) -> None:
        self.asked = 0

    def tell(self, keys: Sequence[Key]) -> list[Wording]:
        self.asked += 1
        tags = [tag for _, tag, _ in keys]
        joined = [tags[i : i + 2] == [1, 2] for i in range(len(tags))]
        return [(f"{key[0]}{'!' * told}", "", "", "") for key, told in zip(keys, joined, strict=True)]

    def ends(self, key: Key) -> tuple[bool, bool]:
        return key[1] in {1, 3}, key[1] in {2, 3}


def test_tokens_are_told_with_those_beside_them() -> None:
    keys = [(10, 0, 0), (11, 1, 0), (12, 2, 0), (13, 3, 0), (14, 1, 0), (15, 2, 0), (16, 1, 0)]
    lemmas = [wording[0] for wording in Wordings(Counted()).of(keys)]
    assert lemmas == ["10", "11!", "12", "13", "14!", "15", "16"]


def test_rules_are_asked_once_a_word_until_all_are_forgotten() -> None:
    rules = Counted()
    wordings = Wordings(rules, kept=3)
    for _ in range(3):
        wordings.of([(1, 0, 0), (2, 0, 0), (1, 0, 0)])
    assert rules.asked == 2
    wordings.of([(3, 0, 0), (4, 0, 0)])
    assert wordings.of([(1, 0, 0)])[0][0] == "1"
    assert rules.asked == 5
