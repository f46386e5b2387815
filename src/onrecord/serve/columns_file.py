"""The numbers of a large case's columns in a file beside it, so that a server need not read every row when it starts.

The file holds numbers alone, no word of any report, and may be deleted at any time. It is believed only where the case
still has the journal entry that it was made at, with the same chain of hashes before it, and no erasure since; rows
that came later are read from the case.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.serve.merged import Coded, MergedTables, Rows
from onrecord.serve.mirror import NO_DAY, Many, Snapshot, Table

# Changes whenever the form or the meaning of the columns does.
_FORM = 1
# Reading fewer rows takes no time that anybody would notice.
LEAST_CLAIMS = 20_000
_TABLES = ("claims", "codings", "reports", "places", "quotes")
_MANY = ("codes", "figures", "slots", "speakers")
_MERGED = ("events", "values", "figures")
_CODED = ("types", "precisions", "modes", "contexts", "measures")
_SMALLER = (np.int8, np.int16, np.int32)
_WORST = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)
Arrays = dict[str, NDArray[Any]]


def load_columns(path: Path, connection: Any, case_id: str) -> tuple[Snapshot, MergedTables | None] | None:
    """What *path* holds of the case that *connection* reads, without names; None where it is of no use."""
    try:
        with np.load(path, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            if not _fits(about, connection, case_id):
                return None
            arrays = {name: _whole(file[name]) for name in file.files if name != "about"}
        snapshot = _snapshot(about, arrays)
        return snapshot, _merged(about["merged"], arrays) if about["merged"] else None
    except _WORST:
        return None


def keep_columns(path: Path, connection: Any, case_id: str, snapshot: Snapshot, merged: MergedTables | None) -> bool:
    """Writes the columns to *path* in place of what is there; False where that cannot be done, or is not worth it."""
    if snapshot.claims.size < LEAST_CLAIMS:
        return False
    about = {"form": _FORM, "case_id": case_id, "entry": snapshot.entry, "erasures": snapshot.erasures}
    about |= {"chain": _chain(connection, snapshot.entry), "merged": merged and _about_merged(merged)}
    about["sizes"] = {name: getattr(snapshot, name).size for name in _TABLES}
    arrays = {name: _small(values) for name, values in _arrays(snapshot, merged)}
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            np.savez(file, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return False
    return True


def _fits(about: Any, connection: Any, case_id: str) -> bool:
    erasures = connection.execute("SELECT count(*) FROM erasures").fetchone()[0]
    same = (about["form"], about["case_id"], about["erasures"]) == (_FORM, case_id, erasures)
    return same and about["chain"] is not None and about["chain"] == _chain(connection, about["entry"])


def _chain(connection: Any, entry: int) -> str | None:
    row = connection.execute("SELECT hex(chain) FROM entries WHERE entry = ?", (entry,)).fetchone()
    return row and str(row[0])


def _arrays(snapshot: Snapshot, merged: MergedTables | None) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in _TABLES:
        table: Table = getattr(snapshot, name)
        for column, values in {**table.ints, **table.floats}.items():
            yield f"{name}.{column}", values
    for name in _MANY:
        many: Many = getattr(snapshot, name)
        yield f"{name}:row", many.row
        yield f"{name}:value", many.value
        for column, reals in many.more.items():
            yield f"{name}:{column}", reals
    for name in _MERGED if merged is not None else ():
        for column, values in getattr(merged, name).columns.items():
            yield f"merged {name}.{column}", values.astype("S") if values.dtype == object else values
    if merged is not None:
        keys = np.array(list(merged.marks), dtype=np.int64).reshape(-1, 2)
        yield "merged marks", np.column_stack([keys, np.array(list(merged.marks.values()), dtype=np.int64)])


def _snapshot(about: Any, arrays: Arrays) -> Snapshot:
    found: dict[str, Any] = {}
    for name in _TABLES:
        table = Table(size=int(about["sizes"][name]))
        for key in [key for key in arrays if key.startswith(f"{name}.")]:
            kept: Any = table.floats if arrays[key].dtype == np.float64 else table.ints
            kept[key.partition(".")[2]] = arrays[key]
        if any(len(values) != table.size for values in (*table.ints.values(), *table.floats.values())):
            raise ValueError(f"{name} is cut short")
        found[name] = table
    for name in _MANY:
        more = {k.partition(":")[2]: v for k, v in arrays.items() if k.startswith(f"{name}:")}
        found[name] = Many(more.pop("row"), more.pop("value"), more)
    named: dict[str, Any] = {key: {} for key in ("words", "numbers", "outlets", "place_names", "actors", "names")}
    return Snapshot(entry=about["entry"], erasures=about["erasures"], **found, **named)


def _about_merged(merged: MergedTables) -> dict[str, Any]:
    return {"entry": merged.entry, **{name: getattr(merged, name).texts for name in _CODED}}


def _merged(about: Any, arrays: Arrays) -> MergedTables:
    tables: dict[str, Any] = {}
    for name in _MERGED:
        start = f"merged {name}."
        columns = {key.removeprefix(start): values for key, values in arrays.items() if key.startswith(start)}
        tables[name] = Rows({k: v.astype("U").astype(object) if v.dtype.kind == "S" else v for k, v in columns.items()})
    marks = {(event, rules): mark for event, rules, mark in arrays["merged marks"].tolist()}
    coded: dict[str, Any] = {
        name: Coded(list(about[name]), {t: i for i, t in enumerate(about[name])}) for name in _CODED
    }
    nothing = np.zeros(0, dtype=np.int64)
    return MergedTables(
        state=None, entry=about["entry"], claim=nothing, event_of=nothing, bodies={}, marks=marks, **tables, **coded
    )


def _small(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in as few bytes as they need; the largest of the kind says that there is no day."""
    if values.dtype != np.int64 or not len(values):
        return values
    real = values[values != NO_DAY]
    low, high = (int(real.min()), int(real.max())) if len(real) else (0, 0)
    for kind in _SMALLER:
        most = np.iinfo(kind).max
        if np.iinfo(kind).min <= low and high < most:
            return np.where(values == NO_DAY, most, values).astype(kind)
    return values


def _whole(values: NDArray[Any]) -> NDArray[Any]:
    if values.dtype.kind != "i" or values.dtype == np.int64:
        return values
    found = values.astype(np.int64)
    found[values == np.iinfo(values.dtype).max] = NO_DAY
    return found
