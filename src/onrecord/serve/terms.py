"""Filters as masks over rows: each term is asked of the file once, and afterwards only of rows that are new."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from onrecord.case.compile import for_claims, for_quotes, for_reports
from onrecord.case.conditions import Sql
from onrecord.case.file import CaseFile
from onrecord.case.filters import Filter, Term
from onrecord.errors import BadFilter
from onrecord.serve.mirror import Mask, Snapshot

Of = Literal["claims", "quotes", "reports"]
_KEPT = 400
_REPORT_KEYS = frozenset(("outlet", "published", "language", "report", "title", "report.words"))
_ROWS = {
    "claims": ("c.claim", "claims c", "JOIN codings k ON k.coding = c.coding JOIN reports r ON r.report = k.report"),
    "quotes": ("q.quote", "quotes q", "JOIN codings k ON k.coding = q.coding JOIN reports r ON r.report = k.report"),
    "reports": ("r.report", "reports r", ""),
}
_COMPILE = {"claims": for_claims, "quotes": for_quotes, "reports": for_reports}
# Keys whose words stand in a column of claims, and the list that the words are of.
_COLUMNS = {key: (key, key) for key in ("kind", "status", "mood", "polarity", "certainty", "tense", "precision")}
_COLUMNS |= {"type": ("type", "event_type"), "measure": ("type", "measure")}
_COLUMNS |= {"change": ("type", "control_change"), "relation": ("type", "relation")}
# Keys of which a claim may have several words.
_CODES = {
    "mode": "mode", "context": "context", "caveat": "caveat", "cue": "cue_class", "channel": "channel_class",
    "form": "form", "naming": "naming",
}  # fmt: skip
_OTHER = re.compile(r"\b[kr]\.")


@dataclass(slots=True)
class _Known:
    rows: int
    mask: Mask
    erasures: int


class Terms:
    """Answers filters over a case; what was found for a term is kept, and grows with the case."""

    def __init__(self, file: CaseFile) -> None:
        self._file, self._lock = file, threading.Lock()
        self._known: OrderedDict[tuple[Of, str, object], _Known] = OrderedDict()

    def mask(self, snapshot: Snapshot, of: Of, filter_: Filter) -> Mask:
        """Which rows of a table *filter_* means, whether they stand or not; BadFilter as the case raises it."""
        table = getattr(snapshot, of)
        found: Mask = np.ones(table.size, dtype=bool)
        found[0] = False
        for term in filter_.terms:
            plain = replace(term, negated=False)
            one = self._term(snapshot, of, plain)[: table.size]
            found &= ~one if term.negated else one
        found[0] = False
        return found

    def _term(self, snapshot: Snapshot, of: Of, term: Term) -> Mask:
        table = getattr(snapshot, of)
        key = (of, str(term), term.known)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
        if known is not None and known.erasures == snapshot.erasures and known.rows >= table.size:
            return known.mask
        since = known.rows if known is not None and known.erasures == snapshot.erasures else 0
        mask: Mask = np.zeros(table.size, dtype=bool)
        if since and known is not None:
            mask[:since] = known.mask[:since]
        mask |= self._asked(snapshot, of, term, since)
        with self._lock:
            self._known[key] = _Known(table.size, mask, snapshot.erasures)
            self._known.move_to_end(key)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return mask

    def _asked(self, snapshot: Snapshot, of: Of, term: Term, since: int) -> Mask:
        if of != "reports" and term.key in _REPORT_KEYS:
            reports = self._term(snapshot, "reports", term)
            codings = snapshot.codings["report"]
            spread: Mask = reports[codings][getattr(snapshot, of)["coding"]]
            return spread
        if of == "claims" and (term.key in _COLUMNS or term.key in _CODES):
            return _in_columns(snapshot, term)
        condition = _COMPILE[of](Filter((term,)))
        mask: Mask = np.zeros(getattr(snapshot, of).size, dtype=bool)
        rows = self._rows(of, condition, since)
        mask[rows[rows < len(mask)]] = True
        return mask

    def _rows(self, of: Of, condition: Sql, since: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        row, table, joins = _ROWS[of]
        beside = joins if _OTHER.search(condition.text) else ""
        # A plus keeps SQLite from walking the whole table by row number where an index would do.
        later = f"{row} >= ?" if since else f"+{row} >= ?"
        sql = f"SELECT {row} FROM {table} {beside} WHERE {later} AND ({condition.text})"
        with self._file.snapshot() as connection:
            found = connection.execute(sql, (since, *condition.parameters)).fetchall()
        return np.fromiter((number for (number,) in found), dtype=np.int64, count=len(found))


def _in_columns(snapshot: Snapshot, term: Term) -> Mask:
    """Claims that have one of the words of *term*; the same as the case finds, without asking it."""
    lowered = {value.lower() for value in term.values}
    column, of = _COLUMNS.get(term.key, ("", _CODES.get(term.key)))
    numbers = [
        number for number, (list_, word) in list(snapshot.words.items()) if list_ == of and word.lower() in lowered
    ]
    found: Mask
    if column:
        found = np.isin(snapshot.claims[column], numbers)
    else:
        found = np.zeros(snapshot.claims.size, dtype=bool)
        found[snapshot.codes.row[np.isin(snapshot.codes.value, numbers)]] = True
    return found


def parsed(line: str) -> Filter:
    """The filter that *line* says; BadFilter for what no line can hold."""
    if "\x00" in line:
        raise BadFilter("the filter has a NUL in it, which no text has. Leave it out")
    return Filter.parse(line)


def claims_asked(line: str, rejected: bool = False) -> Filter:
    """The filter over claims that *line* means: coded ones only, unless it speaks of status."""
    filter_ = parsed(line)
    if rejected or not filter_.has("status"):
        filter_ = filter_ & Filter((Term("status", ":", ("rejected" if rejected else "coded",)),))
    return filter_


def run_of(filter_: Filter, numbers: dict[str, int]) -> int | None:
    """The one run that a filter names, None where it names none; BadFilter where there is no such run."""
    for term in filter_.terms:
        if term.key == "run" and not term.negated:
            number = numbers.get(term.values[0])
            if number is None or len(term.values) > 1:
                there = ", ".join(numbers)
                raise BadFilter(f"filter term {str(term)!r}: no one run is called so. There are: {there}")
            return number
    return None
