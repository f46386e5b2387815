"""The one exception tree.

OnrecordError
├── ConfigError      a setting, flag or environment variable is wrong
├── DataError        a row of a knowledge file is wrong (names file and line)
├── ReadError        input that cannot become a report (one report's problem; never stops a run)
├── ModelError       weights, gazetteer or parser missing or not what they should be
└── CaseError        the case file
    ├── NotACase     the file is something else
    ├── CaseTooNew   written by a later version
    ├── CaseDamaged  a hash or span does not re-read
    ├── ReportRefused  one report that no case can hold as it is (never stops a run)
    └── CaseUsage    the case is sound, what was asked of it is not
        ├── NotFound   no report, claim, review or round of that name
        ├── BadFilter  a filter, moment, order or cursor that says nothing
        └── BadReview  a review that cannot be made as it was given
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Root of all errors of this package; the message ends with what to do about it."""


class ConfigError(OnrecordError):
    """A setting, flag or environment variable is wrong."""


class DataError(OnrecordError):
    """A row of a knowledge file is wrong."""

    def __init__(self, file: str, line: int | None, problem: str, remedy: str) -> None:
        self.file, self.line = file, line
        where = f"{file}:{line}" if line is not None else file
        super().__init__(f"{where}: {problem}. {remedy}")


class ReadError(OnrecordError):
    """Input that cannot become a report."""

    def __init__(self, origin: str, reason: str, remedy: str) -> None:
        self.origin, self.reason, self.remedy = origin, reason, remedy
        super().__init__(f"{origin}: {reason}. {remedy}")


class ModelError(OnrecordError):
    """Weights, gazetteer or parser missing or not what they should be."""


class CaseError(OnrecordError):
    """The case file cannot do what was asked."""


class NotACase(CaseError):
    """The file is not a case."""


class CaseTooNew(CaseError):
    """The case was written by a later version."""


class CaseDamaged(CaseError):
    """A hash or span in the case does not re-read."""


class CaseUsage(CaseError):
    """The case is sound, but what was asked of it cannot be."""


class NotFound(CaseUsage):
    """The case has no report, claim, review or round of that name, or there is no case."""


class BadFilter(CaseUsage):
    """A filter, a moment, an order or a cursor is not written as it should be."""


class BadReview(CaseUsage):
    """A review cannot be made as it was given: no person, no reason, or a value that does not fit."""


class ReportRefused(CaseError):
    """One report or coding that the case cannot hold as it is; nothing of it was written, others go on."""
