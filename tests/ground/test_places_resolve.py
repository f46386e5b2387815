"""Each toponym gets the place it names, with the whole report in view."""

from __future__ import annotations

import pytest

from onrecord.ground.gazetteer import Gazetteer, kilometres
from onrecord.ground.places import PlaceResolver
from onrecord.ground.precision import shift_of
from onrecord.ground.toponyms import ToponymFinder
from onrecord.model import Place, Report, Span
from onrecord.parse.syntax import SpacyParser


class Reader:
    """Text in, places out."""

    def __init__(self) -> None:
        gazetteer = Gazetteer()
        self.parser, self.finder, self.resolver = SpacyParser(), ToponymFinder(gazetteer), PlaceResolver(gazetteer)

    def read(self, text: str, url: str | None = None) -> tuple[Place, ...]:
        report = Report(report_id="r1", text=text, url=url)
        return self.resolver.resolve(self.finder.find(self.parser.parse(text)), report)

    def named(self, text: str, url: str | None = None) -> dict[str, Place]:
        return {p.text or "": p for p in self.read(text, url)}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_what_stands_in_the_same_breath_decides(reader: Reader) -> None:
    found = reader.named("A tornado hit Paris, Texas, on Tuesday. The governor of Texas flew in.")
    assert found["Paris"].admin1 == "Texas"
    found = reader.named("Police in Birmingham, Alabama, arrested two men.")
    assert (found["Birmingham"].admin1, found["Birmingham"].country) == ("Alabama", "USA")


def test_the_country_in_view_decides_between_namesakes(reader: Reader) -> None:
    lebanon = reader.named(
        "Gunmen clashed in Tripoli on Sunday, Lebanese officials said. Troops came from Beirut, Lebanon."
    )
    libya = reader.named("Gunmen clashed in Tripoli on Sunday, Libyan officials said. Troops came from Misrata, Libya.")
    assert lebanon["Tripoli"].country == "LBN"
    assert libya["Tripoli"].country == "LBY"


def test_the_outlet_decides_where_the_text_does_not(reader: Reader) -> None:
    text = "A woman from Alexandria was charged on Monday with setting a fire in Alexandria."
    assert reader.named(text, "http://www.thetowntalk.com/a")["Alexandria"].admin1 == "Louisiana"
    assert reader.named(text, "https://english.ahram.org.eg/a")["Alexandria"].country == "EGY"


def test_province_and_town_of_one_name_are_told_apart(reader: Reader) -> None:
    text = (
        "Jets bombed Idlib province in Syria on Monday. Shells fell on the city of Idlib, and 30 people fled Damascus."
    )
    found = [p for p in reader.read(text) if (p.text or "").startswith("Idlib")]
    assert [p.precision for p in found] == ["province", "town"]
    assert (found[0].radius_m or 0) > 4 * (found[1].radius_m or 0)


def test_an_apposition_says_what_kind_of_place_is_meant(reader: Reader) -> None:
    text = "The army massed near Damascus. It wants Idlib, Syria's last rebel-held province, and will not wait."
    assert reader.named(text)["Idlib"].precision == "province"


def test_a_dateline_is_a_town(reader: Reader) -> None:
    found = reader.named("GAO, Mali (Wire) - Gunmen killed nine soldiers near Ansongo on Friday, the Malian army said.")
    assert (found["GAO"].precision, found["GAO"].country) == ("town", "MLI")


def test_small_places_of_a_war_are_on_the_map(reader: Reader) -> None:
    found = reader.named("Russian forces captured Robotyne and shelled Orikhiv in Ukraine's Zaporizhzhia region.")
    assert found["Robotyne"].place_id == "onrecord:ukr/robotyne"
    assert kilometres(found["Robotyne"].lat or 0, found["Robotyne"].lon or 0, 47.45, 35.84) < 5


def test_demonyms_are_places_with_a_flag(reader: Reader) -> None:
    (place,) = [p for p in reader.read("Malian troops opened fire.") if p.usage == "demonym"]
    assert (place.country, place.precision, place.why) == ("MLI", "country", "a demonym")


def test_regions_across_borders_have_no_country(reader: Reader) -> None:
    found = reader.named("Attacks across the Sahel killed hundreds in Mali and Niger.")
    assert (found["Sahel"].precision, found["Sahel"].country) == ("region", None)


def test_a_name_without_an_entry_is_put_near_the_town_it_stands_with_and_says_so(reader: Reader) -> None:
    found = reader.read("A shell struck the Qarnawi Hospital in Saraqib, Syria, on Monday, killing two nurses.")
    (hospital,) = [p for p in found if "Hospital" in (p.text or "")]
    assert hospital.basis == "inferred"
    assert hospital.place_id is None
    assert hospital.via is not None
    assert hospital.via.text == "Saraqib"
    assert "Saraqib" in (hospital.why or "")
    assert (hospital.radius_m or 0) >= 10_000


def test_nothing_is_made_up_for_a_name_that_nothing_places(reader: Reader) -> None:
    for place in reader.read("They met in Qwertzuiopolis to talk."):
        assert place.basis == "unresolved"
        assert place.lat is None
        assert place.lon is None


def test_candidates_are_kept_best_first(reader: Reader) -> None:
    (place,) = reader.read("Two men were shot in Springfield on Monday.")
    scores = [c.score for c in place.candidates]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_same_in_same_out_whatever_was_read_before(reader: Reader) -> None:
    text = "Jets bombed Tripoli and Alexandria, a Libyan spokesman said in Benghazi."
    first = reader.read(text)
    reader.read("Police in Alexandria, Louisiana, and Tripoli, Iowa, met in Benghazi Street.")
    assert reader.read(text) == first


def test_a_distance_moves_the_point(reader: Reader) -> None:
    plain = reader.named("The convoy was hit in Palmyra, Syria, on Monday.")["Palmyra"]
    moved = reader.named("The convoy was hit 60 km east of Palmyra, Syria, on Monday.")["Palmyra"]
    assert kilometres(plain.lat or 0, plain.lon or 0, moved.lat or 0, moved.lon or 0) == pytest.approx(60, abs=2)
    assert (moved.lon or 0) > (plain.lon or 0)
    assert (moved.radius_m or 0) > (plain.radius_m or 0)
    assert moved.why == "60 km east of"


@pytest.mark.parametrize(
    ("words", "wider"),
    [
        ("near ", True),
        ("on the outskirts of ", True),
        ("in the countryside of ", True),
        ("in ", False),
        ("in central ", False),
    ],
)
def test_words_widen_the_radius(words: str, wider: bool) -> None:
    text = f"Shells fell {words}Hama."
    shift = shift_of(text, Span(len(text) - 5, len(text) - 1))
    assert (shift.apply(35.1, 36.7, 6000)[2] > 6000) is wider


@pytest.mark.parametrize(
    ("words", "north", "east"),
    [
        ("northern ", 1, 0),
        ("southwestern ", -1, -1),
        ("12 miles south of ", -1, 0),
        ("30km (19 miles) north-east of ", 1, 1),
    ],
)
def test_directions_move_the_right_way(words: str, north: int, east: int) -> None:
    text = f"in {words}Hama"
    lat, lon, _ = shift_of(text, Span(len(text) - 4, len(text))).apply(35.0, 36.0, 40_000)
    assert (round((lat - 35) * 100) > 0) - (round((lat - 35) * 100) < 0) == north
    assert (round((lon - 36) * 100) > 0) - (round((lon - 36) * 100) < 0) == east
