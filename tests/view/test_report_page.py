"""The page of one report never lets a report's text become markup, and lights the right words."""

from __future__ import annotations

import json
import re

from onrecord.view.report_page import report_page

REPORT = {"report_id": "r1", "text": "Police 🚓 arrested </script><b>two</b> men.", "title": "A <i>title</i>"}
CLAIM = {
    "kind": "event", "event_type": "COERCE", "modes": ["arrest"], "text": "Police 🚓 arrested", "span": [0, 17],
    "modality": {
        "polarity": "positive", "certainty": "certain", "mood": "asserted", "tense": "past", "factuality": 3.0,
    },
    "chain": [{"role": "outlet", "name": None}], "trigger": {"text": "arrested", "span": [9, 17]},
    "actor": [{"text": "Police", "span": [0, 6], "name": None, "country": None, "sectors": ["COP"], "via": None}],
}  # fmt: skip


def data_of(page: str) -> dict:  # type: ignore[type-arg]
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found.group(1))


def test_text_reaches_the_page_only_as_data() -> None:
    page = report_page(REPORT, [CLAIM])
    assert page.count("</script>") == 2
    assert data_of(page)["text"] == REPORT["text"]
    assert "<i>title" not in page


def test_marks_count_code_points() -> None:
    marks = {m["r"]: (m["s"], m["e"]) for m in data_of(report_page(REPORT, [CLAIM]))["marks"]}
    assert marks["trigger"] == (9, 17)
    assert REPORT["text"][9:17] == "arrested"


def test_nothing_is_fetched() -> None:
    page = report_page(REPORT, [CLAIM])
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=[\"']https?:", page)
