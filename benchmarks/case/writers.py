"""One coder, one reviewer and eight readers in one case at once; says whether anyone saw an error or lost a row.

``python -m benchmarks.case.writers [--seconds 600] [--readers 8] [--seed 1] [--pause 0.05]``

Each is a process of its own. The coder adds copies of really coded reports, the reviewer accepts, corrects, rejects,
comments and takes back, the readers ask what people ask and watch that nothing they saw is ever gone. At the end
every coding and every review that a process was told is kept must be there, and the case must verify.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.load import EXAMPLES
from benchmarks.case.reports import Copies
from onrecord import __version__
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run
from onrecord.config import Config
from onrecord.model import Coding, Rejected
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs

_RUN = Run(run_id="run-of-writers", version=__version__)
_SIDES = ("accept", "accept", "correct", "reject", "comment", "undo")


def main(argv: list[str] | None = None) -> int:
    """Runs the proof; 0 when nothing was lost and nobody saw an error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds that each rests between two steps")
    args = parser.parse_args(argv)
    parts = load_parts(Config(encoder=False))
    read = [r for r in read_inputs([str(EXAMPLES)], Defaults()) if not isinstance(r, Rejected)]
    copies = Copies([code_report(report, parts) for report in read], args.seed)
    with tempfile.TemporaryDirectory(prefix="writers-") as folder:
        path = Path(folder) / "shared.case"
        with CaseStore.open(path, create=True) as store, store.writer(_RUN) as writer:
            for number in range(20):
                writer.add(_coding(copies, number))
        work: list[Callable[..., None]] = [_coder, _reviewer, *[_reader] * args.readers]
        until = time.time() + args.seconds
        context = multiprocessing.get_context("fork")
        processes: list[BaseProcess] = []
        for number, task in enumerate(work):
            said = Path(folder) / f"{number}.jsonl"
            given = (task, path, said, copies, args.seed + number, until, args.pause)
            processes.append(context.Process(target=_guarded, args=given))
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return _reckon(path, Path(folder), len(work))


def _coding(copies: Copies, number: int) -> Coding:
    made = copies.make(number)
    claims = tuple(replace(claim, run_id=_RUN.run_id) for claim in made.claims)
    rejected = tuple(replace(claim, run_id=_RUN.run_id) for claim in made.rejected)
    return replace(made, run_id=_RUN.run_id, claims=claims, rejected=rejected)


def _guarded(
    task: Callable[..., None], path: Path, said: Path, copies: Copies, seed: int, until: float, p: float
) -> None:
    with said.open("w", encoding="utf-8") as stream:

        def say(kind: str, what: Any) -> None:
            stream.write(json.dumps([kind, what]) + "\n")
            stream.flush()

        try:
            with CaseStore.open(path) as store:
                task(store, say, copies, random.Random(seed), until, p)
        except BaseException:  # noqa: BLE001 - whatever it is, it is what the proof looks for
            say("error", traceback.format_exc())


def _coder(store: CaseStore, say: Any, copies: Copies, choose: random.Random, until: float, pause: float) -> None:
    number = 20
    with store.writer(_RUN) as writer:
        while time.time() < until:
            made = _coding(copies, number)
            writer.add(made)
            say("coding", [made.report.report_id, len(made.claims)])
            number += 1
            time.sleep(pause * choose.random())


def _reviewer(store: CaseStore, say: Any, _: Copies, choose: random.Random, until: float, pause: float) -> None:
    hand = store.reviewer("Ines")
    mine: list[str] = []
    while time.time() < until:
        waiting = store.queue(limit=20).items
        if not waiting:
            continue
        claim, side = choose.choice(waiting)["claim_id"], choose.choice(_SIDES)
        if side == "undo" and mine:
            say("review", hand.undo(mine.pop(choose.randrange(len(mine)))))
            continue
        done = {
            "accept": lambda c=claim: hand.accept(c),
            "reject": lambda c=claim: hand.reject(c, "not said"),
            "comment": lambda c=claim: hand.comment(c, "look again"),
        }.get(side, lambda c=claim: hand.correct(c, "modality.factuality", choose.choice((-1.0, 1.0, 2.0))))()
        mine.append(done)
        say("review", done)
        time.sleep(pause * choose.random())


def _reader(store: CaseStore, say: Any, copies: Copies, choose: random.Random, until: float, pause: float) -> None:
    seen = {"reports": 0, "reviews": 0, "questions": 0}
    while time.time() < until:
        reports, reviews = store.stats()["reports"], store.stats()["reviews"]
        if reports < seen["reports"] or reviews < seen["reviews"]:
            raise AssertionError(f"{reports} reports and {reviews} reviews after {seen}")
        seen |= {"reports": reports, "reviews": reviews}
        page = store.claims("type:ASSAULT", limit=50)
        if page.next:
            more = store.claims("type:ASSAULT", limit=50, after=page.next)
            shared = {c["claim_id"] for c in page.items} & {c["claim_id"] for c in more.items}
            if shared:
                raise AssertionError(f"two pages share claims {shared}")
        store.search(copies.words[choose.randrange(2000)])
        store.quotes(limit=50)
        seen["questions"] += 6
        time.sleep(pause * choose.random())
    say("reader", seen)


def _reckon(path: Path, folder: Path, count: int) -> int:
    told: dict[str, list[Any]] = {"coding": [], "review": [], "reader": [], "error": []}
    for number in range(count):
        for line in (folder / f"{number}.jsonl").read_text(encoding="utf-8").splitlines():
            kind, what = json.loads(line)
            told[kind].append(what)
    with CaseStore.open(path) as store:
        reports = {row["report_id"]: row["claims"] for row in store.reports()}
        reviews = {row["review_id"] for row in store.reviews()}
        problems = store.verify().problems
    lost = [report for report, claims in told["coding"] if reports.get(report) != claims]
    lost += [review for review in told["review"] if review not in reviews]
    asked = sum(reader["questions"] for reader in told["reader"])
    print(f"{len(told['coding'])} reports coded, {len(told['review'])} reviews made, {asked} questions answered")
    print(f"lost rows: {len(lost)}; errors: {len(told['error'])}; problems found by verify: {len(problems)}")
    for error in told["error"]:
        print(error)
    for problem in problems[:20]:
        print(problem)
    return 1 if lost or told["error"] or problems else 0


if __name__ == "__main__":
    sys.exit(main())
