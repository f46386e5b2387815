"""How pages are shown: right-to-left script, paper, and text or pages at twice their size."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from workbench import Visit, served

from onrecord.config import Config
from onrecord.ledger import Case
from onrecord.read import Defaults
from onrecord.run.local import code_into

ARABIC = """---
id: sa-0910-1
outlet: صوت حلب
published: 2018-09-10
title: سكان يعودون إلى الحي القديم
language: ar
---
عاد عشرات السكان إلى الحي القديم (شرق المدينة) يوم الاثنين، بحسب شهود.

وقال أحدهم إن المياه لم تعد بعد.
"""
MIXED = """---
id: sa-0911-1
outlet: صوت حلب
published: 2018-09-11
title: "Police arrest twelve, says ועד הבית"
---
Police arrested 12 protesters in Aleppo on Monday, the نور committee said. \
Rebels in the حلب district killed 3 soldiers on Tuesday, the ועד committee said. \
A spokesman for ועד הבית said on Tuesday that rebels killed 3 soldiers near Idlib.

قالت اللجنة إن الطريق مغلق.
"""


@pytest.fixture
def written(browser, coded, tmp_path):
    """Somebody who looks at a case in which two reports are written, or partly written, from right to left."""
    case = Path(shutil.copy(coded, tmp_path / "examples.case"))
    for name, text in (("arabic.md", ARABIC), ("mixed.md", MIXED)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Case(case) as opened:
        code_into([str(tmp_path / "arabic.md"), str(tmp_path / "mixed.md")], opened, Config(), Defaults())
    with served(case, "--token", "journey") as url:
        visit = Visit(browser, url)
        yield visit
        visit.close()


# Left and right edge of words within an element, in pixels.
EDGES = """([selector, words]) => {
    const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        nodes.push([all.length, node]);
        all += node.data;
    }
    const start = all.indexOf(words);
    if (start < 0) throw new Error(`not in ${selector}: ${words}`);
    const at = unit => { const [from, node] = nodes.findLast(([from]) => from <= unit); return [node, unit - from]; };
    const range = document.createRange();
    range.setStart(...at(start));
    const [node, unit] = at(start + words.length - 1);
    range.setEnd(node, unit + 1);
    const box = range.getBoundingClientRect();
    return [box.left, box.right];
}"""


def _edges(page: Page, selector: str, words: str) -> tuple[float, float]:
    left, right = page.evaluate(EDGES, [selector, words])
    return left, right


def _report(visit: Visit, supplied: str) -> str:
    return next(r["report_id"] for r in visit.ask("/reports?limit=100")["items"] if r["supplied_id"] == supplied)


def test_text_from_right_to_left_begins_at_the_right(written):
    page = written.open(f"/reports/{_report(written, 'sa-0910-1')}")
    expect(page.get_by_role("heading", level=1)).to_have_text("سكان يعودون إلى الحي القديم")
    box = page.locator("main .text").bounding_box()
    first = _edges(page, "main .text", "عاد")
    later = _edges(page, "main .text", "السكان")
    assert abs(box["x"] + box["width"] - first[1]) < 3
    assert later[1] <= first[0]
    # Brackets stand around their words: the opening one at the right.
    assert _edges(page, "main .text", "(")[0] >= _edges(page, "main .text", "شرق")[1] - 1
    page.get_by_text("Only English is coded.").wait_for()


def test_names_from_right_to_left_keep_the_order_of_an_english_row(written):
    page = written.open("/reports", q='outlet:"صوت حلب"')
    row = page.get_by_role("list", name="Reports").get_by_role("listitem")
    assert row.count() == 2
    for i, day in enumerate(("2018-09-11", "2018-09-10")):
        page.evaluate("i => document.querySelectorAll('[role=listitem] .small')[i].setAttribute('id', 'row' + i)", i)
        outlet, date = _edges(page, f"#row{i}", "صوت حلب"), _edges(page, f"#row{i}", day)
        claims = _edges(page, f"#row{i}", "claim")
        assert outlet[1] <= date[0]
        assert date[1] <= claims[0]
    # On whose word: the outlet before the committee, each with its words in their order.
    page = written.open(f"/reports/{_report(written, 'sa-0911-1')}")
    card = page.locator("[data-claim]", has_text="killed 3 soldiers").first
    chain = card.get_by_role("list", name="On whose word, outermost first").get_by_role("listitem")
    first, second = (one.bounding_box() for one in (chain.nth(0), chain.nth(1)))
    assert first["y"] < second["y"] or first["x"] + first["width"] <= second["x"] + 1
    card.evaluate("card => card.setAttribute('id', 'one')")
    assert _edges(page, "#one .cited", "the")[1] <= _edges(page, "#one .cited", "ועד")[0]
    assert _edges(page, "#one .cited", "ועד")[1] <= _edges(page, "#one .cited", "committee")[0] + 1


def test_evidence_of_mixed_scripts_is_marked_on_its_own_words(written):
    report = _report(written, "sa-0911-1")
    claims = written.ask(f"/claims?limit=50&q=report:{report}")["items"]
    text = written.ask(f"/reports/{report}")["text"]
    page = written.open(f"/reports/{report}")
    sources = [link for c in claims for link in c["chain"] if link["role"] == "source" and link.get("span")]
    assert any("ועד" in link["text"] for link in sources)
    assert any("نور" in link["text"] for link in sources)
    for link in sources:
        start, end = link["span"]
        assert text[start:end] == link["text"]
        marked = page.evaluate(
            """([a, b]) => [...document.querySelectorAll('main .text .r-source')]
                .filter(one => Number(one.dataset.s) >= a && Number(one.dataset.s) < b)
                .map(one => one.textContent).join('')""",
            [start, end],
        )
        assert marked == link["text"]
    # In an English paragraph a name in Arabic script stands between its English neighbours.
    before, name, after = (_edges(page, "main .text", words) for words in ("Aleppo", "نور", "committee"))
    assert before[0] < name[0]
    assert name[1] <= after[0] + 1
    # A paragraph in Arabic runs its own way.
    box = page.locator("main .text").bounding_box()
    assert abs(box["x"] + box["width"] - _edges(page, "main .text", "قالت اللجنة")[1]) < 3


def _on_paper(visit: Visit, path: str, **query: str) -> Page:
    page = visit.open(path, **query)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})  # A4 between its margins
    return page


def test_a_list_on_paper_says_its_filter_and_shows_every_line(reader):
    listed = reader.ask("/events?limit=60&q=happened:yes,no")["items"]
    page = _on_paper(reader, "/events", q="happened:yes,no", as_of="2018-12-31")
    expect(page.get_by_role("navigation")).to_be_hidden()
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    head = page.locator("header.printed")
    expect(head).to_contain_text("filter: happened:yes,no")
    expect(head).to_contain_text("as known on 2018-12-31, end of day UTC; values: representative")
    lines = page.get_by_role("list", name="Events", exact=True)
    assert lines.get_by_role("listitem").count() == len(listed)
    box = lines.bounding_box()
    last = lines.get_by_role("listitem").last.bounding_box()
    assert last["y"] + last["height"] <= box["y"] + box["height"] + 1  # nothing is cut off at its end
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_report_on_paper_has_its_whole_text_its_marks_and_its_claims(reader):
    report = _report(reader, "lw-0908-1")
    claims = len(reader.ask(f"/reports/{report}")["claim_list"])
    reader.page.emulate_media(color_scheme="dark")
    page = _on_paper(reader, f"/reports/{report}")
    assert page.locator("[data-claim]").count() == claims
    for part in (page.locator("main .text"), page.get_by_role("region", name="Claims")):
        cut = part.evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]")
        assert max(cut) <= 1
    mark = page.locator("main .text .r-trigger").first
    assert "underline" in mark.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


PAGES = (
    "/",
    "/events",
    "/events/{event}",
    "/reports/{report}",
    "/quotes",
    "/actors/TUR",
    "/places/{place}",
    "/review",
    "/compare",
)


@pytest.mark.parametrize("way", ["page", "text"])
def test_twice_the_size_needs_no_scrolling_sideways(browser, address, way):
    # A window of 1280 by 800 at 200 %, and text alone at 200 %.
    visit = Visit(browser, address, **({"device_scale_factor": 2} if way == "page" else {}))
    page = visit.page
    page.set_viewport_size({"width": 640, "height": 400} if way == "page" else {"width": 1280, "height": 800})
    found = {
        "event": max(visit.ask("/events?limit=100")["items"], key=lambda e: e["claims"])["event_id"],
        "report": _report(visit, "lw-0908-1"),
        "place": visit.ask("/places?limit=1")["items"][0]["place_id"],
    }
    for path in PAGES:
        visit.open(path.format(**found))
        if way == "text":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            page.wait_for_timeout(150)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} pixels wider than the window"
        # The head is no half of the window that reading is left of.
        assert page.evaluate("document.querySelector('header.head').getBoundingClientRect().height") < 400
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main button, main th, main h1, main h2')]
                .filter(e => e.checkVisibility() && !e.matches('.sr') && getComputedStyle(e).overflowX !== 'visible')
                .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""
        )
        assert cut == []
    visit.close()
