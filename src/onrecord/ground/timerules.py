"""Patterns of time expressions, each with the reading that its words give once an anchor is known.

Values follow the TimeML annotation guidelines 1.2.1 (TIMEX3). A rule sees the match and a context
(day of publication, direction of the clause, the last day that the text named) and gives a Reading,
or None where the words are not a time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

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

    ``direction`` is -1 (past clause), +1 (future clause) or 0; ``last`` the interval that the text
    named last, with its words; ``before`` and ``after`` are the words around the match.
    """

    published: date | None
    direction: int
    last: tuple[cal.Interval, str] | None
    before: str
    after: str


Rule = Callable[[re.Match[str], Context], Reading | None]
_UNRESOLVED: Granularity = "day"


def of_interval(interval: cal.Interval, anchor: str = "published", type_: TimeType = "DATE") -> Reading:
    """The reading that an interval of the calendar gives."""
    return Reading(type_, interval.value, interval.start, interval.end, interval.granularity, anchor)


def _unknown(granularity: Granularity = "day", type_: TimeType = "DATE") -> Reading:
    return Reading(type_, None, None, None, granularity, "none")


def _year(text: str) -> int:
    number = int(text.lstrip("'’"))
    return number if number > 99 else 1900 + number if number > 30 else 2000 + number


def nearest_month(month: int, context: Context) -> int | None:
    """The year that a bare month belongs to: the last one before publication, or the next if ahead."""
    day = context.published
    if day is None:
        return None
    ahead, back = (month - day.month) % 12, (day.month - month) % 12
    forward = ahead <= 9 if context.direction > 0 else back > (8 if context.direction < 0 else 7)
    if forward and ahead:
        return day.year if month > day.month else day.year + 1
    return day.year if month <= day.month else day.year - 1


def _day_month(m: re.Match[str], context: Context) -> Reading | None:
    words = time_words()
    month = words.months[m["month"].lower().rstrip(".")]
    day = int(re.sub(r"\D", "", m["day"]))
    if m.groupdict().get("year"):
        found = cal.safe_date(_year(m["year"]), month, day)
        return of_interval(cal.day(found), "none") if found else None
    if context.published is None:
        return _unknown()
    options = [cal.safe_date(context.published.year + y, month, day) for y in (-1, 0, 1)]
    dates = [d for d in options if d]
    if not dates:
        return None
    return of_interval(cal.day(_nearest(dates, context)))


def _nearest(dates: list[date], context: Context) -> date:
    """The date meant by a day without a year: near ahead where the one behind is most of a year ago."""
    now = _at(context)
    behind = [d for d in dates if d <= now]
    ahead = [d for d in dates if d >= now]
    if not behind or not ahead:
        return min(dates, key=lambda d: abs(d - now))
    back, on = max(behind), min(ahead)
    days_back, days_on = (now - back).days, (on - now).days
    if context.direction > 0:
        return on if days_on <= 300 else back
    if context.direction == 0:
        return on if days_on * 3 < days_back else back
    return on if days_on <= 100 and days_back >= 260 else back


def _at(context: Context) -> date:
    assert context.published is not None
    return context.published


def _numeric(m: re.Match[str], context: Context) -> Reading | None:
    a, b, year = int(m["a"]), int(m["b"]), _year(m["y"])
    found = cal.safe_date(year, a, b) or cal.safe_date(year, b, a)
    return of_interval(cal.day(found), "none") if found else None


def _iso(m: re.Match[str], context: Context) -> Reading | None:
    found = cal.safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
    return of_interval(cal.day(found), "none") if found else None


def _month_year(m: re.Match[str], context: Context) -> Reading | None:
    month = time_words().months[m["month"].lower().rstrip(".")]
    given = (m.groupdict().get("year") or "").lower()
    rel = (m.groupdict().get("rel") or "").lower().split()
    if re.fullmatch(r"['’]?\d{2,4}", given):
        return of_interval(cal.month(_year(given), month), "none")
    if context.published is None:
        return _unknown("month")
    now = context.published
    if given in {"this year", "last year", "next year"}:
        shift = {"this": 0, "last": -1, "next": 1}[given.split()[0]]
        return of_interval(cal.month(now.year + shift, month))
    if rel and rel[0] in {"last", "past"}:
        return of_interval(cal.month(now.year if month < now.month else now.year - 1, month))
    if rel and rel[0] in {"next", "coming"}:
        return of_interval(cal.month(now.year if month > now.month else now.year + 1, month))
    if rel and rel[0] == "this":
        return of_interval(cal.month(now.year, month))
    year = nearest_month(month, context)
    return of_interval(cal.month(year or now.year, month))


def _bare_year(m: re.Match[str], context: Context) -> Reading | None:
    return of_interval(cal.year(int(m["y"])), "none")


def _spoken_year(m: re.Match[str], context: Context) -> Reading | None:
    tens = count_of(m["rest"])
    century = {"nineteen": 1900, "twenty": 2000, "eighteen": 1800}[m["century"].lower()]
    return of_interval(cal.year(century + int(tens)), "none") if tens is not None and tens < 100 else None


def _decade(m: re.Match[str], context: Context) -> Reading | None:
    text = m["decade"].lower().strip("'’")
    names = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
             "eighties": 80, "nineties": 90}  # fmt: skip
    if text in names:
        return of_interval(cal.decade(1900 + names[text]), "none")
    digits = re.sub(r"\D", "", text)
    first = int(digits) if len(digits) == 4 else (1900 if int(digits) >= 20 else 2000) + int(digits)
    return of_interval(cal.decade(first // 10 * 10), "none")


def _century(m: re.Match[str], context: Context) -> Reading | None:
    spoken = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21, "seventeenth": 17}
    text = m["n"].lower()
    number = spoken.get(text) or int(re.sub(r"\D", "", text) or 0)
    return of_interval(cal.century(number), "none") if 10 <= number <= 22 else None


def _weekday_date(name: str, rel: str, context: Context) -> date | None:
    if context.published is None:
        return None
    now, want = context.published, time_words().weekdays[name.lower().rstrip(".")]
    back = (now.isoweekday() - want) % 7
    ahead = (want - now.isoweekday()) % 7
    if rel in {"last", "past", "previous"}:
        return now - timedelta(days=back or 7)
    if rel in {"next", "coming", "this coming"}:
        return now + timedelta(days=ahead or 7)
    if rel == "this" and context.direction >= 0:
        return now + timedelta(days=ahead)
    if context.direction > 0:
        return now + timedelta(days=ahead)
    return now - timedelta(days=back)


def _weekday(m: re.Match[str], context: Context) -> Reading | None:
    when = _weekday_date(m["weekday"], (m.groupdict().get("rel") or "").lower(), context)
    part = m.groupdict().get("part")
    code = time_words().parts.get(part.lower()) if part else None
    if when is None:
        return _unknown(type_="TIME" if code else "DATE")
    if code:
        return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour")
    return of_interval(cal.day(when))


_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}


def _deictic(m: re.Match[str], context: Context) -> Reading | None:
    word = m["word"].lower()
    part = (m.groupdict().get("part") or ("night" if word == "tonight" else "")).lower()
    code = time_words().parts.get(part)
    if context.published is None:
        return _unknown(type_="TIME" if code else "DATE")
    shift = _DAYS[word]
    if m.groupdict().get("beyond"):
        shift += -1 if shift < 0 else 1
    when = context.published + timedelta(days=shift)
    if code:
        return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour")
    return of_interval(cal.day(when))


def _part_of_day(m: re.Match[str], context: Context) -> Reading | None:
    """"last night", "this morning", "overnight", "the next morning"."""
    rel, part = (m.groupdict().get("rel") or "").lower().strip(), m["part"].lower()
    code = time_words().parts[part]
    if context.published is None:
        return _unknown("hour", "TIME")
    if rel.startswith(("the next", "the following", "the previous")):
        if context.last is None or context.last[0].start is None:
            return _unknown("hour", "TIME")
        when = context.last[0].start + timedelta(days=-1 if "previous" in rel else 1)
        return Reading("TIME", f"{when.isoformat()}T{code}", when, when, "hour", context.last[1])
    when = context.published - timedelta(days=1 if rel == "last" or part == "overnight" else 0)
    end = context.published if part == "overnight" else when
    return Reading("TIME", f"{when.isoformat()}T{code}", when, end, "hour")


def _unit_interval(unit: str, when: date, shift: int) -> cal.Interval | None:
    if unit == "day":
        return cal.day(when + timedelta(days=shift))
    if unit in {"week", "fortnight"}:
        return cal.week(when + timedelta(days=7 * shift))
    if unit == "weekend":
        return cal.weekend(when + timedelta(days=7 * shift))
    if unit == "month":
        return cal.month(when.year, when.month + shift)
    if unit == "quarter":
        return cal.quarter(when.year, (when.month - 1) // 3 + 1 + shift)
    if unit == "year":
        return cal.year(when.year + shift)
    if unit == "decade":
        return cal.decade(when.year // 10 * 10 + 10 * shift)
    if unit == "century":
        return cal.century(when.year // 100 + 1 + shift)
    return None


_SHIFT = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "latest": -1,
          "this": 0, "current": 0, "present": 0, "next": 1, "coming": 1, "following": 1, "upcoming": 1}  # fmt: skip


def _relative_unit(m: re.Match[str], context: Context) -> Reading | None:
    """"last week", "this year", "next month", "the latest quarter"."""
    unit, rel = m["unit"].lower(), m["rel"].lower().split()[-1]
    if context.published is None:
        return _unknown("day" if unit == "day" else "span")
    shift = _SHIFT[rel]
    if unit == "weekend" and shift == -1 and context.published.isoweekday() < 6:
        shift = -1
    if unit in {"year", "decade"} and m["rel"].lower() in {"past", "the past"}:
        days = time_words().units[unit][1]
        start = context.published - timedelta(days=days)
        found = _unit_interval(unit, context.published, -1)
        return Reading("DATE", found.value if found else None, start, context.published, "span")
    found = _unit_interval(unit, context.published, shift)
    return of_interval(found) if found else None


def _narrative_unit(m: re.Match[str], context: Context) -> Reading | None:
    """"the next day", "the week before", "a year earlier", "that year", "the quarter"."""
    unit, rel = m["unit"].lower(), (m.groupdict().get("rel") or "").lower()
    anchor = context.last
    if anchor is None or anchor[0].start is None:
        if context.published is None:
            return _unknown("span")
        anchor = (cal.day(context.published), "published")
    start = anchor[0].start
    assert start is not None
    shift = -1 if re.search(r"before|earlier|ago|previous|preceding|prior", rel) else 0 if rel in {"that", "the same", "same"} else 1
    if unit == "year" and anchor[0].granularity == "quarter" and shift:
        return of_interval(cal.quarter(start.year + shift, (start.month - 1) // 3 + 1), anchor[1])
    if unit == "year" and anchor[0].granularity == "month" and shift:
        return of_interval(cal.month(start.year + shift, start.month), anchor[1])
    found = _unit_interval(unit, start, shift)
    return of_interval(found, anchor[1]) if found else None


def _the_unit(m: re.Match[str], context: Context) -> Reading | None:
    """"the weekend", "the week", "the quarter": the one that publication lies in or has just seen."""
    unit = m["unit"].lower()
    if context.published is None:
        return _unknown("span")
    if unit == "weekend":
        back = context.published.isoweekday() < 6 and context.direction <= 0
        return of_interval(cal.weekend(context.published - timedelta(days=7 if back else 0)))
    if unit == "quarter":
        if context.last is not None and context.last[0].granularity == "quarter":
            return of_interval(context.last[0], context.last[1])
        return of_interval(cal.quarter(context.published.year, (context.published.month - 1) // 3))
    found = _unit_interval(unit, context.published, 0)
    return of_interval(found) if found else None


_FINE = {"second": "S", "minute": "M", "hour": "H"}


def duration_value(count: float | None, unit: str) -> str:
    """The TIMEX3 duration of *count* units: "P2W", "PT5H", "PXM" where the count is vague."""
    unit = unit.lower().rstrip("s") if unit.lower() not in {"centuries"} else "century"
    code = time_words().units.get(unit, ("X", 0))[0]
    many = re.match(r"(\d+)([A-Z])", code)
    amount = count
    if many:
        amount, code = (count * int(many[1]) if count is not None else None), many[2]
    prefix = "PT" if unit in _FINE else "P"
    code = _FINE.get(unit, code)
    if amount is None:
        vague = {"10": "E", "100": "C"}.get(many[1]) if many else None
        return f"{prefix}X{vague or code}"
    if amount != int(amount):
        whole = int(amount)
        finer = {"Y": ("M", 12), "D": ("TH", 24), "H": ("M", 60), "W": ("D", 7), "M": ("W", 4)}.get(code)
        if finer:
            rest = f"{round((amount - whole) * finer[1])}{finer[0]}"
            return f"{prefix}{f'{whole}{code}' if whole else ''}{rest}"
    return f"{prefix}{int(amount)}{code}"


def _days_of(count: float | None, unit: str) -> int | None:
    name = "century" if unit.lower() == "centuries" else unit.lower().rstrip("s")
    days = time_words().units.get(name, ("", 0))[1]
    return None if count is None else round(count * days)


def _duration(m: re.Match[str], context: Context) -> Reading | None:
    count = count_of(m["count"]) if m.groupdict().get("count") else None
    return Reading("DURATION", duration_value(count, m["unit"]), None, None, "span", "none")


def _last_units(m: re.Match[str], context: Context) -> Reading | None:
    """"the past two months", "the next few days": a length, anchored on publication."""
    count, unit = count_of(m["count"]), m["unit"]
    value = duration_value(count, unit)
    if context.published is None:
        return Reading("DURATION", value, None, None, "span", "none")
    name = unit.lower().rstrip("s")
    days = _days_of(count, unit) if count is not None else time_words().width.get(name, 30)
    ahead = m["rel"].lower().split()[-1] in {"next", "coming", "following"}
    other = context.published + timedelta(days=(days or 0) * (1 if ahead else -1))
    start, end = (context.published, other) if ahead else (other, context.published)
    return Reading("DURATION", value, start, end, "span")


def _ago(m: re.Match[str], context: Context) -> Reading | None:
    """"two years ago", "three days earlier", "a week later": as exact as the unit says."""
    count, unit, way = count_of(m["count"]), m["unit"].lower().rstrip("s"), m["way"].lower()
    ahead = way in {"later", "after", "from now", "hence"}
    from_text = way not in {"ago", "from now", "hence"}
    base, anchor = context.published, "published"
    quarterly = context.last is not None and context.last[0].granularity == "quarter"
    if unit == "year" and count == 1 and way == "ago" and quarterly and context.last and context.last[0].start:
        start = context.last[0].start
        if context.published is None or start.year == context.published.year:
            return of_interval(cal.quarter(start.year - 1, (start.month - 1) // 3 + 1), context.last[1])
    if from_text and context.last is not None and context.last[0].start is not None:
        base, anchor = context.last[0].start, context.last[1]
        if unit == "year" and context.last[0].granularity == "quarter" and count is not None:
            shift = int(count) if ahead else -int(count)
            return of_interval(cal.quarter(base.year + shift, (base.month - 1) // 3 + 1), anchor)
    if unit in _FINE:
        when = base
        return Reading("TIME", None, when, when, "hour", anchor) if base else _unknown("hour", "TIME")
    if base is None:
        return _unknown("span")
    if count is None:
        days = {"day": 7, "week": 42, "month": 180, "year": 1825, "decade": 10957}.get(unit, 180)
        start, end = (base, base + timedelta(days=days)) if ahead else (base - timedelta(days=days), base)
        return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF", start, end, "span", anchor)
    sign = 1 if ahead else -1
    if unit in {"day", "night"}:
        return of_interval(cal.day(base + timedelta(days=sign * int(count))), anchor)
    if unit in {"week", "fortnight", "weekend"}:
        return of_interval(cal.week(base + timedelta(weeks=sign * int(count * (2 if unit == "fortnight" else 1)))), anchor)
    if unit == "month":
        return of_interval(cal.month(base.year, base.month + sign * int(count)), anchor)
    if unit == "quarter":
        return of_interval(cal.quarter(base.year, (base.month - 1) // 3 + 1 + sign * int(count)), anchor)
    years = count * {"decade": 10, "century": 100, "centurie": 100}.get(unit, 1)
    target = base.year + sign * int(years)
    if not 1 <= target <= 9998:
        return Reading("DATE", "PAST_REF", None, None, "span", anchor)
    return of_interval(cal.year(target), anchor)


def _each(m: re.Match[str], context: Context) -> Reading | None:
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


_ADVERBS = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W",
            "biweekly": "P2W", "monthly": "P1M", "bimonthly": "P2M", "yearly": "P1Y", "annually": "P1Y"}  # fmt: skip


def _adverb(m: re.Match[str], context: Context) -> Reading | None:
    return Reading("SET", _ADVERBS[m["word"].lower()], None, None, "span", "none")


def _quarter(m: re.Match[str], context: Context) -> Reading | None:
    groups = m.groupdict()
    number = time_words().ordinals.get((groups.get("ord") or "").lower()) or int(groups.get("qn") or 0)
    part = (groups.get("half") or "").lower()
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
        return _unknown("quarter")
    if part == "half":
        return of_interval(cal.half(year, number)) if number <= 2 else None
    return of_interval(cal.quarter(year, number), "none" if year_words.isdigit() else "published")


def _year_period(m: re.Match[str], context: Context) -> Reading | None:
    """"the 1988 period": the quarter spoken of, in that year."""
    year = int(m["y"])
    if context.last is not None and context.last[0].granularity == "quarter" and context.last[0].start:
        return of_interval(cal.quarter(year, (context.last[0].start.month - 1) // 3 + 1), context.last[1])
    return of_interval(cal.year(year), "none")


def _year_quarter(m: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return _unknown("quarter")
    rel = m["rel"].lower()
    year = context.published.year + {"next": 1, "this": 0}.get(rel, -1)
    number = time_words().ordinals[m["ord"].lower()]
    if m["half"].lower() == "half":
        return of_interval(cal.half(year, min(number, 2)))
    return of_interval(cal.quarter(year, number))


def _year_end(m: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return _unknown("year")
    return of_interval(cal.year(context.published.year))


def _the_year_ended(m: re.Match[str], context: Context) -> Reading | None:
    return Reading("DURATION", "P1Y", None, None, "span", "none")


def _then(m: re.Match[str], context: Context) -> Reading | None:
    return of_interval(context.last[0], context.last[1]) if context.last else None


def _season(m: re.Match[str], context: Context) -> Reading | None:
    code = time_words().seasons[m["season"].lower()]
    given, rel = m.groupdict().get("year") or "", (m.groupdict().get("rel") or "").lower()
    if given.isdigit():
        return of_interval(cal.season(int(given), code), "none")
    if context.published is None:
        return _unknown("season")
    now = context.published
    this = cal.season(now.year, code)
    assert this.start is not None
    if rel.split()[-1:] == ["next"]:
        return of_interval(this if this.start > now else cal.season(now.year + 1, code))
    if rel.split()[-1:] == ["last"] or (rel == "this past") or (not rel and this.start > now and context.direction <= 0):
        done = this.end is not None and this.end < now
        return of_interval(this if done else cal.season(now.year - 1, code))
    return of_interval(this)


def _clock(m: re.Match[str], context: Context) -> Reading | None:
    hour, minute = int(m["h"]), int(m.groupdict().get("min") or 0)
    half = (m.groupdict().get("ap") or "").lower().replace(".", "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    when = None
    name = m.groupdict().get("weekday")
    if name:
        when = _weekday_date(name, "", context)
    elif m.groupdict().get("month"):
        dated = _day_month(m, context)
        when = dated.start if dated else None
    elif context.last is not None and context.last[0].granularity == "day":
        when = context.last[0].start
    elif context.published is not None:
        when = context.published
    value = f"{when.isoformat() if when else 'XXXX-XX-XX'}T{hour:02d}:{minute:02d}"
    return Reading("TIME", value, when, when, "minute")


def _noon(m: re.Match[str], context: Context) -> Reading | None:
    hour = 12 if m["word"].lower() in {"noon", "midday"} else 24
    when = context.published
    name = m.groupdict().get("weekday")
    if name:
        when = _weekday_date(name, "", context)
    return Reading("TIME", f"{when.isoformat() if when else 'XXXX-XX-XX'}T{hour:02d}:00", when, when, "hour")


def _vague(table: Literal["past", "present", "future"]) -> Rule:
    def rule(m: re.Match[str], context: Context) -> Reading | None:
        words = time_words()
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


def _recent_units(m: re.Match[str], context: Context) -> Reading | None:
    """"in recent weeks", "the coming months": a wide interval on the side that the words say."""
    unit, ahead = m["unit"].lower().rstrip("s"), m["rel"].lower().split()[-1] in {"coming", "next"}
    value = "FUTURE_REF" if ahead else "PAST_REF"
    if context.published is None:
        return Reading("DATE", value, None, None, "span", "none")
    other = timedelta(days=time_words().width.get(unit, 60))
    start, end = (context.published, context.published + other) if ahead else (context.published - other, context.published)
    return Reading("DATE", value, start, end, "span")


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


def _holiday(m: re.Match[str], context: Context) -> Reading | None:
    name = re.sub(r"\s+", " ", m["holiday"].lower().replace("’", "'"))
    given, rel = m.groupdict().get("year") or "", (m.groupdict().get("rel") or "").lower()
    if given.isdigit():
        found = holiday(name, int(given))
        return of_interval(cal.day(found), "none") if found else None
    if context.published is None:
        return _unknown()
    now = context.published
    days = sorted(d for d in (holiday(name, now.year + y) for y in (-1, 0, 1)) if d)
    if rel == "last" or (rel != "next" and context.direction < 0):
        return of_interval(cal.day(max(d for d in days if d < now or (d == now and rel != "last"))))
    if rel == "next" or context.direction > 0:
        return of_interval(cal.day(min(d for d in days if d >= now)))
    return of_interval(cal.day(min(days, key=lambda d: abs(d - now))))


def _ramadan(m: re.Match[str], context: Context) -> Reading | None:
    table = time_words().ramadan
    given = m.groupdict().get("year") or ""
    year = int(given) if given.isdigit() else context.published.year if context.published else None
    first = table.get(year) if year else None
    if first is None:
        return _unknown("month")
    start = date.fromisoformat(first)
    if m["what"].lower().startswith("eid"):
        return of_interval(cal.day(start + timedelta(days=29)))
    return Reading("DATE", f"{first}/P29D", start, start + timedelta(days=29), "month")


def _fiscal(m: re.Match[str], context: Context) -> Reading | None:
    year = m["y"]
    return of_interval(cal.year(_year(year)), "none")


def _abbreviated(names: Iterable[str], *whole: str) -> str:
    """A pattern for *names*; only the short ones may end in a full stop."""
    long = [n for n in names if len(n) > 4 or n in whole or n in {"june", "july"}]
    short = [n for n in names if n not in long]
    return f"(?:{either(long)}|{either(short)}\\b\\.?)"


@lru_cache(maxsize=1)
def rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """Every pattern with its rule; where matches overlap the longest counts, then the first here."""
    w = time_words()
    month = f"(?P<month>{_abbreviated(w.months, 'may')})"
    weekday = f"(?P<weekday>{_abbreviated(w.weekdays)})"
    day = r"(?P<day>[0-3]?\d(?:st|nd|rd|th)?)"
    year = r"(?P<year>(?:1[4-9]|20)\d\d)"
    part = f"(?P<part>{either(p for p in w.parts if p not in {'noon', 'midnight', 'midday', 'overnight'})})"
    units = either([*w.units, *(u + "s" for u in w.units)])
    coarse = r"(?P<unit>days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centuries|century)"
    any_unit = r"(?P<unit>seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centuries|century)"
    number = (
        r"(?:(?:\d{1,3}(?:\.\d+)?(?:\s+1/2)?|(?:(?:a\s+)?hundred|thousand|" + either(w.numbers) + r")(?:[\s-]+(?:and\s+)?"
        + either(n for n in w.numbers if n not in {"a", "an"}) + r")*)(?:\s+and\s+a\s+half)?|a\s+couple(?:\s+of)?|half\s+an?|half|a\s+dozen)"
    )
    vague = r"(?:several|a\s+few|few|some|many|a\s+number\s+of|dozens\s+of|hundreds\s+of|various)"
    hedge = r"(?:(?:nearly|almost|about|around|roughly|approximately|over|more\s+than|less\s+than|at\s+least|at\s+most|up\s+to|only|just|some|no\s+more\s+than|as\s+many\s+as|another)\s+)?"
    count = f"(?P<count>{hedge}(?:{number}|{vague}))"
    early = r"(?:(?:early|late|mid|middle|later|earlier)[\s-]+|(?:the\s+)?(?:very\s+)?(?:beginning|end|middle|start|close|turn|early\s+part|latter\s+part|rest|remainder)\s+of\s+)?(?:the\s+)?"
    edge = r"(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?"
    o, c = r"(?<![\w$£€#.-])", r"(?![\w-])"
    table: list[tuple[str, Rule]] = [
        (r"(?<![\w.-])(?P<y>(?:1[4-9]|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?:T[\d:.+Z-]+)?(?!\d)", _iso),
        (rf"{o}(?P<a>[01]?\d)[/-](?P<b>[0-3]?\d)[/-](?P<y>(?:19|20)?\d\d)(?![\d/-])", _numeric),
        (rf"{o}{edge}(?:(?:{either(w.weekdays)})\.?,?\s+)?(?:last\s+|this\s+coming\s+)?{month}\s*{day}(?:\s*,?\s+{year})?(?!\d|:\d)", _day_month),
        (rf"{o}(?:(?:{either(w.weekdays)})\.?,?\s+)?(?:the\s+)?{day}\s+(?:of\s+)?{month}(?:,?\s+{year})?(?![\w-])", _day_month),
        (rf"{o}{early}{month},?\s+(?:of\s+)?(?P<year>(?:1[4-9]|20)\d\d|['’]\d\d|this\s+year|last\s+year|next\s+year){c}", _month_year),
        (rf"{o}{early}(?:(?P<rel>last|this|next|this\s+past|coming|past)\s+)?(?P<month>{either(m for m in w.months if len(m) > 3 or m == 'may')}){c}", _month_year),
        (rf"{o}{early}{year.replace('year', 'y')}(?![\w%]|-\w|\.\d|,\d)", _bare_year),
        (rf"{o}(?:the\s+year\s+)?(?P<century>nineteen|twenty|eighteen)[\s-](?P<rest>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)){c}", _spoken_year),
        (rf"{o}(?:the\s+)?(?:(?:early|late|mid)[\s-]+(?:to\s+late\s+)?)?(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]\d0s|(?<=the )(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)){c}", _decade),
        (rf"{o}(?:the\s+)?(?:early\s+|late\s+|mid-?)?(?P<n>\d\d(?:th|st)|(?:seven|eight|nine)teenth|twentieth|twenty-first)[\s-]century{c}", _century),
        (rf"{o}{edge}(?:on\s+)?(?:(?P<rel>last|next|this|this\s+coming|past)\s+)?{weekday}(?:\s+{part})?{c}", _weekday),
        (rf"{o}{edge}(?P<word>today|yesterday|tomorrow|tonight)(?:\s+{part})?{c}", _deictic),
        (rf"{o}(?P<beyond>the\s+day\s+(?:before|after))\s+(?P<word>yesterday|tomorrow){c}", _deictic),
        (rf"{o}{edge}(?:(?P<rel>last|this|the\s+next|the\s+following|the\s+previous)\s+)(?P<part>{either(w.parts)}){c}", _part_of_day),
        (rf"{o}(?P<part>overnight){c}", _part_of_day),
        (rf"{o}{early}(?P<rel>last|this|next|the\s+(?:latest|current|present)|the\s+(?:past|coming|last|next)|(?:this\s+)?(?:past|coming|current|previous))\s+(?P<unit>week|weekend|month|quarter|year|decade|century){c}", _relative_unit),
        (rf"{o}(?P<rel>the\s+(?:next|following|previous|preceding|prior)|that|the\s+same|following|previous)\s+(?P<unit>day|week|weekend|month|quarter|year|decade){c}", _narrative_unit),
        (rf"{o}(?:the|a|an|one)\s+(?P<unit>day|week|month|quarter|year|decade)\s+(?P<rel>before|earlier|after){c}", _narrative_unit),
        (rf"{o}(?:the\s+)?(?P<unit>year)-(?P<rel>earlier|ago|before)(?:\s+(?:period|quarter|month|week))?{c}", _narrative_unit),
        (rf"{o}{early}the\s+(?P<unit>weekend|week|month|quarter|fiscal\s+year){c}", _the_unit),
        (rf"{o}(?P<rel>(?:the\s+)?(?:past|last|next|coming|previous|first|following))\s+(?P<count>{hedge}(?:{number}|{vague}))[\s-]+{any_unit}{c}", _last_units),
        (rf"{o}{count}(?:\s+or\s+(?:so|more))?[\s-]+{any_unit}(?:\s+or\s+so)?\s+(?P<way>ago|earlier|later|from\s+now|hence|before){c}", _ago),
        (rf"{o}(?P<count>)(?P<unit>days|weeks|months|years|decades|centuries)\s+(?P<way>ago|earlier|later){c}", _ago),
        (rf"{o}(?:(?:the|a|an)\s+(?={number}-?\w))?{count}(?:\s+(?:to|or)\s+(?:{number}))?(?:\s+more|\s+full|\s+consecutive|\s+straight|\s+additional)?[\s-]+{any_unit.replace('quarters?', 'quarters')}(?:[\s-]long)?(?![\w]|[\s-]old\b)", _duration),
        (rf"{o}(?P<unit>days|weeks|months|years|decades|centuries|hours|minutes)(?=\s+of\b|\s+after\b|\s+before\b|[,.;]|\s+in\s+prison|\s+on\s+end|\s+to\s+come)", _duration),
        (rf"{o}(?:every|each)\s+(?:(?P<count>other|\d+|two|three|four|five|six|ten)\s+)?(?P<unit>{units}|{either(w.weekdays)}|{either(w.months)}|{either(w.seasons)}|morning|evening|night|afternoon){c}", _each),
        (rf"{o}(?P<word>{either(_ADVERBS)}){c}", _adverb),
        (rf"{o}the\s+(?P<y>(?:19|20)\d\d)\s+(?P<unit>quarter|period){c}", _year_period),
        (rf"{o}(?:the\s+)?(?P<rel>next|last|this)\s+year['’]s\s+(?P<ord>first|second|third|fourth|final)\s+(?P<half>quarter|half){c}", _year_quarter),
        (rf"{o}(?:the\s+)?(?P<rel>year-(?:ago|earlier))\s+(?P<ord>first|second|third|fourth|final)\s+(?P<half>quarter|half){c}", _year_quarter),
        (rf"{o}(?:the\s+end\s+of\s+the\s+year|year[\s-]end|(?:the\s+)?year['’]s\s+end|(?:the\s+)?full\s+year){c}", _year_end),
        (rf"{o}(?:the\s+year(?=\s+(?:ended|ending)\b))", _the_year_ended),
        (rf"(?<=since )then\b|(?<=until )then\b|(?<=by )then\b|(?<=that )time\b(?<=at that time)", _then),
        (rf"{o}{early}(?:fiscal\s+)?(?P<year2>(?:19|20)\d\d)?\s*(?P<ord>first|second|third|fourth|final|1st|2nd|3rd|4th)(?:\s+fiscal)?[\s-](?P<half>quarter|half)(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d|this\s+year|last\s+year|next\s+year))?{c}", _quarter),
        (rf"{o}Q(?P<qn>[1-4])(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?{c}", _quarter),
        (rf"{o}{early}(?:(?P<rel>last|next|this|this\s+past)\s+)?(?P<season>spring|summer|autumn|winter|(?<=last )fall|(?<=this )fall|(?<=next )fall|(?<=the )fall(?= of \d))(?:\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?{c}", _season),
        (rf"{o}(?:around\s+|about\s+|shortly\s+(?:before|after)\s+)?(?P<h>[0-2]?\d)(?:[:.](?P<min>[0-5]\d))?\s*(?P<ap>[ap]\.?\s?m\b\.?)(?:\s+(?:E[SD]T|P[SD]T|C[SD]T|GMT|UTC|local\s+time))?(?:\s+(?:on\s+)?(?:{weekday}|{month}\s*{day}))?(?!\w)", _clock),
        (rf"{o}(?P<h>[0-2]?\d):(?P<min>[0-5]\d)(?:\s*(?:hours|hrs|GMT|UTC|E[SD]T|local\s+time))?(?!\w|:|-\d)", _clock),
        (r"(?<![\w$£€.,-])(?P<h>[0-2]\d)(?P<min>[0-5]\d)\s+(?:hours|hrs|GMT|UTC)(?!\w)", _clock),
        (rf"{o}(?P<word>noon|midnight|midday)(?:\s+(?:on\s+)?{weekday})?{c}", _noon),
        (rf"{o}(?:(?P<rel>last|next|this)\s+)?(?P<holiday>{either(w.holidays)})(?:,?\s+(?P<year>(?:19|20)\d\d))?{c}", _holiday),
        (rf"{o}(?P<what>Ramadan|Eid\s+al-Fitr|Eid\s+ul-Fitr)(?:,?\s+(?P<year>(?:19|20)\d\d))?{c}", _ramadan),
        (rf"{o}(?P<rel>recent|(?:the\s+)?(?:coming|next|last|past))\s+(?P<unit>days|weeks|months|years|decades)(?:\s+and\s+(?:weeks|months|years))?{c}", _recent_units),
        (rf"{o}(?:the\s+)?fiscal\s+(?:year\s+)?(?P<y>(?:19|20)\d\d){c}", _fiscal),
        (rf"{o}(?P<word>{either(w.past)}){c}", _vague("past")),
        (rf"{o}(?P<word>{either(w.present)}){c}", _vague("present")),
        (rf"{o}(?P<word>{either(w.future)}){c}", _vague("future")),
    ]  # fmt: skip
    return tuple((re.compile(pattern, re.IGNORECASE), rule) for pattern, rule in table)
