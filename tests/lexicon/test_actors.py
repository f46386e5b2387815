"""The registry of actors: what its names find, what its dates decide, and which rows it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import DataError
from onrecord.lexicon.actors import ActorTables, load_actors
from onrecord.lexicon.tables import data_folder

STATES = (
    "id,name,status,official_name,aliases,iso2,iso_numeric,gw,cow,cameo,plover,fips,adjectives,people,capital,"
    "capital_aliases,seat_aliases,start,end,origin\n"
    "AAA,Arland,member,Republic of Arland,Old Arland,,,,,,AAA,,Arlandic,Arlander;Arlanders,"
    "Arton,,Red Palace,1950,,t\n"
    "BBB,Borland,ended,,Old Arland,,,,,,,,Borlandic,Borlanders,Bort,,,1950,1990-05,t\n"
)
INSTITUTIONS = "key,names,sectors,kind,origin\ngov,{adj} government;{name}'s government,GOV,government,t\n"
BODIES = "id,name,aliases,kind,country,sectors,part_of,start,end,codes,origin\n"
PEOPLE = "id,name,aliases,country,sectors,start,end,origin\n"
TERMS = "person,office,country,title,start,end,origin\n"
TIES = "member,relation,whole,start,end,origin\n"


def registry(tmp_path: Path, **files: str) -> ActorTables:
    """A registry of two states and the *files* given."""
    for name, text in {"states": STATES, "institutions": INSTITUTIONS, **files}.items():
        (tmp_path / f"{name}.csv").write_text(f"# origin: a test\n{text}", encoding="utf-8")
    return load_actors(folder=tmp_path)


@pytest.fixture(scope="module")
def shipped() -> ActorTables:
    return load_actors()


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("the Syrian army", "SYR.mil"),
        ("Syria’s foreign ministry", "SYR.mfa"),
        ("opposition in Syria", "SYR.opp"),
        ("Cyprus' president", "CYP.head"),
        ("speaker of Iraq's parliament", "IRQ.spk"),
        ("U.S. troops", "USA.mil"),
        ("COTE D’IVOIRE", "CIV"),
        ("the Kremlin", "RUS.gov"),
        ("Republic of Türkiye", "TUR"),
    ],
)
def test_names_and_institutions_of_states_are_found_in_their_spellings(
    shipped: ActorTables, text: str, entity: str
) -> None:
    assert entity in shipped.ids(text)
    assert shipped.entity(entity) is not None


def test_acronyms_are_not_confused_with_words(shipped: ActorTables) -> None:
    assert shipped.ids("the US") == ("USA",)
    assert shipped.ids("us") == ()
    assert "COD" in shipped.ids("DRC")
    assert "igo.nato" in shipped.ids("Nato")


def test_a_name_of_one_word_needs_its_capital(shipped: ActorTables) -> None:
    assert "media.guardian" in shipped.ids("the Guardian")
    assert shipped.ids("guardian") == ()


def test_every_name_that_templates_write_out_is_found_again(shipped: ActorTables) -> None:
    pairs = [pair for i, pair in enumerate(shipped.institution_names()) if i % 501 == 0]
    assert pairs
    for name, entity in pairs:
        assert entity in shipped.patterns.find(name), name


def test_a_word_shared_by_states_gives_those_that_exist_first(shipped: ActorTables) -> None:
    assert shipped.capital_of("Moscow")[0] == "RUS"
    assert {d.state for d in shipped.demonyms("Congolese")} == {"COG", "COD"}
    assert shipped.demonyms("Texans")[0].state == "USA"
    assert shipped.demonyms("Kurdish")[0].state is None


@pytest.mark.parametrize(
    ("lemma", "sector", "country"),
    [
        ("police", "COP", None),
        ("lawmaker", "LEG", None),
        ("aid worker", "SOC", "NGO"),
        ("peacekeeper", "MIL", "IGO"),
    ],
)
def test_common_nouns_have_sectors(shipped: ActorTables, lemma: str, sector: str, country: str | None) -> None:
    word = shipped.sector_word(lemma)
    assert word is not None
    assert word.sectors[0] == sector
    assert word.country == country


def test_offices_are_named_as_terms_name_them(shipped: ActorTables) -> None:
    offices = {word.office for word in shipped.sector_words.values() if word.kind == "office"}
    assert {"head_of_state", "head_of_government", "foreign_minister", "leader", "spokesperson"} <= offices


def test_a_state_is_found_by_its_codes(shipped: ActorTables) -> None:
    syria = shipped.states["SYR"]
    assert (syria.iso2, syria.iso_numeric, syria.gw, syria.fips) == ("SY", "760", "652", "SY")
    assert shipped.states["KOS"].iso2 == "XK"
    assert shipped.states["VNM"].gw == "816"


def test_dates_choose_among_those_of_one_name(tmp_path: Path) -> None:
    tables = registry(tmp_path)
    assert {e.id for e in tables.named("Old Arland")} == {"AAA", "BBB"}
    assert {e.id for e in tables.named("Old Arland", "2001-01-01")} == {"AAA"}
    assert {e.id for e in tables.named("Old Arland", "1990-05-31")} == {"AAA", "BBB"}


def test_office_holders_by_day(tmp_path: Path) -> None:
    tables = registry(
        tmp_path,
        people=PEOPLE + "per.a,Ann Ab,Ab,AAA,GOV,,,t\nper.b,Bo Ba,,AAA,GOV,,,t\nper.c,Cy Ca,,AAA,GOV,,,t\n",
        terms=TERMS
        + "per.a,head_of_state,AAA,President,2001-03,2005-06-01,t\n"
        + "per.b,head_of_state,AAA,President,2005-06-01,,t\n"
        + "per.c,foreign_minister,AAA,,2003,?,t\n",
    )
    assert [t.person for t in tables.holders("AAA", "head_of_state", "2001-03-04")] == ["per.a"]
    assert [t.person for t in tables.holders("AAA", "head_of_state", "2005-06-01")] == ["per.a", "per.b"]
    assert [t.person for t in tables.holders("AAA", "head_of_state")] == ["per.b"]
    term = tables.terms_of("per.c")[0]
    assert term.covers("2003-07-01")
    assert term.covers("2002-12-31") is False
    assert term.covers("2010-01-01") is None
    assert tables.holders("AAA", "foreign_minister") == ()


def test_a_body_may_take_the_place_of_a_template(tmp_path: Path) -> None:
    tables = registry(tmp_path, bodies=BODIES + "AAA.gov,Arl Council,,government,AAA,GOV,AAA,,,x=1,t\n")
    council = tables.entity("AAA.gov")
    assert council is not None
    assert council.name == "Arl Council"
    assert council.codes["x"] == "1"
    assert tables.ids("Arlandic government") == tables.ids("Arl Council") == ("AAA.gov",)


def test_a_users_folder_adds_and_replaces(tmp_path: Path) -> None:
    own, extra = tmp_path / "own", tmp_path / "extra"
    own.mkdir()
    extra.mkdir()
    registry(own, bodies=BODIES + "AAA.x,Old Name,,court,AAA,JUD,,,,,t\n")
    (extra / "bodies.csv").write_text(
        BODIES + "AAA.x,New Name,,court,AAA,JUD,,,,,t\nAAA.y,Other,,court,AAA,JUD,,,,,t\n", encoding="utf-8"
    )
    tables = load_actors(extra, own)
    assert tables.ids("New Name") == ("AAA.x",)
    assert tables.ids("Old Name") == ()
    assert tables.ids("Other") == ("AAA.y",)


def test_undated_actors_of_one_name_are_listed(tmp_path: Path) -> None:
    rows = "AAA.x,Twin,,court,AAA,JUD,,,,,t\nAAA.y,Other,Twin,court,AAA,JUD,,,,,t\n"
    rows += "AAA.z,Twin,,court,AAA,JUD,,2001,,,t\n"
    tables = registry(tmp_path, bodies=BODIES + rows)
    assert tables.shared_names() == {"twin": ("AAA.x", "AAA.y")}


@pytest.mark.parametrize(
    ("file", "text", "line", "says"),
    [
        ("bodies", BODIES + "x,X,,court,ZZZ,JUD,,,,,t\n", 3, "ZZZ"),
        ("bodies", BODIES + "x,X,,court,AAA,JUG,,,,,t\n", 3, "JUG"),
        ("bodies", BODIES + "x,X,,court,AAA,JUD,,2001-13,,,t\n", 3, "2001-13"),
        ("bodies", BODIES + "x,X,,court,AAA,JUD,,May 2001,,,t\n", 3, "May 2001"),
        ("bodies", BODIES + "x,X,,court,AAA,JUD,,2002,2001,,t\n", 3, "before it starts"),
        ("bodies", BODIES + "x,X,,court,AAA,JUD,,,,,t\nx,Y,,court,AAA,JUD,,,,,t\n", 4, "already"),
        ("bodies", BODIES + "x,X,,court,AAA,JUD,nobody,,,,t\n", 3, "nobody"),
        ("bodies", BODIES + "x,X,,court,AAA,JUD,,,,plain,t\n", 3, "plain"),
        ("terms", TERMS + "per.none,leader,AAA,,2001,,t\n", 3, "per.none"),
        ("memberships", TIES + "AAA,leads,grp.none,,,t\n", 3, "grp.none"),
        ("memberships", TIES + "AAA,likes,BBB,,,t\n", 3, "likes"),
        ("institutions", "key,names,sectors,kind,origin\ngov,the government,GOV,government,t\n", 3, "slot"),
        ("demonyms", "word,kind,state,subnational,origin\nArly,people,QQQ,,t\n", 3, "QQQ"),
        (
            "sector_words",
            "lemma,sectors,country_from,number,kind,origin,note\ncop,COP,fixed,one,person,t,\n",
            3,
            "fixed",
        ),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, file: str, text: str, line: int, says: str) -> None:
    with pytest.raises(DataError, match=says) as caught:
        registry(tmp_path, **{file: text})
    assert caught.value.file == f"{file}.csv"
    assert caught.value.line == line


def test_what_ships_covers_the_world(shipped: ActorTables) -> None:
    members = [s for s in shipped.states.values() if s.status == "member"]
    assert len(members) == 193
    assert all(s.adjectives and s.people and s.iso_numeric for s in members)
    assert {p.name for p in (data_folder() / "actors").glob("*.csv")} >= {"states.csv", "sector_words.csv"}
