"""Readings of quarters and of comparisons with a year ago, as reports on earnings and budgets tell them."""

from __future__ import annotations

import re

from onrecord.ground import calendar as cal
from onrecord.ground.timerules import Context, Reading, of_interval, unknown
from onrecord.ground.timewords import time_words

_COMPARED = re.compile(
    r"(?:\b(?:than|from|with|against|versus|to)\s+|\d\s*,\s*|(?:shares?|cents|million|billion|percent|%),?\s*)$", re.I
)


def year_ago(m: re.Match[str], context: Context) -> Reading | None:
    """ "a year ago", "the year-earlier quarter", where figures are compared: the reported quarter of last year."""
    if context.published is None:
        return None
    period = (m.groupdict().get("period") or "").lower()
    compared = bool(_COMPARED.search(context.before))
    article = not re.match(r"(?:the\s+)?(?:comparable\s+)?year", m[0], re.IGNORECASE)
    if article and not compared:
        return None
    quarter = context.quarter or context.reported
    if quarter is not None and quarter.start is not None and period not in {"month", "week"}:
        now = quarter.start
        year = (
            now.year
            if now.year < context.published.year and context.quarter is not None and _told_again(context)
            else now.year - 1
        )
        return of_interval(cal.quarter(year, (now.month - 1) // 3 + 1), "quarter")
    if article:
        return None
    return of_interval(cal.year(context.published.year - 1), "year")


def _told_again(context: Context) -> bool:
    """Whether the quarter named last is itself the one compared with."""
    return (
        context.reported is not None
        and context.quarter is not None
        and context.quarter.value[4:] == context.reported.value[4:]
    )


def quarter(m: re.Match[str], context: Context) -> Reading | None:
    groups = m.groupdict()
    number = time_words().ordinals.get((groups.get("ord") or "").lower()) or int(groups.get("qn") or 0)
    part = (groups.get("half") or "").lower()
    if part == "half" and (groups.get("ord") or "").lower() in {"last", "final"}:
        number = 2
    year_words = (groups.get("year") or groups.get("year2") or "").lower()
    year: int | None = None
    if re.fullmatch(r"\d{4}", year_words):
        year = int(year_words)
    elif context.published is not None:
        shift = {"last year": -1, "next year": 1}.get(year_words)
        year = context.published.year + (shift or 0)
        if shift is None and not year_words:
            reached = (context.published.month - 1) // (6 if part == "half" else 3) + 1
            if number > reached + (1 if context.direction >= 0 else 0):
                year -= 1
    if year is None or number not in range(1, 5):
        return unknown("quarter")
    if part == "half":
        return of_interval(cal.half(year, number)) if number <= 2 else None
    return of_interval(cal.quarter(year, number), "none" if year_words.isdigit() else "published")


def year_period(m: re.Match[str], context: Context) -> Reading | None:
    """ "the 1988 period": the quarter spoken of, in that year."""
    year = int(m["y"])
    if context.quarter is not None and context.quarter.start is not None:
        return of_interval(cal.quarter(year, (context.quarter.start.month - 1) // 3 + 1), "quarter")
    return of_interval(cal.year(year), "none")


def year_quarter(m: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown("quarter")
    rel = m["rel"].lower()
    year = context.published.year + {"next": 1, "this": 0}.get(rel, -1)
    number = time_words().ordinals[m["ord"].lower()]
    if m["half"].lower() == "half":
        return of_interval(cal.half(year, min(number, 2)))
    return of_interval(cal.quarter(year, number))


def latest_period(m: re.Match[str], context: Context) -> Reading | None:
    """ "the latest period", "its current quarter": the quarter that is reported, else the last one."""
    found = context.quarter or context.reported
    if found is None and context.published is not None:
        found = cal.quarter(context.published.year, (context.published.month - 1) // 3)
    return of_interval(found) if found else unknown("quarter")
