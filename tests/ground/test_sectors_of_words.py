"""Sectors by the whole of what is told: whose, of which body, of which field, for or against what."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor, EventClaim

CONFIG = onrecord.Config(encoder=False)


def mention(text: str, words: str) -> Actor:
    found = onrecord.code(text, published="2016-05-18", config=CONFIG).actors
    return next(a for a in found if (a.text or "").endswith(words))


@pytest.mark.parametrize(
    ("text", "words", "sectors"),
    [
        ("United Auto Workers President Ann Moor left the club.", "Moor", ("LAB",)),
        ("AFL-CIO President Ann Moor left the club.", "Moor", ("LAB",)),
        ("The union president criticized the mayor.", "president", ("LAB",)),
        ("The president of the university criticized the mayor.", "university", ("EDU",)),
        ("The president criticized the mayor.", "president", ("GOV",)),
        ("CBS analyst Carl Bern criticized the mayor.", "Bern", ("JRN",)),
        ("State security forces killed 40 protesters.", "forces", ("MIL",)),
        ("The minority leader criticized the judge.", "minority leader", ("LEG",)),
        ("The wife of a pastor criticized the judge.", "pastor", ("CVL",)),
        ("The Ohio Republican criticized the judge.", "Republican", ("PTY",)),
        ("Mark Tell, 64, a retired naval officer, was arrested.", "Mark Tell", ("CVL",)),
        ("A former congressman was arrested.", "congressman", ("ELI",)),
        ("Deputies arrested a man, the sheriff said.", "Deputies", ("COP",)),
        ("Deputies criticized the judge after the vote.", "Deputies", ("LEG",)),
        ("Delegates met the envoy after the caucus.", "Delegates", ("PTY",)),
        ("Delegates met the envoy after the talks.", "Delegates", ("GOV",)),
        ("Speakers at the fair criticized the mayor.", "Speakers", ("UNK",)),
        ("The Speaker criticized the mayor.", "Speaker", ("LEG",)),
        ("Conservative leaders criticized the mayor.", "leaders", ("UNK",)),
        ("Donald Trump's advisers criticized the mayor.", "advisers", ("PTY",)),
        ("Hillary Clinton's officials criticized the mayor.", "officials", ("GOV",)),
        ("Barack Obama's advisers criticized the mayor.", "advisers", ("GOV",)),
    ],
)
def test_sectors_are_of_what_is_told(text: str, words: str, sectors: tuple[str, ...]) -> None:
    assert mention(text, words).sectors == sectors


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Supporters of the bill criticized the mayor on Monday.", ()),
        ("Supporters of the singer criticized the mayor on Monday.", ("CVL",)),
        ("His commanders criticized the mayor on Monday.", ()),
        ("The minority parties criticized the mayor on Monday.", ("PTY",)),
        ("President Jimmy Carter criticized the mayor on Monday.", ("GOV",)),
        ("Former President Jimmy Carter criticized the mayor on Monday.", ("ELI",)),
    ],
)
def test_sectors_of_claims_are_of_what_is_told(text: str, sectors: tuple[str, ...]) -> None:
    claims = onrecord.code(text, published="2016-05-18", config=CONFIG).claims
    events = [c for c in claims if isinstance(c, EventClaim) and c.actor]
    assert events[0].actor[0].sectors == sectors


def test_a_local_leader_of_a_party_is_not_its_leader() -> None:
    assert mention("A local Labour Party leader criticized the mayor.", "leader").actor_id is None
