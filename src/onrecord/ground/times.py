"""Time expressions of a report, each with its TIMEX3 value and the days that it means.

Relative expressions are anchored on the day of publication; without one they stay unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from onrecord.ground import calendar as cal
from onrecord.ground.timedirection import direct, direction
from onrecord.ground.timenames import is_time
from onrecord.ground.timepatterns import Rules, rules, vouched_rules
from onrecord.ground.timequarters import reported_quarter
from onrecord.ground.timerules import Context, Reading, Rule
from onrecord.ground.timewords import time_words
from onrecord.model import Encoding, Parse, Report, Span, Time
from onrecord.text.casing import is_caseless

_VAGUE, _SURE = 0.9, 0.98  # how sure the encoder must be that vague and plain expressions are none
_MEANT = 0.03  # the most that the encoder may hold against an expression that only it vouches for
_LONGER = re.compile(r"\b(?:nine|six)\s+months$|\bfull\s+year$|\bfiscal\s+(?:year|\d{4})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    order: int
    match: re.Match[str]
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Named:
    """What the text named last by itself: any interval, a quarter, a day; intervals with their words.

    ``told`` is what the paragraph reports figures of so far: a quarter, or "longer" for nine months and the like.
    """

    last: tuple[cal.Interval, str] | None = None
    quarter: cal.Interval | None = None
    day: tuple[cal.Interval, str] | None = None
    told: cal.Interval | Literal["longer"] | None = None

    def after(self, reading: Reading, words: str) -> _Named:
        """The same after one more reading; those told from another time, and vague ones, change nothing."""
        value, told = reading.value, reading.anchor not in {"published", "none"}
        if _LONGER.search(words):
            return replace(self, told="longer")
        if reading.type not in {"DATE", "TIME"} or not reading.start or told or not value or "REF" in value:
            return self
        interval = cal.Interval(value, reading.start, reading.end, reading.granularity or "day")
        last, quarterly = (interval, words), interval.granularity == "quarter"
        return _Named(
            last,
            interval if quarterly else self.quarter,
            last if interval.granularity in {"day", "hour", "minute"} else self.day,
            interval if quarterly else self.told,
        )


def find_times(
    report: Report, parse: Parse, encoding: Encoding | None = None, skip: Iterable[Span] = ()
) -> tuple[Time, ...]:
    """Every time expression of *report* in text order, none overlapping.

    The rules find and read them; the encoder's time head, where there is one, says of the vague ones
    ("now", "recent", "daily") whether they are times here at all.

    ``start`` and ``end`` are ISO days, both included; None, with ``basis: unresolved``, where the
    report has no date of publication to count from. Expressions in *skip* are left out.
    """
    published = _written(report.text, _published(report))
    barred = list(skip)
    caseless = is_caseless(report.text)
    outside = _outside(parse, encoding)
    reported = reported_quarter(report.text, published)
    found: list[Time] = []
    named, ended = _Named(), 0
    hits = list(_select(report.text, rules(), caseless))
    for hit in _with_vouched(report.text, parse, hits, outside):
        span = Span(hit.start, hit.end)
        if any(span.overlaps(b) for b in barred):
            continue
        if "\n" in report.text[ended : hit.start]:
            named = replace(named, told=None)
        ended = hit.end
        context = Context(
            published=published,
            direction=direction(parse, span),
            direct=direct(parse, span),
            last=named.last,
            before=report.text[max(0, hit.start - 100) : hit.start],
            after=report.text[hit.end : hit.end + 40],
            quarter=named.quarter,
            day=named.day,
            reported=reported,
            told=named.told,
        )
        reading = hit.rule(hit.match, context)
        if reading is None or _doubted(parse, span, reading, outside):
            continue
        found.append(_time(report.text, span, reading))
        named = named.after(reading, span.of(report.text))
    return tuple(found)


def _outside(parse: Parse, encoding: Encoding | None) -> Sequence[float] | None:
    """The encoder's probability, per token, that it is part of no time expression; None without that head."""
    if encoding is None or "time" not in encoding.heads or len(encoding.heads["time"]) != len(parse.tokens):
        return None
    column = encoding.labels["time"].index("O")
    return [float(p) for p in encoding.heads["time"][:, column]]


def _with_vouched(text: str, parse: Parse, hits: list[_Hit], outside: Sequence[float] | None) -> list[_Hit]:
    """*hits*, and between them the words that are times only where the encoder says so ("the future")."""
    if outside is None:
        return hits
    more = []
    for hit in _select(text, vouched_rules(), caseless=False):
        tokens = parse.tokens_in(Span(hit.start, hit.end))
        if tokens and min(outside[i] for i in tokens) <= _MEANT:
            more.append(hit)
    starts = [h.start for h in hits]
    free = []
    for hit in more:
        at = bisect_right(starts, hit.start)
        if (at == 0 or hits[at - 1].end <= hit.start) and (at == len(hits) or hits[at].start >= hit.end):
            free.append(hit)
    return sorted([*hits, *free], key=lambda h: h.start)


def _doubted(parse: Parse, span: Span, reading: Reading, outside: Sequence[float] | None) -> bool:
    """Whether the encoder is sure enough that the words are no time expression here."""
    tokens = parse.tokens_in(span)
    if outside is None or not tokens:
        return False
    vague = reading.type in {"SET", "DURATION"} or reading.start is None or (reading.value or "").endswith("_REF")
    return min(outside[i] for i in tokens) > (_VAGUE if vague else _SURE)


def _published(report: Report) -> date | None:
    day = report.published_day
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


_DATELINE = re.compile(r"\s*[A-Z][A-Z.' -]{2,30},(?:\s+[A-Z][\w.]+,)?\s+([A-Z][a-z]{2,8})\.?\s+(\d{1,2})\b")


def _written(text: str, published: date | None) -> date | None:
    """The day of a dateline ("GENEVA, March 3 --") shortly before publication, else that of publication.

    "Today" and "Tuesday" are told from the day of writing.
    """
    found = _DATELINE.match(text)
    month = time_words().months.get(found[1].lower()) if found else None
    if published is None or found is None or month is None:
        return published
    day = cal.safe_date(published.year - (month > published.month), month, int(found[2]))
    return day if day is not None and 0 <= (published - day).days <= 3 else published


def _time(text: str, span: Span, reading: Reading) -> Time:
    dated = reading.start is not None or reading.end is not None
    undated = reading.type in {"DURATION", "SET"} or (reading.value or "").endswith("_REF")
    return Time(
        text=span.of(text),
        span=span,
        basis="named" if dated or undated else "unresolved",
        why=None if dated or undated else "the report has no date of publication to count from",
        type=reading.type,
        value=reading.value,
        start=reading.start.isoformat() if reading.start else None,
        end=reading.end.isoformat() if reading.end else None,
        granularity=reading.granularity,
        anchor=reading.anchor,
    )


def _select(text: str, table: Rules, caseless: bool) -> Iterator[_Hit]:
    """The longest match at each place, none overlapping, in text order."""
    hits: list[_Hit] = []
    for order, match, rule in table.matches(text):
        start, end = _trim(text, match)
        if end > start and is_time(text, start, end, match, caseless):
            hits.append(_Hit(start, end, order, match, rule))
    hits.sort(key=lambda h: (-(h.end - h.start), h.order, h.start))
    taken: list[_Hit] = []
    starts: list[int] = []
    for hit in hits:
        at = bisect_right(starts, hit.start)
        if at > 0 and taken[at - 1].end > hit.start:
            continue
        if at < len(taken) and taken[at].start < hit.end:
            continue
        taken.insert(at, hit)
        starts.insert(at, hit.start)
    yield from taken


def _trim(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The match without a leading "on" or "earlier" that belongs to the sentence, not to the time."""
    start, end = match.span()
    lead = re.match(r"(?:earlier\s+on\s+|later\s+on\s+|on\s+)", text[start:end], re.IGNORECASE)
    if lead:
        start += lead.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
