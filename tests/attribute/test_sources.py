"""Who a source is, where the phrase that names it holds the name of somebody else."""

from __future__ import annotations

import pytest

from onrecord.attribute import attribute
from onrecord.attribute.biographies import biography
from onrecord.lexicon.cues import load_cues
from onrecord.model import Actor, Layers, Span
from onrecord.parse.syntax import SpacyParser
from onrecord.read import Defaults, make_report

NAME = "Karim Saleh"


def _source(text: str) -> Actor:
    report = make_report({"text": text}, origin="test", defaults=Defaults())
    start = text.index(NAME)
    known = Actor(
        text=NAME,
        span=Span(start, start + len(NAME)),
        basis="named",
        actor_id="per.karim-saleh",
        name=NAME,
        country="SYR",
    )
    layers = attribute(Layers(report=report, parse=SpacyParser().parse(text), actors=(known,)), load_cues())
    source = layers.attributions[0].source
    assert source is not None
    return source


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for Karim Saleh said on Monday that the road was closed.",
        "A teacher who supports Karim Saleh said on Monday that the road was closed.",
    ],
)
def test_somebody_described_by_a_person_is_not_that_person(text: str) -> None:
    assert _source(text).actor_id is None


def test_a_title_before_the_name_keeps_the_person() -> None:
    assert _source("The cleric Karim Saleh said on Monday that the road was closed.").actor_id == "per.karim-saleh"


def test_biographies_tell_past_from_present_offices() -> None:
    before, after = biography("per.barack-obama", "2008-06-01"), biography("per.barack-obama", "2010-06-01")
    assert "lawmaker" in before.offices
    assert "president" not in before.offices
    assert "president" in after.offices
    assert "lawmaker" in after.past_offices
    assert not biography("com.exxon", "2010-06-01").words
