"""Reading knowledge files: rows with file and line, so that a bad one can be named."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import DataError


def data_folder() -> Path:
    """The folder of the knowledge files that ship with the package."""
    return Path(str(files("onrecord"))) / "data"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV: its values by column, and where it stands."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def items(self, column: str) -> tuple[str, ...]:
        """The values of a column that holds several, separated by ``;`` (empty ones dropped)."""
        cell = self.values[column]
        if ";" not in cell:
            return (cell,) if cell else ()
        return tuple([part for part in map(str.strip, cell.split(";")) if part])

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """The value of *column*; DataError unless it is among *allowed*."""
        value = self.values[column]
        options = allowed if isinstance(allowed, tuple) else tuple(allowed)
        if value not in options:
            raise self.wrong(f"{column} {value!r} is not known", f"Use one of: {', '.join(options)}")
        return value

    def wrong(self, problem: str, remedy: str) -> DataError:
        """The error to raise for this row."""
        return DataError(self.file, self.line, problem, remedy)


def read_rows(path: Path, required: Iterable[str]) -> Iterator[Row]:
    """Rows of the CSV at *path* (UTF-8, header first, lines that start with ``#`` are comments).

    Raises DataError naming file and line when a column of *required* is missing or a row has more
    or fewer cells than the header.
    """
    file = path.name
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header: list[str] | None = None
        reader = csv.reader(stream)
        for cells in reader:
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = [c.strip() for c in cells]
                missing = [c for c in required if c not in header]
                if missing:
                    raise DataError(
                        path.name, reader.line_num, f"no column {', '.join(missing)}", "Add it to the header"
                    )
                continue
            if len(cells) != len(header):
                raise DataError(
                    path.name,
                    reader.line_num,
                    f"{len(cells)} cells where the header has {len(header)}",
                    "Quote cells that hold commas, or add the missing ones",
                )
            yield Row(file, reader.line_num, dict(zip(header, map(str.strip, cells), strict=True)))


def read_toml(path: Path) -> dict[str, Any]:
    """The TOML file at *path*; DataError when it does not parse."""
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except tomllib.TOMLDecodeError as error:
        raise DataError(path.name, None, f"not TOML: {error}", "Mend the syntax at that line") from error
