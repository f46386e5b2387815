"""Claims go out as JSON with the fixed keys and come back equal."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import claims, codings

from onrecord.model import Actor, Cue, EventClaim, Figure, FigureClaim, Link, Slot, Span, Time
from onrecord.model.wire import claim_from_json, claim_to_json
from onrecord.model.wire_coding import coding_from_json, coding_to_json, report_from_json, report_to_json
from onrecord.model.wire_slots import number, slot_to_json

FIXED = [
    *("claim_id", "report_id", "kind", "status", "reason", "confidence", "text", "span", "field", "chain"),
    *("modality", "outlet_factuality", "caveats", "links", "event_type", "modes", "contexts", "trigger"),
    *("actor", "recipient", "object", "instrument", "place", "time", "figures", "codes", "run_id", "version"),
]
slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def example() -> EventClaim:
    return EventClaim(
        report_id="r1",
        text="jets had killed",
        span=Span(5, 20),
        event_type="ASSAULT",
        trigger=Slot(text="killed", span=Span(14, 20)),
        actor=(Actor(text="jets", span=Span(5, 9)),),
        codes=(("plover", "ASSAULT/aerial"),),
        chain=(
            Link(role="outlet", name="The Post"),
            Link(
                role="source",
                source=Actor(text="he", span=Span(0, 2), basis="coreference"),
                cue=Cue(text="said", span=Span(3, 7), kind="says"),
                content=(Span(5, 20),),
                form="indirect",
                naming="named",
                number="one",
            ),
        ),
    )


@slow
@given(claims())
def test_claims_round_trip_through_json_text(claim):
    written = json.dumps(claim_to_json(claim), allow_nan=False)
    assert claim_from_json(json.loads(written)) == claim
    assert json.dumps(claim_to_json(claim_from_json(json.loads(written)))) == written


@slow
@given(codings())
def test_codings_round_trip_with_every_layer(coding):
    assert coding_from_json(json.loads(json.dumps(coding_to_json(coding)))) == coding


@slow
@given(claims())
def test_fixed_keys_come_first_in_fixed_order_whatever_the_kind(claim):
    assert list(claim_to_json(claim))[: len(FIXED)] == FIXED


def test_an_event_reads_as_the_contract_says():
    out = claim_to_json(example())
    assert out["trigger"] == {
        "text": "killed",
        "span": [14, 20],
        "basis": "named",
        "via": None,
        "why": None,
        "score": None,
    }
    assert out["chain"][0] == {"role": "outlet", "name": "The Post"}
    assert out["chain"][1]["text"] == "he"
    assert out["chain"][1]["cue"] == {"text": "said", "span": [3, 7], "class": "says"}
    assert out["chain"][1]["content"] == [[5, 20]]
    assert out["codes"] == {"plover": "ASSAULT/aerial", "cameo": None, "acled": None, "quad": None}
    assert (out["recipient"], out["object"], out["place"]) == ([], None, None)


def test_a_figure_claim_keeps_its_clause_and_its_own_words_apart():
    figure = Figure(measure="killed", low=24.0, best=None, high=None, bound="dozens", text="dozens", span=Span(0, 6))
    since = Time(text="since 2011", span=Span(20, 30), start="2011-01-01")
    claim = FigureClaim(report_id="r1", text="dozens were killed", span=Span(0, 18), figure=figure, since=since)
    out = claim_to_json(claim)
    assert (out["text"], out["span"]) == ("dozens were killed", [0, 18])
    assert (out["low"], out["bound"], out["figure"]) == (24, "dozens", {"text": "dozens", "span": [0, 6]})
    assert claim_from_json(out) == claim


def test_spans_and_field_of_a_slot_are_written_only_where_they_say_something():
    assert "spans" not in slot_to_json(Slot(text="a", span=Span(0, 1)))
    split = Slot(text="a … b", span=Span(0, 9), spans=(Span(0, 1), Span(8, 9)), field="title")
    out = slot_to_json(split)
    assert (out["spans"], out["span"], out["field"]) == ([[0, 1], [8, 9]], [0, 9], "title")


def test_whole_counts_have_no_decimal_point():
    assert json.dumps([number(24.0), number(2.5), number(None)]) == "[24, 2.5, null]"


def test_a_kind_that_is_not_known_is_named():
    with pytest.raises(ValueError, match="rumour"):
        claim_from_json({**claim_to_json(example()), "kind": "rumour"})


@slow
@given(codings())
def test_a_report_without_its_text_says_all_the_rest(coding):
    out = report_to_json(coding.report, with_text=False)
    assert "text" not in out
    assert report_from_json(out | {"text": coding.report.text}) == coding.report
