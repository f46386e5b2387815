"""The case: one SQLite file with reports, codings, claims and reviews. The only code that knows SQLite."""

from onrecord.case.store import CaseStore

__all__ = ["CaseStore"]
