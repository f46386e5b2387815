"""The page on profiles says what the tables say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from onrecord.errors import ConfigError, DataError
from onrecord.lexicon import profile_codes
from onrecord.lexicon.ontology import load_ontology
from onrecord.lexicon.profile_codes import load_codes
from onrecord.lexicon.profiles import find_profile, left_out_words, load_layout, load_profiles

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_up_to_date():
    script = runpy.run_path(str(ROOT / "scripts" / "profile_docs.py"))
    page = (ROOT / "docs" / "reference" / "profiles.md").read_text(encoding="utf-8")
    assert page == script["page"](), "run python scripts/profile_docs.py"
    for profile in load_profiles().values():
        assert f"## {profile.name}\n" in page
    assert all(f"| `{reason}` |" in page for reason in left_out_words())


def test_other_names_of_a_profile_find_it():
    assert find_profile("ucdp-ged").name == "ucdp"
    assert find_profile("geopackage").name == "events-gpkg"
    with pytest.raises(ConfigError, match="acled"):
        find_profile("nothing")


def test_every_column_says_where_it_comes_from_and_what_stands_for_nothing():
    for profile in load_profiles().values():
        for column in load_layout(profile.layout).columns if profile.layout else ():
            assert column.means, (profile.name, column.name)
            assert column.missing, (profile.name, column.name)


def test_every_pair_of_the_crosswalk_is_acleds():
    pairs = {(r.acled_type, r.acled_sub_type) for r in load_ontology().acled_rows if r.acled_type}
    assert pairs <= set(load_codes().acled_disorders)
    for row in load_ontology().cameo_rows:
        assert load_codes().goldstein_of(row.code) is not None, row.code


def test_a_wrong_code_is_named_with_file_and_line(tmp_path):
    (tmp_path / "goldstein.csv").write_text("cameo,goldstein,origin\n19,much,mine\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"goldstein\.csv:2"):
        load_codes(tmp_path)


def test_words_that_count_the_dead_say_on_which_side_they_were():
    codes = profile_codes.load_codes()
    assert codes.side_of_dead("12 young civilians") == "civilians"
    assert codes.side_of_dead("two aid workers") == "civilians"
    assert codes.side_of_dead("three policemen") == "state"
    assert codes.side_of_dead("20 people") is None
    assert codes.side_of_dead(None) is None
