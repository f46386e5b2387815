"""Events as the map, the time line and the lists see them: columns in memory, and rows as JSON on demand.

Columns are read from the tables that merging fills. Merging a large case takes long: where it does, it runs beside
the answers, which meanwhile tell of the events as last merged (``merged_entry`` says up to which journal entry).
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from onrecord.case.codec import inflate
from onrecord.case.events_asked import RULES
from onrecord.case.events_state import merged_until, moved_since
from onrecord.events.asked import rules_hash
from onrecord.serve.columns_file import LEAST_CLAIMS
from onrecord.serve.desk import Ask
from onrecord.serve.merged import COUNTS, Coded, MergedTables, Rows, read_tables
from onrecord.serve.mirror import NO_DAY, Floats, Ints, Mask
from onrecord.serve.whereabouts import Whereabouts, whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """Columns of the events of a case at one moment, under one aggregation; each array has one value an event.

    ``of_claim`` is the event of each claim row (-1: none). ``type`` and ``precision`` are positions in their lists of
    words, ``modes`` and ``contexts`` numbers of texts that list them, ``place`` a row of places, days count from
    1970-01-01. ``entry`` is the journal entry merged up to, ``fresh`` says that nothing was recorded since that
    changes events, ``state`` names all that the columns were made from.
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
    modes: Ints
    mode_words: Coded
    contexts: Ints
    context_words: Coded
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
    where: Whereabouts
    fresh: bool = True

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
        return body | {"aggregation": self.aggregation, "place": self.where.corrected(body["place"])}

    @property
    def states(self) -> tuple[Hashable, ...]:
        """What an answer made from these columns depends on."""
        return self.state, self.fresh

    def said(self) -> dict[str, Any]:
        """What an answer says of how new these events are."""
        return {"merged_entry": self.entry, "fresh": self.fresh}


def happenings(ask: Ask, aggregation: str) -> Happenings:
    """The events of the case as known at the moment asked about; of now, as last merged where merging takes long.

    Raises a Problem (503) where events were never merged for that moment and merging takes longer than people wait.
    """
    moment, latest = ask.moment(), ask.desk.latest
    if moment is None:
        # Finding that nothing was to be merged is quick, and says nothing of how long the next review's merging takes.
        tables = latest.get("events", ask.snapshot.version, lambda: _merged(ask), _REST, lambda: _merges_long(ask))
    else:
        tables = latest.get(("events", ask.cut), ask.snapshot.erasures, lambda: _merged_then(ask, moment))
    key = ("columns", tables.state, aggregation)
    found: Happenings = ask.desk.once(key, lambda: _columns_of(ask, tables, aggregation), kind="columns", limit=4)
    return _placed(ask, found, moment is not None or is_fresh(ask, found.entry))


def _merged(ask: Ask) -> MergedTables:
    """The events merged up to now; read again only where merging has changed them."""
    desk = ask.desk
    # The process that merges takes a second to start: not where there is nothing to do.
    if not (_merges_long(ask) and desk.merger.merge()):
        desk.case.merge()
    with desk.file.snapshot() as connection:
        rows = connection.execute("SELECT key, value FROM events_state ORDER BY key").fetchall()
        state = ("merged", ask.snapshot.erasures, tuple(rows))
        if desk.merged is None or desk.merged.state != state:
            desk.merged = read_tables(connection, state, desk.merged)
        return desk.merged


def _merges_long(ask: Ask) -> bool:
    """Whether there is something to merge in a case so large that it may take long."""
    return ask.snapshot.claims.size >= LEAST_CLAIMS and not _is_merged(ask)


def _is_merged(ask: Ask) -> bool:
    with ask.desk.file.snapshot() as connection:
        until = merged_until(connection, rules_hash())
        return until is not None and not moved_since(connection, until, ask.snapshot.entry)


def _merged_then(ask: Ask, moment: str) -> MergedTables:
    """The events as they were merged, or would have been, at an earlier moment."""
    with ask.desk.case.merging.tables(moment) as connection:
        return read_tables(connection, ("merged then", ask.snapshot.erasures, ask.cut), None)


def is_fresh(ask: Ask, entry: int) -> bool:
    """Whether nothing that events depend on was recorded after *entry*."""
    newest = ask.snapshot.entry

    def moved() -> bool:
        with ask.desk.file.snapshot() as connection:
            return moved_since(connection, entry, newest)

    return entry >= newest or not ask.desk.once(("moved", entry, newest), moved, kind="moved", limit=20)


def _placed(ask: Ask, found: Happenings, fresh: bool) -> Happenings:
    """The events with their places where people put them."""
    where = whereabouts(ask)
    key = ("placed", found.state, ask.decided(), where.lat.size, fresh)

    def make() -> Happenings:
        place = np.where(found.place < where.lat.size, found.place, 0)
        lat, lon = where.lat[place], where.lon[place]
        nowhere = (place == 0) | (lat > 90)
        lat, lon = np.where(nowhere, np.nan, lat), np.where(nowhere, np.nan, lon)
        return replace(found, lat=lat, lon=lon, where=where, fresh=fresh)

    placed: Happenings = ask.desk.once(key, make, kind="placed", limit=4)
    return placed


def _columns_of(ask: Ask, tables: MergedTables, aggregation: str) -> Happenings:
    """The events under one aggregation; where they lie is said later, it may be decided anew."""
    rule = RULES[aggregation]  # type: ignore[index]
    e, v = tables.events, tables.values.of(tables.values["rules"] & rule > 0)
    figures = tables.figures.of(tables.figures["rules"] & rule > 0)
    at = np.searchsorted(e["event"], tables.event_of)
    of_claim = np.full(max(ask.snapshot.claims.size, int(tables.claim.max(initial=0)) + 1), -1, dtype=np.int64)
    of_claim[tables.claim] = at
    nowhere = np.full(len(e), np.nan)
    bodies = [tables.bodies[key] for key in zip(v["event"].tolist(), v["rules"].tolist(), strict=True)]
    return Happenings(
        state=(tables.state, aggregation),
        entry=tables.entry,
        aggregation=aggregation,
        ids=e["id"].tolist(),
        of_claim=of_claim,
        type=v["type"], types=tables.types.texts, precision=v["precision"], precisions=tables.precisions.texts,
        modes=v["modes"], contexts=v["contexts"], mode_words=tables.modes, context_words=tables.contexts,
        start=v["first"], end=v["last"],
        place=v["place"],
        radius=_radius(tables.precisions.texts, v["precision"]),
        lat=nowhere, lon=nowhere, where=whereabouts(ask),
        figures=_figures(figures, tables, np.searchsorted(e["event"], figures["event"])),
        counts={name: e[name] for name in COUNTS},
        factuality=e["factuality"], disagreement=v["disagreement"],
        first_published=e["first_published"], last_published=e["last_published"],
        bodies=bodies, dictionary=ask.desk.file.dictionary,
    )  # fmt: skip


# Merging keeps those who write waiting: after it they have so many times as long for themselves.
_REST = 8.0
# Metres, where a mark is drawn for a place of that precision and the place itself says no more.
_RADII = {"point": 500, "town": 3000, "district": 15_000, "province": 60_000, "country": 300_000, "region": 300_000}


def _radius(words: list[str], numbers: Ints) -> Floats:
    return np.array([float(_RADII.get(word, 10_000)) for word in words] or [0.0])[numbers]


def _figures(rows: Rows, tables: MergedTables, at: Ints) -> dict[str, tuple[Ints, Floats, Floats, Floats]]:
    """By measure: positions of events, and their low, best and high numbers."""
    found = {}
    for number in np.unique(rows["measure"]).tolist():
        told = rows["measure"] == number
        found[tables.measures.texts[number]] = (at[told], rows["low"][told], rows["best"][told], rows["high"][told])
    return found


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
