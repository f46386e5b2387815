"""The network of an actor's relations: dragged from day to day, taken out, and followed to the words behind a link."""

from __future__ import annotations

import re

from playwright.sync_api import expect

SLIDER = "Relations on the day"


def _links(page, kind: str) -> int:
    return int(page.get_by_role("list", name="Kinds of relation").get_by_text(kind).inner_text().split()[-1])


def test_drags_the_day_and_sees_relations_come_and_go(reader):
    page = reader.open("/actors/TUR", window="7")
    network = page.get_by_role("region", name="Relations")
    assert "at any time" in network.get_by_role("status").first.inner_text()
    slider = page.get_by_role("slider", name=SLIDER)
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**at=2018-08-24**")
    reader.rest()
    assert "on Friday 24 August 2018" in network.get_by_role("status").first.inner_text()
    expect(page.get_by_role("list", name="Kinds of relation").get_by_text("conflict")).to_have_text("conflict 0")
    at_first = _links(page, "relations told")
    # With the mouse, from the first day to the last; where everybody stands does not change with the day.
    spots = page.locator("g.node circle").evaluate_all(
        "all => all.map(one => [one.getAttribute('cx'), one.getAttribute('cy')])"
    )
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    expect(network.get_by_role("status").first).to_contain_text(re.compile("(31 August|1 September) 2018"))
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    page.wait_for_url("**at=2018-09-08**")
    reader.rest()
    expect(page.get_by_role("list", name="Kinds of relation").get_by_text("conflict")).to_have_text("conflict 1")
    assert _links(page, "relations told") > at_first
    after = page.locator("g.node circle").evaluate_all(
        "all => all.map(one => [one.getAttribute('cx'), one.getAttribute('cy')])"
    )
    assert [spot for spot in spots if spot in after] == spots
    # A link leads to the claims that it rests on, and these to their words.
    page.get_by_text("The same as a table").click()
    row = page.get_by_role("row", name=re.compile("Security Council"))
    row.get_by_role("button", name="2 claims").click()
    behind = page.get_by_role("region", name="Claims behind the link")
    expect(behind.locator("[data-claim]")).to_have_count(2)
    behind.get_by_role("link", name=re.compile("The words in")).first.click()
    reader.rest()
    page.mouse.move(2, 2)  # what lies under the pointer is lit instead
    expect(page.locator(".text .lit", has_text="Security Council").first).to_be_visible()


def test_leaves_kinds_out_by_its_address(reader):
    page = reader.open("/actors/TUR", at="2018-09-08", without="membership,office")
    assert not page.get_by_role("checkbox", name=re.compile("memberships")).is_checked()
    drawn = page.locator("g.tie").count()
    page.get_by_role("checkbox", name=re.compile("conflict")).uncheck()
    page.wait_for_url("**without=*conflict*")
    assert page.locator("g.tie").count() == drawn - 1
    with page.expect_download() as got:
        page.get_by_role("button", name="Network as SVG").click()
    taken = got.value.path().read_text(encoding="utf-8")
    assert "Relations of Turkey, on 2018-09-08" in taken
    assert "var(--" not in taken
