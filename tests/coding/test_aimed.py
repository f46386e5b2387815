"""At whom an act of words is aimed: who receives, answers or raises it, who is to do or has done what it is about."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def recipients(text: str, trigger: str) -> list[str]:
    """Words of the recipients at a trigger, of a claim or of a candidate that is weighed and left out."""
    coding = onrecord.code(text, config=CONFIG)
    found = [c for c in (*coding.claims, *coding.rejected) if isinstance(c, EventClaim)]
    fits = [c for c in found if trigger in (c.trigger.text or "")]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return [a.text or "" for a in fits[0].recipient]


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        (
            "The Kenyan minister resigned after enduring a week of criticism from the bishops.",
            "criticism",
            "The Kenyan minister",
        ),
        (
            "The senator picked up the endorsement of Governor Lea Dorn last week.",
            "endorsement",
            "The senator",
        ),
        ("The mayor has come in for criticism from the Greek government.", "criticism", "The mayor"),
        ("Amid criticism from the bishops, the minister defended the law.", "criticism", "the minister"),
        ("The governor has the backing of the teachers' union.", "backing", "The governor"),
        ("The mayor accepted the apology of the police chief.", "apology", "The mayor"),
        ("The French government is considering Belgium's request for more police.", "request", "The French government"),
        ("The bishop gave the mayor his congratulations.", "congratulations", "the mayor"),
        ("The minister's remarks sparked criticism from the Greek government.", "criticism", "The minister"),
    ],
)
def test_it_is_aimed_at_who_receives_or_answers_it(text: str, trigger: str, whom: str) -> None:
    assert recipients(text, trigger) == [whom]


def test_a_court_that_deals_with_criticism_is_not_criticised() -> None:
    assert "The court" not in recipients("The court weighed criticism by the Greek bishops.", "criticism")


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        (
            "The bishops repeated accusations that the president was paying a foreign government.",
            "accusations",
            ["the president"],
        ),
        ("The senator's accusations that a judge was biased shook the court.", "accusations", ["a judge"]),
        ("The prosecutor is investigating whether the minister took bribes.", "investigating", ["the minister"]),
        ("The governor asked for people to send money.", "asked", ["people"]),
        ("The bishops called for the army to free the hostages.", "called", ["the army"]),
    ],
)
def test_it_is_aimed_at_who_does_what_it_is_about(text: str, trigger: str, whom: list[str]) -> None:
    assert recipients(text, trigger) == whom


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("The minister called for the release of the hostages.", "called", []),
        ("The minister called for the formation of a new army.", "called", []),
        ("The minister called for banning rebels from the town.", "called", []),
        ("The bishops condemned the army's treatment of refugees.", "condemned", ["the army"]),
        ("The prosecutor is investigating the death of a man shot by officers.", "investigating", ["officers"]),
        ("The bishops condemned the remarks that the minister made.", "condemned", ["the minister"]),
        (
            "The Greek mayor faulted the view expressed by the army chief that it was lost.",
            "faulted",
            ["the army chief"],
        ),
        ("The minister blamed the collapse of two bridges on rebels.", "blamed", ["rebels"]),
    ],
)
def test_whom_a_deed_is_done_to_is_neither_asked_nor_blamed(text: str, trigger: str, whom: list[str]) -> None:
    assert recipients(text, trigger) == whom


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("Two men appeared in court charged with theft.", "charged", ["Two men"]),
        ("The foreigners were remanded to the courts, charged with sabotage.", "charged", ["The foreigners"]),
        (
            "The chancellor promised the people of Kenya the full support of Greece.",
            "promised",
            ["the people of Kenya"],
        ),
        ("The minister criticised the Lakeside Report for its lies.", "criticised", ["the Lakeside Report"]),
        ("In a letter to the prime minister, the bishops called for a truce.", "called", ["the prime minister"]),
        (
            "The union of journalists wrote a letter to parliament calling for an inquiry.",
            "calling",
            ["parliament"],
        ),
    ],
)
def test_who_is_charged_promised_and_written_to(text: str, trigger: str, whom: list[str]) -> None:
    assert recipients(text, trigger) == whom


def test_a_campaign_acts_for_who_runs_it() -> None:
    text = "A radio campaign by the Greek farmers' union criticised the mayor of Athens."
    found = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    assert [[a.text for a in c.actor] for c in found if c.event_type == "ACCUSE"] == [["the Greek farmers' union"]]
