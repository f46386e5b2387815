"""What a headline tells that the text does not."""

from __future__ import annotations

import onrecord
from onrecord.coding.titles import plain_case
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)
BODY = "The town of Qardo was quiet on Tuesday, residents said. Shops stayed shut for most of the day."


def _titled(title: str, body: str = BODY) -> list[EventClaim]:
    claims = onrecord.code(body, title=title, published="2020-03-04", config=CONFIG).claims
    return [c for c in claims if isinstance(c, EventClaim) and c.field == "title"]


def test_an_event_told_in_the_title_alone_is_coded_with_spans_into_it():
    title = "Somali police arrest two opposition leaders in Qardo"
    (claim,) = _titled(title)
    assert (claim.event_type, claim.modes) == ("COERCE", ("arrest",))
    for slot in (claim.trigger, *claim.actor, *claim.recipient):
        assert slot.field == "title"
        assert slot.span is not None
        assert slot.span.of(title) == slot.text


def test_what_the_text_tells_as_well_is_coded_once():
    body = "Somali police arrested two opposition leaders in Qardo on Tuesday."
    assert _titled("Somali police arrest two opposition leaders", body) == []


def test_capitals_of_headlines_are_no_names():
    title = "Somali Police Arrest Two Opposition Leaders In Qardo"
    body = "Qardo was quiet after police arrested two of the opposition leaders in town."
    assert plain_case(title, body) == "Somali police arrest two opposition leaders in Qardo"
    assert plain_case("Somali police arrest two men", body) == "Somali police arrest two men"
    assert plain_case("Somali Police Meet Ethiopian Envoy", body) == "Somali police Meet Ethiopian Envoy"
