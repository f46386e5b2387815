"""Words of acts that tell of no deed, or of a deed of another kind."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def told(text: str) -> list[tuple[str, str]]:
    """Type and trigger words of each event that a text tells of."""
    found = onrecord.code(text, config=CONFIG).claims
    return [(c.event_type, c.trigger.text or "") for c in found if isinstance(c, EventClaim)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The senator declined to criticize the president of Chad on Tuesday.", "declined"),
        ("The president of Chad rejected the label on Monday.", "rejected"),
        ("The president of Chad conceded that the state of the roads is regrettable.", "conceded"),
        ("The president of Chad defended the process on Monday.", "defended"),
        ("Groups supporting gay rights spent a million in Chad.", "supporting"),
        ("Polls show that most senators favor the president of Chad.", "favor"),
        ("The senators of Chad vowed to carry their campaigns onward.", "vowed"),
        ("The governor has the right to appoint and dismiss ministers of Chad.", "dismiss"),
        ("The police of Chad have a warrant for the arrest of the minister.", "arrest"),
        ("Rebels staged the killing to discredit the government of Chad.", "discredit"),
        ('"I do not blame the police of Chad," said the governor.', "blame"),
        ("The governor praised the commission charged with overseeing the vote in Chad.", "charged"),
        ("The minister of Chad defaulted on his loan in 1990.", "defaulted"),
        ("Violence that has lasted ten years and killed 70,000 people in Chad must end.", "killed"),
        ("Women attend a protest held by the party calling for the release of prisoners in Chad.", "calling"),
        ("The school board of Chad slashed $7 million.", "slashed"),
        ('"I will not let you down," said the president of Chad.', "let"),
        ("The governor called the senator “the next Ada Ren”.", "called"),
    ],
)
def test_no_happening_is_told(text: str, word: str) -> None:
    assert word not in {w for _, trigger in told(text) for w in trigger.split()}


@pytest.mark.parametrize(
    ("text", "event_type", "word"),
    [
        ("The president of Chad rejected the offer of Sudan on Monday.", "REJECT", "rejected"),
        ("The senator conceded defeat to the president of Chad.", "CONCEDE", "conceded"),
        ("The president of Chad defended the general on Monday.", "SUPPORT", "defended"),
        ("The army of Chad arrested the minister.", "COERCE", "arrested"),
        ("The president of Chad pledged to ban all foreigners.", "THREATEN", "pledged"),
        ("The governor dropped out of the race in Chad.", "RETREAT", "dropped"),
        ("The senator punched an official in the face in Chad.", "ASSAULT", "punched"),
        ("The president of Chad smeared the senator.", "ACCUSE", "smeared"),
        ("A senator of Chad sexually harassed three journalists.", "ASSAULT", "harassed"),
        ("The army of Chad began an offensive against the drug cartels.", "COERCE", "offensive"),
        ("The president of Chad boycotted the debate.", "REJECT", "boycotted"),
        ("The president of Chad invited Sudan to find the missing letters.", "REQUEST", "invited"),
    ],
)
def test_what_kind_of_deed_is_told(text: str, event_type: str, word: str) -> None:

    assert event_type in {kind for kind, trigger in told(text) if word in trigger.split()}, told(text)
