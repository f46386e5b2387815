"""Who stands behind a claim."""

from __future__ import annotations

from collections.abc import Callable

from layered import attribution

import onrecord
from onrecord.model import Credit, EventClaim, Span

Coder = Callable[..., list[EventClaim]]


def test_what_the_report_asserts_has_only_the_outlet(coded: Coder) -> None:
    claims = coded("Gunmen attacked a bus.", actors={"Gunmen": "- UAF", "a bus": "- CVL"})
    assert [[link.role for link in c.chain] for c in claims] == [["outlet"]]
    assert claims[0].chain[0].name == "The Paper"


def test_nested_sources_come_outermost_first(coded: Coder) -> None:
    text = "The ministry said that witnesses told police that gunmen had attacked a bus."
    claims = coded(
        text,
        actors={"The ministry": "XAA GOV", "witnesses": "- CVL", "gunmen": "- UAF"},
        attributions=(
            attribution(text, "The ministry", "said", "witnesses told police that gunmen had attacked a bus"),
            attribution(text, "witnesses", "told", "gunmen had attacked a bus", parent=0),
        ),
    )
    claim = next(c for c in claims if c.event_type == "ASSAULT")
    assert [link.source.text for link in claim.chain if link.source is not None] == [
        "The ministry",
        "witnesses",
    ]


def test_agency_stands_between_outlet_and_sources(coded: Coder) -> None:
    text = "(NewsWire) Gunmen attacked a bus."
    credit = Credit(kind="agency", text="(NewsWire)", span=Span(0, 10), name="NewsWire")
    claims = coded(text, actors={"Gunmen": "- UAF", "a bus": "- CVL"}, credits=(credit,))
    assert [(link.role, link.name) for link in claims[0].chain] == [
        ("outlet", "The Paper"),
        ("agency", "NewsWire"),
    ]


def test_a_speech_act_is_told_by_the_outlet(coded: Coder) -> None:
    text = "Arda accused Belor of bombing the port."
    claims = coded(
        text,
        actors={"Arda": "XAA", "Belor": "XBB"},
        attributions=(attribution(text, "Arda", "accused", "bombing the port", "accuses"),),
    )
    accusing = next(c for c in claims if c.event_type == "ACCUSE")
    assert [link.role for link in accusing.chain] == ["outlet"]
    assert [a.text for a in accusing.actor] == ["Arda"]
    bombing = next(c for c in claims if c.event_type == "ASSAULT")
    assert [link.role for link in bombing.chain] == ["outlet", "source"]
    assert [(k.claim_id, k.kind) for k in bombing.links] == [(accusing.key, "content_of")]


def test_the_accused_is_no_source() -> None:
    coding = onrecord.code("Woman accused of attacking people with box cutter.")
    attack = next(c for c in coding.claims if isinstance(c, EventClaim) and c.event_type == "ASSAULT")
    assert [(link.role, link.source) for link in attack.chain] == [("outlet", None), ("source", None)]
    coding = onrecord.code("The mayor accused the general of ordering the killing of 12 protesters.")
    told = [c for c in coding.claims if isinstance(c, EventClaim) and c.event_type == "ASSAULT"]
    assert all(link.source is None or link.source.text == "The mayor" for c in told for link in c.chain)
