"""How a case bears many claims: import rate, bytes a claim, and the time of the ten usual questions.

``python -m benchmarks.case.load [--claims 10000 100000] [--seed 1] [--rounds 40] [--texts FOLDER] [--keep FOLDER]``

Claims are copies of really coded ones (the reports in ``examples/``, rules and encoder as installed) under other
names, places, days and words, drawn by the seed. Each question is asked with drawn values; the table gives the
median and the 95th percentile in milliseconds, each answer read out as JSON, and the CPU time beside it (other
programs on the machine lengthen the one, not the other).
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.reports import Copies
from onrecord import __version__
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run
from onrecord.config import Config
from onrecord.model import Rejected
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs

_BATCH = 200
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
Ask = Callable[[], Any]


def main(argv: list[str] | None = None) -> int:
    """Fills a case step by step and asks at each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--texts", type=Path, default=EXAMPLES)
    parser.add_argument("--no-encoder", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder of a case that is kept, and gone on with")
    args = parser.parse_args(argv)
    parts = load_parts(Config(encoder=not args.no_encoder))
    read = [r for r in read_inputs([str(args.texts)], Defaults()) if not isinstance(r, Rejected)]
    codings = [code_report(report, parts) for report in read]
    copies = Copies(codings, args.seed)
    run = Run(run_id=parts.run_id, version=__version__)
    print(f"source: {len(codings)} reports, {sum(len(c.claims) for c in codings)} claims", flush=True)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        path = (args.keep or Path(folder)) / "load.case"
        done, made = 0, 0
        if path.exists():
            with CaseStore.open(path) as store:
                done, made = store.count(run="all"), len(store.reports())
        stream = map(copies.make, count(made))
        for size in sorted(args.claims):
            done = _fill(path, run, stream, done, size)
            _ask(path, copies, args.rounds, args.seed)
    return 0


def _fill(path: Path, run: Run, stream: Any, done: int, size: int) -> int:
    """Imports copies until there are *size* claims; prints rate and bytes."""
    if done >= size:
        return done
    before, reports, written, used, making = done, 0, 0.0, 0.0, 0.0
    with CaseStore.open(path, create=True) as store, store.writer(run) as writer:
        while done < size:
            began = time.perf_counter()
            some = list(islice(stream, _BATCH))
            making += time.perf_counter() - began
            began, cpu = time.perf_counter(), time.process_time()
            with writer.batch():
                for made in some:
                    done += writer.add(made).claims
            written += time.perf_counter() - began
            used += time.process_time() - cpu
            reports += len(some)
    with CaseStore.open(path) as store:
        store.vacuum()
        stats = store.stats()
    rate, new = (done - before) / written, done - before
    print(f"\n## {done} claims in {stats['reports']} reports ({stats['rejected_claims']} rejected candidates beside)")
    print(f"imported {new} claims, {reports} reports in {written:.1f} s ({used:.1f} s of CPU): {rate:.0f} claims/s")
    print(
        f"(making the copies: {making:.1f} s); {stats['bytes'] / 1e6:.1f} MB, {stats['bytes'] / done:.0f} bytes a claim"
    )
    return done


def _ask(path: Path, copies: Copies, rounds: int, seed: int) -> None:
    choose = random.Random(seed)
    with CaseStore.open(path, read_only=True) as store:
        questions = _questions(store, copies, choose)
        print(f"{'question':<34} {'rows':>7} {'p50 ms':>8} {'p95 ms':>8} {'p95 of CPU':>11}")
        for name, ask in questions.items():
            took, used, rows = [], [], 0
            for _ in range(rounds):
                began, cpu = time.perf_counter(), time.process_time()
                rows += len(ask())
                took.append((time.perf_counter() - began) * 1000)
                used.append((time.process_time() - cpu) * 1000)
            p95, p95_used = (statistics.quantiles(values, n=20)[-1] for values in (took, used))
            middle = statistics.median(took)
            print(f"{name:<34} {rows / rounds:>7.1f} {middle:>8.1f} {p95:>8.1f} {p95_used:>11.1f}", flush=True)


def _questions(store: CaseStore, copies: Copies, choose: random.Random) -> dict[str, Ask]:
    """The ten usual questions, each with values drawn anew; pages of 100 unless the question is a whole one."""
    places = [p for p in store.places(limit=400, control=False) if not p["provisional"]]
    actors = [a for a in store.actors()[:400] if not a["provisional"]]
    every = store.reports()
    halfway = every[len(every) // 2]["recorded_at"]
    reports = [row["report_id"] for row in every[::7]]
    days = [row["published"][:10] for row in every[::7] if row["published"]]
    types = ("ASSAULT", "COERCE", "PROTEST", "CONSULT", "ACCUSE", "REQUEST")

    def week() -> str:
        day = date.fromisoformat(choose.choice(days))
        return f"from:{day} to:{day + timedelta(days=6)}"

    def one_report() -> list[Any]:
        name = choose.choice(reports)
        return [store.report(name), *store.all_claims(f"report:{name}")]

    def place() -> str:
        return f"place.id:{choose.choice(places)['place_id']}"

    def actor() -> str:
        return f"actor.id:{choose.choice(actors)['actor_id']}"

    def speaker() -> str:
        return str(choose.choice(actors)["name"] or "army")

    def near() -> str:
        p = choose.choice(places)
        return f"within:{p['lat']},{p['lon']},50km"

    return {
        "place and week": lambda: store.claims(f"{place()} {week()}").items,
        "actor": lambda: store.claims(actor()).items,
        "quotes by speaker": lambda: store.quotes(f'speaker:"{speaker()}"').items,
        "report with its claims": one_report,
        "place as of an earlier day": lambda: store.claims(place(), as_of=halfway).items,
        "full text, ranked with snippets": lambda: store.search(_word(copies, choose)),
        "within 50 km, by time": lambda: store.claims(near(), order="time").items,
        "event claims by type and week, by time": lambda: (
            store.claims(f"type:{choose.choice(types)} {week()}", order="time").items
        ),
        "tolls of 10 or more, in a week": lambda: store.claims(f"killed>=10 {week()}").items,
        "review queue of a place": lambda: store.queue(place()).items,
    }


def _word(copies: Copies, choose: random.Random) -> str:
    """A word as people look for: neither among the most frequent nor unseen."""
    return copies.words[choose.randrange(50, 4000)]


if __name__ == "__main__":
    sys.exit(main())
