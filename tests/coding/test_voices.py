"""Whose words passages are by their layout: transcripts, readers' letters, signed quotations."""

from __future__ import annotations

import onrecord
from onrecord.model import EventClaim

CONFIG = onrecord.Config(encoder=False)

TRANSCRIPT = """Senator Maria Lopez spoke with Radio Norte on Sunday about the budget of Peru.

HOST: Why did the president veto the bill?

LOPEZ: The president attacked the unions, and he accused the governor of fraud.

HOST: Will you back the governor?

LOPEZ: I will say more next week.

The police of Lima arrested two protesters outside the station."""

LETTERS = """The tax that nobody wanted.

LETTERS.

The governor of Nevada has attacked the unions of this state for years, and the senate did nothing about it.

Ada Lindqvist.

Reno, Nev.

The mayor criticized the teachers again this week, and not one of our newspapers asked him why.

Tom Okafor."""

QUOTATIONS = """Voters on the president of Peru:

“The president attacked the unions at the beginning of his campaign.” ― Ana Lira

“He has criticized the judges of Lima every week.” ― Luis Bravo"""


def tellers(text: str) -> dict[str, list[str]]:
    """Sources of the claims by trigger."""
    found = onrecord.code(text, config=CONFIG).claims
    return {
        c.trigger.text or "": [link.source.text or "" for link in c.chain if link.source is not None]
        for c in found
        if isinstance(c, EventClaim)
    }


def test_a_turn_of_a_transcript_is_its_speakers() -> None:
    told = tellers(TRANSCRIPT)
    assert told["accused"] == ["LOPEZ"]
    assert told["arrested"] == []


def test_the_speaker_of_a_turn_is_who_is_named_in_full() -> None:
    claims = [c for c in onrecord.code(TRANSCRIPT, config=CONFIG).claims if isinstance(c, EventClaim)]
    links = [link.source for c in claims for link in c.chain if link.source is not None]
    speaker = next(s for s in links if s.text == "LOPEZ")
    assert speaker.basis == "coreference"
    assert speaker.via is not None
    assert "Lopez" in speaker.via.text


def test_a_letter_is_its_writers() -> None:
    told = tellers(LETTERS)
    assert told["attacked"] == ["Ada Lindqvist"]
    assert told["criticized"] == ["Tom Okafor"]


def test_a_quotation_is_whose_name_stands_behind_it() -> None:
    told = tellers(QUOTATIONS)
    assert told["attacked"] == ["Ana Lira"]
    assert told["criticized"] == ["Luis Bravo"]


def test_the_outlet_does_not_commit_to_a_letter() -> None:
    claims = [c for c in onrecord.code(LETTERS, config=CONFIG).claims if isinstance(c, EventClaim)]
    assert claims
    assert all(c.outlet_factuality is None for c in claims)


def test_a_name_and_a_colon_once_make_no_transcript() -> None:
    text = "ANALYSIS: what the vote in Peru means\n\nThe police of Lima arrested two protesters on Monday."
    assert tellers(text)["arrested"] == []


RECORDING = """The rebels attacked the barracks of Lima on Sunday. Governor Ana Lira said:

[begin recording] The army has killed our children. [end recording]

The police arrested two soldiers."""

INTERVIEW = """Colonel Luis Bravo spoke on the radio of Peru.

[Reporter] The unions accused the army of fraud.

[Colonel Luis Bravo of the third brigade] The rebels have murdered two of my soldiers.

[words indistinct] The station is in Lima."""

AGENCY = """(Newswire) Rebels attacked the barracks of Lima.

(Lima) Soldiers killed two rebels."""


def test_a_recording_is_told_by_whoever_it_was_announced_for() -> None:
    told = tellers(RECORDING)
    assert told["killed"] == ["Governor Ana Lira"]
    assert told["attacked"] == told["arrested"] == []


def test_turns_of_a_printed_interview_are_their_speakers() -> None:
    told = tellers(INTERVIEW)
    assert told["accused"] == ["Reporter"]
    assert told["murdered"] == ["Colonel Luis Bravo of the third brigade"]


def test_a_recording_that_was_cut_off_is_still_nobodys_but_its_speakers() -> None:
    found = onrecord.code("Rebels killed two judges in Lima. (end recording) Police arrested a rebel.", config=CONFIG)
    roles = {c.trigger.text: [link.role for link in c.chain] for c in found.claims if isinstance(c, EventClaim)}
    assert roles["killed"] == ["outlet", "source"]
    assert roles["arrested"] == ["outlet"]


def test_what_else_stands_in_brackets_is_no_speaker() -> None:
    assert set(map(tuple, tellers(AGENCY).values())) == {()}


def test_a_label_may_end_a_report() -> None:
    text = "The rebels claimed the attack. (begin recording) we did it (end recording) (karim)"
    for end in range(len(text) - 40, len(text) + 1):
        assert onrecord.code(text[:end]).report.text == text[:end]
