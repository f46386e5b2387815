"""What stands among a source's words without being told on its word."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)


def told(text: str, event_type: str) -> EventClaim:
    """The first claim of a type."""
    found = [c for c in onrecord.code(text, config=CONFIG).claims if isinstance(c, EventClaim)]
    fits = [c for c in found if c.event_type == event_type]
    assert fits, [(c.event_type, c.trigger.text) for c in found]
    return fits[0]


def sources(claim: EventClaim) -> list[str]:
    """Words of the sources behind a claim, outermost first."""
    return [link.source.text or "" for link in claim.chain if link.role == "source" and link.source is not None]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("The Kenyan government condemned the army's attack on the village.", "ASSAULT"),
        ("The minister vowed to punish the soldiers who had killed three protesters in Lima.", "ASSAULT"),
        ("The Peruvian president condemned what he called lies by the opposition.", "ACCUSE"),
        ("The minister said the talks were useful and warned Sudan of sanctions.", "THREATEN"),
        ("While a judge found the decree unlawful, it was rejected by the senate of Chile.", "REJECT"),
        ("The Peruvian president rebutted the senate's criticism.", "ACCUSE"),
        ("World leaders expressed outrage over the Sudanese army's shelling.", "ACCUSE"),
        ("A judge sentenced the soldier who shot two protesters in Lagos to ten years in prison.", "ASSAULT"),
        ("The Kenyan government is considering Sudan's request for weapons.", "REQUEST"),
        ("The minister invoked the army's attack on the village as a reason to stay.", "ASSAULT"),
        ("Kenya's president reacted to the army's attack on Goma with anger.", "ASSAULT"),
        ("The president did not mention the rebels' attack on Goma.", "ASSAULT"),
        ("The United States has not accused Sudan of being behind the attack on the embassy.", "ASSAULT"),
        ("Investigators are working to determine why the army attacked the village.", "ASSAULT"),
        ("Two soldiers were found shot dead near Lima on Sunday.", "ASSAULT"),
        ("The union wrote an open letter to the senate condemning the army's raid.", "ACCUSE"),
        ("The Kenyan ministry insisted that it may see Ana Lira, who was arrested in Kampala in May.", "COERCE"),
        ("All signs pointed to the army attacking Goma within days.", "ASSAULT"),
        ("The mayor denied any politics behind the arrest of two teachers in Lima.", "COERCE"),
        ("The minister denied that the killing of the two priests was deliberate.", "ASSAULT"),
        ("The president reiterated his criticism of the rebels on Monday.", "ACCUSE"),
        ("Opposition leaders demanded an end to the army's shelling of Goma.", "ASSAULT"),
        ("The man held for the murder of the mayor is believed to have fled to Peru.", "ASSAULT"),
        ("They hoped the search would lead them to the men who shot the mayor of Goma.", "ASSAULT"),
        ("People forget that the army attacked the village in May.", "ASSAULT"),
        ("Many early supporters have since criticized the president of Kenya.", "ACCUSE"),
    ],
)
def test_what_is_judged_or_only_described_is_told_by_the_outlet(text: str, event_type: str) -> None:
    claim = told(text, event_type)
    assert sources(claim) == []
    assert claim.modality.mood == "asserted"


def test_what_a_source_says_stays_on_its_word() -> None:
    claim = told("Rescuers said that the army had attacked the village.", "ASSAULT")
    assert sources(claim) == ["Rescuers"]
    claim = told("The Kenyan army reported an attack by rebels on the barracks in Goma.", "ASSAULT")
    assert sources(claim) == ["The Kenyan army"]
    claim = told("The party said in a weekend statement on its web site that the governor had resigned.", "RETREAT")
    assert sources(claim) == ["The party"]
    claim = told("Residents denied that rebels had attacked the village.", "ASSAULT")
    assert sources(claim) == ["Residents"]
    claim = told("The police chief said the army's attack on the village was deliberate.", "ASSAULT")
    assert sources(claim) == ["The police chief"]
    claim = told("Police were found to have killed two protesters in Lima.", "ASSAULT")
    assert [link.role for link in claim.chain] == ["outlet", "source"]


def test_who_only_describes_a_source_is_none() -> None:
    claim = told(
        "Kenya, Uganda's oldest ally and its only outlet to the sea, said that rebels killed two men.", "ASSAULT"
    )
    assert len(sources(claim)) == 1
    assert sources(claim)[0].startswith("Kenya")


def test_what_is_promised_stays_a_promise() -> None:
    claim = told("The Turkish president promised to send troops to Libya.", "MOBILIZE")
    assert claim.modality.mood == "promised"
    assert sources(claim) == ["The Turkish president"]
