"""Building a report: its id, its hashes, its time of publication, its language."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from onrecord.config import MAX_REPORT_CHARS
from onrecord.errors import ReadError
from onrecord.model import Report
from onrecord.read.language import language_of

FIELDS = ("id", "text", "title", "outlet", "published", "url", "byline", "replaces")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the caller says of reports that do not say it themselves."""

    outlet: str | None = None
    published: str | None = None
    retrieved: str | None = None
    encoding: str | None = None
    max_chars: int = MAX_REPORT_CHARS


def parse_published(value: str) -> str | None:
    """*value* as ISO 8601 with the zone that it gave (a date stays a date); None when it is no time."""
    value = value.strip()
    if _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(value).isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    return None


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of *data*."""
    return hashlib.sha256(data).hexdigest()


def make_report(
    values: Mapping[str, str | None],
    *,
    origin: str,
    defaults: Defaults,
    original: bytes = b"",
    media_type: str = "text/plain",
    meta: tuple[tuple[str, str], ...] = (),
) -> Report:
    """The report that *values* (keys of ``FIELDS``) describe.

    Raises ReadError when there is no text, when it is too long for one report, or when it holds
    what no text may hold (NUL, half of a surrogate pair). A time of publication that cannot be
    read is kept in ``meta`` as ``published_as_given``; the report then counts as undated.
    """
    text = values.get("text") or ""
    _check_text(text, origin, defaults)
    given = values.get("published") or defaults.published
    published = parse_published(given) if given else None
    if given and not published:
        meta = (*meta, ("published_as_given", given))
    title, outlet = values.get("title") or None, values.get("outlet") or defaults.outlet
    url, supplied = values.get("url") or None, values.get("id") or None
    identity = json.dumps([text, title, outlet, published, url, supplied], ensure_ascii=False)
    return Report(
        report_id="r" + sha256(identity.encode("utf-8"))[:20],
        text=text,
        title=title,
        outlet=outlet,
        published=published,
        retrieved=defaults.retrieved,
        url=url,
        byline=values.get("byline") or None,
        language=language_of(text),
        replaces=values.get("replaces") or None,
        supplied_id=supplied,
        origin=origin,
        media_type=media_type,
        meta=meta,
        original=original or text.encode("utf-8"),
        text_sha256=sha256(text.encode("utf-8")),
        original_sha256=sha256(original or text.encode("utf-8")),
    )


def _check_text(text: str, origin: str, defaults: Defaults) -> None:
    if not text.strip():
        raise ReadError(origin, "no text in it", "Leave it out, or give the text of the report")
    if "\x00" in text:
        at = text.index("\x00")
        raise ReadError(origin, f"a NUL character at {at}: not text", "Convert it to plain text first")
    half = re.search(r"[\ud800-\udfff]", text)
    if half:
        raise ReadError(
            origin,
            f"half of a surrogate pair ({half.group()!a}) at {half.start()}",
            "Write the text as UTF-8, or the pair in full",
        )
    if len(text) > defaults.max_chars:
        raise ReadError(
            origin,
            f"{len(text):,} characters, more than the {defaults.max_chars:,} that one report may have",
            "Split it into reports, or raise max_chars in onrecord.toml",
        )
