"""Police of lower-case and other reports: who they are, what dies by them, what they leave undone."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

RULES = onrecord.Config(encoder=False)


def claims(text: str) -> list[EventClaim]:
    return [c for c in onrecord.code(text, config=RULES).claims if isinstance(c, EventClaim)]


def deadly(claim: EventClaim) -> bool:
    return dict(claim.codes).get("measure") == "killed" or any(f.measure == "killed" for f in claim.figures)


@pytest.mark.parametrize(
    "text",
    [
        "inspector d r chauhan of the town visited the scene on monday.",
        "it rained all day. dcp m r saiyed visited the scene on monday.",
        "DSP Rana Imtiaz visited the scene on Monday.",
        "The police commissioner was there. The commissioner visited the scene on Monday.",
        "Inspector Patel was there. Patel visited the scene on Monday.",
    ],
)
def test_ranks_make_officers_of_names_that_nobody_knows(text: str) -> None:
    assert [["COP" in a.sectors for a in c.actor] for c in claims(text) if "visited" in (c.trigger.text or "")] == [
        [True]
    ]


def test_he_is_the_officer_of_a_lower_case_report() -> None:
    text = "police commissioner h k solanki spoke to reporters on monday. he said that two men had been held."
    sources = [a.source for a in onrecord.code(text, config=RULES).attributions]
    assert ("COP",) in [s.sectors for s in sources if s is not None and s.text == "he"]


def test_evidence_of_a_lower_case_report_is_in_its_own_letters() -> None:
    text = "it rained on monday. we saw inspector k l makwana arrest twelve men, he said. srp men fired at them."
    for claim in claims(text):
        for slot in (claim.trigger, *claim.actor, *claim.recipient):
            if slot.span is not None and not slot.spans:
                assert slot.text == text[slot.span.start : slot.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Police firing claimed three lives in the town.",
        "Four people were killed, two of them in police firing.",
        "Six rounds fired by the police left three rioters dead.",
        "A constable opened fire without warning, killing a tea seller.",
        "A hawker was hit by a stray bullet fired by the officers and died on the way to hospital.",
        "The police resorted to firing in which two persons lost their lives.",
        "Two persons died and eleven were wounded as police fired at a mob.",
        "The toll in police firing in the district has gone up to seven.",
        "The deaths of three men were due to police firing.",
        "Police fired at the marchers near the mill. One man died.",
    ],
)
def test_deaths_by_police_are_theirs(text: str) -> None:
    assert any(deadly(c) and any("COP" in a.sectors for a in c.actor) for c in claims(text))


@pytest.mark.parametrize(
    "text",
    [
        "Three soldiers died on Sunday, the ministry said.",
        "Police fired at the men who had killed a priest.",
        "Two persons died in a quarrel and nine were injured in police firing.",
    ],
)
def test_other_deaths_are_not(text: str) -> None:
    assert not any(deadly(c) and any("COP" in a.sectors for a in c.actor) for c in claims(text))


def test_a_death_alone_is_no_event() -> None:
    assert claims("Three soldiers died on Sunday, the ministry said.") == []


@pytest.mark.parametrize(
    "text",
    [
        "There were no policemen at the crossing that day.",
        "No policeman was in sight when the mob came.",
        "The police refused to write down the names of the attackers.",
        "The police reached the spot after the mob had left.",
        "The police played a partisan role.",
        "The police did precious little.",
        "He blamed police negligence for the deaths.",
        "The calls to the police had gone unanswered.",
    ],
)
def test_what_police_leave_undone_is_told(text: str) -> None:
    undone = [c for c in claims(text) if c.event_type == "REJECT" and "assist" in c.modes]
    assert any("COP" in a.sectors for c in undone for a in c.actor)


def test_shots_after_others_with_arms_were_told_of_are_not_the_police_s() -> None:
    text = "Police guard the road. Rebels came down from the hills on Sunday. Three men were killed in the firing."
    assert not any(deadly(c) and any("COP" in a.sectors for a in c.actor) for c in claims(text))


def test_what_police_find_where_no_order_is_disturbed_is_no_event() -> None:
    text = (
        "Two missing teenagers were found unharmed on Monday. Officers found the two near a railway bridge in Harden. "
        "Their parents had called on Sunday night. The boys told a neighbour that they wanted to camp by the river. "
        "The school said that both would be back on Tuesday. A dispatcher took the call."
    )
    coding = onrecord.code(text, published="2018-08-22")
    assert [c.text for c in coding.claims if c.kind == "event"] == []
