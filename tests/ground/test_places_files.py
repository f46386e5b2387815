"""Places that a user adds are found, and a malformed file changes nothing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import struct
from pathlib import Path

import pytest

from onrecord.errors import DataError, ModelError
from onrecord.ground.gazetteer import Gazetteer
from onrecord.ground.user_gazetteer import add_places, user_gazetteer_path


def dump_row(number: int, name: str, names: str, lat: float, lon: float, code: str = "P\tPPL") -> str:
    return (
        f"{number}\t{name}\t{name}\t{names}\t{lat}\t{lon}\t{code}\tSY\t\t12\t\t\t\t800\t\t\tAsia/Damascus\t2020-01-01\n"
    )


def geopackage(path: Path, rows: list[tuple[str, str, bytes | None]], system: int = 4326) -> None:
    """A GeoPackage with one layer, as the standard's first two clauses ask for."""
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition);"
        "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
        "CREATE TABLE camps (fid INTEGER PRIMARY KEY, geom BLOB, Name TEXT, type TEXT, Pcode TEXT);"
    )
    base.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?, 'EPSG', ?, '')", (system, system))
    base.execute("INSERT INTO gpkg_geometry_columns VALUES ('camps', 'geom', 'GEOMETRY', ?, 0, 0)", (system,))
    base.executemany("INSERT INTO camps (Name, Pcode, geom, type) VALUES (?,?,?,'camp')", rows)
    base.commit()
    base.close()


def gp_blob(wkb: bytes) -> bytes:
    return b"GP\x00\x01" + struct.pack("<i", 4326) + wkb


POINT_36_35 = gp_blob(struct.pack("<BI2d", 1, 1, 36.0, 35.0))
SQUARE = gp_blob(struct.pack("<BIII8d", 1, 3, 1, 4, 36.0, 35.0, 36.2, 35.0, 36.2, 35.2, 36.0, 35.2))
PAIR_Z = gp_blob(struct.pack("<BII", 1, 1004, 2) + 2 * struct.pack(">BI3d", 0, 1001, 36.5, 35.5, 400.0))


def test_a_geopackage_of_points_and_areas_is_added(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "camps.gpkg"
    geopackage(
        path, [("Camp Zarqun", "XX0101", POINT_36_35), ("Camp Mirzun", "XX0102", SQUARE), ("Twin Camp", "", PAIR_Z)]
    )
    assert add_places(path, target).places == 3
    gazetteer = Gazetteer(user=[target])
    found = {n: gazetteer.lookup(n)[0].entry for n in ("Camp Zarqun", "XX0102", "Twin Camp")}
    assert [(round(e.lat, 3), round(e.lon, 3)) for e in found.values()] == [(35.0, 36.0), (35.1, 36.1), (35.5, 36.5)]
    assert found["XX0102"].name == "Camp Mirzun"


@pytest.mark.parametrize(
    ("rows", "system", "said"),
    [
        ([("A", "", None)], 4326, "feature 1 has no usable geometry"),
        ([("A", "", b"GP\x00\x01\x00")], 4326, "feature 1 has no usable geometry"),
        ([("", "", POINT_36_35)], 4326, "a place without a name"),
        ([("A", "", POINT_36_35)], 3857, "not in WGS 84"),
    ],
)
def test_a_bad_geopackage_changes_nothing(
    tmp_path: Path, target: Path, rows: list[tuple[str, str, bytes | None]], system: int, said: str
) -> None:
    path = tmp_path / "bad.gpkg"
    geopackage(path, rows, system)
    with pytest.raises(DataError, match=said):
        add_places(path, target)
    assert not target.exists()


def test_a_file_that_is_no_geopackage_is_refused(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "fake.gpkg"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(DataError, match="not a GeoPackage"):
        add_places(path, target)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "own" / "places.sqlite"


def test_a_dump_is_added_with_its_provinces(tmp_path: Path, target: Path) -> None:
    dump = tmp_path / "SY.txt"
    dump.write_text(
        dump_row(990001, "Examplia Governorate", "Examplia", 35.5, 36.5, "A\tADM1")
        + dump_row(990002, "Tall Nusra al-Kabir", "Tell Nousra al-Kabeer", 35.6, 36.6)
    )
    added = add_places(dump, target)
    assert (added.places, added.path) == (2, target)
    gazetteer = Gazetteer(user=[target])
    (match,) = gazetteer.lookup("Tell Nousra al-Kabeer")
    assert (match.entry.place_id, match.entry.country, match.entry.admin1) == (
        "geonames:990002", "SYR", "Examplia Governorate",
    )  # fmt: skip
    assert gazetteer.lookup("Tall Nosra al-Kabir")[0].entry == match.entry


def test_a_table_is_added_and_adding_it_again_changes_nothing(tmp_path: Path, target: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,lat,lon,admin1,country,feature\n"
        "Camp Zarqun,35.91,36.72,Idlib,Syria,camp\n"
        "Qasr Zarqun,35.9,36.7,Idlib,SY,\n"
    )
    add_places(table, target)
    again = add_places(table, target)
    assert (again.places, again.names) == (2, 0)
    (match,) = Gazetteer(user=[target]).lookup("Camp Zarqun")
    assert (match.entry.feature_class, match.entry.country, match.entry.admin1) == ("S", "SYR", "Idlib")
    assert match.entry.place_id.startswith("user:")


def test_geojson_points_and_areas_are_added(tmp_path: Path, target: Path) -> None:
    area = [[[36.0, 35.0], [36.2, 35.0], [36.2, 35.2], [36.0, 35.2]]]
    path = tmp_path / "mine.geojson"
    features = [
        {"properties": {"name": "Wadi Zarqun", "country": "SYR", "feature": "region"},
         "geometry": {"type": "Polygon", "coordinates": area}},
        {"properties": {"name": "Bir Zarqun", "country": "SYR"},
         "geometry": {"type": "Point", "coordinates": [36.5, 35.5]}},
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert add_places(path, target).places == 2
    gazetteer = Gazetteer(user=[target])
    wadi = gazetteer.lookup("Wadi Zarqun")[0].entry
    assert (round(wadi.lat, 2), round(wadi.lon, 2)) == (35.1, 36.1)
    assert gazetteer.lookup("Bir Zarqun")[0].entry.lat == 35.5


def test_other_names_are_added_to_places_that_are_known(tmp_path: Path, target: Path) -> None:
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(
        "1\t169389\tku\tEdlebistan\t\t\t\t\t\t\n2\t169389\tlink\thttps://example.org\t\t\t\t\t\t\n3\t7\ten\tNowhere\t\t\t\t\t\t\n"
    )
    added = add_places(names, target)
    assert (added.names, added.unknown) == (1, 1)
    entry = Gazetteer(user=[target]).lookup("Edlebistan")[0].entry
    assert (entry.place_id, entry.admin1) == ("geonames:169389", "Idlib")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "name,lat,lon\nGood,35,36\nBad,135,36\n", r"a\.csv:3: .*outside the globe"),
        ("b.csv", "name,lat,lon\nBad,north,36\n", r"b\.csv:2: .*no numbers"),
        ("c.csv", "title,lat,lon\nGood,35,36\n", r"c\.csv:1: no column name"),
        ("d.csv", "name,lat,lon,country\nGood,35,36,Atlantis\n", r"d\.csv:2: country 'Atlantis'"),
        ("e.csv", "name,lat,lon,feature\nGood,35,36,spaceport\n", r"e\.csv:2: feature 'spaceport'"),
        ("f.csv", "name,lat,lon\n,35,36\n", r"f\.csv:2: a place without a name"),
        ("g.txt", dump_row(1, "Good", "", 35, 36) + "2\tshort row\n", r"g\.txt:2: 2 columns"),
        ("h.txt", dump_row(1, "Good", "", 35, 36).replace("1\tGood", "x\tGood"), r"h\.txt:1: geonameid 'x'"),
        ("i.geojson", "{", r"i\.geojson:1: not JSON"),
        ("j.geojson", '{"features": [{"properties": {"name": "A"}, "geometry": null}]}', "feature 1 has no usable"),
        ("k.txt", "just words\n", "Give a GeoNames dump"),
    ],
)  # fmt: skip
def test_malformed_files_are_refused_by_line_and_change_nothing(
    tmp_path: Path, target: Path, name: str, text: str, says: str
) -> None:
    good = tmp_path / "good.csv"
    good.write_text("name,lat,lon\nZarqun,35,36\n")
    add_places(good, target)
    before = hashlib.sha256(target.read_bytes()).digest()
    bad = tmp_path / name
    bad.write_text(text)
    with pytest.raises(DataError, match=says):
        add_places(bad, target)
    assert hashlib.sha256(target.read_bytes()).digest() == before
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_nothing_is_left_behind_when_the_first_file_is_bad(tmp_path: Path, target: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("name,lat,lon\nBad,135,36\n")
    with pytest.raises(DataError):
        add_places(bad, target)
    assert list(target.parent.iterdir()) == []


def test_a_file_that_is_no_gazetteer_is_not_overwritten(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,lat,lon\nZarqun,35,36\n")
    notes = tmp_path / "notes.txt"
    notes.write_text("my notes, which are precious " * 50)
    with pytest.raises(ModelError, match="is not a gazetteer"):
        add_places(table, notes)
    assert notes.read_text().startswith("my notes")


def test_the_default_place_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_gazetteer_path() == tmp_path / "onrecord" / "places.sqlite"
