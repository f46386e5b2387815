"""The derived tables of events as columns, read whole once and afterwards only where merging changed them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from onrecord.case.keys import day_number
from onrecord.serve.mirror import NO_DAY, Floats, Ints

COUNTS = ("happened", "denied", "possible", "claims", "reports", "accounts", "voices")
_BODIES = "SELECT event, rules, body FROM event_values ORDER BY event, rules"
_EVENTS = (
    f"SELECT event, {', '.join(COUNTS)}, factuality, event_id, first_published, last_published FROM events{{}} "
    "ORDER BY event"
)
_VALUES = (
    f"SELECT event, rules, coalesce(first_day, {NO_DAY}), coalesce(last_day, {NO_DAY}), coalesce(place, 0), "
    "disagreement, coalesce(type, ''), coalesce(\"precision\", ''), modes, contexts FROM event_values{} "
    "ORDER BY event, rules"
)
_FIGURES = "SELECT event, rules, low, best, high, measure FROM event_figures{} ORDER BY event, rules, measure"
_MEMBERS = "SELECT claim, event FROM event_claims ORDER BY claim"
_CHANGED = " WHERE event IN (SELECT value FROM json_each(?))"


@dataclass(slots=True)
class Coded:
    """Texts as numbers; more are added, none ever changes its number."""

    texts: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def code(self, values: Sequence[str]) -> Ints:
        """The number of each of *values*."""
        for value in values:
            if value not in self.numbers:
                self.numbers[value] = len(self.texts)
                self.texts.append(value)
        return np.array([self.numbers[value] for value in values], dtype=np.int64)

    def where(self, fits: Callable[[str], bool], numbers: Ints) -> NDArray[np.bool_]:
        """Which of *numbers* stand for a text that *fits*."""
        found: NDArray[np.bool_] = np.array([fits(text) for text in self.texts] or [False])[numbers]
        return found


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table in the order of their events: columns by name, each with one value a row."""

    columns: dict[str, NDArray[Any]]

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.columns["event"])

    def with_changes(self, events: Ints, other: Rows) -> Rows:
        """These rows but for those of *events*, and *other* rows in their places."""
        kept = ~np.isin(self["event"], events)
        joined = {name: np.concatenate([values[kept], other[name]]) for name, values in self.columns.items()}
        order = np.argsort(joined["event"], kind="stable")
        return Rows({name: values[order] for name, values in joined.items()})

    def of(self, chosen: Any) -> Rows:
        """The rows *chosen*."""
        return Rows({name: values[chosen] for name, values in self.columns.items()})


@dataclass(frozen=True, slots=True)
class MergedTables:
    """What merging has left, at one state: rows, the event of each claim, and the body of each event under its rules.

    ``marks`` are short hashes of the bodies, by event and rules, which tell whether a row has changed.
    """

    state: Hashable
    entry: int
    events: Rows
    values: Rows
    figures: Rows
    claim: Ints
    event_of: Ints
    bodies: dict[tuple[int, int], bytes]
    marks: dict[tuple[int, int], int]
    types: Coded
    precisions: Coded
    modes: Coded
    contexts: Coded
    measures: Coded


def read_tables(connection: Any, state: Hashable, before: MergedTables | None) -> MergedTables:
    """The tables as *connection* sees them; rows that *before* has are not read again."""
    bodies = {(event, rules): body for event, rules, body in connection.execute(_BODIES)}
    marks = {key: zlib.crc32(body) << 24 | len(body) for key, body in bodies.items()}
    if before is not None and before.bodies:
        # What has not changed is kept once, however many states are still looked at.
        bodies = {key: before.bodies.get(key, body) if before.marks.get(key) == marks[key] else body
                  for key, body in bodies.items()}  # fmt: skip
    changed: Ints | None = None
    if before is not None:
        old = before.marks
        new = {key[0] for key, mark in marks.items() if old.get(key) != mark}
        changed = np.array(sorted(new | {key[0] for key in old.keys() - marks.keys()}), dtype=np.int64)
        if len(changed) > len(old) // 2:
            before, changed = None, None
    lists = (before.types, before.precisions, before.modes, before.contexts, before.measures) if before else [
        Coded() for _ in range(5)]  # fmt: skip
    types, precisions, modes, contexts, measures = lists
    events = _events(_asked(connection, _EVENTS, changed))
    values = _values(_asked(connection, _VALUES, changed), types, precisions, modes, contexts)
    figures = _figures(_asked(connection, _FIGURES, changed), measures)
    if before is not None and changed is not None:
        events, values, figures = (
            old.with_changes(changed, new)
            for old, new in ((before.events, events), (before.values, values), (before.figures, figures))
        )
    entry = connection.execute("SELECT value FROM events_state WHERE key = 'entry'").fetchone()
    members = np.array(connection.execute(_MEMBERS).fetchall(), dtype=np.int64).reshape(-1, 2)
    return MergedTables(
        state=state, entry=int(entry[0]) if entry else 0, events=events, values=values, figures=figures,
        claim=members[:, 0], event_of=members[:, 1], bodies=bodies, marks=marks, types=types,
        precisions=precisions, modes=modes, contexts=contexts, measures=measures,
    )  # fmt: skip


def _asked(connection: Any, sql: str, changed: Ints | None) -> list[Any]:
    if changed is None:
        return list(connection.execute(sql.format("")).fetchall())
    if not len(changed):
        return []
    return list(connection.execute(sql.format(_CHANGED), (orjson.dumps(changed.tolist()).decode(),)).fetchall())


def _columns(rows: list[Any], width: int) -> list[Any]:
    return list(zip(*rows, strict=True)) or [()] * width


def _ints(values: Any) -> Ints:
    return np.array(values, dtype=np.int64)


def _floats(values: Any) -> Floats:
    return np.array(values, dtype=np.float64)


def _days(values: Sequence[str | None]) -> Ints:
    days = (day_number(value) for value in values)
    return _ints([NO_DAY if day is None else day for day in days])


def _events(rows: list[Any]) -> Rows:
    found = _columns(rows, 12)
    columns: dict[str, NDArray[Any]] = dict(zip(("event", *COUNTS), map(_ints, found[:8]), strict=True))
    columns |= {"factuality": _floats(found[8]), "id": np.array(found[9], dtype=object)}
    return Rows(columns | {"first_published": _days(found[10]), "last_published": _days(found[11])})


def _values(rows: list[Any], types: Coded, precisions: Coded, modes: Coded, contexts: Coded) -> Rows:
    found = _columns(rows, 10)
    columns: dict[str, NDArray[Any]] = dict(
        zip(("event", "rules", "first", "last", "place"), map(_ints, found[:5]), strict=True)
    )
    columns["disagreement"] = _floats(found[5])
    coded = {"type": types, "precision": precisions, "modes": modes, "contexts": contexts}
    for (name, words), texts in zip(coded.items(), found[6:], strict=True):
        columns[name] = words.code(texts)
    return Rows(columns)


def _figures(rows: list[Any], measures: Coded) -> Rows:
    found = _columns(rows, 6)
    columns: dict[str, NDArray[Any]] = {"event": _ints(found[0]), "rules": _ints(found[1])}
    columns |= dict(zip(("low", "best", "high"), map(_floats, found[2:5]), strict=True))
    return Rows(columns | {"measure": measures.code(found[5])})
