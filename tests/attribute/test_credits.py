"""Datelines, agency signs and bylines."""

from __future__ import annotations

import pytest

from onrecord.attribute.credits import find_credits


@pytest.mark.parametrize(
    ("text", "place", "agency", "day"),
    [
        ("BEIRUT: The envoy left.", "BEIRUT", None, None),
        ("BEIRUT — The envoy left.", "BEIRUT", None, None),
        ("BEIRUT (AP) — The envoy left.", "BEIRUT", "Associated Press", None),
        ("ALEPPO, Syria (Reuters) - The envoy left.", "ALEPPO, Syria", "Reuters", None),
        ("DAMASCUS, Aug 22 (Xinhua) -- The envoy left.", "DAMASCUS", "Xinhua", "Aug 22"),
        ("BAGHDAD/ERBIL, Iraq, Aug 3 (Reuters) - The envoy left.", "BAGHDAD/ERBIL, Iraq", "Reuters", "Aug 3"),
        ("Paris, 3 June — The envoy left.", "Paris", None, "3 June"),
        ("NAIROBI, Kenya (AP) _ The envoy left.", "NAIROBI, Kenya", "Associated Press", None),
        ("lima, 12 jan 90 (efe) -- [text] the envoy left.", "lima", "Agencia EFE", "12 jan 90"),
        (
            "Envoy leaves the capital\n\nBEIRUT (AFP) — The envoy left.",
            "BEIRUT",
            "Agence France-Presse",
            None,
        ),
        (
            "Envoy leaves capital. COLUMBUS, Ohio (AP) — The envoy left.",
            "COLUMBUS, Ohio",
            "Associated Press",
            None,
        ),
    ],
)
def test_a_dateline_gives_place_agency_and_day(text: str, place: str, agency: str | None, day: str | None) -> None:
    found = find_credits(text)
    line = next(c for c in found if c.kind == "dateline")
    assert line.place is not None
    assert line.place.of(text) == place
    assert (line.day.of(text) if line.day else None) == day
    assert next((c.name for c in found if c.kind == "agency"), None) == agency
    assert text[line.span.end :].lower().startswith("the envoy left")


@pytest.mark.parametrize(
    "text",
    [
        "Minister: no talks",
        "BREAKING: The envoy left.",
        "HTS: we will fight",
        "COOPER: Who left?\nDARWISH: The envoy.",
        "The army (SAA) said the envoy left.",
        "Karim Saleh (left) — the man who stayed.",
    ],
)
def test_labels_and_brackets_are_no_datelines(text: str) -> None:
    assert [c for c in find_credits(text) if c.kind == "dateline"] == []


def test_a_sign_alone_is_an_agency() -> None:
    text = "(AP) -- The envoy left."
    assert [(c.kind, c.name, c.text) for c in find_credits(text)] == [("agency", "Associated Press", "(AP) -- ")]


def test_bylines_and_closing_credits() -> None:
    text = "By Nadia Aziz and Karim Saleh, Reuters\n\nThe envoy left.\n\nAFP contributed to this report."
    found = [(c.kind, c.name) for c in find_credits(text)]
    assert found == [
        ("byline", "Nadia Aziz and Karim Saleh"),
        ("agency", "Reuters"),
        ("agency", "Agence France-Presse"),
    ]


def test_reporting_by_is_a_byline() -> None:
    text = "The envoy left.\n\n(Reporting by Nadia Aziz; Editing by Karim Saleh)"
    assert [(c.kind, c.name) for c in find_credits(text)] == [("byline", "Nadia Aziz")]


def test_a_text_without_credits_has_none() -> None:
    assert find_credits("The envoy left on Monday.") == ()
    assert find_credits("") == ()
