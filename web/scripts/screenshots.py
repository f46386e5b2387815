"""Pictures of every view of the workbench, light and dark, wide and narrow.

    python web/scripts/screenshots.py CASE_OR_URL FOLDER [VIEW …]

A case is served for the while (from a copy, as merging writes into it); an address is the one that
`onrecord serve --token …` prints. Needs playwright and Chromium. Prints what the browser's console complained of.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "journeys"))
from workbench import chromium, served

SIZES = {"wide": (1440, 900), "narrow": (400, 860)}


def views(page: Page) -> dict[str, str]:
    """The address of each view, with things that the case holds."""

    def ask(path: str) -> Any:
        return page.evaluate("path => fetch('/api/v1' + path).then(a => a.json())", path)

    events = ask("/events?order=-disagreement&limit=20")["items"]
    event = max(events, key=lambda e: (e["disagreement"] > 0, e["accounts"], e["claims"])) if events else None
    places = ask("/places?order=-control&limit=1")["items"]
    reports = ask("/reports?limit=200")["items"]
    report = next((r for r in reports if r["supplied_id"] == "lw-0908-1"), reports[0])
    lit = ask(f"/claims?limit=1&q=report:{report['report_id']}")["items"][0]["claim_id"]
    reviewed = ask("/claims?limit=1&q=type:ACCUSE%20actor:TUR")["items"]
    actor = ask("/actors?limit=1")["items"][0]
    outlet = 'outlet="Levant Wire"'
    found = {
        "overview": "/",
        "events": "/events",
        "events-filtered": "/events?q=" + quote("type:ASSAULT accounts>=2") + "&aggregation=conservative",
        "reports": "/reports",
        "report": f"/reports/{report['report_id']}?claim={lit}",
        "quotes": "/quotes",
        "quotes-speaker": "/quotes?q=" + quote("speaker:Observatory"),
        "actors": "/actors",
        "actor": f"/actors/{quote(actor['actor_id'], safe='')}/",
        "places": "/places",
        "compare": "/compare?left=" + quote(outlet) + "&right=" + quote('outlet="Gulf Ledger"'),
        "changes": "/diff",
        "review": f"/review?claim={reviewed[0]['claim_id']}" if reviewed else "/review",
        "agreement": "/agreement",
        "export": "/export",
        "settings": "/settings",
        "empty": "/events?q=" + quote("killed>=1000000"),
        "error": "/events?q=" + quote("nokey:1"),
        "past": "/?as_of=2001-01-01",
    }
    if event:
        found["event"] = f"/events/{event['event_id']}"
    if places:
        found["place"] = f"/places/{quote(places[0]['place_id'], safe='')}"
    return found


def shoot(browser: Browser, url: str, folder: Path, only: list[str]) -> None:
    """Takes the pictures; each is named VIEW-SIZE-SCHEME.png."""
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}"
    state = None
    for scheme in ("light", "dark"):
        for size, (width, height) in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, storage_state=state
            )
            page = context.new_page()
            if state is None:
                page.goto(url)
                page.wait_for_selector("main h1")
                state = context.storage_state()
            else:
                page.goto(base)
            page.on("console", lambda m: m.type in ("error", "warning") and print("  console:", m.text[:300]))
            page.on("pageerror", lambda e: print("  error:", str(e)[:500]))
            for name, path in views(page).items():
                if only and name not in only:
                    continue
                print(name, size, scheme)
                page.goto(base + path)
                page.wait_for_load_state("networkidle")
                if page.locator(".maplibregl-canvas").count():
                    page.wait_for_selector("[data-drawn=whole]", state="attached", timeout=30_000)
                    page.wait_for_timeout(300)
                page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=size == "narrow")
            context.close()


README = {
    "overview": "overview-wide-light",
    "event": "event-wide-light",
    "report": "report-wide-dark",
    "review": "review-wide-light",
}


def shrink(browser: Browser, folder: Path, images: Path) -> None:
    """Writes the pictures of the README as WebP, which Chromium itself packs."""
    images.mkdir(parents=True, exist_ok=True)
    page = browser.new_page()
    for name, picture in README.items():
        png = base64.b64encode((folder / f"{picture}.png").read_bytes()).decode()
        packed = page.evaluate(
            """async png => {
                const image = new Image();
                image.src = 'data:image/png;base64,' + png;
                await image.decode();
                const sheet = new OffscreenCanvas(image.width, image.height);
                sheet.getContext('2d').drawImage(image, 0, 0);
                const bytes = new Uint8Array(await (await sheet.convertToBlob({type: 'image/webp', quality: 0.82}))
                    .arrayBuffer());
                return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
            }""",
            png,
        )
        (images / f"{name}.webp").write_bytes(base64.b64decode(packed))
    page.close()


def main() -> None:
    """Runs from the command line."""
    source, folder, *only = sys.argv[1:]
    Path(folder).mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if not source.startswith("http"):
            copy = Path(stack.enter_context(tempfile.TemporaryDirectory())) / Path(source).name
            source = stack.enter_context(served(Path(shutil.copy(source, copy)), "--token", "pictures"))
        play = stack.enter_context(sync_playwright())
        args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=chromium(), args=args)
        shoot(browser, source, Path(folder), only)
        if not only:
            shrink(browser, Path(folder), Path(__file__).parents[2] / "docs" / "images")
        browser.close()


if __name__ == "__main__":
    main()
