"""The case: one SQLite file with reports, codings, claims and reviews. The only code that knows SQLite."""

from onrecord.case.filters import Filter
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run

__all__ = ["CaseStore", "Filter", "Run"]
