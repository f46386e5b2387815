"""Events as the map, the time line and the lists see them: columns in memory, and rows as JSON on demand.

Columns are read from the tables that merging fills. Merging a large case takes long: where it does, it runs beside
the answers, which meanwhile tell of the events as last merged (``merged_entry`` says up to which journal entry).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.case.codec import inflate
from onrecord.case.events_asked import RULES
from onrecord.case.keys import day_number
from onrecord.serve.desk import Ask
from onrecord.serve.mirror import NO_DAY, Floats, Ints, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """Columns of the events of a case at one moment, under one aggregation; each array has one value an event.

    ``of_claim`` is the event of each claim row (-1: none). ``type`` and ``precision`` are positions in their lists of
    words, ``place`` a row of places, days count from 1970-01-01. ``entry`` is the journal entry merged up to, ``state``
    names all that the columns were made from.
    """

    state: Hashable
    entry: int
    aggregation: str
    ids: list[str]
    of_claim: Ints
    type: Ints
    types: list[str]
    precision: Ints
    precisions: list[str]
    modes: list[str]
    contexts: list[str]
    start: Ints
    end: Ints
    place: Ints
    radius: Floats
    lat: Floats
    lon: Floats
    figures: dict[str, tuple[Ints, Floats, Floats, Floats]]
    counts: dict[str, Ints]
    factuality: Floats
    disagreement: Floats
    first_published: Ints
    last_published: Ints
    bodies: list[bytes]
    dictionary: bytes

    def __len__(self) -> int:
        return len(self.ids)

    def killed(self) -> tuple[Floats, Floats]:
        """Lowest and highest numbers of killed, 0 where none are told."""
        low, high = np.zeros(len(self)), np.zeros(len(self))
        if "killed" in self.figures:
            events, lows, bests, highs = self.figures["killed"]
            low[events] = np.nan_to_num(np.where(np.isnan(lows), bests, lows))
            high[events] = np.nan_to_num(np.where(np.isnan(highs), np.fmax(bests, lows), highs))
        return low, high

    def row(self, number: int) -> dict[str, Any]:
        """One event as JSON."""
        body: dict[str, Any] = json.loads(inflate(self.bodies[number], self.dictionary))
        return body | {"aggregation": self.aggregation}


def happenings(ask: Ask, aggregation: str) -> Happenings:
    """The events of the case as known at the moment asked about; of now, as last merged where merging takes long."""
    found: Happenings
    moment = ask.moment()
    if moment is None:
        name = ("events", aggregation)
        found = ask.desk.latest.get(name, ask.snapshot.version, lambda: _merged(ask, aggregation))
    else:
        key = ("events", ask.snapshot.erasures, ask.cut, aggregation)
        found = ask.desk.once(key, lambda: _read(ask, moment, aggregation, key), kind="events", limit=6)
    return found


def _merged(ask: Ask, aggregation: str) -> Happenings:
    """The events merged up to now; read again only where merging has changed them."""
    ask.desk.case.merge()
    with ask.desk.file.snapshot() as connection:
        rows = connection.execute("SELECT key, value FROM events_state ORDER BY key").fetchall()
    key = ("events", ask.snapshot.erasures, tuple(rows), aggregation)
    found: Happenings = ask.desk.once(key, lambda: _read(ask, None, aggregation, key), kind="merged", limit=4)
    return found


_EVENTS = (
    "SELECT e.event, e.event_id, v.type, v.precision, v.modes, v.contexts, "
    f"coalesce(v.first_day, {NO_DAY}), coalesce(v.last_day, {NO_DAY}), coalesce(v.place, 0), e.happened, e.denied, "
    "e.possible, e.claims, e.reports, e.accounts, e.voices, e.factuality, v.disagreement, e.first_published, "
    "e.last_published, v.body FROM events e JOIN event_values v ON v.event = e.event AND v.rules & ? ORDER BY e.event"
)
_COUNTS = ("happened", "denied", "possible", "claims", "reports", "accounts", "voices")


def _read(ask: Ask, moment: str | None, aggregation: str, state: Hashable) -> Happenings:
    rule = RULES[aggregation]  # type: ignore[index]
    with ask.desk.case.merging.tables(moment) as connection:
        rows = connection.execute(_EVENTS, (rule,)).fetchall()
        members = connection.execute("SELECT claim, event FROM event_claims").fetchall()
        figures = connection.execute(
            "SELECT event, measure, low, best, high FROM event_figures WHERE rules & ?", (rule,)
        ).fetchall()
        entry = connection.execute("SELECT value FROM events_state WHERE key = 'entry'").fetchone()
    columns = list(zip(*rows, strict=True)) or [()] * 21
    position = {event: i for i, event in enumerate(columns[0])}
    of_claim = np.full(max(ask.snapshot.claims.size, max((c for c, _ in members), default=0) + 1), -1, dtype=np.int64)
    for claim, event in members:
        of_claim[claim] = position.get(event, -1)
    types, type_ = _coded(columns[2])
    precisions, precision = _coded(columns[3])
    place = np.array(columns[8], dtype=np.int64)
    lat, lon = (ask.snapshot.places.floats[name][place] for name in ("lat", "lon"))
    nowhere = (place == 0) | (lat > 90)
    return Happenings(
        state=state,
        entry=int(entry[0]) if entry else 0,
        aggregation=aggregation,
        ids=list(columns[1]),
        of_claim=of_claim,
        type=type_, types=types, precision=precision, precisions=precisions,
        modes=list(columns[4]), contexts=list(columns[5]),
        start=np.array(columns[6], dtype=np.int64), end=np.array(columns[7], dtype=np.int64),
        place=place,
        radius=_radius(precisions, precision),
        lat=np.where(nowhere, np.nan, lat), lon=np.where(nowhere, np.nan, lon),
        figures=_figures(figures, position),
        counts={name: np.array(columns[9 + i], dtype=np.int64) for i, name in enumerate(_COUNTS)},
        factuality=np.array(columns[16], dtype=float), disagreement=np.array(columns[17], dtype=float),
        first_published=_days(columns[18]), last_published=_days(columns[19]),
        bodies=list(columns[20]), dictionary=ask.desk.file.dictionary,
    )  # fmt: skip


# Metres, where a mark is drawn for a place of that precision and the place itself says no more.
_RADII = {"point": 500, "town": 3000, "district": 15_000, "province": 60_000, "country": 300_000, "region": 300_000}


def _radius(words: list[str], numbers: Ints) -> Floats:
    return np.array([float(_RADII.get(word, 10_000)) for word in words] or [0.0])[numbers]


def _coded(values: Sequence[str | None]) -> tuple[list[str], Ints]:
    words = sorted({value or "" for value in values})
    number = {word: i for i, word in enumerate(words)}
    return words, np.array([number[value or ""] for value in values], dtype=np.int64)


def _days(values: Sequence[str | None]) -> Ints:
    days = (day_number(value) for value in values)
    return np.array([NO_DAY if day is None else day for day in days], dtype=np.int64)


def _figures(
    rows: Sequence[tuple[Any, ...]], position: dict[int, int]
) -> dict[str, tuple[Ints, Floats, Floats, Floats]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for event, measure, *numbers in rows:
        found.setdefault(measure, []).append((position[event], *numbers))
    return {
        measure: (
            np.array([row[0] for row in told], dtype=np.int64),
            np.array([row[1] for row in told], dtype=float),
            np.array([row[2] for row in told], dtype=float),
            np.array([row[3] for row in told], dtype=float),
        )
        for measure, told in found.items()
    }


def in_order(found: Happenings, chosen: Ints, order: str) -> Ints:
    """*chosen*, sorted; what has no day comes last in either direction."""
    key = order.lstrip("-")
    columns: dict[str, Any] = {
        "time": found.start,
        "published": found.first_published,
        "disagreement": found.disagreement + (found.counts["denied"] > 0) * 1e-6,
        "factuality": found.factuality,
    }
    columns |= {"accounts": found.counts["accounts"], "reports": found.counts["reports"]}
    values = (found.killed()[1] if key == "killed" else columns[key])[chosen]
    if order.startswith("-"):
        values = np.where(values == NO_DAY, NO_DAY, -values) if values.dtype == np.int64 else -values
    return chosen[np.lexsort((chosen, values))]


def event_rows(found: Happenings, chosen: Sequence[int]) -> list[dict[str, Any]]:
    """The events *chosen* as JSON rows."""
    return [found.row(int(number)) for number in chosen]


def claims_meant(found: Happenings, chosen: Ints, size: int) -> Mask:
    """The claim rows that are accounts of the events *chosen*."""
    shown = np.zeros(len(found) + 1, dtype=bool)
    shown[chosen] = True
    of_claim = found.of_claim[:size]
    mask: Mask = np.zeros(size, dtype=bool)
    mask[: len(of_claim)] = shown[of_claim] & (of_claim >= 0)
    return mask
