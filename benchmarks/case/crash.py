"""Kills a coding run into a case at random moments, and fills its disk; says whether anything was lost.

``python -m benchmarks.case.crash [--kills 300] [--reports 40] [--seed 1] [--minutes M] [--folder TMP]``

A child process codes seeded reports into a case (rules only) and is killed with SIGKILL: half of the times
anywhere in its run, half of the times within moments of a write. After each kill the case is verified, and every
report must be wholly there or wholly absent. When the run has got through, its reports, claims and quotes are
compared byte for byte with those of a run that nobody disturbed, and the next case is begun. At the end the same
is done with a file that may grow no further.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.reports import short_reports
from onrecord.case.store import CaseStore
from onrecord.config import Config
from onrecord.errors import CaseError
from onrecord.ledger import Case
from onrecord.pipeline import load_parts
from onrecord.read import Defaults
from onrecord.run.local import code_into

_CONFIG = Config(encoder=False)


def main(argv: list[str] | None = None) -> int:
    """Runs the proof; 0 when nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--reports", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args(argv)
    load_parts(_CONFIG)  # once, for all the children that are forked from here
    with tempfile.TemporaryDirectory(prefix="crash-", dir=args.folder) as folder:
        return _Proof(Path(folder), args.reports, args.seed).run(args.kills, time.monotonic() + args.minutes * 60)


class _Proof:
    def __init__(self, folder: Path, reports: int, seed: int) -> None:
        self._folder, self._choose = folder, random.Random(seed)
        self._input = folder / "reports.jsonl"
        rows = short_reports(reports, seed)
        self._input.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        self.kills = self.during_writes = self.problems = self.cases = 0
        began = time.monotonic()
        calm = folder / "calm.case"
        self._code(calm)
        self._seconds = time.monotonic() - began
        self._expected = fingerprint(calm)
        with CaseStore.open(calm) as store:
            self._claims = {row["report_id"]: row["claims"] for row in store.reports()}

    def run(self, kills: int, until: float) -> int:
        """Kills, compares, prints; the exit status."""
        different = 0
        while self.kills < kills and time.monotonic() < until:
            path = self._folder / f"killed{self.cases}.case"
            self._killed_until_done(path, kills)
            if fingerprint(path) != self._expected:
                different += 1
            self.cases += 1
        full = self._full_disk()
        claims = sum(n or 0 for n in self._claims.values())
        print(f"reports a case: {len(self._claims)} with {claims} claims; undisturbed run: {self._seconds:.1f} s")
        print(f"kills: {self.kills} ({self.during_writes} within 5 ms of a write), cases finished: {self.cases}")
        print(f"problems found by verify or half-written reports after a kill: {self.problems}")
        print(f"cases whose reports, claims and quotes differ from the undisturbed run: {different}")
        print(f"full disk: {full}")
        return 0 if not different and not self.problems and full.startswith("ok") else 1

    def _code(self, path: Path) -> None:
        with Case(path, create=True) as case:
            code_into([str(self._input)], case, _CONFIG, Defaults())

    def _killed_until_done(self, path: Path, kills: int) -> None:
        while self.kills < kills:
            child = os.fork()
            if child == 0:
                _quietly(lambda: self._code(path))
            if not self._kill(child, path):
                return
            self._check(path)
        self._code(path)

    def _kill(self, child: int, path: Path) -> bool:
        """Kills *child* at a random moment; False when it was done before."""
        log = path.with_name(path.name + "-wal")
        at_write = self._choose.random() < 0.5
        # The child should get on, but seldom to the end: a case takes some dozen kills.
        wait = self._choose.random() * self._seconds / 6
        time.sleep(wait)
        if at_write:
            size = _size(log)
            until = time.monotonic() + 1
            while _size(log) == size and time.monotonic() < until:
                time.sleep(0.0002)
            time.sleep(self._choose.random() * 0.005)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            if os.WEXITSTATUS(status):
                raise RuntimeError(f"the coding run failed by itself with status {os.WEXITSTATUS(status)}")
            return False
        self.kills += 1
        self.during_writes += at_write
        return True

    def _check(self, path: Path) -> None:
        if not path.exists():
            return
        with CaseStore.open(path) as store:
            found = store.verify()
            halves = [row for row in store.reports() if row["claims"] != self._claims[row["report_id"]]]
        self.problems += len(found.problems) + len(halves)
        for problem in found.problems:
            print(problem)

    def _full_disk(self) -> str:
        """Lets the file grow by a few pages only, then by more, until the run gets through."""
        path = self._folder / "full.case"
        refusals = 0
        with Case(path, create=True) as case:
            pages = case.store.file.connection.execute("PRAGMA page_count").fetchone()[0]
        for more in range(0, 5000, 8):
            with Case(path, create=True) as case:
                case.store.file.connection.execute(f"PRAGMA max_page_count = {pages + more}")
                try:
                    code_into([str(self._input)], case, _CONFIG, Defaults())
                    break
                except CaseError as error:
                    if "disk is full" not in str(error):
                        return f"another error: {error}"
                    refusals += 1
            self._check(path)
        same = fingerprint(path) == self._expected
        return f"{'ok' if same else 'DIFFERENT'}, {refusals} times refused as full, then got through"


def fingerprint(path: Path) -> str:
    """SHA-256 of all reports, claims and quotes of a case, without the moments at which they were recorded."""
    digest = hashlib.sha256()
    with CaseStore.open(path) as store:
        for rows in (store.reports(), store.all_claims(), store.all_claims(rejected=True), store.all_quotes()):
            for row in rows:
                kept = {key: value for key, value in row.items() if key not in ("recorded_at", "retrieved")}
                digest.update(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _quietly(work: Callable[[], None]) -> None:
    """Does *work* in a forked child and ends the process without the parent's cleaning up."""
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - a child must never return into the parent's code
        print(f"child: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
