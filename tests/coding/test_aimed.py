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


@pytest.mark.parametrize(
    ("text", "trigger", "whom"),
    [
        ("The mayor's remarks led to criticism from the Greek government.", "criticism", ["The mayor"]),
        ("The chief has called the bishop's accusations false and misleading.", "accusations", ["The chief"]),
        ("The senator praised Ann Roe's campaign for the nomination of the Labour Party.", "praised", ["Ann Roe"]),
        ("The bishops welcomed the failure of talks between France and Libya.", "welcomed", []),
        ("A judge has dismissed all claims against the French government.", "dismissed", []),
        ("The bishops condemn the murders of the priest, his cook and her daughter.", "condemn", []),
        ("The unions are demanding the purge of officers.", "demanding", []),
    ],
)
def test_whose_it_is_goes_before_what_it_is_about(text: str, trigger: str, whom: list[str]) -> None:
    assert recipients(text, trigger) == whom


@pytest.mark.parametrize(
    ("text", "trigger", "words", "who"),
    [
        ("The mayor proposed a new tax. The senator rejected the proposal.", "rejected", "the proposal", "The mayor"),
        (
            "When the host said that the governor refers to it as a gift, the senator criticized the reference.",
            "criticized",
            "the reference",
            "the governor",
        ),
        (
            '"The world has changed," Governor Lea Dorn said. This view was criticized by senators.',
            "criticized",
            "This view",
            "Governor Lea Dorn",
        ),
        (
            "The council voted to close the school on Monday. The move was criticized by the teachers' union.",
            "criticized",
            "The move",
            "The council",
        ),
    ],
)
def test_what_was_just_told_is_whose_it_was(text: str, trigger: str, words: str, who: str) -> None:
    coding = onrecord.code(text, config=CONFIG)
    found = [c for c in (*coding.claims, *coding.rejected) if isinstance(c, EventClaim)]
    aimed = next(c for c in found if trigger in (c.trigger.text or "")).recipient
    assert [(a.text, a.via.text if a.via is not None else None) for a in aimed] == [(words, who)]


def test_who_asks_at_a_meeting_of_the_council_asks_the_council() -> None:
    assert recipients("Senator Dan Cole spoke at the city council meeting to demand a new park.", "demand") == [
        "city council"
    ]


def test_a_charge_is_no_part_of_who_is_accused() -> None:
    text = "The governor accused Ann Roe's followers of sexism and her campaign of fraud."
    assert recipients(text, "accused")[0] == "Ann Roe's followers"
    assert recipients("The governor condemned the bishop of Lyon.", "condemned") == ["the bishop of Lyon"]
