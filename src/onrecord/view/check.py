"""Whether rows keep what their layout promises: columns, types, empty cells, closed lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from onrecord.lexicon.profiles import LISTED, Column, Layout


def problems(rows: Iterable[Mapping[str, Any]], layout: Layout) -> list[str]:
    """What is wrong with *rows*, each with its row number (from 1), column and value; empty where nothing is."""
    found = []
    for number, row in enumerate(rows, 1):
        strange = [name for name in row if name not in layout.names]
        found += [f"row {number}: {name!r} is no column of {layout.name}" for name in strange]
        for column in layout.columns:
            problem = _problem(row.get(column.name), column)
            if problem is not None:
                found.append(f"row {number}, {column.name}: {problem}")
    return found


def _problem(value: Any, column: Column) -> str | None:
    if value is None:
        return None if column.null else "is empty and may not be"
    if not _is(value, column.type):
        return f"{value!r} is no {column.type}"
    if not column.codes:
        return None
    members = str(value).split(LISTED) if column.each else [str(value)]
    unknown = [m for m in members if m not in column.codes]
    return f"{unknown[0]!r} is not in its list" if unknown else None


def _is(value: Any, type_: str) -> bool:
    if type_ == "text":
        return isinstance(value, str) and value != ""
    if type_ == "flag":
        return isinstance(value, bool)
    if type_ == "day":
        return isinstance(value, date) and not isinstance(value, datetime)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return type_ == "number" or isinstance(value, int)
