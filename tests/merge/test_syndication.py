from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from copies import make_copies

from onrecord.merge.syndication import find_voices
from onrecord.model import Report


def pairs_of(groups) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_copies_of_our_texts_are_found_and_nothing_else(seed):
    made = make_copies(seed)
    found = pairs_of(v.report_ids for v in find_voices(made.reports))
    groups: dict[str, list[str]] = {}
    for report_id, original in made.original.items():
        groups.setdefault(original, []).append(report_id)
    true = pairs_of(groups.values())
    assert len(found & true) >= 0.98 * len(true)
    assert len(found & true) >= 0.98 * len(found)


def test_the_origin_is_the_earliest_and_kinds_tell_copies_from_cuts_and_versions():
    made = make_copies(4)
    expected = {"copy": "copy", "headline": "copy", "cut": "cut", "added": "cut", "version": "version"}
    for voice in find_voices(made.reports):
        assert made.kind[voice.origin] == "original"
        for report_id, kind in voice.members:
            assert (report_id, kind) == (report_id, expected[made.kind[report_id]])


def test_neither_order_nor_the_rest_of_the_case_changes_a_voice():
    reports = list(make_copies(5).reports)
    whole = find_voices(reports)
    random.Random(0).shuffle(reports)
    assert find_voices(reports) == whole
    part = whole[0].report_ids + whole[1].report_ids
    assert find_voices([r for r in reports if r.report_id in part]) == whole[:2]


def test_a_correction_is_a_version_of_the_report_that_it_names_even_if_rewritten():
    old = Report(report_id="a", text="Fifteen people died, doctors said.", supplied_id="x1", published="2018-09-08")
    new = Report(report_id="b", text="The clinic now counts fourteen.", replaces="x1", published="2018-09-09")
    (voice,) = find_voices([new, old])
    assert (voice.origin, voice.members) == ("a", (("b", "version"),))


def test_texts_that_credit_one_agency_are_one_voice_with_less_in_common():
    words = [f"word{n}" for n in range(90)]
    first = Report(report_id="a", text=" ".join(words), published="2018-09-08")
    second = Report(report_id="b", text=" ".join(words[:30] + [f"other{n}" for n in range(60)]), published="2018-09-08")
    assert len(find_voices([first, second])) == 2
    (voice,) = find_voices([first, second], {"a": "Levant Wire", "b": "Levant Wire"})
    assert voice.agency == "Levant Wire"


def test_a_report_without_time_of_publication_is_no_origin_of_one_with():
    made = make_copies(6)
    undated = [replace(r, published=None) if made.kind[r.report_id] == "original" else r for r in made.reports]
    for voice in find_voices(undated):
        if voice.members:
            assert made.kind[voice.origin] != "original"
