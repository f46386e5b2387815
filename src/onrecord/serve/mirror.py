"""The columns of a case in memory, kept up row by row, so that counts and maps need no reading of the file.

Rows of a case never change: what was read once stays true, and a later look reads only the rows that are new
(an erasure, the one exception, makes it read everything again). Arrays are indexed by SQLite's row numbers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.case.file import CaseFile
from onrecord.case.keys import day_number
from onrecord.case.query import AsOf, moment

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
NO_DAY = np.iinfo(np.int64).max

_CLAIMS = (
    "claim, coding, ord, coalesce(root, 0), entry, kind, status, coalesce(type, 0), polarity, certainty, mood, tense, "
    f"coalesce(first_day, {NO_DAY}), coalesce(last_day, {NO_DAY}), coalesce(place, 0), "
    'coalesce("precision", 0), coalesce(radius_m, 0), attributed, background, factuality, '
    "coalesce(confidence, -1.0), coalesce(review, ''), start, \"end\""
)
_CLAIM_INTS = (
    *("claim", "coding", "ord", "root", "entry", "kind", "status", "type", "polarity", "certainty", "mood", "tense"),
    *("first_day", "last_day", "place", "precision", "radius_m", "attributed", "background"),
)
_VERSION = "SELECT (SELECT coalesce(max(entry), 0) FROM entries), (SELECT count(*) FROM erasures)"
REVIEWS = ("", "accepted", "corrected", "rejected", "reopened")


@dataclass(slots=True)
class Table:
    """Columns of one table; ``size`` is one more than the last row number, row 0 is nobody's."""

    ints: dict[str, Ints] = field(default_factory=dict)
    floats: dict[str, Floats] = field(default_factory=dict)
    size: int = 1

    def __getitem__(self, name: str) -> Ints:
        return self.ints[name]

    def grown(self, rows: Sequence[Sequence[Any]], ints: Sequence[str], floats: Sequence[str]) -> Table:
        """This table with *rows* (row number first) beside what it had."""
        if not rows and self.ints:
            return self
        columns = list(zip(*rows, strict=True)) or [()] * (len(ints) + len(floats))
        numbers = np.array(columns[0], dtype=np.int64)
        size = max(self.size, int(numbers.max()) + 1 if len(numbers) else 1)
        found = Table(size=size)
        for name, values in zip(ints, columns[: len(ints)], strict=True):
            found.ints[name] = _spread(self.ints.get(name), size, numbers, np.array(values, dtype=np.int64))
        for name, reals in zip(floats, columns[len(ints) :], strict=True):
            found.floats[name] = _spread(self.floats.get(name), size, numbers, np.array(reals, dtype=np.float64))
        return found


def _spread(before: Any, size: int, numbers: Ints, values: Any) -> Any:
    out = np.zeros(size, dtype=values.dtype)
    if before is not None:
        out[: len(before)] = before
    out[numbers] = values
    return out


@dataclass(frozen=True, slots=True)
class Many:
    """Values of which a row may have several: pairs of row number and value, in the order of rows."""

    row: Ints
    value: Ints
    more: dict[str, Floats] = field(default_factory=dict)

    def inside(self, mask: Mask, rows: Ints) -> Ints:
        """Which pairs are of the rows in *mask*, which are *rows*."""
        if len(rows) * 8 > len(self.row):
            return np.flatnonzero(mask[self.row])
        start, end = np.searchsorted(self.row, rows, "left"), np.searchsorted(self.row, rows, "right")
        many = end - start
        return np.repeat(start - (np.cumsum(many) - many), many) + np.arange(many.sum())


class Who(NamedTuple):
    """Who a row of actors or names is: id (of the registry, or provisional), name or words, country, sectors."""

    actor_id: str | None
    name: str | None
    country: str | None
    sectors: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All columns as of one journal entry; never changed once made (tables of names only ever get more rows).

    ``counted`` stays the same as long as nothing is recorded that changes what lists count (see ``changes``).
    """

    entry: int
    erasures: int
    claims: Table
    codings: Table
    reports: Table
    places: Table
    quotes: Table
    codes: Many
    figures: Many
    slots: Many
    speakers: Many
    words: dict[int, tuple[str, str]]
    numbers: dict[tuple[str, str], int]
    outlets: dict[int, str]
    place_names: dict[int, tuple[str | None, ...]]
    actors: dict[int, Who]
    names: dict[int, Who]
    counted: int = 0

    @property
    def version(self) -> tuple[int, int]:
        """Changes whenever anything that is shown may have."""
        return self.entry, self.erasures

    def number(self, of: str, word: str) -> int:
        """The number of a word of a closed list; -1 where the case has never used it."""
        return self.numbers.get((of, word), -1)

    def word(self, number: int) -> str | None:
        """The word of a number; None for 0."""
        found = self.words.get(int(number))
        return found[1] if found else None

    def standing(self, cut: int, run: int | None = None) -> Mask:
        """Claims that stand at entry *cut*: of the latest coding of each report (or of *run*), as last revised."""
        k, c = self.codings, self.claims
        known = (k["entry"] > 0) & (k["entry"] <= cut)
        if run is None:
            latest = np.zeros(self.reports.size, dtype=np.int64)
            np.maximum.at(latest, k["report"][known], k["coding"][known])
            shown = known & (latest[k["report"]] == k["coding"])
        else:
            shown = known & (k["run"] == run)
        here = (c["entry"] > 0) & (c["entry"] <= cut) & shown[c["coding"]]
        revised = self.revised(cut)
        first = (c["root"] == 0) & (revised == 0)
        last = np.zeros(c.size, dtype=bool)
        last[revised[revised > 0]] = True
        mask: Mask = here & (first | last)
        return mask

    def revised(self, cut: int) -> Ints:
        """For each row of claims the row in which it was last revised at entry *cut*; 0 where it was not."""
        c = self.claims
        found = np.zeros(c.size, dtype=np.int64)
        later = np.flatnonzero((c["root"] > 0) & (c["entry"] <= cut))
        np.maximum.at(found, c["root"][later], later)
        return found

    def shown_quotes(self, cut: int, run: int | None = None) -> Mask:
        """Attributions of the codings that are shown at entry *cut*."""
        k = self.codings
        known = (k["entry"] > 0) & (k["entry"] <= cut)
        if run is None:
            latest = np.zeros(self.reports.size, dtype=np.int64)
            np.maximum.at(latest, k["report"][known], k["coding"][known])
            known &= latest[k["report"]] == k["coding"]
        else:
            known &= k["run"] == run
        mask: Mask = known[self.quotes["coding"]] & (self.quotes["coding"] > 0)
        return mask


class Mirror:
    """Keeps the latest snapshot of a case; safe to ask from many threads.

    *begin* may give columns (without names) that were kept before, so that only later rows need reading; *same* says
    whether two snapshots count the same.
    """

    def __init__(
        self,
        file: CaseFile,
        begin: Callable[[Any], Snapshot | None] = lambda _: None,
        same: Callable[[Snapshot, Snapshot], bool] = lambda before, now: before.version == now.version,
    ) -> None:
        self._file, self._lock, self._begin, self._same = file, threading.Lock(), begin, same
        self._last: Snapshot | None = None

    def now(self) -> Snapshot:
        """The columns as they stand at this moment."""
        last = self._last
        if last is not None and last.version == self._file.look(_VERSION)[0]:
            return last
        with self._file.snapshot() as connection:
            entry, erasures = connection.execute(_VERSION).fetchone()
            with self._lock:
                last = self._last
                if last is not None and last.erasures == erasures and last.entry >= entry:
                    return last
                if last is None:
                    last = self._begin(connection)
                found = _read(connection, last if last and last.erasures == erasures else None, entry, erasures)
                same = last is not None and self._same(last, found)
                self._last = replace(found, counted=last.counted) if last is not None and same else found
                return self._last

    def claims(self) -> int:
        """How many rows of claims were read last."""
        return self._last.claims.size if self._last is not None else 0

    def cut(self, as_of: AsOf) -> int:
        """The last journal entry that *as_of* sees."""
        with self._file.snapshot() as connection:
            return moment(connection, as_of)


def _read(connection: Any, last: Snapshot | None, entry: int, erasures: int) -> Snapshot:
    def rows(sql: str, since: int) -> list[Any]:
        return list(connection.execute(sql, (since,)).fetchall())

    def table(name: str) -> Table:
        return getattr(last, name) if last else Table()

    def after(name: str) -> int:
        return table(name).size - 1

    claims = rows(f"SELECT {_CLAIMS} FROM claims WHERE claim > ? ORDER BY claim", after("claims"))
    since = after("claims")
    reports = [
        (report, outlet, place_in_time, entry_, day_number(published) if day_number(published) is not None else NO_DAY)
        for report, outlet, place_in_time, entry_, published in rows(
            "SELECT report, coalesce(outlet, 0), report, entry, published FROM reports WHERE report > ?",
            after("reports"),
        )
    ]
    words = last.words if last else {}
    for code, of, word in rows("SELECT code, list, word FROM words WHERE code > ?", max(words, default=0)):
        words[code] = (of, word)
    known = _names(connection, last)
    quotes = after("quotes")
    return Snapshot(
        entry=entry,
        erasures=erasures,
        claims=table("claims").grown(
            [(*row[:19], REVIEWS.index(row[21]), *row[22:], *row[19:21]) for row in claims],
            (*_CLAIM_INTS, "review", "start", "end"),
            ("factuality", "confidence"),
        ),
        codings=table("codings").grown(
            rows("SELECT coding, report, run, entry FROM codings WHERE coding > ?", after("codings")),
            ("coding", "report", "run", "entry"),
            (),
        ),
        reports=table("reports").grown(reports, ("report", "outlet", "order", "entry", "day"), ()),
        places=table("places").grown(
            rows(
                "SELECT place, place, coalesce(lat, 1e9), coalesce(lon, 1e9) FROM places WHERE place > ?",
                after("places"),
            ),
            ("place", "same"),
            ("lat", "lon"),
        ),
        quotes=table("quotes").grown(
            rows(
                "SELECT quote, coding, ord, coalesce(cue, 0), coalesce(channel, 0), naming FROM quotes WHERE quote > ?",
                quotes,
            ),
            ("quote", "coding", "ord", "cue", "channel", "naming"),
            (),
        ),
        codes=_more(
            last.codes if last else None,
            rows("SELECT claim, code FROM claim_codes WHERE claim > ? ORDER BY claim", since),
            (),
        ),
        figures=_more(
            last.figures if last else None,
            rows("SELECT claim, measure, low, best, high FROM figures WHERE claim > ? ORDER BY claim, ord", since),
            ("low", "best", "high"),
        ),
        slots=_more(
            last.slots if last else None,
            rows(
                "SELECT claim, actor, slot, coalesce(named, 0) FROM slots WHERE actor IS NOT NULL AND claim > ? "
                "ORDER BY claim",
                since,
            ),
            ("slot", "named"),
        ),
        speakers=_more(
            last.speakers if last else None,
            rows("SELECT quote, actor, coalesce(named, 0) FROM quote_sources WHERE quote > ?", quotes),
            ("named",),
        ),
        words=words,
        numbers={known: code for code, known in words.items()},
        counted=entry,
        **known,
    )


def _names(connection: Any, last: Snapshot | None) -> dict[str, dict[int, Any]]:
    """Names of outlets, places, actors, and of those whom the registry does not know; new rows beside what is known."""
    sql = {
        "outlets": "SELECT outlet, name FROM outlets WHERE outlet > ?",
        "place_names": "SELECT place, place_id, name, admin1, country, words FROM places WHERE place > ?",
        "actors": "SELECT actor, actor_id, coalesce(name, words), country, trim(sectors) FROM actors WHERE actor > ?",
        "names": "SELECT named, key, name, country, '' FROM names WHERE named > ?",
    }
    found: dict[str, dict[int, Any]] = {}
    for name, asked in sql.items():
        known: dict[int, Any] = getattr(last, name) if last else {}
        for row in connection.execute(asked, (max(known, default=0),)).fetchall():
            values = tuple(row[1:])
            known[row[0]] = values[0] if name == "outlets" else values if name == "place_names" else Who(*values)
        found[name] = known
    return found


def _more(before: Many | None, rows: Sequence[Sequence[Any]], more: Sequence[str]) -> Many:
    if before is not None and not rows:
        return before
    columns = list(zip(*rows, strict=True)) or [()] * (2 + len(more))
    row, value = (np.array(column, dtype=np.int64) for column in columns[:2])
    reals = {name: np.array(found, dtype=np.float64) for name, found in zip(more, columns[2:], strict=True)}
    if before is None:
        return Many(row, value, reals)
    return Many(
        np.concatenate([before.row, row]),
        np.concatenate([before.value, value]),
        {name: np.concatenate([before.more[name], found]) for name, found in reals.items()},
    )
