"""How merging bears many claims: a whole case from nothing, one report more, and questions to its events.

``python -m benchmarks.case.merge_load [--claims 50000 100000 200000] [--seed 1] [--keep FOLDER] [--reports 5]``

The claims are really coded ones of the reports in ``examples/``, told again as stories of other places, days and words
(see ``stories``). At each size the case is merged from nothing in a process of its own, then reports of a story that
is new to it are added one at a time; times are wall and CPU seconds (other programs lengthen the one, not the other).
"""

from __future__ import annotations

import argparse
import multiprocessing
import pickle
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.stories import Stories
from onrecord import __version__
from onrecord.case import events_state
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run
from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.model import Coding, Rejected
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
_BATCH = 200
_QUESTIONS = (
    "",
    "type:ASSAULT",
    "type:ASSAULT killed>=5",
    "disputed",
    "denied accounts>=2",
    "from:2019-01-01 to:2019-01-31",
    "speaker:Observatory",
    "actor:SYR -mode:aerial",
)


def main(argv: list[str] | None = None) -> int:
    """Fills, merges, adds and asks at each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[50_000, 100_000, 200_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=5, help="reports to add one at a time")
    parser.add_argument("--keep", type=Path, help="folder of cases that are kept, and used again")
    args = parser.parse_args(argv)
    codings = _codings(args.keep)
    with tempfile.TemporaryDirectory(prefix="merge-load-") as folder:
        where = args.keep or Path(folder)
        for size in sorted(args.claims):
            path = where / f"stories-{size}.case"
            if not path.exists():
                _fill(path, codings, args.seed, size)
            for step in (_merge, _add, _ask):
                # A process of its own, so that the peak of memory is that of this step.
                process = multiprocessing.get_context("spawn").Process(
                    target=step, args=(path, codings, args.seed, args.reports)
                )
                process.start()
                process.join()
                if process.exitcode:
                    return 1
    return 0


def _codings(keep: Path | None) -> list[Coding]:
    kept = keep / "codings.pickle" if keep else None
    if kept is not None and kept.exists():
        found: list[Coding] = pickle.loads(kept.read_bytes())
        return found
    parts = load_parts(Config())
    read = [r for r in read_inputs([str(EXAMPLES)], Defaults()) if not isinstance(r, Rejected)]
    codings = [code_report(report, parts) for report in read]
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(codings))
    return codings


def _fill(path: Path, codings: list[Coding], seed: int, size: int) -> None:
    """Imports stories until there are *size* event claims."""
    began, done, reports = time.process_time(), 0, 0
    stream = iter(Stories(codings, seed))
    draft = path.with_suffix(".part")
    with CaseStore.open(draft, create=True) as store, store.writer(_run(codings)) as writer:
        while done < size:
            with writer.batch():
                for coding in islice(stream, _BATCH):
                    done += sum(claim.kind == "event" for claim in coding.claims)  # type: ignore[attr-defined]
                    reports += 1
                    writer.add(coding)
    draft.rename(path)
    used = time.process_time() - began
    print(f"\n## {done:,} event claims in {reports:,} reports, imported in {used:.0f} CPU seconds", flush=True)


def _run(codings: list[Coding]) -> Run:
    return Run(run_id=codings[0].run_id, version=__version__)


def _merge(path: Path, *_: Any) -> None:
    with Case(path) as case:
        with case.store.file.transaction() as connection:
            events_state.clear_events(connection)
        before, done = path.stat().st_size, _timed(case.merge)
        connection = case.store.file.connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        claims = connection.execute("SELECT count(*) FROM merge_claims").fetchone()[0]
        events = connection.execute("SELECT count(*), sum(accounts > 1), max(claims) FROM events").fetchone()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{claims:,} event claims merged from nothing: {done}, {memory:.2f} GB at most")
    print(f"  {events[0]:,} events, {events[1]:,} with several accounts, the largest of {events[2]} claims")
    print(f"  file {before / 1e6:.0f} MB before, {path.stat().st_size / 1e6:.0f} MB with its events", flush=True)


def _add(path: Path, codings: list[Coding], seed: int, count: int) -> None:
    """Adds reports of new stories one at a time; the case keeps them."""
    told = _new(codings, seed)
    times = []
    with Case(path) as case:
        for coding in islice(told, count):
            with case.writer(_run(codings)) as writer:
                writer.add(coding)
            times.append((_timed(case.merge), case.merge()["events"]))
    wall = [t.wall for t, _ in times]
    print(f"  one report more: {statistics.median(wall):.2f} s (slowest {max(wall):.2f}), each: ", end="")
    print("; ".join(f"{t}" for t, _ in times), flush=True)


def _new(codings: list[Coding], seed: int) -> Iterator[Coding]:
    stories = Stories(codings, seed)
    for number in range(time.time_ns() % 10**9, 2 * 10**9):
        yield from islice(stories.story(number), 1)


def _ask(path: Path, *_: Any) -> None:
    with Case(path) as case:
        case.merge()
        for question in _QUESTIONS:
            page = [_timed(lambda q=question: case.events(q, limit=100)) for _ in range(5)]  # type: ignore[misc]
            total = [_timed(lambda q=question: case.count_events(q)) for _ in range(5)]  # type: ignore[misc]
            found = case.count_events(question)
            listed, counted = (statistics.median(t.wall for t in some) * 1000 for some in (page, total))
            print(
                f"  {question or 'all':<32} {found:>7,} events: page of 100 {listed:6.1f} ms, count {counted:6.1f} ms"
            )


class _Took:
    def __init__(self, wall: float, cpu: float) -> None:
        self.wall, self.cpu = wall, cpu

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.cpu:.2f} s of CPU)"


def _timed(step: Callable[[], Any]) -> _Took:
    wall, cpu = time.perf_counter(), time.process_time()
    step()
    return _Took(time.perf_counter() - wall, time.process_time() - cpu)


if __name__ == "__main__":
    sys.exit(main())
