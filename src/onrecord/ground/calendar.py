"""Days and the names of stretches of them: ISO weeks, months, quarters, seasons; no words, no anchors."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from onrecord.model import Granularity


@dataclass(frozen=True, slots=True)
class Interval:
    """First to last day, both included, with the TIMEX3 value that names it.

    ``start`` or ``end`` is None where the words leave that side open.
    """

    value: str
    start: date | None
    end: date | None
    granularity: Granularity


def day(when: date) -> Interval:
    """One day, value YYYY-MM-DD."""
    return Interval(when.isoformat(), when, when, "day")


def week(when: date) -> Interval:
    """The ISO week (Monday to Sunday) that holds *when*, value YYYY-Www."""
    year, number, weekday = when.isocalendar()
    first = when - timedelta(days=weekday - 1)
    return Interval(f"{year}-W{number:02d}", first, first + timedelta(days=6), "week")


def weekend(when: date) -> Interval:
    """Saturday and Sunday of the ISO week of *when*, value YYYY-Www-WE."""
    whole = week(when)
    assert whole.start is not None
    return Interval(whole.value + "-WE", whole.start + timedelta(days=5), whole.end, "day")


def month(year: int, number: int) -> Interval:
    """A month, value YYYY-MM; *number* may run over year ends (0 is December before)."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Interval(
        f"{year:04d}-{number:02d}",
        date(year, number, 1),
        date(year, number, monthrange(year, number)[1]),
        "month",
    )


def quarter(year: int, number: int) -> Interval:
    """A calendar quarter, value YYYY-Qn; *number* may run over year ends."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Interval(f"{year:04d}-Q{number}", first.start, last.end, "quarter")


def half(year: int, number: int) -> Interval:
    """The first or second half of a year, value YYYY-Hn."""
    first, last = month(year, 6 * number - 5), month(year, 6 * number)
    return Interval(f"{year:04d}-H{number}", first.start, last.end, "quarter")


_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def season(year: int, code: str) -> Interval:
    """A northern season (SP, SU, FA, WI), value YYYY-SP; winter runs into the next year."""
    first, last = _SEASONS[code]
    return Interval(f"{year:04d}-{code}", month(year, first).start, month(year, last).end, "season")


def year(number: int) -> Interval:
    """A year, value YYYY."""
    return Interval(f"{number:04d}", date(number, 1, 1), date(number, 12, 31), "year")


def decade(first: int) -> Interval:
    """Ten years from *first*, value YYY as TIMEX3 writes a decade."""
    return Interval(f"{first // 10:03d}", date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century(number: int) -> Interval:
    """The *number*-th century, value YY."""
    first = (number - 1) * 100
    return Interval(f"{number - 1:02d}", date(first + 1, 1, 1), date(first + 100, 12, 31), "century")


def shift_months(when: date, months: int) -> date:
    """*when* so many months later, on the last day of a shorter month where it must be."""
    total = when.year * 12 + when.month - 1 + months
    year_, month_ = divmod(total, 12)
    return date(year_, month_ + 1, min(when.day, monthrange(year_, month_ + 1)[1]))


def safe_date(year_: int, month_: int, day_: int) -> date | None:
    """The date, None when there is no such day."""
    try:
        return date(year_, month_, day_)
    except ValueError:
        return None
