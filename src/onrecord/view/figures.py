"""Plots of how far counts depend on choices: bars of totals, ranges of groups, lines over time, maps of places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from onrecord.view.sensitivity import label
from onrecord.view.svg import COLOURS, FAINT, INK, SOFT, Drawing, short, ticks

Json = Mapping[str, Any]
_WIDTH = 900.0
_MOST = 25  # groups that a plot shows, the largest first
_YEARS = 10  # that a plot over time shows at most
_UNKNOWN = "not known or tied"
_FAMILIES = ("aggregation", "accounts", "voices", "reports", "factuality")


def sensitivity_figure(rows: Sequence[Json], subtitle: str = "") -> str:
    """The rows of a sensitivity as one SVG document, drawn after what they are grouped by."""
    by = rows[0]["by"] if rows else "all"
    if by in {"week", "month"}:
        return _lines(rows, subtitle, by)
    if by == "place":
        return _maps(rows, subtitle)
    return _bars(rows, subtitle) if by == "all" else _ranges(rows, subtitle, by)


def _sheet(height: float, title: str, subtitle: str, described: str) -> Drawing:
    drawing = Drawing(_WIDTH, height, title, described)
    drawing.text(24, 30, title, 16, bold=True)
    drawing.text(24, 48, subtitle, 11, colour=SOFT)
    return drawing


def _bars(rows: Sequence[Json], subtitle: str) -> str:
    """Events and tolls under each setting."""
    drawing = _sheet(
        90 + 24 * len(rows) + 30, "Events and tolls by choice", subtitle, "Each row is one choice changed alone."
    )
    left, middle, right, top = 190.0, 500.0, 870.0, 84.0
    events = ticks(max((r["events"] for r in rows), default=0))
    deaths = ticks(max((r["killed_high"] or 0 for r in rows), default=0))
    drawing.text(left, top - 12, "events", bold=True)
    drawing.text(middle + 60, top - 12, "killed: lowest to highest told, dot: sum of single numbers", bold=True)
    scale, scale2 = (middle - left) / events[-1], (right - middle - 60) / deaths[-1]
    bottom = top + 24 * len(rows)
    for tick in events:
        drawing.line(left + tick * scale, top, left + tick * scale, bottom)
        drawing.text(left + tick * scale, bottom + 14, f"{tick:g}", 10, "middle", SOFT)
    for tick in deaths:
        drawing.line(middle + 60 + tick * scale2, top, middle + 60 + tick * scale2, bottom)
        drawing.text(middle + 60 + tick * scale2, bottom + 14, f"{tick:g}", 10, "middle", SOFT)
    for n, row in enumerate(rows):
        y = top + 24 * n
        colour = COLOURS[0] if row["choice"] == "baseline" else COLOURS[5]
        drawing.text(left - 8, y + 15, label(row), 11, "end")
        drawing.box(left, y + 4, row["events"] * scale, 15, colour)
        drawing.text(left + row["events"] * scale + 4, y + 15, f"{row['events']:,}", 10, colour=SOFT)
        if row["killed_low"] is not None:
            low, high = (middle + 60 + row[k] * scale2 for k in ("killed_low", "killed_high"))
            drawing.line(low, y + 11, max(high, low + 1), y + 11, COLOURS[1], 3)
            about = f"{row['killed_best']:g} ({row['killed_low']:g} to {row['killed_high']:g})"
            drawing.dot(middle + 60 + row["killed_best"] * scale2, y + 11, 4, INK, about=about)
    return drawing.svg()


def _by_group(rows: Sequence[Json]) -> tuple[list[str | None], dict[tuple[str | None, str], Json]]:
    """The largest groups of the baseline, and the rows by group and setting."""
    base = {r["group"]: r["events"] for r in rows if r["choice"] == "baseline"}
    chosen = sorted(base, key=lambda g: (-base[g], g or ""))[:_MOST]
    return chosen, {(r["group"], label(r)): r for r in rows}


def _ranges(rows: Sequence[Json], subtitle: str, by: str) -> str:
    """For each group the baseline, and the fewest and most events that any choice gives."""
    groups, _ = _by_group(rows)
    title = f"Events by {by}: baseline (dot), fewest to most over all choices"
    drawing = _sheet(100 + 22 * len(groups) + 20, title, subtitle, "Each row is a group of events.")
    left, right, top = 230.0, 860.0, 80.0
    events: dict[str | None, list[int]] = {g: [r["events"] for r in rows if r["group"] == g] for g in groups}
    marks = ticks(max((max(n) for n in events.values()), default=0))
    scale, bottom = (right - left) / marks[-1], top + 22 * len(groups)
    for tick in marks:
        drawing.line(left + tick * scale, top, left + tick * scale, bottom)
        drawing.text(left + tick * scale, bottom + 14, f"{tick:g}", 10, "middle", SOFT)
    for n, group in enumerate(groups):
        y = top + 22 * n + 11
        base = next(r["events"] for r in rows if r["group"] == group and r["choice"] == "baseline")
        drawing.text(left - 8, y + 4, short(group or _UNKNOWN, 34), 11, "end")
        drawing.line(left + min(events[group]) * scale, y, left + max(events[group]) * scale + 1, y, COLOURS[1], 2)
        for other in sorted(set(events[group])):
            drawing.dot(left + other * scale, y, 2.5, COLOURS[1])
        about = f"{group or _UNKNOWN}: {base}, {min(events[group])} to {max(events[group])}"
        drawing.dot(left + base * scale, y, 4.5, COLOURS[0], about=about)
    return drawing.svg()


def _lines(rows: Sequence[Json], subtitle: str, by: str) -> str:
    """Events over time, one panel a kind of choice."""
    periods, outside = _span(rows, by)
    if outside:
        subtitle += f"; {outside:,} events lie before or after"
    families = [f for f in _FAMILIES if any(r["choice"] == f for r in rows)] or ["grid"]
    height, left, right = 150.0, 60.0, 700.0
    drawing = _sheet(
        70 + (height + 36) * len(families), f"Events by {by}", subtitle, "One panel a kind of choice; baseline dashed."
    )
    marks = ticks(max((r["events"] for r in rows if r["group"]), default=0), 3)
    across = (right - left) / max(len(periods) - 1, 1)
    for n, family in enumerate(families):
        top = 76 + (height + 36) * n
        bottom = top + height
        for tick in marks:
            y = bottom - tick / marks[-1] * height
            drawing.line(left, y, right, y)
            drawing.text(left - 6, y + 4, f"{tick:g}", 10, "end", SOFT)
        for m, period in enumerate(periods):
            if m % max(1, len(periods) // 7) == 0:
                drawing.text(left + m * across, bottom + 14, period, 9, "middle", SOFT)
        shown = list(dict.fromkeys(label(r) for r in rows if r["choice"] in ("baseline", family)))
        for k, name in enumerate(shown):
            counts = {r["group"]: r["events"] for r in rows if label(r) == name}
            points = [
                (left + m * across, bottom - counts.get(p, 0) / marks[-1] * height) for m, p in enumerate(periods)
            ]
            colour = INK if name == "baseline" else COLOURS[(k - 1) % len(COLOURS)]
            if len(points) == 1:
                drawing.dot(*points[0], 4, colour)
            drawing.path(points, colour, dashed=name == "baseline")
            drawing.line(right + 20, top + 14 + 18 * k, right + 44, top + 14 + 18 * k, colour, 2)
            drawing.text(right + 50, top + 18 + 18 * k, name, 11)
    return drawing.svg()


def _span(rows: Sequence[Json], by: str) -> tuple[list[str], int]:
    """The weeks or months without a gap that hold the bulk of the baseline, and how many events lie outside.

    The outermost twentieth is left off, and what is still too long is cut at the emptier end.
    """
    counts = {r["group"]: r["events"] for r in rows if r["choice"] == "baseline" and r["group"] and r["events"]}
    each = [period for period in sorted(counts) for _ in range(counts[period])]
    if not each:
        return [], 0
    cut = len(each) // 40
    kept = list(dict.fromkeys(each[cut : len(each) - cut]))
    while int(kept[-1][:4]) - int(kept[0][:4]) > _YEARS:
        kept.pop(0 if counts[kept[0]] <= counts[kept[-1]] else -1)
    periods = kept[:1]
    while periods[-1] < kept[-1]:
        periods.append(_next(periods[-1], by))
    return periods, sum(n for period, n in counts.items() if not periods[0] <= period <= periods[-1])


def _next(period: str, by: str) -> str:
    if by == "month":
        year, month = int(period[:4]), int(period[5:])
        return f"{year + month // 12:04}-{month % 12 + 1:02}"
    monday = date.fromisocalendar(int(period[:4]), int(period[6:]), 1) + timedelta(weeks=1)
    year, week, _ = monday.isocalendar()
    return f"{year:04}-W{week:02}"


def _maps(rows: Sequence[Json], subtitle: str) -> str:
    """A small map for each setting: a circle a place, its area the number of events; rings are the baseline."""
    points = {r["group"]: (r["longitude"], r["latitude"]) for r in rows if r["latitude"] is not None}
    names = list(dict.fromkeys(label(r) for r in rows))[:12]
    across, width = 3, 270.0
    height = _height(list(points.values()), width)
    lines = -(-len(names) // across)
    drawing = _sheet(
        80 + lines * (height + 34),
        "Events by place under each choice",
        subtitle,
        "Filled: counted. Ring: the baseline.",
    )
    if not points:
        drawing.text(24, 72, "No event has coordinates.")
        return drawing.svg()
    base = {r["group"]: r["events"] for r in rows if r["choice"] == "baseline"}
    unit = 14 / max(max(base.values(), default=1), 1) ** 0.5
    for n, name in enumerate(names):
        x0, y0 = 24 + (n % across) * (width + 22), 92 + (n // across) * (height + 34)
        place = _Frame(list(points.values()), x0, y0, width, height)
        drawing.text(x0, y0 - 6, name, 11, bold=True)
        place.draw(drawing)
        for row in (r for r in rows if label(r) == name and r["group"] in points):
            x, y = place.at(*points[row["group"]])
            drawing.dot(x, y, max(unit * base.get(row["group"], 0) ** 0.5, 2), SOFT, filled=False)
            if row["events"]:
                about = f"{row['group']}: {row['events']} of {base.get(row['group'], 0)}"
                drawing.dot(x, y, max(unit * row["events"] ** 0.5, 2), COLOURS[0], about=about)
    return drawing.svg()


def _height(points: Sequence[tuple[float, float]], width: float) -> float:
    """How high a map is that shows *points* in a width: never flatter than half of it, never higher than it."""
    if not points:
        return width / 2
    wide, high = (max(p[k] for p in points) - min(p[k] for p in points) for k in (0, 1))
    return min(max(width * high / max(wide, 1), width / 2), width)


class _Frame:
    """A plate carrée window around points, with lines of latitude and longitude."""

    def __init__(self, points: Sequence[tuple[float, float]], x: float, y: float, width: float, height: float) -> None:
        self.x, self.y, self.width, self.height = x, y, width, height
        longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
        self.middle = ((min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2)
        # One scale for both axes, so that shapes are not stretched; at least a degree, so that one place has a map.
        wide, high = max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)
        self.degree = min(width / max(wide * 1.15, 1), height / max(high * 1.15, 1))

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point stands on the sheet."""
        x = self.x + self.width / 2 + (longitude - self.middle[0]) * self.degree
        return x, self.y + self.height / 2 - (latitude - self.middle[1]) * self.degree

    def draw(self, drawing: Drawing) -> None:
        """The window and its lines, labelled in degrees."""
        drawing.box(self.x, self.y, self.width, self.height, "#f5f7f9")
        span = self.width / self.degree
        step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20, 45, 90, 180) if span / s <= 5 or s == 180)
        for n in range(int(-180 / step), int(180 / step) + 1):
            x, y = self.at(n * step, n * step)
            if self.x < x < self.x + self.width:
                drawing.line(x, self.y, x, self.y + self.height, FAINT)
                drawing.text(x + 2, self.y + self.height - 3, f"{n * step:g}°", 8, colour=SOFT)
            if self.y + 10 < y < self.y + self.height and abs(n * step) <= 90:
                drawing.line(self.x, y, self.x + self.width, y, FAINT)
                drawing.text(self.x + 2, y - 2, f"{n * step:g}°", 8, colour=SOFT)
