"""How long the workbench takes in a browser: the first view and a change of filter, server and browser apart.

``python -m benchmarks.serve.browser --case FILE [--runs 5] [--chromium PATH]``

A copy of the case is served; Chromium opens each page as somebody does who was never there (no cache), and then
changes the filter of the list of events. For each: when what was asked for stood on the page, when everything on it was
still, how much of that was waiting for the server (the time in which an answer was on its way; Server-Timing says how
much of it the server worked), and the rest, which is the browser's own. The floor is an empty page from the same
server in the same run: what opening any page costs here. Medians, with the slowest in brackets; milliseconds.
Needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

TOKEN = "measure"
FIRST_VIEWS = {
    "overview": ("/", "main .counts"),
    "events": ("/events", "main [role=list] [role=listitem]"),
    "actors": ("/actors", "main [role=list] [role=listitem]"),
    "review": ("/review", "main [role=radiogroup]"),
}
FILTERS = (
    "type:ASSAULT", "type:ASSAULT killed>=5", "actor:SYR", "type:COERCE", "accounts>=2", "place:Idlib", "disputed",
    "type:CONSULT", "from:2018-09-01 to:2018-09-10", "",
)  # fmt: skip
QUIET = 300  # milliseconds without anything new, after which a page is still

# Kept by the page itself: when each answer was asked for and came, and when the page last changed.
WATCH = """(wanted) => {
    const seen = window.seen = {asked: [], shown: null, changed: 0, long: 0, wanted};
    const plain = window.fetch;
    window.fetch = async (...given) => {
        const one = {url: String(given[0]), start: performance.now(), end: null, server: 0};
        seen.asked.push(one);
        try {
            const answer = await plain(...given);
            one.server = Number(/dur=([\\d.]+)/.exec(answer.headers.get('Server-Timing') ?? '')?.[1] ?? 0);
            const body = answer.json.bind(answer);
            answer.json = async () => { const value = await body(); one.end = performance.now(); return value; };
            return answer;
        } catch (error) { one.end = performance.now(); throw error; }
    };
    new PerformanceObserver(list => { for (const one of list.getEntries()) seen.long += one.duration; })
        .observe({type: 'longtask', buffered: true});
    new MutationObserver(() => {
        seen.changed = performance.now();
        if (seen.shown === null && seen.wanted && document.querySelector(seen.wanted)) {
            seen.shown = -1;
            requestAnimationFrame(() => setTimeout(() => { seen.shown = performance.now(); }));
        }
    }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
}"""
STILL = """(quiet) => {
    const {asked, shown, changed} = window.seen;
    const open = asked.some(one => one.end === null && performance.now() - one.start < 20000);
    const busy = document.querySelector('main [aria-busy=true], main .skeleton, main .map .inner:not([data-drawn])');
    return shown > 0 && !open && !busy && performance.now() - Math.max(changed, ...asked.map(one => one.end)) > quiet;
}"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One measurement: milliseconds until shown and until still, and of the former what was spent where."""

    shown: float
    still: float
    waited: float  # before it was shown, for an answer that came before
    server: float  # the longest that the server says it worked on one of these answers
    requests: int
    long: float  # in tasks of the browser over 50 ms

    @property
    def browser(self) -> float:
        """Milliseconds until shown in which nothing was waited for."""
        return self.shown - self.waited


def main(argv: list[str] | None = None) -> int:
    """Prints a table; 0 where the first view is shown within a second and a filter within 200 ms of browser time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM"))
    parser.add_argument("--first-ms", type=float, default=1000)
    parser.add_argument("--filter-ms", type=float, default=200)
    args = parser.parse_args(argv)
    with served(args.case) as url, sync_playwright() as play:
        flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=args.chromium or shutil.which("chromium"), args=flags)
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        signed = signed_in(browser, url)
        floor = statistics.median(empty(browser, base, signed) for _ in range(args.runs))
        print(f"floor, an empty page: {floor:.0f}\n")
        print(f"{'':24}{'shown':>15}{'still':>15}{'waited':>8}{'server':>8}{'browser':>9}{'x floor':>9}{'asked':>7}")
        worst = []
        for name, (path, wanted) in FIRST_VIEWS.items():
            taken = [first_view(browser, base + path, wanted, signed) for _ in range(args.runs)]
            worst.append(line(f"first view: {name}", taken, floor) <= args.first_ms)
        changed = [one for _ in range(max(1, args.runs // 3)) for one in filters(browser, base, signed)]
        worst.append(line("change of filter", changed, floor) <= args.filter_ms)
        browser.close()
    return 0 if all(worst) else 1


def line(name: str, taken: list[Taken], floor: float) -> float:
    """Prints one row; returns the median of the browser's own milliseconds."""

    def said(values: list[float]) -> str:
        return f"{statistics.median(values):.0f} ({max(values):.0f})"

    browser = statistics.median(t.browser for t in taken)
    waited, server = (statistics.median(getattr(t, key) for t in taken) for key in ("waited", "server"))
    print(
        f"{name:24}{said([t.shown for t in taken]):>15}{said([t.still for t in taken]):>15}{waited:>8.0f}{server:>8.0f}"
        f"{browser:>9.0f}{browser / floor:>9.1f}{statistics.median(t.requests for t in taken):>7.0f}"
    )
    return browser


@contextmanager
def served(case: Path) -> Iterator[str]:
    """Serves a copy of the case; gives the address to enter by, once it answers."""
    with tempfile.TemporaryDirectory(prefix="browser-") as folder:
        copy = Path(shutil.copy(case, Path(folder) / case.name))
        command = [sys.executable, "-c", "from onrecord.cli import main; raise SystemExit(main())"]
        command += ["serve", str(copy), "--port", "0", "--token", TOKEN]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert process.stdout
            found = next(filter(None, (re.search(r"http://\S+/enter\S*", line) for line in process.stdout)))
            _await(found[0])
            yield found[0]
        finally:
            process.terminate()
            process.wait(30)


def _await(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url.split("/enter", maxsplit=1)[0] + "/api/v1/health", timeout=30).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {url}")


def signed_in(browser: Browser, url: str) -> Any:
    """The cookies of somebody who was let in, and whose first questions have been answered once."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("header nav")
    for path in ("/", "/events", "/actors", "/review"):
        page.goto(url.split("/enter", maxsplit=1)[0] + path)
        page.wait_for_load_state("networkidle")
    state = context.storage_state()
    context.close()
    return state


def _opened(browser: Browser, signed: Any) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport={"width": 1360, "height": 900}, storage_state=signed)
    return context, context.new_page()


def empty(browser: Browser, base: str, signed: Any) -> float:
    """Milliseconds until an empty page has been drawn."""
    context, page = _opened(browser, signed)
    page.goto(base + "/icon.svg")
    taken = page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done("
        "performance.getEntriesByType('navigation')[0].duration))))"
    )
    context.close()
    return float(taken)


def first_view(browser: Browser, url: str, wanted: str, signed: Any) -> Taken:
    """Opens a page with nothing kept from before."""
    context, page = _opened(browser, signed)
    page.add_init_script(f"({WATCH})({wanted!r})")
    page.goto(url)
    page.wait_for_function(STILL, arg=QUIET, timeout=60_000)
    taken = _taken(page, 0)
    context.close()
    return taken


def filters(browser: Browser, base: str, signed: Any) -> list[Taken]:
    """Changes the filter of the list of events, one after the other, on one page."""
    context, page = _opened(browser, signed)
    page.add_init_script(f"({WATCH})('main [role=list] [role=listitem]')")
    page.goto(base + "/events")
    page.wait_for_function(STILL, arg=QUIET, timeout=60_000)
    found = []
    for asked in FILTERS:
        page.get_by_label("Filter", exact=True).fill(asked)
        start = page.evaluate(
            """() => {
                Object.assign(window.seen, {asked: [], shown: null, long: 0, wanted: null});
                const status = document.querySelector('main [role=status]');
                const list = document.querySelector('section.list');
                const look = new MutationObserver(() => {
                    const {asked} = window.seen;
                    const rows = asked.find(one => /events\\\\?/.test(one.url));
                    if (!rows?.end || window.seen.shown !== null) return;
                    look.disconnect();
                    window.seen.shown = -1;
                    requestAnimationFrame(() => setTimeout(() => { window.seen.shown = performance.now(); }));
                });
                const all = {subtree: true, childList: true, characterData: true};
                for (const one of [status, list]) look.observe(one, all);
                const now = performance.now();
                document.querySelector('#filter-line').form.requestSubmit();
                return now;
            }""".replace("\\\\", "\\")
        )
        page.wait_for_function(STILL, arg=QUIET, timeout=60_000)
        found.append(_taken(page, start))
    context.close()
    return found


def _taken(page: Page, start: float) -> Taken:
    seen = page.evaluate("window.seen")
    shown = seen["shown"]
    # What was still on its way when the words stood there was not waited for.
    before = [one for one in seen["asked"] if one["end"] and one["end"] <= shown]
    still = max([seen["changed"], shown, *(one["end"] or 0 for one in seen["asked"])])
    waited = _covered([(one["start"], one["end"]) for one in before])
    worked = max((one["server"] for one in before), default=0)
    return Taken(shown - start, still - start, waited, worked, len(seen["asked"]), seen["long"])


def _covered(spans: list[tuple[float, float]]) -> float:
    """How much time lies in at least one of the spans."""
    total, reached = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


if __name__ == "__main__":
    raise SystemExit(main())
