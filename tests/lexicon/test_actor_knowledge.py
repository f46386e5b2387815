"""What the registry knows of armed groups, parties and people: names, offices, ties by date."""

from __future__ import annotations

import pytest

from onrecord.lexicon.actors import ActorTables, load_actors


@pytest.fixture(scope="module")
def shipped() -> ActorTables:
    return load_actors()


@pytest.mark.parametrize(
    ("text", "day", "entity"),
    [
        ("Nusra Front", "2015-06", "grp.nusra"),
        ("Jabhat an-Nusra", "2014", "grp.nusra"),
        ("Hayat Tahrir al-Sham", "2018-08-22", "grp.hts"),
        ("Daesh", "2016", "grp.isis"),
        ("IS", "2016", "grp.isis"),
        ("Farc", "2010", "grp.farc"),
        ("Abu Mohammed al-Golani", "2018", "per.ahmed-al-sharaa"),
        ("Recep Tayyip Erdogan", "2018", "per.recep-tayyip-erdogan"),
        ("Democratic Unionist Party", "2017", "pty.dup.gbr"),
    ],
)
def test_groups_and_people_are_found_in_their_spellings(shipped: ActorTables, text: str, day: str, entity: str) -> None:
    assert [e.id for e in shipped.named(text, day)][:1] == [entity]


@pytest.mark.parametrize(
    ("whose", "office", "day", "person"),
    [
        ("SYR", "head_of_state", "2018-08-22", "per.bashar-al-assad"),
        ("SYR", "head_of_state", "2025-03", "per.ahmed-al-sharaa"),
        ("FRA", "foreign_minister", "2015-06", "per.laurent-fabius"),
        ("USA", "foreign_minister", "2017-06-01", "per.rex-tillerson"),
        ("GBR", "head_of_government", "2022-10-01", "per.liz-truss"),
        ("igo.un", "secretary_general", "1999", "per.kofi-annan"),
        ("igo.nato", "secretary_general", "2012", "per.anders-fogh-rasmussen"),
        ("grp.ltte", "leader", "2006", "per.velupillai-prabhakaran"),
        ("grp.isis", "spokesperson", "2015", "per.abu-mohammad-al-adnani"),
    ],
)
def test_who_held_an_office_on_a_day(shipped: ActorTables, whose: str, office: str, day: str, person: str) -> None:
    assert [t.person for t in shipped.holders(whose, office, day)] == [person]


@pytest.mark.parametrize(
    ("member", "relation", "whole", "holds", "holds_not"),
    [
        ("grp.nusra", "belongs_to", "grp.alqaeda", "2015", "2017"),
        ("grp.boko-haram", "belongs_to", "grp.isis", "2015-06", "2014"),
        ("grp.ypg", "belongs_to", "grp.sdf", "2017", "2014"),
        ("pty.akp.tur", "belongs_to", "TUR.gov", "2010", "2001"),
        ("RWA", "backs", "grp.m23", "2024", "2018"),
    ],
)
def test_ties_hold_in_their_time(
    shipped: ActorTables, member: str, relation: str, whole: str, holds: str, holds_not: str
) -> None:
    ties = [t for t in shipped.ties(member) if t.relation == relation and t.whole == whole]
    assert any(t.covers(holds) for t in ties)
    assert not any(t.covers(holds_not) for t in ties)


def test_nobody_serves_after_death(shipped: ActorTables) -> None:
    for term in shipped.terms:
        death = shipped.entities[term.person].end
        if death is not None:
            assert term.start is None or term.start[: len(death)] <= death[: len(term.start)], term
            assert term.end is not None, term
            assert term.end[:4] <= death[:4], term


def test_no_group_leads_or_belongs_after_its_end(shipped: ActorTables) -> None:
    for tie in shipped.memberships:
        for side in (tie.member, tie.whole):
            entity = shipped.entities.get(side)
            if entity is None or entity.kind == "state" or tie.relation not in {"leads", "belongs_to"}:
                continue
            if entity.end is not None:
                assert tie.end is not None, tie
                assert tie.end[:4] <= entity.end[:4], tie


def test_names_that_news_writes_small_are_found_small(shipped: ActorTables) -> None:
    assert [e.id for e in shipped.named("anti-balaka", "2014")] == ["grp.antibalaka"]
    assert [e.id for e in shipped.named("janjaweed", "2004")] == ["grp.janjaweed"]


def test_no_name_is_a_single_letter(shipped: ActorTables) -> None:
    for entity in shipped.entities.values():
        if entity.id.startswith(("grp.", "pty.", "per.")):
            assert all(len(name) > 1 for name in (entity.name, *entity.aliases)), entity.id
