"""Fifty readers and three coders at once on a large case, served as it is in use.

``python -m benchmarks.serve.load [--case FILE] [--claims 200000] [--seconds 300] [--readers 50] [--coders 3]``

The case is made where FILE is not there yet, or not yet whole (copies of really coded reports, as in
``benchmarks.case.load``), and its events are merged. ``onrecord serve --team`` runs as a process of its own; each
reader signs in, opens the first page, and then goes on changing filters, opening events, reports, quotes, actors and
places; each coder takes claims from the queue and accepts, corrects, rejects, comments and takes back. Between two
steps a person rests ``--pause`` seconds on average. At the end: errors, times by kind of question (the server's own,
and as the client saw them), and whether every review that was answered with 201 is in the case.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import count, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.case.reports import Copies
from onrecord import __version__
from onrecord.case.store import CaseStore
from onrecord.case.writer import Run
from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.model import Rejected
from onrecord.pipeline import code_report, load_parts
from onrecord.read import Defaults, read_inputs

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
PASSWORD = "a-long-password"
_BATCH = 200
_KEPT_ALIVE = 20.0  # seconds; the server closes what was idle for thirty


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


class Browser:
    """One person's connection: signs in, asks, and keeps the times of each kind of question."""

    def __init__(self, port: int, times: Times) -> None:
        self._port, self._times = port, times
        self._cookie, self._csrf = "", ""
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter, float]] = []
        self._tags: dict[str, str] = {}

    async def sign_in(self, name: str) -> None:
        """Opens a session."""
        body = {"name": name, "password": PASSWORD}
        _, headers, said = await self.ask("sign in", "POST", "/api/v1/session", body)
        self._cookie = headers["set-cookie"].partition(";")[0]
        self._csrf = said["csrf"]

    async def get(self, kind: str, path: str, **query: Any) -> Any:
        """The answer to a question."""
        line = f"/api/v1{path}" + (f"?{urlencode(query)}" if query else "")
        return (await self.ask(kind, "GET", line))[2]

    async def post(self, kind: str, path: str, body: Any) -> Any:
        """The answer to something that is to be recorded."""
        return (await self.ask(kind, "POST", f"/api/v1{path}", body))[2]

    async def ask(self, kind: str, method: str, line: str, body: Any = None) -> tuple[int, dict[str, str], Any]:
        """Status, headers and JSON of an answer; its times are kept under *kind*."""
        data = b"" if body is None else json.dumps(body).encode()
        head = [f"{method} {line} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", "Accept-Encoding: identity"]
        head += [f"Cookie: {self._cookie}"] if self._cookie else []
        if body is not None:
            head += ["Content-Type: application/json", f"Content-Length: {len(data)}", f"X-CSRF-Token: {self._csrf}"]
        if method == "GET" and line in self._tags:
            head.append(f"If-None-Match: {self._tags[line]}")
        began = time.perf_counter()
        status, headers, answer = await self._exchange("\r\n".join(head).encode() + b"\r\n\r\n" + data)
        took = (time.perf_counter() - began) * 1000
        self._times.add(kind, status, took, headers, answer)
        if "etag" in headers:
            self._tags[line] = headers["etag"]
        return status, headers, json.loads(answer) if answer and status != 304 else None

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        while self._free:
            # As a browser does: a connection that the server has closed meanwhile is not used again.
            reader, writer, since = self._free.pop()
            if time.monotonic() - since < _KEPT_ALIVE and not reader.at_eof():
                break
            writer.close()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        writer.write(request)
        first = await reader.readline()
        headers = {}
        while (text := await reader.readline()) not in (b"\r\n", b""):
            name, _, value = text.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self._free.append((reader, writer, time.monotonic()))
        return int(first.split()[1]), headers, body


class Times:
    """How long answers took, and which were errors."""

    def __init__(self) -> None:
        self.client: dict[str, list[float]] = defaultdict(list)
        self.server: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.same = 0

    def add(self, kind: str, status: int, took: float, headers: dict[str, str], answer: bytes) -> None:
        """Keeps one answer."""
        self.client[kind].append(took)
        said = headers.get("server-timing", "")
        if "dur=" in said:
            self.server[kind].append(float(said.rpartition("dur=")[2]))
        self.same += status == 304
        if status >= 400:
            self.errors.append(f"{status} {kind}: {answer[:300]!r}")

    def report(self) -> float:
        """Prints a table; gives back the 95th percentile over everything but signing in, as the client saw it."""
        print(f"{'question':<22} {'asked':>7} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'server p50':>11} {'p95':>8}")
        for kind, took in sorted(self.client.items()):
            own = self.server.get(kind) or [0.0]
            print(f"{kind:<22} {len(took):>7} {_middle(took):>8.0f} {_p95(took):>8.0f} {max(took):>8.0f} "
                  f"{_middle(own):>11.1f} {_p95(own):>8.1f}")  # fmt: skip
        every = [t for kind, took in self.client.items() if kind != "sign in" for t in took]
        own = [t for kind, took in self.server.items() if kind != "sign in" for t in took]
        print(f"{len(every)} questions ({self.same} not changed): p50 {_middle(every):.0f}, p95 {_p95(every):.0f}, "
              f"max {max(every):.0f} ms; server p50 {_middle(own):.1f} ms, p95 {_p95(own):.1f} ms")  # fmt: skip
        return _p95(every)


def _middle(values: list[float]) -> float:
    return statistics.median(values)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


class World:
    """What readers choose from: filters, ids and days that are in the case."""

    def __init__(self, facets: Any, days: list[str]) -> None:
        self._facets, self._days = facets, days

    def filter(self, choose: random.Random) -> str:
        """A filter as people put it together: one to three terms."""
        keys = [key for key in ("type", "place", "actor", "country", "outlet", "mode", "speaker") if self._facets[key]]
        terms = [choose.choice(self._facets[key])["term"] for key in choose.sample(keys, choose.choice((1, 1, 2)))]
        if choose.random() < 0.3 and self._days:
            terms.append(f"from:{choose.choice(self._days)}")
        return " ".join(terms)


async def _reader(browser: Browser, world: World, choose: random.Random, until: float, pause: float) -> None:
    await asyncio.sleep(pause * choose.random())
    await _first_view(browser)
    while time.time() < until:
        await asyncio.sleep(choose.expovariate(1 / pause))
        step = choose.choice((_filtered, _filtered, _filtered, _event, _report, _quotes, _actor, _place, _search))
        await step(browser, world, choose)


async def _first_view(browser: Browser) -> None:
    await browser.get("overview", "/overview")


async def _filtered(browser: Browser, world: World, choose: random.Random) -> None:
    q = world.filter(choose)
    more = {"aggregation": choose.choice(("representative", "representative", "conservative"))}
    await asyncio.gather(
        browser.get("events", "/events", q=q, **more),
        browser.get("map", "/events/map", q=q, zoom=choose.choice((3, 6, 8)), **more),
        browser.get("time line", "/events/timeline", q=q, **more),
        browser.get("facets", "/events/facets", q=q, **more),
    )


async def _event(browser: Browser, world: World, choose: random.Random) -> None:
    page = await browser.get("events", "/events", q=world.filter(choose), order="-disagreement", limit=20)
    if page and page["items"]:
        await browser.get("event", f"/events/{choose.choice(page['items'])['event_id']}")


async def _report(browser: Browser, world: World, choose: random.Random) -> None:
    page = await browser.get("claims", "/claims", q=world.filter(choose), limit=50)
    if page and page["items"]:
        claim = choose.choice(page["items"])
        await browser.get("report", f"/reports/{claim['report_id']}")
        await browser.get("why", f"/claims/{claim['claim_id']}/why")


async def _quotes(browser: Browser, world: World, choose: random.Random) -> None:
    speaker = choose.choice(world._facets["speaker"] or [{"term": ""}])["term"]
    page = await browser.get("quotes", "/quotes", q=speaker, limit=30)
    if page and page["items"]:
        await browser.get("same quote", f"/quotes/{quote(choose.choice(page['items'])['quote_id'])}/same")


async def _actor(browser: Browser, _world: World, choose: random.Random) -> None:
    page = await browser.get("actors", "/actors", limit=50)
    if page:
        await browser.get("actor", f"/actors/{quote(choose.choice(page['items'])['actor_id'], safe='')}")


async def _place(browser: Browser, _world: World, choose: random.Random) -> None:
    page = await browser.get("places", "/places", limit=50)
    if page:
        await browser.get("place", f"/places/{quote(choose.choice(page['items'])['place_id'], safe='')}")


async def _search(browser: Browser, _world: World, choose: random.Random) -> None:
    word = choose.choice(("market", "police", "army", "strike", "prisoners", "ceasefire", "court", "minister"))
    await browser.get("search", "/search", q=word, within=choose.choice(("reports", "claims", "quotes")))


async def _coder(browser: Browser, choose: random.Random, until: float, pause: float) -> list[str]:
    kept: list[str] = []
    while time.time() < until:
        page = await browser.get("queue", "/reviews/queue", order="sample", seed=choose.randrange(1000), limit=20)
        claim = choose.choice(page["items"]) if page and page["items"] else None
        if claim is None:
            await asyncio.sleep(pause)
            continue
        done = await browser.post("review", "/reviews", _said(claim, choose))
        if done and "review_id" in done:
            kept.append(done["review_id"])
            if choose.random() < 0.15:
                undone = await browser.post("undo", f"/reviews/{done['review_id']}/undo", {"why": "a slip"})
                kept += [undone["review_id"]] if undone and "review_id" in undone else []
        await asyncio.sleep(choose.expovariate(1 / pause))
    return kept


def _said(claim: Any, choose: random.Random) -> dict[str, Any]:
    action = choose.choice(("accept", "accept", "correct", "reject", "comment"))
    more: dict[str, Any] = {"why": "as the words have it"}
    if action == "correct":
        more |= {"path": "modality.factuality", "value": choose.choice((-1.0, 1.0, 2.0))}
    return {"claim_id": claim["claim_id"], "action": action, **more}


async def _prove(path: Path, args: argparse.Namespace) -> int:
    log = path.with_suffix(".log").open("w+")
    command = [
        sys.executable,
        "-c",
        "from onrecord.cli import main; main()",
        "serve",
        str(path),
        "--team",
        "--port",
        "0",
    ]
    environ = {**os.environ, "ONRECORD_ADMIN_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"}
    began = time.perf_counter()
    server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environ)
    try:
        port = await _port(path.with_suffix(".log"), server)
        times = Times()
        admin = Browser(port, Times())
        await admin.sign_in("admin")
        await _first_view(admin)
        print(f"first view {time.perf_counter() - began:.1f} s after the start of the server", flush=True)
        await _people(admin, args)
        kept, world = await _work(port, times, admin, args)
        del world
    finally:
        server.terminate()
        server.wait()
        log.flush()
        print(path.with_suffix(".log").read_text()[-3000:])
    return _reckon(path, times, kept, args)


async def _port(log: Path, server: subprocess.Popen[bytes]) -> int:
    for _ in range(600):
        text = log.read_text()
        if "at http://127.0.0.1:" in text:
            port = int(text.rpartition("at http://127.0.0.1:")[2].split()[0])
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            return port
        if server.poll() is not None:
            break
        await asyncio.sleep(0.1)
    raise SystemExit(f"the server did not start:\n{log.read_text()}")


async def _people(admin: Browser, args: argparse.Namespace) -> None:
    for name in [f"reader{i}" for i in range(args.readers)] + [f"coder{i}" for i in range(args.coders)]:
        await admin.post("users", "/users", {"name": name, "password": PASSWORD, "role": name.rstrip("0123456789")})


async def _work(port: int, times: Times, admin: Browser, args: argparse.Namespace) -> tuple[list[str], World]:
    facets = (await admin.get("facets", "/events/facets"))["facets"]
    overview = await admin.get("overview", "/overview")
    days = [b["start"] for b in overview["timeline"]["bins"]] if overview else []
    world = World(facets, days)
    names = [f"reader{i}" for i in range(args.readers)] + [f"coder{i}" for i in range(args.coders)]
    browsers = [Browser(port, times) for _ in names]
    for name, browser in zip(names, browsers, strict=True):
        await browser.sign_in(name)
    print(f"{len(names)} people signed in; {args.seconds:.0f} s of work", flush=True)
    until = time.time() + args.seconds
    tasks: list[Any] = []
    for i, (name, browser) in enumerate(zip(names, browsers, strict=True)):
        choose = random.Random(args.seed * 1000 + i)
        if name.startswith("reader"):
            tasks.append(_reader(browser, world, choose, until, args.pause))
        else:
            tasks.append(_coder(browser, choose, until, args.pause))
    done = await asyncio.gather(*tasks)
    return [review for kept in done for review in kept or ()], world


def _reckon(path: Path, times: Times, kept: list[str], args: argparse.Namespace) -> int:
    p95 = times.report()
    with CaseStore.open(path) as store:
        there = {row["review_id"] for row in store.reviews()}
    lost = [review for review in kept if review not in there]
    print(f"{len(kept)} reviews made, {len(lost)} lost; {len(times.errors)} errors")
    for error in times.errors[:10]:
        print(error)
    return 1 if lost or times.errors or p95 > args.limit_ms else 0


if __name__ == "__main__":
    sys.exit(main())
