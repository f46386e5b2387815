"""An editor puts a place where it lies, joins two that are one, takes them apart, and takes back what was wrong."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import expect


def _place(visit, place: dict) -> dict:
    return visit.ask(f"/places/{quote(place['place_id'], safe='')}")


def _open(visit, place: dict):
    page = visit.open(f"/places/{quote(place['place_id'], safe='')}")
    page.wait_for_selector("[data-drawn=whole]", state="attached")
    return page


def _undo(page, action: str) -> None:
    decided = page.get_by_role("list", name="Decided so far").get_by_role("listitem")
    decided.filter(has_text=action).get_by_role("button", name="Undo").first.click()
    page.get_by_text("Taken back.").wait_for()


def test_puts_a_place_elsewhere_by_a_click_on_the_map_and_takes_it_back(coder):
    place = coder.ask("/places?limit=1")["items"][0]
    page = _open(coder, place)
    move = page.get_by_role("button", name="Move it there")
    expect(move).to_be_disabled()
    box = page.locator(".maplibregl-canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.3)
    lat, lon = float(page.get_by_label("lat").input_value()), float(page.get_by_label("lon").input_value())
    assert lat > place["lat"]
    assert lon > place["lon"]
    expect(move).to_be_disabled()  # without a reason nothing is recorded
    page.get_by_label("why").fill("as the map of the town shows")
    move.click()
    page.get_by_text("Put on the map.").wait_for()
    coder.rest()
    now = _place(coder, place)
    assert abs(now["lat"] - lat) < 1e-3
    assert abs(now["lon"] - lon) < 1e-3
    assert "as the map of the town shows" in page.get_by_role("list", name="Decided so far").inner_text()
    # Events that tell of it are found where it lies now.
    found = coder.ask(f"/events?q=within:{lat:.4f},{lon:.4f},2km")["total"]
    assert found > 0
    _undo(page, "locate")
    coder.rest()
    assert _place(coder, place)["lat"] == place["lat"]
    assert coder.ask(f"/events?q=within:{lat:.4f},{lon:.4f},2km")["total"] < found


def test_joins_two_places_takes_them_apart_and_renames(coder):
    first, second = [p for p in coder.ask("/places?limit=100")["items"] if p["name"] == "Idlib"][:2]
    page = _open(coder, first)
    page.get_by_label("why").fill("the same town")
    page.get_by_label("is the same as").fill("Idl")
    page.get_by_role("list", name="Found by name").get_by_role("button", name=re.compile("^Idlib")).click()
    page.get_by_role("button", name="Join").click()
    page.get_by_text("Joined.").wait_for()
    coder.rest()
    assert set(_place(coder, first)["ids"]) == {first["place_id"], second["place_id"]}
    assert _place(coder, first)["claims"] == first["claims"] + second["claims"]
    page.get_by_label("why").fill("one is the province")
    page.get_by_role("checkbox", name=second["place_id"]).check()
    page.get_by_role("button", name="Take 1 place apart").click()
    page.get_by_text("Taken apart.").wait_for()
    coder.rest()
    assert _place(coder, first)["claims"] == first["claims"]
    page.get_by_label("why").fill("to tell the two apart")
    page.get_by_label("name", exact=True).fill("Idlib province")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Idlib province")
    _undo(page, "rename")
    expect(page.get_by_role("heading", level=1)).to_have_text("Idlib")


def test_confirms_a_place_that_no_gazetteer_has(coder):
    # A claim whose place is set to words that name no place of the gazetteer makes one of its own.
    claim = coder.ask("/claims?limit=1&q=type:ASSAULT%20has:place")["items"][0]
    coder.page.evaluate(
        """async claim => {
            const {csrf} = await (await fetch('/api/v1/session')).json();
            const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf};
            const {claim_id, trigger: {span}} = claim;
            const body = {claim_id, action: 'correct', path: 'place', value: {span}};
            const answer = await fetch('/api/v1/reviews', {method: 'POST', headers, body: JSON.stringify(body)});
            if (!answer.ok) throw new Error(await answer.text());
        }""",
        claim,
    )
    page = coder.open("/places")
    page.get_by_label("which").select_option("provisional")
    page.wait_for_url("**status=provisional**")
    coder.rest()
    page.get_by_role("list", name="Places").get_by_role("link").first.click()
    coder.rest()
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("no coordinates").wait_for()
    page.get_by_label("why").fill("known on the ground")
    page.get_by_label("lat").fill("35.5")
    page.get_by_label("lon").fill("36.25")
    page.get_by_role("button", name="Put it there").click()
    page.get_by_text("Put on the map.").wait_for()
    page.get_by_label("why").fill("known on the ground")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_text("Confirmed.").wait_for()
    coder.rest()
    found = coder.ask(f"/places?words={quote(name)}")["items"][0]
    assert (found["status"], found["lat"], found["lon"]) == ("confirmed", 35.5, 36.25)
