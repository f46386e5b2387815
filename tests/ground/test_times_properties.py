"""What holds of every reading: intervals run forward, later reports never give earlier days, spans re-read."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ground.times import find_times
from onrecord.model import Parse, Report, Time
from onrecord.parse.syntax import SpacyParser
from onrecord.read import Defaults, make_report

# Words told from the day of publication, in sentences that keep their tense.
TOLD = (
    "The convoy left yesterday.",
    "The convoy left today.",
    "The convoy will leave tomorrow.",
    "The convoy left last night.",
    "The convoy left on Monday.",
    "The convoy will leave on Friday.",
    "The convoy left last week.",
    "The convoy left over the weekend.",
    "The convoy left last month.",
    "The convoy left this year.",
    "The convoy left three days ago.",
    "The convoy left two weeks ago.",
    "The convoy left five years ago.",
    "The convoy left in recent weeks.",
    "The convoy left in the past ten days.",
    "The convoy left last December.",
    "The convoy left last quarter.",
    "The convoy left in the fourth quarter.",
    "The convoy left on March 3.",
    "The convoy left on Christmas Day.",
    "The convoy left last summer.",
)
PIECES = (
    "on Monday", "on Friday night", "last week", "in March", "in May 2016", "on March 3", "August 3-9", "in 2011",
    "the next day", "a week later", "two days earlier", "the year before", "in recent months", "at dawn",
    "overnight", "in the second quarter", "the year-ago quarter", "every Sunday", "for two years", "at 9 p.m.",
    "last winter", "in the 1990s", "since then", "that month", "on Feb. 29", "during Ramadan", "31 June",
)  # fmt: skip
DAYS = st.dates(min_value=date(1960, 1, 1), max_value=date(2040, 12, 31))


@cache
def parsed(text: str) -> Parse:
    return parser().parse(text)


@cache
def parser() -> SpacyParser:
    return SpacyParser()


def times_of(text: str, day: date | None) -> tuple[Time, ...]:
    published = day.isoformat() if day else None
    report = make_report({"text": text, "published": published}, origin="case", defaults=Defaults())
    assert isinstance(report, Report)
    return find_times(report, parsed(text))


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), day=st.none() | DAYS)
def test_intervals_run_forward_and_spans_re_read(pieces: list[str], day: date | None) -> None:
    text = " ".join(f"Shots were fired {piece}." for piece in pieces)
    times = times_of(text, day)
    for time in times:
        assert time.span is not None
        assert time.span.of(text) == time.text
        assert time.start is None or time.end is None or time.start <= time.end
    spans = [t.span for t in times if t.span]
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize("text", TOLD)
def test_a_later_report_never_means_an_earlier_day(text: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(day=DAYS, later=st.integers(min_value=0, max_value=800))
    def check(day: date, later: int) -> None:
        first = times_of(text, day)[0]
        second = times_of(text, day + timedelta(days=later))[0]
        assert (first.start or "") <= (second.start or "")
        assert (first.end or "") <= (second.end or "")

    check()


@pytest.mark.parametrize("text", TOLD)
def test_without_a_day_of_publication_nothing_is_filled_in(text: str) -> None:
    for time in times_of(text, None):
        assert time.start is None
        assert time.end is None


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(list(enumerate(TOLD))), day=DAYS)
def test_order_of_reports_does_not_matter(order: list[tuple[int, str]], day: date) -> None:
    """Each report is read for itself: what was read before it leaves no trace."""
    read = dict(sorted((number, times_of(text, day)) for number, text in order))
    assert read == {number: times_of(text, day) for number, text in enumerate(TOLD)}
