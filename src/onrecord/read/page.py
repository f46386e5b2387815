"""Web pages: the article in an HTML file, with what the page says of its publication."""

from __future__ import annotations

from typing import Any

from onrecord.errors import ReadError
from onrecord.model import Report
from onrecord.read.build import Defaults, make_report

_FEWEST_WORDS = 6  # what is left of a page without an article is its menu


def read_page(data: bytes, origin: str, defaults: Defaults) -> Report:
    """The report in an HTML file, by trafilatura; the bytes are kept as they were.

    Raises ReadError when the page holds no article text.
    """
    import trafilatura  # 0.6 s: only when there is a page to read

    page = trafilatura.bare_extraction(
        data, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    found: dict[str, Any] = {} if page is None else page if isinstance(page, dict) else page.as_dict()
    text = found.get("text") or ""
    if len(text.split()) < _FEWEST_WORDS:
        raise ReadError(origin, "no article text in the page", "Save the page as text, or leave it out")
    values = {
        "text": text,
        "title": found.get("title"),
        "outlet": found.get("sitename") or found.get("hostname"),
        "published": found.get("date"),
        "url": found.get("url"),
        "byline": found.get("author"),
    }
    if defaults.outlet:
        values["outlet"] = defaults.outlet
    return make_report(values, origin=origin, defaults=defaults, original=data, media_type="text/html")
