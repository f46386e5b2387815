"""A new analyst looks around: the most disputed event, a quote, a past date, a shared view."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree

from playwright.sync_api import expect
from workbench import Visit

from onrecord import __version__

SVG = "{http://www.w3.org/2000/svg}"


def test_finds_the_most_disputed_event_and_who_gives_which_toll(reader):
    page = reader.open("/")
    page.get_by_role("link", name="all, most disputed first").click()
    reader.rest()
    first = page.get_by_role("list", name="Events", exact=True).get_by_role("listitem").first
    assert "≠" in first.inner_text()
    first.get_by_role("link").first.click()
    reader.rest()
    row = page.get_by_role("row", name=re.compile("^how many killed"))
    assert "differ" in row.inner_text()
    outlets = [cell.inner_text().split("\n")[0] for cell in page.locator("table.side thead th").all()]
    tolls = dict(zip(outlets, [cell.inner_text() for cell in row.get_by_role("cell").all()], strict=True))
    assert "at least 12" in tolls["Levant Wire"]
    assert "15" in tolls["Meridian Post"]
    assert "14" in tolls["Meridian Post"]
    assert "9" in tolls["Gulf Ledger"]
    denier = page.locator(".account.denies")
    assert "Syrian Arab Army" in denier.inner_text()
    # A toll is one click from the words that it rests on.
    row.get_by_role("link", name="15").first.click()
    reader.rest()
    assert page.locator(".text .lit.r-figure").first.inner_text().startswith("15")


def test_follows_a_quote_to_its_words(reader):
    page = reader.open("/quotes")
    page.get_by_label("Filter", exact=True).fill('"planes came back"')
    page.get_by_role("button", name="Filter", exact=True).click()
    reader.rest()
    quote = page.get_by_role("list", name="Quotes", exact=True).get_by_role("listitem").filter(has_text="Levant Wire")
    expect(quote.locator("p")).to_have_count(1)
    said = quote.locator("p").inner_text()
    quote.get_by_role("link", name="in its words").click()
    reader.rest()
    assert "".join(page.locator(".text .chosen").all_inner_texts()) == said
    assert "Levant Wire" in page.locator("main header").first.inner_text()


def test_goes_back_to_a_date_and_returns(reader):
    page = reader.open("/")

    def reports() -> int:
        text = page.get_by_role("list", name="What the case holds").get_by_role("link", name="reports").inner_text()
        return int(text.split()[0])

    now = reports()
    field = page.get_by_label("as known on", exact=True)
    field.fill("2018-09-10")
    field.press("Enter")
    page.wait_for_url("**as_of=2018-09-10**")
    reader.rest()
    then = reports()
    assert 0 < then < now
    assert "Monday 10 September 2018, end of day UTC" in page.get_by_role("banner").inner_text()
    page.get_by_role("link", name="Events", exact=True).click()
    reader.rest()
    assert "as_of=2018-09-10" in page.url
    page.get_by_role("link", name="What changed since").click()
    reader.rest()
    assert f"+{now - then}" in page.get_by_role("row", name=re.compile("^reports")).inner_text()
    page.go_back()
    page.get_by_role("link", name="Back to now").click()
    reader.rest()
    assert "as_of" not in page.url


def test_shares_a_filtered_view_by_its_address(reader, browser, address):
    page = reader.open("/events")
    page.get_by_role("checkbox", name=re.compile("^ASSAULT")).check()
    reader.rest()
    page.get_by_role("combobox", name="independent accounts").select_option("2")
    page.get_by_role("combobox", name="values", exact=True).select_option("conservative")
    reader.rest()
    listed = page.get_by_role("list", name="Events", exact=True).inner_text()
    other = Visit(browser, address)
    other.page.goto(page.url)
    other.rest()
    assert other.page.get_by_role("list", name="Events", exact=True).inner_text() == listed
    assert other.page.get_by_label("Filter", exact=True).input_value() == "type:ASSAULT accounts>=2"
    assert other.page.get_by_role("combobox", name="values", exact=True).input_value() == "conservative"
    assert other.page.get_by_role("checkbox", name=re.compile("^ASSAULT")).is_checked()
    other.close()


def test_names_a_view_and_finds_it_again(coder):
    page = coder.open("/events", q="type:ASSAULT denied")
    page.get_by_role("button", name="Name this view").click()
    page.get_by_label("name", exact=True).fill("denied attacks")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("combobox", name="view", exact=True).wait_for()
    coder.open("/events")
    page.get_by_role("combobox", name="view", exact=True).select_option("denied attacks")
    page.wait_for_url("**q=type**")
    assert page.get_by_label("Filter", exact=True).input_value() == "type:ASSAULT denied"


def test_walks_the_evidence_of_a_report_by_keyboard(reader):
    report = next(r for r in reader.ask("/reports?limit=100")["items"] if r["supplied_id"] == "lw-0908-1")
    page = reader.open(f"/reports/{report['report_id']}")
    page.get_by_role("group", name=re.compile("^Text of the report")).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    marked = page.locator(".text .on")
    assert marked.count() == 1
    words = marked.inner_text()
    page.keyboard.press("Enter")
    assert "on these words" in page.get_by_role("region", name="Claims").inner_text()
    assert words.split()[0] in " ".join(page.locator(".text .lit").all_inner_texts())
    page.keyboard.press("Escape")
    card = page.locator("[data-claim]").first
    card.get_by_role("button").focus()
    page.keyboard.press("j")
    assert page.locator("[data-claim]").nth(1).get_attribute("class").find(" on") > 0


def _taken(page, name: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role("button", name=name).click()
    return got.value.path().read_bytes()


def _words_inside(png: bytes) -> dict[str, str]:
    """The text chunks of a PNG, by keyword."""
    found, at = {}, 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"iTXt":
            keyword, _, rest = png[at + 8 : at + 8 + size].partition(b"\0")
            found[keyword.decode()] = rest[4:].decode()
        at += 12 + size
    return found


def test_takes_map_and_plot_out_with_filter_moment_and_version_inside(reader):
    page = reader.open("/events", q="type:ASSAULT", as_of="2018-09-10")
    page.wait_for_selector("[data-drawn=whole]", state="attached")
    page.get_by_text("Take out").click()
    said = ("filter: type:ASSAULT", "as known on 2018-09-10, end of day UTC", "values: representative", __version__)
    for name in ("Plot as SVG", "Map as SVG"):
        drawn = _taken(page, name).decode()
        root = ElementTree.fromstring(drawn)
        described = "".join(root.find(f"{SVG}desc").itertext())
        printed = " ".join("".join(text.itertext()) for text in root.findall(f"{SVG}text"))
        for words in said:
            assert words in described
            assert words in printed
        data = root.find(f"{SVG}metadata/{{urn:onrecord:picture}}picture").attrib
        assert (data["filter"], data["as-of"], data["version"]) == ("type:ASSAULT", "2018-09-10", __version__)
        assert "var(--" not in drawn
    # Provinces of Syria are drawn: their borders dashed, those with events shaded.
    assert drawn.count('stroke-dasharray="3 2"') > 10
    assert "fill-opacity" in drawn
    for name in ("Plot as PNG", "Map as PNG"):
        png = _taken(page, name)
        words = _words_inside(png)
        assert all(one in words["Description"] for one in said)
        assert words["Software"] == f"onrecord {__version__}"
        # The caption is in the picture itself: it is taller than what was drawn on the page.
        assert int.from_bytes(png[20:24], "big") > 150
    with page.expect_download() as got:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert got.value.path().stat().st_size > 100


def test_builds_a_term_of_place_from_a_form(reader):
    page = reader.open("/events", q="type:ASSAULT")
    whole = reader.ask("/events?q=type:ASSAULT&limit=1")["total"]
    page.get_by_text("Near or in a place").click()
    form = page.get_by_role("form", name="Near or in a place")
    form.get_by_label("place").fill("Idl")
    form.get_by_role("button", name=re.compile("^Idlib")).first.click()
    form.get_by_label("kilometres").fill("40")
    form.get_by_role("button", name="Add to the filter").click()
    page.wait_for_url("**within*")
    reader.rest()
    line = page.get_by_label("Filter", exact=True).input_value()
    assert re.fullmatch(r"type:ASSAULT within:[\d.]+,[\d.]+,40km", line)
    near = reader.ask(f"/events?limit=1&q={quote(line)}")["total"]
    assert 0 < near < whole
    page.get_by_text(f"{near} events in this filter").wait_for()
    # Another radius takes the place of the first; a province is a term of its own.
    page.get_by_text("Near or in a place").click()
    form.get_by_label("place").fill("Idl")
    form.get_by_role("button", name=re.compile("^Idlib")).first.click()
    form.get_by_role("radio", name="anywhere in the province").check()
    form.get_by_role("button", name="Add to the filter").click()
    page.wait_for_url("**admin1*")
    assert page.get_by_label("Filter", exact=True).input_value() == f"{line} place.admin1:Idlib"


def test_says_when_events_lag_behind_and_follows_by_itself(reader):
    page = reader.page
    late = {"is": True}

    def lagging(route):
        answer = route.fetch()
        found = answer.json()
        if late["is"]:
            found |= {"fresh": False, "merged_entry": 3, "entry": 9}
            if "newest_entry" in found:
                found |= {"newest_entry": 9, "working": True}
            if "items" in found:
                found |= {"items": [], "total": 0, "next": None}
        route.fulfill(response=answer, json=found)

    page.route(re.compile(r"/api/v1/events(\?|/merged)"), lagging)
    reader.open("/events")
    lag = page.get_by_text("Events lag behind the case: merged up to entry 3 of 9")
    lag.wait_for()
    page.get_by_text("No event in this filter").wait_for()
    late["is"] = False
    lag.wait_for(state="detached")
    page.get_by_role("list", name="Events", exact=True).get_by_role("listitem").first.wait_for()
    page.unroute_all()
