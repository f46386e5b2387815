"""Readings of clock times and of the parts of a day."""

from __future__ import annotations

import re
from datetime import timedelta

from onrecord.ground.timerules import DAYS, Context, Reading, day_month, unknown, weekday_date
from onrecord.ground.timewords import time_words


def part_first(m: re.Match[str], context: Context) -> Reading | None:
    """ "the morning of Tuesday", "mid-afternoon yesterday"."""
    words = re.sub(r"^mid[\s-]*", "", m["part"].lower())
    code = time_words().parts.get(words) or time_words().parts[m["part"].lower()]
    if m["word"]:
        shift = DAYS[m["word"].lower()]
        when = context.published + timedelta(days=shift) if context.published else None
    else:
        when = weekday_date(m["weekday"], (m["rel"] or "").lower(), context)
    if when is None:
        return unknown("hour", "TIME")
    return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour")


def part_named(m: re.Match[str], context: Context) -> Reading | None:
    """ "in the morning", "at dawn": on the day that the text named last, else that of publication."""
    code = time_words().parts[m["part"].lower()]
    when, anchor = context.published, "published"
    if context.last is not None and context.last[0].granularity == "day" and context.last[0].start:
        when, anchor = context.last[0].start, context.last[1]
    if when is None:
        return unknown("hour", "TIME")
    return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour", anchor)


def part_of_date(m: re.Match[str], context: Context) -> Reading | None:
    """ "the night of March 3", "dawn on 5 May 2015"."""
    dated = day_month(m, context)
    if dated is None or dated.start is None:
        return unknown("hour", "TIME") if dated else None
    code = time_words().parts[m["part"].lower()]
    return Reading("TIME", f"{dated.value}T{code}", dated.start, dated.end, "hour", dated.anchor)


def part_of_day(m: re.Match[str], context: Context) -> Reading | None:
    """ "last night", "this morning", "overnight", "the next morning"."""
    rel, part = (m.groupdict().get("rel") or "").lower().strip(), m["part"].lower()
    code = time_words().parts[part]
    if context.published is None:
        return unknown("hour", "TIME")
    if rel.startswith(("the next", "the following", "the previous")):
        if context.last is None or context.last[0].start is None:
            return unknown("hour", "TIME")
        when = context.last[0].start + timedelta(days=-1 if "previous" in rel else 1)
        return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour", context.last[1])
    when = context.published - timedelta(days=1 if rel == "last" or part == "overnight" else 0)
    end = context.published if part == "overnight" else when
    return Reading("TIME", f"{when.isoformat()}T{code}", when, end, "hour")


_TOLD_TWICE = re.compile(r"\d\s*[ap]\.?m\.?,?\s*\($", re.IGNORECASE)  # "10:35 a.m. (0735 GMT)" is one time


def clock(m: re.Match[str], context: Context) -> Reading | None:
    hour, minute = int(m["h"]), int(m.groupdict().get("min") or 0)
    half = (m.groupdict().get("ap") or "").lower().replace(".", "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or _TOLD_TWICE.search(context.before):
        return None
    when = None
    name = m.groupdict().get("weekday")
    if name:
        when = weekday_date(name, "", context)
    elif m.groupdict().get("month"):
        dated = day_month(m, context)
        when = dated.start if dated else None
    elif context.last is not None and context.last[0].granularity == "day":
        when = context.last[0].start
    elif context.published is not None:
        when = context.published
    value = f"{when.isoformat() if when else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}"
    return Reading("TIME", value, when, when, "minute")


def noon(m: re.Match[str], context: Context) -> Reading | None:
    hour = 12 if m["word"].lower() in {"noon", "midday"} else 24
    when = context.published
    name = m.groupdict().get("weekday")
    if name:
        when = weekday_date(name, "", context)
    return Reading("TIME", f"{when.isoformat() if when else 'XXXX-XX-XX'}T{hour:02d}:00", when, when, "hour")
