"""The same words in several outlets, one speaker over time, the sentence around."""

from __future__ import annotations

from typing import Any

from onrecord.case.quotes import cut, over_time, same_quotes, sentence_around

LONG = "“We will not hand over our weapons, not today and not tomorrow,” … “Nobody asked us.”"


def row(
    number: int, outlet: str | None, text: str, speaker: str | None = "Imad Darwish", **more: Any
) -> dict[str, Any]:
    return {
        "quote_id": f"q{number}.run1.0",
        "report_id": f"r{number}",
        "outlet": outlet,
        "published": f"2018-08-{number:02}",
        "title": None,
        "url": None,
        "speaker": speaker,
        "speaker_id": None,
        "cue": "said",
        "cue_class": "says",
        "form": "direct",
        "text": text,
        "spans": [[0, len(text)]],
        **more,
    }


def pieces(longest: str, version: str) -> list[tuple[str, str]]:
    return [(str(op), str(words)) for op, _, _, words in cut(longest, version)]


def test_a_quote_of_three_outlets_is_one_with_the_longest_version_first() -> None:
    short = "“We will not hand over our weapons,”"
    changed = "that they would not hand over their weapons, not today and not tomorrow"
    rows = [row(1, "Post", short), row(2, "Wire", LONG), row(3, "Courier", changed, form="indirect")]
    (found,) = same_quotes([*rows, row(4, "Ledger", "“The bridge at Harma was closed by the flood in May.”")])
    assert (found["quote_id"], found["outlets"], found["speaker"]) == ("q2.run1.0", 3, "Imad Darwish")
    assert [v["outlet"] for v in found["versions"]] == ["Wire", "Post", "Courier"]
    assert found["versions"][1]["attributions"] == ["q1.run1.0"]
    dropped = [words for op, _, _, words in found["versions"][1]["cut"] if op == "dropped"]
    assert dropped == ["not today and not tomorrow,” … “Nobody asked us"]


def test_what_an_outlet_dropped_changed_and_added_is_marked_over_the_longest() -> None:
    longest, version = "We will not hand over our weapons today", "We shall not hand over our weapons ever today"
    assert pieces(longest, version) == [
        ("kept", "We"),
        ("changed", "shall"),
        ("kept", "not hand over our weapons"),
        ("added", "ever"),
        ("kept", "today"),
    ]
    for op, start, end, words in cut(longest, version):
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert op in ("changed", "added") or longest[start:end] == words
        assert op != "added" or start == end


def test_two_copies_in_one_outlet_are_not_two_outlets_but_may_be_asked_for() -> None:
    rows = [row(1, "Wire", LONG), row(2, "Wire", LONG)]
    assert same_quotes(rows) == []
    (found,) = same_quotes(rows, least_outlets=1)
    assert len(found["versions"]) == 2


def test_a_few_words_in_common_from_two_speakers_are_not_one_quote() -> None:
    one = row(1, "Wire", "“We call for an immediate cease-fire now.”", speaker_id="per.one")
    other = row(2, "Post", "“We call for an immediate cease-fire here.”", speaker_id="per.two")
    assert same_quotes([one, other]) == []
    assert len(same_quotes([one, {**other, "speaker_id": None}])) == 1


def test_one_report_that_quotes_in_two_goes_has_one_version() -> None:
    first = row(2, "Post", "“We will not hand over our weapons,”", spans=[[5, 40]])
    second = row(2, "Post", "“not today and not tomorrow,” he went on", quote_id="q2.run1.1", spans=[[50, 90]])
    (found,) = same_quotes([row(1, "Wire", LONG), second, first])
    assert found["versions"][1]["attributions"] == ["q2.run1.0", "q2.run1.1"]
    assert found["versions"][1]["spans"] == [[5, 40], [50, 90]]


def test_a_day_counts_its_quotes_and_how_they_were_put() -> None:
    rows = [row(2, "Wire", "b", cue_class="denies"), row(1, "Post", "a"), row(2, "Post", "c"), row(3, None, "d")]
    rows[3]["published"] = None
    days = over_time(rows)
    assert [(d["day"], d["quotes"]) for d in days] == [("2018-08-01", 1), ("2018-08-02", 2), (None, 1)]
    assert days[1]["cues"] == {"denies": 1, "says": 1}
    assert days[1]["outlets"] == ["Post", "Wire"]


def test_the_sentence_around_marks_words_cue_and_source() -> None:
    text = "It was late. The mayor said that the road was open. Nobody left."
    said = {"content": [[28, 50]], "cue": {"span": [23, 27]}, "source": {"span": [13, 22]}, "continued": False}
    around = sentence_around({"attribution": said}, text, [[0, 12], [13, 51], [52, 64]])
    assert around["text"] == "The mayor said that the road was open."
    assert [(name, around["text"][a:b]) for name, a, b in around["marks"]] == [
        ("source", "The mayor"),
        ("cue", "said"),
        ("content", "that the road was open"),
    ]
