"""Every view, in light and dark: nothing against WCAG 2.2 AA, no request elsewhere, no sideways scrolling."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from workbench import Visit

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIEWS = {
    "overview": "/",
    "events": "/events",
    "events filtered": "/events?q=type:ASSAULT&aggregation=conservative",
    "event": "/events/{event}",
    "reports": "/reports",
    "report": "/reports/{report}?claim={claim}",
    "quotes": "/quotes",
    "quotes of one": "/quotes?q=speaker:Omar&quote={quote}",
    "quotes of several": "/quotes?carried=true",
    "actors": "/actors",
    "actor": "/actors/{actor}/",
    "places": "/places",
    "place": "/places/{place}",
    "compare": "/compare",
    "changes": "/diff",
    "review": "/review",
    "agreement": "/agreement",
    "round": "/agreement/trial",
    "judging": "/review?round=trial",
    "export": "/export",
    "settings": "/settings",
    "empty": "/events?q=killed%3E=1000000",
    "error": "/events?q=nokey:1",
    "past": "/?as_of=2001-01-01",
    "missing": "/nowhere",
}


@pytest.fixture(scope="module", params=["light", "dark", "narrow"])
def visit(request, browser, address):
    """A browser in light, in dark, and on a small screen at which everything must still fit."""
    options = {"bypass_csp": True, "reduced_motion": "reduce"}
    visit = Visit(browser, address, color_scheme="dark" if request.param == "dark" else "light", **options)
    if request.param == "narrow":
        visit.page.set_viewport_size({"width": 360, "height": 740})
    yield visit
    visit.close()


@pytest.fixture(scope="module")
def things(visit) -> dict[str, str]:
    """Ids of things that the case holds, and a round of double coding."""
    event = max(visit.ask("/events?limit=100")["items"], key=lambda e: e["claims"])
    claim = visit.ask("/claims?limit=1")["items"][0]
    visit.page.evaluate(
        """async () => {
            const {csrf} = await (await fetch('/api/v1/session')).json();
            const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf};
            const send = (method, path, body) => fetch('/api/v1' + path, {method, headers, body: JSON.stringify(body)});
            await send('PUT', '/session', {name: 'anna'});
            await send('POST', '/rounds', {name: 'trial', coders: ['anna', 'ben'], size: 3, seed: 1, q: 'kind:event'});
        }"""
    )
    found = {
        "event": event["event_id"],
        "report": claim["report_id"],
        "claim": claim["claim_id"],
        "quote": visit.ask("/quotes?q=planes&limit=1")["items"][0]["quote_id"],
        "actor": visit.ask("/actors?limit=1")["items"][0]["actor_id"],
        "place": visit.ask("/places?order=-control&limit=1")["items"][0]["place_id"],
    }
    return {name: quote(value, safe="") for name, value in found.items()}


@pytest.mark.parametrize("name", VIEWS)
def test_view_is_accessible_and_fits(visit, things, name):
    page = visit.open(VIEWS[name].format(**things))
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    wrong = [
        f"{one['id']}: {one['help']}: "
        + "; ".join(f"{node['target']} {node['failureSummary'][:200]}" for node in one["nodes"][:3])
        for one in found["violations"]
    ]
    assert not wrong, "\n".join(wrong)
    # 360 CSS pixels are a small telephone, and 1440 at 400 % zoom.
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, f"{sideways} pixels wider than the window"
    assert page.locator("h1").count() == 1
