"""Lower-case wire text gets the capitals that a parser needs, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.casing import is_caseless, true_case

TITLES = frozenset({"inspector", "dcp"})
COMMON = frozenset("said that the a man had left in zone visited town and rain fell all day over it who".split())


def cased(text: str) -> str:
    return true_case(text, TITLES, frozenset({"monday"}), frozenset({"srp"}), COMMON.__contains__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "rain fell all day. inspector d r chauhan visited the town on monday.",
            "Rain fell all day. Inspector D R Chauhan visited the town on Monday.",
        ),
        (
            "the dcp (zone two) m r saiyed had left. saiyed said that rain fell.",
            "The dcp (zone two) M R Saiyed had left. Saiyed said that rain fell.",
        ),
        (
            "the srp visited the town, the inspector said that day.",
            "The SRP visited the town, the inspector said that day.",
        ),
        (
            "a man visited the town, and a man who had left said that.",
            "A man visited the town, and a man who had left said that.",
        ),
        (
            "k l makwana visited the town and makwana said that rain fell.",
            "K L Makwana visited the town and Makwana said that rain fell.",
        ),
    ],
)
def test_names_behind_titles_and_initials_get_capitals(text: str, expected: str) -> None:
    assert cased(text) == expected


def test_text_with_capitals_stays_as_it_is() -> None:
    text = "The inspector d r chauhan visited Ardan towns. It rained on Monday, and Mira left."
    assert not is_caseless(text)
    assert cased(text) is text


@given(st.text(alphabet="abcdk .()\n", max_size=120))
def test_offsets_and_letters_stay(text: str) -> None:
    found = cased(text)
    assert len(found) == len(text)
    assert found.lower() == text.lower()
