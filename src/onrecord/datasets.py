"""Data sets out of a case: files in the columns of other projects, and how far their counts depend on choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from onrecord import __version__
from onrecord.case.events_asked import EventQuestion
from onrecord.case.filters import Filter, Term
from onrecord.case.query import AsOf
from onrecord.case.store import CaseStore
from onrecord.events import CaseEvents
from onrecord.lexicon.profiles import find_profile
from onrecord.merge import divergence
from onrecord.model import Aggregation
from onrecord.view.exports import Material, write_export
from onrecord.view.profiles.events import FIELDS, account_values, report_values
from onrecord.view.profiles.happening import Happening
from onrecord.view.sensitivity import RULES, By, every_combination, one_at_a_time, sensitivity

Json = Mapping[str, Any]
_MADE_BY = f"onrecord {__version__}"


@dataclass(frozen=True, slots=True)
class DataSet:
    """What *asked* means in a case, as known at *as_of*, with events under *aggregation*."""

    store: CaseStore
    merging: CaseEvents
    asked: Filter
    as_of: AsOf = None
    aggregation: Aggregation = "representative"

    def export(self, path: Path, profile: str, *, hxl: bool = False, tables: Path | None = None) -> dict[str, Any]:
        """Writes *path* in the columns of *profile* and a manifest beside it; returns the manifest."""
        return write_export(path, profile, self._material(), self._about(profile), hxl=hxl, tables=tables)

    def events(self) -> Iterator[Json]:
        """Each event with its accounts and claims; also those that nobody asserts, unless the filter says otherwise."""
        said = any(term.key in ("happened", "event") for term in self.asked.terms)
        asked = self.asked if said else self.asked & Filter((Term("happened", ":", ("yes", "no")),))
        yield from self.merging.details(EventQuestion(asked, self.aggregation), self.as_of)

    def sensitivity(self, by: By = "all", grid: bool = False) -> list[dict[str, Any]]:
        """How many events count, with which tolls, under one choice changed at a time, or all combinations."""
        rows = {r: self.merging.rows(EventQuestion(self.asked, r), self.as_of) for r in RULES}
        return sensitivity(rows, by, every_combination() if grid else one_at_a_time())

    def divergence(self, per: Literal["reports", "accounts"] = "reports", at_least: int = 1) -> list[dict[str, Any]]:
        """How far the reports (or accounts) of one event differ, a row for each field.

        Only events with *at_least* so many reports (accounts) that assert them are measured.
        """
        reports = {r["report_id"]: r for r in self.store.reports(Filter(), as_of=self.as_of)}
        told = [Happening(e, reports, "", _MADE_BY) for e in self.events() if e["happened"]]
        given = [report_values(t) if per == "reports" else account_values(t) for t in told]
        wanted = [values for values in given if values and len(values) >= at_least]
        return [{"field": f, **asdict(divergence([[v[f] for v in event] for event in wanted]))} for f in FIELDS]

    def _material(self) -> Material:
        store, as_of = self.store, self.as_of
        stats = store.stats(as_of=as_of)
        return Material(
            claims=lambda: store.all_claims(self.asked, as_of=as_of),
            quotes=lambda: store.all_quotes(self.asked, as_of=as_of),
            events=self.events,
            reports=lambda: {r["report_id"]: r for r in store.reports(Filter(), as_of=as_of)},
            report=lambda report_id: store.report(report_id, as_of=as_of),
            recorded_at=max((r["recorded_at"] for r in store.runs(as_of=as_of)), default=""),
            made_by=_MADE_BY,
            case_id=str(stats["case_id"]),
        )

    def _about(self, profile: str) -> dict[str, Any]:
        """What the manifest says of the question and of the case that answered it."""
        stats = self.store.stats(as_of=self.as_of)
        of_events = find_profile(profile).rows in {"events", "reports of events"}
        return {
            "filter": str(self.asked),
            "aggregation": self.aggregation if of_events else None,
            "as_of": self.as_of.isoformat() if isinstance(self.as_of, datetime) else self.as_of,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "made_by": _MADE_BY,
            "coded_by": [{"run_id": r["run_id"], "version": r["version"]} for r in self.store.runs(as_of=self.as_of)],
            "case": {k: stats[k] for k in ("case_id", "head", "entries", "reports", "erased", "withheld")},
            "tombstones": self.store.erased(as_of=self.as_of),
        }
