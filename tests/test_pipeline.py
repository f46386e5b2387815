"""What holds of every coding, whatever the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.model.wire import claim_to_json
from onrecord.model.wire_coding import layers_to_json
from onrecord.read import Defaults, read_inputs

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def example_reports() -> list[onrecord.Report]:
    found = read_inputs([str(EXAMPLES)], Defaults())
    return [r for r in found if isinstance(r, onrecord.Report)]


def slots(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object with words and a span, however deep."""
    if isinstance(value, dict):
        if value.get("span") is not None and "text" in value:
            yield value
        for inner in value.values():
            yield from slots(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from slots(inner)


def assert_rereads(coding: onrecord.Coding) -> None:
    text, title = coding.report.text, coding.report.title or ""
    whole = [claim_to_json(c) for c in (*coding.claims, *coding.rejected)]
    for slot in slots([*whole, layers_to_json(coding)]):
        source = title if slot.get("field") == "title" else text
        start, end = slot["span"]
        assert 0 <= start < end <= len(source), slot
        if not slot.get("spans"):
            assert source[start:end] == slot["text"], slot


def test_every_span_of_the_examples_rereads() -> None:
    for report in example_reports():
        coding = onrecord.code(report.text, published=report.published, outlet=report.outlet, title=report.title)
        assert_rereads(coding)
        assert coding.claims, report.origin


def test_the_same_input_gives_the_same_claims_in_any_order() -> None:
    def run(reports: list[onrecord.Report]) -> dict[str, list[str]]:
        return {
            r.report_id: [
                json.dumps(claim_to_json(c), sort_keys=True)
                for c in onrecord.code(r.text, published=r.published, outlet=r.outlet, title=r.title).claims
            ]
            for r in reports
        }

    reports = example_reports()[:8]
    assert run(reports) == run(list(reversed(reports)))


def test_ids_name_one_claim_each() -> None:
    for report in example_reports():
        coding = onrecord.code(report.text, published=report.published)
        ids = [c.claim_id for c in (*coding.claims, *coding.rejected)]
        assert len(ids) == len(set(ids))
        assert all(link.claim_id in ids for c in coding.claims for link in c.links)


def test_nothing_threatened_or_foreseen_is_told_as_fact() -> None:
    for report in example_reports():
        for claim in onrecord.code(report.text, published=report.published).claims:
            if claim.modality.mood in {"threatened", "demanded", "planned", "forecast", "conditional"}:
                assert claim.modality.factuality <= 2
            if claim.modality.polarity == "negative" and claim.modality.mood == "asserted":
                assert claim.modality.factuality <= 0


def test_without_a_date_relative_times_stay_unresolved() -> None:
    coding = onrecord.code("Police arrested three men in Basra on Wednesday, a spokesman said.")
    (time,) = coding.times
    assert (time.text, time.start, time.basis) == ("Wednesday", None, "unresolved")


def test_other_languages_are_kept_and_not_coded() -> None:
    coding = onrecord.code("La policía detuvo el miércoles a tres hombres en la ciudad, dijo un portavoz del gobierno.")
    assert coding.claims == ()
    assert coding.flags[0].startswith("language:es")


def test_an_arrest_has_its_parties_place_day_figure_and_source() -> None:
    text = "Rebel fighters arrested at least 24 people in Saraqib on Thursday, residents said."
    coding = onrecord.code(text, published="2018-08-24", outlet="Meridian Post")
    (event,) = [c for c in coding.claims if isinstance(c, onrecord.EventClaim)]
    assert (event.event_type, event.modes) == ("COERCE", ("arrest",))
    assert [a.sectors for a in event.actor] == [("REB",)]
    assert event.place is not None
    assert event.place.country == "SYR"
    assert event.time is not None
    assert event.time.start == "2018-08-23"
    assert (event.figures[0].measure, event.figures[0].low, event.figures[0].bound) == ("arrested", 24, "at_least")
    assert [link.role for link in event.chain] == ["outlet", "source"]
    assert event.outlet_factuality is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30),
            st.sampled_from(
                [
                    "“We deny it,” the minister said. ",
                    "Police in 🇸🇾 Idlib killed 12 people on Monday. ",
                    "مدينة إدلب ",
                    "The ＡＲＭＹ said\u2028it “had not",
                    "e\u0301lite troops arrested 3 men.\r\n",
                    "\u202eأخبار\u202c — BEIRUT: ",
                ]
            ),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_spans_reread_under_any_unicode(pieces: list[str]) -> None:
    text = "The army said on Monday that rebels had fired rockets at the town. " + "".join(pieces)
    assert_rereads(onrecord.code(text, published="2018-08-22"))


@pytest.mark.parametrize("text", ["", "   \n", "troops\x00moved"])
def test_what_is_no_text_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(onrecord.OnrecordError, match=r"\. \w"):
        onrecord.code(text)
