"""Pages of row numbers: sorted, cut, and a cursor that holds the question and the state it was asked of."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from onrecord.errors import BadFilter
from onrecord.serve.answers import tag_of
from onrecord.serve.mirror import Ints, Mask, Snapshot


@dataclass(frozen=True, slots=True)
class Cut:
    """Some of the rows, in order, with the cursor of the next ones and the count of all."""

    numbers: list[int]
    next: str | None
    total: int


def cut_of(found: Ints, question: tuple[Any, ...], limit: int, cursor: str | None, entry: int) -> Cut:
    """The page of *found* (sorted) at *cursor*; BadFilter where the cursor is not one of this question.

    *entry* is the journal entry that was looked at; the cursor keeps it, so that pages of one question agree.
    """
    mark = tag_of(question)[3:11]
    start = 0
    if cursor:
        said, _, start = read_cursor(cursor)
        if said != mark:
            raise BadFilter("the cursor belongs to another question. Ask again without it, or with the same filter")
    end = start + limit
    following = _write(mark, entry, end) if end < len(found) else None
    return Cut([int(n) for n in found[start:end]], following, len(found))


def _write(mark: str, entry: int, at: int) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([mark, entry, at])).decode().rstrip("=")


def read_cursor(text: str) -> tuple[str, int, int]:
    """What a cursor holds: the mark of its question, the journal entry, and how far it has come."""
    try:
        mark, entry, at = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(mark, str) or type(entry) is not int or type(at) is not int or entry < 0 or at < 0:
            raise ValueError
    except (ValueError, TypeError):
        raise BadFilter(f"cursor {text[:40]!r} is not one of ours. Ask again without it") from None
    return mark, entry, at


def claims_in_order(snapshot: Snapshot, mask: Mask, order: str) -> Ints:
    """Row numbers of the claims of *mask*, sorted as *order* says."""
    c = snapshot.claims
    rows = np.flatnonzero(mask)
    if order == "recorded":
        return rows[np.lexsort((c["ord"][rows], c["coding"][rows]))]
    key = order.lstrip("-")
    days = snapshot.reports["day"][snapshot.codings["report"][c["coding"][rows]]]
    columns: dict[str, Any] = {
        "time": c["first_day"],
        "confidence": c.floats["confidence"],
        "factuality": c.floats["factuality"],
    }
    values = days if key == "published" else columns[key][rows]
    if order.startswith("-"):
        # What has no day comes last in either direction.
        values = np.where(values == np.iinfo(np.int64).max, values, -values) if values.dtype == np.int64 else -values
    return rows[np.lexsort((c["ord"][rows], c["coding"][rows], values))]
