"""The gazetteer finds places under the names that news gives them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.ground.gazetteer import Gazetteer, kilometres, town_radius_m


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def codes(gazetteer: Gazetteer, name: str, country: str) -> set[str]:
    return {m.entry.code for m in gazetteer.lookup(name) if m.entry.country == country}


def test_a_province_and_its_town_are_two_places(gazetteer: Gazetteer) -> None:
    assert {"ADM1", "PPL"} <= codes(gazetteer, "Idlib", "SYR")


@pytest.mark.parametrize(
    ("spelling", "country", "lat", "lon"),
    [
        ("Maarat al-Numan", "SYR", 35.65, 36.67),
        ("Jisr al-Shughour", "SYR", 35.81, 36.32),
        ("Khan Sheikhoun", "SYR", 35.44, 36.65),
        ("Deir al-Zour", "SYR", 35.34, 40.14),
        ("al-Bab", "SYR", 36.37, 37.52),
        ("Atmeh", "SYR", 36.30, 36.69),
        ("Hodeidah", "YEM", 14.80, 42.95),
        ("Kharkov", "UKR", 49.98, 36.25),
        ("Robotyne", "UKR", 47.45, 35.84),
        ("Labbezanga", "MLI", 14.96, 0.70),
        ("Şanlıurfa", "TUR", 37.16, 38.79),
        ("Rangoon", "MMR", 16.8, 96.15),
    ],
)
def test_places_of_conflicts_are_found_in_the_spelling_of_news(
    gazetteer: Gazetteer, spelling: str, country: str, lat: float, lon: float
) -> None:
    found = [m.entry for m in gazetteer.lookup(spelling) if m.entry.country == country]
    assert found, spelling
    assert min(kilometres(lat, lon, e.lat, e.lon) for e in found) < 15


def test_states_are_found_by_their_abbreviations(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Ga.")[0].entry.name == "Georgia"
    assert gazetteer.lookup("Ga.")[0].entry.country == "USA"
    assert gazetteer.lookup("U.S.")[0].entry.code == "PCLI"
    assert gazetteer.lookup("D.C.")[0].entry.admin1 == "District of Columbia"


def test_counties_and_their_states_are_there(gazetteer: Gazetteer) -> None:
    (parish,) = [m.entry for m in gazetteer.lookup("Rapides Parish")]
    assert (parish.code, parish.admin1) == ("ADM2", "Louisiana")
    assert kilometres(parish.lat, parish.lon, 31.2, -92.5) < 20


def test_regions_across_borders_have_no_one_country(gazetteer: Gazetteer) -> None:
    sahel = gazetteer.by_id("region:sahel")
    assert sahel is not None
    assert sahel.country is None
    assert {"MLI", "NER", "BFA"} <= set(sahel.countries)


def test_a_region_that_is_a_province_is_listed_once(gazetteer: Gazetteer) -> None:
    areas = [
        m.entry for m in gazetteer.lookup("Scotland") if m.entry.country == "GBR" and m.entry.feature_class in "AL"
    ]
    assert len(areas) == 1


def test_exact_names_shut_out_loose_ones(gazetteer: Gazetteer) -> None:
    assert all(m.exact for m in gazetteer.lookup("Homs"))
    assert {m.exact for m in gazetteer.lookup("Maarat al-Numan")} == {False}


def test_unknown_names_give_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwertzuiopolis") == ()
    assert gazetteer.lookup("…") == ()
    assert not gazetteer.knows("Qwertzuiopolis")
    assert gazetteer.by_id("geonames:1") is None


def test_every_country_has_a_point_in_it(gazetteer: Gazetteer) -> None:
    for code, lat, lon in (("SYR", 35, 38), ("UKR", 49, 32), ("USA", 39.8, -98.5), ("NER", 18, 9), ("XKX", 42.6, 20.9)):
        entry = gazetteer.country(code)
        assert entry is not None
        assert kilometres(lat, lon, entry.lat, entry.lon) < 100
    assert gazetteer.country("ZZZ") is None


def test_it_travels_to_another_process_by_its_paths(gazetteer: Gazetteer) -> None:
    again = pickle.loads(pickle.dumps(gazetteer))
    assert again.lookup("Mosul") == gazetteer.lookup("Mosul")


def test_another_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    other = tmp_path / "notes.sqlite"
    other.write_text("no database at all, only words of some length" * 20)
    with pytest.raises(ModelError, match="is not a gazetteer"):
        Gazetteer(other)
    with pytest.raises(ModelError, match="no gazetteer at"):
        Gazetteer(tmp_path / "missing.sqlite")


def test_towns_grow_with_their_people() -> None:
    assert town_radius_m(0) == 1000
    assert 2_000 < town_radius_m(30_000) < 5_000
    assert 10_000 < town_radius_m(2_000_000) < 25_000


def test_sizes_count_ours_and_the_users(gazetteer: Gazetteer) -> None:
    sizes = gazetteer.sizes()
    assert sizes["gazetteer places"] > 280_000
    assert sizes["gazetteer names"] > 600_000
