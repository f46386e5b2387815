"""The public ``Case``: what a case holds, as rows, Arrow tables and data frames."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any

from onrecord.case.store import CaseStore
from onrecord.case.verify import Verification
from onrecord.case.writer import Run, Writer
from onrecord.model import Coding, Rejected
from onrecord.view.tables import arrow_table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Json = Mapping[str, Any]
AsOf = str | datetime | None


@dataclass(frozen=True)
class Rows:
    """Rows of a question, as JSON objects; read once they are asked for, and as often as asked for."""

    rows: tuple[Json, ...]
    kind: str

    def __iter__(self) -> Iterator[Json]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Json:
        return self.rows[index]

    def arrow(self) -> pyarrow.Table:
        """One flat row each: ids, type, parties, place, days, figures, modality, words and chain."""
        return arrow_table(self.rows, self.kind)

    def pandas(self) -> pandas.DataFrame:
        """The same as a pandas frame (needs pandas: ``pip install onrecord[frames]``)."""
        return self.arrow().to_pandas()

    def polars(self) -> polars.DataFrame:
        """The same as a polars frame (needs polars: ``pip install onrecord[frames]``)."""
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def jsonl(self) -> str:
        """One JSON object a line."""
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows)


class Case:
    """A case file, open for questions and for coding into it.

    ``Case("syria.case")`` opens one that exists, ``create=True`` makes it where nothing is. Filters
    are written in the language of ``docs/reference/filters.md``; ``as_of`` asks as known on a moment.
    Raises NotACase, CaseTooNew, CaseDamaged or CaseError.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, create: bool = False, read_only: bool = False
    ) -> None:
        self.path = os.fspath(path)
        self.store = CaseStore.open(path, create=create, read_only=read_only)
        self._writer: Writer | None = None

    def close(self) -> None:
        """Closes the file."""
        self.store.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- questions -----------------------------------------------------------------------------

    def claims(
        self, filter: str = "", *, as_of: AsOf = None, limit: int | None = None, rejected: bool = False
    ) -> Rows:
        """Claims that *filter* means (all by default), in the order of their reports."""
        return _rows(self.store.all_claims(filter or None, as_of=as_of, rejected=rejected), limit, "claims")

    def quotes(
        self, filter: str = "", *, speaker: str | None = None, as_of: AsOf = None, limit: int | None = None
    ) -> Rows:
        """Attributions: who said what, in which words, through which channel."""
        if speaker:
            filter = f'{filter} speaker:"{speaker}"'.strip()
        return _rows(self.store.all_quotes(filter or None, as_of=as_of), limit, "quotes")

    def events(self, filter: str = "", *, as_of: AsOf = None, limit: int | None = None) -> Rows:
        """Events, one a claim that is asserted to have happened."""
        return _rows(self.store.all_events(filter or None, as_of=as_of), limit, "events")

    def reports(self, filter: str = "", *, as_of: AsOf = None) -> list[Json]:
        """Reports without their texts."""
        return list(self.store.reports(filter or None, as_of=as_of))

    def report(self, name: str, *, as_of: AsOf = None) -> Json:
        """One report with its text, by id, supplied id or the beginning of its id."""
        return self.store.report(name, as_of=as_of)

    def coding(self, name: str, *, as_of: AsOf = None) -> Coding:
        """Every layer of one report, as typed objects."""
        return self.store.coding(name, as_of=as_of)

    def layers(self, name: str, *, as_of: AsOf = None) -> Json:
        """The layers of one report as JSON."""
        return self.store.layers(name, as_of=as_of)

    def rejected_inputs(self, *, as_of: AsOf = None) -> list[Json]:
        """Inputs that could not be read, with reason and remedy."""
        return list(self.store.rejected_inputs(as_of=as_of))

    def verify(self) -> Verification:
        """Re-reads every span and hash."""
        return self.store.verify()

    def stats(self, *, as_of: AsOf = None) -> Json:
        """Counts and sizes."""
        return self.store.stats(as_of=as_of)

    # -- writing -------------------------------------------------------------------------------

    def writer(self, run: Run) -> Writer:
        """A writer for the codings of one run, to be used in a ``with`` block."""
        return self.store.writer(run)

    def has_coding(self, report_id: str, run_id: str) -> bool:
        """Whether that run has coded that report already."""
        return self.store.has_coding(report_id, run_id)


def _rows(found: Iterable[Json], limit: int | None, kind: str) -> Rows:
    return Rows(tuple(islice(found, limit)), kind)


__all__ = ["Case", "Coding", "Rejected", "Rows", "Run", "Writer"]
