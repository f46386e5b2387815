"""Reports: texts as they were published, and what could not be read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from onrecord.model.spans import Span

_DAY_IN_ADDRESS = re.compile(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})([/-])([0-9]{1,2})\2([0-9]{1,2})|((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9]))(?![0-9])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One text as published; never changed after it is read.

    ``report_id`` is a hash of text, title, outlet, time of publication, URL and the id supplied.
    ``published`` is ISO 8601 as far as known (a date, or a time with the zone that was given).
    ``language`` is ISO 639-1; reports not in English are kept and not coded. ``replaces`` is the
    supplied id, URL or report_id of the report that this one corrects. ``meta`` holds columns that
    have no field of their own. ``original`` holds the bytes as read.
    """

    report_id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    retrieved: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    replaces: str | None = None
    supplied_id: str | None = None
    origin: str | None = None
    media_type: str = "text/plain"
    meta: tuple[tuple[str, str], ...] = ()
    original: bytes = b""
    text_sha256: str = ""
    original_sha256: str = ""

    @property
    def published_day(self) -> str | None:
        """The calendar day of publication in its own zone (YYYY-MM-DD), None when unknown."""
        return self.published[:10] if self.published and len(self.published) >= 10 else None

    @property
    def day_of_offices(self) -> str | None:
        """The day by which people's offices are told: that of publication, else the one in the address.

        An address ("/2018/04/05/") is off by a day or two at times: too much for "Wednesday", not for who governs.
        """
        found = _DAY_IN_ADDRESS.search(self.url or "") if self.published_day is None else None
        if found is None:
            return self.published_day
        year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Input that could not become a report: where it came from, why, and what to do about it."""

    origin: str
    reason: str
    remedy: str
    original: bytes = b""
    original_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A dateline, agency or byline: words about the report that are not part of the story.

    ``kind`` is ``dateline`` (``place`` gives the place words, ``day`` a date in it), ``agency``
    (``name``) or ``byline`` (``name``).
    """

    kind: str
    text: str
    span: Span
    name: str | None = None
    place: Span | None = None
    day: Span | None = None
