from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import TOWNS, claim, figure, place, report

from onrecord.errors import DataError
from onrecord.lexicon.merging import load_merging
from onrecord.lexicon.tables import data_folder
from onrecord.merge.compare import compare, distance
from onrecord.merge.sketch import sketch, stance_of
from onrecord.model import Modality

LEXICON = load_merging()


def pair(first, second, published="2018-09-09"):
    told = report("r1", published)
    return compare(sketch(first, told, LEXICON), sketch(second, told, LEXICON), LEXICON)


def far(claim_id, **more):
    return claim(claim_id, f"of {claim_id}", **more)


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ({}, None),
        ({"day": "2018-09-09"}, None),
        ({"day": "2018-09-10"}, "days"),
        ({"where": "Kafr Hamid"}, None),
        ({"where": "Tell Rihan"}, "places"),
        ({"event_type": "PROTEST"}, "types"),
    ],
)
def test_what_contradicts(more, apart):
    assert pair(far("c1"), far("c2", **more)).apart == apart


@given(st.sampled_from([*TOWNS, None]), st.sampled_from(["2018-09-07", "2018-09-08", None]), st.integers(0, 30))
def test_comparison_does_not_depend_on_which_comes_first(where, day, toll):
    first = far("c1", figures=(figure("killed", 12),))
    second = far("c2", where=where, day=day, figures=(figure("killed", toll),))
    assert pair(first, second) == pair(second, first)


def test_a_day_known_only_from_publication_fits_the_days_before_it():
    vague = far("c1", day=None)
    assert "time_fits" in {r.sign for r in pair(vague, far("c2")).reasons}
    assert pair(vague, far("c2", day="2018-08-20")).apart == "days"


def test_the_reasons_add_up_to_the_score():
    found = pair(far("c1", figures=(figure("killed", 12),)), far("c2", figures=(figure("killed", 30),)))
    total = LEXICON.bias + sum(r.weight for r in found.reasons)
    assert found.score == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-3)
    assert "figures_differ" in {r.sign for r in found.reasons}


def test_distance_in_metres():
    assert distance(place("Dar Qubba"), place("Kafr Hamid")) == pytest.approx(2125, rel=0.02)
    assert distance(place("Dar Qubba"), replace(place("Kafr Hamid"), lat=None)) is None


@pytest.mark.parametrize(
    ("modality", "stance"),
    [
        (Modality(), "asserts"),
        (Modality(polarity="negative", factuality=-3.0), "denies"),
        (Modality(mood="denied", factuality=-3.0), "denies"),
        (Modality(mood="threatened", factuality=0.0), "announces"),
        (Modality(mood="forecast", tense="future", factuality=0.0), "announces"),
        (Modality(certainty="possible", factuality=1.0), "asserts"),
        (Modality(certainty="unknown", factuality=0.0), "announces"),
    ],
)
def test_only_positive_assertions_assert(modality, stance):
    assert stance_of(replace(claim("c1"), modality=modality)) == stance


def test_an_unknown_weight_is_named(tmp_path, monkeypatch):
    text = (data_folder() / "merging.toml").read_text(encoding="utf-8")
    (tmp_path / "merging.toml").write_text(text.replace("trigger_same", "triger_same"), encoding="utf-8")
    monkeypatch.setattr("onrecord.lexicon.merging.data_folder", lambda: tmp_path)
    with pytest.raises(DataError, match="trigger_same"):
        load_merging.__wrapped__()
