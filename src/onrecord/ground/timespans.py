"""Readings of stretches of time: units told from publication or from the text, lengths, sets, quarters, seasons."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.ground import calendar as cal
from onrecord.ground.timequarters import last_year, the_quarter, year_ago
from onrecord.ground.timerules import Context, Reading, day_month, of_interval, unknown, year_of
from onrecord.ground.timewords import count_of, time_words


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


def relative_unit(m: re.Match[str], context: Context) -> Reading | None:
    """ "last week", "this year", "next month", "the latest quarter"."""
    unit, rel = m["unit"].lower().split()[-1], m["rel"].lower().split()[-1]
    if context.published is None:
        return unknown("day" if unit == "day" else "span")
    shift = _SHIFT[rel]
    compared = last_year(context) if unit == "year" and rel == "last" else None
    if compared is not None:
        return compared
    if unit in {"year", "decade", "century"} and m["rel"].lower() in {"past", "the past"}:
        start = cal.shift_months(context.published, -12 * {"year": 1, "decade": 10, "century": 100}[unit])
        if unit != "year":  # "the past decade" is ten years, as "the past ten years" is
            return Reading("DURATION", duration_value(1, unit), start, context.published, "span")
        return Reading("DATE", cal.year(context.published.year - 1).value, start, context.published, "span")
    found = _unit_interval(unit, context.published, shift)
    return of_interval(found) if found else None


_EVENT = re.compile(
    r"\s+(?!(?:and|but|or|in|at|on|when|where|that|which|who|to|with|by|as|for|from|is|was|were|are|had|has|said|after|"
    r"before|while|because|yesterday|tomorrow)\b)[A-Za-z]",
    re.IGNORECASE,
)
_YEARS = frozenset({"year", "decade", "century", "span"})
_COARSE = frozenset({"month", "quarter", "season", "year", "decade", "century", "span"})


def narrative_unit(m: re.Match[str], context: Context) -> Reading | None:
    """ "the next day", "the week before", "a year earlier", "that year", "the quarter"."""
    unit, rel = m["unit"].lower(), (m.groupdict().get("rel") or "").lower()
    if unit == "year" and rel in {"earlier", "ago"}:
        told = year_ago(m, context)
        if told is not None:
            return told
    if rel in {"before", "after"} and _EVENT.match(context.after):
        given = re.match(r"the\b", m[0], re.IGNORECASE)  # "the day after his death": no day that the text names
        return None if given else Reading("DURATION", duration_value(1, unit), None, None, "span", "none")
    if unit == "quarter" and rel == "that" and context.quarter is not None:
        return of_interval(context.quarter, "quarter")
    anchor = context.last
    if unit in {"day", "week", "weekend"} and anchor is None and rel == "that":
        return None  # "trades made that day": none that the text names
    if unit in {"day", "week", "weekend"} and anchor is not None and anchor[0].granularity in _COARSE:
        anchor = context.day
        if anchor is None:
            return None if rel == "that" else unknown("day" if unit == "day" else "span")
    if anchor is None or anchor[0].start is None:
        if context.published is None:
            return unknown("span")
        anchor = (cal.day(context.published), "published")
    start = anchor[0].start
    assert start is not None
    period = (m.groupdict().get("period") or "").lower()
    if context.quarter is not None and context.quarter.start and period in {"quarter", "period"}:
        now = context.quarter.start
        return of_interval(cal.quarter(now.year - 1, (now.month - 1) // 3 + 1), anchor[1])
    shift = (
        -1
        if re.search(r"before|earlier|ago|previous|preceding|prior", rel)
        else 0
        if rel in {"that", "the same", "same"}
        else 1
    )
    if unit == "year" and anchor[0].granularity == "quarter" and shift:
        return of_interval(cal.quarter(start.year + shift, (start.month - 1) // 3 + 1), anchor[1])
    if unit == "year" and anchor[0].granularity == "month" and shift:
        return of_interval(cal.month(start.year + shift, start.month), anchor[1])
    found = _unit_interval(unit, start, shift)
    return of_interval(found, anchor[1]) if found else None


def the_unit(m: re.Match[str], context: Context) -> Reading | None:
    """ "the weekend", "the week", "the quarter": the one that publication lies in or has just seen."""
    unit = m["unit"].lower().split()[-1]
    if unit == "year" and re.match(r"\s+end(?:ed|ing)\b", context.after, re.IGNORECASE):
        return the_year_ended(m, context)
    if context.published is None:
        return unknown("span")
    if unit == "weekend":
        back = context.published.isoweekday() < 6 and context.direction <= 0
        return of_interval(cal.weekend(context.published - timedelta(days=7 if back else 0)))
    if unit == "quarter":
        return the_quarter(context)
    found = _unit_interval(unit, context.published, 0)
    return of_interval(found) if found else None


_AWHILE = re.compile(r"\b(?:for|in|within|of|just|half)\s+$", re.IGNORECASE)
_MOST = re.compile(r"\b(?:[a-z]+est|first|only|most|least|worst|record|once|times?)\b[^.;]{0,60}$", re.IGNORECASE)
_IN = re.compile(r"\bin\s+$", re.IGNORECASE)
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
    if code == "Q" and amount is not None:
        amount, code = amount * 3, "M"  # ISO 8601 has no quarters
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


def duration(m: re.Match[str], context: Context) -> Reading | None:
    if m["unit"][0].isupper() and not m["unit"].isupper() and context.before[-1:] not in {"", "\n"}:
        return None  # a title: "60 Minutes"
    if re.fullmatch(r"a\s+second", m[0], re.IGNORECASE) and not _AWHILE.search(context.before):
        return None  # "a second round"
    if re.match(r"\w+-quarters$", m[0], re.IGNORECASE):
        return None  # "three-quarters of the votes"
    count = count_of(m["count"]) if m.groupdict().get("count") else None
    if count and m.groupdict().get("more"):
        return Reading("DURATION", duration_value(count + 0.5, m["unit"]), None, None, "span", "none")
    if count and _ahead(m, context):
        return from_publication(count, m["unit"].lower().rstrip("s"), context)
    return Reading("DURATION", duration_value(count, m["unit"]), None, None, "span", "none")


def _ahead(m: re.Match[str], context: Context) -> bool:
    """Whether "in five years" says when, not how long: it hangs on a verb of the future."""
    if re.match(r"\s+of\b", context.after):
        return False  # "in a year of anger"
    whole = not m.groupdict().get("upto") and m["unit"].lower().rstrip("s") in {"day", "week", "month", "year"}
    told = context.direct and bool(_IN.search(context.before)) and not _MOST.search(context.before)
    return whole and context.direction > 1 and told


def from_publication(count: float, unit: str, context: Context) -> Reading | None:
    """The day, week, month or year so many units after publication."""
    if context.published is None or count != int(count):
        return unknown("span")
    shift = int(count)
    if unit in {"day", "week"}:
        return of_interval(cal.day(context.published + timedelta(days=shift * (7 if unit == "week" else 1))))
    found = _unit_interval(unit, context.published, shift)
    return of_interval(found) if found else None


def last_units(m: re.Match[str], context: Context) -> Reading | None:
    """ "the past two months", "the next few days": a length, anchored on publication."""
    count, unit = count_of(m["count"]), m["unit"]
    if re.match(r"last\s+an?\b", m[0], re.IGNORECASE):  # the verb: "it could last a decade"
        return Reading("DURATION", duration_value(count, unit), None, None, "span", "none")
    value = duration_value(None if m.groupdict().get("upto") else count, unit)
    if context.published is None:
        return Reading("DURATION", value, None, None, "span", "none")
    name = unit.lower().rstrip("s")
    longest = count_of(m["upto"]) if m.groupdict().get("upto") else count
    days = _days_of(longest, unit) if longest is not None else time_words().width.get(name, 30)
    ahead = m["rel"].lower().split()[-1] in {"next", "coming", "following"}
    other = context.published + timedelta(days=(days or 0) * (1 if ahead else -1))
    start, end = (context.published, other) if ahead else (other, context.published)
    return Reading("DURATION", value, start, end, "span")


def ago(m: re.Match[str], context: Context) -> Reading | None:
    """ "two years ago", "three days earlier", "a week later": as exact as the unit says."""
    count, unit, way = count_of(m["count"]), m["unit"].lower().rstrip("s"), m["way"].lower()
    ahead = way in {"later", "after", "from now", "hence"}
    from_text = way not in {"ago", "from now", "hence"}
    if way == "before" and _EVENT.match(context.after):  # "ten days before the attack": no day that the text names
        return Reading("DURATION", duration_value(count, unit), None, None, "span", "none")
    base, anchor = context.published, "published"
    if unit == "year" and count == 1 and way in {"ago", "earlier"}:
        told = year_ago(m, context)
        if told is not None:
            return told
    quarterly = context.last is not None and context.last[0].granularity == "quarter"
    if unit == "year" and count == 1 and way == "ago" and quarterly and context.last and context.last[0].start:
        start = context.last[0].start
        if context.published is None or start.year == context.published.year:
            return of_interval(cal.quarter(start.year - 1, (start.month - 1) // 3 + 1), context.last[1])
    last = _told_from(unit, context) if from_text else None
    if from_text and last is None and context.last is not None:
        return unknown("span")
    if last is not None and last[0].start is not None:
        base, anchor = last[0].start, last[1]
        if unit == "year" and last[0].granularity == "quarter" and count is not None:
            shift = int(count) if ahead else -int(count)
            return of_interval(cal.quarter(base.year + shift, (base.month - 1) // 3 + 1), anchor)
    if unit in _FINE:
        when = base
        return Reading("TIME", None, when, when, "hour", anchor) if base else unknown("hour", "TIME")
    if base is None:
        return unknown("span")
    if count is None:
        days = {"day": 7, "week": 42, "month": 180, "year": 1825, "decade": 10957}.get(unit, 180)
        start, end = (base, base + timedelta(days=days)) if ahead else (base - timedelta(days=days), base)
        return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF", start, end, "span", anchor)
    return _counted(base, unit, count if ahead else -count, anchor)


def _told_from(unit: str, context: Context) -> tuple[cal.Interval, str] | None:
    """What "two days later" is counted from: named last, and as fine as the unit; None where nothing is."""
    last = context.last
    fine = unit in _FINE or unit in {"day", "week", "month"}
    coarse = _YEARS if unit == "month" else _COARSE
    return context.day if fine and last is not None and last[0].granularity in coarse else last


def _counted(base: date, unit: str, count: float, anchor: str) -> Reading:
    """The day, week, month, quarter or year so many units from *base*, back where *count* is negative."""
    if unit in {"day", "night"}:
        return of_interval(cal.day(base + timedelta(days=int(count))), anchor)
    if unit in {"week", "fortnight", "weekend"}:
        return of_interval(cal.week(base + timedelta(weeks=int(count * (2 if unit == "fortnight" else 1)))), anchor)
    if unit == "month":
        return of_interval(cal.month(base.year, base.month + int(count)), anchor)
    if unit == "quarter":
        return of_interval(cal.quarter(base.year, (base.month - 1) // 3 + 1 + int(count)), anchor)
    target = base.year + int(count * {"decade": 10, "century": 100, "centurie": 100}.get(unit, 1))
    if not 1 <= target <= 9998:
        return Reading("DATE", "PAST_REF", None, None, "span", anchor)
    return of_interval(cal.year(target), anchor)


def year_end(m: re.Match[str], context: Context) -> Reading | None:
    if context.published is None:
        return unknown("year")
    if re.search(r"\bsince\s+$", context.before, re.IGNORECASE):
        return of_interval(cal.day(date(context.published.year - 1, 12, 31)))
    return of_interval(cal.year(context.published.year))


def in_the_year(m: re.Match[str], context: Context) -> Reading | None:
    """ "earlier in the year", "the first months of the year": the year of publication."""
    return of_interval(cal.year(context.published.year)) if context.published else unknown("year")


def the_year_ended(m: re.Match[str], context: Context) -> Reading | None:
    return Reading("DURATION", "P1Y", None, None, "span", "none")


def season(m: re.Match[str], context: Context) -> Reading | None:
    code = time_words().seasons[m["season"].lower()]
    given, rel = m.groupdict().get("year") or "", (m.groupdict().get("rel") or "").lower()
    if given:
        return of_interval(cal.season(year_of(given), code), "none")
    if context.published is None:
        return unknown("season")
    now = context.published
    this = cal.season(now.year, code)
    assert this.start is not None
    before = cal.season(now.year - 1, code)
    lasts = before.end is not None and (now - before.end).days <= 60
    if lasts and code == "WI" and (not rel or rel == "this"):
        return of_interval(before)  # the winter that began last year
    if rel.split()[-1:] == ["next"]:
        return of_interval(this if this.start > now else cal.season(now.year + 1, code))
    if (
        rel.split()[-1:] == ["last"]
        or (rel == "this past")
        or (not rel and this.start > now and context.direction <= 0)
    ):
        done = this.end is not None and this.end < now
        return of_interval(this if done else cal.season(now.year - 1, code))
    return of_interval(this)


def fiscal(m: re.Match[str], context: Context) -> Reading | None:
    year = m["y"]
    return of_interval(cal.year(year_of(year)), "none")


def week_of(m: re.Match[str], context: Context) -> Reading | None:
    """ "the week of March 6": the week that holds the day."""
    dated = day_month(m, context)
    if dated is None or dated.start is None:
        return unknown("week") if dated else None
    return of_interval(cal.week(dated.start), dated.anchor)


def one_unit(m: re.Match[str], context: Context) -> Reading | None:
    """ "a whole week", "a trading day": one unit's length."""
    return Reading("DURATION", duration_value(1, m["unit"]), None, None, "span", "none")


def long_as(m: re.Match[str], context: Context) -> Reading | None:
    """ "a week-long strike", "decades-long": one unit, or some."""
    unit = re.sub(r"-?long$", "", m["unit"].lower())
    count = None if unit.endswith("s") else 1
    return Reading("DURATION", duration_value(count, unit), None, None, "span", "none")
