"""Offices where the day of a report is not known, or told by its address alone."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import Actor

CONFIG = onrecord.Config(encoder=False)


def mention(text: str, words: str, url: str | None = None, published: str | None = None) -> Actor:
    found = onrecord.code(text, url=url, published=published, config=CONFIG).actors
    return next(a for a in found if (a.text or "").endswith(words))


@pytest.mark.parametrize(
    ("text", "words", "sectors"),
    [
        ("John Kerry criticized the plan.", "John Kerry", ()),
        ("Secretary of State John Kerry criticized the plan.", "Kerry", ("GOV",)),
        ("Former senator John Kerry criticized the plan.", "Kerry", ("ELI",)),
        ("Barack Obama is a candidate. The mayor praised Barack Obama.", "Barack Obama", ("PTY",)),
        ("Vladimir Putin criticized the plan.", "Vladimir Putin", ("GOV",)),
    ],
)
def test_only_what_is_told_or_never_changed(text: str, words: str, sectors: tuple[str, ...]) -> None:
    assert mention(text, words).sectors == sectors


def test_an_office_is_that_of_nobody_whom_the_report_does_not_name() -> None:
    found = mention("The president of Mexico rejected the plan.", "Mexico")
    assert (found.actor_id, found.sectors) == (None, ("GOV",))
    assert mention("The president of Mexico rejected the plan.", "Mexico", published="2015-05-01").actor_id is not None


@pytest.mark.parametrize(
    ("url", "sectors"),
    [
        ("https://news.example/2015/03/02/plan.html", ("GOV",)),
        ("https://news.example/a/20080302-plan", ("LEG",)),
        ("https://news.example/2015/33/02/plan.html", ()),
        ("https://news.example/plan-12015-03-02", ()),
    ],
)
def test_an_address_tells_the_day_of_offices(url: str, sectors: tuple[str, ...]) -> None:
    assert mention("John Kerry criticized the plan.", "John Kerry", url=url).sectors == sectors


def test_a_day_in_the_address_is_not_the_day_of_publication() -> None:
    times = onrecord.code("He left on Wednesday.", url="https://news.example/2015/03/02/plan", config=CONFIG).times
    assert all(t.start is None for t in times)
