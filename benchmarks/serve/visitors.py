"""People who use a served case: their connections, what they ask one after the other, and how long answers took."""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from collections import defaultdict
from typing import Any
from urllib.parse import quote, urlencode

PASSWORD = "a-long-password"
_KEPT_ALIVE = 20.0  # seconds; the server closes what was idle for thirty


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
        self.seconds = self.cpu = 0.0

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
        print(f"server: {self.cpu:.1f} s of CPU in {self.seconds:.0f} s ({self.cpu / self.seconds:.0%} of a core), "
              f"{self.cpu / len(every) * 1000:.1f} ms a question, all that it does beside included")  # fmt: skip
        return _p95(every)


def _middle(values: list[float]) -> float:
    return statistics.median(values)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


class World:
    """What readers choose from: filters, ids and days that are in the case."""

    def __init__(self, facets: Any, days: list[str]) -> None:
        self.facets, self.days = facets, days

    def filter(self, choose: random.Random) -> str:
        """A filter as people put it together: one to three terms."""
        keys = [key for key in ("type", "place", "actor", "country", "outlet", "mode", "speaker") if self.facets[key]]
        terms = [choose.choice(self.facets[key])["term"] for key in choose.sample(keys, choose.choice((1, 1, 2)))]
        if choose.random() < 0.3 and self.days:
            terms.append(f"from:{choose.choice(self.days)}")
        return " ".join(terms)


async def reader(browser: Browser, world: World, choose: random.Random, until: float, pause: float) -> None:
    await asyncio.sleep(pause * choose.random())
    await first_view(browser)
    while time.time() < until:
        await asyncio.sleep(choose.expovariate(1 / pause))
        step = choose.choice(_STEPS)
        await step(browser, world, choose)


async def first_view(browser: Browser) -> None:
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
    speaker = choose.choice(world.facets["speaker"] or [{"term": ""}])["term"]
    page = await browser.get("quotes", "/quotes", q=speaker, limit=30)
    if page and page["items"]:
        await browser.get("same quote", f"/quotes/{quote(choose.choice(page['items'])['quote_id'])}/same")


async def _actor(browser: Browser, _world: World, choose: random.Random) -> None:
    page = await browser.get("actors", "/actors", limit=50)
    if page:
        await browser.get("actor", f"/actors/{quote(choose.choice(page['items'])['actor_id'], safe='')}")


async def _network(browser: Browser, world: World, choose: random.Random) -> None:
    day = choose.choice(world.days or ["2018-08-31"])
    await browser.get("network", "/actors/network", at=day, limit=60)
    await browser.get("merged", "/events/merged")


async def _place(browser: Browser, _world: World, choose: random.Random) -> None:
    page = await browser.get("places", "/places", limit=50)
    if page:
        await browser.get("place", f"/places/{quote(choose.choice(page['items'])['place_id'], safe='')}")


async def _search(browser: Browser, _world: World, choose: random.Random) -> None:
    word = choose.choice(("market", "police", "army", "strike", "prisoners", "ceasefire", "court", "minister"))
    await browser.get("search", "/search", q=word, within=choose.choice(("reports", "claims", "quotes")))


_STEPS = (_filtered, _filtered, _filtered, _event, _report, _quotes, _actor, _network, _place, _search)


async def coder(browser: Browser, choose: random.Random, until: float, pause: float) -> list[str]:
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
