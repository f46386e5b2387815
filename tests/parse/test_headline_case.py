"""Headlines in title case are parsed as sentences are."""

from __future__ import annotations

import pytest

from onrecord.parse.headline_case import is_headline, with_headlines_plain
from onrecord.parse.syntax import SpacyParser
from onrecord.text.paragraphs import paragraphs

_COMMON = frozenset({"slams", "senate", "budget", "strikes", "plans"})


def _plain(text: str) -> str:
    return with_headlines_plain(text, paragraphs(text), _COMMON.__contains__, {"over", "to"}, {"strikes"})


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        ("Governor Slams Senate Over Budget Plans", True),
        ("The governor slammed the Senate over its budget.", False),
        ("Police arrested Ana Reyes, Luis Bravo and Eva Solis on Friday.", False),
        ("GOVERNOR SLAMS SENATE OVER BUDGET PLANS", False),
        ("Ada Wells", False),
    ],
)
def test_a_headline_has_capitals_all_through(line: str, headline: bool) -> None:
    assert is_headline(line) is headline


def test_names_keep_their_capitals_and_offsets_stay() -> None:
    text = "Governor Slams Senate Over Strikes In Arda\n\nOn Monday the governor blamed the Senate of Arda."
    assert (
        _plain(text)
        == "Governor slams Senate over Strikes In Arda\n\nOn Monday the governor blamed the Senate of Arda."
    )


def test_a_word_that_the_text_has_in_small_letters_is_no_name() -> None:
    text = "Mayor Rejects Harbour Deal Over Costs\n\nThe mayor said the harbour had to wait."
    assert "harbour Deal" in _plain(text)


def test_the_verb_of_a_headline_is_a_verb_and_its_token_keeps_its_words() -> None:
    text = "Hillary Clinton Slams Donald Trump On Abortion After Ruling.\n\nHillary Clinton spoke on Monday."
    verb = next(t for t in SpacyParser().parse(text).tokens if t.text == "Slams")
    assert (verb.pos, verb.lemma) == ("VERB", "slam")
