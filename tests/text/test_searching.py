"""Searching: the same matches as trying every pattern everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.timepatterns import rules, vouched_rules
from onrecord.text.searching import Searcher, openings

TABLE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w-])(?:the\s+)?(?:early\s+)?(?:mar|april)\b\.?\s*\d{1,2}(?!\d)",
        r"(?<![\w-])\d+(?:\.\d+)?\s*(?:km|miles)\b",
        r"(?<![\w-])\s*(?P<ord>third|last)[\s-](?:half|week)",
        r"(?:(?<=in )|(?<=by ))the\s+(?P<part>week|\w+)",
        r"(?<![\w-])(?:\w+\s+)?weeks?",
        r"half|third",
        r"(?<![\w.])[kis][^x]",
    )
]
PIECES = ["the", "The", "early", "MAR", "april", "Apr", "3", "14", "2.5", "km", "third", "last", "half", "week",
          "weeks", "in the", "by the", " ", "  ", "\n\n", "\u00a0", "-", "x", "K", "ſ", "İs", "٣", "ß"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.lists(st.sampled_from(PIECES)).map(" ".join)


def found(patterns: list[re.Pattern[str]], text: str) -> list[tuple[int, tuple[int, int], tuple[str, ...]]]:
    return [(n, m.span(), m.groups()) for n, pattern in enumerate(patterns) for m in pattern.finditer(text)]


@given(TEXTS)
def test_finds_what_trying_everywhere_finds(text: str) -> None:
    assert [(n, m.span(), m.groups()) for n, m in Searcher(TABLE).matches(text)] == found(TABLE, text)


DAYS = ["the", "early", "late", "end of", "last", "next", "this", "Monday", "Tues.", "March", "Dec.", "3", "21st",
        "2011", "'90s", "quarter", "third", "year", "years", "ago", "three", "a", "half", "week", "morning", "of", "on",
        "today", "12:30", "p.m.", "fiscal", "days", "earlier", "every", "then", "time", "-", "\n", " "]  # fmt: skip
SEARCHERS = [table()._search for table in (rules, vouched_rules)]


@given(st.lists(st.sampled_from(DAYS), max_size=30).map(" ".join))
def test_times_are_found_as_by_trying_everywhere(text: str) -> None:
    for searcher in SEARCHERS:
        patterns = list(searcher._patterns)
        assert [(n, m.span(), m.groups()) for n, m in searcher.matches(text)] == found(patterns, text)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?<!\w)no", {"no"}),
        (r"(?<![\w-])(?:the\s+)?end", {"end", "the end"}),
        (r"(?<![\w-])[ab]\d{1,2}c?", {"a0", "b0"}),
        (r"(?<![\w-])early\s+(?:in|on)\s+the", {"early in t", "early on t"}),
        (r"(?<![\w-])\w+", None),
        (r"(?<![\w-])a*", None),
        (r"end", None),
    ],
)
def test_openings(pattern: str, expected: set[str] | None) -> None:
    assert openings(re.compile(pattern, re.IGNORECASE)) == expected


def test_letter_case_that_counts_is_tried_everywhere() -> None:
    assert openings(re.compile(r"(?<![\w-])end")) is None
