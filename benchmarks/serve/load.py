"""Fifty readers and three coders at once on a large case, served as it is in use.

``python -m benchmarks.serve.load [--case FILE] [--claims 200000] [--seconds 300] [--readers 50] [--coders 3]``

The case is made where FILE is not there yet, or not yet whole (copies of really coded reports, as in
``benchmarks.case.load``), and its events are merged. ``onrecord serve --team`` runs as a process of its own; each
reader signs in, opens the first page, and then goes on changing filters, opening events, reports, quotes, actors and
places; each coder takes claims from the queue and accepts, corrects, rejects, comments and takes back. Between two
steps a person rests ``--pause`` seconds on average. The server is started twice: as after coding (every row is read)
and as on any later day (columns are kept beside the case); the second one does the work. At the end: errors, times by
kind of question (the server's own, and as the client saw them), CPU time of the server for each question, and whether
every review that was answered with 201 is in the case. The last line says PASSED, or FAILED and why.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.reports import Copies
from benchmarks.serve.visitors import PASSWORD, Browser, Times, World, coder, first_view, reader
from onrecord import __version__
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run
from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.model import Rejected
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs
from onrecord.serve.columns_file import LEAST_CLAIMS

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
_BATCH = 200


def main(argv: list[str] | None = None) -> int:
    """Runs the proof; 0 when there was no error, p95 is below the limit and no review was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--coders", type=int, default=3)
    parser.add_argument("--pause", type=float, default=3.0)
    parser.add_argument("--limit-ms", type=float, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--make-only", action="store_true")
    parser.add_argument("--make-seconds", type=float, default=3600.0, help="time for making the case; goes on with it")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="serve-load-") as folder:
        path = args.case or Path(folder) / "load.case"
        if make(path, args.claims, args.seed, args.make_seconds) < args.claims:
            print("not yet whole: run the same again")
            return 1
        merge(path)
        if args.make_only:
            return 0
        work = Path(folder) / "served.case"
        shutil.copy(path, work)
        return asyncio.run(_prove(work, args))


def make(path: Path, claims: int, seed: int, seconds: float) -> int:
    """Fills the case at *path* until it has so many claims or the time is up; returns how many it has."""
    until = time.monotonic() + seconds
    parts = load_parts(Config())
    read = [r for r in read_inputs([str(EXAMPLES)], Defaults()) if not isinstance(r, Rejected)]
    copies = Copies([code_report(report, parts) for report in read], seed)
    run = Run(run_id=parts.run_id, version=__version__)
    with CaseStore.open(path, create=True) as store:
        done, there = store.count(run="all"), len(store.reports())
        stream = map(copies.make, count(there))
        with store.writer(run) as writer:
            while done < claims and time.monotonic() < until:
                with writer.batch():
                    for made in islice(stream, _BATCH):
                        done += writer.add(made).claims
        print(f"{done} claims in {len(store.reports())} reports", flush=True)
    return done


def merge(path: Path) -> None:
    """Merges the events of a case, so that the server need not."""
    began = time.perf_counter()
    with Case(path) as case:
        print(f"merged: {case.merge()} in {time.perf_counter() - began:.0f} s", flush=True)


async def _prove(path: Path, args: argparse.Namespace) -> int:
    with Server(path) as server:
        await _opened(server, "after coding")
        if args.claims >= LEAST_CLAIMS:
            await _kept(path)
    with Server(path) as server:
        admin = await _opened(server, "on a later day")
        await _people(admin, args)
        times = Times()
        kept = await _work(server, times, admin, args)
    print(server.log()[-3000:])
    return _reckon(path, times, kept, server, args)


class Server:
    """``onrecord serve --team`` as a process of its own; counts its CPU time."""

    def __init__(self, path: Path) -> None:
        self.path, self.began, self.port = path, 0.0, 0
        self.used = self.peak = 0.0
        self._log = path.with_suffix(".log").open("w+")

    def __enter__(self) -> Server:
        command = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", str(self.path), "--team",
                   "--port", "0"]  # fmt: skip
        environ = {**os.environ, "ONRECORD_ADMIN_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"}
        self.began = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=self._log, stderr=subprocess.STDOUT, env=environ)
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.used, self.peak = self.cpu(), self.memory()
            self.process.terminate()
        self.process.wait()
        self._log.close()

    def log(self) -> str:
        """What the server printed."""
        return self.path.with_suffix(".log").read_text()

    def cpu(self) -> float:
        """Seconds of CPU that it and the processes beside it have used so far, system time included."""
        used = sum(int(fields[11]) + int(fields[12]) for _, fields in self._processes())
        return used / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """The most memory that it and the processes beside it have held, each at its own worst, in MB."""
        found = 0
        for folder, _ in self._processes():
            with suppress(OSError):
                found += int((folder / "status").read_text().partition("VmHWM:")[2].split()[0])
        return found / 1000

    def _processes(self) -> Iterator[tuple[Path, list[str]]]:
        """What the system says of the server and of each process that it has started."""
        own = str(self.process.pid)
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if own in (stat.parent.name, fields[1]):
                    yield stat.parent, fields


async def _opened(server: Server, when: str) -> Browser:
    """The admin, signed in, who has seen the first page; prints how long that took."""
    server.port = await _port(server)
    listening = time.perf_counter() - server.began
    admin = Browser(server.port, Times())
    await admin.sign_in("admin")
    asked, cpu = time.perf_counter(), server.cpu()
    await first_view(admin)
    took, whole = time.perf_counter() - asked, time.perf_counter() - server.began
    print(f"{when}: listening after {listening:.1f} s; first view {took:.2f} s ({server.cpu() - cpu:.2f} s of CPU), "
          f"{whole:.1f} s after the start", flush=True)  # fmt: skip
    return admin


async def _kept(path: Path) -> None:
    """Waits until the server has kept its columns beside the case."""
    until = time.monotonic() + 60
    while not path.with_name(path.name + ".columns").exists() and time.monotonic() < until:
        await asyncio.sleep(0.5)


async def _port(server: Server) -> int:
    for _ in range(1200):
        text = server.log()
        if "at http://127.0.0.1:" in text:
            port = int(text.rpartition("at http://127.0.0.1:")[2].split()[0])
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return port
        if server.process.poll() is not None:
            break
        await asyncio.sleep(0.05)
    raise SystemExit(f"the server did not start:\n{server.log()}")


async def _people(admin: Browser, args: argparse.Namespace) -> None:
    for name in [f"reader{i}" for i in range(args.readers)] + [f"coder{i}" for i in range(args.coders)]:
        await admin.post("users", "/users", {"name": name, "password": PASSWORD, "role": name.rstrip("0123456789")})


async def _work(server: Server, times: Times, admin: Browser, args: argparse.Namespace) -> list[str]:
    facets = (await admin.get("facets", "/events/facets"))["facets"]
    overview = await admin.get("overview", "/overview")
    days = [b["start"] for b in overview["timeline"]["bins"]] if overview else []
    world = World(facets, days)
    names = [f"reader{i}" for i in range(args.readers)] + [f"coder{i}" for i in range(args.coders)]
    browsers = [Browser(server.port, times) for _ in names]
    for name, browser in zip(names, browsers, strict=True):
        await browser.sign_in(name)
    print(f"{len(names)} people signed in; {args.seconds:.0f} s of work", flush=True)
    until, cpu, began = time.time() + args.seconds, server.cpu(), time.perf_counter()
    tasks: list[Any] = []
    for i, (name, browser) in enumerate(zip(names, browsers, strict=True)):
        choose = random.Random(args.seed * 1000 + i)
        if name.startswith("reader"):
            tasks.append(reader(browser, world, choose, until, args.pause))
        else:
            tasks.append(coder(browser, choose, until, args.pause))
    done = await asyncio.gather(*tasks)
    times.seconds, times.cpu = time.perf_counter() - began, server.cpu() - cpu
    return [review for kept in done for review in kept or ()]


def _reckon(path: Path, times: Times, kept: list[str], server: Server, args: argparse.Namespace) -> int:
    p95 = times.report()
    with CaseStore.open(path) as store:
        there = {row["review_id"] for row in store.reviews()}
    lost = [review for review in kept if review not in there]
    peak = f"{server.peak:.0f} MB at most in all"
    print(f"{len(kept)} reviews made, {len(lost)} lost; {len(times.errors)} errors; {peak}")
    for error in times.errors[:10]:
        print(error)
    wrong = [f"p95 of {p95:.0f} ms is over {args.limit_ms:.0f}"] if p95 > args.limit_ms else []
    wrong += [f"{len(times.errors)} errors"] if times.errors else []
    wrong += [f"{len(lost)} reviews lost"] if lost else []
    print(f"FAILED: {', '.join(wrong)}" if wrong else "PASSED")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
