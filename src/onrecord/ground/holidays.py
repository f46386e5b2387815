"""Holidays and months of fasting (``data/times.toml``): the day they fall on in a year, and their readings."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from onrecord.ground import calendar as cal
from onrecord.ground.timerules import Context, Reading, nearest, of_interval, unknown
from onrecord.ground.timewords import time_words


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (after the anonymous algorithm in Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741 - the letter of the paper
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = cal.month(year, month).end
    assert last is not None
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


@lru_cache(maxsize=512)
def holiday(name: str, year: int) -> date | None:
    """The day of a holiday of ``data/times.toml`` in *year*."""
    rule = time_words().holidays[name]
    if not isinstance(rule, str):
        return cal.safe_date(year, rule[0], rule[1])
    if rule.startswith("EASTER"):
        return _easter(year) + timedelta(days=int(rule[6:] or 0))
    fixed = {"US4THU11": (11, 4, 4), "US1MON9": (9, 1, 1), "USLMON5": (5, 1, -1), "US3MON1": (1, 1, 3)}
    if rule in fixed:
        month, weekday, nth = fixed[rule]
        return _nth_weekday(year, month, weekday, nth)
    return _nth_weekday(year, 11, 1, 1) + timedelta(days=1)  # the day after the first Monday in November


def holiday_named(m: re.Match[str], context: Context) -> Reading | None:
    name = re.sub(r"\s+", " ", m["holiday"].lower().replace("’", "'"))
    given, rel = m.groupdict().get("year") or "", (m.groupdict().get("rel") or "").lower()
    if given.isdigit():
        found = holiday(name, int(given))
        return of_interval(cal.day(found), "none") if found else None
    if context.published is None:
        return unknown()
    now = context.published
    days = sorted(d for d in (holiday(name, now.year + y) for y in (-1, 0, 1)) if d)
    if rel == "last":
        return of_interval(cal.day(max(d for d in days if d < now)))
    if rel == "next":
        return of_interval(cal.day(min(d for d in days if d >= now)))
    return of_interval(cal.day(nearest(days, context)))


def ramadan(m: re.Match[str], context: Context) -> Reading | None:
    table = time_words().ramadan
    given = m.groupdict().get("year") or ""
    year = int(given) if given.isdigit() else context.published.year if context.published else None
    first = table.get(year) if year else None
    if first is None:
        return unknown("month")
    start = date.fromisoformat(first)
    if m["what"].lower().startswith("eid"):
        return of_interval(cal.day(start + timedelta(days=29)))
    return Reading("DATE", f"{first}/P29D", start, start + timedelta(days=29), "month")
