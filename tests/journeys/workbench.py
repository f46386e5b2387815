"""A served case and a browser that minds: no request off the machine, no error, no breach of the page's policy."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, expect

from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
FIRST_DAY, LATER_DAY = datetime(2018, 9, 9, 18, tzinfo=UTC), datetime(2018, 9, 21, 9, tzinfo=UTC)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EXPECTED = re.compile(r"GL Driver Message|status of 4\d\d")


def chromium() -> str:
    """The browser's path; stops the tests, saying what to install, where there is none."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise RuntimeError(
            "no Chromium found. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path"
        )
    return found


def code_examples(path: Path) -> Path:
    """Codes the example reports into a case as if on two days: what was published by 9 September 2018, and the rest."""
    inputs = sorted(EXAMPLES.iterdir())
    early = [str(p) for p in inputs if _published(p) <= "2018-09-09"]
    late = [str(p) for p in inputs if str(p) not in early]
    with Case(path, create=True) as case:
        for files, day in ((early, FIRST_DAY), (late, LATER_DAY)):
            case.store.file.clock = lambda at=day: at
            code_into(files, case, Config(), Defaults())
    return path


def _published(path: Path) -> str:
    found = re.search(r"^published: *[\"']?(\d{4}-\d{2}-\d{2})", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "9999"


@contextmanager
def served(case: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[str]:
    """Serves *case* in a process of its own; gives the address that it prints."""
    command = "import sys; from onrecord.cli import main; sys.argv[0] = 'onrecord'; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", str(case), "--port", "0", *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **(env or {})},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            found = re.search(r"https?://\S+", line)
            if found:
                break
        else:
            raise RuntimeError(f"onrecord serve ended: {said}")
        _await(found[0])
        yield found[0]
    finally:
        process.terminate()
        process.wait(20)


def _await(url: str) -> None:
    """Waits until the server answers: it says its address a moment before it listens."""
    parts = urlsplit(url)
    for _ in range(200):
        try:
            socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 80), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens at {url}")


def sign_in(page: Page, name: str, password: str) -> None:
    """Signs in with name and password."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("header nav")


_SOME_FRAMES = """() => new Promise(done => {
    let left = 4;
    const frame = () => (left-- ? requestAnimationFrame(frame) : setTimeout(done, 20));
    frame();
})"""


class Visit:
    """One person's browser on a served case."""

    def __init__(self, browser: Browser, url: str, *, signed_in: bool = True, **options: Any) -> None:
        parts = urlsplit(url)
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.context = browser.new_context(viewport={"width": 1360, "height": 900}, **options)
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.away: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._said)
        self.page.goto(url)
        self.page.wait_for_selector("header nav" if signed_in else "main h1")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base + "/", "data:", f"blob:{self.base}/")):
            self.away.append(request.url)

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning") and not EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def open(self, path: str, **query: str) -> Page:
        """Opens a page of the workbench and waits until it has come to rest."""
        asked = "&".join(f"{key}={quote(value)}" for key, value in query.items())
        self.page.goto(self.base + path + (f"?{asked}" if asked else ""))
        self.rest()
        return self.page

    def rest(self) -> None:
        """Waits until nothing is on its way."""
        self.page.wait_for_selector("main h1", state="attached")
        # What a click has set going shows in the page only some frames later; until then nothing seems on its way.
        self.page.evaluate(_SOME_FRAMES)
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator("main [aria-busy=true], main .skeleton")).to_have_count(0, timeout=20_000)

    def ask(self, path: str) -> Any:
        """What the API says to this person."""
        return self.page.evaluate("path => fetch('/api/v1' + path).then(answer => answer.json())", path)

    def select_words(self, words: str) -> None:
        """Drags the mouse over *words* in the report's text."""
        box = self.page.evaluate(
            """words => {
                const text = document.querySelector('main .text');
                const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
                const nodes = [];
                let all = '';
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    nodes.push([all.length, node]);
                    all += node.data;
                }
                const start = all.indexOf(words);
                if (start < 0) throw new Error('not in the text: ' + words);
                const at = unit => {
                    const [from, node] = nodes.findLast(([from]) => from <= unit);
                    return [node, unit - from];
                };
                const range = document.createRange();
                range.setStart(...at(start));
                range.setEnd(...at(start + words.length - 1));
                range.startContainer.parentElement.scrollIntoView({block: 'center', behavior: 'instant'});
                const first = document.createRange();
                first.setStart(...at(start));
                first.setEnd(at(start)[0], at(start)[1] + 1);
                const last = document.createRange();
                last.setStart(...at(start + words.length - 1));
                last.setEnd(at(start + words.length - 1)[0], at(start + words.length - 1)[1] + 1);
                const [a, b] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
                return [a.left + 0.5, a.top + a.height / 2, b.right - 0.5, b.top + b.height / 2];
            }""",
            words,
        )
        mouse = self.page.mouse
        mouse.move(box[0], box[1])
        mouse.down()
        mouse.move((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        mouse.move(box[2], box[3])
        mouse.up()

    def close(self) -> None:
        """Ends the visit; fails where the page asked for anything elsewhere, or complained."""
        self.context.close()
        assert not self.away, f"requests off the machine: {self.away}"
        assert not self.complaints, f"the page complained: {self.complaints}"
