"""Readings of sets ("every day") and of words that name no day ("recently", "then", "in recent weeks")."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

from onrecord.ground.timerules import Context, Reading, Rule, of_interval
from onrecord.ground.timespans import duration_value
from onrecord.ground.timewords import count_of, time_words


def each(m: re.Match[str], context: Context) -> Reading | None:  # noqa: ARG001 - the shape of a rule
    unit = m["unit"].lower().rstrip(".")
    weekday = time_words().weekdays.get(unit) or time_words().weekdays.get(unit.rstrip("s"))
    if weekday:
        return Reading("SET", f"XXXX-WXX-{weekday}", None, None, "day", "none")
    month = time_words().months.get(unit)
    if month:
        return Reading("SET", f"XXXX-{month:02d}", None, None, "month", "none")
    count = count_of(m["count"]) if m.groupdict().get("count") else 1
    season = time_words().seasons.get(unit)
    if season:
        return Reading("SET", f"XXXX-{season}", None, None, "season", "none")
    if unit in time_words().parts:
        return Reading("SET", f"XXXX-XX-XXT{time_words().parts[unit]}", None, None, "hour", "none")
    return Reading("SET", duration_value(count, unit), None, None, "span", "none")


ADVERBS = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "fortnightly": "P2W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "bimonthly": "P2M",
    "quarterly": "P3M",
    "half-yearly": "P6M",
    "semi-annual": "P6M",
    "annual": "P1Y",
    "yearly": "P1Y",
    "annually": "P1Y",
}
PLAIN_ADVERBS = tuple(w for w in ADVERBS if w not in {"quarterly", "annual", "half-yearly", "semi-annual"})


def adverb(m: re.Match[str], context: Context) -> Reading | None:
    """ "daily", "every year"; None in the name of a newspaper ("the daily Hurriyet")."""
    if re.match(r"\s+[A-Z]", context.after) and context.before.rstrip().lower().endswith((" the", " party", " state")):
        return None
    return Reading("SET", ADVERBS[m["word"].lower()], None, None, "span", "none")


def then(m: re.Match[str], context: Context) -> Reading | None:  # noqa: ARG001 - the shape of a rule
    return of_interval(context.last[0], context.last[1]) if context.last else None


def vague(table: Literal["past", "present", "future"]) -> Rule:
    def rule(m: re.Match[str], context: Context) -> Reading | None:
        words = time_words()
        if m["word"].lower() == "soon" and re.match(r"\s+(?:as|after|before)\b", context.after, re.IGNORECASE):
            return None  # "as soon as he had left": told from what follows
        key = re.sub(r"\s+", " ", m["word"].lower())
        width = getattr(words, table).get(key, 0)
        now = context.published
        if now is None or (not width and table != "present"):
            start = end = None
        elif table == "future":
            start, end = now, now + timedelta(days=width)
        else:
            start, end = now - timedelta(days=width), now
        value = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}[table]
        return Reading("DATE", value, start, end, "span")

    return rule


def recent_units(m: re.Match[str], context: Context) -> Reading | None:
    """ "in recent weeks", "the coming months": a wide interval on the side that the words say."""
    unit, ahead = m["unit"].lower().rstrip("s"), m["rel"].lower().split()[-1] in {"coming", "next"}
    value = "FUTURE_REF" if ahead else "PAST_REF"
    if context.published is None:
        return Reading("DATE", value, None, None, "span", "none")
    other = timedelta(days=time_words().width.get(unit, 60))
    start, end = (
        (context.published, context.published + other) if ahead else (context.published - other, context.published)
    )
    return Reading("DATE", value, start, end, "span")


def vouched(m: re.Match[str], context: Context) -> Reading | None:  # noqa: ARG001 - the shape of a rule
    """Words such as "future", "previously", "so far": past, present or future without a day."""
    value = time_words().vouched[re.sub(r"\s+", " ", m["word"].lower())]
    return Reading("DATE", value, None, None, "span", "none")
