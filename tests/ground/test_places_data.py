"""Our own rows of places are complete, unique and where they say they are."""

from __future__ import annotations

import sqlite3

import pytest

from onrecord.ground.demonyms import read_demonyms
from onrecord.ground.gazetteer import Gazetteer, kilometres
from onrecord.ground.outlets import outlet_home
from onrecord.lexicon.tables import Row, data_folder, read_rows
from onrecord.model import Report
from onrecord.text.folding import fold


def rows(name: str) -> list[Row]:
    return list(read_rows(data_folder() / name, ()))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


def test_regions_are_many_and_in_known_countries(gazetteer: Gazetteer) -> None:
    found = rows("regions.csv")
    assert len(found) >= 250
    assert len({fold(r["name"]) for r in found}) == len(found)
    for row in found:
        assert -90 <= float(row["lat"]) <= 90
        assert -180 <= float(row["lon"]) <= 180
        assert 0 < float(row["radius_km"]) <= 6000
        for code in row.items("countries"):
            assert gazetteer.country(code) is not None, (row["name"], code)


def test_supplement_lies_near_towns_of_its_country(gazetteer: Gazetteer) -> None:
    found = rows("gazetteer/supplement.csv")
    assert len(found) >= 400
    assert len({(r["country"], fold(r["name"])) for r in found}) == len(found)
    base = sqlite3.connect(gazetteer.path)
    far = []
    for row in (r for r in found if r["class"] == "P"):
        lat, lon = float(row["lat"]), float(row["lon"])
        near = base.execute(
            "SELECT lat / 1e5, lon / 1e5 FROM place WHERE country = ? AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?",
            (row["country"], (lat - 3) * 1e5, (lat + 3) * 1e5, (lon - 4) * 1e5, (lon + 4) * 1e5),
        )
        if not any(kilometres(lat, lon, *point) < 250 for point in near):
            far.append(row["name"])
    assert far == []


def test_every_country_row_is_in_the_gazetteer(gazetteer: Gazetteer) -> None:
    for row in rows("gazetteer/countries.csv"):
        assert gazetteer.country(row["iso3"]) is not None
        assert len(row["iso2"]) == 2


def test_short_names_lead_somewhere(gazetteer: Gazetteer) -> None:
    lost = [alias for alias in gazetteer.short_names if not gazetteer.lookup(alias)]
    assert lost == []


def test_demonyms_lead_to_places(gazetteer: Gazetteer) -> None:
    demonyms = read_demonyms(data_folder())
    for word, country in (("syrian", "SYR"), ("malians", "MLI"), ("british", "GBR"), ("georgian", "GEO")):
        entry = gazetteer.demonym_entry(demonyms[word])
        assert entry is not None
        assert (entry.country, entry.code) == (country, "PCLI")
    kurdish = gazetteer.demonym_entry(demonyms["kurdish"])
    assert kurdish is not None
    assert kurdish.name == "Kurdistan"


@pytest.mark.parametrize(
    ("url", "outlet", "country", "local"),
    [
        ("http://www.thetowntalk.com/article/1", None, "USA", True),
        ("https://www.dailystar.com.lb/News/1", None, "LBN", False),
        (None, "Dawn", "PAK", False),
        ("https://news.example.co.ke/1", None, "KEN", False),
    ],
)
def test_outlets_are_at_home_somewhere(url: str | None, outlet: str | None, country: str, local: bool) -> None:
    home = outlet_home(Report(report_id="r1", text="x", url=url, outlet=outlet))
    assert home is not None
    assert (home.country, home.local) == (country, local)


def test_an_unknown_outlet_has_no_home() -> None:
    assert outlet_home(Report(report_id="r1", text="x", url="https://example.com/a", outlet="Nobody's Gazette")) is None
    assert outlet_home(Report(report_id="r1", text="x")) is None
