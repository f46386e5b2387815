"""Files made of rows, and the manifest beside each: what was asked, how many rows, and the hash of the file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import ConfigError
from onrecord.view.tables import arrow_table

if TYPE_CHECKING:
    import pyarrow

Json = Mapping[str, Any]
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_rows(path: Path, rows: Sequence[Json], profile: str) -> int:
    """Writes *rows* to *path* in the form of *profile* (``claims-jsonl``, ``quotes-csv`` …); returns the bytes.

    The file appears whole or not at all. Raises ConfigError when the profile is not known or *path* cannot be
    written.
    """
    kind, _, form = profile.partition("-")
    if profile not in profiles():
        raise ConfigError(f"profile {profile!r} is not known. One of: {', '.join(profiles())}")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _FORMS[form](draft, rows, kind)
        draft.replace(path)
        return path.stat().st_size
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror}). Name another place") from error
    finally:
        draft.unlink(missing_ok=True)


def profiles() -> tuple[str, ...]:
    """What can be written: kind of row and form of file."""
    return tuple(f"{kind}-{form}" for kind in ("claims", "quotes", "events") for form in _FORMS)


def write_manifest(path: Path, about: Json) -> Path:
    """Writes ``PATH.manifest.json`` with *about* and the file's own name, bytes and SHA-256; returns its path."""
    data = path.read_bytes()
    own = {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    target = path.with_name(path.name + ".manifest.json")
    target.write_text(json.dumps({**own, **about}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return target


def defused(text: str | None) -> str | None:
    """*text* as a spreadsheet shows it and never runs it: an apostrophe before what would begin a formula."""
    return f"'{text}" if text is not None and text.startswith(_FORMULA) else text


def _jsonl(path: Path, rows: Iterable[Json], _: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _csv(path: Path, rows: Sequence[Json], kind: str) -> None:
    import pyarrow
    from pyarrow import csv

    table = arrow_table(rows, kind)
    columns: list[pyarrow.Array] = [
        pyarrow.array([defused(value) for value in column.to_pylist()], pyarrow.string())
        if pyarrow.types.is_string(column.type)
        else column
        for column in table.columns
    ]
    csv.write_csv(pyarrow.table(columns, names=table.column_names), path)


def _parquet(path: Path, rows: Sequence[Json], kind: str) -> None:
    from pyarrow import parquet

    parquet.write_table(arrow_table(rows, kind), path)


_FORMS: dict[str, Callable[[Path, Sequence[Json], str], None]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
