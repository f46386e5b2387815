"""The main job on one machine: read, code, and write each report whole into the case."""

from __future__ import annotations

import multiprocessing
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from onrecord import __version__
from onrecord.config import Config
from onrecord.errors import CaseError, ReportRefused
from onrecord.ledger import Case, Run, Writer
from onrecord.model import Coding, Rejected, Report
from onrecord.pipeline import Parts, code_report, load_parts
from onrecord.read import Defaults, read_inputs

_AHEAD = 4  # reports in flight a process: enough to keep it busy, few enough to keep memory flat


@dataclass(slots=True)
class Summary:
    """What a run did: counts, and the inputs that could not be read with their reasons."""

    coded: int = 0
    already: int = 0
    not_coded: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """Inputs that were looked at."""
        return self.coded + self.already + self.not_coded + len(self.rejected)


Progress = Callable[[Summary, str], None]


def code_into(
    paths: Iterable[str],
    case: Case,
    config: Config,
    defaults: Defaults,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    on_coding: Callable[[Coding], None] | None = None,
) -> Summary:
    """Codes all reports under *paths* into *case*; returns what was done.

    Each report is written with its whole coding in one transaction, in the order of the inputs.
    Reports that this run's configuration has already coded are passed over, so that an
    interrupted run goes on where it stopped.
    """
    parts = load_parts(config)
    summary = Summary()
    run = Run(run_id=parts.run_id, version=__version__, details=parts.details)
    with case.writer(run) as writer:
        todo = _new(read_inputs(paths, defaults), writer, summary, progress)
        for coding in _codings(todo, parts, config, jobs):
            _keep(coding, writer, summary, on_coding)
            if progress is not None:
                progress(summary, "")
    return summary


def _keep(
    coding: Coding | Rejected, writer: Writer, summary: Summary, on_coding: Callable[[Coding], None] | None
) -> None:
    if isinstance(coding, Rejected):
        writer.reject(coding)
        summary.rejected.append(coding)
        return
    try:
        writer.add(coding)
    except ReportRefused as error:
        _refuse(coding.report, error, writer, summary)
        return
    if coding.flags:
        summary.not_coded += 1
    else:
        summary.coded += 1
    summary.claims.update(claim.kind for claim in coding.claims)  # type: ignore[attr-defined]
    if on_coding is not None:
        on_coding(coding)


def _refuse(report: Report, error: ReportRefused, writer: Writer, summary: Summary) -> None:
    """Writes down why *report* cannot be kept, and goes on; raises *error* itself when that fails too."""
    rejected = Rejected(
        origin=report.origin or report.report_id,
        reason=f"the case cannot hold it: {error}",
        remedy="Mend what the message names and code the report again; the others are not touched by it",
        original=report.original,
        original_sha256=report.original_sha256,
    )
    try:
        writer.reject(rejected)
    except (CaseError, UnicodeError):
        raise error from None
    summary.rejected.append(rejected)


def count_inputs(paths: Iterable[str], defaults: Defaults) -> int:
    """How many reports and rejections *paths* hold (reads them once, without coding)."""
    return sum(1 for _ in read_inputs(paths, defaults))


def _new(
    inputs: Iterable[Report | Rejected], writer: Writer, summary: Summary, progress: Progress | None
) -> Iterator[Report]:
    """The reports that this run has yet to code; rejections go into the case on the way."""
    seen: set[str] = set(writer.done())
    for item in inputs:
        if isinstance(item, Rejected):
            writer.reject(item)
            summary.rejected.append(item)
        elif item.report_id in seen:
            summary.already += 1
        else:
            seen.add(item.report_id)
            yield item
            continue
        if progress is not None:
            progress(summary, item.origin or "")


def _codings(reports: Iterable[Report], parts: Parts, config: Config, jobs: int) -> Iterator[Coding | Rejected]:
    if jobs <= 1:
        for report in reports:
            yield code_named(report, parts)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=load_parts, initargs=(config,)) as pool:
        stream = iter(reports)
        waiting: list[Future[Coding | Rejected]] = [
            pool.submit(_in_worker, r, config) for r in islice(stream, jobs * _AHEAD)
        ]
        while waiting:
            yield waiting.pop(0).result()
            waiting.extend(pool.submit(_in_worker, report, config) for report in islice(stream, 1))


def _in_worker(report: Report, config: Config) -> Coding | Rejected:
    return code_named(report, load_parts(config))


def code_named(report: Report, parts: Parts) -> Coding | Rejected:
    """The coding of *report*, or why the coder broke on it: one report never stops a run."""
    try:
        return code_report(report, parts)
    except (KeyboardInterrupt, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - named, counted and kept in the case
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Rejected(
            origin=report.origin or report.report_id,
            reason=f"the coder broke on it ({type(error).__name__}: {error}, {where.name}:{where.lineno})",
            remedy="This is a fault of onrecord: report it, with the text if you may",
            original=report.original,
            original_sha256=report.original_sha256,
        )
