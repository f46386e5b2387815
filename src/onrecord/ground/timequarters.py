"""Readings of quarters and of comparisons with a year ago, as reports on earnings and budgets tell them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.ground import calendar as cal
from onrecord.ground.timerules import Context, Reading, of_interval, unknown
from onrecord.ground.timewords import time_words

_COMPARED = re.compile(
    r"(?:\b(?:than|from|with|against|versus|to)\s+|\d\s*,\s*|(?:shares?|cents|million|billion|percent|%),?\s*)$", re.I
)
_MATCH = re.compile(  # of a game, not of a year
    r"\b(?:scor(?:ed|ing)|goals?|coach|midfielder|striker|goalkeeper|substitut\w+|touchdown|yards?|rebounds?|the\s+pitch|"
    r"sent\s+off|halftime|half-time|the\s+match|the\s+game|pass(?:es|ing)\s+for)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:compared\s+(?:with|to)|from|against|versus)\s(?:[^.;]|\.\d)*\d\S*(?:\s+(?:million|billion|cents|yen|a|per|share|cents\s+a\s+share))*,?\s+$",
    re.IGNORECASE,
)


def reported_quarter(text: str, published: date | None) -> cal.Interval | None:
    """The quarter that a report on earnings speaks of: named first, or the one before publication."""
    if published is None or not re.search(r"\bquarter(?:s|ly)?\b(?!-)", text, re.IGNORECASE):
        return None
    told = re.search(r"\b(first|second|third|fourth)[\s-](?:fiscal[\s-])?quarter\b", text, re.IGNORECASE)
    if told is None:
        return cal.quarter(published.year, (published.month - 1) // 3)
    number = time_words().ordinals[told[1].lower()]
    return cal.quarter(published.year - (number > (published.month - 1) // 3 + 1), number)


def _spoken_of(context: Context) -> cal.Interval | None:
    """The quarter that figures are of: named in the paragraph, else the one that the report is about."""
    if isinstance(context.told, cal.Interval):
        return context.told
    return context.reported or context.quarter


def year_ago(m: re.Match[str], context: Context) -> Reading | None:
    """ "a year ago", "the year-earlier quarter", where figures are compared: the reported quarter of last year.

    Where the paragraph tells of nine months or a year, last year itself.
    """
    if context.published is None:
        return None
    period = (m.groupdict().get("period") or "").lower()
    compared = bool(_COMPARED.search(context.before))
    article = not re.match(r"(?:the\s+)?(?:comparable\s+)?year", m[0], re.IGNORECASE)
    if article and not compared:
        return None
    found = _spoken_of(context)
    longer = context.told == "longer" and period != "quarter"
    if found is not None and found.start is not None and period not in {"month", "week"} and not longer:
        now = found.start
        year = now.year if now.year < context.published.year and _told_again(context) else now.year - 1
        return of_interval(cal.quarter(year, (now.month - 1) // 3 + 1), "quarter")
    if article and not longer:
        return None
    return of_interval(cal.year(context.published.year - 1), "year")


def the_quarter(context: Context) -> Reading:
    """ "the quarter": the one named last, the one that the words after it end, or the last one before publication."""
    ended = _ended(context)
    if ended is not None:
        start = cal.shift_months(ended + timedelta(days=1), -3)
        middle = start + timedelta(
            days=45
        )  # the calendar's quarter that most of it lies in, unless the firm has its own
        named = context.quarter or cal.quarter(middle.year, (middle.month - 1) // 3 + 1)
        return Reading("DATE", named.value, start, ended, "quarter")
    if context.quarter is not None:
        return of_interval(context.quarter, "quarter")
    if context.published is None:
        return unknown("quarter")
    return of_interval(cal.quarter(context.published.year, (context.published.month - 1) // 3))


def _ended(context: Context) -> date | None:
    """The day of "ended July 31" after the words: the last such day before publication."""
    months = time_words().months
    found = re.match(r"\s+ended\s+([A-Za-z]+)\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?\b", context.after)
    if found is None or found[1].lower() not in months or context.published is None:
        return None
    month, number = months[found[1].lower()], int(found[2])
    years = [int(found[3])] if found[3] else [context.published.year, context.published.year - 1]
    days = [d for y in years if (d := cal.safe_date(y, month, number)) and d <= context.published]
    return max(days, default=None)


def _told_again(context: Context) -> bool:
    """Whether the quarter named last is itself the one compared with."""
    told, reported = context.told, context.reported
    return isinstance(told, cal.Interval) and reported is not None and told.value[4:] == reported.value[4:]


def last_year(context: Context) -> Reading | None:
    """ "compared with $3 million last year", beside figures of a quarter: that quarter of last year."""
    found = _spoken_of(context)
    if context.published is None or found is None or found.start is None or context.told == "longer":
        return None
    over = found.end is not None and found.end < context.published
    if not over or found.start.year != context.published.year or not _BESIDE.search(context.before):
        return None
    return of_interval(cal.quarter(found.start.year - 1, (found.start.month - 1) // 3 + 1), "quarter")


def quarter(m: re.Match[str], context: Context) -> Reading | None:
    groups = m.groupdict()
    number = time_words().ordinals.get((groups.get("ord") or "").lower()) or int(groups.get("qn") or 0)
    part = (groups.get("half") or "").lower()
    if part == "half" and (groups.get("ord") or "").lower() in {"last", "final"}:
        number = 2
    year_words = (groups.get("year") or groups.get("year2") or "").lower()
    if not year_words and (_MATCH.search(context.before) or _MATCH.search(context.after)):
        return None
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
    """ "the 1988 period": what is spoken of, in that year."""
    year, found = int(m["y"]), _spoken_of(context)
    if found is not None and found.start is not None and context.told != "longer":
        return of_interval(cal.quarter(year, (found.start.month - 1) // 3 + 1), "quarter")
    return of_interval(cal.year(year), "none")


def period_last_year(m: re.Match[str], context: Context) -> Reading | None:
    """ "the quarter a year ago", "the same period last year": what is spoken of, a year back."""
    found = _spoken_of(context)
    if context.published is None:
        return unknown("quarter")
    longer = context.told == "longer" and m["period"].lower() != "quarter"
    if longer or found is None or found.start is None:
        return of_interval(cal.year(context.published.year - 1), "year")
    return of_interval(cal.quarter(found.start.year - 1, (found.start.month - 1) // 3 + 1), "quarter")


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
