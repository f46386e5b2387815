"""Readings of time expressions that name a day, a month, a year, or a clock time.

Values follow the TimeML annotation guidelines 1.2.1 (TIMEX3). A rule sees the match and a context
(day of publication, direction of the clause, the last day that the text named) and gives a Reading,
or None where the words are not a time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, TypeAlias

from onrecord.ground import calendar as cal
from onrecord.ground.timewords import count_of, either, time_words
from onrecord.model import Granularity

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means: TIMEX3 type and value, first and last day where they are known."""

    type: TimeType
    value: str | None
    start: date | None = None
    end: date | None = None
    granularity: Granularity | None = None
    anchor: str = "published"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may draw on; ``published`` is None for undated reports.

    ``direction`` is -1 (past clause), 2 (future clause), 1 (perhaps future) or 0; ``last`` the interval that the text
    named last, with its words; ``before`` and ``after`` are the words around the match; ``quarter`` is
    the last quarter that the text named by itself, which "the year-ago period" goes back from; ``day``
    the last day, which "the day before" goes back from; ``direct`` whether the words hang on the verb
    itself, whose tense then says more ("fell in October", not "the sale planned for October"); ``reported``
    the quarter that a report on earnings is about; ``told`` what the paragraph gives figures of, where it says so.
    """

    published: date | None
    direction: int
    last: tuple[cal.Interval, str] | None
    before: str
    after: str
    quarter: cal.Interval | None = None
    day: tuple[cal.Interval, str] | None = None
    direct: bool = False
    reported: cal.Interval | None = None
    told: cal.Interval | Literal["longer"] | None = None


_UNRESOLVED: Granularity = "day"


Rule: TypeAlias = Callable[[re.Match[str], Context], Reading | None]


def of_interval(interval: cal.Interval, anchor: str = "published", type_: TimeType = "DATE") -> Reading:
    """The reading that an interval of the calendar gives."""
    return Reading(type_, interval.value, interval.start, interval.end, interval.granularity, anchor)


def unknown(granularity: Granularity = "day", type_: TimeType = "DATE") -> Reading:
    return Reading(type_, None, None, None, granularity, "none")


def year_of(text: str) -> int:
    """The year of digits or words: 2011, '98, "nineteen ninety-four", "two thousand (and) five"."""
    if not re.search(r"\d", text):
        return _spoken_year(text)
    number = int(text.lstrip("'’"))
    return number if number > 99 else 1900 + number if number > 30 else 2000 + number


def _spoken_year(text: str) -> int:
    words = text.lower().replace("-", " ").split()
    if words[:2] == ["two", "thousand"]:
        return 2000 + int(count_of(" ".join(w for w in words[2:] if w != "and")) or 0)
    century = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[words[0]]
    return century + int(count_of(" ".join(words[1:])) or 0)


def _day_number(text: str) -> int:
    """The number of a day: "3", "3rd", "third", "twenty-first"."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else time_words().days[re.sub(r"\s+", "-", text.lower())]


def nearest_month(month: int, context: Context) -> int | None:
    """The year that a bare month belongs to: the last one before publication, or the next if ahead."""
    day = context.published
    if day is None:
        return None
    ahead, back = (month - day.month) % 12, (day.month - month) % 12
    over = context.direction < 0 and context.direct
    forward = (
        ahead <= (7 if context.direction == 1 else 10)
        if context.direction > 0
        else not over and back > (8 if context.direction < 0 else 6)
    )
    if forward and ahead:
        return day.year if month > day.month else day.year + 1
    return day.year if month <= day.month else day.year - 1


def day_month(m: re.Match[str], context: Context) -> Reading | None:
    groups = m.groupdict()
    month = time_words().months[(groups.get("month") or m["monthb"]).lower().rstrip(".")]
    day = _day_number(groups.get("day") or m["dayb"])
    if m.groupdict().get("year"):
        found = cal.safe_date(year_of(m["year"]), month, day)
        return of_interval(cal.day(found), "none") if found else None
    if context.published is None:
        return unknown()
    options = [cal.safe_date(context.published.year + y, month, day) for y in (-1, 0, 1)]
    dates = [d for d in options if d]
    if not dates:
        return None
    return of_interval(cal.day(nearest(dates, context)))


def nearest(dates: list[date], context: Context) -> date:
    """The date meant by a day without a year: near ahead where the one behind is most of a year ago."""
    now = _at(context)
    behind = [d for d in dates if d <= now]
    ahead = [d for d in dates if d >= now]
    if not behind or not ahead:
        return min(dates, key=lambda d: abs(d - now))
    back, on = max(behind), min(ahead)
    if re.search(r"\bended\s+(?:on\s+)?$", context.before, re.IGNORECASE):
        return back
    days_back, days_on = (now - back).days, (on - now).days
    if context.direction > 0:
        return on if days_on <= 300 else back
    if context.direction == 0:
        return on if days_on * 3 < days_back else back
    near = 30 if context.direct else 100  # "a dividend payable Dec. 21", told in the past, lies ahead
    return on if days_on <= near and days_back >= 360 - near else back


def _at(context: Context) -> date:
    assert context.published is not None
    return context.published


def numeric(m: re.Match[str], context: Context) -> Reading | None:
    a, b, year = int(m["a"]), int(m["b"]), year_of(m["y"])
    found = cal.safe_date(year, a, b) or cal.safe_date(year, b, a)
    return of_interval(cal.day(found), "none") if found else None


def iso(m: re.Match[str], context: Context) -> Reading | None:
    found = cal.safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return of_interval(cal.day(found), "none") if found else None


def month_year(m: re.Match[str], context: Context) -> Reading | None:
    month = time_words().months[m["month"].lower().rstrip(".")]
    given = (m.groupdict().get("year") or "").lower()
    rel = (m.groupdict().get("rel") or "").lower().split()
    if given and not given.endswith("year"):
        return of_interval(cal.month(year_of(given), month), "none")
    if context.published is None:
        return unknown("month")
    now = context.published
    if given in {"this year", "last year", "next year"}:
        shift = {"this": 0, "last": -1, "next": 1}[given.split()[0]]
        return of_interval(cal.month(now.year + shift, month))
    if rel and rel[0] in {"last", "past"}:
        just_over = month == now.month - 1 and now.day <= 10  # on 1 March "last February" is a year back
        return of_interval(cal.month(now.year if month < now.month and not just_over else now.year - 1, month))
    if rel and rel[0] in {"next", "coming"}:
        return of_interval(cal.month(now.year if month > now.month else now.year + 1, month))
    if rel and rel[0] == "this":
        return of_interval(cal.month(now.year, month))
    year = nearest_month(month, context)
    return of_interval(cal.month(year or now.year, month))


def day_range(m: re.Match[str], context: Context) -> Reading | None:
    """ "August 22-24", "from 3 to 9 May 2014", "March 28 to April 2": first to last day, value first/last."""
    months, groups = time_words().months, m.groupdict()
    first_month = months[m["month"].lower().rstrip(".")]
    last_month = months[(groups.get("month2") or m["month"]).lower().rstrip(".")]
    year = year_of(m["year"]) if groups.get("year") else nearest_month(last_month, context)
    if year is None:
        return unknown()
    start = cal.safe_date(year - (first_month > last_month), first_month, _day_number(m["day"]))
    end = cal.safe_date(year, last_month, _day_number(m["day2"]))
    return between(start, end, "none" if groups.get("year") else "published")


def between(start: date | None, end: date | None, anchor: str) -> Reading | None:
    """The days from *start* to *end*, with the ISO 8601 interval as value; None unless they are in order."""
    if start is None or end is None or end < start:
        return None
    return Reading("DATE", f"{start.isoformat()}/{end.isoformat()}", start, end, "span", anchor)


def year_range(m: re.Match[str], context: Context) -> Reading | None:
    """ "1939-45", "from 2011 to 2014": value first/last year."""
    first, last = int(m["y1"]), int(m["y2"])
    if last < 100:
        last += first // 100 * 100
    if not first < last <= first + 150:
        return None
    return Reading("DATE", f"{first}/{last}", date(first, 1, 1), date(last, 12, 31), "span", "none")


def bare_year(m: re.Match[str], context: Context) -> Reading | None:
    return of_interval(cal.year(int(m["y"])), "none")


def spoken_year(m: re.Match[str], context: Context) -> Reading | None:
    tens = count_of(m["rest"])
    century = {"nineteen": 1900, "twenty": 2000, "eighteen": 1800}[m["century"].lower()]
    return of_interval(cal.year(century + int(tens)), "none") if tens is not None and tens < 100 else None


def whole_spoken_year(m: re.Match[str], context: Context) -> Reading | None:
    """ "the year two thousand"."""
    return of_interval(cal.year(_spoken_year(m["spoken"])), "none")


def decade(m: re.Match[str], context: Context) -> Reading | None:
    text = m["decade"].lower().strip("'’")
    names = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
             "eighties": 80, "nineties": 90}  # fmt: skip
    if text in names:
        return of_interval(cal.decade(1900 + names[text]), "none")
    digits = re.sub(r"\D", "", text)
    first = int(digits) if len(digits) == 4 else (1900 if int(digits) >= 20 else 2000) + int(digits)
    return of_interval(cal.decade(first // 10 * 10), "none")


def century(m: re.Match[str], context: Context) -> Reading | None:
    spoken = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "seventeenth": 17}
    text = m["n"].lower()
    number = spoken.get(text) or int(re.sub(r"\D", "", text) or 0)
    return of_interval(cal.century(number), "none") if 10 <= number <= 22 else None


_JUST_PAST = 2  # a day so near behind is meant unless the clause is surely of the future


def weekday_date(name: str, rel: str, context: Context) -> date | None:
    if context.published is None:
        return None
    now, want = context.published, time_words().weekdays[name.lower().rstrip(".")]
    back = (now.isoweekday() - want) % 7
    ahead = (want - now.isoweekday()) % 7
    if rel in {"last", "past", "previous", "preceding"}:
        return now - timedelta(days=back or 7)
    if rel in {"next", "coming", "this coming", "following"}:
        return now + timedelta(days=ahead or 7)
    if rel == "this" and context.direction >= 0:
        return now + timedelta(days=ahead)
    near = _JUST_PAST + (now.isoweekday() == 1)  # on a Monday the Friday before is still news
    if context.direction > (1 if back <= near else 0):
        return now + timedelta(days=ahead)
    return now - timedelta(days=back)


def weekday(m: re.Match[str], context: Context) -> Reading | None:
    when = weekday_date(m["weekday"], (m.groupdict().get("rel") or "").lower(), context)
    part = m.groupdict().get("part")
    code = time_words().parts.get(part.lower()) if part else None
    if when is None:
        return unknown(type_="TIME" if code else "DATE")
    if code:
        return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour")
    return of_interval(cal.day(when))


def weekday_beside(m: re.Match[str], context: Context) -> Reading | None:
    """ "the previous Friday", told from the day that the text named last; "the day before last Tuesday"."""
    beside = (m.groupdict().get("beside") or "").lower()
    if beside:
        named = weekday_date(m["weekday"], (m["rel"] or "").lower(), context)
        return of_interval(cal.day(named + timedelta(days=1 if beside == "after" else -1))) if named else unknown()
    if context.day is None or context.day[0].start is None:
        return weekday(m, context)
    base, want = context.day[0].start, time_words().weekdays[m["weekday"].lower().rstrip(".")]
    back = m["rel"].lower() in {"previous", "preceding"}
    days = -((base.isoweekday() - want) % 7 or 7) if back else (want - base.isoweekday()) % 7 or 7
    return of_interval(cal.day(base + timedelta(days=days)), context.day[1])


DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}


@cache
def _nowadays() -> str:
    """ "'s personal computers", after "today": no day."""
    return rf"['’]s\s+(?:[a-z]+\s+){{0,2}}{either(time_words().nowadays)}\b"


def deictic(m: re.Match[str], context: Context) -> Reading | None:
    word = m["word"].lower()
    if word == "today" and re.match(_nowadays(), context.after):
        return None
    part = (m.groupdict().get("part") or ("night" if word == "tonight" else "")).lower()
    code = time_words().parts.get(part)
    if context.published is None:
        return unknown(type_="TIME" if code else "DATE")
    shift = DAYS[word]
    if m.groupdict().get("beyond"):
        shift += -1 if shift < 0 else 1
    when = context.published + timedelta(days=shift)
    if code:
        return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour")
    return of_interval(cal.day(when))
