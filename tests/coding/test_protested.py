"""At whom protests are aimed: those whom the words name, the government only where the words are of public affairs."""

import pytest

import onrecord


def _recipients(text: str) -> list[tuple[str | None, str]]:
    claims = [c for c in onrecord.code(text, published="2018-08-22").claims if c.kind == "event"]
    protest = next(c for c in claims if c.event_type == "PROTEST")
    return [(a.text, " ".join(a.sectors)) for a in protest.recipient]


@pytest.mark.parametrize(
    "text",
    [
        "Thousands marched in Nairobi on Monday.",
        "A photographer was hurt during a protest in Boston.",
        "Police in Boston said a protest broke out near the stadium.",
    ],
)
def test_nobody_is_held_to_be_protested_against_without_a_word_of_it(text: str) -> None:
    assert _recipients(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Thousands marched in Nairobi on Monday over new taxes.",
        "Students demonstrated in Nairobi on Monday to demand democratic reforms.",
        "Farmers in Kenya blocked roads on Monday to protest the import of maize.",
    ],
)
def test_protests_about_public_affairs_are_aimed_at_the_government(text: str) -> None:
    assert _recipients(text) == [(None, "GOV")]


def test_whom_one_protests_is_its_object() -> None:
    assert _recipients("Students in Kenya protested President Ruto's plans.")[0][0] == "President Ruto"


def test_a_protest_at_a_rally_is_against_whose_rally_it_is() -> None:
    text = "Protesting at Trump rallies has become risky, said a student from Ohio."
    assert [words for words, _ in _recipients(text)] == ["Trump"]


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds of students rallied at Nairobi University on Monday.",
        "During the Democratic debate in Ohio she was asked about campus protests.",
        "Nurses protested outside the clinic in Nairobi on Monday, turning visitors away.",
    ],
)
def test_where_it_is_and_who_else_is_there_is_not_protested_against(text: str) -> None:
    assert _recipients(text) == []


def test_whom_protesters_speak_about_is_protested_against() -> None:
    assert _recipients("Thousands marched in Nairobi on Monday to raise concerns about police brutality.") == [
        ("police", "COP")
    ]


def test_whose_things_are_boycotted_is_protested_against() -> None:
    assert _recipients("Students in Kenya boycotted President Ruto's lectures on Monday.")[0][0] == "President Ruto"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            "Since it started in 2011, with the brutal repression of anti-Assad protests, Syria's civil war has killed "
            "more than 350,000 people.",
            "repression",
        ),
        ("Police began a crackdown on anti-Putin demonstrations in Moscow.", "crackdown"),
        ("Police dispersed pro-Morsi protests in Cairo.", "dispersed"),
        ("Troops crushed an anti-Assad uprising in Hama on Monday.", "crushed"),
        ("The party backed anti-Putin protests in Moscow.", "backed"),
    ],
)
def test_what_is_done_to_a_protest_is_done_to_its_people(text: str, word: str) -> None:
    claims = [c for c in onrecord.code(text, published="2018-08-22").claims if c.kind == "event"]
    done = next(c for c in claims if (c.trigger.text or "") == word)
    assert [(a.text, a.sectors, a.basis) for a in done.recipient] == [(None, ("CVL",), "inferred")]


def test_those_whom_a_protest_favours_do_not_protest() -> None:
    claims = onrecord.code("Police dispersed pro-Morsi protests in Cairo.", published="2018-08-22").claims
    protest = next(c for c in claims if c.kind == "event" and c.event_type == "PROTEST")
    assert [(a.text, a.sectors) for a in protest.actor] == [(None, ("CVL",))]
